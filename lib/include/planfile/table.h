#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "planfile/chart.h"

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

// Takes a result row by row: `head` once, `row` for each, `cut` when some were left out, `finish`
// once.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void head(std::span<const std::string> columns) = 0;
  virtual void row(std::span<const Cell> cells) = 0;

  // Whether it has no use for more rows. Whoever delivers them may stop then, and finishes.
  [[nodiscard]] virtual bool is_full() const { return false; }

  // The result goes on after `rows` rows, but what follows is not delivered.
  virtual void cut(std::size_t /*rows*/) {}

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

enum class Format { table, csv, tsv, json, ndjson, md, html, xlsx, chart, svg };

// The format of that name; nothing when there is none.
std::optional<Format> parse_format(std::string_view name);

// The name of a format.
std::string_view to_text(Format format);

// Columns that `text` takes on a terminal: 2 for a Chinese character, 0 for a combining mark.
std::size_t display_width(std::string_view text);

// What a column of a result means.
struct ColumnNote {
  std::string about, about_zh;
};

// What a result is about, for the formats that have a place to say so: html, xlsx, svg, chart.
struct Caption {
  std::string name = {};  // of the saved query; empty: none
  std::string about = {}, about_zh = {};
  std::vector<std::pair<std::string, std::string>> parameters = {};  // name and value, as used
  std::map<std::string, ColumnNote> notes = {};                      // by column
  std::string statement;  // of SQL that is no saved query
};

// How a result is written. Each format takes from it what concerns it.
struct WriteOptions {
  std::size_t width = 0;        // of the terminal; 0: none
  bool wide_ambiguous = false;  // the terminal gives two columns to signs such as “ ≥ ─, as some
                                // with Chinese fonts do
  bool colour = false;           // the terminal shows colours
  bool excel = false;            // csv, tsv: for Excel, see make_writer
  std::string encoding = {};     // csv, tsv, table, md: as ICU knows it; empty is UTF-8
  std::string_view lang = "en";  // of the words that planfile adds: "zh" or "en"
  Caption caption = {};
  std::optional<Chart> chart = {};                  // chart, svg: what to draw; else it is guessed
  std::function<void(std::string_view)> tell = {};  // takes messages to the user, a line each
};

// A sink that writes to `out`, which must outlive it.
//   table   aligned columns under a rule; columns of numbers flush right; NULL is empty; a line
//           end is shown as ⏎, another control character as U+FFFD. Over `width`, the widest text
//           columns are folded; where that is not enough, each row is a block of lines `name
//           value`. Widths are those of the first million cells; later ones are folded to them
//   csv     RFC 4180 with LF; NULL is an empty cell and an empty text is `""`; NULL is `""` too
//           where it is alone in its row, whose line would be blank
//   tsv     the same with tabs for commas
//   json    an array of objects, one a row; ndjson one object a line; non-ASCII as it is, what is
//           not UTF-8 as U+FFFD; a name that repeats gets `_2`, `_3`; infinity is 1e999
//   md      a GitHub-flavoured Markdown table; a line end is `<br>`, markup is escaped
// `excel` gives csv and tsv a byte-order mark (in Unicode), CRLF, and a `'` before a text that a
// spreadsheet would take for a formula: one that begins with = + - @, tab, CR or LF, or with
// their full-width forms, unless it is a plain number such as -3.5% or only dashes.
//   html    one page that needs nothing else: the table, and below it what the caption says; light,
//           dark and printed; well-formed XML as well
//   xlsx    a workbook: numbers as numbers, text as text (codes with leading zeros, integers of
//   more
//           than fifteen digits, infinity), a header that stays and filters; on a second sheet what
//           the caption says. Memory does not grow with the rows. Errc::refused for more rows or a
//           longer text than Excel holds, Errc::storage where the disk is full. The same bytes any
//           day
//   chart   bars, lines or points in the terminal: in block characters and Braille, or in ASCII
//           where signs of ambiguous width are wide
//   svg     the same as a picture, light, dark and printed
// A chart puts a target in as a mark. NULL is a gap; rows that share a place are told apart by a
// further column, or drawn as points; kinds of periods (years, months) are lines of their own; of
// several units the commonest is drawn; what was guessed or left out is told. Errc::usage for a
// column that there is none of; Errc::refused for no rows, no number, too much for one picture.
// With an encoding, a character that it lacks is Errc::refused, naming row and column.
// Where rows were cut, table, md, html, chart and the second sheet of xlsx say so.
// Real numbers are written with the shortest text that reads back the same, in every format alike.
// NaN counts as NULL. A result without columns prints nothing, or the empty objects of its rows.
// Errc::usage for an encoding that there is none of, or that the format can't have.
std::unique_ptr<RowSink> make_writer(Format format, std::ostream& out, WriteOptions options = {});

}  // namespace planfile
