// The commands of the shell that begin with a dot.
#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "planfile/nearest.h"
#include "planfile/saved.h"
#include "shell.h"

namespace planfile {
namespace {

using Words = std::vector<std::string>;

// The words of a command. 'Single' and "double" quotes keep spaces.
Words words_of(std::string_view line) {
  Words words;
  bool is_within = false;
  char quote = '\0';
  for (const char c : line) {
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        words.back() += c;
      }
      continue;
    }
    const bool is_space = c == ' ' || c == '\t';
    if (!is_space && !std::exchange(is_within, true)) words.emplace_back();
    if (is_space) {
      is_within = false;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  if (quote != '\0') throw Error(Errc::usage, fmt::format("a {} is not closed", quote));
  return words;
}

// A text as a literal of SQL.
std::string literal(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

void need(const Words& words, std::size_t least, std::size_t most, std::string_view usage) {
  const std::size_t count = words.size() - 1;
  if (count < least || count > most) throw Error(Errc::usage, fmt::format("usage: {}", usage));
}

Arguments arguments_of(const Words& words, std::vector<std::string>& columns) {
  Arguments arguments;
  for (std::size_t at = 2; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "-p" || word == "--param") continue;
    if (word == "--columns" && at + 1 < words.size()) {
      std::string_view rest = words[++at];
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        columns.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      continue;
    }
    const std::size_t equals = word.find('=');
    if (equals == word.npos || equals == 0) {
      throw Error(Errc::usage, fmt::format("not NAME=VALUE: \"{}\"", word));
    }
    if (!arguments.emplace(word.substr(0, equals), word.substr(equals + 1)).second) {
      throw Error(Errc::usage, fmt::format("given twice: {}", word.substr(0, equals)));
    }
  }
  return arguments;
}

// Whether results in that format may follow one another in a file.
bool is_text(std::string_view format) {
  return format != "xlsx" && format != "svg" && format != "html";
}

}  // namespace

const std::vector<Shell::Command>& Shell::commands() {
  static const std::vector<Command> all = {
      {".chart", ".chart [bar x=A y=B ...]",
       "Draw the last rows as bars or a line; by= and target= too", &Shell::do_chart},
      {".describe", ".describe [THING]", "The file, or a table, query, indicator, entity, project",
       &Shell::do_describe},
      {".explain", ".explain [SQL]", "How SQLite finds the rows of SQL, or of the last statement",
       &Shell::do_explain},
      {".format", ".format [NAME]", "How to write rows, such as csv; Tab lists the formats",
       &Shell::do_format},
      {".help", ".help [COMMAND]", "This list, or one of it", &Shell::do_help},
      {".once", ".once FILE",
       "Write the next result to a file, in the format that its name ends in", &Shell::do_once},
      {".output", ".output [FILE]", "Write results to a new file; without FILE to the screen again",
       &Shell::do_output},
      {".queries", ".queries", "The saved queries", &Shell::do_queries},
      {".quit", ".quit", "Leave; so do .exit and Ctrl-D", &Shell::do_quit},
      {".run", ".run QUERY [NAME=VALUE...]", "Run a saved query; --columns A,B chooses columns",
       &Shell::do_run},
      {".save", ".save NAME", "Keep the last statement in the file as a saved query",
       &Shell::do_save},
      {".schema", ".schema [NAME]", "The SQL that made tables and views; % stands for any text",
       &Shell::do_schema},
      {".tables", ".tables [PATTERN]", "Tables and views with what they hold", &Shell::do_tables},
      {".timer", ".timer on|off", "Tell the time that each statement takes", &Shell::do_timer},
  };
  return all;
}

void Shell::command(std::string_view line) {
  // SQL may follow .explain as it is, quotes and all.
  const std::size_t space = std::min(line.find_first_of(" \t"), line.size());
  std::string name(line.substr(0, space));
  const std::map<std::string_view, std::string_view> others = {
      {".exit", ".quit"}, {".q", ".quit"}, {".mode", ".format"}, {".h", ".help"}};
  if (const auto other = others.find(name); other != others.end()) name = other->second;
  std::vector<const Command*> found;
  std::vector<std::string_view> names;
  for (const Command& one : commands()) {
    names.push_back(one.name);
    if (one.name == name) found = {&one};
    if (one.name == name) break;
    if (name.size() > 1 && one.name.starts_with(name)) found.push_back(&one);
  }
  if (found.empty()) {
    throw Error(Errc::usage, fmt::format("no command \"{}\"{}; .help lists them", name,
                                         did_you_mean(name, names)));
  }
  if (found.size() > 1) {
    throw Error(Errc::usage,
                fmt::format("\"{}\" may be {} or {}", name, found[0]->name, found[1]->name));
  }
  Words words = found.front()->name == ".explain"
                    ? Words{".explain", std::string(line.substr(space))}
                    : words_of(line);
  (this->*found.front()->run)(words);
}

void Shell::do_help(const Words& words) {
  need(words, 0, 1, ".help [COMMAND]");
  shown([&](const Io& io) {
    for (const Command& one : commands()) {
      const bool is_asked =
          words.size() < 2 || one.name == words[1] || one.name.substr(1) == words[1];
      if (is_asked) fmt::print(io.out, "{:<28}{}\n", one.usage, one.about);
    }
    if (words.size() > 1) return;
    fmt::print(
        io.out,
        "\nAll else is SQL, over one line or several, up to a semicolon. Tab completes words, "
        "and names\nwithin quotes. Ctrl-C ends a statement or clears the line, Ctrl-D leaves.\n");
  });
}

void Shell::do_tables(const Words& words) {
  need(words, 0, 1, ".tables [PATTERN]");
  const std::string pattern = words.size() > 1 ? words[1] : "%";
  const std::string_view suffix = language(options_.output.lang) == "zh" ? "" : "_en";
  shown([&](const Io& io) {
    Output to(next_output(), io);
    reader().sql(fmt::format("SELECT m.name, m.type, d.about{} AS about FROM sqlite_schema AS m "
                             "LEFT JOIN dictionary AS d "
                             "ON d.table_name = m.name AND d.column_name = '' "
                             "WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' "
                             "ESCAPE '\\' AND m.name LIKE {} ORDER BY m.type DESC, m.name",
                             suffix, literal(pattern)),
                 to);
  });
}

void Shell::do_schema(const Words& words) {
  need(words, 0, 1, ".schema [NAME]");
  const std::string pattern = words.size() > 1 ? words[1] : "%";
  TableSink found;
  reader().sql(fmt::format("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL "
                           "AND tbl_name LIKE {} ORDER BY rowid",
                           literal(pattern)),
               found);
  if (found.table().rows.empty()) {
    TableSink all;
    reader().sql("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')", all);
    std::vector<std::string> names;
    for (const auto& row : all.table().rows) names.push_back(to_text(row[0]));
    const std::vector<std::string_view> views(names.begin(), names.end());
    throw Error(Errc::usage,
                fmt::format("no table or view \"{}\"{}", pattern, did_you_mean(pattern, views)));
  }
  shown([&](const Io& io) {
    for (const auto& row : found.table().rows) fmt::print(io.out, "{};\n", to_text(row[0]));
  });
}

void Shell::do_describe(const Words& words) {
  need(words, 0, 1, ".describe [THING]");
  Words command = {"describe", options_.file};
  if (words.size() > 1) command.push_back(words[1]);
  run_words(std::move(command));
}

void Shell::do_queries(const Words& words) {
  need(words, 0, 0, ".queries");
  Words command = {"queries", options_.file};
  if (!options_.output.format.empty()) {
    command.insert(command.end(), {"--format", options_.output.format});
  }
  run_words(std::move(command));
}

void Shell::do_run(const Words& words) {
  need(words, 1, words.size(), ".run QUERY [NAME=VALUE...]");
  std::vector<std::string> columns;
  const Arguments arguments = arguments_of(words, columns);
  const Query query = reader().query(words[1]);
  again_ = [this, words] { do_run(words); };
  try {
    shown([&](const Io& io) {
      Output to(next_output(), io);
      print_query(reader(), query, arguments, columns, to);
    });
  } catch (const Error& error) {
    if (!screen_.is_left() || error.code() != Errc::stopped) throw;
  }
}

void Shell::do_save(const Words& words) {
  need(words, 1, 1, ".save NAME");
  if (last_.empty()) throw Error(Errc::usage, "no statement has run yet that could be saved");
  if (writer_ != nullptr && writer_->in_transaction()) {
    throw Error(Errc::usage, "a transaction is open; COMMIT or ROLLBACK it first");
  }
  const Query query = reader().completed(parse_user_query(last_, words[1]));
  File file = File::open(options_.file, File::Access::write);
  const bool is_new = save_query(file, query);
  fmt::print(io_.err, "{}: {}\n", query.name, is_new ? "saved" : "there already, the same");
}

void Shell::do_chart(const Words& words) {
  if (!again_) throw Error(Errc::usage, "no rows have been shown yet that could be drawn");
  struct Restorer {
    OutputOptions& options;
    const OutputOptions former;
    ~Restorer() { options = former; }
  };
  const Restorer restorer{options_.output, options_.output};
  options_.output.format = "chart";
  options_.output.chart = fmt::format("{}", fmt::join(words.begin() + 1, words.end(), " "));
  const std::function<void()> again = again_;  // which running again replaces
  again();
}

void Shell::do_format(const Words& words) {
  need(words, 0, 1, ".format [NAME]");
  if (words.size() < 2) {
    fmt::print(io_.out, "{}\n", is_table() ? "table" : options_.output.format);
    return;
  }
  const auto names = format_names();
  if (std::find(names.begin(), names.end(), words[1]) == names.end()) {
    throw Error(Errc::usage, fmt::format("no format \"{}\"{}; one of: {}", words[1],
                                         did_you_mean(words[1], names), fmt::join(names, ", ")));
  }
  options_.output.format = words[1];
}

void Shell::do_once(const Words& words) {
  need(words, 1, 1, ".once FILE");
  once_ = words[1];
}

void Shell::do_output(const Words& words) {
  need(words, 0, 1, ".output [FILE]");
  output_.reset();
  if (words.size() < 2 || words[1] == "stdout") return;
  const std::filesystem::path path = words[1];
  if (std::filesystem::is_regular_file(path) || std::filesystem::is_directory(path)) {
    throw Error(Errc::usage, fmt::format("{}: exists already", words[1]));
  }
  const std::string ending = path.extension().string();
  const auto format = parse_format(ending.empty() ? "" : ending.substr(1));
  output_format_ = format ? ending.substr(1) : "";
  if (!is_text(output_format_)) {
    throw Error(Errc::usage, fmt::format("{}: holds one result; use .once", words[1]));
  }
  output_ = std::make_unique<std::ofstream>(path, std::ios::binary);
  if (*output_) return;
  output_.reset();
  throw Error(Errc::storage, fmt::format("{}: can't be written", words[1]));
}

void Shell::do_timer(const Words& words) {
  need(words, 0, 1, ".timer on|off");
  if (words.size() > 1 && words[1] != "on" && words[1] != "off") {
    throw Error(Errc::usage, "usage: .timer on|off");
  }
  has_timer_ = words.size() > 1 ? words[1] == "on" : !has_timer_;
}

void Shell::do_explain(const Words& words) {
  const bool says_sql = words[1].find_first_not_of(" \t;") != std::string::npos;
  const std::string& statement = says_sql ? words[1] : last_;
  if (statement.empty())
    throw Error(Errc::usage, "no statement has run yet; usage: .explain [SQL]");
  explain("EXPLAIN QUERY PLAN " + statement);
}

void Shell::do_quit(const Words& words) {
  need(words, 0, 0, ".quit");
  is_over_ = true;
}

}  // namespace planfile
