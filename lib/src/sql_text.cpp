#include "planfile/sql_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace planfile {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// SQLite takes every byte beyond ASCII for part of a name.
bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<SqlToken> run() && {
    while (skip_space()) tokens_.push_back(next());
    return std::move(tokens_);
  }

 private:
  using Kind = SqlToken::Kind;

  bool skip_space() {
    while (at_ < sql_.size() && is_space(sql_[at_])) ++at_;
    return at_ < sql_.size();
  }

  SqlToken next() {
    const std::string_view rest = sql_.substr(at_);
    const char first = rest.front();
    if (rest.starts_with("--")) return take(Kind::comment, std::min(rest.find('\n'), rest.size()));
    if (rest.starts_with("/*")) return enclosed(Kind::comment, "*/", 2);
    if (first == '\'') return quoted(Kind::text, first);
    if (first == '"' || first == '`') return quoted(Kind::name, first);
    if (first == '[') return enclosed(Kind::name, "]", 1);
    if (!is_of_word(first)) return take(Kind::sign, 1);
    std::size_t size = 0;
    const bool is_number = first >= '0' && first <= '9';
    while (size < rest.size() && (is_of_word(rest[size]) || (is_number && rest[size] == '.')))
      ++size;
    return take(Kind::word, size);
  }

  SqlToken take(Kind kind, std::size_t size) {
    const SqlToken token{kind, sql_.substr(at_, size), at_};
    at_ += size;
    return token;
  }

  SqlToken enclosed(Kind kind, std::string_view end, std::size_t opening) {
    const std::size_t found = sql_.find(end, at_ + opening);
    if (found == sql_.npos) return open(kind);
    return take(kind, found + end.size() - at_);
  }

  // A doubled quote stands for one within the quotes.
  SqlToken quoted(Kind kind, char quote) {
    std::size_t end = sql_.find(quote, at_ + 1);
    while (end != sql_.npos && end + 1 < sql_.size() && sql_[end + 1] == quote) {
      end = sql_.find(quote, end + 2);
    }
    if (end == sql_.npos) return open(kind);
    return take(kind, end + 1 - at_);
  }

  SqlToken open(Kind kind) {
    SqlToken token = take(kind, sql_.size() - at_);
    token.closed = false;
    return token;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<SqlToken> tokens_;
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kFullWidth = {
    {{"，", ","}, {"、", ","}, {"；", ";"}, {"（", "("}, {"）", ")"}, {"＝", "="},
     {"＜", "<"}, {"＞", ">"}, {"＋", "+"}, {"－", "-"}, {"＊", "*"}, {"／", "/"},
     {"％", "%"}, {"．", "."}, {"。", "."}, {"！", "!"}, {"‘", "'"},  {"’", "'"},
     {"“", "'"},  {"”", "'"},  {"＇", "'"}, {"　", " "}}};

constexpr std::string_view kKeywords[] = {
    "ALL",         "AND",       "AS",        "ASC",          "BEGIN",     "BETWEEN",   "BY",
    "CASE",        "CAST",      "COLLATE",   "COMMIT",       "CROSS",     "CURRENT",   "DEFAULT",
    "DELETE",      "DESC",      "DISTINCT",  "DO",           "ELSE",      "END",       "ESCAPE",
    "EXCEPT",      "EXISTS",    "EXPLAIN",   "FALSE",        "FILTER",    "FIRST",     "FOLLOWING",
    "FROM",        "FULL",      "GLOB",      "GROUP",        "HAVING",    "IN",        "INNER",
    "INSERT",      "INTERSECT", "INTO",      "IS",           "ISNULL",    "JOIN",      "LAST",
    "LEFT",        "LIKE",      "LIMIT",     "MATERIALIZED", "NATURAL",   "NOT",       "NOTHING",
    "NOTNULL",     "NULL",      "NULLS",     "OFFSET",       "ON",        "OR",        "ORDER",
    "OUTER",       "OVER",      "PARTITION", "PLAN",         "PRAGMA",    "PRECEDING", "QUERY",
    "RANGE",       "RECURSIVE", "RELEASE",   "REPLACE",      "RETURNING", "RIGHT",     "ROLLBACK",
    "ROW",         "ROWS",      "SAVEPOINT", "SELECT",       "SET",       "THEN",      "TO",
    "TRANSACTION", "TRUE",      "UNBOUNDED", "UNION",        "UPDATE",    "USING",     "VALUES",
    "WHEN",        "WHERE",     "WINDOW",    "WITH"};

}  // namespace

std::vector<SqlToken> sql_tokens(std::string_view sql) { return Scanner(sql).run(); }

bool is_complete(std::string_view sql) {
  const auto tokens = sql_tokens(sql);
  const auto last = std::find_if(tokens.rbegin(), tokens.rend(), [](const SqlToken& token) {
    return token.kind != SqlToken::Kind::comment || !token.closed;
  });
  if (last == tokens.rend() || !last->closed) return false;
  return last->text == ";" || (last->kind == SqlToken::Kind::word && last->text.ends_with("；"));
}

std::vector<std::string_view> split_statements(std::string_view script) {
  std::vector<std::string_view> statements;
  std::size_t begin = 0;
  bool says_something = false;
  for (const SqlToken& token : sql_tokens(script)) {
    const bool ends = token.kind == SqlToken::Kind::sign && token.text == ";";
    if (ends) {
      const std::size_t end = token.at + 1;
      if (says_something) statements.push_back(script.substr(begin, end - begin));
      begin = end;
    }
    says_something = !ends && (says_something || token.kind != SqlToken::Kind::comment);
  }
  if (says_something) statements.push_back(script.substr(begin));
  return statements;
}

std::optional<FullWidthSign> find_full_width_sign(std::string_view sql) {
  for (const SqlToken& token : sql_tokens(sql)) {
    if (token.kind != SqlToken::Kind::word) continue;
    std::optional<FullWidthSign> first;
    for (const auto& [sign, wanted] : kFullWidth) {
      const std::size_t at = token.text.find(sign);
      if (at == token.text.npos || (first && first->at <= token.at + at)) continue;
      first = FullWidthSign{sign, wanted, token.at + at};
    }
    if (first) return first;
  }
  return std::nullopt;
}

std::span<const std::string_view> sql_keywords() { return kKeywords; }

TextPlace place_in(std::string_view text, std::size_t at) {
  TextPlace place;
  for (const char c : text.substr(0, at)) {
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if (!continues) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace planfile
