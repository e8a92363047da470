#include "planfile/file.h"

#include <utility>

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include "catalogue.h"
#include "database.h"
#include "edit.h"
#include "migrate.h"
#include "planfile/draft.h"
#include "store.h"

namespace planfile {
namespace {

std::unique_ptr<Database> made(const std::filesystem::path& path) {
  auto database = std::make_unique<Database>(path, Database::Access::create);
  migrate(*database);
  return database;
}

// Puts a copy of the file beside it under a name that is free; returns the name.
std::filesystem::path back_up(Database& database, const std::filesystem::path& path, int version) {
  std::filesystem::path name;
  for (int turn = 1; name.empty() || std::filesystem::exists(std::filesystem::symlink_status(name));
       ++turn) {
    name = fmt::format("{}.schema-{}{}.bak", path.string(), version,
                       turn == 1 ? "" : fmt::format(".{}", turn));
  }
  try {
    Draft draft(name);
    {
      Database copy(draft.path(), Database::Access::create);
      database.guarded([&] {
        SQLite::Backup whole(copy.sqlite(), database.sqlite());
        while (whole.executeStep() != SQLITE_DONE) continue;
      });
    }
    draft.publish();
  } catch (const Error& trouble) {
    throw Error(trouble.code(),
                fmt::format("{}: not brought up to date, as it can't be backed up first "
                            "(--no-backup goes without): {}",
                            path.string(), trouble.what()));
  }
  return name;
}

}  // namespace

void set_wait(std::chrono::milliseconds longest) {
  Database::set_wait(static_cast<int>(longest.count()));
}

File::File(std::unique_ptr<Database> database) : database_(std::move(database)) {}
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

File File::create(const std::filesystem::path& path) {
  in_memory().copy_to(path);
  return open(path, Access::write);
}

File File::in_memory() { return File(made(":memory:")); }

File File::open(const std::filesystem::path& path, Access access, Upgrade upgrade) {
  auto database = std::make_unique<Database>(
      path, access == Access::write ? Database::Access::write : Database::Access::read);
  check_version(*database);
  const int version = database->schema_version();
  if (version == newest_schema()) return File(std::move(database));
  if (access == Access::read || upgrade == Upgrade::in_memory) {
    return File(upgraded_copy(*database));
  }
  Upgraded upgraded{version, newest_schema(), {}};
  if (upgrade == Upgrade::with_backup) upgraded.backup = back_up(*database, path, version);
  migrate(*database);
  File file(std::move(database));
  file.upgraded_ = std::move(upgraded);
  return file;
}

Catalogue File::catalogue() const { return read_catalogue(*database_); }

template <class Fact>
std::vector<Fact> File::all() const {
  return all_rows<Fact>(*database_);
}

void File::copy_to(const std::filesystem::path& path, Existing existing) const {
  Draft draft(path, existing);
  if (!std::filesystem::is_directory(std::filesystem::absolute(draft.path()).parent_path())) {
    throw Error(Errc::storage, fmt::format("{}: can't be written: no such folder", path.string()));
  }
  if (existing == Existing::replace && std::filesystem::exists(path)) require_plan_file(path);
  try {
    SQLite::Statement copy(database_->sqlite(), "VACUUM INTO ?");
    copy.bind(1, draft.path().string());
    copy.exec();
  } catch (const SQLite::Exception& trouble) {
    throw Error(Errc::storage,
                fmt::format("{}: can't be written: {}", path.string(), trouble.what()));
  }
  draft.publish();
}

struct Edit::State {
  explicit State(File& file)
      : database(*file.database_),
        transaction(database.guarded([&] {
          return std::make_unique<SQLite::Transaction>(database.sqlite(),
                                                       SQLite::TransactionBehavior::IMMEDIATE);
        })),
        store(database) {}

  void count(const Changes& changes) {
    touched = touched || changes.added + changes.changed > 0;
    if (!import) return;
    import->added += static_cast<std::int64_t>(changes.added);
    import->changed += static_cast<std::int64_t>(changes.changed);
  }

  Database& database;
  std::unique_ptr<SQLite::Transaction> transaction;
  Store store;
  std::optional<Import> import;  // the running one
  bool touched = false;          // whether any row was added or changed
};

Edit::Edit(File& file) : state_(std::make_unique<State>(file)) {}

Edit::~Edit() = default;

void Edit::begin(Import about) {
  finish_import();
  Database& database = state_->database;
  about.number = database.guarded([&] {
    return database.sqlite().execAndGet("SELECT ifnull(max(id), 0) + 1 FROM import").getInt64();
  });
  about.added = about.changed = 0;
  const bool touched = state_->touched;
  put(std::span<const Import>(&about, 1));
  state_->touched = touched;
  state_->import = std::move(about);
}

template <class Fact>
Changes Edit::put(std::span<const Fact> facts, std::span<const std::string> columns) {
  const auto number = state_->import ? std::optional(state_->import->number) : std::nullopt;
  const Changes changes = state_->store.put(facts, columns, number);
  state_->count(changes);
  return changes;
}

void Edit::finish_import() {
  if (!state_->import) return;
  const Import counted = *std::exchange(state_->import, std::nullopt);
  if (counted.added + counted.changed > 0) {
    put(std::span<const Import>(&counted, 1));
    return;
  }
  state_->database.guarded([&] {
    // No row refers to it: SQLite would read all observations to see that.
    const Unchecked unchecked(state_->database);
    SQLite::Statement forget(state_->database.sqlite(), "DELETE FROM import WHERE id = ?");
    forget.bind(1, counted.number);
    forget.exec();
  });
}

void Edit::commit() {
  finish_import();
  if (!state_->touched) return;  // the file stays as it is, to the byte
  state_->store.summarize();
  state_->database.guarded([&] { state_->transaction->commit(); });
}

Database& FileAccess::database(const File& file) { return *file.database_; }

Database& EditAccess::database(Edit& edit) {
  edit.state_->store.summarize();
  return edit.state_->database;
}

Import& EditAccess::running(Edit& edit) { return *edit.state_->import; }

Store& EditAccess::store(Edit& edit) { return edit.state_->store; }

void EditAccess::touch(Edit& edit) { edit.state_->touched = true; }

void EditAccess::count(Edit& edit, const Changes& changes) {
  edit.state_->count(changes);
  edit.state_->store.ids().forget();
}

#define PLANFILE_HOLDS(Fact)                          \
  template std::vector<Fact> File::all<Fact>() const; \
  template Changes Edit::put(std::span<const Fact>, std::span<const std::string>);
PLANFILE_HOLDS(Source)
PLANFILE_HOLDS(Entity)
PLANFILE_HOLDS(Scope)
PLANFILE_HOLDS(Unit)
PLANFILE_HOLDS(Indicator)
PLANFILE_HOLDS(Alias)
PLANFILE_HOLDS(Formula)
PLANFILE_HOLDS(Plan)
PLANFILE_HOLDS(Observation)
PLANFILE_HOLDS(Target)
PLANFILE_HOLDS(Project)
PLANFILE_HOLDS(Milestone)
PLANFILE_HOLDS(Outlay)
PLANFILE_HOLDS(Import)
PLANFILE_HOLDS(Revision)
PLANFILE_HOLDS(SavedQuery)
#undef PLANFILE_HOLDS

}  // namespace planfile
