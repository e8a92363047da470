#include "planfile/mapping.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "planfile/nearest.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

using Json = nlohmann::ordered_json;
using From = Origin::From;
using Names = std::vector<std::string_view>;

// The words of JSON for each kind of origin; `cell` and `title` stand alone, as text.
struct FromWord {
  From from;
  std::string_view word;
};
constexpr FromWord kFromWords[] = {{From::column, "column"}, {From::text, "text"},
                                   {From::above, "above"},   {From::code, "code"},
                                   {From::cell, "cell"},     {From::title, "title"}};

bool stands_alone(From from) { return from == From::cell || from == From::title; }

std::string_view word_of(From from) {
  return std::find_if(std::begin(kFromWords), std::end(kFromWords),
                      [&](const FromWord& known) { return known.from == from; })
      ->word;
}

Json json_of(const Origin& origin) {
  if (stands_alone(origin.from)) return Json(word_of(origin.from));
  return Json{{std::string(word_of(origin.from)), origin.text}};
}

Json json_of(const std::string& text) { return Json(text); }

// The members in the order of the table's columns.
template <class Value>
Json json_of(const std::map<std::string, Value, std::less<>>& values, const std::string& table) {
  Json object = Json::object();
  const ImportTable* known = table_to_import(table);
  if (known != nullptr) {
    for (const std::string_view column : names_of_columns(*known)) {
      const auto value = values.find(column);
      if (value != values.end()) object[std::string(column)] = json_of(value->second);
    }
  }
  for (const auto& [column, value] : values) {
    if (!object.contains(column)) object[column] = json_of(value);
  }
  return object;
}

Json json_of(const Rule& rule) {
  Json object = {{"table", rule.table}};
  if (!rule.columns.empty()) object["columns"] = json_of(rule.columns, rule.table);
  for (const Spread& spread : rule.spread) {
    Json part = {{"column", spread.column}};
    if (!spread.says.empty()) part["says"] = json_of(spread.says, rule.table);
    object["spread"].push_back(std::move(part));
  }
  if (!rule.spread_over.empty()) object["spread_over"] = rule.spread_over;
  if (!rule.bracketed.empty()) object["bracketed"] = json_of(rule.bracketed, rule.table);
  return object;
}

// Where a text stops being JSON.
struct JsonFault : nlohmann::json_sax<Json> {
  std::size_t position = 0;  // 1-based, in bytes

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t at, const std::string&,
                   const nlohmann::detail::exception&) override {
    position = at;
    return false;
  }
};

std::string not_json(std::string_view text) {
  JsonFault fault;
  Json::sax_parse(text, &fault);
  const std::string_view before = text.substr(0, fault.position == 0 ? 0 : fault.position - 1);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  if (trim(text).empty()) return "not JSON: empty";
  return fmt::format("not JSON: line {} can't be read", line);
}

// Reads a mapping from JSON; keeps the first fault.
class MappingReader {
 public:
  Parsed<Mapping> read(const Json& json) {
    Mapping mapping;
    if (take_object(
            json, "the mapping",
            {"encoding", "delimiter", "header_line", "header_rows", "rules", "skip_totals"})) {
      mapping.encoding = text_of(json, "encoding");
      mapping.delimiter = delimiter_of(json);
      mapping.header_line = number_of(json, "header_line", mapping.header_line);
      mapping.header_rows = number_of(json, "header_rows", mapping.header_rows);
      mapping.rules = rules_of(json);
      mapping.skip_totals = flag_of(json, "skip_totals");
    }
    if (!fault_.empty()) return Parsed<Mapping>::fault(std::move(fault_));
    return mapping;
  }

 private:
  void refuse(std::string why) {
    if (fault_.empty()) fault_ = std::move(why);
  }

  // Whether it is an object with no other keys than these.
  bool take_object(const Json& json, std::string_view where,
                   std::initializer_list<std::string_view> keys) {
    return take_object(json, where, Names(keys), "key");
  }

  bool take_object(const Json& json, std::string_view where, const Names& keys,
                   std::string_view what) {
    if (!json.is_object()) {
      refuse(fmt::format("{}: not an object", where));
      return false;
    }
    for (const auto& [key, value] : json.items()) {
      if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      refuse(fmt::format("{}: unknown {}: {}{}", where, what, planfile::quoted(key),
                         did_you_mean(key, keys)));
      return false;
    }
    return true;
  }

  // What a key says, if it is there.
  std::string text_of(const Json& json, const std::string& key) {
    const auto found = json.find(key);
    if (found == json.end()) return {};
    if (found->is_string()) return found->get<std::string>();
    refuse(fmt::format("{}: not a text", key));
    return {};
  }

  std::size_t number_of(const Json& json, const std::string& key, std::size_t otherwise) {
    const auto found = json.find(key);
    if (found == json.end()) return otherwise;
    if (found->is_number_unsigned() && found->get<std::size_t>() > 0)
      return found->get<std::size_t>();
    refuse(fmt::format("{}: not a number from 1 on", key));
    return otherwise;
  }

  bool flag_of(const Json& json, const std::string& key) {
    const auto found = json.find(key);
    if (found == json.end()) return false;
    if (found->is_boolean()) return found->get<bool>();
    refuse(fmt::format("{}: neither true nor false", key));
    return false;
  }

  char delimiter_of(const Json& json) {
    const std::string text = text_of(json, "delimiter");
    if (text.empty()) return '\0';
    const bool is_usable = text.size() == 1 && text[0] != '"' && text[0] != '\n' &&
                           text[0] != '\r' && text[0] > 0 && text[0] != 127;
    if (is_usable) return text[0];
    refuse(refusal("delimiter: not a single character of ASCII", text));
    return '\0';
  }

  std::vector<Rule> rules_of(const Json& json) {
    std::vector<Rule> rules;
    const auto found = json.find("rules");
    if (found == json.end()) {
      refuse("rules: missing; a mapping has at least one");
    } else if (!found->is_array() || found->empty()) {
      refuse("rules: not a list of rules");
    } else {
      for (const Json& rule : *found) {
        rules.push_back(read_rule(rule, fmt::format("rule {}", rules.size() + 1)));
      }
    }
    return rules;
  }

  Rule read_rule(const Json& json, const std::string& where) {
    Rule rule;
    if (!take_object(json, where, {"table", "columns", "spread", "spread_over", "bracketed"})) {
      return rule;
    }
    rule.table = text_of(json, "table");
    const ImportTable* table = table_of_rule(rule.table, where);
    if (table == nullptr) return rule;
    rule.columns = read_origins(json, "columns", where, *table);
    rule.bracketed = read_origins(json, "bracketed", where, *table);
    if (json.contains("spread")) rule.spread = read_spreads(json["spread"], where, *table);
    rule.spread_over = spread_over_of(json, where);
    return rule;
  }

  std::map<std::string, Origin, std::less<>> read_origins(const Json& json, const std::string& key,
                                                          const std::string& where,
                                                          const ImportTable& table) {
    std::map<std::string, Origin, std::less<>> origins;
    const auto found = json.find(key);
    if (found == json.end()) return origins;
    if (!take_object(*found, fmt::format("{}: {}", where, key), names_of_columns(table),
                     fmt::format("column of {}", table.name))) {
      return origins;
    }
    for (const auto& [column, origin] : found->items()) {
      origins[column] = read_origin(origin, fmt::format("{}: {}", where, column));
    }
    return origins;
  }

  std::string spread_over_of(const Json& json, const std::string& where) {
    std::string kind = text_of(json, "spread_over");
    if (!kind.empty() && kind != "period" && kind != "entity" && kind != "indicator") {
      refuse(fmt::format("{}: spread_over: none of \"period\", \"entity\", \"indicator\": {}",
                         where, planfile::quoted(kind)));
    }
    return kind;
  }

  const ImportTable* table_of_rule(const std::string& name, const std::string& where) {
    if (name.empty()) refuse(fmt::format("{}: table: missing", where));
    const ImportTable* table = table_to_import(name);
    if (table == nullptr) {
      Names names;
      for (const ImportTable& known : tables_to_import()) names.push_back(known.name);
      refuse(fmt::format("{}: no such table: {}{}", where, planfile::quoted(name),
                         did_you_mean(name, names)));
    }
    return table;
  }

  Origin read_origin(const Json& json, const std::string& where) {
    for (const auto& [from, word] : kFromWords) {
      if (stands_alone(from) && json.is_string() && json.get<std::string>() == word)
        return {from, {}};
    }
    if (json.is_object() && json.size() == 1 && json.begin().value().is_string()) {
      for (const auto& [from, word] : kFromWords) {
        if (!stands_alone(from) && json.begin().key() == word) {
          return {from, json.begin().value().get<std::string>()};
        }
      }
    }
    refuse(
        fmt::format("{}: none of {{\"column\": NAME}}, {{\"text\": TEXT}}, {{\"above\": NAME}}, "
                    "{{\"code\": NAME}}, \"cell\", \"title\"",
                    where));
    return {};
  }

  std::vector<Spread> read_spreads(const Json& json, const std::string& where,
                                   const ImportTable& table) {
    std::vector<Spread> spreads;
    if (!json.is_array()) refuse(fmt::format("{}: spread: not a list", where));
    for (const Json& part : json) {
      const std::string place = fmt::format("{}: spread {}", where, spreads.size() + 1);
      Spread spread;
      if (!take_object(part, place, {"column", "says"})) return spreads;
      spread.column = text_of(part, "column");
      if (spread.column.empty()) refuse(fmt::format("{}: column: missing", place));
      if (part.contains("says")) spread.says = read_says(part["says"], place + ": says", table);
      spreads.push_back(std::move(spread));
    }
    return spreads;
  }

  std::map<std::string, std::string, std::less<>> read_says(const Json& json,
                                                            const std::string& where,
                                                            const ImportTable& table) {
    std::map<std::string, std::string, std::less<>> says;
    if (!take_object(json, where, names_of_columns(table),
                     fmt::format("column of {}", table.name))) {
      return says;
    }
    for (const auto& [column, text] : json.items()) {
      if (!text.is_string()) refuse(fmt::format("{}: {}: not a text", where, column));
      if (text.is_string()) says[column] = text.get<std::string>();
    }
    return says;
  }

  std::string fault_;
};

}  // namespace

std::string to_json(const Mapping& mapping) {
  Json json = Json::object();
  if (!mapping.encoding.empty()) json["encoding"] = mapping.encoding;
  if (mapping.delimiter != '\0') json["delimiter"] = std::string(1, mapping.delimiter);
  if (mapping.header_line != 0) json["header_line"] = mapping.header_line;
  if (mapping.header_rows != 1) json["header_rows"] = mapping.header_rows;
  json["rules"] = Json::array();
  for (const Rule& rule : mapping.rules) json["rules"].push_back(json_of(rule));
  if (mapping.skip_totals) json["skip_totals"] = true;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Parsed<Mapping> parse_mapping(std::string_view json) {
  const Json read = Json::parse(json, nullptr, false);
  if (read.is_discarded()) return Parsed<Mapping>::fault(not_json(json));
  return MappingReader().read(read);
}

}  // namespace planfile
