// What `revision` keeps: the former states of rows, and which rows were not there before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace planfile {

// A fact's natural key, and all its cells, as `revision` keeps them: JSON by column.
template <class Fact>
std::string revision_key(const Fact& fact);
template <class Fact>
std::string revision_state(const Fact& fact);

// Keeps revisions: under the number of the import that makes them, or as changes by hand. Key and
// state are JSON: a fact's cells by column, as a book would hold them.
class Revisions {
 public:
  Revisions(SQLite::Database& db, std::int64_t import);

  // By hand, with the time of each.
  explicit Revisions(SQLite::Database& db);

  // A row that changes, as it was before.
  template <class Fact>
  void changed(const Fact& former);

  // A row that was not there before.
  template <class Fact>
  void added(const Fact& fact);

 private:
  void put(std::string_view table, const std::string& key, const std::string* former);

  std::optional<std::int64_t> import_;
  SQLite::Statement put_;
};

}  // namespace planfile
