// One SQLite connection as planfile opens it. The only part that sets pragmas and limits.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

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

  // Errc::no_such_file or not_a_plan_file when there is none to open.
  Database(const std::filesystem::path& path, Access access);

  SQLite::Database& sqlite() { return sqlite_; }
  const std::string& name() const { return name_; }  // as given, for messages
  int schema_version();

  // From here on statements may only read; what else they try is refused while compiling.
  void restrict_to_reading();

  // Runs `work`, turning SQLite's exceptions into Error.
  template <class Work>
  decltype(auto) guarded(Work&& work) {
    try {
      return std::forward<Work>(work)();
    } catch (const SQLite::Exception& trouble) {
      throw translated(trouble);
    }
  }

 private:
  Error translated(const SQLite::Exception& trouble) const;

  std::string name_;
  SQLite::Database sqlite_;
};

}  // namespace planfile
