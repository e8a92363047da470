#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/error.h"
#include "planfile/table.h"

namespace planfile {

class Database;

// One `-- param:` line of a saved query.
struct Parameter {
  enum class Type { text, integer, number };

  std::string name;  // without the colon
  Type type = Type::text;
  Cell standard;                     // what it is when not given; NULL mostly means "all"
  std::vector<std::string> choices;  // the allowed values, when it is one of few
  std::string choices_query;         // SELECT whose first column has the allowed values
  std::string table;                 // in which it names a row, by code, name or alias
  std::string about, about_zh;
};

std::string_view to_text(Parameter::Type type);

// `text` as a value of that type; nothing when it is none.
std::optional<Cell> argument(Parameter::Type type, std::string_view text);

// How grave a finding is.
enum class Severity { error, warning, note };

std::string_view to_text(Severity severity);

// What each row of a query that checks the file says.
struct Findings {
  std::string column;                                       // of the class of the finding
  std::map<std::string, Severity, std::less<>> severities;  // by class
  std::string text, text_zh;                                // one sentence, with {column} in it
};

// A saved query: its header taken apart, and its whole text.
struct Query {
  std::string name;
  std::string
      family;  // evaluation, honesty, comparison, projects, quality, lookup; or a user's own
  std::string about, about_zh;  // what it answers and how, in one paragraph
  std::vector<Parameter> parameters;
  std::vector<std::string> columns;
  std::vector<std::string> shown;           // those that a table for people shows; empty: all
  std::map<std::string, ColumnNote> notes;  // by column, for those that say more than their name
  std::optional<Chart> chart;
  std::optional<Findings> findings;  // of a query that checks the file
  std::string text;                  // header and statement, as written
  bool declares =
      true;  // every parameter; else those that it leaves out are texts, NULL by default
};

// Reads a saved query's header (README, "Saved queries"). Errc::bad_query, naming the line, where
// the header breaks a rule: no name or one unlike `stem` (when given), no `about` in either
// language, no columns, a parameter told twice, a default or choice that is not of its type, a
// chart or finding of a column that there is none of.
Query parse_query(std::string_view text, std::string_view stem = {});

// The same for a query that a user wrote, for planfile, aiosql or sqlc: it may leave out all but a
// statement. Its name is that of its `-- name:` line (without aiosql's and sqlc's marks) or `stem`;
// comments before the statement are its `about`. Columns and parameters may be left undeclared.
Query parse_user_query(std::string_view text, std::string_view stem);

// Fills {column} in a finding's sentence from one row.
std::string fill(std::string_view sentence, std::span<const std::string> columns,
                 std::span<const Cell> row);

// Arguments by parameter name, as the user wrote them.
using Arguments = std::map<std::string, std::string, std::less<>>;

// Limits on one statement of unknown origin.
struct Limits {
  std::chrono::milliseconds time{0};  // 0: none
  // Asked now and then while a statement runs, and after each row; true ends it with Errc::stopped.
  // Called in the thread that runs the statement.
  std::function<bool()> stop = {};
};

// A statement that does not compile, or may not run: Errc::bad_query with its place. `what()` is
// the whole of it: line and column in a text of several lines, the reason, and the line of the
// statement with a mark under the place.
class StatementError : public Error {
 public:
  enum class Kind {
    wrong,         // it does not compile
    would_change,  // it would change something, and this connection only reads
    not_allowed    // it would do what SQL may not do to a plan file
  };

  StatementError(Kind kind, const std::string& reason, std::string_view statement,
                 std::optional<std::size_t> at = std::nullopt);

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }
  // From 1 on, in the statement as given; 0 where the place is not known.
  [[nodiscard]] std::size_t line() const noexcept { return line_; }
  // The line and the mark under it, each after a line end; empty where the place is not known.
  [[nodiscard]] const std::string& mark() const noexcept { return mark_; }

 private:
  Kind kind_;
  std::string reason_, mark_;
  std::size_t line_;
};

// A plan file opened to be asked. It never changes the file: SQLite's authorizer refuses every
// statement that is not reading, while it is compiled. Use one Reader from one thread at a time.
class Reader {
 public:
  // Errors as File::open.
  explicit Reader(const std::filesystem::path& path, Limits limits = {});
  Reader(Reader&&) noexcept;
  virtual ~Reader();

  // Of the statements from here on.
  void set_limits(Limits limits);

  // The saved queries in the file, by name.
  [[nodiscard]] std::vector<Query> queries();

  // One of them; of planfile's own, where an older file lacks it, the one that this planfile has.
  // Errc::usage, with the nearest names, when there is none.
  [[nodiscard]] Query query(std::string_view name);

  // The query whole: columns and parameters that its header leaves out are those of its statement.
  // Errc::bad_query when the statement does not compile here or breaks what the header says.
  [[nodiscard]] Query completed(Query query);

  // Runs a saved query. A choice may be given by its name in the file's code lists, such as 滞后
  // for behind. Errc::usage for an unknown parameter, a value that is not of its type or none of
  // its choices; Errc::bad_query when the statement breaks what its header says.
  void run(const Query& query, const Arguments& arguments, RowSink& rows);

  // Runs one statement and passes each row on as it comes. Errc::bad_query when it does not
  // compile (StatementError tells where, and the nearest name for one that is not known), changes
  // anything, or is followed by a second one; Errc::stopped past a limit.
  void sql(std::string_view statement, RowSink& rows);

 protected:
  Reader(std::unique_ptr<Database> database, Limits limits);
  Database& database() { return *database_; }
  [[nodiscard]] const Limits& limits() const { return limits_; }

 private:
  std::unique_ptr<Database> database_;
  Limits limits_;
};

}  // namespace planfile
