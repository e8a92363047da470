#include "planfile/writer.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "compiled.h"
#include "migrate.h"
#include "recorder.h"

namespace planfile {
namespace {

std::unique_ptr<Database> opened(const std::filesystem::path& path) {
  auto database = std::make_unique<Database>(path, Database::Access::write);
  check_version(*database);
  migrate(*database);
  database->add_functions();
  database->use_more_memory();
  database->restrict_to_changing(Recorder::changeable());
  return database;
}

// A statement of planfile's own.
void run_own(Database& database, const char* sql) {
  Changing& changing = *database.changing();
  const bool before = std::exchange(changing.trusted, true);
  sqlite3* handle = database.sqlite().getHandle();
  const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
  changing.trusted = before;
  if (code != SQLITE_OK) throw database.error(code, sqlite3_errmsg(handle));
}

bool is_open(Database& database) {
  return sqlite3_get_autocommit(database.sqlite().getHandle()) == 0;
}

// A statement's own scope: a transaction, or a savepoint within the one that is open. Undone
// unless kept.
class Scope {
 public:
  explicit Scope(Database& database) : database_(database), is_inner_(is_open(database)) {
    run_own(database_, is_inner_ ? "SAVEPOINT planfile_statement" : "BEGIN IMMEDIATE");
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  ~Scope() {
    if (kept_ || !is_open(database_)) return;  // SQLite itself undoes all after some errors
    try {
      run_own(database_, is_inner_ ? "ROLLBACK TO planfile_statement; RELEASE planfile_statement"
                                   : "ROLLBACK");
    } catch (const Error&) {
      // The connection is of no use any more; closing it undoes the change.
    }
  }

  [[nodiscard]] bool is_inner() const { return is_inner_; }

  void keep() {
    run_own(database_, is_inner_ ? "RELEASE planfile_statement" : "COMMIT");
    kept_ = true;
  }

 private:
  Database& database_;
  bool is_inner_;
  bool kept_ = false;
};

// Passes on rows that were held back.
void replay(const Table& table, RowSink& rows) {
  rows.head(table.columns);
  for (const auto& row : table.rows) rows.row(row);
  rows.finish();
}

}  // namespace

struct Writer::State {
  explicit State(Database& file) : database(file), recorder(file) {}

  std::int64_t perform(sqlite3_stmt* statement, const Limits& limits, TableSink& yielded);
  std::int64_t change(sqlite3_stmt* statement, const Limits& limits, RowSink& rows);
  void control(sqlite3_stmt* statement);

  Database& database;
  Recorder recorder;
  bool broke_key = false;  // the last statement, a foreign key
};

// Runs it in a scope of its own; returns how many rows it changed.
std::int64_t Writer::State::perform(sqlite3_stmt* statement, const Limits& limits,
                                    TableSink& yielded) {
  sqlite3* handle = database.sqlite().getHandle();
  Scope scope(database);
  recorder.begin();
  try {
    deliver(database, statement, limits, yielded);
    const std::int64_t count = sqlite3_changes64(handle);
    sqlite3_reset(statement);
    recorder.finish();
    if (!scope.is_inner()) recorder.tidy();
    scope.keep();
    return count;
  } catch (const Error&) {
    broke_key = sqlite3_extended_errcode(handle) == SQLITE_CONSTRAINT_FOREIGNKEY;
    sqlite3_reset(statement);
    recorder.drop();
    throw;
  }
}

std::int64_t Writer::State::change(sqlite3_stmt* statement, const Limits& limits, RowSink& rows) {
  TableSink yielded;
  std::int64_t count = 0;
  broke_key = false;
  try {
    count = perform(statement, limits, yielded);
  } catch (const Error& error) {
    const std::string reason = broke_key ? recorder.reason_kept() : std::string();
    if (reason.empty()) throw;
    throw Error(Errc::refused, fmt::format("{}: {}", error.what(), reason));
  }
  if (!yielded.table().columns.empty()) replay(yielded.table(), rows);
  return count;
}

// BEGIN takes the file at once: better to wait before the work than in the midst of it.
void Writer::State::control(sqlite3_stmt* statement) {
  using Control = Changing::Control;
  const Control control = database.changing()->control;
  if (control == Control::begin && !is_open(database)) return run_own(database, "BEGIN IMMEDIATE");
  const bool commits = control == Control::commit && is_open(database);
  if (commits) recorder.tidy();
  each_row(database, statement, {}, [] {});
  if (control == Control::rollback || control == Control::savepoint) recorder.drop();
}

Writer::Writer(const std::filesystem::path& path, Limits limits)
    : Reader(opened(path), std::move(limits)), state_(std::make_unique<State>(database())) {}
Writer::Writer(Writer&&) noexcept = default;
Writer::~Writer() = default;

std::optional<std::int64_t> Writer::execute(std::string_view statement, RowSink& rows) {
  const Compiled compiled = compile(database(), statement, Purpose::changing);
  if (sqlite3_bind_parameter_count(compiled.get()) > 0) {
    throw Error(Errc::bad_query, "parameters are for saved queries; write the value in its place");
  }
  if (database().changing()->control != Changing::Control::none) {
    state_->control(compiled.get());
    return std::nullopt;
  }
  const bool only_tells = sqlite3_stmt_isexplain(compiled.get()) != 0;
  if (only_tells || sqlite3_stmt_readonly(compiled.get()) != 0) {
    deliver(database(), compiled.get(), limits(), rows);
    return std::nullopt;
  }
  return state_->change(compiled.get(), limits(), rows);
}

bool Writer::in_transaction() { return is_open(database()); }

}  // namespace planfile
