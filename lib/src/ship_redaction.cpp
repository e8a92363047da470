#include "ship_redaction.h"

#include <algorithm>
#include <type_traits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "planfile/nearest.h"
#include "row.h"
#include "tables.h"

namespace planfile {
namespace {

using Json = nlohmann::ordered_json;

Error refused(const std::string& text, std::string_view why) {
  return {Errc::usage, fmt::format("--redact: {}: {}", text, why)};
}

bool can_be_null(SQLite::Database& db, const std::string& table, const std::string& column) {
  SQLite::Statement info(db, "SELECT \"notnull\" FROM pragma_table_info(?) WHERE name = ?");
  info.bind(1, table);
  info.bind(2, column);
  return info.executeStep() && info.getColumn(0).getInt() == 0;
}

template <class Fact, class Column>
Redaction redaction_of(const Column& column) {
  using Value = std::remove_cvref_t<decltype(std::declval<Fact>().*column.member)>;
  Redaction redaction{std::string(table_of<Fact>), std::string(column.name), {}, {}};
  redaction.emptied.emplace_back(column.stored);
  if (std::is_same_v<Value, Figure>) {
    for (const std::string_view part : {column.high, column.printed, column.wording}) {
      if (!part.empty()) redaction.emptied.emplace_back(part);
    }
    redaction.comparator = column.comparator;
  }
  return redaction;
}

template <class Fact, class Column>
void refuse_needed(const std::string& text, const Column& column) {
  if (std::is_same_v<Fact, Revision> || std::is_same_v<Fact, SavedQuery>) {
    throw refused(text, "not a table of facts; --without-history leaves former values out");
  }
  if (in_key(column)) throw refused(text, "part of the key by which rows are told apart");
  if (column.presence == kRequired) throw refused(text, "a row says nothing without it");
  if (column.name == "import") throw refused(text, "--without-history leaves imports out");
  if (column.stored == "printed_unit") {
    throw refused(text, "the printed figure would be of another unit without it");
  }
}

// The column, where the table has it; the names of its columns otherwise.
template <class Fact>
std::optional<Redaction> find(const std::string& text, std::string_view name) {
  std::optional<Redaction> found;
  std::vector<std::string_view> names;
  each_column<Fact>([&](const auto& column) {
    names.push_back(column.name);
    if (column.name != name) return;
    refuse_needed<Fact>(text, column);
    found = redaction_of<Fact>(column);
  });
  if (!found) {
    throw refused(text, fmt::format("{} has no such column{}; there are: {}", table_of<Fact>,
                                    did_you_mean(name, names), fmt::join(names, ", ")));
  }
  return found;
}

Redaction read(SQLite::Database& db, const std::string& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) throw refused(text, "written TABLE.COLUMN");
  const std::string table = text.substr(0, dot), column = text.substr(dot + 1);
  std::optional<Redaction> found;
  std::vector<std::string_view> tables;
  each_table([&]<class Fact>() {
    tables.push_back(table_of<Fact>);
    if (table_of<Fact> == table) found = find<Fact>(text, column);
  });
  if (!found) {
    throw refused(text, fmt::format("no such table{}", did_you_mean(table, tables)));
  }
  for (const std::string& stored : found->emptied) {
    if (!can_be_null(db, table, stored)) throw refused(text, "can't be empty");
  }
  return *found;
}

}  // namespace

std::vector<Redaction> redactions(Database& database, const std::vector<std::string>& texts) {
  return database.guarded([&] {
    std::vector<Redaction> all;
    all.reserve(texts.size());
    for (const std::string& text : texts) all.push_back(read(database.sqlite(), text));
    return all;
  });
}

std::string redacted_state(const std::string& json, std::string_view table,
                           const std::vector<Redaction>& all) {
  if (std::none_of(all.begin(), all.end(), [&](const auto& one) { return one.table == table; })) {
    return json;
  }
  Json state = Json::parse(json, nullptr, false);
  if (!state.is_object()) {
    throw Error(Errc::refused, fmt::format("a former state of {} can't be read, so nothing can be "
                                           "left out of it; --without-history leaves it out whole",
                                           table));
  }
  for (const Redaction& one : all) {
    if (one.table == table && state.contains(one.column)) state[one.column] = "";
  }
  return state.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string redacted_mapping(const std::string& json, const std::vector<Redaction>& all) {
  Json mapping = Json::parse(json, nullptr, false);
  if (!mapping.is_object() || !mapping.contains("rules") || !mapping["rules"].is_array())
    return json;
  bool is_changed = false;
  for (Json& rule : mapping["rules"]) {
    if (!rule.is_object() || !rule.contains("columns") || !rule["columns"].is_object()) continue;
    for (const Redaction& one : all) {
      if (rule.value("table", "") == one.table) {
        is_changed = rule["columns"].erase(one.column) > 0 || is_changed;
      }
    }
  }
  return is_changed ? mapping.dump(2, ' ', false, Json::error_handler_t::replace) + "\n" : json;
}

}  // namespace planfile
