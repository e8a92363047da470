#include "output.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "labels.h"

namespace planfile {
namespace {

// What a file's name ends in, and the format that this stands for.
struct Suffix {
  std::string_view text;
  Format format;
};

constexpr Suffix kSuffixes[] = {
    {".csv", Format::csv},       {".tsv", Format::tsv}, {".json", Format::json},
    {".ndjson", Format::ndjson}, {".md", Format::md},   {".html", Format::html},
    {".xlsx", Format::xlsx},     {".svg", Format::svg}, {".txt", Format::table}};

std::optional<Format> format_by_suffix(const std::string& file) {
  std::string suffix = std::filesystem::path(file).extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const auto& [text, format] : kSuffixes) {
    if (suffix == text) return format;
  }
  return std::nullopt;
}

bool is_to_stdout(const OutputOptions& options) {
  return options.file.empty() || options.file == "-";
}

// Whether the user's terminal gives two columns to signs of ambiguous width.
bool is_ambiguous_wide() {
  const char* const value = std::getenv("PLANFILE_AMBIGUOUS_WIDTH");
  return value != nullptr && std::string_view(value) == "2";
}

// Whether the terminal is asked for plain text.
bool is_plain() {
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  return (no_colour != nullptr && *no_colour != '\0') || terminal == nullptr ||
         std::string_view(terminal) == "dumb";
}

bool is_chart(Format format) { return format == Format::chart || format == Format::svg; }

bool is_read(Format format) {
  return format == Format::table || format == Format::md || format == Format::html;
}

std::optional<Chart> chart_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto chart = parse_chart(text);
  if (!chart) throw Error(Errc::usage, "--chart: " + chart.reason);
  return *chart;
}

}  // namespace

Format format_of(const OutputOptions& options) {
  if (!options.format.empty()) {
    const auto format = parse_format(options.format);
    if (!format) throw Error(Errc::usage, fmt::format("no format \"{}\"", options.format));
    const bool is_drawing = *format == Format::chart && options.file.ends_with(".svg");
    return is_drawing ? Format::svg : *format;
  }
  if (is_to_stdout(options)) return options.chart.empty() ? Format::table : Format::chart;
  if (const auto by_name = format_by_suffix(options.file)) return *by_name;
  std::vector<std::string_view> known;
  for (const Suffix& suffix : kSuffixes) known.push_back(suffix.text);
  throw Error(Errc::usage, fmt::format("{}: in which format? give --format, or a name that ends in "
                                       "one of: {}",
                                       options.file, fmt::join(known, ", ")));
}

void add_output(CLI::App& command, OutputOptions& options) {
  command
      .add_option("--format", options.format,
                  "How to write rows; by default as --output ends, else a table")
      ->check(CLI::IsMember(
          {"table", "csv", "tsv", "json", "ndjson", "md", "html", "xlsx", "chart", "svg"}));
  command.add_option("-o,--output", options.file, "Write to this file, whole or not at all")
      ->type_name("FILE");
  command.add_flag("--force", options.force, "Replace the file when it exists");
  command.add_option("--limit", options.limit, "Rows at most; says so when there are more")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command.add_flag("--excel", options.excel,
                   "csv, tsv for Excel: byte-order mark, CRLF, no text taken for a formula");
  command
      .add_option("--encoding", options.encoding,
                  "csv, tsv, table, md in another encoding than UTF-8, such as GB18030")
      ->type_name("NAME");
  command
      .add_option("--chart", options.chart,
                  "Draw this: \"bar|line|scatter x=COLUMN y=COLUMN by=COLUMN target=COLUMN\"")
      ->type_name("WHAT");
  add_language(command, options.lang);
}

Output::Output(OutputOptions options, Io io)
    : options_(std::move(options)),
      io_(io),
      format_(format_of(options_)),
      lang_(language(options_.lang)),
      chart_(chart_of(options_.chart)) {
  const bool is_csv = format_ == Format::csv || format_ == Format::tsv;
  if (options_.excel && !is_csv) {
    throw Error(Errc::usage, fmt::format("--excel is of csv and tsv, not of {}", to_text(format_)));
  }
  if (chart_ && !is_chart(format_)) {
    throw Error(Errc::usage,
                fmt::format("--chart is of chart and svg, not of {}", to_text(format_)));
  }
  if (format_ == Format::xlsx && is_to_stdout(options_) && io_.width > 0) {
    throw Error(Errc::usage, "xlsx is not for a terminal; give -o FILE.xlsx, or send it on");
  }
  if (!is_to_stdout(options_)) {
    file_ = std::make_unique<OutputFile>(options_.file,
                                         options_.force ? Existing::replace : Existing::keep);
  }
}

bool Output::is_for_people() const { return is_read(format_); }

bool Output::is_drawing() const { return is_chart(format_); }

void Output::suggest(std::optional<Chart> chart) {
  if (!chart_) chart_ = std::move(chart);
}

void Output::head(std::span<const std::string> columns) {
  WriteOptions how;
  how.width = is_terminal() ? io_.width : 0;
  how.wide_ambiguous = is_ambiguous_wide();
  how.colour = is_terminal() && !is_plain();
  how.excel = options_.excel;
  how.encoding = options_.encoding;
  how.lang = lang_;
  how.caption = caption_;
  how.chart = chart_;
  how.tell = [this](std::string_view message) { io_.err << message << '\n'; };
  writer_ = make_writer(format_, stream(), std::move(how));
  writer_->head(columns);
}

void Output::row(std::span<const Cell> cells) {
  if (options_.limit > 0 && rows_ == options_.limit) {
    cut_after_ = rows_;
    return;
  }
  ++rows_;
  writer_->row(cells);
}

bool Output::is_full() const { return cut_after_ || !stream() || writer_->is_full(); }

void Output::finish() {
  if (cut_after_) writer_->cut(*cut_after_);
  writer_->finish();
  writer_.reset();
  if (file_) file_->publish();
  // A table on a terminal has just said so in its last line.
  if (cut_after_ && !(is_terminal() && is_for_people())) {
    if (lang_ == "zh") {
      fmt::print(io_.err, "…… 只到前 {} 行\n", *cut_after_);
    } else {
      fmt::print(io_.err, "... cut after {} {}\n", *cut_after_, *cut_after_ == 1 ? "row" : "rows");
    }
  }
}

bool is_for_people(std::string_view format) {
  const auto known = parse_format(format);
  return known && is_read(*known);
}

ColumnChoice::ColumnChoice(RowSink& to, const std::vector<std::string>& columns,
                           const std::vector<std::string>& wanted)
    : to_(to) {
  for (const std::string& name : wanted) {
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end()) {
      throw Error(Errc::usage,
                  fmt::format("no column \"{}\"; there are: {}", name, fmt::join(columns, ", ")));
    }
    places_.push_back(static_cast<std::size_t>(found - columns.begin()));
  }
}

void ColumnChoice::head(std::span<const std::string> columns) {
  std::vector<std::string> chosen;
  for (const std::size_t place : places_) chosen.push_back(columns[place]);
  to_.head(chosen);
}

void ColumnChoice::row(std::span<const Cell> cells) {
  std::vector<Cell> chosen;
  for (const std::size_t place : places_) chosen.push_back(cells[place]);
  to_.row(chosen);
}

void add_timeout(CLI::App& command, double& seconds) {
  command.add_option("--timeout", seconds, "Stop after that many seconds; 0 is never")
      ->check(CLI::NonNegativeNumber);
}

Limits limits_of(double seconds) {
  constexpr double kMilliseconds = 1000, kLongest = 1e9;
  if (!(seconds <= kLongest)) throw Error(Errc::usage, "--timeout: too long; 0 is never");
  return {.time = std::chrono::milliseconds(
              static_cast<std::int64_t>(std::ceil(seconds * kMilliseconds)))};
}

void add_no_backup(CLI::App& command, bool& without) {
  command.add_flag("--no-backup", without,
                   "Bring a file of an older schema up to date without a copy beside it");
}

File open_to_write(const std::string& path, bool without_backup, Io io) {
  File file = File::open(path, File::Access::write,
                         without_backup ? File::Upgrade::in_place : File::Upgrade::with_backup);
  if (const auto& upgraded = file.upgraded()) {
    fmt::print(io.err, "{}: brought from schema {} to {}{}{}\n", path, upgraded->from, upgraded->to,
               upgraded->backup.empty() ? "" : "; as it was: ", upgraded->backup.string());
  }
  return file;
}

std::unique_ptr<RowSink> writer(const std::string& format, Io io, std::string_view lang) {
  return std::make_unique<Output>(OutputOptions{.format = format, .lang = std::string(lang)}, io);
}

namespace {

// Adds what the dictionary says of columns that a query passes on as the public views have them.
void add_view_notes(const Labels& labels, const Query& query, Caption& caption) {
  for (const std::string& column : query.columns) {
    if (const ColumnNote* note = labels.note(column)) caption.notes.try_emplace(column, *note);
  }
}

// The notes under the headings that people read.
void rename_notes(const Labels& labels, const Query& query, Caption& caption) {
  std::map<std::string, ColumnNote> renamed;
  for (auto& [column, note] : caption.notes) {
    renamed.try_emplace(labels.heading(query, column), std::move(note));
  }
  caption.notes = std::move(renamed);
}

Caption caption_of(const Query& query, const Arguments& arguments) {
  Caption caption;
  caption.name = query.name;
  caption.about = query.about;
  caption.about_zh = query.about_zh;
  caption.notes = query.notes;
  for (const Parameter& parameter : query.parameters) {
    const auto given = arguments.find(parameter.name);
    caption.parameters.emplace_back(
        parameter.name, given == arguments.end() ? to_text(parameter.standard) : given->second);
  }
  return caption;
}

}  // namespace

void print_query(Reader& reader, const Query& query, const Arguments& arguments,
                 const std::vector<std::string>& columns, Output& out) {
  Caption caption = caption_of(query, arguments);
  const bool is_labelled = out.is_for_people() && out.lang() == "zh";
  const bool has_notes = out.format() == Format::html || out.format() == Format::xlsx;
  std::optional<Labels> labels;
  if (is_labelled || has_notes) labels.emplace(reader);
  if (has_notes) add_view_notes(*labels, query, caption);
  if (is_labelled) rename_notes(*labels, query, caption);
  out.describe(std::move(caption));
  out.suggest(query.chart);
  std::optional<Labelled> labelled;
  if (is_labelled) labelled.emplace(out, *labels, query);
  RowSink& to = labelled ? static_cast<RowSink&>(*labelled) : out;
  if (columns.empty() && (out.is_for_people() || out.is_drawing())) {
    const bool is_whole = out.is_drawing() || query.shown.empty();
    LanguageChoice chosen(to, query.columns, is_whole ? query.columns : query.shown, out.lang());
    reader.run(query, arguments, chosen);
  } else {
    const bool is_all = columns.empty() || columns == std::vector<std::string>{"all"};
    ColumnChoice chosen(to, query.columns, is_all ? query.columns : columns);
    reader.run(query, arguments, chosen);
  }
}

void print_query(Reader& reader, const Query& query, const Arguments& arguments,
                 const std::vector<std::string>& columns, const std::string& format,
                 std::string_view lang, Io io) {
  Output out({.format = format, .lang = std::string(lang)}, io);
  print_query(reader, query, arguments, columns, out);
}

std::optional<File> open_either(const std::string& path, Io io) {
  if (!std::filesystem::is_directory(path)) return File::open(path);
  OpenedBook book = open_book(path);
  if (!book.file) report(book.report, path, io);
  return std::move(book.file);
}

int report(const Report& report, const std::string& file, Io io) {
  constexpr std::size_t kMost = 1000;  // of millions nobody reads more
  const std::size_t shown = std::min(report.issues.size(), kMost);
  for (std::size_t at = 0; at < shown; ++at) fmt::print(io.err, "{}\n", to_text(report.issues[at]));
  if (shown < report.issues.size()) {
    fmt::print(io.err, "... and {} more\n", report.issues.size() - shown);
  }
  if (!report.issues.empty()) {
    fmt::print(io.err, "{} {}; nothing was stored\n", report.issues.size(),
               report.issues.size() == 1 ? "fault" : "faults");
    return kRefused;
  }
  for (const auto& [name, rows] : report.rows) {
    fmt::print(io.err, "{}: {} {}\n", name, rows, rows == 1 ? "row" : "rows");
  }
  fmt::print(io.err, "{}: {} added, {} changed, {} as they were\n", file, report.changes.added,
             report.changes.changed, report.changes.unchanged);
  return kDone;
}

}  // namespace planfile
