#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "import_report.h"
#include "output.h"
#include "planfile/csv.h"
#include "planfile/import.h"
#include "planfile/nearest.h"
#include "planfile/package.h"

namespace planfile {
namespace {

struct Options {
  std::string file;
  std::vector<std::string> words;  // [TABLE] CSV...
  std::vector<std::string> constants;
  std::string encoding, delimiter, map, rejects, format = "table";
  Defaults defaults;
  std::size_t most_faults = 1000;
  bool create = false, dry_run = false, no_backup = false;
};

bool is_table(const std::string& word) {
  const auto tables = import_tables();
  return std::find(tables.begin(), tables.end(), word) != tables.end();
}

// Takes the table off the words; without one it is found out. A first word that is neither table
// nor file was meant as one of the two.
std::string take_table(std::vector<std::string>& words) {
  std::error_code unknown;
  std::string first = words.front();
  if (is_table(first)) {
    words.erase(words.begin());
    if (words.empty()) throw Error(Errc::usage, fmt::format("no CSV to import into {}", first));
    return first;
  }
  const bool is_word = first.find_first_of("./") == std::string::npos && first != "-";
  if (words.size() > 1 && is_word && !std::filesystem::exists(first, unknown)) {
    const auto tables = import_tables();
    throw Error(Errc::usage, fmt::format("no table for imports: \"{}\"{}; there are: {}", first,
                                         did_you_mean(first, tables), fmt::join(tables, ", ")));
  }
  return {};
}

char delimiter_of(const std::string& word) {
  if (word.empty()) return '\0';
  if (word == "tab" || word == "\\t") return '\t';
  if (word.size() == 1) return word.front();
  throw Error(Errc::usage, fmt::format("--delimiter: not one character: \"{}\"", word));
}

std::string read_whole(const std::string& path) {
  const auto bytes = file_bytes(path);
  std::string text(bytes->size(), '\0');
  text.resize(bytes->read(text));
  return text;
}

Mapping read_mapping(const std::string& path) {
  const auto mapping = parse_mapping(read_whole(path));
  if (!mapping) throw Error(Errc::usage, fmt::format("{}: {}", path, mapping.reason));
  return *mapping;
}

std::map<std::string, std::string, std::less<>> constants_of(const std::vector<std::string>& said) {
  std::map<std::string, std::string, std::less<>> constants;
  for (const std::string& one : said) {
    const std::size_t equals = one.find('=');
    if (equals == 0 || equals == std::string::npos) {
      throw Error(Errc::usage, fmt::format("--set: not COLUMN=TEXT: \"{}\"", one));
    }
    constants.insert_or_assign(one.substr(0, equals), one.substr(equals + 1));
  }
  return constants;
}

ImportOptions import_options(const Options& given, const std::string& table, ProgressLine& line) {
  ImportOptions options;
  options.table = table;
  options.defaults = given.defaults;
  options.encoding = given.encoding;
  options.delimiter = delimiter_of(given.delimiter);
  options.constants = constants_of(given.constants);
  options.most_faults = given.most_faults;
  if (!given.map.empty()) options.mapping = read_mapping(given.map);
  if (given.create) options.unknown = ImportOptions::Unknown::create;
  options.rejects = given.rejects;
  if (given.dry_run) options.effect = ImportOptions::Effect::none;
  options.progress = [&line](const Progress& progress) { return line.show(progress); };
  return options;
}

std::vector<CsvInput> open_inputs(const std::vector<std::string>& names, Io io) {
  std::vector<CsvInput> inputs;
  for (const std::string& name : names) {
    if (name == "-") {
      inputs.push_back({"stdin", stream_bytes(io.in)});
    } else if (is_package(name)) {
      for (const std::string& part : package_files(name))
        inputs.push_back({part, file_bytes(part)});
    } else {
      inputs.push_back({name, file_bytes(name)});
    }
  }
  return inputs;
}

int import_into(Options options, Io io) {
  const std::string table = take_table(options.words);
  ProgressLine line(io);
  const ImportOptions how = import_options(options, table, line);
  auto inputs = open_inputs(options.words, io);
  File file = options.dry_run
                  ? File::open(options.file, File::Access::write, File::Upgrade::in_memory)
                  : open_to_write(options.file, options.no_backup, io);
  const ImportReport report = import_files(file, std::move(inputs), how);
  line.clear();
  if (options.dry_run) return print_dry_run(report, options.file, options.format, io);
  return print_import(report, options.file, options.rejects, io);
}

}  // namespace

void add_import(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("import", "Import CSV as people have it: all rows, or none");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command
      ->add_option(
          "CSV", options->words,
          "CSV files, datapackage.json, or - for stdin; before them, where it is not to be "
          "found out, the table that they go into: observation, target, project, ...")
      ->required();
  command->add_flag("--dry-run", options->dry_run,
                    "Show what was understood and what would change; change nothing");
  command->add_flag("--create", options->create,
                    "Add indicators, entities, units, scopes and sources that the file lacks");
  command->add_option("--source", options->defaults.source,
                      "Source of rows that name none: code or title");
  command->add_option("--plan", options->defaults.plan,
                      "Plan of targets that name none: code or name");
  command
      ->add_option("--set", options->constants,
                   "COLUMN=TEXT that holds for every row, such as "
                   "entity=越城区 or period=2023")
      ->take_all();
  command->add_option("--map", options->map,
                      "How to read the CSV: JSON as --dry-run --format json prints it");
  command->add_option("--rejects", options->rejects,
                      "Import the good rows; write the others here, each with line and reason");
  command->add_option("--encoding", options->encoding, "Such as GB18030; found out by default");
  command->add_option("--delimiter", options->delimiter,
                      "One character, or tab; found out by default");
  command->add_option("--faults", options->most_faults, "Faults to list at most; all are counted")
      ->default_str("1000");
  command->add_option("--format", options->format, "Of --dry-run: table, or json for the mapping")
      ->check(CLI::IsMember({"table", "json"}))
      ->default_str("table");
  add_no_backup(*command, options->no_backup);
  command->callback(
      [options, &chosen] { chosen = [options](Io io) { return import_into(*options, io); }; });
}

}  // namespace planfile
