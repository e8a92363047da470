#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/saved.h"

namespace planfile {
namespace {

struct Options {
  std::string file, name;
  std::vector<std::string> texts;
  bool no_backup = false;
};

std::string read_text(const std::string& name, Io& io) {
  if (name == "-") return {std::istreambuf_iterator<char>(io.in), std::istreambuf_iterator<char>()};
  std::ifstream in(name, std::ios::binary);
  if (!in || std::filesystem::is_directory(name)) {
    throw Error(Errc::no_such_file, fmt::format("{}: no such file, or not readable", name));
  }
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The queries of one text: each `-- name:` line begins one, as in files of aiosql and sqlc.
std::vector<std::string> split_queries(const std::string& text) {
  std::vector<std::string> parts(1);
  bool named = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(at, end - at);
    const bool opens = line.starts_with("-- name:") || line.starts_with("--name:");
    if (opens && named) parts.emplace_back();
    named = named || opens;
    parts.back() += line;
    at = end;
  }
  return parts;
}

std::vector<Query> read_queries(const Options& options, Io& io) {
  std::vector<Query> queries;
  for (const std::string& name : options.texts) {
    const std::string stem = name == "-" ? "" : std::filesystem::path(name).stem().string();
    for (const std::string& text : split_queries(read_text(name, io))) {
      try {
        queries.push_back(parse_user_query(text, stem));
      } catch (const Error& broken) {
        throw Error(broken.code(), fmt::format("{}: {}", name, broken.what()));
      }
    }
  }
  if (!options.name.empty()) {
    if (queries.size() != 1) throw Error(Errc::usage, "--name: of one query at a time");
    queries.front().name = options.name;
  }
  return queries;
}

int save(const Options& options, Io io) {
  auto queries = read_queries(options, io);
  Reader reader(options.file);
  for (Query& query : queries) {
    if (query.name.empty()) throw Error(Errc::usage, "the query has no name; give --name");
    query = reader.completed(std::move(query));
  }
  File file = open_to_write(options.file, options.no_backup, io);
  for (const Query& query : queries) {
    fmt::print(io.err, "{}: {}: {}\n", options.file, query.name,
               save_query(file, query) ? "saved" : "there already, the same");
  }
  return kDone;
}

}  // namespace

void add_save(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("save", "Keep queries of your own in a plan file");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command
      ->add_option("SQLFILE", options->texts,
                   "SQL files, one query each or several with a `-- name:` line each; - is stdin")
      ->required();
  command->add_option("--name", options->name, "Its name, where the text says none or another");
  add_no_backup(*command, options->no_backup);
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return save(*options, io); }; });
}

}  // namespace planfile
