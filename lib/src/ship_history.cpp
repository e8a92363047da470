#include "ship_history.h"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "content.h"
#include "ship_tables.h"

namespace planfile {
namespace {

using KeySet = std::set<std::pair<std::string, std::string>>;

// Gathers the natural keys of the copy.
class KeysRead : public ContentReader {
 public:
  explicit KeysRead(KeySet& keys) : keys_(keys) {}
  void row(std::string_view table, const std::string& key, const Hash128&) override {
    keys_.emplace(table, key);
  }
  void series(std::int64_t, const std::string&, const RowSum&,
              std::span<const SeriesMark>) override {}

 private:
  KeySet& keys_;
};

class HistoryCopy {
 public:
  HistoryCopy(Database& from, Database& to, const CopyRules& rules, NewIds& ids)
      : from_(from.sqlite()), to_(to.sqlite()), target_(to), rules_(rules), ids_(ids) {}

  void copy() {
    const CopiedColumns columns(to_, "revision");
    RowInsert insert(to_, "revision", columns);
    const std::size_t id = columns.at("id"), import = columns.at("import_id"),
                      table = columns.at("table_name"), former = columns.at("former"),
                      key = columns.at("key");
    SQLite::Statement all(from_,
                          fmt::format("SELECT {} FROM revision ORDER BY id", columns.list()));
    std::int64_t next = 0;
    while (all.executeStep()) {
      StoredRow row = row_in(all);
      const std::string of = std::get<std::string>(row[table]);
      if (!rules_.selection.whole && !is_there(of, std::get<std::string>(row[key]))) continue;
      row[id] = ++next;
      if (const auto* number = std::get_if<std::int64_t>(&row[import])) keep_import(*number);
      if (const auto* state = std::get_if<std::string>(&row[former])) {
        keep_import_of(*state);
        row[former] = redacted_state(*state, of, rules_.redactions);
      }
      insert.put(row);
    }
  }

 private:
  // Whether the row with that natural key, as `revision` writes it, is in the copy.
  bool is_there(const std::string& table, const std::string& key) {
    const auto cells = nlohmann::ordered_json::parse(key, nullptr, false);
    if (!cells.is_object()) return false;
    const auto cell = [&](const char* name) { return cells.value(name, std::string()); };
    if (table == "observation") {
      SQLite::Statement row(
          to_,
          "SELECT 1 FROM observation AS o JOIN series AS s ON s.id = o.series_id "
          "JOIN indicator AS i ON i.id = s.indicator_id JOIN entity AS e ON e.id = s.entity_id "
          "JOIN scope AS c ON c.id = s.scope_id LEFT JOIN entity AS a ON a.id = s.among_id "
          "JOIN period AS p ON p.id = o.period_id JOIN source AS d ON d.id = o.source_id "
          "WHERE i.code = ? AND e.code = ? AND c.code = ? AND s.measure = ? AND "
          "ifnull(a.code, '') = ? AND p.code = ? AND d.code = ? AND o.locator = ?");
      int at = 1;
      for (const char* name :
           {"indicator", "entity", "scope", "measure", "among", "period", "source", "locator"}) {
        row.bind(at++, cell(name));
      }
      return row.executeStep();
    }
    return is_there_otherwise(table, cells);
  }

  bool is_there_otherwise(const std::string& table, const nlohmann::ordered_json& cells) {
    if (!keys_) {
      keys_.emplace();
      KeysRead reading(*keys_);
      read_content(target_, &reading, [] { return ObservationSums(); });
    }
    nlohmann::json key = nlohmann::json::array();
    for (const auto& [name, value] : cells.items())
      key.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    return keys_->contains({table, key.dump()});
  }

  void keep_import_of(const std::string& state) {
    const auto cells = nlohmann::json::parse(state, nullptr, false);
    if (!cells.is_object()) return;
    const std::string number = cells.value("import", std::string());
    if (!number.empty() && number.size() < 18 &&
        number.find_first_not_of("0123456789") == std::string::npos) {
      keep_import(std::stoll(number));
    }
  }

  // An import that only a former state names.
  void keep_import(std::int64_t id) {
    if (ids_.find("import", id)) return;
    const CopiedColumns columns(to_, "import");
    SQLite::Statement found(from_,
                            fmt::format("SELECT {} FROM import WHERE id = ?", columns.list()));
    found.bind(1, id);
    if (!found.executeStep()) return;
    StoredRow row = row_in(found);
    redact("import", columns, row, rules_);
    RowInsert(to_, "import", columns).put(row);
    ids_.of("import").emplace(id, id);
  }

  SQLite::Database &from_, &to_;
  Database& target_;
  const CopyRules& rules_;
  NewIds& ids_;
  std::optional<KeySet> keys_;  // of the copy
};

}  // namespace

void copy_history(Database& from, Database& to, const CopyRules& rules, NewIds& ids) {
  HistoryCopy(from, to, rules, ids).copy();
}

}  // namespace planfile
