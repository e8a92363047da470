#include "store.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "cells.h"
#include "revise.h"
#include "row.h"
#include "summary.h"

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
  std::optional<SQLite::Statement> former;  // the whole row as a fact
};

// Whether the item keeps the value that the row has when nothing is said of it.
bool is_kept(const Item& item, const Stored& before) {
  if (item.column != "status") return true;
  const auto* was = std::get_if<std::string>(&before);
  const auto* is = std::get_if<std::string>(&item.value);
  return was == nullptr || is == nullptr || keeps_status(*was, *is);
}

// The columns in which the found row differs from `items`. Items of which nothing is said take the
// value they have.
std::vector<std::string_view> differences(SQLite::Statement& found, std::vector<Item>& items,
                                          std::span<const std::string> columns) {
  int at = 0;
  std::vector<std::string_view> different;
  for (Item& item : items) {
    if (item.key) continue;
    Stored before = stored_at(found, at++);
    if (!is_said(item, columns) && is_kept(item, before))
      item.value = std::move(before);
    else if (before != item.value)
      different.push_back(item.column);
  }
  return different;
}

enum class Mode { put, restore };

template <class Fact>
class Writer {
 public:
  Writer(SQLite::Database& db, Ids& ids, std::span<const std::string> columns,
         std::optional<std::int64_t> import, Touched& touched, Mode mode = Mode::put)
      : db_(db), ids_(ids), columns_(columns), import_(import), touched_(touched), mode_(mode) {
    if (import) revisions_.emplace(db_, *import);
  }

  void put(const Fact& fact, Changes& changes) {
    std::vector<Item> items = RowOf<Fact>(fact, ids_).items();
    for (Item& item : items) {
      if (is_import(item) && import_) item.value = *import_;
    }
    if (!statements_) statements_.emplace(db_, items);
    bind_key(statements_->find, items, 1);
    if (!statements_->find.executeStep()) {
      insert(fact, items);
      ++changes.added;
    } else if (const auto different = differences(statements_->find, items, columns_);
               counts(different)) {
      if (import_) keep_former(items);
      update(items);
      if (has(different, "published")) {
        touched_.sources.insert(ids_.of("source", std::get<std::string>(items.front().value)));
      }
      ++changes.changed;
    } else {
      ++changes.unchanged;
    }
    statements_->find.reset();
  }

  static void bind_key(SQLite::Statement& statement, const std::vector<Item>& items, int at) {
    for (const Item& item : items) {
      if (item.key) bind(statement, at++, item.value);
    }
  }

 private:
  static bool has(const std::vector<std::string_view>& columns, std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  }

  // A row that differs in nothing but the import that brought it stays as it is, unless it is to be
  // what it once was.
  bool counts(const std::vector<std::string_view>& different) const {
    const std::size_t least = mode_ == Mode::put && has(different, "import_id") ? 2 : 1;
    return different.size() >= least;
  }

  void keep_former(const std::vector<Item>& items) {
    auto& former = statements_->former;
    if (!former) {
      former.emplace(db_, select_text<Fact>(Statements<Fact>::where_text(items)));
    }
    bind_key(*former, items, 1);
    if (former->executeStep()) revisions_->changed(FactOf<Fact>(*former).fact());
    former->reset();
  }

  void insert(const Fact& fact, const std::vector<Item>& items) {
    int at = 1;
    for (const Item& item : items) bind(statements_->insert, at++, item.value);
    statements_->insert.exec();
    statements_->insert.reset();
    if constexpr (requires { fact.code; } && !std::is_same_v<Fact, Alias>) {
      ids_.add(table_of<Fact>, fact.code, db_.getLastInsertRowid());
    }
    if (!kCarriesImport<Fact> && revisions_) revisions_->added(fact);
    touch_series(items);
  }

  void update(const std::vector<Item>& items) {
    int at = 1;
    for (const Item& item : items) {
      if (!item.key) bind(statements_->update, at++, item.value);
    }
    bind_key(statements_->update, items, at);
    statements_->update.exec();
    statements_->update.reset();
    touch_series(items);
  }

  void touch_series(const std::vector<Item>& items) {
    if (!std::is_same_v<Fact, Observation>) return;
    touched_.series.insert(std::get<std::int64_t>(items.front().value));
  }

  SQLite::Database& db_;
  Ids& ids_;
  std::span<const std::string> columns_;
  std::optional<std::int64_t> import_;
  Touched& touched_;
  Mode mode_;
  std::optional<Revisions> revisions_;
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
Changes Store::put(std::span<const Fact> facts, std::span<const std::string> columns,
                   std::optional<std::int64_t> import) {
  return database_.guarded([&] {
    introduce(ids_, facts);
    Changes changes;
    Writer<Fact> writer(database_.sqlite(), ids_, columns, import, touched_);
    std::vector<const Fact*> waiting;
    for (const Fact& fact : facts) {
      if (waits(fact, ids_)) {
        waiting.push_back(&fact);
      } else {
        writer.put(fact, changes);
      }
    }
    // Each round puts the rows whose own reference has come; a ring of them never ends that way.
    for (std::size_t before = waiting.size() + 1; !waiting.empty() && waiting.size() < before;) {
      before = waiting.size();
      std::erase_if(waiting, [&](const Fact* fact) {
        if (waits(*fact, ids_)) return false;
        writer.put(*fact, changes);
        return true;
      });
    }
    if (!waiting.empty()) {
      throw Error(Errc::refused,
                  fmt::format("{} \"{}\": what it refers to leads back to itself", table_of<Fact>,
                              cell_text(waiting.front()->*std::get<0>(columns_of<Fact>).member)));
    }
    if (changes.changed > 0) refuse_rings<Fact>(database_.sqlite());
    return changes;
  });
}

template <class Fact>
std::size_t Store::restore(std::span<const Fact> facts) {
  return database_.guarded([&] {
    Changes changes;
    Writer<Fact> writer(database_.sqlite(), ids_, {}, std::nullopt, touched_, Mode::restore);
    for (const Fact& fact : facts) writer.put(fact, changes);
    return changes.added + changes.changed;
  });
}

template <class Fact>
std::size_t Store::remove(std::span<const Fact> facts) {
  return database_.guarded([&] {
    std::optional<SQLite::Statement> statement;
    std::size_t count = 0;
    for (const Fact& fact : facts) {
      const std::vector<Item> items = RowOf<Fact>(fact, ids_).items();
      if (!statement) {
        statement.emplace(database_.sqlite(),
                          fmt::format("DELETE FROM \"{}\" WHERE {}", table_of<Fact>,
                                      Statements<Fact>::where_text(items)));
      }
      Writer<Fact>::bind_key(*statement, items, 1);
      count += static_cast<std::size_t>(statement->exec());
      statement->reset();
      if (std::is_same_v<Fact, Observation>) {
        touched_.series.insert(std::get<std::int64_t>(items.front().value));
      }
    }
    return count;
  });
}

void Store::summarize() {
  Touched touched = std::exchange(touched_, {});
  database_.guarded([&] {
    for (const std::int64_t source : touched.sources) {
      SQLite::Statement its(database_.sqlite(),
                            "SELECT DISTINCT series_id FROM observation WHERE source_id = ?");
      its.bind(1, source);
      while (its.executeStep()) touched.series.insert(its.getColumn(0).getInt64());
    }
  });
  if (touched.series.empty()) return;
  planfile::summarize(database_,
                      std::vector<std::int64_t>(touched.series.begin(), touched.series.end()));
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

#define PLANFILE_STORES(Fact)                                                      \
  template Changes Store::put(std::span<const Fact>, std::span<const std::string>, \
                              std::optional<std::int64_t>);                        \
  template std::size_t Store::restore(std::span<const Fact>);                      \
  template std::size_t Store::remove(std::span<const Fact>);                       \
  template void refuse_rings<Fact>(SQLite::Database&);                             \
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
