#include "understand.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace planfile {
namespace {

constexpr std::size_t kHeadBytes = 1 << 16;  // enough to tell the delimiter
constexpr std::size_t kHeadRows = 300;       // enough to tell header and shape

std::string head_of(ByteSource& bytes, const std::string& encoding) {
  bytes.rewind();
  const auto utf8 = to_utf8(bytes, encoding);
  std::string head(kHeadBytes, '\0');
  std::size_t got = 0;
  while (got < head.size()) {
    const std::size_t more = utf8->read(std::span(head).subspan(got));
    if (more == 0) break;
    got += more;
  }
  head.resize(got);
  return head;
}

std::vector<SheetRow> first_rows(ByteSource& bytes, const FileReport& report,
                                 std::vector<Issue>& faults) {
  const TextRows text = open_rows(bytes, report);
  std::vector<SheetRow> rows;
  Row row;
  while (rows.size() < kHeadRows && text.rows->next(row)) {
    rows.push_back({row.line, {row.cells.begin(), row.cells.end()}});
  }
  if (rows.empty()) faults = text.rows->take_issues();
  return rows;
}

Issue whole_file(std::string message) {
  return {.file = {}, .line = 0, .position = 0, .column = {}, .message = std::move(message)};
}

// The encoding that is stated, or found. Which of two to take is a person's choice.
void find_encoding(CsvInput& input, const ImportOptions& options, Understood& result) {
  const std::string stated = !options.encoding.empty()     ? options.encoding
                             : options.mapping.has_value() ? options.mapping->encoding
                                                           : std::string();
  if (!stated.empty()) {
    const auto name = encoding_named(stated);
    if (!name) throw Error(Errc::usage, fmt::format("--encoding: {}", name.reason));
    result.report.encoding.name = *name;
    return;
  }
  const auto found = detect_encoding(*input.bytes);
  if (!found) {
    result.faults.push_back(whole_file(found.reason));
    return;
  }
  result.report.encoding = *found;
  for (const Encoding::Doubt& doubt : found->doubts) {
    result.faults.push_back({.file = {},
                             .line = doubt.line,
                             .position = 0,
                             .column = {},
                             .message = fmt::format("\"{}\" in {}, but \"{}\" in {}; say which: "
                                                    "--encoding {} or --encoding {}",
                                                    doubt.text, found->name, doubt.other_text,
                                                    found->other, found->name, found->other)});
  }
}

std::vector<SheetRow> below_header(const std::vector<SheetRow>& rows, const Sheet& sheet) {
  std::vector<SheetRow> data;
  for (const SheetRow& row : rows) {
    if (row.line >= sheet.first_row) data.push_back(row);
  }
  return data;
}

// What the user says of all rows, where the rules leave it open.
void add_constants(Mapping& mapping, const ImportOptions& options) {
  for (Rule& rule : mapping.rules) {
    for (const auto& [column, text] : options.constants) {
      const bool spread_says = std::any_of(rule.spread.begin(), rule.spread.end(),
                                           [&, name = std::string_view(column)](const Spread& one) {
                                             return one.says.contains(name);
                                           });
      if (!spread_says) rule.columns.try_emplace(column, Origin{Origin::From::text, text});
    }
  }
}

void find_meaning(const std::vector<SheetRow>& rows, const Catalogue& known,
                  const ImportOptions& options, Understood& result) {
  FileReport& report = result.report;
  auto sheet = find_sheet(rows);
  if (options.mapping && options.mapping->header_line != 0) {
    sheet = sheet_at(rows, options.mapping->header_line, options.mapping->header_rows);
  }
  if (!sheet) {
    result.faults.push_back(
        {.file = {}, .line = 1, .position = 0, .column = {}, .message = sheet.reason});
    return;
  }
  report.sheet = *sheet;
  if (options.mapping) {
    report.understood.mapping = *options.mapping;
  } else {
    Wish wish{.table = options.table,
              .has_source = !options.defaults.source.empty(),
              .has_plan = !options.defaults.plan.empty(),
              .said = {},
              .plan = options.defaults.plan};
    for (const auto& [column, text] : options.constants) wish.said.push_back(column);
    report.understood = infer(report.sheet, below_header(rows, report.sheet), known, wish);
    result.faults = report.understood.faults;
  }
  Mapping& mapping = report.understood.mapping;
  add_constants(mapping, options);
  mapping.encoding = report.encoding.name;
  mapping.delimiter = report.delimiter;
  mapping.header_line = report.sheet.header_line;
  mapping.header_rows = report.sheet.header_rows;
  result.bound = bind_mapping(mapping, report.sheet, known);
  result.faults.insert(result.faults.end(), result.bound.issues.begin(), result.bound.issues.end());
}

}  // namespace

Understood understand(CsvInput& input, const Catalogue& known, const ImportOptions& options) {
  Understood result;
  result.report.name = input.name;
  find_encoding(input, options, result);
  if (!result.faults.empty()) return result;
  const char stated = options.delimiter != '\0' ? options.delimiter
                      : options.mapping         ? options.mapping->delimiter
                                                : '\0';
  result.report.delimiter =
      stated != '\0' ? stated : find_delimiter(head_of(*input.bytes, result.report.encoding.name));
  const auto rows = first_rows(*input.bytes, result.report, result.faults);
  if (result.faults.empty()) find_meaning(rows, known, options, result);
  return result;
}

TextRows open_rows(ByteSource& bytes, const FileReport& report) {
  bytes.rewind();
  TextRows text;
  text.utf8 = to_utf8(bytes, report.encoding.name);
  text.rows =
      std::make_unique<CsvReader>(*text.utf8, CsvReader::Form{.delimiter = report.delimiter,
                                                              .encoding = report.encoding.name,
                                                              .valid = report.encoding.valid});
  return text;
}

}  // namespace planfile
