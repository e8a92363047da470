#include <iterator>
#include <memory>

#include "output.h"
#include "planfile/query.h"

namespace planfile {
namespace {

struct Options {
  std::string file, statement;
  OutputOptions output;
  double timeout = 0;
};

int run(const Options& options, Io io) {
  const bool from_stdin = options.statement == "-";
  const std::string statement =
      from_stdin ? std::string(std::istreambuf_iterator<char>(io.in), {}) : options.statement;
  Reader reader(options.file, limits_of(options.timeout));
  Output out(options.output, io);
  out.describe({.statement = statement});
  reader.sql(statement, out);
  return kDone;
}

}  // namespace

void add_sql(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("sql", "Run one SQL statement, reading only");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("SQL", options->statement, "The statement; - reads it from stdin")
      ->required();
  add_output(*command, options->output);
  add_timeout(*command, options->timeout);
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return run(*options, io); }; });
}

}  // namespace planfile
