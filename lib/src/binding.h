// A mapping applied to the header of one CSV: which cell says what.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "planfile/error.h"
#include "planfile/mapping.h"

namespace planfile {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

// Where a column of a fact takes its text from: a column of the CSV by its place, or a constant.
struct BoundColumn {
  std::size_t column = kNoColumn;
  std::string text;
};

// One fact that a row yields; spreads are expanded.
struct BoundRule {
  std::string table;
  std::vector<std::pair<std::string, BoundColumn>> columns;  // by column of the fact
  std::vector<std::size_t> value_cells;  // when all of these are empty the row has no such fact
};

struct Bound {
  std::vector<BoundRule> rules;
  std::vector<Issue> issues;  // a column that the mapping names and the header lacks, ...
  std::vector<bool> used;     // by column of the CSV: whether any rule reads it
};

Bound bind_mapping(const Mapping& mapping, const Sheet& sheet, const Catalogue& known);

}  // namespace planfile
