#include "compiled.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "planfile/sql_text.h"
#include "functions.h"
#include "unknown_name.h"

namespace planfile {
namespace {

// Whether anything but space and comments stands in `text`.
bool says_something(std::string_view text) { return !split_statements(text).empty(); }

// Whether a result code tells of the file or the machine, not of the statement.
bool is_trouble(int code) {
  constexpr int kTroubles[] = {SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_BUSY, SQLITE_LOCKED,
                               SQLITE_IOERR,   SQLITE_NOMEM,  SQLITE_FULL, SQLITE_CANTOPEN};
  return std::find(std::begin(kTroubles), std::end(kTroubles), code & 0xff) != std::end(kTroubles);
}

// Whether the statement is one of those that change rows.
bool changes_rows(std::string_view text) {
  for (const SqlToken& token : sql_tokens(text)) {
    if (token.kind == SqlToken::Kind::comment) continue;
    for (const std::string_view word : {"insert", "update", "delete", "replace", "with"}) {
      if (token.text.size() == word.size() &&
          sqlite3_strnicmp(token.text.data(), word.data(), static_cast<int>(word.size())) == 0) {
        return true;
      }
    }
    break;
  }
  return false;
}

[[noreturn]] void refuse(Database& database, std::string_view text, Purpose purpose) {
  if (purpose == Purpose::reading) {
    throw StatementError(
        changes_rows(text) ? StatementError::Kind::would_change : StatementError::Kind::not_allowed,
        "refused: a query only reads; this statement would do more", text);
  }
  const std::string& denied = database.changing()->denied;
  throw StatementError(
      StatementError::Kind::not_allowed,
      fmt::format("refused: SQL changes rows of facts and names only{}",
                  denied.empty() ? "; this statement would do more" : ", not " + denied),
      text);
}

[[noreturn]] void explain(Database& database, std::string_view text) {
  sqlite3* handle = database.sqlite().getHandle();
  const std::string message = sqlite3_errmsg(handle);
  const int offset = sqlite3_error_offset(handle);
  const auto at = offset < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(offset));
  const Explained explained = explain_message(database, text, message, at);
  throw StatementError(StatementError::Kind::wrong, explained.message, text, explained.at);
}

std::string hexadecimal(const void* bytes, int size) {
  const auto* first = static_cast<const unsigned char*>(bytes);
  return fmt::format("x'{:02x}'", fmt::join(first, first + size, ""));
}

}  // namespace

Compiled compile(Database& database, std::string_view text, Purpose purpose) {
  sqlite3* handle = database.sqlite().getHandle();
  if (text.find('\0') != text.npos)
    throw Error(Errc::bad_query, "a NUL character in the statement");
  if (Changing* changing = database.changing()) {
    changing->control = Changing::Control::none;
    changing->changes_rows = false;
    changing->denied.clear();
  }
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v2(handle, text.data(), static_cast<int>(text.size()), &statement, &rest);
  Compiled owned(statement);
  const bool refused =
      code != SQLITE_OK && std::string_view(sqlite3_errmsg(handle)) == "not authorized";
  constexpr std::string_view kFunction = "not authorized to use function: ";
  const std::string why = code == SQLITE_OK ? "" : sqlite3_errmsg(handle);
  if (why.starts_with(kFunction) && is_own_function(why.substr(kFunction.size()))) {
    throw Error(Errc::bad_query,
                fmt::format("{}() is planfile's own; a saved query must run in any SQLite",
                            why.substr(kFunction.size())));
  }
  if (code == SQLITE_AUTH || refused) refuse(database, text, purpose);
  if (is_trouble(code)) throw database.error(code, sqlite3_errmsg(handle));
  if (code != SQLITE_OK) explain(database, text);
  if (statement == nullptr) throw Error(Errc::bad_query, "no statement");
  if (says_something(text.substr(static_cast<std::size_t>(rest - text.data())))) {
    throw Error(Errc::bad_query, "more than one statement");
  }
  const bool controls =
      database.changing() && database.changing()->control != Changing::Control::none;
  const bool only_reads = sqlite3_stmt_readonly(statement) != 0 && !controls;
  const bool is_other = purpose == Purpose::changing && sqlite3_stmt_readonly(statement) == 0 &&
                        !database.changing()->changes_rows;  // VACUUM
  if ((purpose == Purpose::reading && !only_reads) || is_other) refuse(database, text, purpose);
  return owned;
}

void bind_cell(sqlite3_stmt* statement, int at, const Cell& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(statement, at, *number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    sqlite3_bind_double(statement, at, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()),
                      SQLITE_TRANSIENT);
  } else {
    sqlite3_bind_null(statement, at);
  }
}

void take_cell(sqlite3_stmt* statement, int at, Cell& cell) {
  // Fetched once: each sqlite3_column_*() looks the column up anew. Connections have no mutex, so
  // the value needs no protection.
  sqlite3_value* value = sqlite3_column_value(statement, at);
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
      cell = sqlite3_value_int64(value);
      break;
    case SQLITE_FLOAT:
      cell = sqlite3_value_double(value);
      break;
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
      const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
      if (auto* const kept = std::get_if<std::string>(&cell)) {
        kept->assign(text, size);  // in the memory of the row before
      } else {
        cell.emplace<std::string>(text, size);
      }
      break;
    }
    case SQLITE_BLOB: {
      const void* bytes = sqlite3_value_blob(value);
      cell = hexadecimal(bytes, sqlite3_value_bytes(value));
      break;
    }
    default:
      cell = std::monostate();
  }
}

Cell cell_at(sqlite3_stmt* statement, int at) {
  Cell cell;
  take_cell(statement, at, cell);
  return cell;
}

std::string text_at(sqlite3_stmt* statement, int at) {
  const Cell cell = cell_at(statement, at);
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? std::string() : *text;
}

std::vector<std::string> names_of(sqlite3_stmt* statement) {
  const int count = sqlite3_column_count(statement);
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(count));
  for (int at = 0; at < count; ++at) {
    names.emplace_back(sqlite3_column_name(statement, at));
  }
  return names;
}

Watch::Watch(sqlite3* handle, const Limits& limits)
    : handle_(handle), limits_(limits), end_(std::chrono::steady_clock::now() + limits.time) {
  constexpr int kSteps = 10000;  // of SQLite's virtual machine between two looks at the clock
  const bool has_limit = limits.time.count() > 0 || limits.stop;
  if (has_limit) sqlite3_progress_handler(handle_, kSteps, is_over, this);
}

Watch::~Watch() { sqlite3_progress_handler(handle_, 0, nullptr, nullptr); }

int Watch::is_over(void* watch) {
  auto& self = *static_cast<Watch*>(watch);
  self.late_ = self.limits_.time.count() > 0 && std::chrono::steady_clock::now() > self.end_;
  return self.late_ || (self.limits_.stop && self.limits_.stop()) ? 1 : 0;
}

void Watch::look() const {
  if (limits_.stop && limits_.stop()) throw Error(Errc::stopped, "stopped");
}

Error Watch::ended() const {
  if (!late_) return {Errc::stopped, "stopped"};
  const double seconds = std::chrono::duration<double>(limits_.time).count();
  return {Errc::stopped, fmt::format("stopped after {} s", seconds)};
}

void deliver(Database& database, sqlite3_stmt* statement, const Limits& limits, RowSink& rows) {
  rows.head(names_of(statement));
  std::vector<Cell> cells(static_cast<std::size_t>(sqlite3_column_count(statement)));
  each_row(database, statement, limits, [&] {
    for (std::size_t at = 0; at < cells.size(); ++at) {
      take_cell(statement, static_cast<int>(at), cells[at]);
    }
    rows.row(cells);
    return !rows.is_full();
  });
  rows.finish();
}

}  // namespace planfile
