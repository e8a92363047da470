#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
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
  std::string table;                 // in which it names a row, by code, name or alias
  std::string about, about_zh;
};

std::string_view to_text(Parameter::Type type);

// `text` as a value of that type; nothing when it is none.
std::optional<Cell> argument(Parameter::Type type, std::string_view text);

// What a column of a result means.
struct ColumnNote {
  std::string about, about_zh;
};

// A saved query: its header taken apart, and its whole text.
struct Query {
  std::string name;
  std::string about, about_zh;  // what it answers and how, in one paragraph
  std::vector<Parameter> parameters;
  std::vector<std::string> columns;
  std::vector<std::string> shown;           // those that a table for people shows; empty: all
  std::map<std::string, ColumnNote> notes;  // by column, for those that say more than their name
  std::string text;                         // header and statement, as written
};

// Reads a saved query's header (README, "Saved queries"). Errc::bad_query, naming the line, where
// the header breaks a rule: no name or one unlike `stem` (when given), no `about` in either
// language, no columns, a parameter told twice, a default or choice that is not of its type.
Query parse_query(std::string_view text, std::string_view stem = {});

// Arguments by parameter name, as the user wrote them.
using Arguments = std::map<std::string, std::string, std::less<>>;

// Limits on one statement of unknown origin.
struct Limits {
  std::chrono::milliseconds time{0};  // 0: none
};

// A plan file opened to be asked. It never changes the file: SQLite's authorizer refuses every
// statement that is not reading, while it is compiled. Use one Reader from one thread at a time.
class Reader {
 public:
  // Errors as File::open.
  explicit Reader(const std::filesystem::path& path, Limits limits = {});
  Reader(Reader&&) noexcept;
  ~Reader();

  // The saved queries in the file, by name.
  [[nodiscard]] std::vector<Query> queries();

  // One of them. Errc::usage, with the nearest names, when there is none.
  [[nodiscard]] Query query(std::string_view name);

  // Runs a saved query. Errc::usage for an unknown parameter, a value that is not of its type or
  // none of its choices; Errc::bad_query when the statement breaks what its header says.
  void run(const Query& query, const Arguments& arguments, RowSink& rows);

  // Runs one statement. Errc::bad_query when it does not compile (the message marks where), changes
  // anything, or is followed by a second one.
  void sql(std::string_view statement, RowSink& rows);

 private:
  std::unique_ptr<Database> database_;
  Limits limits_;
};

}  // namespace planfile
