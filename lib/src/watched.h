// The tables that a Recorder watches: what a row's coming, change or going means to each.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "catalogue.h"
#include "references.h"
#include "revise.h"
#include "store.h"

namespace planfile {

// The columns by which triggers tell which row they are about. The series comes first where the
// row is one of a series.
template <class Fact>
constexpr auto key_columns() {
  if constexpr (std::is_same_v<Fact, Observation>) {
    return std::array<std::string_view, 4>{"series_id", "period_id", "source_id", "locator"};
  } else if constexpr (std::is_same_v<Fact, Target>) {
    return std::array<std::string_view, 2>{"series_id", "id"};
  } else {
    return std::array<std::string_view, 1>{"id"};
  }
}

// What the tables have in common.
struct Recording {
  explicit Recording(Database& file) : database(file), store(file), revisions(file.sqlite()) {}

  const Catalogue& names() {
    if (!known) known = read_catalogue(database);
    return *known;
  }

  Database& database;
  Store store;  // for its summaries
  Revisions revisions;
  std::optional<Catalogue> known;
  bool brings_names = false;  // the statement; `known` no longer holds after it
  RowIds left;                // series that lost a row since the last commit
};

// One table. Rows are told by the values of their key columns.
class Watched {
 public:
  using Key = std::span<sqlite3_value*>;

  virtual ~Watched() = default;
  virtual std::size_t key_size() const = 0;
  virtual void leaving(Key key) = 0;              // before a row is changed or removed
  virtual void removed(Key key) = 0;              // after it
  virtual void changed(Key before, Key now) = 0;  // after it
  virtual void added(Key key) = 0;                // after it
  virtual void finish() = 0;                      // after the statement
  virtual void drop() = 0;
  RowIds gone;  // rows that the statement removed, by id
};

// Errc::refused, naming the row and the rule.
[[noreturn]] void refuse_row(std::string_view table, std::string_view row, std::string_view why);

template <class Fact>
std::unique_ptr<Watched> watched_facts(Recording& recording);

// Periods and series are no facts: they may come and go, but not become others.
std::unique_ptr<Watched> watched_periods(Recording& recording);
std::unique_ptr<Watched> watched_series(Recording& recording);

}  // namespace planfile
