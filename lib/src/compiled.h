// Statements compiled from a caller's text. The only place where planfile speaks SQLite's C
// interface to such a text: it tells where the text is wrong and what follows it, which the wrapper
// does not.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <sqlite3.h>

#include "database.h"
#include "planfile/query.h"

namespace planfile {

struct Finalizer {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Compiled = std::unique_ptr<sqlite3_stmt, Finalizer>;

// What a statement may be there for.
enum class Purpose { reading, changing };

// The one statement that `text` says. StatementError where it does not compile, is none or several,
// or would change something and is for reading.
Compiled compile(Database& database, std::string_view text, Purpose purpose = Purpose::reading);

void bind_cell(sqlite3_stmt* statement, int at, const Cell& value);

Cell cell_at(sqlite3_stmt* statement, int at);
std::string text_at(sqlite3_stmt* statement, int at);  // empty for what is no text

std::vector<std::string> names_of(sqlite3_stmt* statement);

// Stops a statement that runs past its time, or whose caller has had enough.
class Watch {
 public:
  Watch(sqlite3* handle, const Limits& limits);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch();

  // Between two rows: Errc::stopped where the caller has had enough.
  void look() const;

  // The Error for a statement that SQLite's look at this watch ended.
  [[nodiscard]] Error ended() const;

 private:
  static int is_over(void* watch);

  sqlite3* handle_;
  const Limits& limits_;
  std::chrono::steady_clock::time_point end_;
  bool late_ = false;
};

// Calls `use` for each row of the statement, to the end or until it returns false.
template <class Use>
void each_row(Database& database, sqlite3_stmt* statement, const Limits& limits, Use&& use) {
  sqlite3* handle = database.sqlite().getHandle();
  const Watch watch(handle, limits);
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    if constexpr (std::is_void_v<decltype(use())>) {
      use();
    } else if (!use()) {
      return;
    }
    watch.look();
  }
  if (code == SQLITE_INTERRUPT) throw watch.ended();
  if (code != SQLITE_DONE) throw database.error(code, sqlite3_errmsg(handle));
}

// Passes the rows on.
void deliver(Database& database, sqlite3_stmt* statement, const Limits& limits, RowSink& rows);

}  // namespace planfile
