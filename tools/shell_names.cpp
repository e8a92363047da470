#include "shell_names.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace planfile {
namespace {

constexpr std::size_t kMost = 100;  // names looked up; a list of more helps nobody

// A pattern for LIKE that texts beginning with `prefix` match, as a literal of SQL.
std::string pattern(std::string_view prefix) {
  std::string text = "'";
  for (const char c : prefix) {
    if (c == '%' || c == '_' || c == '\\') text += '\\';
    text += c == '\'' ? std::string("''") : std::string(1, c);
  }
  return text + "%' ESCAPE '\\'";
}

// The texts that a column holds: SELECT of text and of what to show beside it.
std::string names_for(std::string_view column, std::string_view like) {
  constexpr std::string_view kNamed[] = {"indicator", "entity", "project", "plan"};
  std::string_view thing = column == "among" ? "entity" : column;
  const bool is_english = thing.ends_with("_name_en");
  const bool is_name = is_english || thing.ends_with("_name");
  if (is_english) thing.remove_suffix(8);
  if (is_name && !is_english) thing.remove_suffix(5);
  if (std::find(std::begin(kNamed), std::end(kNamed), thing) != std::end(kNamed)) {
    if (is_name) {
      return fmt::format("SELECT DISTINCT {0}, code FROM {1} WHERE {0} LIKE {2}",
                         is_english ? "name_en" : "name", thing, like);
    }
    const bool has_alias = thing != "plan";
    const std::string by_alias =
        has_alias ? fmt::format(
                        " UNION SELECT t.code, t.name FROM alias AS a JOIN {0} AS t "
                        "ON t.id = a.{0}_id WHERE a.name LIKE {1}",
                        thing, like)
                  : "";
    return fmt::format(
        "SELECT code, name FROM {0} WHERE code LIKE {1} OR name LIKE {1} OR name_en LIKE {1}{2}",
        thing, like, by_alias);
  }
  if (thing == "source") {
    return fmt::format("SELECT code, title FROM source WHERE code LIKE {0} OR title LIKE {0}",
                       like);
  }
  if (thing == "scope" || thing == "status" || thing == "stage" || thing == "sector") {
    return fmt::format("SELECT code, name FROM {0} WHERE code LIKE {1} OR name LIKE {1}", thing,
                       like);
  }
  if (thing == "unit" || thing == "period") {
    return fmt::format("SELECT code, NULL FROM {} WHERE code LIKE {}", thing, like);
  }
  if (thing == "measure") {
    return fmt::format("SELECT DISTINCT measure, NULL FROM series WHERE measure LIKE {}", like);
  }
  return {};
}

// Without a column: whatever has a name.
std::string any_name(std::string_view like) {
  std::string text;
  for (const std::string_view table : {"indicator", "entity", "project", "plan"}) {
    for (const std::string_view column : {"name", "name_en", "code"}) {
      text +=
          fmt::format("{}SELECT * FROM (SELECT {} AS text, '{}' FROM {} WHERE {} LIKE {} LIMIT {})",
                      text.empty() ? "" : " UNION ", column, table, table, column, like, kMost);
    }
  }
  return text;
}

}  // namespace

Suggestions suggest_names(Reader& reader, std::string_view prefix, std::string_view column) {
  const std::string like = pattern(prefix);
  std::string query = names_for(column, like);
  if (query.empty()) query = any_name(like);
  TableSink found;
  reader.sql(fmt::format("SELECT * FROM ({}) ORDER BY 1 LIMIT {}", query, kMost), found);
  Suggestions all{prefix.size(), {}, "'"};
  for (const auto& row : found.table().rows) {
    std::string text = to_text(row[0]), shown = text;
    if (const std::string beside = to_text(row[1]); !beside.empty()) shown += "  " + beside;
    std::string inserted;
    for (const char c : text) inserted += c == '\'' ? std::string("''") : std::string(1, c);
    all.words.push_back({std::move(inserted), std::move(shown)});
  }
  return all;
}

}  // namespace planfile
