// Single rows of any table on their way into a shipped copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "database.h"
#include "row.h"

namespace planfile {

using StoredRow = std::vector<Stored>;

Stored stored_in(const SQLite::Column& column);
StoredRow row_in(SQLite::Statement& row);

// A table's columns, and which of them hold ids of which tables.
struct CopiedColumns {
  CopiedColumns(SQLite::Database& db, const std::string& table);

  // Their number, where there is none of that name.
  [[nodiscard]] std::size_t at(std::string_view name) const;
  [[nodiscard]] std::string list() const;   // for SQL
  [[nodiscard]] std::string marks() const;  // a question mark each

  std::vector<std::string> names;
  std::map<std::size_t, std::string> refers;
};

class RowInsert {
 public:
  RowInsert(SQLite::Database& db, const std::string& table, const CopiedColumns& columns);
  void put(const StoredRow& row);

 private:
  SQLite::Statement statement_;
};

// The ids in the copy by those in the file.
class NewIds {
 public:
  using Of = std::unordered_map<std::int64_t, std::int64_t>;

  Of& of(std::string_view table) { return tables_[std::string(table)]; }
  [[nodiscard]] std::optional<std::int64_t> find(std::string_view table, std::int64_t id) const {
    const auto ids = tables_.find(table);
    if (ids == tables_.end()) return std::nullopt;
    const auto found = ids->second.find(id);
    return found == ids->second.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::map<std::string, Of, std::less<>> tables_;
};

}  // namespace planfile
