// SQLite as both see it that these functions are for: planfile, which is linked with it, and the
// loadable extension, which is handed a table of its routines (PLANFILE_LOADABLE).
#pragma once

#ifndef PLANFILE_LOADABLE
#define SQLITE_CORE
#endif
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <exception>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace planfile {

// What SQLite may know of a function: that one result follows from the arguments alone, and that
// views and triggers of any file may call it.
inline constexpr int kPure = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

using Step = void (*)(sqlite3_context*, int, sqlite3_value**);
using Finish = void (*)(sqlite3_context*);

inline void fail(sqlite3_context* context, const std::string& why) {
  sqlite3_result_error(context, why.data(), static_cast<int>(why.size()));
}

// Runs a function's body; no exception may pass through SQLite.
template <class Body>
void guard(sqlite3_context* context, Body&& body) {
  try {
    body();
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  } catch (const std::exception& trouble) {
    fail(context, trouble.what());
  }
}

inline bool is_null(sqlite3_value* value) { return sqlite3_value_type(value) == SQLITE_NULL; }

// The text of a value that is not NULL; holds until the value is asked for another type.
inline std::string_view text_of(sqlite3_value* value) {
  const unsigned char* text = sqlite3_value_text(value);
  if (text == nullptr) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

inline void give(sqlite3_context* context, std::string_view text) {
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}
inline void give(sqlite3_context* context, std::optional<double> number) {
  if (number) sqlite3_result_double(context, *number);
}

// The number of an argument; nothing for NULL. Throws what is wrong with any other, naming
// `function`. Text that is a number counts as one, as in SQLite's own sum().
std::optional<double> number_of(sqlite3_value* value, const char* function);

}  // namespace planfile
