// What helps a reader of SQLite's message about a statement.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "database.h"

namespace planfile {

struct Explained {
  std::string message;            // SQLite's, and what may have been meant
  std::optional<std::size_t> at;  // the byte of the statement that it is about
};

// Adds to SQLite's `message` about `sql` the nearest name that the file has, or what is likely to
// have gone wrong; finds the place where SQLite did not tell it.
Explained explain_message(Database& database, std::string_view sql, const std::string& message,
                          std::optional<std::size_t> at);

}  // namespace planfile
