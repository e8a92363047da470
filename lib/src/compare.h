// Walks the rows of a table through two or three files side by side, by natural key.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "database.h"
#include "row.h"

namespace planfile {

// While one lives, the file is read as it was when it was first read: no other writer shows.
class Snapshot {
 public:
  explicit Snapshot(Database& database) : transaction_(database.sqlite()) {}

 private:
  SQLite::Transaction transaction_;
};

// One natural key's row in each of the files, as far as they have one.
template <class Fact>
using Abreast = std::span<const std::optional<Fact>>;

// Whether two rows of one key say the same. Which import brought them is no part of that.
template <class Fact>
bool says_same(const Fact& a, const Fact& b) {
  bool same = true;
  each_column<Fact>([&](const auto& column) {
    if (column.name != "import") same = same && a.*column.member == b.*column.member;
  });
  return same;
}

template <class Fact>
bool says_same(const std::optional<Fact>& a, const std::optional<Fact>& b) {
  return a.has_value() == b.has_value() && (!a || says_same(*a, *b));
}

// Calls `use` for each key whose rows do not say the same in all files, in an order that follows
// from the keys alone. Of observations only those rows ever become facts.
template <class Fact>
void walk(std::span<Database* const> files, const std::function<void(Abreast<Fact>)>& use);

}  // namespace planfile
