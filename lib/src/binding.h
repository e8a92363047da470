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
  // `text` is the unit that the titles name: where the cell is blank, and neither does the
  // indicator's name tell one.
  bool is_titled = false;

  bool operator==(const BoundColumn&) const = default;
};

// One fact that a row yields: spreads are expanded.
struct BoundRule {
  std::string table;
  // By name as in layout.h; also kUnitMult and kYear (table_columns.h): the figures are multiplied
  // by that power of ten, the period is completed by `period_in_year`.
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
};

// The text of a constant column yields to what a row says itself: a unit in brackets behind the
// indicator's name, a period in the value's cell (`3.7 (2019)`), a missing value's status.
Bound bind_mapping(const Mapping& mapping, const Sheet& sheet, const Catalogue& known);

// The period of a cell in the year of another (`2023`, `2023年`): `8月`, `三季度` or, as a month,
// `8`. What names its own year, or is no period, comes back as it is.
std::string period_in_year(std::string_view period, std::string_view year);

// The head of `A: Annual`; the whole text where it has no `: `.
std::string_view code_of(std::string_view cell);

// What square brackets (also 〔〕 and 【】) enclose; nothing when they do not enclose the whole
// cell.
std::optional<std::string_view> unbracketed(std::string_view cell);

}  // namespace planfile
