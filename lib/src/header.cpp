// The header of a saved query: reading it, line by line.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "planfile/query.h"
#include "planfile/value.h"
#include "text.h"

namespace planfile {
namespace {

// One `-- key: text` entry, its continuation lines joined.
struct Entry {
  std::size_t line = 0;
  std::string key, text;
};

[[noreturn]] void refuse(std::size_t line, std::string_view why) {
  throw Error(Errc::bad_query, fmt::format("line {}: {}", line, why));
}

std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool is_key(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(),
                                      [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

// The comment lines before the statement that are no entries, joined.
std::string comments_of(std::string_view text) {
  std::string all;
  while (!text.empty()) {
    std::string_view line = trim(next_line(text));
    if (line.empty()) continue;
    if (!line.starts_with("--")) break;
    line = trim(line.substr(2));
    const std::string_view key = trim(line.substr(0, std::min(line.find(':'), line.size())));
    if (line.find(':') != line.npos && is_key(key)) continue;
    all += (all.empty() ? "" : " ") + std::string(line);
  }
  return all;
}

// The comment lines before the statement. A line indented by more than one space goes on with the
// entry above; other comments are the writer's own.
std::vector<Entry> entries_of(std::string_view text) {
  std::vector<Entry> entries;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = next_line(text);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (trim(line).empty()) continue;
    if (!line.starts_with("--")) break;
    line.remove_prefix(2);
    const bool goes_on = line.starts_with("  ");
    const std::size_t colon = line.find(':');
    const std::string_view key = trim(line.substr(0, std::min(colon, line.size())));
    if (goes_on && !entries.empty()) {
      entries.back().text += ' ';
      entries.back().text += trim(line);
    } else if (colon != std::string_view::npos && is_key(key)) {
      entries.push_back({number, std::string(key), std::string(trim(line.substr(colon + 1)))});
    }
  }
  return entries;
}

// Text split at a bar or comma, each part trimmed.
std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.emplace_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view next_word(std::string_view& text) {
  text = trim(text);
  const std::size_t end = std::min(text.find_first_of(" =("), text.size());
  const std::string_view word = text.substr(0, end);
  text = trim(text.substr(end));
  return word;
}

// A literal of the header: null, 'text' or a number.
std::string_view literal(std::string_view& text, std::size_t line) {
  text = trim(text);
  if (!text.starts_with('\'')) {
    const std::size_t end = std::min(text.find_first_of(" ,)"), text.size());
    const std::string_view word = text.substr(0, end);
    text = trim(text.substr(end));
    return word;
  }
  const std::size_t end = text.find('\'', 1);
  if (end == std::string_view::npos) refuse(line, "a quote that never closes");
  const std::string_view inside = text.substr(1, end - 1);
  text = trim(text.substr(end + 1));
  return inside;
}

Parameter::Type type_of(std::string_view word, std::size_t line) {
  if (word == "text") return Parameter::Type::text;
  if (word == "integer") return Parameter::Type::integer;
  if (word == "number") return Parameter::Type::number;
  refuse(line, fmt::format("not a type: \"{}\"; one of: text, integer, number", word));
}

Cell cell_of(Parameter::Type type, std::string_view text, std::size_t line) {
  const auto cell = argument(type, text);
  if (!cell) refuse(line, fmt::format("not {}: \"{}\"", to_text(type), text));
  return *cell;
}

// `in (A, B)`, `in (SELECT ...)` or `in TABLE`
void read_choices(std::string_view text, const Entry& entry, Parameter& parameter) {
  constexpr std::string_view kTables[] = {"source",    "entity", "scope",
                                          "indicator", "plan",   "project"};
  if (next_word(text) != "in")
    refuse(entry.line, fmt::format("not understood: \"{}\"", entry.text));
  if (!text.starts_with('(') || !text.ends_with(')')) {
    parameter.table = text;
    if (std::find(std::begin(kTables), std::end(kTables), text) != std::end(kTables)) return;
    refuse(entry.line, fmt::format("not a table to choose from: \"{}\"", text));
  }
  text = trim(text.substr(1, text.size() - 2));
  if (text.starts_with("SELECT ")) {
    parameter.choices_query = text;
    return;
  }
  while (!text.empty()) {
    parameter.choices.emplace_back(literal(text, entry.line));
    cell_of(parameter.type, parameter.choices.back(), entry.line);
    if (text.starts_with(',')) text.remove_prefix(1);
  }
}

// `NAME TYPE = DEFAULT [in (A, B)] [in TABLE] | Chinese | English`
Parameter parameter_of(const Entry& entry) {
  const auto parts = split(entry.text, '|');
  if (parts.size() != 3 || parts[1].empty() || parts[2].empty()) {
    refuse(entry.line, "a parameter reads NAME TYPE = DEFAULT | Chinese | English");
  }
  std::string_view rest = parts[0];
  Parameter parameter;
  parameter.name = next_word(rest);
  parameter.type = type_of(next_word(rest), entry.line);
  parameter.about_zh = parts[1];
  parameter.about = parts[2];
  if (!rest.starts_with('=')) refuse(entry.line, "a parameter needs a default, at least null");
  rest.remove_prefix(1);
  const bool quoted = trim(rest).starts_with('\'');
  const std::string_view standard = literal(rest, entry.line);
  if (quoted || standard != "null") {
    parameter.standard = cell_of(parameter.type, standard, entry.line);
  }
  if (!rest.empty()) read_choices(rest, entry, parameter);
  return parameter;
}

void add_note(const Entry& entry, Query& query) {
  const auto parts = split(entry.text, '|');
  if (parts.size() != 3 || parts[0].empty() || parts[1].empty() || parts[2].empty()) {
    refuse(entry.line, "a column's note reads NAME | Chinese | English");
  }
  if (!query.notes.emplace(parts[0], ColumnNote{parts[2], parts[1]}).second) {
    refuse(entry.line, fmt::format("column told twice: {}", parts[0]));
  }
}

Chart chart_of(const Entry& entry) {
  const auto chart = parse_chart(entry.text);
  if (!chart) refuse(entry.line, chart.reason);
  return *chart;
}

Severity severity_of(std::string_view word, std::size_t line) {
  if (word == "error") return Severity::error;
  if (word == "warning") return Severity::warning;
  if (word == "note") return Severity::note;
  refuse(line, fmt::format("not a severity: \"{}\"; one of: error, warning, note", word));
}

// `COLUMN | error: a, b | warning: c | note: d`
void take_severities(const Entry& entry, Findings& findings) {
  const auto parts = split(entry.text, '|');
  findings.column = parts.front();
  for (std::size_t at = 1; at < parts.size(); ++at) {
    const std::size_t colon = parts[at].find(':');
    if (colon == std::string::npos) {
      refuse(entry.line, "severities read COLUMN | error: A, B | warning: C | note: D");
    }
    const Severity severity = severity_of(trim(parts[at].substr(0, colon)), entry.line);
    for (const std::string& value : split(parts[at].substr(colon + 1), ',')) {
      if (!findings.severities.emplace(value, severity).second) {
        refuse(entry.line, fmt::format("told twice: {}", value));
      }
    }
  }
}

// `Chinese | English`
void take_sentences(const Entry& entry, Findings& findings) {
  const auto parts = split(entry.text, '|');
  if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) {
    refuse(entry.line, "a finding reads Chinese sentence | English sentence");
  }
  findings.text_zh = parts[0];
  findings.text = parts[1];
}

Findings& findings_of(Query& query) {
  return query.findings ? *query.findings : query.findings.emplace();
}

void take(const Entry& entry, Query& query) {
  if (entry.key == "family") query.family = entry.text;
  if (entry.key == "chart") query.chart = chart_of(entry);
  if (entry.key == "severity") take_severities(entry, findings_of(query));
  if (entry.key == "finding") take_sentences(entry, findings_of(query));
  if (entry.key == "name") query.name = entry.text;
  if (entry.key == "about") query.about = entry.text;
  if (entry.key == "about_zh") query.about_zh = entry.text;
  if (entry.key == "columns") query.columns = split(entry.text, ',');
  if (entry.key == "shown") query.shown = split(entry.text, ',');
  if (entry.key == "column") add_note(entry, query);
  if (entry.key != "param") return;
  Parameter parameter = parameter_of(entry);
  for (const Parameter& other : query.parameters) {
    if (other.name == parameter.name) refuse(entry.line, "parameter told twice: " + other.name);
  }
  query.parameters.push_back(std::move(parameter));
}

}  // namespace

std::string_view to_text(Parameter::Type type) {
  switch (type) {
    case Parameter::Type::integer:
      return "integer";
    case Parameter::Type::number:
      return "number";
    case Parameter::Type::text:
      break;
  }
  return "text";
}

std::optional<Cell> argument(Parameter::Type type, std::string_view text) {
  if (type == Parameter::Type::text) return Cell(std::string(text));
  if (type == Parameter::Type::integer) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return Cell(number);
  }
  const auto figure = parse_value(text);
  const bool plain = figure && figure->value && !figure->high && figure->unit.empty() &&
                     figure->comparator == Comparator::equal && !figure->period;
  if (!plain) return std::nullopt;
  return Cell(*figure->value);
}

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

namespace {

// Refuses what the header says of a column that there is none of.
void check_columns(const Query& query) {
  const auto need = [&](const std::string& name, std::string_view what) {
    const bool found =
        std::find(query.columns.begin(), query.columns.end(), name) != query.columns.end();
    if (!found && !name.empty()) refuse(1, fmt::format("{} no column: \"{}\"", what, name));
  };
  for (const std::string& column : query.shown) need(column, "shown, but");
  for (const auto& [column, note] : query.notes) need(column, "a note on");
  if (query.chart) {
    for (const auto& column :
         {query.chart->x, query.chart->y, query.chart->by, query.chart->target}) {
      need(column, "a chart of");
    }
  }
  if (!query.findings) return;
  need(query.findings->column, "severities by");
  if (query.findings->column.empty() || query.findings->text.empty()) {
    refuse(1, "a finding needs both `-- severity:` and `-- finding:`");
  }
  for (const auto& sentence : {query.findings->text, query.findings->text_zh}) {
    for (std::size_t at = sentence.find('{'); at != sentence.npos;
         at = sentence.find('{', at + 1)) {
      need(sentence.substr(at + 1, sentence.find('}', at) - at - 1), "a finding of");
    }
  }
}

}  // namespace

Query parse_query(std::string_view text, std::string_view stem) {
  Query query;
  query.text = text;
  for (const Entry& entry : entries_of(text)) take(entry, query);
  if (query.name.empty()) refuse(1, "no `-- name:` line");
  if (!stem.empty() && query.name != stem) {
    refuse(1, fmt::format("the name \"{}\" is not that of the file, \"{}\"", query.name, stem));
  }
  if (query.about.empty()) refuse(1, "no `-- about:` line");
  if (query.about_zh.empty()) refuse(1, "no `-- about_zh:` line");
  if (query.columns.empty()) refuse(1, "no `-- columns:` line");
  check_columns(query);
  return query;
}

Query parse_user_query(std::string_view text, std::string_view stem) {
  Query query;
  query.text = text;
  const auto entries = entries_of(text);
  for (const Entry& entry : entries) take(entry, query);
  // aiosql: `name(a, b)^`; sqlc: `Name :many`.
  query.name = trim(query.name.substr(0, query.name.find_first_of("(^$!<*# ")));
  if (query.name.empty()) query.name = stem;
  if (query.about.empty()) query.about = comments_of(text);
  if (query.about.empty()) query.about = query.name;
  if (query.about_zh.empty()) query.about_zh = query.about;
  if (!query.columns.empty()) check_columns(query);
  query.declares = !query.parameters.empty();
  return query;
}

std::string fill(std::string_view sentence, std::span<const std::string> columns,
                 std::span<const Cell> row) {
  std::string text;
  while (true) {
    const std::size_t open = sentence.find('{');
    text += sentence.substr(0, open);
    if (open == sentence.npos) return text;
    const std::size_t close = std::min(sentence.find('}', open), sentence.size());
    const std::string_view name = sentence.substr(open + 1, close - open - 1);
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found != columns.end())
      text += to_text(row[static_cast<std::size_t>(found - columns.begin())]);
    sentence.remove_prefix(std::min(close + 1, sentence.size()));
  }
}

}  // namespace planfile
