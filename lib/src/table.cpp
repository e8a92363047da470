#include "planfile/table.h"
#include "planfile/csv.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <utf8proc.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace planfile {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::string_view kReplacement = "\uFFFD";
constexpr std::size_t kNarrowest = 8;  // what folding leaves of a column
constexpr utf8proc_int32_t kNotUtf8 = -1;

struct Character {
  utf8proc_int32_t code;
  std::size_t size;  // in bytes
};

// The character at the head of a text that isn't empty, or the one byte that begins none.
Character first_character(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  if (bytes[0] < 0x80) return {bytes[0], 1};
  utf8proc_int32_t code = kNotUtf8;
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (size <= 0) return {kNotUtf8, 1};
  return {code, static_cast<std::size_t>(size)};
}

std::size_t width_of(utf8proc_int32_t code) {
  return code == kNotUtf8 ? 1 : static_cast<std::size_t>(utf8proc_charwidth(code));
}

// Whether a terminal would obey the character rather than show it: C0 and C1 controls, line and
// paragraph separators, and the marks that turn the writing direction.
bool is_control(utf8proc_int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

// How a format shows what would break its lines.
struct Style {
  std::string_view line_end;
  std::string_view special;  // gets a backslash before it
};

constexpr Style kForTerminal{"⏎", ""};

// What would be markup. An underscore isn't inside a word, and names are full of them.
constexpr Style kForMarkdown{"<br>", "\\|`*~<["};

// `text` on one line and harmless: a tab becomes a space; other control characters, and bytes that
// are not UTF-8, become U+FFFD.
std::string clean(std::string_view text, const Style& style) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with("\r\n")) text.remove_prefix(1);
    const auto [code, size] = first_character(text);
    if (code == '\n' || code == '\r') {
      shown += style.line_end;
    } else if (code == '\t') {
      shown += ' ';
    } else if (is_control(code)) {
      shown += kReplacement;
    } else {
      if (size == 1 && style.special.find(text.front()) != std::string_view::npos) shown += '\\';
      shown.append(text, 0, size);
    }
    text.remove_prefix(size);
  }
  return shown;
}

// NaN counts as NULL, as in SQLite.
bool is_null(const Cell& cell) {
  const double* real = std::get_if<double>(&cell);
  return std::holds_alternative<std::monostate>(cell) || (real != nullptr && std::isnan(*real));
}

bool is_text(const Cell& cell) { return std::holds_alternative<std::string>(cell); }

}  // namespace

// Infinity is `Inf`, as in the sqlite3 shell.
std::string to_text(const Cell& cell) {
  if (is_null(cell)) return "";
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  const double real = std::get<double>(cell);
  if (std::isinf(real)) return real > 0 ? "Inf" : "-Inf";
  return fmt::to_string(real);
}

namespace {

std::vector<std::string> clean_cells(std::span<const Cell> cells, const Style& style) {
  std::vector<std::string> shown;
  for (const Cell& cell : cells) shown.push_back(clean(to_text(cell), style));
  return shown;
}

std::vector<std::string> clean_names(std::span<const std::string> names, const Style& style) {
  return clean_cells(std::vector<Cell>(names.begin(), names.end()), style);
}

// How a column is printed.
struct Column {
  std::size_t width = 0;
  bool is_numeric = false;  // holds numbers and nothing else but NULL
};

std::vector<Column> find_columns(const Table& table) {
  std::vector<Column> columns(table.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto cell = [i](const auto& row) -> const Cell& { return row[i]; };
    columns[i].is_numeric = !std::ranges::all_of(table.rows, is_null, cell) &&
                            std::ranges::none_of(table.rows, is_text, cell);
  }
  return columns;
}

void widen(std::span<Column> columns, std::span<const std::string> cells) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].width = std::max(columns[i].width, display_width(cells[i]));
  }
}

// Narrows the widest text columns until a line takes `width`, if that leaves each kNarrowest.
void fit(std::span<Column> columns, std::size_t width) {
  std::size_t fixed = kGap.size() * (columns.size() - 1);
  std::vector<Column*> foldable;
  for (Column& column : columns) {
    if (column.is_numeric) {
      fixed += column.width;
    } else {
      foldable.push_back(&column);
    }
  }
  // From the narrowest on, each takes at most an even share of what room is left.
  std::ranges::stable_sort(foldable, {}, &Column::width);
  std::size_t room = width > fixed ? width - fixed : 0;
  std::size_t sharers = foldable.size();
  for (Column* column : foldable) {
    column->width = std::min(column->width, std::max(kNarrowest, room / sharers--));
    room -= std::min(room, column->width);
  }
}

// Bytes of `text` that go on a line of `width` columns. A line ends before a space or beside a wide
// character; a word too long for a line is cut where the line is full.
std::size_t line_length(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t cut = 0;  // the last place where the line may end
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, size] = first_character(text.substr(at));
    const std::size_t columns = width_of(code);
    const bool stays_with_former = columns == 0 && cut == at;
    if (code == ' ' || columns == 2) cut = at;
    if (used + columns > width) return cut > 0 ? cut : std::max(at, size);
    used += columns;
    at += size;
    if (columns == 2 || stays_with_former) cut = at;
  }
  return text.size();
}

// `text` in lines of at most `width` columns; spaces vanish where it is cut.
std::vector<std::string_view> wrap(std::string_view text, std::size_t width) {
  if (display_width(text) <= width) return {text};
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t length = line_length(text, width);
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  return lines;
}

// A column's share of one line, without the gap around it.
void append_padded(std::string& line, std::string_view text, const Column& column) {
  const std::size_t padding = column.width - std::min(column.width, display_width(text));
  if (column.is_numeric) line.append(padding, ' ');
  line += text;
  if (!column.is_numeric) line.append(padding, ' ');
}

void print_line(std::span<const std::string> cells, std::span<const Column> columns,
                std::ostream& out) {
  std::vector<std::vector<std::string_view>> folded(columns.size());
  std::size_t height = 1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    folded[i] = wrap(cells[i], columns[i].width);
    height = std::max(height, folded[i].size());
  }
  for (std::size_t n = 0; n < height; ++n) {
    std::string line;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) line += kGap;
      append_padded(line, n < folded[i].size() ? folded[i][n] : "", columns[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
  }
}

void print_table(const Table& table, std::size_t width, std::ostream& out) {
  const auto names = clean_names(table.columns, kForTerminal);
  std::vector<Column> columns = find_columns(table);
  widen(columns, names);
  for (const auto& row : table.rows) widen(columns, clean_cells(row, kForTerminal));
  if (width > 0) fit(columns, width);

  print_line(names, columns, out);
  std::vector<std::string> rule(columns.size());
  for (std::size_t i = 0; i < rule.size(); ++i) rule[i].assign(columns[i].width, '-');
  print_line(rule, columns, out);
  for (const auto& row : table.rows) print_line(clean_cells(row, kForTerminal), columns, out);
}

void print_markdown(const Table& table, std::size_t /*width*/, std::ostream& out) {
  const auto print = [&out](const std::vector<std::string>& cells) {
    out << fmt::format("| {} |\n", fmt::join(cells, " | "));
  };
  print(clean_names(table.columns, kForMarkdown));
  std::vector<std::string> rule;
  for (const Column& column : find_columns(table)) {
    rule.emplace_back(column.is_numeric ? "---:" : "---");
  }
  print(rule);
  for (const auto& row : table.rows) print(clean_cells(row, kForMarkdown));
}

// For the formats that depend on all rows.
class WholeWriter : public TableSink {
 public:
  using Print = void (*)(const Table&, std::size_t width, std::ostream&);

  WholeWriter(Print print, std::size_t width, std::ostream& out)
      : print_(print), width_(width), out_(out) {}

  void finish() override {
    if (!table().columns.empty()) print_(table(), width_, out_);
  }

 private:
  Print print_;
  std::size_t width_;
  std::ostream& out_;
};

// An empty text is quoted, being alone on its line; that tells it from NULL.
std::string csv_text(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  if (text == nullptr) return to_text(cell);
  std::string line = csv_line(std::span(text, 1));
  line.pop_back();
  return line;
}

class CsvWriter : public RowSink {
 public:
  explicit CsvWriter(std::ostream& out) : out_(out) {}

  void head(std::span<const std::string> columns) override {
    if (!columns.empty()) out_ << csv_line(columns);
  }

  void row(std::span<const Cell> cells) override {
    std::string line;
    for (const Cell& cell : cells) line.append(csv_text(cell)) += ',';
    if (line.empty()) return;
    // As a blank line a lone NULL would be no row to most readers.
    if (line == ",") line = "\"\",";
    line.back() = '\n';
    out_ << line;
  }

 private:
  std::ostream& out_;
};

std::string json_text(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Numbers as in every other format, where nlohmann would write 60 as 60.0 and infinity as null.
std::string json_value(const Cell& cell) {
  if (is_null(cell)) return "null";
  if (const auto* text = std::get_if<std::string>(&cell)) return json_text(*text);
  const double* real = std::get_if<double>(&cell);
  if (real != nullptr && std::isinf(*real)) return *real > 0 ? "1e999" : "-1e999";
  return to_text(cell);
}

// What goes before each value of an object, no two alike: `a`, `a`, `a` become `a`, `a_2`, `a_3`.
std::vector<std::string> json_keys(std::span<const std::string> names) {
  std::unordered_set<std::string> taken(names.begin(), names.end());
  std::unordered_map<std::string, std::size_t> seen;
  std::vector<std::string> keys;
  for (const std::string& name : names) {
    std::string key = name;
    std::size_t& count = seen[name];
    if (++count > 1) {
      while (!taken.insert(key = fmt::format("{}_{}", name, count)).second) ++count;
    }
    keys.push_back(json_text(key) + ':');
  }
  return keys;
}

class JsonLinesWriter : public RowSink {
 public:
  explicit JsonLinesWriter(std::ostream& out) : out_(out) {}

  void head(std::span<const std::string> columns) override { keys_ = json_keys(columns); }

  void row(std::span<const Cell> cells) override { out_ << object(cells) << '\n'; }

 protected:
  [[nodiscard]] std::string object(std::span<const Cell> cells) const {
    std::string text = "{";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += ',';
      text.append(keys_[i]).append(json_value(cells[i]));
    }
    return text += '}';
  }

  std::ostream& out_;

 private:
  std::vector<std::string> keys_;
};

class JsonWriter : public JsonLinesWriter {
 public:
  using JsonLinesWriter::JsonLinesWriter;

  void row(std::span<const Cell> cells) override {
    rows_ += rows_.empty() ? "\n" : ",\n";
    rows_ += object(cells);
  }

  void finish() override { out_ << '[' << rows_ << (rows_.empty() ? "]\n" : "\n]\n"); }

 private:
  std::string rows_;
};

}  // namespace

void TableSink::head(std::span<const std::string> columns) {
  table_.columns.assign(columns.begin(), columns.end());
}

void TableSink::row(std::span<const Cell> cells) {
  table_.rows.emplace_back(cells.begin(), cells.end());
}

std::optional<Format> parse_format(std::string_view name) {
  if (name == "table") return Format::table;
  if (name == "csv") return Format::csv;
  if (name == "json") return Format::json;
  if (name == "ndjson") return Format::ndjson;
  if (name == "md") return Format::md;
  return std::nullopt;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    width += width_of(code);
    text.remove_prefix(size);
  }
  return width;
}

std::unique_ptr<RowSink> make_writer(Format format, std::ostream& out, std::size_t width) {
  switch (format) {
    case Format::csv:
      return std::make_unique<CsvWriter>(out);
    case Format::json:
      return std::make_unique<JsonWriter>(out);
    case Format::ndjson:
      return std::make_unique<JsonLinesWriter>(out);
    case Format::md:
      return std::make_unique<WholeWriter>(print_markdown, width, out);
    case Format::table:
      break;
  }
  return std::make_unique<WholeWriter>(print_table, width, out);
}

}  // namespace planfile
