// What statements of unknown origin may do, decided by SQLite's authorizer while they are compiled.
#pragma once

#include <set>
#include <string>
#include <string_view>

struct sqlite3;

namespace planfile {

// What SQL may change. All else stays as it is.
struct Changeable {
  using Names = std::set<std::string, std::less<>>;
  Names tables;         // whose rows may come, change and go
  Names grown;          // whose rows may come and go, but not change
  Names fixed_columns;  // of those tables: "column" of any, or "table.column"
  // Its function, which only its own TEMP triggers may call. Their names begin with it.
  std::string recorder;
};

// What the authorizer of a connection sees.
struct Changing {
  enum class Control { none, begin, commit, rollback, savepoint };

  Changeable changeable;
  bool stock_only = false;          // planfile's own functions may not be called
  bool trusted = false;             // a statement of planfile's own
  bool changes_rows = false;        // the statement last compiled may
  Control control = Control::none;  // what the statement last compiled does to a transaction
  std::string denied;               // what it was refused for
};

// Callbacks for sqlite3_set_authorizer, which take a Changing; the first asks it only whether
// planfile's own functions may be called.
int authorize_reading(void* changing, int action, const char* first, const char* second,
                      const char* schema, const char* within);
int authorize_changing(void* changing, int action, const char* first, const char* second,
                       const char* schema, const char* within);

// Bounds on what one statement may ask for: no text of a gigabyte, no expression of a depth that
// exhausts the stack, no file beside this one.
void limit_statements(sqlite3* handle);

}  // namespace planfile
