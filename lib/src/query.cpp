#include "planfile/query.h"
#include "planfile/nearest.h"

#include <algorithm>
#include <optional>
#include <set>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "compiled.h"
#include "embedded.h"
#include "migrate.h"
#include "names.h"
#include "text.h"

namespace planfile {
namespace {

// While one lives, statements are compiled as any SQLite would: without planfile's functions.
class StockOnly {
 public:
  explicit StockOnly(Database& database) : database_(database) {
    database_.use(Database::Functions::stock);
  }
  StockOnly(const StockOnly&) = delete;
  StockOnly& operator=(const StockOnly&) = delete;
  ~StockOnly() { database_.use(Database::Functions::all); }

 private:
  Database& database_;
};

// The code of what `name` names in the parameter's table.
Cell code_of(Database& database, const Query& query, const Parameter& parameter,
             const std::string& name) {
  const auto names = compile(database, fmt::format("SELECT name, code FROM ({}) WHERE kind = '{}' "
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
  const Compiled allowed = compile(database, parameter.choices_query);
  each_row(database, allowed.get(), {},
           [&] { choices.push_back(to_text(cell_at(allowed.get(), 0))); });
  return choices;
}

// The one choice that has this name in the file's code lists, in either language; nothing when none
// has it, or the file is older than the lists.
std::optional<std::string> choice_named(Database& database, const std::vector<std::string>& choices,
                                        const std::string& name) {
  constexpr int kSinceSchema = 12;
  if (database.schema_version() < kSinceSchema) return std::nullopt;
  const Compiled codes = compile(database, "SELECT code FROM code WHERE ?1 IN (name, name_en)");
  bind_cell(codes.get(), 1, name);
  std::set<std::string> found;
  each_row(database, codes.get(), {}, [&] {
    const std::string code = text_at(codes.get(), 0);
    if (std::find(choices.begin(), choices.end(), code) != choices.end()) found.insert(code);
  });
  if (found.size() != 1) return std::nullopt;
  return *found.begin();
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
    if (auto choice = choice_named(database, choices, text)) return *std::move(choice);
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
    : database_(std::make_unique<Database>(path, Database::Access::read)),
      limits_(std::move(limits)) {
  check_version(*database_);
  database_->add_functions();
  database_->use_more_memory();
  database_->restrict_to_reading();
}
Reader::Reader(std::unique_ptr<Database> database, Limits limits)
    : database_(std::move(database)), limits_(std::move(limits)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader::~Reader() = default;

void Reader::set_limits(Limits limits) { limits_ = std::move(limits); }

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
  const Compiled texts = compile(*database_, kQueries);
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
  const Compiled texts = compile(*database_, kQueries);
  std::vector<std::string> names;
  std::optional<Query> found;
  each_row(*database_, texts.get(), {}, [&] {
    names.push_back(text_at(texts.get(), 0));
    if (names.back() == name) {
      found = read_query(text_at(texts.get(), 1), name, text_at(texts.get(), 2));
    }
  });
  // Compiling takes longer than most answers. A header that tells all is held against the statement
  // when it is run.
  if (found && found->declares && !found->columns.empty()) return *std::move(found);
  if (found) return completed(std::move(*found));
  const int version = database_->schema_version();
  // An older file has the queries of its time; those that came later mostly answer of it as well.
  if (version != newest_schema()) {
    for (const EmbeddedText& built_in : embedded_queries()) {
      if (built_in.name == name) return read_query(std::string(built_in.text), name, "planfile");
    }
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
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
  const Compiled statement = compile(*database_, query.text);
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
  const Compiled statement = compile(*database_, query.text);
  compare(query, statement.get());
  for (const Parameter& parameter : query.parameters) {
    const int at = sqlite3_bind_parameter_index(statement.get(), (":" + parameter.name).c_str());
    bind_cell(statement.get(), at, value_of(*database_, query, parameter, arguments));
  }
  deliver(*database_, statement.get(), limits_, rows);
}

void Reader::sql(std::string_view statement, RowSink& rows) {
  const Compiled compiled = compile(*database_, statement);
  if (sqlite3_bind_parameter_count(compiled.get()) > 0) {
    throw Error(Errc::bad_query, "parameters are for saved queries; write the value in its place");
  }
  deliver(*database_, compiled.get(), limits_, rows);
}

}  // namespace planfile
