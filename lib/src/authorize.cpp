#include "authorize.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <sqlite3.h>

#include "functions.h"

namespace planfile {
namespace {

std::string_view text_or_empty(const char* given) { return given == nullptr ? "" : given; }

bool may_read_pragma(std::string_view pragma) {
  constexpr std::string_view kReading[] = {
      "table_info",    "table_xinfo",      "table_list",        "index_list",      "index_info",
      "index_xinfo",   "foreign_key_list", "foreign_key_check", "integrity_check", "quick_check",
      "function_list", "collation_list",   "compile_options",   "database_list"};
  return std::find(std::begin(kReading), std::end(kReading), pragma) != std::end(kReading);
}

// Of pragmas that both tell and set, only the telling form.
bool may_tell_pragma(std::string_view pragma) {
  constexpr std::string_view kTelling[] = {"user_version", "application_id", "page_size",
                                           "page_count",   "freelist_count", "encoding",
                                           "journal_mode", "schema_version", "data_version"};
  return std::find(std::begin(kTelling), std::end(kTelling), pragma) != std::end(kTelling);
}

Changing::Control control_of(std::string_view operation) {
  if (operation == "BEGIN") return Changing::Control::begin;
  if (operation == "COMMIT") return Changing::Control::commit;
  return Changing::Control::rollback;
}

bool is_recorder(const Changeable& changeable, std::string_view name) {
  return !changeable.recorder.empty() && name.starts_with(changeable.recorder);
}

int deny(Changing& changing, std::string what) {
  if (changing.denied.empty()) changing.denied = std::move(what);
  return SQLITE_DENY;
}

int authorize_rows(Changing& changing, std::string_view table) {
  const bool may =
      changing.changeable.tables.contains(table) || changing.changeable.grown.contains(table);
  return may ? SQLITE_OK : deny(changing, fmt::format("table \"{}\"", table));
}

int authorize_update(Changing& changing, std::string_view table, std::string_view column) {
  const Changeable& changeable = changing.changeable;
  if (table == "sqlite_master") return SQLITE_OK;  // as in authorize_reading
  if (changeable.grown.contains(table)) {
    return deny(changing, fmt::format("rows of \"{}\"; they may only come and go", table));
  }
  if (!changeable.tables.contains(table)) return authorize_rows(changing, table);
  const bool is_fixed = changeable.fixed_columns.contains(column) ||
                        changeable.fixed_columns.contains(fmt::format("{}.{}", table, column));
  return is_fixed ? deny(changing, fmt::format("column \"{}\" of \"{}\"", column, table))
                  : SQLITE_OK;
}

}  // namespace

int authorize_reading(void* changing, int action, const char* first, const char* second,
                      const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    // SQLite asks this of itself when it declares a table-valued function such as
    // pragma_table_info; a statement that writes there is refused all the same.
    case SQLITE_UPDATE:
      return text_or_empty(first) == "sqlite_master" ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
      if (text_or_empty(second) == "load_extension") return SQLITE_DENY;
      return static_cast<const Changing*>(changing)->stock_only &&
                     is_own_function(text_or_empty(second))
                 ? SQLITE_DENY
                 : SQLITE_OK;
    case SQLITE_PRAGMA:
      if (may_read_pragma(text_or_empty(first))) return SQLITE_OK;
      return second == nullptr && may_tell_pragma(text_or_empty(first)) ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

int authorize_changing(void* given, int action, const char* first, const char* second,
                       const char* schema, const char* within) {
  auto& changing = *static_cast<Changing*>(given);
  if (changing.trusted) return SQLITE_OK;
  changing.changes_rows = changing.changes_rows || action == SQLITE_INSERT ||
                          action == SQLITE_DELETE || action == SQLITE_UPDATE;
  switch (action) {
    case SQLITE_INSERT:
    case SQLITE_DELETE:
      return authorize_rows(changing, text_or_empty(first));
    case SQLITE_UPDATE:
      return authorize_update(changing, text_or_empty(first), text_or_empty(second));
    case SQLITE_TRANSACTION:
      changing.control = control_of(text_or_empty(first));
      return SQLITE_OK;
    case SQLITE_SAVEPOINT:
      changing.control = Changing::Control::savepoint;
      return SQLITE_OK;
    case SQLITE_FUNCTION:
      if (!is_recorder(changing.changeable, text_or_empty(second))) break;
      return is_recorder(changing.changeable, text_or_empty(within)) ? SQLITE_OK : SQLITE_DENY;
    default:
      break;
  }
  return authorize_reading(given, action, first, second, schema, within);
}

void limit_statements(sqlite3* handle) {
  constexpr int kMegabyte = 1 << 20;
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 256 * kMegabyte);
  sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 4 * kMegabyte);
  sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 500);
  sqlite3_limit(handle, SQLITE_LIMIT_COMPOUND_SELECT, 500);
  sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 1000000);
  sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 10000);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_TRIGGER_DEPTH, 20);
}

}  // namespace planfile
