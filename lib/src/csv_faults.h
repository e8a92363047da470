// Finds what is wrong with a row of CSV, byte by byte. CsvReader asks only about rows that it could
// not read, so this may take its time.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "planfile/csv.h"
#include "planfile/error.h"

namespace planfile {

inline constexpr std::size_t kMostCells = 1'000'000;  // of a row

// Faults, of which only the first are kept so that a file of nothing else takes no memory.
struct FaultList {
  std::size_t room = 10'000;  // for so many
  std::vector<Issue> issues;  // the first of them
  std::size_t count = 0;      // of all

  [[nodiscard]] bool is_full() const { return issues.size() >= room; }

  // Behind those that are there, or before the one that is `place`-th.
  void add(Issue issue);
  void insert(std::size_t place, Issue issue);
  void append(FaultList others);
};

// A row with a fault.
struct FaultyRow {
  FaultList faults;
  std::size_t size = 0;   // in bytes, with its line end
  std::size_t lines = 0;  // line ends in it, its own counted
  bool is_open = false;   // the text ends before the row does, so a longer text may tell more
  bool is_wide = false;   // more than kMostCells; what comes behind them was not looked at
};

// Examines the row that `text` begins with; `line` is the row's. Keeps `room` faults.
FaultyRow examine_row(std::string_view text, std::size_t line, const CsvReader::Form& form,
                      std::size_t room);

}  // namespace planfile
