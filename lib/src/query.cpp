#include "planfile/query.h"
#include "planfile/nearest.h"

#include <algorithm>
#include <set>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "database.h"
#include "functions.h"
#include "migrate.h"
#include "names.h"
#include "text.h"

namespace planfile {
namespace {

using Clock = std::chrono::steady_clock;

// Compiled statements are the only place where planfile speaks SQLite's C interface to a caller's
// text: it tells where the text is wrong and what follows it, which the wrapper does not.
struct Closer {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Closer>;

// The statement's line in which compiling stopped, with a mark under the place.
std::string marked(std::string_view text, int offset) {
  if (offset < 0 || static_cast<std::size_t>(offset) > text.size()) return {};
  const auto at = static_cast<std::size_t>(offset);
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  return fmt::format("\n  {}\n  {:>{}}", text.substr(begin, end - begin), "^",
                     display_width(text.substr(begin, at - begin)) + 1);
}

// Whether anything but space and comments stands in `text`.
bool says_something(sqlite3* handle, std::string_view text) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(handle, text.data(), static_cast<int>(text.size()), &statement, nullptr);
  const bool empty = statement == nullptr && sqlite3_errcode(handle) == SQLITE_OK;
  sqlite3_finalize(statement);
  return !empty;
}

// Whether a result code tells of the file or the machine, not of the statement.
bool is_trouble(int code) {
  constexpr int kTroubles[] = {SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_BUSY, SQLITE_LOCKED,
                               SQLITE_IOERR,   SQLITE_NOMEM,  SQLITE_FULL, SQLITE_CANTOPEN};
  return std::find(std::begin(kTroubles), std::end(kTroubles), code & 0xff) != std::end(kTroubles);
}

// While one lives, statements are compiled as any SQLite would: without planfile's functions.
class StockOnly {
 public:
  explicit StockOnly(Database& database) : database_(database) {
    database_.restrict_to_reading(Database::Functions::stock);
  }
  StockOnly(const StockOnly&) = delete;
  StockOnly& operator=(const StockOnly&) = delete;
  ~StockOnly() { database_.restrict_to_reading(); }

 private:
  Database& database_;
};

Prepared prepared(Database& database, std::string_view text) {
  sqlite3* handle = database.sqlite().getHandle();
  if (text.find('\0') != text.npos)
    throw Error(Errc::bad_query, "a NUL character in the statement");
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v2(handle, text.data(), static_cast<int>(text.size()), &statement, &rest);
  Prepared owned(statement);
  const bool refused =
      code != SQLITE_OK && std::string_view(sqlite3_errmsg(handle)) == "not authorized";
  std::string_view why = sqlite3_errmsg(handle);
  if (take(why, "not authorized to use function: ") && is_own_function(why)) {
    throw Error(Errc::bad_query,
                fmt::format("{}() is planfile's own; a saved query must run in any SQLite", why));
  }
  if (code == SQLITE_AUTH || refused) {
    throw Error(Errc::bad_query, "refused: a query only reads; this statement would do more");
  }
  if (is_trouble(code)) {
    throw database.error(code, sqlite3_errmsg(handle));
  }
  if (code != SQLITE_OK) {
    throw Error(Errc::bad_query, fmt::format("{}{}", sqlite3_errmsg(handle),
                                             marked(text, sqlite3_error_offset(handle))));
  }
  if (statement == nullptr) throw Error(Errc::bad_query, "no statement");
  if (says_something(handle, text.substr(static_cast<std::size_t>(rest - text.data())))) {
    throw Error(Errc::bad_query, "more than one statement");
  }
  if (sqlite3_stmt_readonly(statement) == 0) {
    throw Error(Errc::bad_query, "refused: a query only reads; this statement would do more");
  }
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

std::string hexadecimal(const void* bytes, int size) {
  const auto* first = static_cast<const unsigned char*>(bytes);
  return fmt::format("x'{:02x}'", fmt::join(first, first + size, ""));
}

Cell cell_at(sqlite3_stmt* statement, int at) {
  switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER:
      return sqlite3_column_int64(statement, at);
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, at);
    case SQLITE_TEXT: {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
      return std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
    }
    case SQLITE_BLOB: {
      const void* bytes = sqlite3_column_blob(statement, at);
      return hexadecimal(bytes, sqlite3_column_bytes(statement, at));
    }
    default:
      return {};
  }
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

// Stops a statement that runs past its time.
class Watch {
 public:
  Watch(sqlite3* handle, std::chrono::milliseconds time)
      : handle_(handle), end_(Clock::now() + time) {
    constexpr int kSteps = 10000;  // of SQLite's virtual machine between two looks at the clock
    if (time.count() > 0) sqlite3_progress_handler(handle_, kSteps, is_late, this);
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() { sqlite3_progress_handler(handle_, 0, nullptr, nullptr); }

 private:
  static int is_late(void* watch) {
    return Clock::now() > static_cast<const Watch*>(watch)->end_ ? 1 : 0;
  }

  sqlite3* handle_;
  Clock::time_point end_;
};

// Calls `use` for each row of the statement, to the end or until it returns false.
template <class Use>
void each_row(Database& database, sqlite3_stmt* statement, const Limits& limits, Use&& use) {
  const Watch watch(database.sqlite().getHandle(), limits.time);
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    if constexpr (std::is_void_v<decltype(use())>) {
      use();
    } else if (!use()) {
      return;
    }
  }
  if (code == SQLITE_INTERRUPT) {
    const double seconds = std::chrono::duration<double>(limits.time).count();
    throw Error(Errc::stopped, fmt::format("stopped after {} s", seconds));
  }
  if (code != SQLITE_DONE)
    throw database.error(code, sqlite3_errmsg(database.sqlite().getHandle()));
}

void deliver(Database& database, sqlite3_stmt* statement, const Limits& limits, RowSink& rows) {
  rows.head(names_of(statement));
  std::vector<Cell> cells(static_cast<std::size_t>(sqlite3_column_count(statement)));
  each_row(database, statement, limits, [&] {
    for (std::size_t at = 0; at < cells.size(); ++at) {
      cells[at] = cell_at(statement, static_cast<int>(at));
    }
    rows.row(cells);
    return !rows.is_full();
  });
  rows.finish();
}

std::string text_at(sqlite3_stmt* statement, int at) {
  const Cell cell = cell_at(statement, at);
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? std::string() : *text;
}

// The code of what `name` names in the parameter's table.
Cell code_of(Database& database, const Query& query, const Parameter& parameter,
             const std::string& name) {
  const auto names = prepared(database, fmt::format("SELECT name, code FROM ({}) WHERE kind = '{}' "
                                                    "AND name IS NOT NULL ORDER BY name",
                                                    kNames, parameter.table));
  std::vector<std::string> known;
  std::set<std::string> codes;
  each_row(database, names.get(), {}, [&] {
    known.push_back(text_at(names.get(), 0));
    if (known.back() == name) codes.insert(text_at(names.get(), 1));
  });
  if (codes.contains(name)) return name;  // a code stands for itself
  if (codes.size() == 1) return *codes.begin();
  if (codes.size() > 1) {
    throw Error(Errc::usage, fmt::format("{}: \"{}\" names more than one {}: {}", query.name, name,
                                         parameter.table, fmt::join(codes, ", ")));
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  throw Error(Errc::usage, fmt::format("{}: unknown {}: \"{}\"{}", query.name, parameter.table,
                                       name, did_you_mean(name, candidates)));
}

// The allowed values of a parameter; none when there is no limit.
std::vector<std::string> choices_of(Database& database, const Parameter& parameter) {
  if (parameter.choices_query.empty()) return parameter.choices;
  std::vector<std::string> choices;
  const Prepared allowed = prepared(database, parameter.choices_query);
  each_row(database, allowed.get(), {},
           [&] { choices.push_back(to_text(cell_at(allowed.get(), 0))); });
  return choices;
}

// The value of one parameter: what was given, or its default.
Cell value_of(Database& database, const Query& query, const Parameter& parameter,
              const Arguments& arguments) {
  const auto given = arguments.find(parameter.name);
  if (given == arguments.end()) return parameter.standard;
  const std::string& text = given->second;
  if (!parameter.table.empty()) return code_of(database, query, parameter, text);
  const auto choices = choices_of(database, parameter);
  const bool is_chosen = std::find(choices.begin(), choices.end(), text) != choices.end();
  const bool is_limited = !choices.empty() || !parameter.choices_query.empty();
  if (is_limited && !is_chosen) {
    const std::vector<std::string_view> candidates(choices.begin(), choices.end());
    constexpr std::size_t kMost = 20;  // of a longer list only the nearest are told
    throw Error(Errc::usage,
                fmt::format("{}: {}: not \"{}\"{}", query.name, parameter.name, text,
                            choices.size() > kMost
                                ? did_you_mean(text, candidates)
                                : fmt::format("; one of: {}", fmt::join(choices, ", "))));
  }
  const auto cell = argument(parameter.type, text);
  if (!cell) {
    throw Error(Errc::usage, fmt::format("{}: {}: not {}: \"{}\"", query.name, parameter.name,
                                         to_text(parameter.type), text));
  }
  return *cell;
}

void refuse_unknown(const Query& query, const Arguments& arguments) {
  std::vector<std::string_view> names;
  for (const Parameter& parameter : query.parameters) names.push_back(parameter.name);
  for (const auto& [name, text] : arguments) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    throw Error(Errc::usage,
                names.empty()
                    ? fmt::format("{}: takes no parameters, not \"{}\"", query.name, name)
                    : fmt::format("{}: no parameter \"{}\"{}; there are: {}", query.name, name,
                                  did_you_mean(name, names), fmt::join(names, ", ")));
  }
}

// The names of the statement's parameters, in their order.
std::vector<std::string> parameters_of(const Query& query, sqlite3_stmt* statement) {
  std::vector<std::string> names;
  for (int at = 1; at <= sqlite3_bind_parameter_count(statement); ++at) {
    const char* name = sqlite3_bind_parameter_name(statement, at);
    if (name == nullptr || *name != ':') {
      throw Error(Errc::bad_query, fmt::format("{}: parameters are written :name", query.name));
    }
    names.emplace_back(name + 1);
  }
  return names;
}

// Holds the statement against its header: the same parameters, the same columns.
void compare(const Query& query, sqlite3_stmt* statement) {
  std::set<std::string_view> told;
  for (const Parameter& parameter : query.parameters) told.insert(parameter.name);
  const auto names = parameters_of(query, statement);
  const std::set<std::string_view> used(names.begin(), names.end());
  for (const std::string_view name : used) {
    if (!told.contains(name)) {
      throw Error(Errc::bad_query,
                  fmt::format("{}: \":{}\" is used but not declared", query.name, name));
    }
  }
  for (const std::string_view name : told) {
    if (!used.contains(name)) {
      throw Error(Errc::bad_query,
                  fmt::format("{}: \"{}\" is declared but not used", query.name, name));
    }
  }
  const auto columns = names_of(statement);
  if (columns != query.columns) {
    throw Error(Errc::bad_query,
                fmt::format("{}: the result has the columns {}, the header says {}", query.name,
                            fmt::join(columns, ", "), fmt::join(query.columns, ", ")));
  }
}

}  // namespace

Reader::Reader(const std::filesystem::path& path, Limits limits)
    : database_(std::make_unique<Database>(path, Database::Access::read)), limits_(limits) {
  check_version(*database_);
  database_->add_functions();
  database_->restrict_to_reading();
}
Reader::Reader(Reader&&) noexcept = default;
Reader::~Reader() = default;

namespace {

// A header that breaks a rule is told with the query's name.
Query read_query(std::string_view text, std::string_view name, std::string_view origin) {
  try {
    return origin == "user" ? parse_user_query(text, name) : parse_query(text);
  } catch (const Error& broken) {
    throw Error(broken.code(), fmt::format("{}: {}", name, broken.what()));
  }
}

constexpr std::string_view kQueries = "SELECT name, text, origin FROM query ORDER BY name";

}  // namespace

std::vector<Query> Reader::queries() {
  const Prepared texts = prepared(*database_, kQueries);
  std::vector<Query> queries;
  each_row(*database_, texts.get(), {}, [&] {
    try {
      queries.push_back(
          read_query(text_at(texts.get(), 1), text_at(texts.get(), 0), text_at(texts.get(), 2)));
    } catch (const Error& broken) {
      // One that can't be read is listed with the reason and keeps no other from being used.
      Query& unread = queries.emplace_back();
      unread.name = text_at(texts.get(), 0);
      unread.about = broken.what();
    }
  });
  return queries;
}

Query Reader::query(std::string_view name) {
  const Prepared texts = prepared(*database_, kQueries);
  std::vector<std::string> names;
  std::optional<Query> found;
  each_row(*database_, texts.get(), {}, [&] {
    names.push_back(text_at(texts.get(), 0));
    if (names.back() == name) {
      found = read_query(text_at(texts.get(), 1), name, text_at(texts.get(), 2));
    }
  });
  if (found) return completed(std::move(*found));
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const int version = database_->schema_version();
  throw Error(Errc::usage,
              fmt::format("no saved query \"{}\"{}{}", name, did_you_mean(name, candidates),
                          version == newest_schema()
                              ? ""
                              : fmt::format("; the file is of schema {} and has the queries of its "
                                            "time: save, import or undo bring it up to date",
                                            version)));
}

Query Reader::completed(Query query) {
  const StockOnly stock(*database_);
  const Prepared statement = prepared(*database_, query.text);
  for (const std::string& name : parameters_of(query, statement.get())) {
    const bool is_told =
        std::any_of(query.parameters.begin(), query.parameters.end(),
                    [&](const Parameter& parameter) { return parameter.name == name; });
    if (is_told || query.declares) continue;
    Parameter parameter;
    parameter.name = name;
    query.parameters.push_back(std::move(parameter));
  }
  if (query.columns.empty()) query.columns = names_of(statement.get());
  compare(query, statement.get());
  return query;
}

void Reader::run(const Query& query, const Arguments& arguments, RowSink& rows) {
  refuse_unknown(query, arguments);
  const StockOnly stock(*database_);
  const Prepared statement = prepared(*database_, query.text);
  compare(query, statement.get());
  for (const Parameter& parameter : query.parameters) {
    const int at = sqlite3_bind_parameter_index(statement.get(), (":" + parameter.name).c_str());
    bind_cell(statement.get(), at, value_of(*database_, query, parameter, arguments));
  }
  deliver(*database_, statement.get(), limits_, rows);
}

void Reader::sql(std::string_view statement, RowSink& rows) {
  const Prepared compiled = prepared(*database_, statement);
  if (sqlite3_bind_parameter_count(compiled.get()) > 0) {
    throw Error(Errc::bad_query, "parameters are for saved queries; write the value in its place");
  }
  deliver(*database_, compiled.get(), limits_, rows);
}

}  // namespace planfile
