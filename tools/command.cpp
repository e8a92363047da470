#include "command.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "help.h"
#include "planfile/error.h"
#include "planfile/file.h"
#include "planfile/nearest.h"
#include "planfile/version.h"

namespace planfile {
namespace {

constexpr const char* kFooter =
    "Exit codes: 0 done; 1 the data was refused; 2 asked wrongly; 3 could not work.\n"
    "`planfile COMMAND --help` explains a command.";

int exit_code(Errc code) {
  switch (code) {
    case Errc::refused:
      return kRefused;
    case Errc::usage:
    case Errc::bad_query:
      return kAskedWrong;
    case Errc::no_such_file:
    case Errc::not_a_plan_file:
    case Errc::newer_file:
    case Errc::stopped:
    case Errc::storage:
      break;
  }
  return kCouldNot;
}

// One option for all commands: it may stand before or behind the command's name.
void add_wait(CLI::App& app) {
  constexpr double kMilliseconds = 1000, kLongest = 86400;
  app.fallthrough();
  app.add_option_function<double>(
         "--wait",
         [](double seconds) {
           if (std::isnan(seconds)) throw CLI::ValidationError("--wait", "not a number");
           set_wait(std::chrono::milliseconds(std::lround(seconds * kMilliseconds)));
         },
         "How long to wait for another program that is changing the file")
      ->type_name("SECONDS")
      ->default_str("5")
      ->check(CLI::Range(0.0, kLongest));
}

}  // namespace

void build_app(CLI::App& app, Action& chosen) {
  app.name("planfile");
  app.description("Indicators, targets and projects of development plans in one SQLite file.");
  app.footer(kFooter);
  app.set_version_flag("--version", fmt::format("planfile {}", kVersion));
  app.set_help_flag("-h,--help", "Show this help");
  app.require_subcommand(1);
  add_wait(app);
  auto formatter = std::make_shared<HelpFormatter>();
  formatter->column_width(26);
  app.formatter(formatter);
  for (const auto add :
       {add_new,  add_build,    add_export, add_import,      add_undo,     add_queries, add_run,
        add_save, add_check,    add_verify, add_ship,        add_diff,     add_merge,   add_sql,
        add_find, add_describe, add_why,    add_completions, add_complete, add_man}) {
    add(app, chosen);
  }
}

namespace {

// A first word that is no command gets the nearest one.
void refuse_unknown(const CLI::App& app, std::span<const std::string> arguments) {
  if (arguments.empty() || arguments.front().starts_with('-')) return;
  std::vector<std::string_view> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::string& word = arguments.front();
  if (std::find(names.begin(), names.end(), word) != names.end()) return;
  throw Error(Errc::usage, fmt::format("no command \"{}\"{}; `planfile --help` lists them", word,
                                       did_you_mean(word, names)));
}

}  // namespace

int run_command(std::span<const std::string> arguments, Io io) {
  CLI::App app;
  Action chosen;
  build_app(app, chosen);
  // CLI11 takes the words last first.
  std::vector<std::string> words(arguments.rbegin(), arguments.rend());
  try {
    refuse_unknown(app, arguments);
    app.parse(std::move(words));
    const int code = chosen(io);
    io.out.flush();
    if (!io.out) throw Error(Errc::storage, "the output can't be written");
    return code;
  } catch (const CLI::ParseError& words_wrong) {
    const int code = app.exit(words_wrong, io.out, io.err);
    return code == 0 ? kDone : kAskedWrong;
  } catch (const Error& error) {
    io.err << "planfile: " << error.what() << '\n';
    return exit_code(error.code());
  } catch (const std::exception& trouble) {  // out of memory, a folder that can't be listed
    io.err << "planfile: " << trouble.what() << '\n';
    return kCouldNot;
  }
}

}  // namespace planfile
