// The CSV in which a person settles the conflicts of a merge.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "planfile/bytes.h"
#include "planfile/csv.h"
#include "planfile/encoding.h"
#include "planfile/merge.h"
#include "planfile/nearest.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::array<std::string_view, 8> kColumns = {"kind", "key",    "column", "base",
                                                      "ours", "theirs", "choice", "about"};
constexpr std::size_t kAbout = 7;

Issue issue_at(std::size_t line, std::string message) {
  return {.file = {}, .line = line, .position = 0, .column = {}, .message = std::move(message)};
}

// Excel parts cells by what its language is used to.
char delimiter_of(std::string_view header) {
  for (const char c : {'\t', ';'}) {
    if (header.find(c) != std::string_view::npos && header.find(',') == std::string_view::npos) {
      return c;
    }
  }
  return ',';
}

std::string all_of(ByteSource& bytes) {
  std::string text;
  std::array<char, 1 << 16> block{};
  while (const std::size_t size = bytes.read(block)) text.append(block.data(), size);
  return text;
}

// Where each column stands; nothing when one is missing.
using Places = std::array<std::optional<std::size_t>, kColumns.size()>;
Places places_of(const Row& header, std::vector<Issue>& issues) {
  Places places;
  for (std::size_t at = 0; at < header.cells.size(); ++at) {
    const auto found = std::find(kColumns.begin(), kColumns.end(), trim(header.cells[at]));
    if (found != kColumns.end()) places[static_cast<std::size_t>(found - kColumns.begin())] = at;
  }
  for (std::size_t at = 0; at < kAbout; ++at) {
    if (places[at]) continue;
    issues.push_back(
        issue_at(header.line, fmt::format("no column \"{}\"; a file of conflicts has: {}",
                                          kColumns[at], fmt::join(kColumns, ", "))));
  }
  return places;
}

Choice choice_of(const Row& row, const Places& places) {
  const auto cell = [&](std::size_t column) {
    const std::size_t at = *places[column];
    return at < row.cells.size() ? std::string(trim(row.cells[at])) : std::string();
  };
  return {row.line, cell(0), cell(1), cell(2), cell(3), cell(4), cell(5), cell(6)};
}

bool is_blank(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](std::string_view cell) { return trim(cell).empty(); });
}

}  // namespace

std::string conflicts_csv(const std::vector<Conflict>& conflicts, std::string_view lang) {
  std::string text = "\xEF\xBB\xBF";
  text += csv_line(std::vector<std::string>(kColumns.begin(), kColumns.end()));
  for (const Conflict& one : conflicts) {
    const std::string cells[] = {
        one.kind, one.key,    one.column, one.base,
        one.ours, one.theirs, "",         lang == "zh" ? one.about_zh : one.about};
    text += csv_line(cells);
  }
  return text;
}

Choices read_choices(const std::filesystem::path& path) {
  Choices read;
  const auto bytes = file_bytes(path);
  const auto encoding = detect_encoding(*bytes);
  if (!encoding) {
    read.issues.push_back(issue_at(0, encoding.reason));
    return read;
  }
  const std::string text = all_of(*to_utf8(*bytes, encoding->name));
  const auto source = text_bytes(text);
  CsvReader reader(*source, {.delimiter = delimiter_of(text.substr(0, text.find('\n'))),
                             .encoding = encoding->name,
                             .valid = false});
  Row row;
  Places places;
  bool has_header = false;
  while (reader.next(row)) {
    if (is_blank(row)) continue;
    if (std::exchange(has_header, true)) {
      read.choices.push_back(choice_of(row, places));
      continue;
    }
    places = places_of(row, read.issues);
    if (!read.issues.empty()) return read;
  }
  if (!has_header) read.issues.push_back(issue_at(1, "empty: not even a header"));
  for (Issue& issue : reader.take_issues()) read.issues.push_back(std::move(issue));
  return read;
}

}  // namespace planfile
