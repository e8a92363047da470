#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "labels.h"
#include "planfile/period.h"
#include "planfile/query.h"

namespace planfile {
namespace {

struct Options {
  std::string file, indicator, entity, period;
  std::string plan, measure, as_of, method, lang, format = "text";
  std::optional<std::string> scope;  // the default scope's code is empty
};

using Row = std::vector<Cell>;

// The code of what `name` names; nothing for an empty name.
std::string code_of(const Catalogue& known, std::string_view table, const std::string& name) {
  if (name.empty()) return {};
  const auto code = resolve(known, table, name);
  if (!code) throw Error(Errc::usage, code.reason);
  return *code;
}

// A day, month or year as the day that it ends on.
std::string last_day(const std::string& text) {
  const auto period = parse_period(text);
  if (!period) throw Error(Errc::usage, period.reason);
  return to_text(period->ends);
}

// What was asked for, by code. A word that names no entity but a period is one.
Options resolved(Options options, const Catalogue& known) {
  if (options.period.empty() && !options.entity.empty() &&
      !resolve(known, "entity", options.entity) && parse_period(options.entity)) {
    std::swap(options.entity, options.period);
  }
  options.indicator = code_of(known, "indicator", options.indicator);
  options.entity = code_of(known, "entity", options.entity);
  options.plan = code_of(known, "plan", options.plan);
  if (options.scope) options.scope = code_of(known, "scope", *options.scope);
  if (!options.period.empty()) {
    const auto period = parse_period(options.period);
    if (!period) throw Error(Errc::usage, period.reason);
    options.period = to_text(*period);
  }
  if (!options.as_of.empty()) options.as_of = last_day(options.as_of);
  return options;
}

std::size_t place(const std::vector<std::string>& columns, std::string_view name) {
  return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                  columns.begin());
}

// Those arguments that are not empty.
Arguments given(Arguments all) {
  std::erase_if(all, [](const auto& argument) { return argument.second.empty(); });
  return all;
}

// The rows of a query under other columns; those that it has none of are NULL.
std::vector<Row> rows_of(Reader& reader, std::string_view name, const Arguments& arguments,
                         const std::vector<std::string>& columns) {
  TableSink found;
  reader.run(reader.query(name), arguments, found);
  std::vector<Row> rows;
  for (const Row& row : found.table().rows) {
    Row& moved = rows.emplace_back();
    for (const std::string& column : columns) {
      const std::size_t at = place(found.table().columns, column);
      moved.push_back(at < row.size() ? row[at] : Cell());
    }
  }
  return rows;
}

// Targets of the scope and measure asked for. The period is the target's; where no target is due
// in it, it is the figure's alone and every target counts.
std::vector<Row> target_steps(Reader& reader, const Options& options,
                              const std::vector<std::string>& columns) {
  Arguments arguments = given({{"plan", options.plan},
                               {"indicator", options.indicator},
                               {"entity", options.entity},
                               {"period", options.period},
                               {"as_of", options.as_of},
                               {"method", options.method}});
  std::vector<Row> rows = rows_of(reader, "target-why", arguments, columns);
  if (rows.empty() && !options.period.empty()) {
    arguments.erase("period");
    rows = rows_of(reader, "target-why", arguments, columns);
  }
  const std::size_t scope = place(columns, "scope");
  const std::size_t measure = place(columns, "measure");
  std::erase_if(rows, [&](const Row& row) {
    return (options.scope && to_text(row[scope]) != *options.scope) ||
           (!options.measure.empty() && to_text(row[measure]) != options.measure);
  });
  return rows;
}

// The period whose figure is told of: the one asked for, else, as of a day, that of the figure
// which the first target is judged by; else the newest of each series.
std::string figure_period(const Options& options, const std::vector<Row>& targets,
                          const std::vector<std::string>& columns) {
  if (!options.period.empty() || options.as_of.empty()) return options.period;
  for (const Row& row : targets) {
    std::string period = to_text(row[place(columns, "period")]);
    if (to_text(row[place(columns, "part")]) == "latest" && !period.empty()) return period;
  }
  return {};
}

std::vector<Row> steps(Reader& reader, const Options& options,
                       const std::vector<std::string>& columns) {
  std::vector<Row> rows;
  if (!options.plan.empty() || options.period.empty()) {
    rows = target_steps(reader, options, columns);
  }
  Arguments arguments = given({{"indicator", options.indicator},
                               {"entity", options.entity},
                               {"period", figure_period(options, rows, columns)},
                               {"measure", options.measure}});
  if (options.scope) arguments.emplace("scope", *options.scope);
  std::ranges::move(rows_of(reader, "value-why", arguments, columns), std::back_inserter(rows));
  return rows;
}

// A heading line for each subject, and under it a line for each step.
void print_lines(const std::vector<Row>& rows, const std::vector<std::string>& columns,
                 std::string_view lang, Io& io) {
  const std::size_t subject = place(columns, lang == "zh" ? "subject" : "subject_en");
  const std::size_t text = place(columns, lang == "zh" ? "text_zh" : "text");
  const std::size_t step = place(columns, "step");
  const std::size_t source = place(columns, "source");
  const std::size_t locator = place(columns, "locator");
  bool is_first = true;
  for (const Row& row : rows) {
    if (to_text(row[step]) == "1") {
      fmt::print(io.out, "{}{}\n", is_first ? "" : "\n", to_text(row[subject]));
      is_first = false;
    }
    const std::string from = to_text(row[source]);
    const std::string at = to_text(row[locator]);
    fmt::print(io.out, "  {}{}\n", to_text(row[text]),
               from.empty() ? ""
               : at.empty() ? fmt::format(" [{}]", from)
                            : fmt::format(" [{}, {}]", from, at));
  }
}

void print_rows(Reader& reader, const std::vector<Row>& rows, const std::string& format,
                std::string_view lang, Io io) {
  const Query query = reader.query("target-why");
  const std::vector<std::string>& columns = query.columns;
  const std::vector<std::string> shown = {"subject", "part", "class", "text", "source", "locator"};
  const auto out = writer(format, io, lang);
  const Labels labels(reader);
  Labelled labelled(*out, labels, query);
  LanguageChoice in_language(lang == "zh" ? static_cast<RowSink&>(labelled) : *out, columns, shown,
                             lang);
  RowSink& chosen = is_for_people(format) ? static_cast<RowSink&>(in_language) : *out;
  chosen.head(columns);
  for (const Row& row : rows) chosen.row(row);
  chosen.finish();
}

int why(const Options& asked, Io io) {
  const Options options = resolved(asked, File::open(asked.file).catalogue());
  Reader reader(options.file);
  const std::vector<std::string> columns = reader.query("target-why").columns;
  const std::vector<Row> rows = steps(reader, options, columns);
  if (rows.empty()) {
    throw Error(
        Errc::usage,
        fmt::format("no figure or target of {}{}{}; `planfile describe FILE {}` lists them",
                    options.indicator, options.entity.empty() ? "" : " of " + options.entity,
                    options.period.empty() ? "" : " in " + options.period, options.indicator));
  }
  if (options.format == "text") {
    print_lines(rows, columns, language(options.lang), io);
  } else {
    print_rows(reader, rows, options.format, language(options.lang), io);
  }
  return kDone;
}

}  // namespace

void add_why(CLI::App& app, Action& chosen) {
  auto* command =
      app.add_subcommand("why", "Tell the chain behind a figure and the verdicts on its targets");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("INDICATOR", options->indicator, "Its code, name or alias")->required();
  command->add_option("ENTITY", options->entity, "Its code, name or alias; by default every one");
  command->add_option("PERIOD", options->period,
                      "Of the figure, or of the targets with --plan; by default the newest");
  command->add_option("--plan", options->plan, "Targets of this plan only; its code or name");
  command->add_option("--scope", options->scope, "Only this scope; its code or name");
  command->add_option("--measure", options->measure, "Only this measure, such as level or yoy");
  command->add_option("--as-of", options->as_of, "Judge targets as of this day, month or year");
  command->add_option("--method", options->method, "How the value due moves")
      ->check(CLI::IsMember({"linear", "compound"}));
  add_language(*command, options->lang);
  command->add_option("--format", options->format, "How to print steps")
      ->check(
          CLI::IsMember({"text", "table", "csv", "tsv", "json", "ndjson", "md", "html", "xlsx"}))
      ->default_str("text");
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return why(*options, io); }; });
}

}  // namespace planfile
