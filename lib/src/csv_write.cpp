#include "csv_write.h"

#include "planfile/csv.h"
#include "utf8.h"

#include <algorithm>

namespace planfile {
namespace {

bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

bool needs_quotes(std::string_view cell, char delimiter) {
  if (cell.empty()) return false;
  return is_blank(cell.front()) || is_blank(cell.back()) || cell.starts_with(kByteOrderMark) ||
         std::any_of(cell.begin(), cell.end(), [=](char byte) {
           return byte == delimiter || byte == '"' || byte == '\n' || byte == '\r';
         });
}

void append_quoted(std::string& line, std::string_view cell) {
  line += '"';
  for (std::size_t from = 0;;) {
    const std::size_t quote = cell.find('"', from);
    if (quote == std::string_view::npos) {
      line.append(cell, from);
      break;
    }
    line.append(cell, from, quote + 1 - from);
    line += '"';
    from = quote + 1;
  }
  line += '"';
}

}  // namespace

void append_csv_cell(std::string& line, std::string_view cell, char delimiter) {
  if (needs_quotes(cell, delimiter)) {
    append_quoted(line, cell);
  } else {
    line += cell;
  }
}

std::string csv_line(std::span<const std::string> cells) {
  // Bare, a lone empty cell would be a blank line, which is no row.
  if (cells.size() == 1 && cells.front().empty()) return "\"\"\n";
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != cells.data()) line += ',';
    append_csv_cell(line, cell, ',');
  }
  line += '\n';
  return line;
}

}  // namespace planfile
