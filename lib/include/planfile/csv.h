#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/bytes.h"
#include "planfile/error.h"

namespace planfile {

// One row as it is read. The cells are views into the reader's buffer: they hold until the next
// call of `next`.
struct Row {
  std::size_t line = 1;                 // of its first character, 1-based
  std::vector<std::string_view> cells;  // unquoted, UTF-8; never empty: a blank line is no row

  // The line on which a cell begins, for messages.
  [[nodiscard]] std::size_t line_of(std::size_t cell) const;
  // The character of that line at which it begins, 1-based.
  [[nodiscard]] std::size_t position_of(std::size_t cell) const;

  std::vector<const char*> starts;  // where each cell begins in the text, for these two
  std::string_view text;            // the row as it stands there, without its line end
};

// A row with faults. Text and faults hold during the call that hands it over.
struct BadRow {
  std::size_t line = 1;           // of its first character
  std::string_view text;          // the row as it stands, without its line end
  std::span<const Issue> issues;  // its faults, or the first 10,000 of them
  std::size_t faults = 0;         // how many there are
  bool is_last = false;           // it is not whole, and what comes behind it is not read
};

// Reads RFC 4180 text in UTF-8 row by row in bounded memory: cells between `delimiter`, quotes
// doubled inside quotes, LF, CRLF or CR line ends, mixed or not; the last line end may be missing.
// A byte-order mark is skipped. A row with a fault is not delivered; its faults are issues, in the
// order of the text: a byte that is not UTF-8 (`not UTF-8`; 0xFF is `not GB18030`, or whatever
// `encoding` says), a NUL, a quote inside an unquoted cell, text behind a closing quote, a quote
// that never closes (told where it began), a row of more than 64 MiB or a million cells (the rest
// of the text is then not read). What one cell has several times is told once, at the first.
// Rows of another length than the header's are not its business.
class CsvReader {
 public:
  struct Form {
    char delimiter = ',';
    std::string encoding = "UTF-8";  // that the text had, for messages
    bool valid = false;              // the text is known to be UTF-8 throughout
  };

  // `utf8` must outlive it.
  CsvReader(ByteSource& utf8, Form form);
  explicit CsvReader(ByteSource& utf8);
  ~CsvReader();

  // The next row without a fault; false at the end.
  bool next(Row& row);

  // From here on rows with faults are handed to `take` as they are met; no faults are kept for
  // `take_issues`.
  void hand_over(std::function<void(const BadRow&)> take);

  // The faults met since the last call, or the first 10,000 of them.
  std::vector<Issue> take_issues();

  // How many faults were met so far.
  [[nodiscard]] std::size_t faults() const;

  // Bytes of `utf8` read so far.
  [[nodiscard]] std::uint64_t position() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

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

// A whole text at once, as CsvReader reads it.
Csv read_csv(std::string_view text);

// One row with its line end (LF), quoted where a reader needs it: a comma, quote, line break or
// blank at either end; a byte-order mark in front; a lone empty cell, as blank lines are no rows.
std::string csv_line(std::span<const std::string> cells);

}  // namespace planfile
