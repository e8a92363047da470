// The SQL functions that planfile brings to a connection, and that planfile_ext brings to any
// SQLite shell. README, "Functions for any SQLite shell", says what each does.
#pragma once

#include <string_view>

struct sqlite3;

namespace planfile {

// Adds all of them to an open connection; a result code of SQLite. What they hold is let go when
// the connection closes. Also for connections that others opened: nothing but the connection is
// touched.
int register_functions(sqlite3* connection);

// Whether it is the name of one of them, in whatever case. Saved queries must do without.
bool is_own_function(std::string_view name);

// The parts of register_functions().
int add_period_functions(sqlite3* connection);
int add_value_functions(sqlite3* connection);
int add_number_functions(sqlite3* connection);

}  // namespace planfile
