// The command `planfile`: its subcommands, and what they share.
#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <ostream>
#include <span>
#include <string>

#include <CLI/CLI.hpp>

namespace planfile {

// Where a command reads and writes. Data goes to `out`, all else to `err`.
struct Io {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::size_t width = 0;      // of the terminal that `out` is; 0 when it is none
  std::size_t err_width = 0;  // the same of `err`
  // Whether the user asked to stop (Ctrl-C). Once it was called, asking no longer ends the program:
  // whoever calls it stops in good order. Empty when nobody can ask.
  std::function<bool()> interrupted = {};
};

// What the user's words come down to; returns the exit code.
using Action = std::function<int(Io)>;

// Exit codes, as `planfile --help` lists them.
inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;  // the data was refused, or differs
inline constexpr int kAskedWrong = 2;
inline constexpr int kCouldNot = 3;

// Parses `arguments` (without the program's name), does what they ask and returns the exit code.
// Errors of the library become one line on `io.err` here and nowhere else.
int run_command(std::span<const std::string> arguments, Io io);

// Puts every command and option into `app`, the one definition of what help, manual pages and
// completions tell. `app` must not outlive `chosen`.
void build_app(CLI::App& app, Action& chosen);

// Each adds its subcommand to `app`; when the user asks for it, it sets `chosen`.
void add_new(CLI::App& app, Action& chosen);
void add_build(CLI::App& app, Action& chosen);
void add_export(CLI::App& app, Action& chosen);
void add_import(CLI::App& app, Action& chosen);
void add_diff(CLI::App& app, Action& chosen);
void add_merge(CLI::App& app, Action& chosen);
void add_undo(CLI::App& app, Action& chosen);
void add_queries(CLI::App& app, Action& chosen);
void add_run(CLI::App& app, Action& chosen);
void add_save(CLI::App& app, Action& chosen);
void add_check(CLI::App& app, Action& chosen);
void add_ship(CLI::App& app, Action& chosen);
void add_verify(CLI::App& app, Action& chosen);
void add_sql(CLI::App& app, Action& chosen);
void add_find(CLI::App& app, Action& chosen);
void add_describe(CLI::App& app, Action& chosen);
void add_why(CLI::App& app, Action& chosen);
void add_completions(CLI::App& app, Action& chosen);
void add_complete(CLI::App& app, Action& chosen);
void add_man(CLI::App& app, Action& chosen);

}  // namespace planfile
