#include "output.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace planfile {
bool is_for_people(std::string_view format) { return format == "table" || format == "md"; }

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

void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "How to print rows")
      ->check(CLI::IsMember({"table", "csv", "json", "ndjson", "md"}))
      ->default_str("table");
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

std::unique_ptr<RowSink> writer(const std::string& format, Io io) {
  return make_writer(parse_format(format).value_or(Format::table), io.out, io.width);
}

void print_query(Reader& reader, const Query& query, const Arguments& arguments,
                 const std::vector<std::string>& columns, const std::string& format,
                 std::string_view lang, Io io) {
  const auto out = writer(format, io);
  if (columns.empty() && is_for_people(format)) {
    LanguageChoice chosen(*out, query.columns, query.shown.empty() ? query.columns : query.shown,
                          lang);
    reader.run(query, arguments, chosen);
  } else {
    const bool is_all = columns.empty() || columns == std::vector<std::string>{"all"};
    ColumnChoice chosen(*out, query.columns, is_all ? query.columns : columns);
    reader.run(query, arguments, chosen);
  }
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
