#include "ship_copy.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "content.h"
#include "row.h"
#include "summary.h"

namespace planfile {
namespace {

using Cells = std::vector<Stored>;
using NewIds = std::unordered_map<std::int64_t, std::int64_t>;

// What becomes of a table's ids.
enum class Numbering { none, anew, kept };

// References to the table itself, or to others.
enum class Parents { own, others };

struct TableRule {
  const char* table;
  std::vector<std::string> key;  // its order
  Numbering numbering = Numbering::anew;
};

// Each table after those that it refers to; `observation` goes by itself.
const std::vector<TableRule>& table_rules() {
  static const std::vector<TableRule> kRules = {
      {"status", {"code"}, Numbering::none},
      {"stage", {"code"}, Numbering::none},
      {"sector", {"code"}, Numbering::none},
      {"import", {"id"}, Numbering::kept},
      {"period", {"starts", "ends"}},
      {"source", {"code"}},
      {"entity", {"code"}},
      {"scope", {"code"}},
      {"unit", {"code"}},
      {"indicator", {"code"}},
      {"formula", {"indicator_id", "role", "operand_id"}},
      {"project", {"code"}},
      {"alias", {"kind", "name"}},
      {"plan", {"code"}},
      {"series", {"indicator_id", "entity_id", "scope_id", "measure", "among_id"}},
      {"target", {"plan_id", "series_id", "period_id", "source_id", "locator"}},
      {"milestone", {"project_id", "kind", "source_id", "locator"}},
      {"outlay", {"project_id", "period_id", "source_id", "locator"}},
  };
  return kRules;
}

Stored stored_in(const SQLite::Column& column) {
  if (column.isNull()) return {};
  if (column.isInteger()) return static_cast<std::int64_t>(column.getInt64());
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

void bind(SQLite::Statement& statement, int at, const Stored& value) {
  std::visit(
      [&](const auto& one) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(one)>, std::monostate>) {
          statement.bind(at);
        } else {
          statement.bind(at, one);
        }
      },
      value);
}

// A table's columns, and which of them hold ids of which tables.
struct Columns {
  Columns(SQLite::Database& db, const std::string& table) {
    SQLite::Statement info(db, "SELECT name FROM pragma_table_info(?) ORDER BY cid");
    info.bind(1, table);
    while (info.executeStep()) names.push_back(info.getColumn(0).getString());
    SQLite::Statement keys(db,
                           "SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?) WHERE "
                           "ifnull(\"to\", 'id') = 'id'");
    keys.bind(1, table);
    while (keys.executeStep())
      refers[at(keys.getColumn(0).getString())] = keys.getColumn(1).getString();
  }

  [[nodiscard]] std::size_t at(const std::string& name) const {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  }
  [[nodiscard]] std::string list() const {
    return fmt::format("\"{}\"", fmt::join(names, "\", \""));
  }
  [[nodiscard]] std::string marks() const {
    std::string text = "?";
    for (std::size_t at = 1; at < names.size(); ++at) text += ", ?";
    return text;
  }

  std::vector<std::string> names;
  std::map<std::size_t, std::string> refers;
};

class Insert {
 public:
  Insert(SQLite::Database& db, const std::string& table, const Columns& columns)
      : statement_(db, fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", table, columns.list(),
                                   columns.marks())) {}

  void put(const Cells& cells) {
    for (std::size_t at = 0; at < cells.size(); ++at)
      bind(statement_, static_cast<int>(at) + 1, cells[at]);
    statement_.exec();
    statement_.reset();
  }

 private:
  SQLite::Statement statement_;
};

// One observation with its ids mapped.
struct Figures {
  std::int64_t period = 0, source = 0;
  std::string locator;
  Cells rest;  // from `value` on, in the order of kRest

  bool operator<(const Figures& other) const {
    return std::tie(period, source, locator) < std::tie(other.period, other.source, other.locator);
  }
};

constexpr const char* kRest =
    "value, high, comparator, status, printed, printed_unit, note, import_id";
constexpr std::size_t kRestCount = 8, kNoteAt = 6, kImportAt = 7;

class Copying {
 public:
  Copying(Database& from, Database& to, const CopyRules& rules)
      : from_(from.sqlite()), to_(to.sqlite()), target_(to), rules_(rules) {}

  void copy() {
    for (const TableRule& rule : table_rules()) {
      const bool is_left =
          std::string_view(rule.table) == "import" && rules_.history == History::leave;
      if (!is_left) copy_table(rule);
    }
    copy_observations();
    copy_queries();
    if (rules_.history == History::keep) copy_revisions();
    if (!rules_.selection.whole || redacts("source", "published")) summarize(target_, {});
  }

 private:
  [[nodiscard]] bool redacts(std::string_view table, std::string_view column) const {
    return std::any_of(rules_.redactions.begin(), rules_.redactions.end(),
                       [&](const auto& one) { return one.table == table && one.column == column; });
  }

  void copy_table(const TableRule& rule) {
    const std::string table = rule.table;
    const Columns columns(to_, table);
    std::vector<Cells> rows = read(table, columns);
    for (Cells& row : rows) {
      empty(table, columns, row);
      map(columns, row, table, Parents::others);
    }
    std::vector<std::size_t> key;
    for (const std::string& name : rule.key) key.push_back(columns.at(name));
    std::sort(rows.begin(), rows.end(), [&](const Cells& a, const Cells& b) {
      for (const std::size_t at : key) {
        if (a[at] != b[at]) return a[at] < b[at];
      }
      return false;
    });
    number(rule, columns, rows);
    Insert insert(to_, table, columns);
    for (Cells& row : rows) {
      map(columns, row, table, Parents::own);
      insert.put(row);
    }
  }

  std::vector<Cells> read(const std::string& table, const Columns& columns) {
    const auto chosen = rules_.selection.rows.find(table);
    const std::size_t id = columns.at("id");
    std::vector<Cells> rows;
    SQLite::Statement all(from_, fmt::format("SELECT {} FROM \"{}\"", columns.list(), table));
    while (all.executeStep()) {
      Cells row;
      for (int at = 0; at < all.getColumnCount(); ++at) row.push_back(stored_in(all.getColumn(at)));
      const bool stays = chosen == rules_.selection.rows.end() ||
                         chosen->second.contains(std::get<std::int64_t>(row[id]));
      if (stays) rows.push_back(std::move(row));
    }
    return rows;
  }

  void empty(const std::string& table, const Columns& columns, Cells& row) const {
    for (const Redaction& one : rules_.redactions) {
      if (one.table != table) continue;
      for (const std::string& name : one.emptied) row[columns.at(name)] = {};
      if (!one.comparator.empty()) row[columns.at(one.comparator)] = "=";
    }
    if (rules_.history == History::leave) {
      const std::size_t import = columns.at("import_id");
      if (import < row.size()) row[import] = {};
    }
    if (table == "import") {
      Stored& mapping = row[columns.at("mapping")];
      if (const auto* text = std::get_if<std::string>(&mapping)) {
        mapping = redacted_mapping(*text, rules_.redactions);
      }
    }
  }

  // Ids of other tables, or of the table itself, become the new ones. What a summary refers to may
  // have stayed behind.
  void map(const Columns& columns, Cells& row, const std::string& table, Parents which) const {
    for (const auto& [at, parent] : columns.refers) {
      if ((parent == table) != (which == Parents::own)) continue;
      const auto* id = std::get_if<std::int64_t>(&row[at]);
      if (id == nullptr) continue;
      const std::optional<std::int64_t> now = new_id(parent, *id);
      row[at] = now ? Stored(*now) : Stored();
    }
  }

  [[nodiscard]] std::optional<std::int64_t> new_id(const std::string& table,
                                                   std::int64_t id) const {
    const auto ids = ids_.find(table);
    if (ids == ids_.end()) return std::nullopt;
    const auto found = ids->second.find(id);
    return found == ids->second.end() ? std::nullopt : std::optional(found->second);
  }

  void number(const TableRule& rule, const Columns& columns, std::vector<Cells>& rows) {
    if (rule.numbering == Numbering::none) return;
    NewIds& ids = ids_[rule.table];
    const std::size_t at = columns.at("id");
    std::int64_t next = 0;
    for (Cells& row : rows) {
      const auto before = std::get<std::int64_t>(row[at]);
      ++next;
      if (rule.numbering == Numbering::anew) row[at] = next;
      ids.emplace(before, std::get<std::int64_t>(row[at]));
    }
  }

  void copy_observations() {
    SQLite::Statement rows(from_, fmt::format("SELECT period_id, source_id, locator, {} FROM "
                                              "observation WHERE series_id = ?",
                                              kRest));
    SQLite::Statement put(to_,
                          fmt::format("INSERT INTO observation (series_id, period_id, source_id, "
                                      "locator, {}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                      kRest));
    std::map<std::int64_t, std::int64_t> series;  // the old id by the new one
    for (const auto& [before, now] : ids_["series"]) series.emplace(now, before);
    std::vector<Figures> figures;
    for (const auto& [now, before] : series) {
      read_series(rows, before, figures);
      std::sort(figures.begin(), figures.end());
      for (const Figures& one : figures) {
        put.bind(1, now);
        put.bind(2, one.period);
        put.bind(3, one.source);
        put.bindNoCopy(4, one.locator);
        for (std::size_t at = 0; at < kRestCount; ++at)
          bind(put, static_cast<int>(at) + 5, one.rest[at]);
        put.exec();
        put.reset();
      }
    }
  }

  void read_series(SQLite::Statement& rows, std::int64_t id, std::vector<Figures>& into) {
    into.clear();
    rows.reset();
    rows.bind(1, id);
    const auto& sources = rules_.selection.sources;
    const bool without_note = redacts("observation", "note");
    while (rows.executeStep()) {
      const std::int64_t source = rows.getColumn(1).getInt64();
      if (sources && !sources->contains(source)) continue;
      Figures& one = into.emplace_back();
      // A reference that leads nowhere stays so, for verify to tell.
      one.period = new_id("period", rows.getColumn(0).getInt64()).value_or(0);
      one.source = new_id("source", source).value_or(0);
      one.locator = rows.getColumn(2).getString();
      one.rest.reserve(kRestCount);
      for (std::size_t at = 0; at < kRestCount; ++at) {
        one.rest.push_back(stored_in(rows.getColumn(static_cast<int>(at) + 3)));
      }
      if (without_note) one.rest[kNoteAt] = {};
      if (rules_.history == History::leave) one.rest[kImportAt] = {};
    }
  }

  void copy_queries() {
    const Columns columns(to_, "query");
    Insert insert(to_, "query", columns);
    SQLite::Statement own(
        from_,
        fmt::format("SELECT {} FROM query WHERE origin = 'user' ORDER BY name", columns.list()));
    while (own.executeStep()) {
      insert.put(
          {stored_in(own.getColumn(0)), stored_in(own.getColumn(1)), stored_in(own.getColumn(2))});
    }
  }

  void copy_revisions() {
    const Columns columns(to_, "revision");
    Insert insert(to_, "revision", columns);
    const std::size_t id = columns.at("id"), import = columns.at("import_id"),
                      table = columns.at("table_name"), former = columns.at("former"),
                      key = columns.at("key");
    SQLite::Statement all(from_,
                          fmt::format("SELECT {} FROM revision ORDER BY id", columns.list()));
    std::int64_t next = 0;
    while (all.executeStep()) {
      Cells row;
      for (int at = 0; at < all.getColumnCount(); ++at) row.push_back(stored_in(all.getColumn(at)));
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
      Keys reading(*keys_);
      read_content(target_, &reading, nullptr);
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
    if (ids_["import"].contains(id)) return;
    const Columns columns(to_, "import");
    SQLite::Statement found(from_,
                            fmt::format("SELECT {} FROM import WHERE id = ?", columns.list()));
    found.bind(1, id);
    if (!found.executeStep()) return;
    Cells row;
    for (int at = 0; at < found.getColumnCount(); ++at)
      row.push_back(stored_in(found.getColumn(at)));
    empty("import", columns, row);
    Insert(to_, "import", columns).put(row);
    ids_["import"].emplace(id, id);
  }

  using KeySet = std::set<std::pair<std::string, std::string>>;

  // Gathers the natural keys of the copy.
  class Keys : public ContentReader {
   public:
    explicit Keys(KeySet& keys) : keys_(keys) {}
    void row(std::string_view table, const std::string& key, const Hash128&) override {
      keys_.emplace(table, key);
    }
    void series(std::int64_t, const std::string&, const RowSum&,
                std::span<const SeriesMark>) override {}

   private:
    KeySet& keys_;
  };

  SQLite::Database &from_, &to_;
  Database& target_;
  const CopyRules& rules_;
  std::map<std::string, NewIds, std::less<>> ids_;
  std::optional<KeySet> keys_;  // of the copy
};

}  // namespace

void copy_rows(Database& from, Database& to, const CopyRules& rules) {
  const Unchecked unchecked(to);
  to.guarded([&] { Copying(from, to, rules).copy(); });
}

}  // namespace planfile
