#include <memory>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/query.h"

namespace planfile {
namespace {

struct Options {
  std::string file, thing;
};

// What is shown of a thing: saved queries, and the parameter through which they take it.
struct Views {
  std::string_view table;  // in which its name is looked up
  std::string_view parameter;
  std::vector<std::string_view> queries;
};

const std::vector<Views>& views() {
  static const std::vector<Views> all = {
      {"indicator", "indicator", {"indicator-series", "indicator-targets"}},
      {"entity", "entity", {"entity-indicators"}},
      {"project", "project", {"project-detail"}}};
  return all;
}

void show(Reader& reader, std::string_view query, const Arguments& arguments, Io io) {
  print_query(reader, reader.query(query), arguments, {}, "table", io);
}

// A saved query's documentation; false when there is none of that name.
bool describe_query(Reader& reader, const std::string& name, Io io) {
  for (const Query& query : reader.queries()) {
    if (query.name != name) continue;
    fmt::print(io.out, "{}\n{}\n{}\n\n", query.name, query.about_zh, query.about);
    for (const Parameter& parameter : query.parameters) {
      fmt::print(io.out, "  -p {}=  {}{}\n      {}\n      {}\n", parameter.name,
                 to_text(parameter.type),
                 parameter.choices.empty()
                     ? ""
                     : fmt::format(", one of: {}", fmt::join(parameter.choices, ", ")),
                 parameter.about_zh, parameter.about);
    }
    fmt::print(io.out, "columns: {}\n", fmt::join(query.columns, ", "));
    for (const std::string& column : query.columns) {
      const auto note = query.notes.find(column);
      if (note == query.notes.end()) continue;
      fmt::print(io.out, "  {}\n      {}\n      {}\n", column, note->second.about_zh,
                 note->second.about);
    }
    return true;
  }
  return false;
}

// Whether the dictionary knows the thing as a table or view; then it is shown.
bool describe_table(Reader& reader, const std::string& name, Io io) {
  TableSink found;
  const Query dictionary = reader.query("file-dictionary");
  reader.run(dictionary, {{"thing", name}}, found);
  if (found.table().rows.empty()) return false;
  show(reader, "file-dictionary", {{"thing", name}}, io);
  return true;
}

int describe(const Options& options, Io io) {
  Reader reader(options.file);
  if (options.thing.empty()) {
    show(reader, "file-summary", {}, io);
    return kDone;
  }
  if (describe_query(reader, options.thing, io)) return kDone;
  if (describe_table(reader, options.thing, io)) return kDone;
  const Catalogue known = File::open(options.file).catalogue();
  std::string nearest;
  bool found = false;
  for (const Views& view : views()) {
    const auto code = resolve(known, view.table, options.thing);
    if (!code) {
      nearest += fmt::format("\n  {}", code.reason);
      continue;
    }
    for (const std::string_view query : view.queries) {
      fmt::print(io.out, "{}{} {}: {}\n", found ? "\n" : "", view.table, *code, query);
      show(reader, query, {{std::string(view.parameter), *code}}, io);
      found = true;
    }
  }
  if (found) return kDone;
  throw Error(Errc::usage, fmt::format("no table, query, indicator, entity or project \"{}\"{}",
                                       options.thing, nearest));
}

}  // namespace

void add_describe(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("describe", "Show what a plan file holds, or one thing in it");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("THING", options->thing,
                      "A table, view, saved query, indicator, entity or project");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return describe(*options, io); }; });
}

}  // namespace planfile
