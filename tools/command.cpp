#include "command.h"

#include <memory>
#include <vector>

#include <fmt/format.h>

#include "planfile/error.h"
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

void build_app(CLI::App& app, Action& chosen) {
  app.name("planfile");
  app.description("Indicators, targets and projects of development plans in one SQLite file.");
  app.footer(kFooter);
  app.set_version_flag("--version", fmt::format("planfile {}", kVersion));
  app.set_help_flag("-h,--help", "Show this help");
  app.require_subcommand(1);
  app.get_formatter()->column_width(26);
  for (const auto add : {add_new, add_build, add_export, add_import, add_queries, add_run, add_sql,
                         add_describe}) {
    add(app, chosen);
  }
}

}  // namespace

int run_command(std::span<const std::string> arguments, Io io) {
  CLI::App app;
  Action chosen;
  build_app(app, chosen);
  // CLI11 takes the words last first.
  std::vector<std::string> words(arguments.rbegin(), arguments.rend());
  try {
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
  }
}

}  // namespace planfile
