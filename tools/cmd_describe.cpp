#include <algorithm>
#include <map>
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
  print_query(reader, reader.query(query), arguments, {}, "table", language(""), io);
}

// What the columns of the views mean, for those that a query passes on as they are.
std::map<std::string, ColumnNote> view_columns(Reader& reader) {
  TableSink found;
  reader.sql(
      "SELECT d.column_name, d.about, d.about_en "
      "FROM (VALUES (1, 'observations'), (2, 'targets'), (3, 'projects'), (4, 'milestones'), "
      "             (5, 'outlays')) AS v "
      "JOIN dictionary AS d ON d.table_name = v.column2 AND d.column_name <> '' "
      "ORDER BY v.column1, d.column_name",
      found);
  std::map<std::string, ColumnNote> notes;
  for (const auto& row : found.table().rows) {
    notes.emplace(to_text(row[0]), ColumnNote{to_text(row[2]), to_text(row[1])});
  }
  return notes;
}

void print_parameter(const Parameter& parameter, Io& io) {
  const std::string standard = to_text(parameter.standard);
  fmt::print(io.out, "  -p {}={}  {}{}{}\n      {}\n      {}\n", parameter.name, standard,
             to_text(parameter.type),
             parameter.choices.empty()
                 ? ""
                 : fmt::format(", one of: {}", fmt::join(parameter.choices, ", ")),
             parameter.table.empty() ? "" : fmt::format(", names one {}", parameter.table),
             parameter.about_zh, parameter.about);
}

void print_columns(Reader& reader, const Query& query, Io& io) {
  const auto views = view_columns(reader);
  fmt::print(io.out,
             "\ncolumns; a table shows those with a star, --columns and other formats all\n");
  for (const std::string& column : query.columns) {
    const bool is_shown =
        std::find(query.shown.begin(), query.shown.end(), column) != query.shown.end();
    fmt::print(io.out, "{} {}\n", is_shown || query.shown.empty() ? " *" : "  ", column);
    const auto own = query.notes.find(column);
    const auto view = views.find(column);
    const ColumnNote* note = own != query.notes.end() ? &own->second
                             : view != views.end()    ? &view->second
                                                      : nullptr;
    if (note != nullptr) fmt::print(io.out, "      {}\n      {}\n", note->about_zh, note->about);
  }
}

// The first rows that it gives on this file.
void print_example(Reader& reader, const Query& query, Io& io) {
  constexpr std::size_t kMost = 5;
  TableSink rows;
  reader.run(query, {}, rows);
  fmt::print(io.out, "\non this file: {} {}\n", rows.table().rows.size(),
             rows.table().rows.size() == 1 ? "row" : "rows");
  if (rows.table().rows.empty()) return;
  const auto out = make_writer(Format::table, io.out, {.width = io.width});
  ColumnChoice chosen(*out, query.columns, query.shown.empty() ? query.columns : query.shown);
  chosen.head(rows.table().columns);
  for (std::size_t at = 0; at < std::min(kMost, rows.table().rows.size()); ++at) {
    chosen.row(rows.table().rows[at]);
  }
  chosen.finish();
}

// A saved query's documentation; false when there is none of that name.
bool describe_query(Reader& reader, const std::string& name, Io io) {
  const auto queries = reader.queries();
  const bool found = std::any_of(queries.begin(), queries.end(),
                                 [&](const Query& query) { return query.name == name; });
  if (!found) return false;
  const Query query = reader.query(name);
  fmt::print(io.out, "{}{}\n{}\n{}\n", query.name,
             query.family.empty() ? "" : fmt::format(" ({})", query.family), query.about_zh,
             query.about);
  if (!query.parameters.empty()) fmt::print(io.out, "\nparameters and their defaults\n");
  for (const Parameter& parameter : query.parameters) print_parameter(parameter, io);
  print_columns(reader, query, io);
  if (query.chart) {
    fmt::print(io.out, "\nchart: {}, x {}, y {}{}{}\n", query.chart->kind, query.chart->x,
               query.chart->y, query.chart->by.empty() ? "" : ", one for each " + query.chart->by,
               query.chart->target.empty() ? "" : ", target " + query.chart->target);
  }
  print_example(reader, query, io);
  return true;
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
