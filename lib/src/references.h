// Which rows of a file refer to which, by the foreign keys of its tables.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"

namespace planfile {

using RowIds = std::set<std::int64_t>;

// Ids as the JSON array that SQLite's json_each reads.
std::string as_list(const RowIds& ids);

// A column that holds what identifies rows of another table, and which of its columns that is.
struct Reference {
  std::string child, column, parent, by;
};

// Those of the whole file; those of `observation`, the longest table, stand last.
std::vector<Reference> references(SQLite::Database& db);

// The first row of `ids` that other rows hold, and those as count and table: "2 rows of target".
// For rows of `series` stand those that are told: observations, or else targets.
struct Referred {
  std::string code, rows;
};
std::optional<Referred> find_referred(SQLite::Database& db, const Reference& reference,
                                      const RowIds& ids, const RowIds& but_for_children);

// The newest import that brought or changed a row which holds that code; nothing where none did.
std::optional<std::int64_t> importer_of(SQLite::Database& db, const Reference& reference,
                                        const std::string& code);

// Those of `ids` that rows hold.
RowIds held(SQLite::Database& db, const Reference& reference, const RowIds& ids);

}  // namespace planfile
