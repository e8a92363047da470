// Facts as rows: what each column of a fact is in its table, both ways. Follows layout.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ids.h"
#include "planfile/file.h"

namespace planfile {

// What was touched that summaries of series follow from.
struct Touched {
  std::set<std::int64_t> series;   // whose observations changed
  std::set<std::int64_t> sources;  // whose day changed
};

// Stores facts within one edit.
class Store {
 public:
  explicit Store(Database& database) : database_(database), ids_(database) {}

  // Adds or changes rows. Of a row that is there already, only `columns` (all when none are named)
  // are looked at and changed. `import` is the running one: rows take its number, and `revision`
  // keeps under it former states and which rows of tables without such a number were added.
  // Without it rows keep the number that they name, and nothing is kept of what was.
  template <class Fact>
  Changes put(std::span<const Fact> facts, std::span<const std::string> columns,
              std::optional<std::int64_t> import);

  // Puts rows back as they were, the import that brought them included; returns how many differed.
  template <class Fact>
  std::size_t restore(std::span<const Fact> facts);

  // Removes the rows of these keys, to which none refers; returns how many there were.
  template <class Fact>
  std::size_t remove(std::span<const Fact> facts);

  // Brings the summaries of the series that were touched since the last call up to date.
  void summarize();

  Ids& ids() { return ids_; }
  Touched& touched() { return touched_; }

 private:
  Database& database_;
  Ids ids_;
  Touched touched_;
};

// Errc::refused for a chain of references within the table that comes back to where it began.
template <class Fact>
void refuse_rings(SQLite::Database& db);

// Every row of the table as facts.
template <class Fact>
std::vector<Fact> all_rows(Database& database);

}  // namespace planfile
