#include "unknown_name.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "planfile/nearest.h"
#include "planfile/sql_text.h"

namespace planfile {
namespace {

using Kind = SqlToken::Kind;

std::string lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string_view unquoted(const SqlToken& token) {
  if (token.kind != Kind::name || !token.closed || token.text.size() < 2) return token.text;
  return token.text.substr(1, token.text.size() - 2);
}

bool is_name(const SqlToken& token) { return token.kind == Kind::word || token.kind == Kind::name; }

bool is_keyword(std::string_view word) {
  const auto all = sql_keywords();
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view keyword) { return lower(keyword) == lower(word); });
}

// The tables and views of the file with their columns, by name in lower case.
using Tables = std::map<std::string, std::vector<std::string>, std::less<>>;

Tables tables_of(Database& database) {
  SQLite::Statement rows(database.sqlite(),
                         "SELECT m.name, c.name FROM sqlite_master AS m "
                         "JOIN pragma_table_xinfo(m.name) AS c WHERE m.type IN ('table', 'view')");
  Tables tables;
  while (rows.executeStep()) {
    tables[lower(rows.getColumn(0).getString())].push_back(rows.getColumn(1).getString());
  }
  return tables;
}

std::vector<std::string> functions_of(Database& database) {
  SQLite::Statement rows(database.sqlite(), "SELECT DISTINCT name FROM pragma_function_list");
  std::vector<std::string> names;
  while (rows.executeStep()) names.push_back(rows.getColumn(0).getString());
  return names;
}

std::string near(std::string_view name, const std::vector<std::string>& candidates) {
  const std::vector<std::string_view> views(candidates.begin(), candidates.end());
  return did_you_mean(name, views);
}

class Explainer {
 public:
  Explainer(Database& database, std::string_view sql, std::string message,
            std::optional<std::size_t> at)
      : database_(database), tokens_(sql_tokens(sql)), explained_{std::move(message), at} {
    std::erase_if(tokens_, [](const SqlToken& token) { return token.kind == Kind::comment; });
  }

  Explained run(std::string_view sql) && {
    if (const auto foreign = find_full_width_sign(sql)) {
      explained_.at = foreign->at;
      explained_.message +=
          fmt::format("; \"{}\" is a full-width sign, SQL takes {}", foreign->sign,
                      foreign->wanted == " " ? "a plain space" : foreign->wanted);
    } else if (const auto column = after("no such column: ")) {
      find(*column);
      explained_.message += column_hint(*column);
    } else if (const auto table = after("no such table: ")) {
      find(*table);
      std::vector<std::string> names;
      for (const auto& [name, columns] : tables_of(database_)) names.push_back(name);
      explained_.message += near(*table, names);
    } else if (const auto function = after("no such function: ")) {
      find(*function);
      explained_.message += near(*function, functions_of(database_));
    } else if (explained_.message.starts_with("near \"")) {
      explained_.message += keyword_hint();
    } else if (explained_.message.starts_with("unrecognized token")) {
      if (!tokens_.empty() && !tokens_.back().closed) {
        explained_.at = tokens_.back().at;
        explained_.message += "; its quote is not closed";
      }
    }
    return std::move(explained_);
  }

 private:
  std::optional<std::string> after(std::string_view beginning) const {
    if (!explained_.message.starts_with(beginning)) return std::nullopt;
    return explained_.message.substr(beginning.size());
  }

  // Finds the place of a name where SQLite did not tell it.
  void find(std::string_view name) {
    if (explained_.at) return;
    const auto dot = name.rfind('.');
    const std::string last = lower(dot == name.npos ? name : name.substr(dot + 1));
    for (const SqlToken& token : tokens_) {
      if (!is_name(token) || lower(unquoted(token)) != last) continue;
      explained_.at = token.at;
      return;
    }
  }

  const SqlToken* token_at(std::size_t at) const {
    const auto found = std::find_if(tokens_.begin(), tokens_.end(),
                                    [&](const SqlToken& token) { return token.at == at; });
    return found == tokens_.end() ? nullptr : &*found;
  }

  // The tables that the statement names, by their own name and by the alias behind it.
  Tables named(const Tables& tables) const {
    Tables found;
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (!is_name(tokens_[at])) continue;
      const auto table = tables.find(lower(unquoted(tokens_[at])));
      if (table == tables.end()) continue;
      found.insert(*table);
      std::size_t next = at + 1;
      if (next < tokens_.size() && lower(tokens_[next].text) == "as") ++next;
      if (next < tokens_.size() && is_name(tokens_[next]) && !is_keyword(tokens_[next].text)) {
        found.emplace(lower(unquoted(tokens_[next])), table->second);
      }
    }
    return found;
  }

  std::string column_hint(std::string_view column) const {
    if (explained_.at) {
      const SqlToken* token = token_at(*explained_.at);
      if (token != nullptr && token->kind == Kind::name && token->text.front() == '"') {
        return fmt::format("; text stands in single quotes: '{}'", unquoted(*token));
      }
    }
    const Tables tables = tables_of(database_);
    const Tables statement = named(tables);
    const auto dot = column.rfind('.');
    if (dot != column.npos) {
      const auto of = statement.find(lower(column.substr(0, dot)));
      return of == statement.end() ? "" : near(column.substr(dot + 1), of->second);
    }
    std::vector<std::string> columns;
    for (const auto& [name, its] : statement.empty() ? tables : statement) {
      columns.insert(columns.end(), its.begin(), its.end());
    }
    std::sort(columns.begin(), columns.end());
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return near(column, columns);
  }

  // SQLite stumbles over a misspelt keyword, or over the word after it.
  std::string keyword_hint() const {
    if (!explained_.at) return {};
    const auto stumbled = std::find_if(tokens_.begin(), tokens_.end(), [&](const SqlToken& token) {
      return token.at == *explained_.at;
    });
    const auto all = sql_keywords();
    const auto hint = [&](const SqlToken& token) {
      if (token.kind != Kind::word || is_keyword(token.text)) return std::string();
      const auto nearest_one = nearest(token.text, all, 1);
      const bool is_like = !nearest_one.empty() && nearest_one[0].size() + 1 >= token.text.size() &&
                           token.text.size() + 1 >= nearest_one[0].size();
      return is_like ? fmt::format("; nearest: \"{}\"", nearest_one[0]) : std::string();
    };
    if (stumbled == tokens_.end()) return {};
    const std::string own = hint(*stumbled);
    return !own.empty() || stumbled == tokens_.begin() ? own : hint(*(stumbled - 1));
  }

  Database& database_;
  std::vector<SqlToken> tokens_;
  Explained explained_;
};

}  // namespace

Explained explain_message(Database& database, std::string_view sql, const std::string& message,
                          std::optional<std::size_t> at) {
  try {
    return Explainer(database, sql, message, at).run(sql);
  } catch (const SQLite::Exception&) {
    return {message, at};  // a damaged schema gives no names
  }
}

}  // namespace planfile
