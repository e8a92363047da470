#include "ship_selection.h"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "names.h"
#include "planfile/nearest.h"

namespace planfile {
namespace {

// What facts must fit: ids by letter, of plans, entities, indicators and sources.
using Wanted = std::map<char, RowIds>;

constexpr std::pair<std::string_view, char> kKinds[] = {
    {"plan", 'p'}, {"entity", 'e'}, {"indicator", 'i'}, {"source", 's'}};

std::int64_t id_of(SQLite::Database& db, const std::string& table, const std::string& name) {
  SQLite::Statement named(db, fmt::format("SELECT name, code FROM ({}) WHERE kind = ? AND name IS "
                                          "NOT NULL ORDER BY name",
                                          kNames));
  named.bind(1, table);
  std::set<std::string> codes;
  std::vector<std::string> known;
  while (named.executeStep()) {
    known.push_back(named.getColumn(0).getString());
    if (known.back() == name) codes.insert(named.getColumn(1).getString());
  }
  if (codes.contains(name)) codes = {name};  // a code stands for itself
  if (codes.size() != 1) {
    const std::vector<std::string_view> candidates(known.begin(), known.end());
    throw Error(Errc::usage, codes.empty()
                                 ? fmt::format("--only: unknown {}: \"{}\"{}", table, name,
                                               did_you_mean(name, candidates))
                                 : fmt::format("--only: \"{}\" names more than one {}: {}", name,
                                               table, fmt::join(codes, ", ")));
  }
  SQLite::Statement id(db, fmt::format("SELECT id FROM \"{}\" WHERE code = ?", table));
  id.bind(1, *codes.begin());
  id.executeStep();
  return id.getColumn(0).getInt64();
}

Wanted wanted_of(SQLite::Database& db, const std::vector<std::string>& only) {
  Wanted wanted;
  for (const std::string& one : only) {
    const std::size_t sign = one.find('=');
    const std::string kind = one.substr(0, sign);
    char letter = 0;
    for (const auto& [name, its] : kKinds) {
      if (name == kind) letter = its;
    }
    if (sign == std::string::npos || letter == 0) {
      throw Error(
          Errc::usage,
          fmt::format("--only: not plan=, entity=, indicator= or source= and a code: \"{}\"", one));
    }
    wanted[letter].insert(id_of(db, kind, one.substr(sign + 1)));
  }
  return wanted;
}

// Where a column must hold one of the ids wanted, if any are: `:e` is a list or NULL.
std::string fits(char letter, std::string_view column) {
  return fmt::format("(:{0} IS NULL OR {1} IN (SELECT value FROM json_each(:{0})))", letter,
                     column);
}

class Selecting {
 public:
  Selecting(SQLite::Database& db, Wanted wanted) : db_(db), wanted_(std::move(wanted)) {}

  Selection select() {
    choose_facts();
    choose_definitions();
    found_.whole = false;
    if (wanted_.contains('s')) found_.sources = wanted_['s'];
    return std::move(found_);
  }

 private:
  // Adds the ids that the statement gives to those of the table; whether there were new ones. Lists
  // are bound by name: those wanted, and `:ids`.
  bool add(const std::string& table, const std::string& statement, const RowIds& ids = {}) {
    SQLite::Statement rows(db_, statement);
    const auto bind = [&](const std::string& name, const RowIds* list) {
      const int at = rows.getIndex(name.c_str());
      if (at == 0) return;
      if (list == nullptr) {
        rows.bind(at);
      } else {
        rows.bind(at, as_list(*list));
      }
    };
    for (const auto& [name, letter] : kKinds) {
      const auto list = wanted_.find(letter);
      bind(fmt::format(":{}", letter), list == wanted_.end() ? nullptr : &list->second);
    }
    bind(":ids", &ids);
    RowIds& into = found_.rows[table];
    const std::size_t before = into.size();
    while (rows.executeStep()) {
      if (!rows.getColumn(0).isNull()) into.insert(rows.getColumn(0).getInt64());
    }
    return into.size() > before;
  }

  // Adds what a column of the table's chosen rows holds.
  bool add_held(const std::string& to, std::string_view table, std::string_view column) {
    return add(to,
               fmt::format("SELECT DISTINCT t.{0} FROM json_each(:ids) AS j JOIN \"{1}\" AS t ON "
                           "t.id = j.value",
                           column, table),
               found_.rows[std::string(table)]);
  }

  void choose_facts() {
    add("target", "SELECT t.id FROM target AS t JOIN series AS s ON s.id = t.series_id WHERE " +
                      fits('p', "t.plan_id") + " AND " + fits('e', "s.entity_id") + " AND " +
                      fits('i', "s.indicator_id") + " AND " + fits('s', "t.source_id"));
    add("series",
        "SELECT s.id FROM series AS s WHERE " + fits('e', "s.entity_id") + " AND " +
            fits('i', "s.indicator_id") +
            " AND (:p IS NULL OR s.id IN (SELECT t.series_id FROM target AS t WHERE t.plan_id IN "
            "(SELECT value FROM json_each(:p)))) AND EXISTS (SELECT 1 FROM observation AS o WHERE "
            "o.series_id = s.id AND " +
            fits('s', "o.source_id") + ")");
    add_held("series", "target", "series_id");
    const std::string no_series = " AND :p IS NULL AND :i IS NULL";
    for (const char* table : {"milestone", "outlay"}) {
      add(table, fmt::format("SELECT t.id FROM {} AS t JOIN project AS j ON j.id = t.project_id "
                             "WHERE {} AND {}{}",
                             table, fits('e', "j.entity_id"), fits('s', "t.source_id"), no_series));
      add_held("project", table, "project_id");
    }
    add("project", "SELECT j.id FROM project AS j WHERE " + fits('e', "j.entity_id") + " AND " +
                       fits('s', "j.source_id") + no_series);
    while (add_held("project", "project", "parent_id")) continue;
    add("plan", "SELECT id FROM plan WHERE :p IS NOT NULL AND " + fits('p', "id"));
    add("plan", "SELECT n.id FROM plan AS n WHERE " + fits('e', "n.entity_id") + " AND " +
                    fits('s', "n.source_id") + no_series);
    add_held("plan", "target", "plan_id");
    while (add_held("plan", "plan", "parent_id")) continue;
  }

  void choose_definitions() {
    const auto of_observations = [&](const std::string& to, std::string_view column) {
      add(to,
          fmt::format("SELECT DISTINCT {} FROM json_each(:ids) AS j JOIN observation AS o ON "
                      "o.series_id = j.value WHERE {}",
                      column, fits('s', "o.source_id")),
          found_.rows["series"]);
    };
    of_observations("period", "o.period_id");
    of_observations("source", "o.source_id");
    of_observations("import", "o.import_id");
    of_observations("unit", "(SELECT id FROM unit WHERE code = o.printed_unit)");
    constexpr const char* kHeld[][3] = {
        {"period", "target", "period_id"},       {"period", "target", "base_period_id"},
        {"period", "plan", "period_id"},         {"period", "milestone", "planned_id"},
        {"period", "milestone", "actual_id"},    {"period", "outlay", "period_id"},
        {"source", "target", "source_id"},       {"source", "plan", "source_id"},
        {"source", "project", "source_id"},      {"source", "milestone", "source_id"},
        {"source", "outlay", "source_id"},       {"import", "target", "import_id"},
        {"import", "project", "import_id"},      {"import", "milestone", "import_id"},
        {"import", "outlay", "import_id"},       {"scope", "series", "scope_id"},
        {"indicator", "series", "indicator_id"}, {"entity", "series", "entity_id"},
        {"entity", "series", "among_id"},        {"entity", "plan", "entity_id"},
        {"entity", "project", "entity_id"}};
    for (const auto& [to, table, column] : kHeld) add_held(to, table, column);
    add("source", "SELECT value FROM json_each(:s)");
    add("entity", "SELECT value FROM json_each(:e)");
    add("indicator", "SELECT value FROM json_each(:i)");
    add("scope", "SELECT id FROM scope WHERE code = ''");
    for (bool has_grown = true; has_grown;) {
      has_grown =
          add_held("entity", "entity", "parent_id") || add_held("entity", "entity", "successor_id");
    }
    for (bool has_grown = true; has_grown;) {
      has_grown = add("indicator",
                      "SELECT operand_id FROM formula WHERE indicator_id IN "
                      "(SELECT value FROM json_each(:ids))",
                      found_.rows["indicator"]);
    }
    choose_units();
    add("formula",
        "SELECT id FROM formula WHERE indicator_id IN (SELECT value FROM json_each(:ids))",
        found_.rows["indicator"]);
    for (const char* kind : {"indicator", "entity", "unit", "project"}) {
      add("alias",
          fmt::format("SELECT id FROM alias WHERE {}_id IN (SELECT value FROM json_each(:ids))",
                      kind),
          found_.rows[kind]);
    }
  }

  // Those of the figures, and those of every new file, without which the copy could take no others.
  void choose_units() {
    add_held("unit", "series", "unit_id");
    add_held("unit", "indicator", "unit_id");
    add_held("unit", "project", "unit_id");
    add_held("unit", "outlay", "unit_id");
    add("unit",
        "SELECT DISTINCT u.id FROM json_each(:ids) AS j JOIN target AS t ON t.id = j.value "
        "JOIN unit AS u ON u.code = t.printed_unit",
        found_.rows["target"]);
  }

  SQLite::Database& db_;
  Wanted wanted_;
  Selection found_;
};

// The ids of one column of a table.
void add_all(SQLite::Database& db, RowIds& into, const char* column, const char* table) {
  SQLite::Statement rows(
      db, fmt::format("SELECT DISTINCT {0} FROM \"{1}\" WHERE {0} IS NOT NULL", column, table));
  while (rows.executeStep()) into.insert(rows.getColumn(0).getInt64());
}

}  // namespace

Selection select_rows(Database& database, const std::vector<std::string>& only) {
  return database.guarded([&] {
    SQLite::Database& db = database.sqlite();
    Wanted wanted = wanted_of(db, only);
    if (!wanted.empty()) return Selecting(db, std::move(wanted)).select();
    Selection all;
    add_all(db, all.rows["series"], "series_id", "target");
    add_all(db, all.rows["series"], "series_id", "observation");
    constexpr const char* kSpans[][2] = {{"period_id", "observation"}, {"period_id", "target"},
                                         {"base_period_id", "target"}, {"period_id", "plan"},
                                         {"planned_id", "milestone"},  {"actual_id", "milestone"},
                                         {"period_id", "outlay"}};
    for (const auto& [column, table] : kSpans) add_all(db, all.rows["period"], column, table);
    return all;
  });
}

}  // namespace planfile
