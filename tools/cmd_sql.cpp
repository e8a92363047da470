#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include "output.h"
#include "output_file.h"
#include "planfile/sql_text.h"
#include "planfile/writer.h"
#include "shell.h"
#include "terminal.h"

namespace planfile {
namespace {

struct Options {
  ShellOptions shell;
  std::optional<std::string> statement;
};

Limits limits(const ShellOptions& options, const Io& io) {
  Limits limits = limits_of(options.timeout);
  limits.stop = io.interrupted;
  return limits;
}

int change(const ShellOptions& options, const std::string& statement, Io io) {
  Writer file(options.file, limits(options, io));
  Output to(options.output, io);
  to.describe({.statement = statement});
  const auto rows = file.execute(statement, to);
  if (rows) {
    fmt::print(io.err, "{}: {} {} changed\n", options.file, *rows, *rows == 1 ? "row" : "rows");
  }
  return kDone;
}

int ask(const ShellOptions& options, const std::string& statement, Io io) {
  try {
    Reader reader(options.file, limits(options, io));
    Output to(options.output, io);
    to.describe({.statement = statement});
    reader.sql(statement, to);
    return kDone;
  } catch (const StatementError& error) {
    if (error.kind() != StatementError::Kind::would_change) throw;
    throw Error(error.code(), fmt::format("{}{}", error.what(), kWriteHint));
  }
}

// One result follows the other in these.
bool holds_several(Format format) {
  return format != Format::xlsx && format != Format::svg && format != Format::html;
}

// All results of a script go to the file that was asked for, whole or not at all.
std::unique_ptr<OutputFile> script_output(OutputOptions& output) {
  if (output.file.empty() || output.file == "-") return nullptr;
  const Format format = format_of(output);
  if (!holds_several(format)) {
    throw Error(Errc::usage,
                fmt::format("{}: {} holds one result; in a script, .once FILE writes the next one",
                            output.file, to_text(format)));
  }
  auto file =
      std::make_unique<OutputFile>(output.file, output.force ? Existing::replace : Existing::keep);
  output.format = to_text(format);
  output.file.clear();
  return file;
}

int run_script(ShellOptions options, std::istream& script, Io io) {
  const auto file = script_output(options.output);
  const Io to = file ? Io{script, file->stream(), io.err, 0, io.err_width, io.interrupted} : io;
  PlainScreen screen(to);
  Shell shell(std::move(options), to, screen);
  for (std::string line; !shell.is_over() && std::getline(script, line);) shell.take(line);
  shell.end();
  if (file) file->publish();
  return shell.exit_code();
}

bool is_terminal(const Io& io) {
  return &io.in == &std::cin && isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
}

int run(const Options& options, Io io) {
  if (options.statement == "-") return run_script(options.shell, io.in, io);
  if (options.statement && split_statements(*options.statement).size() > 1) {
    std::istringstream script(*options.statement);
    ShellOptions shell = options.shell;
    shell.script = "SQL";
    return run_script(std::move(shell), script, io);
  }
  if (options.statement) {
    return options.shell.write ? change(options.shell, *options.statement, io)
                               : ask(options.shell, *options.statement, io);
  }
  if (!is_terminal(io)) return run_script(options.shell, io.in, io);
  if (!options.shell.output.file.empty()) {
    throw Error(Errc::usage,
                "-o is for a statement or a script; in the shell .output FILE does it");
  }
  ShellOptions interactive = options.shell;
  interactive.manner = Manner::interactive;
  return run_terminal(std::move(interactive), io);
}

}  // namespace

void add_sql(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("sql", "Run SQL: a statement, a script, or what you type");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->shell.file, "The plan file")->required();
  command->add_option("SQL", options->statement,
                      "A statement, or several with semicolons; - is a script from stdin, and so "
                      "is a stdin that is no terminal; without SQL a shell opens");
  add_output(*command, options->shell.output);
  add_timeout(*command, options->shell.timeout);
  command->add_flag("--write", options->shell.write,
                    "Let statements change rows of facts and names");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return run(*options, io); }; });
}

}  // namespace planfile
