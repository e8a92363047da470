#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "output.h"

namespace planfile {
namespace {

struct Options {
  std::string file, table;
  std::vector<std::string> texts;
  Defaults defaults;
};

CsvText read(const std::string& name, Io io) {
  if (name == "-") {
    return {"stdin", {std::istreambuf_iterator<char>(io.in), std::istreambuf_iterator<char>()}};
  }
  if (std::filesystem::is_directory(name)) {
    throw Error(Errc::no_such_file, fmt::format("{}: a folder, not a CSV file", name));
  }
  std::ifstream in(name, std::ios::binary);
  if (!in) throw Error(Errc::no_such_file, fmt::format("{}: no such file, or not readable", name));
  return {name, {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}};
}

int import_files(const Options& options, Io io) {
  File file = File::open(options.file, File::Access::write);
  std::vector<CsvText> texts;
  for (const std::string& name : options.texts) texts.push_back(read(name, io));
  return report(import_csv(file, options.table, texts, options.defaults), options.file, io);
}

}  // namespace

void add_import(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("import", "Import CSV into a table: all rows, or none");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("TABLE", options->table, "The table: observation, target, project, ...")
      ->required();
  command->add_option("CSV", options->texts, "CSV files in UTF-8 with a header; - is stdin")
      ->required();
  command->add_option("--source", options->defaults.source,
                      "Code of the source of rows that name none");
  command->add_option("--plan", options->defaults.plan,
                      "Code of the plan of targets that name none");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return import_files(*options, io); }; });
}

}  // namespace planfile
