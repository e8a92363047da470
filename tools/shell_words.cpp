#include "shell_words.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "planfile/sql_text.h"
#include "shell_names.h"

namespace planfile {
namespace {

using Kind = SqlToken::Kind;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string folded;
  for (const char c : text) folded += lower(c);
  return folded;
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && lower(text.substr(0, prefix.size())) == lower(prefix);
}

std::string_view unquoted(const SqlToken& token) {
  if (token.kind == Kind::word) return token.text;
  const std::string_view inner = token.text.substr(1);
  return token.closed && !inner.empty() ? inner.substr(0, inner.size() - 1) : inner;
}

void learn(Reader& reader, SqlVocabulary& vocabulary) {
  if (!vocabulary.columns.empty()) return;
  TableSink columns, functions;
  reader.sql(
      "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_xinfo(m.name) AS c "
      "WHERE m.type IN ('table', 'view') ORDER BY m.name, c.cid",
      columns);
  reader.sql(
      "SELECT DISTINCT name FROM pragma_function_list WHERE name GLOB '[a-z]*' "
      "AND name NOT IN ('load_extension') ORDER BY name",
      functions);
  for (const auto& row : columns.table().rows) {
    vocabulary.columns[to_text(row[0])].push_back(to_text(row[1]));
  }
  for (const auto& row : functions.table().rows) {
    vocabulary.functions.push_back(to_text(row[0]));
  }
}

// A set of words that begin with a prefix.
class Matching {
 public:
  explicit Matching(std::string_view prefix) : prefix_(prefix) {}

  void add(std::string_view text, std::string_view ending = {}) {
    if (!begins_with(text, prefix_)) return;
    found_.insert({fmt::format("{}{}", text, ending), std::string(text)});
  }

  // Keywords are written as the user writes: `sel` becomes `select`.
  void add_keyword(std::string_view keyword) {
    const bool is_small = !prefix_.empty() && prefix_.back() >= 'a' && prefix_.back() <= 'z';
    if (is_small) return add(lower(keyword));
    add(keyword);
  }

  [[nodiscard]] Suggestions done(std::string closing = {}) && {
    Suggestions all{prefix_.size(), {found_.begin(), found_.end()}, std::move(closing)};
    return all;
  }

 private:
  std::string_view prefix_;
  std::set<Suggestion> found_;
};

// Where in a statement the cursor is.
struct Place {
  std::string text;              // the statement as far as the cursor
  std::vector<SqlToken> tokens;  // of `text`, without comments
  std::vector<SqlToken> all;     // of the whole statement
};

// The column that texts in quotes are compared with: `indicator` in `indicator IN ('gdp', 'x`.
std::string compared_column(std::span<const SqlToken> before_quote) {
  constexpr std::string_view kBetween[] = {"in", "like", "not", "is", "glob"};
  constexpr std::string_view kSigns = "=<>!(,";
  for (auto token = before_quote.rbegin(); token != before_quote.rend(); ++token) {
    const bool is_between =
        token->kind == Kind::text ||
        (token->kind == Kind::sign && kSigns.find(token->text) != kSigns.npos) ||
        std::find(std::begin(kBetween), std::end(kBetween), lower(token->text)) !=
            std::end(kBetween);
    if (is_between) continue;
    return token->kind == Kind::sign ? std::string() : lower(unquoted(*token));
  }
  return {};
}

const std::vector<std::string>* columns_of(const SqlVocabulary& vocabulary,
                                           std::string_view table) {
  const auto found =
      std::find_if(vocabulary.columns.begin(), vocabulary.columns.end(),
                   [&](const auto& one) { return lower(one.first) == lower(table); });
  return found == vocabulary.columns.end() ? nullptr : &found->second;
}

bool is_keyword(std::string_view word) {
  const auto all = sql_keywords();
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view keyword) { return lower(keyword) == lower(word); });
}

// The tables that a statement names, each with the alias behind it or an empty text.
std::vector<std::pair<std::string, std::string>> tables_in(const SqlVocabulary& vocabulary,
                                                           std::span<const SqlToken> tokens) {
  std::vector<std::pair<std::string, std::string>> found;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind != Kind::word && tokens[at].kind != Kind::name) continue;
    const bool follows_table_word =
        at > 0 && (tokens[at - 1].text == "," ||
                   std::set<std::string>{"from", "join", "into", "update"}.contains(
                       lower(tokens[at - 1].text)));
    if (!follows_table_word || columns_of(vocabulary, unquoted(tokens[at])) == nullptr) continue;
    std::size_t next = at + 1;
    if (next < tokens.size() && lower(tokens[next].text) == "as") ++next;
    const bool has_alias =
        next < tokens.size() && tokens[next].kind == Kind::word && !is_keyword(tokens[next].text);
    found.emplace_back(unquoted(tokens[at]), has_alias ? tokens[next].text : std::string_view());
  }
  return found;
}

// Columns behind `t.`
Suggestions complete_member(const SqlVocabulary& vocabulary, const Place& place,
                            std::string_view prefix, std::string_view qualifier) {
  Matching found(prefix);
  for (const auto& [table, alias] : tables_in(vocabulary, place.all)) {
    if (lower(alias) != lower(qualifier) && lower(table) != lower(qualifier)) continue;
    for (const std::string& column : *columns_of(vocabulary, table)) found.add(column);
  }
  return std::move(found).done();
}

Suggestions complete_word(const SqlVocabulary& vocabulary, const Place& place,
                          std::string_view prefix, std::string_view word_before) {
  Matching found(prefix);
  const std::string before = lower(word_before);
  const bool wants_table =
      before == "from" || before == "join" || before == "into" || before == "update";
  for (const auto& [table, columns] : vocabulary.columns) {
    if (wants_table || !prefix.empty()) found.add(table);
  }
  if (wants_table) return std::move(found).done(" ");
  for (const auto& [table, alias] : tables_in(vocabulary, place.all)) {
    for (const std::string& column : *columns_of(vocabulary, table)) found.add(column);
    if (!alias.empty()) found.add(alias, ".");
  }
  if (prefix.empty()) return std::move(found).done();
  for (const std::string_view keyword : sql_keywords()) found.add_keyword(keyword);
  for (const std::string& function : vocabulary.functions) found.add(function, "(");
  return std::move(found).done();
}

Place place_of(std::string_view pending, std::string_view before, std::string_view after,
               std::string& whole) {
  Place place{fmt::format("{}{}", pending, before), {}, {}};
  whole = fmt::format("{}{}", place.text, after);
  place.all = sql_tokens(whole);
  for (SqlToken token : place.all) {
    if (token.at >= place.text.size() || token.kind == Kind::comment) continue;
    if (token.at + token.text.size() > place.text.size()) {
      token.text = token.text.substr(0, place.text.size() - token.at);
      token.closed = token.kind == Kind::word;
    }
    place.tokens.push_back(token);
  }
  return place;
}

}  // namespace

std::string common_beginning(std::span<const Suggestion> words) {
  if (words.empty()) return {};
  std::string_view shared = words.front().text;
  for (const Suggestion& one : words) {
    std::size_t size = 0;
    while (size < shared.size() && size < one.text.size() && shared[size] == one.text[size]) ++size;
    shared = shared.substr(0, size);
  }
  // Not within a character of several bytes.
  const std::string_view whole = words.front().text;
  std::size_t size = shared.size();
  while (size > 0 && size < whole.size() &&
         (static_cast<unsigned char>(whole[size]) & 0xC0) == 0x80)
    --size;
  return std::string(shared.substr(0, size));
}

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const std::string_view name :
       {"table", "csv", "tsv", "json", "ndjson", "md", "html", "xlsx", "chart", "svg"}) {
    if (parse_format(name)) names.push_back(name);
  }
  return names;
}

Suggestions suggest_for_sql(Reader& reader, SqlVocabulary& vocabulary, std::string_view pending,
                            std::string_view before, std::string_view after) {
  learn(reader, vocabulary);
  std::string whole;
  // What follows the cursor is not within the quote that it may be in.
  const bool is_open = [&] {
    const std::string text = fmt::format("{}{}", pending, before);
    const auto tokens = sql_tokens(text);
    return !tokens.empty() && !tokens.back().closed;
  }();
  const Place place = place_of(pending, before, is_open ? std::string_view() : after, whole);
  std::span<const SqlToken> tokens = place.tokens;
  if (tokens.empty()) return complete_word(vocabulary, place, "", "");
  const SqlToken& last = tokens.back();
  const bool at_end = last.at + last.text.size() == place.text.size();
  if (!last.closed && last.kind == Kind::text) {
    return suggest_names(reader, last.text.substr(1),
                         compared_column(tokens.first(tokens.size() - 1)));
  }
  if (!last.closed) return {};
  const bool is_word = at_end && last.kind == Kind::word;
  const std::string_view prefix = is_word ? last.text : std::string_view();
  if (is_word) tokens = tokens.first(tokens.size() - 1);
  const bool is_member = tokens.size() >= 2 && tokens.back().text == "." &&
                         tokens.back().at + 1 + prefix.size() == place.text.size();
  if (is_member) {
    return complete_member(vocabulary, place, prefix, unquoted(tokens[tokens.size() - 2]));
  }
  return complete_word(vocabulary, place, prefix,
                       tokens.empty() ? std::string_view() : tokens.back().text);
}

namespace {

Suggestions complete_query(Reader& reader, std::string_view prefix) {
  Matching found(prefix);
  for (const Query& query : reader.queries()) found.add(query.name);
  return std::move(found).done(" ");
}

// `name=`, or what may stand behind it.
Suggestions complete_argument(Reader& reader, const std::string& name, std::string_view word) {
  std::optional<Query> query;
  for (Query& one : reader.queries()) {
    if (one.name == name) query = std::move(one);
  }
  if (!query) return {};
  const std::size_t equals = word.find('=');
  if (equals == word.npos) {
    Matching found(word);
    for (const Parameter& parameter : query->parameters) found.add(parameter.name, "=");
    return std::move(found).done();
  }
  const std::string_view prefix = word.substr(equals + 1);
  for (const Parameter& parameter : query->parameters) {
    if (parameter.name != word.substr(0, equals)) continue;
    if (!parameter.table.empty()) {
      Suggestions codes = suggest_names(reader, prefix, parameter.table);
      codes.closing = " ";
      return codes;
    }
    Matching found(prefix);
    for (const std::string& choice : parameter.choices) found.add(choice);
    if (!parameter.choices_query.empty()) {
      TableSink choices;
      reader.sql(parameter.choices_query, choices);
      for (const auto& row : choices.table().rows) found.add(to_text(row[0]));
    }
    return std::move(found).done(" ");
  }
  return {};
}

}  // namespace

Suggestions suggest_for_command(Reader& reader, SqlVocabulary& vocabulary,
                                std::span<const std::string_view> commands,
                                std::string_view before) {
  learn(reader, vocabulary);
  const std::size_t begin = std::min(before.find('.'), before.size());
  const std::size_t space = before.find_last_of(" \t");
  if (space == before.npos || space < begin) {
    Matching found(before.substr(begin));
    for (const std::string_view command : commands) found.add(command);
    return std::move(found).done(" ");
  }
  const std::string_view word = before.substr(space + 1);
  const std::string_view rest = before.substr(begin);
  const std::string command(rest.substr(0, rest.find_first_of(" \t")));
  const std::string_view said = rest.substr(command.size());
  const std::size_t first = said.find_first_not_of(" \t");
  const bool is_first = first == said.npos || said.find_first_of(" \t", first) == said.npos;
  if (command == ".run" && !is_first) {
    const std::string_view name = said.substr(first);
    return complete_argument(reader, std::string(name.substr(0, name.find_first_of(" \t"))), word);
  }
  if (command == ".run") return complete_query(reader, word);
  if (command == ".explain") return suggest_for_sql(reader, vocabulary, "", said, "");
  Matching found(word);
  if (command == ".format" || command == ".mode") {
    for (const std::string_view name : format_names()) found.add(name);
  } else if (command == ".timer") {
    for (const std::string_view name : {"on", "off"}) found.add(name);
  } else if (command == ".help") {
    for (const std::string_view name : commands) found.add(name);
  } else {
    for (const auto& [table, columns] : vocabulary.columns) found.add(table);
  }
  if (command != ".describe" || word.empty()) return std::move(found).done(" ");
  for (const Query& query : reader.queries()) found.add(query.name);
  Suggestions all = std::move(found).done(" ");
  Suggestions names = suggest_names(reader, word, "");
  std::move(names.words.begin(), names.words.end(), std::back_inserter(all.words));
  return all;
}

}  // namespace planfile
