#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/error.h"

namespace planfile {

// One cell of a CSV text.
struct Field {
  std::string text;          // unquoted, UTF-8
  std::size_t line = 1;      // where the cell begins, 1-based; a quoted cell may span lines
  std::size_t position = 1;  // the character of that line at which it begins, 1-based

  bool operator==(const Field&) const = default;
};

// One row. Never without fields: a blank line is no record.
struct Record {
  std::size_t line = 1;  // of its first character
  std::vector<Field> fields;
};

// A text's rows, the header among them as the first, and what was wrong with the text.
struct Csv {
  std::vector<Record> records;
  std::vector<Issue> issues;  // with line and position; `file` left empty
};

// Reads RFC 4180 text in UTF-8: commas, quotes doubled inside quotes, LF, CRLF or CR line ends,
// mixed or not; a byte-order mark is skipped and the last line end may be missing. Every fault is
// an issue, in the order of the text: a byte that is not UTF-8, a NUL, a quote inside an unquoted
// cell, text behind a closing quote, a quote that never closes (reported where it began). What one
// cell has several times is told once, at the first. Rows with a fault are left out of `records`.
// Rows of another length than the header's are not its business.
Csv read_csv(std::string_view text);

// One row with its line end (LF), quoted where a reader needs it: a comma, quote, line break or
// blank at either end; a byte-order mark in front; a lone empty cell, as blank lines are no rows.
std::string csv_line(std::span<const std::string> cells);

}  // namespace planfile
