#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/file.h"

namespace planfile {

// One thing in which two files differ: a row that one of them lacks, or a column of a row.
struct Difference {
  std::string kind;    // the table: target, observation, ...
  std::string key;     // the row's natural key: "plan=p14, indicator=gdp, period=2025"
  std::string change;  // added, removed, renamed, raised, lowered, corrected, moved, met, ...
  std::string column;  // empty for a whole row
  std::string before, after;  // cells, as a book would hold them
  std::string text, text_zh;  // one sentence in the words of planning
};

// How many rows of a kind were added, removed and changed.
struct DifferenceCount {
  std::string kind;
  std::size_t added = 0, removed = 0, changed = 0;

  bool operator==(const DifferenceCount&) const = default;
};

// The kinds, in the order in which they are compared.
std::vector<std::string_view> difference_kinds();

// Tells `use` in what `after` differs from `before`, kind by kind: by natural key, whatever ids,
// order, series, imports and former values may be. Code lists and planfile's own queries are no
// part of it. Only `kinds` are compared, or all when none are named. Returns the counts of those
// kinds that differ. Errc::refused where the files are of different schemas.
std::vector<DifferenceCount> diff(const File& before, const File& after,
                                  const std::vector<std::string>& kinds,
                                  const std::function<void(const Difference&)>& use);

}  // namespace planfile
