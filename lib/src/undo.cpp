// Takes an import back, from its revisions and from the number that its rows carry.
#include "planfile/file.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <SQLiteCpp/Savepoint.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "database.h"
#include "edit.h"
#include "former.h"
#include "references.h"
#include "row.h"
#include "store.h"

namespace planfile {
namespace {

// Calls `use` with the fact type of each table that takes imports, those that others refer to
// first.
template <class Use>
void each_fact(Use&& use) {
  const auto all = [&]<class... Fact>() { (use.template operator()<Fact>(), ...); };
  all.template operator()<Source, Scope, Unit, Entity, Indicator, Project, Alias, Formula, Plan,
                          Observation, Target, Milestone, Outlay>();
}

// A key of `revision` as one text for a message: its cells that are not empty.
std::string shown(const std::string& key) {
  std::string text;
  for (const auto& cell : nlohmann::ordered_json::parse(key, nullptr, false)) {
    if (!cell.is_string() || cell.get_ref<const std::string&>().empty()) continue;
    text += (text.empty() ? "" : ", ") + cell.get<std::string>();
  }
  return text;
}

// That a row has the natural key that ?1 holds.
template <class Fact>
std::string key_condition() {
  std::string where;
  each_column<Fact>([&](const auto& column) {
    if (!in_key(column)) return;
    const auto cell = fmt::format("?1 ->> '{}'", column.name);
    where += fmt::format(" AND \"{}\" = {}", column.stored,
                         column.refers.empty() ? cell
                                               : fmt::format("(SELECT id FROM {} WHERE code = {})",
                                                             column.refers, cell));
  });
  return where;
}

// Why an import can't be taken back by itself, and the later import to which that is due, unless
// someone changed the file by hand.
struct Blocked {
  std::string why;
  std::optional<std::int64_t> by;
};

class Undoing {
 public:
  Undoing(Database& database, const Catalogue& known, std::int64_t number, std::string file)
      : database_(database), db_(database.sqlite()), known_(known), store_(database) {
    undone_.import = number;
    undone_.file = std::move(file);
  }

  std::variant<Undone, Blocked> run() {
    if (auto blocked = later_change()) return std::move(*blocked);
    note_its_places();
    each_fact([&]<class Fact>() {
      restore<Fact>();
      doom<Fact>();
    });
    remove_rows();
    remove_series();
    store_.summarize();
    if (auto blocked = later_reference()) return std::move(*blocked);
    remove_names();
    remove_periods();
    forget();
    return undone_;
  }

 private:
  [[nodiscard]] std::string refusal(std::string_view why) const;
  [[nodiscard]] std::optional<Blocked> later_change() const;
  [[nodiscard]] std::optional<Blocked> later_change_where(std::string_view later) const;
  void note_its_places();
  template <class Fact>
  void restore();
  template <class Fact>
  void doom();
  std::size_t remove_its_rows(std::string_view table);
  void remove_rows();
  void remove_series();
  [[nodiscard]] std::optional<Blocked> later_reference() const;
  void remove_names();
  void remove_periods();
  void forget();

  // A statement over the import: its number is ?1.
  SQLite::Statement over_import(const std::string& sql) const {
    SQLite::Statement statement(db_, sql);
    statement.bind(1, undone_.import);
    return statement;
  }
  // Deletes the rows that `where` names, whose ?1 is a list of ids; returns their number.
  std::size_t remove(std::string_view table, const RowIds& ids, std::string_view where);

  Database& database_;
  SQLite::Database& db_;
  const Catalogue& known_;
  Store store_;
  RowIds series_, periods_;                            // of its rows
  std::map<std::string, RowIds, std::less<>> doomed_;  // names that go with it, by table
  Undone undone_;
};

std::string Undoing::refusal(std::string_view why) const {
  return fmt::format("{}: import {} ({}) can't be taken back: {}", database_.name(), undone_.import,
                     undone_.file, why);
}

// A later change that took a row from where this import left it: one that carries its number, or
// one of whose change or coming it kept a revision.
std::optional<Blocked> Undoing::later_change() const {
  auto blocked = later_change_where(
      "later.former IS NOT NULL AND iif(json_valid(later.former), later.former ->> 'import', '') = "
      "CAST(?1 AS TEXT) AND (later.import_id > ?1 OR later.import_id IS NULL)");
  if (blocked) return blocked;
  return later_change_where(
      "later.id IN (SELECT next.id FROM revision AS mine JOIN revision AS next "
      "ON next.table_name = mine.table_name AND next.key = mine.key AND next.id > mine.id "
      "WHERE mine.import_id = ?1 AND next.import_id IS NOT ?1)");
}

std::optional<Blocked> Undoing::later_change_where(std::string_view later) const {
  SQLite::Statement found = over_import(
      fmt::format("SELECT count(*), min(later.id), later.import_id, later.table_name, later.key "
                  "FROM revision AS later WHERE {}",
                  later));
  found.executeStep();
  const int count = found.getColumn(0).getInt();
  if (count == 0) return std::nullopt;
  Blocked blocked;
  if (!found.getColumn(2).isNull()) blocked.by = found.getColumn(2).getInt64();
  const auto by =
      blocked.by ? fmt::format("import {}", *blocked.by) : std::string("a change by hand");
  blocked.why = refusal(fmt::format("{} changed {} that it brought or changed: {} {}{}", by,
                                    count == 1 ? "a row" : "rows", found.getColumn(3).getString(),
                                    shown(found.getColumn(4).getString()),
                                    count == 1 ? "" : fmt::format(" and {} more", count - 1)));
  return blocked;
}

// Which series and periods may be left without a row.
void Undoing::note_its_places() {
  SQLite::Statement places = over_import(
      "SELECT series_id, period_id, NULL FROM observation WHERE import_id = ?1 "
      "UNION ALL SELECT series_id, period_id, base_period_id FROM target WHERE import_id = ?1 "
      "UNION ALL SELECT NULL, planned_id, actual_id FROM milestone WHERE import_id = ?1 "
      "UNION ALL SELECT NULL, period_id, NULL FROM outlay WHERE import_id = ?1 "
      "UNION ALL SELECT NULL, period_id, NULL FROM plan");
  const auto note = [&](int column, RowIds& ids) {
    const SQLite::Column id = places.getColumn(column);
    if (!id.isNull()) ids.insert(id.getInt64());
  };
  while (places.executeStep()) {
    note(0, series_);
    note(1, periods_);
    note(2, periods_);
  }
}

// Gives the rows of a table that the import changed their former state, the first last: a row that
// it changed twice ends where it began.
template <class Fact>
void Undoing::restore() {
  constexpr std::size_t kBatch = 10000;
  SQLite::Statement states = over_import(
      "SELECT former, key FROM revision WHERE import_id = ?1 AND table_name = ?2 "
      "AND former IS NOT NULL ORDER BY id DESC");
  states.bind(2, std::string(table_of<Fact>));
  std::vector<Fact> facts;
  const auto put = [&] {
    undone_.restored += store_.restore(std::span<const Fact>(facts));
    facts.clear();
  };
  while (states.executeStep()) {
    auto fact = fact_of<Fact>(states.getColumn(0).getString(), known_);
    if (!fact) {
      throw Error(Errc::refused, refusal(fmt::format(
                                     "the former state of {} {} no longer fits: {}", table_of<Fact>,
                                     shown(states.getColumn(1).getString()), fact.reason)));
    }
    facts.push_back(std::move(*fact.value));
    if (facts.size() == kBatch) put();
  }
  put();
}

// Finds the rows of a table without import numbers that the import brought.
template <class Fact>
void Undoing::doom() {
  if constexpr (!kCarriesImport<Fact>) {
    SQLite::Statement keys = over_import(
        "SELECT key FROM revision WHERE import_id = ?1 AND table_name = ?2 AND former IS NULL");
    keys.bind(2, std::string(table_of<Fact>));
    SQLite::Statement row(db_, fmt::format("SELECT id FROM \"{}\" WHERE json_valid(?1){}",
                                           table_of<Fact>, key_condition<Fact>()));
    while (keys.executeStep()) {
      row.bind(1, keys.getColumn(0).getString());
      if (row.executeStep()) {
        doomed_[std::string(table_of<Fact>)].insert(row.getColumn(0).getInt64());
      }
      row.reset();
    }
  }
}

std::size_t Undoing::remove(std::string_view table, const RowIds& ids, std::string_view where) {
  SQLite::Statement statement(db_, fmt::format("DELETE FROM \"{}\" WHERE {}", table, where));
  statement.bind(1, as_list(ids));
  return static_cast<std::size_t>(statement.exec());
}

// Rows of a table to which none refers.
std::size_t Undoing::remove_its_rows(std::string_view table) {
  const Unchecked unchecked(database_);
  const bool has_others =
      over_import(fmt::format("SELECT 1 FROM \"{}\" WHERE import_id IS NOT ?1 LIMIT 1", table))
          .executeStep();
  // Without a condition SQLite empties a table at once.
  const int count =
      has_others ? over_import(fmt::format("DELETE FROM \"{}\" WHERE import_id = ?1", table)).exec()
                 : db_.exec(fmt::format("DELETE FROM \"{}\"", table));
  return static_cast<std::size_t>(count);
}

// Rows that carry its number. Projects, to which others may refer, wait with the names.
void Undoing::remove_rows() {
  for (const std::string_view table : {"observation", "target", "milestone", "outlay"}) {
    undone_.removed += remove_its_rows(table);
  }
  SQLite::Statement projects = over_import("SELECT id FROM project WHERE import_id = ?1");
  while (projects.executeStep()) doomed_["project"].insert(projects.getColumn(0).getInt64());
}

// Series that are left without a row; what the others say is summed up anew.
void Undoing::remove_series() {
  remove("series", series_,
         "id IN (SELECT value FROM json_each(?1)) "
         "AND NOT EXISTS (SELECT 1 FROM observation AS o WHERE o.series_id = series.id) "
         "AND NOT EXISTS (SELECT 1 FROM target AS t WHERE t.series_id = series.id)");
  SQLite::Statement left(db_,
                         "SELECT id FROM series WHERE id IN (SELECT value FROM json_each(?1))");
  left.bind(1, as_list(series_));
  while (left.executeStep()) store_.touched().series.insert(left.getColumn(0).getInt64());
}

// A row that stays and refers to a name that goes.
std::optional<Blocked> Undoing::later_reference() const {
  const auto doomed = [&](const std::string& table) {
    const auto found = doomed_.find(table);
    return found == doomed_.end() ? RowIds() : found->second;
  };
  for (const Reference& reference : references(db_)) {
    const RowIds ids = doomed(reference.parent);
    if (ids.empty()) continue;
    const auto found = find_referred(db_, reference, ids, doomed(reference.child));
    if (!found) continue;
    return Blocked{refusal(fmt::format("later rows refer to what it brought: {} \"{}\" is in {}",
                                       reference.parent, found->code, found->rows)),
                   importer_of(db_, reference, found->code)};
  }
  return std::nullopt;
}

// Nothing refers to them any more, which SQLite would read whole tables to see.
void Undoing::remove_names() {
  const Unchecked unchecked(database_);
  for (const auto& [table, ids] : doomed_) {
    undone_.removed += remove(table, ids, "id IN (SELECT value FROM json_each(?1))");
  }
}

void Undoing::remove_periods() {
  for (const Reference& reference : references(db_)) {
    if (reference.parent != "period" || periods_.empty()) continue;
    for (const std::int64_t id : held(db_, reference, periods_)) periods_.erase(id);
  }
  const Unchecked unchecked(database_);
  remove("period", periods_, "id IN (SELECT value FROM json_each(?1))");
}

void Undoing::forget() {
  const Unchecked unchecked(database_);
  over_import("DELETE FROM revision WHERE import_id = ?1").exec();
  over_import("DELETE FROM import WHERE id = ?1").exec();
}

// The file that the import read; Errc::usage when there is no such import.
std::pair<std::int64_t, std::string> find_import(Database& database,
                                                 std::optional<std::int64_t> number) {
  SQLite::Statement newest(database.sqlite(),
                           "SELECT id, file FROM import ORDER BY id DESC LIMIT 1");
  if (!newest.executeStep()) {
    throw Error(Errc::usage, fmt::format("{}: no import to take back", database.name()));
  }
  if (!number) return {newest.getColumn(0).getInt64(), newest.getColumn(1).getString()};
  SQLite::Statement named(database.sqlite(), "SELECT id, file FROM import WHERE id = ?");
  named.bind(1, *number);
  if (!named.executeStep()) {
    throw Error(Errc::usage, fmt::format("{}: no import {}; the newest is {}", database.name(),
                                         *number, newest.getColumn(0).getInt64()));
  }
  return {*number, named.getColumn(1).getString()};
}

// Takes one import back, or finds out what stands against it and leaves all as it is.
std::variant<Undone, Blocked> try_to_undo(const File& file, std::int64_t number,
                                          const std::string& name) {
  Database& database = FileAccess::database(file);
  SQLite::Savepoint attempt(database.sqlite(), "undo");
  const Catalogue known = file.catalogue();
  auto result = Undoing(database, known, number, name).run();
  if (std::holds_alternative<Undone>(result)) attempt.release();
  return result;
}

// Takes an import back after those later ones that stand against it.
void undo_in_turn(const File& file, std::int64_t number, std::vector<Undone>& done) {
  const std::string name = find_import(FileAccess::database(file), number).second;
  for (;;) {
    auto result = try_to_undo(file, number, name);
    if (auto* undone = std::get_if<Undone>(&result)) {
      done.push_back(std::move(*undone));
      return;
    }
    const Blocked& blocked = std::get<Blocked>(result);
    if (blocked.by.value_or(0) <= number) throw Error(Errc::refused, blocked.why);
    undo_in_turn(file, *blocked.by, done);
  }
}

}  // namespace

Undone undo(File& file, std::optional<std::int64_t> import) {
  Database& database = FileAccess::database(file);
  return database.guarded([&] {
    SQLite::Transaction all(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
    const auto [number, name] = find_import(database, import);
    auto result = try_to_undo(file, number, name);
    if (const auto* blocked = std::get_if<Blocked>(&result)) {
      throw Error(Errc::refused, blocked->why);
    }
    all.commit();
    return std::move(std::get<Undone>(result));
  });
}

std::vector<Undone> undo_with_later(File& file, std::optional<std::int64_t> import,
                                    Cascade cascade) {
  Database& database = FileAccess::database(file);
  return database.guarded([&] {
    SQLite::Transaction all(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
    std::vector<Undone> done;
    undo_in_turn(file, find_import(database, import).first, done);
    if (cascade == Cascade::take_back) all.commit();
    return done;
  });
}

}  // namespace planfile
