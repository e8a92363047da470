#include "recorder.h"

#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "layout.h"
#include "tables.h"
#include "watched.h"

namespace planfile {
namespace {

constexpr std::string_view kFunction = "planfile_note";

// Statements of planfile's own on a connection that is held to less.
class Trusted {
 public:
  explicit Trusted(Database& database)
      : changing_(*database.changing()), before_(std::exchange(changing_.trusted, true)) {}
  Trusted(const Trusted&) = delete;
  Trusted& operator=(const Trusted&) = delete;
  ~Trusted() { changing_.trusted = before_; }

 private:
  Changing& changing_;
  bool before_;
};

std::string listed(std::string_view row, std::span<const std::string_view> columns) {
  std::string text;
  for (const std::string_view column : columns) text += fmt::format(", {}.\"{}\"", row, column);
  return text;
}

// That any column of a row changes.
std::string changes(SQLite::Database& db, std::string_view table) {
  SQLite::Statement columns(db, "SELECT name FROM pragma_table_info(?)");
  columns.bind(1, std::string(table));
  std::string text;
  while (columns.executeStep()) {
    const std::string column = columns.getColumn(0).getString();
    text += fmt::format("{0}OLD.\"{1}\" IS NOT NEW.\"{1}\"", text.empty() ? "" : " OR ", column);
  }
  return text;
}

void watch(SQLite::Database& db, std::string_view table,
           std::span<const std::string_view> columns) {
  const std::string when = changes(db, table), was = listed("OLD", columns),
                    is = listed("NEW", columns);
  const auto trigger = [&](std::string_view name, std::string_view event,
                           std::string_view condition, const std::string& key) {
    db.exec(
        fmt::format("CREATE TEMP TRIGGER {0}_{1}_{2} {3} ON main.\"{1}\" FOR EACH ROW{4} "
                    "BEGIN SELECT {0}('{2}', '{1}'{5}); END",
                    kFunction, table, name, event, condition, key));
  };
  const std::string if_changed = " WHEN " + when;
  trigger("leaving", "BEFORE DELETE", "", was);
  trigger("removed", "AFTER DELETE", "", was);
  trigger("changing", "BEFORE UPDATE", if_changed, was);
  trigger("changed", "AFTER UPDATE", if_changed, was + is);
  trigger("added", "AFTER INSERT", "", is);
}

void call(sqlite3_context* context, int count, sqlite3_value** values) {
  auto* recorder = static_cast<Recorder*>(sqlite3_user_data(context));
  const auto fail = [&](const char* why, int code) {
    sqlite3_result_error(context, why, -1);
    sqlite3_result_error_code(context, code);
  };
  try {
    recorder->note(std::span(values, static_cast<std::size_t>(count)));
  } catch (const SQLite::Exception& trouble) {
    fail(trouble.what(), trouble.getExtendedErrorCode());
  } catch (const std::exception& refused) {
    fail(refused.what(), SQLITE_CONSTRAINT_TRIGGER);
  }
}

template <class Use>
void each_changeable(Use&& use) {
  each_table([&]<class Fact>() {
    if constexpr (kTakesImports<Fact>) use.template operator()<Fact>();
  });
}

}  // namespace

Changeable Recorder::changeable() {
  Changeable all{.tables = {},
                 .grown = {"period", "series"},
                 .fixed_columns = {"id", "import_id", "indicator.unit_id", "unit.code",
                                   "unit.dimension", "unit.base", "unit.factor"},
                 .recorder = std::string(kFunction)};
  each_changeable([&]<class Fact>() { all.tables.emplace(table_of<Fact>); });
  return all;
}

Recorder::Recorder(Database& database) : database_(database) {
  const Trusted trusted(database);
  database.guarded([&] {
    SQLite::Database& db = database.sqlite();
    recording_ = std::make_unique<Recording>(database);
    sqlite3_create_function_v2(db.getHandle(), std::string(kFunction).c_str(), -1, SQLITE_UTF8,
                               this, call, nullptr, nullptr, nullptr);
    // Rows that OR REPLACE puts others in place of are removed by triggers only so.
    db.exec("PRAGMA recursive_triggers = ON");
    each_changeable([&]<class Fact>() {
      const auto columns = key_columns<Fact>();
      watch(db, table_of<Fact>, columns);
      tables_.emplace(table_of<Fact>, watched_facts<Fact>(*recording_));
    });
    constexpr std::array<std::string_view, 1> kId = {"id"};
    for (const std::string_view place : {"period", "series"}) watch(db, place, kId);
    tables_.emplace("period", watched_periods(*recording_));
    tables_.emplace("series", watched_series(*recording_));
  });
}

Recorder::~Recorder() = default;

void Recorder::note(std::span<sqlite3_value*> arguments) {
  const Trusted trusted(database_);
  const auto text = [&](std::size_t at) {
    return std::string_view(reinterpret_cast<const char*>(sqlite3_value_text(arguments[at])));
  };
  const std::string_view occasion = text(0);
  Watched& table = *tables_.find(text(1))->second;
  const auto key = arguments.subspan(2, table.key_size());
  if (occasion == "removed") {
    table.removed(key);
  } else if (occasion == "changed") {
    table.changed(key, arguments.subspan(2 + table.key_size()));
  } else if (occasion == "added") {
    table.added(key);
  } else {
    table.leaving(key);
  }
}

void Recorder::begin() {
  const Trusted trusted(database_);
  const std::int64_t version = database_.guarded(
      [&] { return database_.sqlite().execAndGet("PRAGMA data_version").getInt64(); });
  if (std::exchange(version_, version) != version) recording_->known.reset();
}

void Recorder::finish() {
  const Trusted trusted(database_);
  if (std::exchange(recording_->brings_names, false)) recording_->known.reset();
  database_.guarded([&] {
    for (const auto& [name, table] : tables_) table->finish();
  });
  recording_->store.summarize();
}

void Recorder::drop() {
  dropped_.clear();
  for (const auto& [name, table] : tables_) {
    if (!table->gone.empty()) dropped_.emplace(name, table->gone);
    table->drop();
  }
  recording_->store.touched() = {};
  recording_->known.reset();
  recording_->brings_names = false;
}

void Recorder::tidy() {
  const RowIds left = std::exchange(recording_->left, {});
  if (left.empty()) return;
  const Trusted trusted(database_);
  database_.guarded([&] {
    SQLite::Statement empty(
        database_.sqlite(),
        "DELETE FROM series WHERE id IN (SELECT value FROM json_each(?1)) "
        "AND NOT EXISTS (SELECT 1 FROM observation AS o WHERE o.series_id = series.id) "
        "AND NOT EXISTS (SELECT 1 FROM target AS t WHERE t.series_id = series.id)");
    empty.bind(1, as_list(left));
    empty.exec();
  });
  tables_.at("series")->drop();
}

std::string Recorder::reason_kept() {
  const Trusted trusted(database_);
  return database_.guarded([&]() -> std::string {
    SQLite::Database& db = database_.sqlite();
    for (const Reference& reference : references(db)) {
      const auto gone = dropped_.find(reference.parent);
      if (gone == dropped_.end()) continue;
      if (reference.parent == "series") return "rows of a series that is to go are still there";
      const auto own = dropped_.find(reference.child);
      const auto found = find_referred(db, reference, gone->second,
                                       own == dropped_.end() ? RowIds() : own->second);
      if (found)
        return fmt::format("{} \"{}\" is in {}", reference.parent, found->code, found->rows);
    }
    return {};
  });
}

}  // namespace planfile
