#include "database.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <string_view>

#include <fmt/format.h>
#include <sqlite3.h>

#include "functions.h"

namespace planfile {
namespace {

std::atomic<int> wait_for_others = 5000;  // milliseconds

constexpr std::string_view kMagic{"SQLite format 3\0", 16};

// Refuses what is no SQLite file of ours before SQLite sees it.
void examine(const std::filesystem::path& path, const std::string& name) {
  std::error_code unknown;
  const auto status = std::filesystem::status(path, unknown);
  if (!std::filesystem::exists(status)) {
    throw Error(Errc::no_such_file, fmt::format("{}: no such file", name));
  }
  if (std::filesystem::is_directory(status)) {
    throw Error(Errc::not_a_plan_file, fmt::format("{}: a folder, not a plan file", name));
  }
  std::ifstream in(path, std::ios::binary);
  std::array<char, 72> head{};
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  const auto got = static_cast<std::size_t>(in.gcount());
  if (!in && got == 0 && !in.eof()) {
    throw Error(Errc::storage, fmt::format("{}: can't be read", name));
  }
  const std::string_view bytes(head.data(), got);
  if (!bytes.starts_with(kMagic)) {
    throw Error(Errc::not_a_plan_file,
                fmt::format("{}: not a plan file: {}", name,
                            bytes.empty() ? "it is empty" : "it is no SQLite file"));
  }
  constexpr std::size_t kIdAt = 68;
  int id = 0;
  for (std::size_t at = kIdAt; at < kIdAt + 4 && at < got; ++at) {
    id = id << 8 | static_cast<unsigned char>(head[at]);
  }
  if (id != kApplicationId) {
    throw Error(Errc::not_a_plan_file,
                fmt::format("{}: a SQLite file, but not a plan file (application_id {:#x})", name,
                            static_cast<unsigned>(id)));
  }
}

int flags_of(Database::Access access) {
  switch (access) {
    case Database::Access::read:
      return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
    case Database::Access::write:
      return SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX;
    case Database::Access::create:
      break;
  }
  return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX;
}

// Opening for writing is what makes SQLite undo the work of an interrupted writer.
void roll_back_interrupted(const std::filesystem::path& path, const std::string& name) {
  if (!std::filesystem::exists(path.string() + "-journal")) return;
  try {
    SQLite::Database writer(path.string(), SQLite::OPEN_READWRITE, wait_for_others);
    writer.execAndGet("PRAGMA schema_version");
  } catch (const SQLite::Exception& trouble) {
    if (trouble.getErrorCode() == SQLITE_BUSY) return;  // its writer is at work: nothing to undo
    throw Error(Errc::storage, fmt::format("{}: was left in the middle of a change, which can't be "
                                           "undone here: {}",
                                           name, trouble.what()));
  }
}

SQLite::Database opened(const std::filesystem::path& path, Database::Access access,
                        const std::string& name) {
  // SQLite gives names such as ":memory:" a meaning of their own; as a path they have none.
  const bool is_file = access != Database::Access::create;
  const std::filesystem::path file = is_file ? std::filesystem::absolute(path) : path;
  if (is_file) examine(path, name);
  if (access == Database::Access::read) roll_back_interrupted(file, name);
  try {
    return SQLite::Database(file.string(), flags_of(access), wait_for_others);
  } catch (const SQLite::Exception& trouble) {
    throw Error(Errc::storage, fmt::format("{}: {}", name, trouble.what()));
  }
}

}  // namespace

Database::Database(const std::filesystem::path& path, Access access) : name_(path.string()) {
  sqlite_.emplace(opened(path, access, name_));
  guarded([&] {
    sqlite3* handle = sqlite_->getHandle();
    for (const int setting : {SQLITE_DBCONFIG_DEFENSIVE, SQLITE_DBCONFIG_ENABLE_FKEY}) {
      sqlite3_db_config(handle, setting, 1, nullptr);
    }
    for (const int setting :
         {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL,
          SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION}) {
      sqlite3_db_config(handle, setting, 0, nullptr);
    }
    sqlite3_extended_result_codes(handle, 1);
    if (access != Access::create) schema_version();  // reads a page, so a damaged file shows here
  });
}

int Database::schema_version() {
  return guarded([&] { return sqlite_->execAndGet("PRAGMA user_version").getInt(); });
}

void Database::use_more_memory() {
  guarded([&] { sqlite_->exec("PRAGMA cache_size = -65536"); });
}

void Database::restrict_to_reading() {
  limit_statements(sqlite_->getHandle());
  sqlite3_set_authorizer(sqlite_->getHandle(), authorize_reading, &changing_);
}

void Database::restrict_to_changing(Changeable changeable) {
  changing_.changeable = std::move(changeable);
  may_change_ = true;
  limit_statements(sqlite_->getHandle());
  sqlite3_set_authorizer(sqlite_->getHandle(), authorize_changing, &changing_);
}

void Database::use(Functions functions) { changing_.stock_only = functions == Functions::stock; }

void Database::add_functions() {
  const int code = register_functions(sqlite_->getHandle());
  if (code != SQLITE_OK) throw error(code, sqlite3_errmsg(sqlite_->getHandle()));
}

void Database::as_draft() {
  guarded([&] {
    for (const char* pragma :
         {"PRAGMA page_size = 4096", "PRAGMA auto_vacuum = NONE", "PRAGMA encoding = 'UTF-8'",
          "PRAGMA journal_mode = MEMORY", "PRAGMA synchronous = OFF",
          "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA cache_size = -65536"}) {
      SQLite::Statement(sqlite_.value(), pragma).executeStep();
    }
  });
}

Database::~Database() {
  sqlite_.reset();
  // After a failed write (a full disk) the journal may be left for the next opener to play back.
  std::error_code unknown;
  if (!std::filesystem::exists(name_ + "-journal", unknown)) return;
  sqlite3* writer = nullptr;
  if (sqlite3_open_v2(name_.c_str(), &writer, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK) {
    sqlite3_exec(writer, "PRAGMA schema_version", nullptr, nullptr, nullptr);
  }
  sqlite3_close(writer);
}

Unchecked::Unchecked(Database& database) : database_(database) {
  sqlite3* handle = database_.sqlite().getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
  sqlite3_exec(handle, "PRAGMA ignore_check_constraints = ON", nullptr, nullptr, nullptr);
}

Unchecked::~Unchecked() {
  sqlite3* handle = database_.sqlite().getHandle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_exec(handle, "PRAGMA ignore_check_constraints = OFF", nullptr, nullptr, nullptr);
}

Error Database::error(int code, std::string_view what) const {
  const auto with_name = [&](Errc kind, std::string_view why) {
    return Error(kind, fmt::format("{}: {}", name_, why));
  };
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:  // no planfile wrote a text of a gigabyte
      return with_name(Errc::not_a_plan_file, fmt::format("damaged: {}", what));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return with_name(Errc::storage, fmt::format("in use by another program (waited {:g} s)",
                                                  wait_for_others / 1000.0));
    case SQLITE_FULL:
      return with_name(Errc::storage, "the disk is full; nothing was changed");
    case SQLITE_READONLY:
      return with_name(Errc::storage, "can't be written: file, folder or medium is read-only");
    case SQLITE_CONSTRAINT:
      return with_name(Errc::refused, what);
    case SQLITE_ERROR:
    case SQLITE_AUTH:
      return Error(Errc::bad_query, std::string(what));
    default:
      return with_name(Errc::storage, what);
  }
}

void Database::set_wait(int milliseconds) { wait_for_others = milliseconds; }

void require_plan_file(const std::filesystem::path& path) { examine(path, path.string()); }

}  // namespace planfile
