// One SQLite connection as planfile opens it. The only part that sets pragmas and limits.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "authorize.h"
#include "planfile/error.h"

namespace planfile {

inline constexpr int kApplicationId = 0x504C4E46;  // "PLNF", at byte 68 of every plan file

class Database {
 public:
  enum class Access {
    read,    // an existing plan file
    write,   // the same, to change it
    create,  // a new, empty SQLite file or ":memory:"
  };

  // Errc::no_such_file or not_a_plan_file when there is none to open. What an interrupted writer
  // left half done is first undone.
  Database(const std::filesystem::path& path, Access access);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // How long files that are opened from here on wait for other programs.
  static void set_wait(int milliseconds);

  SQLite::Database& sqlite() { return *sqlite_; }
  const std::string& name() const { return name_; }  // as given, for messages
  int schema_version();

  // For questions asked of a file: keeps up to 64 MiB of its pages, and as much of what is being
  // sorted, before anything goes to a temporary file; SQLite's own measure is 2 MiB.
  void use_more_memory();

  // From here on statements may only read; what else they try is refused while compiling.
  void restrict_to_reading();

  // From here on statements may read, begin and end transactions, and change what is named.
  void restrict_to_changing(Changeable changeable);

  // What the authorizer saw; null unless restricted to changing.
  Changing* changing() { return may_change_ ? &changing_ : nullptr; }

  // Which functions a statement that is compiled from here on may call: a saved query must run in
  // any SQLite.
  enum class Functions { all, stock };
  void use(Functions functions);

  // Gives ad-hoc statements planfile's own functions: parse_value(), median() and the others.
  void add_functions();

  // A new file that is thrown away unless it is finished: with its journal in memory, not waiting
  // for the disk, with pages of 4096 bytes.
  void as_draft();

  // Runs `work`, turning SQLite's exceptions into Error.
  template <class Work>
  decltype(auto) guarded(Work&& work) {
    try {
      return std::forward<Work>(work)();
    } catch (const SQLite::Exception& trouble) {
      throw error(trouble.getExtendedErrorCode(), trouble.what());
    }
  }

  // The Error for a result code of SQLite and its message.
  [[nodiscard]] Error error(int code, std::string_view what) const;

 private:
  std::string name_;
  Changing changing_;
  bool may_change_ = false;
  std::optional<SQLite::Database> sqlite_;
};

// While one lives, SQLite looks at no CHECK and no foreign key of what is written, which would take
// four times as long: for rows that are known to keep them.
class Unchecked {
 public:
  explicit Unchecked(Database& database);
  Unchecked(const Unchecked&) = delete;
  Unchecked& operator=(const Unchecked&) = delete;
  ~Unchecked();

 private:
  Database& database_;
};

// Errc::not_a_plan_file unless a plan file is at `path`.
void require_plan_file(const std::filesystem::path& path);

}  // namespace planfile
