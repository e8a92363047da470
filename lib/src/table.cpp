#include "planfile/table.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "writers.h"

namespace planfile {
namespace {

constexpr std::string_view kFormats[] = {"table", "csv",  "tsv",  "json",  "ndjson",
                                         "md",    "html", "xlsx", "chart", "svg"};

}  // namespace

bool is_null(const Cell& cell) {
  const double* real = std::get_if<double>(&cell);
  return std::holds_alternative<std::monostate>(cell) || (real != nullptr && std::isnan(*real));
}

std::optional<double> number_in(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*integer);
  const double* real = std::get_if<double>(&cell);
  if (real != nullptr && std::isfinite(*real)) return *real;
  return std::nullopt;
}

// Infinity is `Inf`, as in the sqlite3 shell.
std::string to_text(const Cell& cell) {
  if (is_null(cell)) return "";
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  const double real = std::get<double>(cell);
  if (std::isinf(real)) return real > 0 ? "Inf" : "-Inf";
  return fmt::to_string(real);
}

Ambiguous ambiguous_of(const WriteOptions& options) {
  return options.wide_ambiguous ? Ambiguous::wide : Ambiguous::narrow;
}

std::string cut_note(std::size_t rows, std::string_view lang) {
  if (lang == "zh") return fmt::format("…… 只到前 {} 行", rows);
  return fmt::format("... cut after {} {}", rows, rows == 1 ? "row" : "rows");
}

std::string first_sentence(std::string_view about) {
  constexpr std::string_view kChinese = "。";
  const std::size_t english = about.find(". "), chinese = about.find(kChinese);
  if (english == about.npos && chinese == about.npos) return std::string(about);
  return std::string(about.substr(0, english < chinese ? english + 1 : chinese + kChinese.size()));
}

std::vector<std::string> clean_cells(std::span<const Cell> cells, const LineStyle& style) {
  std::vector<std::string> shown;
  for (const Cell& cell : cells) shown.push_back(clean(to_text(cell), style));
  return shown;
}

std::vector<std::string> clean_names(std::span<const std::string> names, const LineStyle& style) {
  return clean_cells(std::vector<Cell>(names.begin(), names.end()), style);
}

std::vector<bool> numeric_columns(const Table& table) {
  const auto is_text = [](const Cell& cell) { return std::holds_alternative<std::string>(cell); };
  std::vector<bool> numeric(table.columns.size());
  for (std::size_t i = 0; i < numeric.size(); ++i) {
    const auto cell = [i](const auto& row) -> const Cell& { return row[i]; };
    numeric[i] = !std::ranges::all_of(table.rows, is_null, cell) &&
                 std::ranges::none_of(table.rows, is_text, cell);
  }
  return numeric;
}

void HeldRows::head(std::span<const std::string> columns) {
  held_.columns.assign(columns.begin(), columns.end());
}

void HeldRows::row(std::span<const Cell> cells) {
  constexpr std::size_t kMost = 1'000'000;  // cells
  if (begun_) return line(cells);
  held_.rows.emplace_back(cells.begin(), cells.end());
  if (held_.rows.size() * held_.columns.size() >= kMost) release();
}

void HeldRows::cut(std::size_t rows) { cut_after_ = rows; }

void HeldRows::finish() {
  if (held_.columns.empty()) return;
  if (!begun_) release();
  end(cut_after_);
}

void HeldRows::release() {
  begun_ = true;
  begin(held_);
  for (const auto& row : held_.rows) line(row);
  held_.rows = {};
}

void TableSink::head(std::span<const std::string> columns) {
  table_.columns.assign(columns.begin(), columns.end());
}

void TableSink::row(std::span<const Cell> cells) {
  table_.rows.emplace_back(cells.begin(), cells.end());
}

std::optional<Format> parse_format(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name);
  if (found == std::end(kFormats)) return std::nullopt;
  return static_cast<Format>(found - std::begin(kFormats));
}

std::string_view to_text(Format format) { return kFormats[static_cast<std::size_t>(format)]; }

std::unique_ptr<RowSink> make_writer(Format format, std::ostream& out, WriteOptions options) {
  return options.encoding.empty() ? make_utf8_writer(format, out, options)
                                  : make_encoded_writer(format, out, std::move(options));
}

std::unique_ptr<RowSink> make_utf8_writer(Format format, std::ostream& out,
                                          const WriteOptions& options) {
  switch (format) {
    case Format::csv:
      return make_csv_writer(out, options, ',');
    case Format::tsv:
      return make_csv_writer(out, options, '\t');
    case Format::json:
      return make_json_writer(out);
    case Format::ndjson:
      return make_ndjson_writer(out);
    case Format::md:
      return make_markdown_writer(out, options);
    case Format::html:
      return make_html_writer(out, options);
    case Format::xlsx:
      return make_xlsx_writer(out, options);
    case Format::chart:
      return make_chart_writer(out, options);
    case Format::svg:
      return make_svg_writer(out, options);
    case Format::table:
      break;
  }
  return make_text_writer(out, options);
}

}  // namespace planfile
