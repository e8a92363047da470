#include "planfile/mapping.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "planfile/period.h"
#include "sheet_words.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kMostColumns = 16384;  // of a spreadsheet
constexpr std::size_t kMostHeaderRows = 3;
constexpr std::size_t kFewestRows = 12;  // that are looked at, however wide

// A cell as a column's name: trimmed, on one line.
std::string name_of(std::string_view cell) {
  std::string name;
  bool blank = false;
  for (const char c : trim(cell)) {
    const bool breaks = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!breaks && blank) name += ' ';
    if (!breaks) name += c;
    blank = breaks;
  }
  return name;
}

// A row as far as finding a header is concerned.
struct Shape {
  std::vector<std::string> cells;  // as names, without the empty ones at the end
  std::size_t filled = 0;
  std::size_t numbers = 0;
  std::size_t first = 0;  // the first one filled

  [[nodiscard]] bool has(std::size_t column) const {
    return column < cells.size() && !cells[column].empty();
  }
};

Shape shape_of(const SheetRow& row) {
  Shape shape;
  for (const std::string& cell : row.cells) shape.cells.push_back(name_of(cell));
  while (!shape.cells.empty() && shape.cells.back().empty()) shape.cells.pop_back();
  for (std::size_t at = shape.cells.size(); at-- > 0;) {
    if (!shape.has(at)) continue;
    shape.first = at;
    ++shape.filled;
    if (is_number_text(shape.cells[at])) ++shape.numbers;
  }
  return shape;
}

bool is_title(const Shape& row) { return row.filled > 0 && is_title_text(row.cells[row.first]); }

// Cells that a row of the table proper has at least: half of what is usual.
std::size_t least_cells(const std::vector<Shape>& rows) {
  std::vector<std::size_t> counts;
  for (const Shape& row : rows) {
    if (row.filled > 1 && !is_title(row)) counts.push_back(row.filled);
  }
  if (counts.empty()) return 2;
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
  std::nth_element(counts.begin(), middle, counts.end());
  return std::max<std::size_t>(2, (*middle + 1) / 2);
}

// Whether a cell of the lower row stands under a merged one: the upper row is empty here, or just
// to the right of here.
bool is_under_merged(const Shape& upper, const Shape& lower, std::size_t column) {
  if (!upper.has(column)) {
    for (std::size_t at = column; at-- > 0;) {
      if (upper.has(at)) return lower.has(at);
      if (!lower.has(at)) return false;
    }
    return upper.first > column;  // under a corner that is empty
  }
  return !upper.has(column + 1) && lower.has(column + 1);
}

// Whether two rows are one header: what names the rows stands in one of them only, and the lower
// one parts what the upper one has merged, or tells units.
bool is_header_over(const Shape& upper, const Shape& lower) {
  if (lower.filled == 0 || lower.numbers > 0 || is_title(upper) || is_title(lower)) return false;
  const std::size_t first = std::min(upper.first, lower.first);
  if (upper.has(first) && lower.has(first) && upper.cells[first] != lower.cells[first])
    return false;
  for (std::size_t at = 0; at < lower.cells.size(); ++at) {
    if (!lower.has(at) || is_under_merged(upper, lower, at)) continue;
    const bool repeats = upper.has(at) && upper.cells[at] == lower.cells[at];
    const bool names_rows = !upper.has(at) && lower.first == first && at < upper.first;
    if (!repeats && !names_rows && !is_unit_text(lower.cells[at])) return false;
  }
  return true;
}

// Names of the columns under both rows.
Shape joined(const Shape& upper, const Shape& lower) {
  Shape names;
  const std::size_t width = std::max(upper.cells.size(), lower.cells.size());
  std::string above;
  for (std::size_t at = 0; at < width; ++at) {
    if (upper.has(at)) above = lower.has(at) ? upper.cells[at] : std::string();
    const std::string own = upper.has(at) ? upper.cells[at] : lower.has(at) ? above : std::string();
    const std::string below = lower.has(at) ? lower.cells[at] : std::string();
    names.cells.push_back(own.empty() || own == below ? below
                          : below.empty()             ? own
                                                      : fmt::format("{}/{}", own, below));
    if (!names.cells.back().empty() && ++names.filled == 1) names.first = at;
  }
  return names;
}

// Names without a second of their kind.
std::vector<std::string> told_apart(const std::vector<std::string>& cells) {
  std::vector<std::string> names;
  std::map<std::string, std::size_t> times;
  for (const std::string& cell : cells) {
    if (cell.empty()) {
      names.push_back(fmt::format("#{}", names.size() + 1));
      continue;
    }
    const std::size_t time = ++times[cell];
    names.push_back(time == 1 ? cell : fmt::format("{}#{}", cell, time));
  }
  return names;
}

std::string title_of(const Shape& row) {
  std::string title;
  for (const std::string& cell : row.cells) {
    if (!cell.empty()) title += (title.empty() ? "" : " ") + cell;
  }
  return title;
}

// The sheet whose header is `count` rows from `first` on.
Sheet make_sheet(const std::vector<SheetRow>& head, const std::vector<Shape>& rows,
                 std::size_t first, std::size_t count) {
  Sheet sheet;
  for (std::size_t at = 0; at < first; ++at) {
    std::string title = title_of(rows[at]);
    if (sheet.unit.empty()) sheet.unit = unit_of_title(title);
    if (!title.empty()) sheet.titles.push_back(std::move(title));
  }
  Shape names = rows[first];
  for (std::size_t at = first + 1; at < first + count; ++at) names = joined(names, rows[at]);
  for (std::size_t at = first; at < first + count; ++at) {  // an empty column at the end counts
    names.cells.resize(std::max(names.cells.size(), head[at].cells.size()));
  }
  sheet.columns = told_apart(names.cells);
  sheet.header_line = head[first].line;
  sheet.header_rows = count;
  const std::size_t data = first + count;
  sheet.first_row = data < head.size() ? head[data].line : head[data - 1].line + 1;
  return sheet;
}

// Where the header begins; the reason when there is none.
Parsed<std::size_t> find_header(const std::vector<Shape>& rows) {
  const std::size_t least = least_cells(rows);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const Shape& row = rows[at];
    if (row.filled < least || is_title(row)) continue;
    if (row.numbers > 0) break;  // data already
    if (at == 0) return at;
    const Shape& before = rows[at - 1];
    // A lone cell over all columns is a title, unless it is their year.
    const bool groups = before.filled > 1 || (before.filled == 1 && before.first > 0 &&
                                              parse_period(before.cells[before.first]));
    const bool empty_corner = !before.has(std::min(before.first, row.first)) ||
                              !row.has(std::min(before.first, row.first));
    return groups && empty_corner && is_header_over(before, row) ? at - 1 : at;
  }
  return Parsed<std::size_t>::fault(
      "no header found: the first rows hold numbers, or no two cells side by side; name the "
      "header's line in a mapping (--map)");
}

// The shapes of the rows, of a wide table fewer, so that the time is bounded.
std::vector<Shape> shapes_of(const std::vector<SheetRow>& head, std::size_t fewest) {
  constexpr std::size_t kCells = 200'000;
  std::vector<Shape> rows;
  std::size_t cells = 0;
  for (const SheetRow& row : head) {
    if (rows.size() >= fewest && cells > kCells) break;
    rows.push_back(shape_of(row));
    cells += row.cells.size();
  }
  return rows;
}

std::string too_wide(const std::vector<SheetRow>& head) {
  for (const SheetRow& row : head) {
    if (row.cells.size() <= kMostColumns) continue;
    return fmt::format("line {} has {} columns; no table of more than {} is read", row.line,
                       row.cells.size(), kMostColumns);
  }
  return {};
}

// Whether a text may open with blank. Asked of every row: most letters are told by their first
// byte.
bool may_be_blank(std::string_view cell) {
  const char c = cell.empty() ? ' ' : cell.front();
  const bool is_wide = c == '\xC2' || c == '\xE2' || c == '\xE3' || c == '\xEF';
  return (c >= '\0' && c <= ' ') || is_wide;
}

bool is_filled(std::string_view cell) { return !may_be_blank(cell) || !trim(cell).empty(); }

bool equals_name(std::string_view cell, std::string_view column) {
  const std::string name = name_of(cell);
  if (column == name) return true;
  if (name.empty()) return column.starts_with('#');
  std::string_view rest = column;
  if (take(rest, name)) return rest.starts_with('/') || rest.starts_with('#');
  rest = column;  // the lower row of a header of two
  if (const std::size_t mark = rest.rfind('#'); mark != std::string_view::npos && mark > 0) {
    rest = rest.substr(0, mark);
  }
  return take_last(rest, name) && rest.ends_with('/');
}

// Whether a cell is surely not the name; asked of every row, it compares no more than it must.
bool differs_at_once(std::string_view cell, std::string_view column, const Sheet& sheet) {
  if (sheet.header_rows > 1 || may_be_blank(cell)) return false;
  if (cell.front() != column.front()) return true;
  const std::size_t end = std::min<std::size_t>(cell.find_first_of(" \t\r\n"), cell.size());
  return !column.starts_with(cell.substr(0, end));
}

bool is_header(std::span<const std::string_view> cells, const Sheet& sheet, std::size_t first) {
  if (first >= sheet.columns.size()) return false;
  if (differs_at_once(cells[first], sheet.columns[first], sheet)) return false;
  if (!equals_name(cells[first], sheet.columns[first])) return false;
  std::size_t same = 0;
  for (std::size_t at = first; at < cells.size(); ++at) {
    if (trim(cells[at]).empty()) continue;
    if (at >= sheet.columns.size() || !equals_name(cells[at], sheet.columns[at])) return false;
    ++same;
  }
  return same > 1 || sheet.columns.size() == 1;
}

}  // namespace

Parsed<Sheet> find_sheet(const std::vector<SheetRow>& head) {
  if (head.empty()) return Parsed<Sheet>::fault("empty: not even a header");
  if (auto why = too_wide(head); !why.empty()) return Parsed<Sheet>::fault(std::move(why));
  const std::vector<Shape> rows = shapes_of(head, kFewestRows);
  const auto first = find_header(rows);
  if (!first) return Parsed<Sheet>::fault(first.reason);
  std::size_t count = 1;
  Shape names = rows[*first];
  while (*first + count < rows.size() && count < kMostHeaderRows &&
         is_header_over(names, rows[*first + count])) {
    names = joined(names, rows[*first + count]);
    ++count;
  }
  return make_sheet(head, rows, *first, count);
}

Parsed<Sheet> sheet_at(const std::vector<SheetRow>& head, std::size_t header_line,
                       std::size_t header_rows) {
  if (auto why = too_wide(head); !why.empty()) return Parsed<Sheet>::fault(std::move(why));
  const auto found = std::find_if(head.begin(), head.end(),
                                  [&](const SheetRow& row) { return row.line == header_line; });
  const auto first = static_cast<std::size_t>(found - head.begin());
  if (found == head.end() || header_rows == 0 || header_rows > head.size() - first) {
    return Parsed<Sheet>::fault(
        fmt::format("no header of {} rows from line {} on", header_rows, header_line));
  }
  return make_sheet(head, shapes_of(head, first + header_rows), first, header_rows);
}

RowKind kind_of(std::span<const std::string_view> cells, const Sheet& sheet) {
  const auto found = std::find_if(cells.begin(), cells.end(), is_filled);
  if (found == cells.end()) return RowKind::data;
  const auto first = static_cast<std::size_t>(found - cells.begin());
  if (is_total_text(*found)) return RowKind::total;
  if (is_header(cells, sheet, first)) return RowKind::header;
  const bool alone = std::none_of(found + 1, cells.end(), is_filled);
  return alone && is_note_text(*found) ? RowKind::note : RowKind::data;
}

}  // namespace planfile
