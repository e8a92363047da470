#include <algorithm>
#include <charconv>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "output.h"
#include "planfile/period.h"
#include "planfile/query.h"
#include "sections.h"

namespace planfile {
namespace {

struct Options {
  std::string file, lang;
  std::vector<std::string> thing;
  std::size_t rows = 20;
  bool whole = false;
};

// The names of tables as people say them.
struct Kind {
  std::string_view table;
  Wording title;
};
constexpr Kind kKinds[] = {{"indicator", {"Indicator", "指标"}},
                           {"entity", {"Entity", "对象"}},
                           {"plan", {"Plan", "规划"}},
                           {"project", {"Project", "项目"}},
                           {"source", {"Source", "来源"}},
                           {"scope", {"Scope", "口径"}},
                           {"unit", {"Unit", "单位"}}};

const Wording& title_of(std::string_view table) {
  return std::find_if(std::begin(kKinds), std::end(kKinds),
                      [&](const Kind& kind) { return kind.table == table; })
      ->title;
}

// What is shown of a thing, by the table that it is in.
std::vector<Section> sections_of(std::string_view table, const std::string& code) {
  const Wording& title = title_of(table);
  const Wording targets{"Targets", "目标"}, plans{"Plans", "规划"};
  if (table == "indicator") {
    return {{title, "indicator-detail", {{"indicator", code}}},
            {{"Newest figures", "最新数据"},
             "value-latest",
             {{"indicator", code}},
             {"entity_name", "scope", "measure", "period", "printed", "unit", "status", "source"}},
            {targets, "indicator-targets", {{"indicator", code}}}};
  }
  if (table == "entity") {
    return {{title, "entity-detail", {{"entity", code}}},
            {{"Newest figures", "最新数据"},
             "entity-indicators",
             {{"entity", code}},
             {"category", "indicator_name", "scope", "period", "printed", "unit", "source"}},
            {plans,
             "plan-list",
             {{"entity", code}},
             {"plan", "plan_name", "period", "targets", "main", "in_words"}}};
  }
  if (table == "plan") {
    return {{title, "plan-detail", {{"plan", code}}},
            {targets,
             "indicator-targets",
             {{"plan", code}},
             {"number", "indicator_name", "entity_name", "scope", "period", "printed", "unit",
              "nature", "base_printed", "base_period", "claim"}}};
  }
  if (table == "project") {
    return {{title,
             "project-detail",
             {{"project", code}},
             {"attribute", "item", "value", "unit", "period", "source", "locator"}}};
  }
  if (table == "source") return {{title, "source-detail", {{"source", code}}}};
  return {{title, "name-detail", {{"kind", std::string(table)}, {"code", code}}}};
}

// The file at a glance.
void describe_file(Page& page) {
  constexpr std::size_t kFew = 5;
  constexpr std::int64_t kMostCounted = 1'000'000;  // figures that are counted by source
  const Section summary{{"In this file", "文件概览"}, "file-summary"};
  Table counts = page.rows(summary);
  const std::size_t count = 2;
  std::string figures = "counted";
  for (const auto& row : counts.rows) {
    const auto* many = std::get_if<std::int64_t>(&row[count]);
    if (to_text(row[0]) == "observations" && many != nullptr && *many > kMostCounted) {
      figures = "skipped";
    }
  }
  std::erase_if(counts.rows, [&](const auto& row) { return to_text(row[count]) == "0"; });
  page.print({summary.title, summary.query, {}, {}, kWhole}, counts);
  page.print({{"Plans", "规划"}, "plan-list", {}, {}, 2 * kFew});
  page.print({{"Indicators by category", "指标类别"}, "indicator-categories", {}, {}, kFew});
  page.print({{"Entities by kind", "对象类型"},
              "entity-kinds",
              {},
              {"kind", "entities", "with_figures", "with_targets", "with_projects"},
              kFew});
  page.print({{"Projects by stage", "项目阶段"},
              "project-pipeline",
              {{"by", "stage"}},
              {"stage_name", "projects", "investment", "without_figure"},
              2 * kFew});
  page.print({{"Sources", "来源"}, "source-list", {{"figures", figures}}, {}, kFew});
  const Section imports{{"Last imports", "最近的导入"},
                        "import-list",
                        {},
                        {"import", "at", "file", "table_name", "added", "changed"},
                        kFew};
  Table last = page.rows(imports);
  std::reverse(last.rows.begin(), last.rows.end());
  page.print(imports, last);
}

void describe_import(Page& page, std::string_view number) {
  std::int64_t id = 0;
  const auto [end, trouble] = std::from_chars(number.data(), number.data() + number.size(), id);
  if (trouble != std::errc() || end != number.data() + number.size()) {
    throw Error(Errc::usage, fmt::format("not the number of an import: \"{}\"", number));
  }
  const Arguments which = {{"import", std::to_string(id)}};
  if (!page.print({{"Import", "导入"}, "import-detail", which})) {
    throw Error(Errc::usage,
                fmt::format("no import {}; `planfile describe FILE imports` lists them", id));
  }
  page.print({{"What it changed", "更改"}, "import-changes", which});
  page.print({{"What it brought", "带来的内容"}, "import-facts", which, {}, 25});
}

std::string code_of(const Catalogue& known, std::string_view table, const std::string& name) {
  const auto code = resolve(known, table, name);
  if (!code) throw Error(Errc::usage, code.reason);
  return *code;
}

// The rows of value-provenance of those figures alone that have former values.
Table only_changed(const Table& all) {
  const auto at = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(all.columns.begin(), all.columns.end(), name) -
                                    all.columns.begin());
  };
  const auto figure = [&, keys = std::vector{at("indicator"), at("entity"), at("scope"),
                                             at("measure"), at("among"), at("period"), at("source"),
                                             at("locator")}](const auto& row) {
    std::vector<std::string> key;
    key.reserve(keys.size());
    for (const std::size_t place : keys) key.push_back(to_text(row[place]));
    return key;
  };
  std::set<std::vector<std::string>> changed;
  for (const auto& row : all.rows) {
    if (to_text(row[at("state")]) == "former") changed.insert(figure(row));
  }
  Table kept{all.columns, {}};
  for (const auto& row : all.rows) {
    if (changed.contains(figure(row))) kept.rows.push_back(row);
  }
  return kept;
}

// What a figure was before, when it was replaced and by which import; targets as well.
void describe_history(Page& page, const Catalogue& known, std::vector<std::string> words) {
  if (words.empty() || words.size() > 3) {
    throw Error(Errc::usage, "history of what? INDICATOR [ENTITY] [PERIOD]");
  }
  Arguments which = {{"indicator", code_of(known, "indicator", words[0])}};
  words.erase(words.begin());
  if (!words.empty() &&
      (words.size() == 2 || resolve(known, "entity", words[0]) || !parse_period(words[0]))) {
    which.emplace("entity", code_of(known, "entity", words[0]));
    words.erase(words.begin());
  }
  const Arguments of_targets = which;
  if (!words.empty()) {
    const auto period = parse_period(words[0]);
    if (!period) throw Error(Errc::usage, period.reason);
    which.emplace("period", to_text(*period));
  }
  const Section values{
      {"Figures and what they were", "数据及其旧值"},
      "value-provenance",
      which,
      {"indicator_name", "entity_name", "scope", "measure", "period", "state", "printed", "unit",
       "status", "source", "file", "came_at", "replaced_by", "replaced_at"}};
  Table rows = page.rows(values);
  const std::size_t figures = rows.rows.size();
  if (words.empty()) rows = only_changed(rows);
  const bool is_told = page.print(values, rows);
  const bool is_revised =
      page.print({{"Targets and what they were", "目标及其变动"}, "target-revisions", of_targets});
  if (is_told || is_revised) return;
  page.line(figures == 0
                ? in(page.lang(), {"no such figure", "没有这样的数据"})
                : in(page.lang(), {"no figure of it was ever changed", "其数据从未改动过"}));
}

// Whether the dictionary knows it as a table or view; then it is shown.
bool describe_table(Page& page, const std::string& name) {
  const Section section{{"Table", "表或视图"},
                        "file-dictionary",
                        {{"thing", name}},
                        {"column_name", "title", "about"},
                        kWhole};
  Table rows = page.rows(section);
  if (rows.rows.empty()) return false;
  const auto own = rows.rows.front();
  rows.rows.erase(rows.rows.begin());
  page.line(page.lang() == "zh"
                ? fmt::format("{}（{}）\n{}", to_text(own[0]), to_text(own[2]), to_text(own[4]))
                : fmt::format("{} ({})\n{}", to_text(own[0]), to_text(own[3]), to_text(own[5])));
  page.print({{"Columns", "列"}, section.query, section.arguments, section.columns, section.most},
             rows);
  return true;
}

// Every thing that the name stands for; false when it is none.
bool describe_named(Page& page, const Catalogue& known, const std::string& name) {
  bool found = false;
  for (const Kind& kind : kKinds) {
    const auto code = resolve(known, kind.table, name);
    if (!code) continue;
    for (const Section& section : sections_of(kind.table, *code)) page.print(section);
    found = true;
  }
  return found;
}

[[noreturn]] void refuse(const Catalogue& known, const std::string& file, const std::string& name) {
  std::string near;
  for (const Kind& kind : kKinds) {
    const std::string reason = resolve(known, kind.table, name).reason;
    if (reason.find("unknown") == std::string::npos ||
        reason.find("nearest") != std::string::npos) {
      near += "\n  " + reason;
    }
  }
  throw Error(
      Errc::usage,
      fmt::format("nothing is called \"{}\"; `planfile find {} \"{}\"` looks inside names{}", name,
                  file, name, near));
}

int describe(const Options& options, Io io) {
  Reader reader(options.file);
  Page page(reader, options.file, language(options.lang), options.whole ? 0 : options.rows, io);
  const std::vector<std::string>& words = options.thing;
  if (words.empty()) {
    describe_file(page);
    return kDone;
  }
  const bool is_import = words[0] == "imports" || words[0] == "import";
  if (words[0] == "imports" && words.size() == 1) {
    if (!page.print({{"Imports", "导入"}, "import-list", {}, {}, kWhole})) {
      page.line(in(page.lang(), {"no imports", "没有导入记录"}));
    }
    return kDone;
  }
  if (is_import && words.size() == 2) {
    describe_import(page, words[1]);
    return kDone;
  }
  const Catalogue known = File::open(options.file).catalogue();
  if (words[0] == "history" && words.size() > 1) {
    describe_history(page, known, {words.begin() + 1, words.end()});
    return kDone;
  }
  const std::string name = fmt::format("{}", fmt::join(words, " "));
  const auto queries = reader.queries();
  const bool is_query = std::any_of(queries.begin(), queries.end(),
                                    [&](const Query& query) { return query.name == name; });
  if (is_query) describe_query(page, name);
  const bool is_table = describe_table(page, name);
  if (!describe_named(page, known, name) && !is_query && !is_table) {
    refuse(known, options.file, name);
  }
  return kDone;
}

}  // namespace

void add_describe(CLI::App& app, Action& chosen) {
  auto* command = app.add_subcommand("describe", "Show what a plan file holds, or one thing in it");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "The plan file")->required();
  command->add_option("THING", options->thing,
                      "A table, view, saved query, indicator, entity, plan, project or source; "
                      "imports; import NUMBER; history INDICATOR [ENTITY] [PERIOD]");
  command
      ->add_option("--rows", options->rows,
                   "Rows of each part at most; a file at a glance shows fewer")
      ->check(CLI::PositiveNumber)
      ->default_str("20");
  command->add_flag("--all", options->whole, "Every row of each part");
  add_language(*command, options->lang);
  command->callback(
      [&chosen, options] { chosen = [options](Io io) { return describe(*options, io); }; });
}

}  // namespace planfile
