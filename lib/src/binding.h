// A mapping tied to the columns of one CSV, ready for its rows.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planfile/mapping.h"

namespace planfile {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

// Where a column of a fact takes its text from: a column of the CSV by its place, or a constant.
struct BoundColumn {
  std::size_t column = kNoColumn;
  std::string text;
  bool takes_code = false;  // of `A: Annual` only the head: see `code_of`

  bool operator==(const BoundColumn&) const = default;
};

// One fact that a row yields: spreads are expanded.
struct BoundRule {
  std::string table;
  // By name as in layout.h, and kUnitMult (table_columns.h), for which the figures are multiplied
  // by that power of ten.
  std::vector<std::pair<std::string, BoundColumn>> columns;
  // Columns of the row of which one at least is not blank, or the row has no such fact.
  std::vector<std::size_t> value_cells;
  // What overrules `columns` where the value's cell is in square brackets (see `unbracketed`),
  // which then stand around any figure of the row. Empty: such a cell is at fault.
  std::vector<std::pair<std::string, BoundColumn>> bracketed;
};

struct Bound {
  std::vector<BoundRule> rules;
  std::vector<Issue> issues;  // with the header's line; with one of them nothing is to be read
  std::vector<bool> used;     // by column of the sheet
  // Columns whose empty cells repeat the one above: to be filled in before the rules are asked.
  // Rows that are no data neither fill nor are filled.
  std::vector<std::size_t> carried;
  std::optional<int> year;  // completes periods of cells that name none; the titles have it
};

// The text of a constant column yields to what a row says itself: a unit in brackets behind the
// indicator's name, a period in the value's cell (`3.7 (2019)`), a missing value's status.
Bound bind_mapping(const Mapping& mapping, const Sheet& sheet, const Catalogue& known);

// The head of `A: Annual`; the whole text where it has no `: `.
std::string_view code_of(std::string_view cell);

// What square brackets (also 〔〕 and 【】) enclose; nothing when they do not enclose the whole
// cell.
std::optional<std::string_view> unbracketed(std::string_view cell);

}  // namespace planfile
