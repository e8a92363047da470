#include "store.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cells.h"
#include "row.h"

namespace planfile {
namespace {

void bind(SQLite::Statement& statement, int at, const Stored& value) {
  struct Binder {
    SQLite::Statement& to;
    int index;
    void operator()(std::monostate) const { to.bind(index); }
    void operator()(std::int64_t number) const { to.bind(index, number); }
    void operator()(double number) const { to.bind(index, number); }
    void operator()(const std::string& text) const { to.bind(index, text); }
  };
  std::visit(Binder{statement, at}, value);
}

Stored stored_at(SQLite::Statement& row, int at) {
  const SQLite::Column column = row.getColumn(at);
  if (column.isNull()) return {};
  if (column.isInteger()) return column.getInt64();
  if (column.isFloat()) return column.getDouble();
  return column.getString();
}

// A table's statements. Names come from layout.h alone, values are always bound.
template <class Fact>
struct Statements {
  Statements(SQLite::Database& db, const std::vector<Item>& items)
      : insert(db, insert_text(items)),
        find(db, find_text(items)),
        update(db, update_text(items)) {}

  static std::string insert_text(const std::vector<Item>& items) {
    std::string names, marks;
    for (const Item& item : items) {
      names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", item.column);
      marks += marks.empty() ? "?" : ", ?";
    }
    const std::string_view origin = std::is_same_v<Fact, SavedQuery> ? ", origin" : "";
    const std::string_view user = origin.empty() ? "" : ", 'user'";
    return fmt::format("INSERT INTO \"{}\" ({}{}) VALUES ({}{})", table_of<Fact>, names, origin,
                       marks, user);
  }
  static std::string find_text(const std::vector<Item>& items) {
    std::string names;
    for (const Item& item : items) {
      if (!item.key) names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", item.column);
    }
    return fmt::format("SELECT {} FROM \"{}\" WHERE {}", names.empty() ? "1" : names,
                       table_of<Fact>, where_text(items));
  }
  static std::string update_text(const std::vector<Item>& items) {
    std::string sets;
    for (const Item& item : items) {
      if (!item.key) sets += fmt::format("{}\"{}\" = ?", sets.empty() ? "" : ", ", item.column);
    }
    return fmt::format("UPDATE \"{}\" SET {} WHERE {}", table_of<Fact>, sets, where_text(items));
  }
  static std::string where_text(const std::vector<Item>& items) {
    std::string text;
    for (const Item& item : items) {
      if (item.key) text += fmt::format("{}\"{}\" = ?", text.empty() ? "" : " AND ", item.column);
    }
    return text;
  }

  SQLite::Statement insert, find, update;
};
// A row's cells by column name: all of them, or those of its natural key.
template <class Fact>
nlohmann::ordered_json as_json(const Fact& fact, Presence only) {
  nlohmann::ordered_json cells = nlohmann::ordered_json::object();
  each_column<Fact>([&](const auto& column) {
    if (only == kKey && !in_key(column)) return;
    cells[std::string(column.name)] = cell_text(fact.*column.member);
  });
  return cells;
}

// Keeps a row's state before it changes.
template <class Fact>
void keep_former(SQLite::Database& db, const std::vector<Item>& items, std::int64_t import) {
  SQLite::Statement select(db, select_text<Fact>(Statements<Fact>::where_text(items)));
  int at = 1;
  for (const Item& item : items) {
    if (item.key) bind(select, at++, item.value);
  }
  if (!select.executeStep()) return;
  const Fact former = FactOf<Fact>(select).fact();
  SQLite::Statement put(db,
                        "INSERT INTO revision (import_id, table_name, key, former) "
                        "VALUES (?, ?, ?, ?)");
  put.bind(1, import);
  put.bind(2, std::string(table_of<Fact>));
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  put.bind(3, as_json(former, kKey).dump(-1, ' ', false, kReplace));
  put.bind(4, as_json(former, Presence::optional).dump(-1, ' ', false, kReplace));
  put.exec();
}

bool is_import(const Item& item) { return item.column == "import_id"; }

// Whether a CSV with these columns says anything of the item. What goes with a figure goes with
// its column: the unit, the period.
bool is_said(const Item& item, std::span<const std::string> columns) {
  const auto has = [&](std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  };
  if (columns.empty() || is_import(item) || has(item.cell)) return true;
  if (item.cell == "base_period") return has("base_value");
  return item.cell == "unit" && (has("value") || has("investment"));
}

// Whether the found row differs from `items` in more than the import that brought it. Items of
// which nothing is said take the value they have.
bool differs(SQLite::Statement& found, std::vector<Item>& items,
             std::span<const std::string> columns) {
  int at = 0;
  bool different = false;
  for (Item& item : items) {
    if (item.key) continue;
    Stored before = stored_at(found, at++);
    if (!is_said(item, columns))
      item.value = std::move(before);
    else if (before != item.value && !is_import(item))
      different = true;
  }
  return different;
}

// Refuses a chain of references within the table that comes back to where it began.
template <class Fact>
void refuse_rings(SQLite::Database& db) {
  each_column<Fact>([&](const auto& column) {
    if (column.refers != table_of<Fact>) return;
    SQLite::Statement ring(
        db, fmt::format("WITH RECURSIVE up (id, at) AS ("
                        "SELECT id, {1} FROM \"{0}\" WHERE {1} IS NOT NULL UNION "
                        "SELECT up.id, t.{1} FROM up JOIN \"{0}\" AS t ON t.id = up.at "
                        "WHERE t.{1} IS NOT NULL) "
                        "SELECT t.code FROM up JOIN \"{0}\" AS t ON t.id = up.id "
                        "WHERE up.at = up.id ORDER BY t.id LIMIT 1",
                        table_of<Fact>, column.stored));
    if (!ring.executeStep()) return;
    throw Error(Errc::refused, fmt::format("{} \"{}\": its {} leads back to itself", table_of<Fact>,
                                           ring.getColumn(0).getString(), column.name));
  });
}

template <class Fact>
class Writer {
 public:
  Writer(Database& database, Ids& ids, std::span<const std::string> columns,
         std::optional<std::int64_t> import)
      : db_(database.sqlite()), ids_(ids), columns_(columns), import_(import) {}

  void put(const Fact& fact, Changes& changes) {
    std::vector<Item> items = RowOf<Fact>(fact, ids_).items();
    for (Item& item : items) {
      if (is_import(item) && import_) item.value = *import_;
    }
    if (!statements_) statements_.emplace(db_, items);
    int at = 1;
    for (const Item& item : items) {
      if (item.key) bind(statements_->find, at++, item.value);
    }
    const bool found = statements_->find.executeStep();
    const bool changed = found && differs(statements_->find, items, columns_);
    statements_->find.reset();
    if (!found) {
      insert(fact, items);
      ++changes.added;
    } else if (changed) {
      if (import_) keep_former<Fact>(db_, items, *import_);
      update(items);
      ++changes.changed;
    } else {
      ++changes.unchanged;
    }
  }

 private:
  void insert(const Fact& fact, const std::vector<Item>& items) {
    int at = 1;
    for (const Item& item : items) bind(statements_->insert, at++, item.value);
    statements_->insert.exec();
    statements_->insert.reset();
    if constexpr (requires { fact.code; } && !std::is_same_v<Fact, Alias>) {
      ids_.add(table_of<Fact>, fact.code, db_.getLastInsertRowid());
    }
  }

  void update(const std::vector<Item>& items) {
    int at = 1;
    for (const Item& item : items) {
      if (!item.key) bind(statements_->update, at++, item.value);
    }
    for (const Item& item : items) {
      if (item.key) bind(statements_->update, at++, item.value);
    }
    statements_->update.exec();
    statements_->update.reset();
  }

  SQLite::Database& db_;
  Ids& ids_;
  std::span<const std::string> columns_;
  std::optional<std::int64_t> import_;
  std::optional<Statements<Fact>> statements_;
};

// Periods and series get their ids in their own order, so that ids do not depend on the rows'.
template <class Fact>
void introduce(Ids& ids, std::span<const Fact> facts) {
  std::set<Period> periods;
  for (const Fact& fact : facts) {
    each_column<Fact>([&](const auto& column) {
      using Value = std::remove_cvref_t<decltype(fact.*column.member)>;
      if constexpr (std::is_same_v<Value, Period>) periods.insert(fact.*column.member);
      if constexpr (std::is_same_v<Value, std::optional<Period>>) {
        if (fact.*column.member) periods.insert(*(fact.*column.member));
      }
    });
  }
  for (const Period& period : periods) ids.of(period);
  if constexpr (kHasSeries<Fact>) {
    std::vector<const Fact*> sorted;
    for (const Fact& fact : facts) sorted.push_back(&fact);
    const auto key = [&](const Fact& fact) {
      return std::tuple(ids.of("indicator", fact.indicator), ids.of("entity", fact.entity),
                        std::string_view(fact.scope), std::string_view(fact.measure),
                        std::string_view(fact.among));
    };
    std::sort(sorted.begin(), sorted.end(),
              [&](const Fact* a, const Fact* b) { return key(*a) < key(*b); });
    for (const Fact* fact : sorted) ids.of_series(*fact);
  }
}

// Whether the row names a row of its own table that is not there yet.
template <class Fact>
bool waits(const Fact& fact, Ids& ids) {
  bool waiting = false;
  each_column<Fact>([&](const auto& column) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(fact.*column.member)>, std::string>) {
      const std::string& code = fact.*column.member;
      if (column.refers == table_of<Fact> && !code.empty() && !ids.find(column.refers, code)) {
        waiting = true;
      }
    }
  });
  return waiting;
}

}  // namespace

template <class Fact>
Changes put_rows(Database& database, Ids& ids, std::span<const Fact> facts,
                 std::span<const std::string> columns, std::optional<std::int64_t> import) {
  return database.guarded([&] {
    introduce(ids, facts);
    Changes changes;
    Writer<Fact> writer(database, ids, columns, import);
    std::vector<const Fact*> waiting;
    for (const Fact& fact : facts) {
      if (waits(fact, ids)) {
        waiting.push_back(&fact);
      } else {
        writer.put(fact, changes);
      }
    }
    // Each round puts the rows whose own reference has come; a ring of them never ends that way.
    for (std::size_t before = waiting.size() + 1; !waiting.empty() && waiting.size() < before;) {
      before = waiting.size();
      std::erase_if(waiting, [&](const Fact* fact) {
        if (waits(*fact, ids)) return false;
        writer.put(*fact, changes);
        return true;
      });
    }
    if (!waiting.empty()) {
      throw Error(Errc::refused,
                  fmt::format("{} \"{}\": what it refers to leads back to itself", table_of<Fact>,
                              cell_text(waiting.front()->*std::get<0>(columns_of<Fact>).member)));
    }
    if (changes.changed > 0) refuse_rings<Fact>(database.sqlite());
    return changes;
  });
}

template <class Fact>
std::vector<Fact> all_rows(Database& database) {
  return database.guarded([&] {
    const bool is_query = std::is_same_v<Fact, SavedQuery>;
    SQLite::Statement rows(database.sqlite(),
                           select_text<Fact>(is_query ? "t.origin = 'user'" : "TRUE"));
    std::vector<Fact> facts;
    while (rows.executeStep()) facts.push_back(FactOf<Fact>(rows).fact());
    return facts;
  });
}

#define PLANFILE_STORES(Fact)                                                                     \
  template Changes put_rows(Database&, Ids&, std::span<const Fact>, std::span<const std::string>, \
                            std::optional<std::int64_t>);                                         \
  template std::vector<Fact> all_rows(Database&);
PLANFILE_STORES(Source)
PLANFILE_STORES(Entity)
PLANFILE_STORES(Scope)
PLANFILE_STORES(Unit)
PLANFILE_STORES(Indicator)
PLANFILE_STORES(Alias)
PLANFILE_STORES(Formula)
PLANFILE_STORES(Plan)
PLANFILE_STORES(Observation)
PLANFILE_STORES(Target)
PLANFILE_STORES(Project)
PLANFILE_STORES(Milestone)
PLANFILE_STORES(Outlay)
PLANFILE_STORES(Import)
PLANFILE_STORES(Revision)
PLANFILE_STORES(SavedQuery)
#undef PLANFILE_STORES

}  // namespace planfile
