#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace planfile {

// One value of a result: NULL, an integer, a real number, or text in UTF-8.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

// As it is printed: nothing for NULL, a number in the shortest text that reads back the same.
std::string to_text(const Cell& cell);

// A whole result.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;  // each as long as `columns`

  bool operator==(const Table&) const = default;
};

// Takes a result row by row: `head` once, `row` for each, `finish` once.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void head(std::span<const std::string> columns) = 0;
  virtual void row(std::span<const Cell> cells) = 0;
  virtual void finish() {}
};

// Keeps the rows.
class TableSink : public RowSink {
 public:
  void head(std::span<const std::string> columns) override;
  void row(std::span<const Cell> cells) override;
  [[nodiscard]] const Table& table() const { return table_; }

 private:
  Table table_;
};

enum class Format { table, csv, json, ndjson, md };

// The format of that name; nothing when there is none.
std::optional<Format> parse_format(std::string_view name);

// Columns that `text` takes on a terminal: 2 for a Chinese character, 0 for a combining mark.
std::size_t display_width(std::string_view text);

// A sink that writes to `out`, which must outlive it. `csv` and `ndjson` write each row as it
// comes, the others at `finish`.
//   table   aligned columns under a rule; columns of numbers flush right; NULL is empty; a line
//           end is shown as ⏎, another control character as U+FFFD; `width` (0: none) is the
//           terminal's: over it, the widest text columns are folded
//   csv     RFC 4180 with LF; NULL is an empty cell and an empty text is `""`; NULL is `""` too
//           where it is alone in its row, whose line would be blank
//   json    an array of objects, one a row; ndjson one object a line; non-ASCII as it is, what is
//           not UTF-8 as U+FFFD; a name that repeats gets `_2`, `_3`; infinity is 1e999
//   md      a GitHub-flavoured Markdown table; a line end is `<br>`, markup is escaped
// Real numbers are written with the shortest text that reads back the same, in every format alike.
// NaN counts as NULL. A result without columns prints nothing, or the empty objects of its rows.
std::unique_ptr<RowSink> make_writer(Format format, std::ostream& out, std::size_t width = 0);

}  // namespace planfile
