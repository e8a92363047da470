// Lists of projects: a project each row, with the dates and the money of its steps.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "planfile/period.h"
#include "infer_study.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

using When = Heading::When;

bool is_money(Sense sense) {
  return sense == Sense::planned_money || sense == Sense::spent_money ||
         sense == Sense::spent_in_all;
}

std::optional<Origin> origin_of(const Rule& rule, std::string_view column) {
  const auto found = rule.columns.find(column);
  if (found == rule.columns.end()) return std::nullopt;
  return found->second;
}

class ProjectsReader {
 public:
  explicit ProjectsReader(const Study& study) : study_(study), draft_(study) {}

  // A name of projects, and something that only projects have.
  [[nodiscard]] bool is_list() const {
    const bool named = study_.has(Sense::project) || code_column() ||
                       (study_.has(Sense::name) && wants_projects());
    for (const Sense sense : {Sense::investment, Sense::planned_money, Sense::spent_money,
                              Sense::spent_in_all, Sense::milestone, Sense::stage,
                              Sense::build_kind, Sense::content, Sense::build_span, Sense::owner}) {
      if (named && study_.has(sense)) return true;
    }
    return named && wants_projects();
  }

  Inference read() && {
    find_project();
    if (study_.wants("project")) add_projects();
    if (study_.wants("milestone")) add_milestones();
    if (study_.wants("outlay")) add_outlays();
    pass_over_rest();
    return std::move(draft_).finish();
  }

 private:
  [[nodiscard]] const Heading& heading(std::size_t at) const { return study_.headings[at]; }

  [[nodiscard]] bool wants_projects() const {
    return study_.wish.table == "project" || study_.wish.table == "milestone" ||
           study_.wish.table == "outlay";
  }

  [[nodiscard]] std::optional<std::size_t> code_column() const {
    if (const auto code = study_.first_of(Sense::project_code)) return code;
    return wants_projects() ? own_column("code") : std::nullopt;
  }

  // The column with the very name that a column of the table has.
  [[nodiscard]] std::optional<std::size_t> own_column(std::string_view name) const {
    const auto& columns = study_.sheet.columns;
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
  }

  // The columns of name and code; one stands for the other where that is missing.
  void find_project() {
    const auto name = study_.first_of(study_.has(Sense::project) ? Sense::project : Sense::name);
    const auto code = code_column();
    name_ = name ? *name : *code;
    code_ = code && study_.cells(*code).filled > 0 ? *code : name_;
    if (code_ == name_) {
      draft_.mean(name_, "the project's name, and its code as the list has none");
    } else {
      draft_.mean(name_, "name of the project");
      draft_.mean(code_, "code of the project");
    }
  }

  Rule make_rule(std::string_view table) {
    Rule rule;
    rule.table = table;
    if (table != "project") rule.columns.emplace("project", from_column(study_, code_));
    return rule;
  }

  void finish_rule(Rule rule) {
    if (const auto source = study_.first_of(Sense::source)) {
      rule.columns.emplace("source", from_column(study_, *source));
      draft_.mean(*source, "source");
    }
    require_source(study_, rule, draft_);
    draft_.excuse("source");  // once is enough
    draft_.add(std::move(rule));
  }

  // The unit of a column of money: its own, the row's, the titles'. Nothing, and a fault, when none
  // tells it.
  std::optional<Origin> unit_of(std::size_t at) {
    if (!heading(at).unit.empty()) return from_text(heading(at).unit);
    const auto unit = study_.first_of(Sense::unit);
    if (unit && study_.cells(*unit).units > 0) {
      draft_.mean(*unit, "unit");
      return from_column(study_, *unit);
    }
    if (study_.is_said("unit")) return std::nullopt;
    if (study_.titles.say("unit")) return kFromTitle;
    draft_.fault("money in which unit? say so in the header, 总投资(亿元), or with --set unit=亿元",
                 study_.column(at));
    return std::nullopt;
  }

  void add_projects() {
    Rule rule = make_rule("project");
    rule.columns.emplace("code", from_column(study_, code_));
    rule.columns.emplace("name", from_column(study_, name_));
    if (const auto entity = find_entity(study_, draft_)) rule.columns.emplace("entity", *entity);
    if (const auto at = study_.first_of(Sense::investment)) {
      rule.columns.emplace("investment", from_column(study_, *at));
      draft_.mean(*at, "total investment");
      if (const auto unit = unit_of(*at)) rule.columns.emplace("unit", *unit);
    }
    const auto stage = study_.first_of(study_.has(Sense::stage) ? Sense::stage : Sense::status);
    if (stage) {
      rule.columns.emplace("stage", from_column(study_, *stage));
      draft_.mean(*stage, "stage");
    }
    add_sector(rule);
    const auto note = study_.first_of(study_.has(Sense::note) ? Sense::note : Sense::content);
    if (note) {
      rule.columns.emplace("note", from_column(study_, *note));
      draft_.mean(*note, "note");
    }
    add_own(rule);
    rule.columns.emplace("kind", from_text("project"));
    finish_rule(std::move(rule));
  }

  // What is called as the table itself calls it needs no word: kind, parent, locator.
  void add_own(Rule& rule) {
    for (const TableColumn& column : table_to_import("project")->columns) {
      const auto at = own_column(column.name);
      if (!at || draft_.has_meaning(*at) || rule.columns.contains(column.name)) continue;
      rule.columns.emplace(column.name, from_column(study_, *at));
      draft_.mean(*at, column.name);
    }
  }

  void add_sector(Rule& rule) {
    for (const Sense sense : {Sense::sector, Sense::category}) {
      const auto at = study_.first_of(sense);
      if (!at || study_.cells(*at).filled == 0) continue;
      if (study_.cells(*at).sectors < study_.cells(*at).filled) {
        draft_.pass_over(*at, "not all are sectors of OC4IDS");
        continue;
      }
      rule.columns.emplace("sector", from_merged(study_, *at));
      draft_.mean(*at, "sector");
    }
  }

  // Whether an unqualified date is planned or actual, as far as the titles tell.
  [[nodiscard]] When when_by_titles() const {
    const bool planned = study_.titles.mention("计划 规划 安排 预排 拟建 谋划");
    const bool actual = study_.titles.mention("完成 进展 竣工项目 建成 实绩 已开工");
    if (planned == actual) return When::unsaid;
    return planned ? When::planned : When::actual;
  }

  void add_milestones() {
    std::map<std::string, Rule> rules;  // by kind
    for (const std::size_t at : study_.of(Sense::milestone)) {
      const std::string& kind = heading(at).milestone;
      When when = heading(at).when;
      if (when == When::unsaid) when = when_by_titles();
      if (when == When::unsaid) {
        draft_.fault(
            "planned dates, or actual ones? say so in the header (计划开工时间, 实际开工时间) or "
            "in a mapping (--map)",
            study_.column(at));
      }
      const std::string column = when == When::actual ? "actual" : "planned";
      const auto rule = rules.try_emplace(kind, make_rule("milestone")).first;
      rule->second.columns.emplace("kind", from_text(kind));
      if (!rule->second.columns.emplace(column, from_column(study_, at)).second) {
        draft_.fault(fmt::format("a second {} date of the same step, {}", column, kind),
                     study_.column(at));
      }
      draft_.mean(at, fmt::format("{} date of {}", column, kind));
    }
    for (const std::size_t at : study_.of(Sense::milestone)) {  // in the order of the table
      const auto rule = rules.find(heading(at).milestone);
      if (rule == rules.end()) continue;
      finish_rule(std::move(rule->second));
      rules.erase(rule);
    }
  }

  // Whether money is counted from a day that nothing names: 截至2023年底累计完成投资.
  [[nodiscard]] bool lacks_start(std::size_t at) const {
    const Heading& own = heading(at);
    if (own.sense != Sense::spent_in_all) return false;
    const auto read = study_.titles.complete(own.period);
    return own.is_until || own.period.empty() || !read ||
           kind(*parse_period(*read)) == PeriodKind::day;
  }

  // Where a column of money has its period from. Nothing when the user tells it, or when it stays
  // open, with a fault.
  std::optional<Origin> period_of(std::size_t at) {
    const Heading& own = heading(at);
    if (study_.is_said("period") && (own.period.empty() || lacks_start(at))) return std::nullopt;
    if (!own.period.empty()) {
      const auto read = study_.titles.complete(own.period);
      if (read) return from_text(*read);
      draft_.fault(read.reason, study_.column(at));
    } else if (study_.titles.year()) {
      return kFromTitle;
    } else {
      draft_.fault(
          "money of which year? say so in the header (2024年计划投资) or with --set period=2024",
          study_.column(at));
    }
    return std::nullopt;
  }

  // Money planned and spent in one period, in one unit, is one outlay.
  void add_outlays() {
    std::vector<Rule> rules;
    for (std::size_t at = 0; at < study_.size(); ++at) {
      if (!is_money(heading(at).sense)) continue;
      if (lacks_start(at) && !study_.is_said("period")) {
        draft_.fault(
            "money spent since when? leave the column out in a mapping (--map), or write a "
            "rule with the span of days there",
            study_.column(at));
        draft_.pass_over(at, "money without the day it is counted from");
        continue;
      }
      const std::string column = heading(at).sense == Sense::planned_money ? "planned" : "spent";
      const auto period = period_of(at);
      const auto unit = unit_of(at);
      draft_.mean(at, fmt::format("money {}{}", column, period ? " in " + shown(*period) : ""));
      const auto fits = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
        return !rule.columns.contains(column) && origin_of(rule, "period") == period &&
               origin_of(rule, "unit") == unit;
      });
      Rule& rule = fits == rules.end() ? rules.emplace_back(make_rule("outlay")) : *fits;
      rule.columns.emplace(column, from_column(study_, at));
      if (period) rule.columns.emplace("period", *period);
      if (unit) rule.columns.emplace("unit", *unit);
    }
    for (Rule& rule : rules) finish_rule(std::move(rule));
  }

  static std::string shown(const Origin& period) {
    return period.from == Origin::From::title ? "the titles' year" : period.text;
  }

  void pass_over_rest() {
    for (std::size_t at = 0; at < study_.size(); ++at) {
      switch (heading(at).sense) {
        case Sense::build_kind:
        case Sense::nature:
        case Sense::owner:
          draft_.pass_over(at, "projects have no column for it");
          break;
        case Sense::content:
          draft_.pass_over(at, "the note is another column");
          break;
        case Sense::build_span:
          draft_.pass_over(at, "a span of years is no date of a step");
          break;
        default:
          break;
      }
    }
  }

  const Study& study_;
  Sketch draft_;
  std::size_t name_ = 0, code_ = 0;
};

}  // namespace

std::optional<Inference> infer_projects(const Study& study) {
  const bool wanted = study.wants("project") || study.wants("milestone") || study.wants("outlay");
  ProjectsReader reader(study);
  if (!wanted || !reader.is_list()) return std::nullopt;
  return std::move(reader).read();
}

}  // namespace planfile
