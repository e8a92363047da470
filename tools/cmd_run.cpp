#include <memory>
#include <vector>

#include <fmt/format.h>

#include "output.h"
#include "planfile/query.h"

namespace planfile {
namespace {

struct Options {
  std::string file, query;
  OutputOptions output;
  std::vector<std::string> parameters, columns;
  double timeout = 0;
};

Arguments arguments_of(const std::vector<std::string>& parameters) {
  Arguments arguments;
  for (const std::string& text : parameters) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(Errc::usage, fmt::format("-p: not NAME=VALUE: \"{}\"", text));
    }
    if (!arguments.emplace(text.substr(0, equals), text.substr(equals + 1)).second) {
      throw Error(Errc::usage, fmt::format("-p: given twice: {}", text.substr(0, equals)));
    }
  }
  return arguments;
}

int run(const Options& options, Io io) {
  const Arguments arguments = arguments_of(options.parameters);
  Reader reader(options.file, limits_of(options.timeout));
  const Query query = reader.query(options.query);
  Output out(options.output, io);
  print_query(reader, query, arguments, options.columns, out);
  return kDone;
}

}  // namespace

void add_run(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("run", "Run a saved query");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("QUERY", options->query, "The query's name")->required();
  command
      ->add_option("-p,--param", options->parameters,
                   "A parameter as NAME=VALUE; may be given again")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--columns", options->columns,
                   "Columns to print, in that order; all is every one")
      ->type_name("A,B,...")
      ->delimiter(',')
      ->allow_extra_args(false);
  add_output(*command, options->output);
  add_timeout(*command, options->timeout);
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return run(*options, io); }; });
}

}  // namespace planfile
