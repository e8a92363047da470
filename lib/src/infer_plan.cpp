// Tables of plans (base, target, nature) and of their results (target, figure, what came of it).
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "planfile/period.h"
#include "growth.h"
#include "infer_study.h"
#include "plan_columns.h"

namespace planfile {
namespace {

using Part = PlanFigures::Part;

std::string said(const Spread& spread, std::string_view column) {
  const auto found = spread.says.find(column);
  return found == spread.says.end() ? "the row's period" : found->second;
}

// As many years as the target has to come, up to the base: 2016/2020 before 2021/2025.
std::string years_up_to(const std::string& base, const std::string& target) {
  using std::chrono::year_month_day;
  const int last = static_cast<int>(year_month_day{parse_period(base)->ends}.year());
  const int end = static_cast<int>(year_month_day{parse_period(target)->ends}.year());
  return fmt::format("{}/{}", last - (end - last) + 1, last);
}

class PlanReader {
 public:
  PlanReader(const Study& study, PlanColumns columns)
      : study_(study), draft_(study), columns_(std::move(columns)) {}

  Inference read() && {
    report_near_misses(study_, "target", draft_);
    columns_.sort(draft_);
    indicator_ = find_indicator(study_, draft_);
    check_entity();
    if (study_.wants("observation")) add_observations();
    if (study_.wants("target")) {
      add_targets();
      add_growth_targets();
    }
    return std::move(draft_).finish();
  }

 private:
  [[nodiscard]] const Heading& heading(std::size_t at) const { return study_.headings[at]; }

  // A table of one place with the plan of another is a slip.
  void check_entity() {
    const Plan* plan = study_.plan();
    const auto said = study_.titles.say("entity");
    if (plan == nullptr || plan->entity.empty() || !said || entity_column(study_)) return;
    const auto code = resolve(study_.names.catalogue(), "entity", *said);
    if (!code || *code == plan->entity) return;
    draft_.fault(
        fmt::format("the titles name the entity \"{}\", but the plan \"{}\" is of \"{}\"; "
                    "say which with --set entity=NAME, or name another plan",
                    *said, plan->code, plan->entity));
  }

  Rule make_rule(std::string_view table) {
    Rule rule;
    rule.table = table;
    rule.columns.emplace("value", kFromCell);
    if (indicator_) rule.columns.emplace("indicator", *indicator_);
    const auto unit = study_.first_of(Sense::unit);
    if (unit && study_.cells(*unit).filled > 0) {
      rule.columns.emplace("unit", from_column(study_, *unit));
      draft_.mean(*unit, "unit");
    } else if (study_.titles.say("unit")) {
      rule.columns.emplace("unit", kFromTitle);
    }
    return rule;
  }

  // Where a column leaves the period open: a column of the rows, else the titles.
  void add_period(Rule& rule, std::span<const PlanFigures> figures) {
    const bool open = std::any_of(figures.begin(), figures.end(),
                                  [](const PlanFigures& each) { return each.period.empty(); });
    if (!open) return;
    planfile::add_period(study_, rule, draft_);
  }

  Spread spread_of(const PlanFigures& figures) const {
    const Heading& own = heading(figures.at);
    Spread spread{study_.column(figures.at), {}};
    const bool as_written = !own.period.empty() && own.sense != Sense::cumulative;
    if (!figures.period.empty()) spread.says["period"] = as_written ? own.period : figures.period;
    if (!own.unit.empty()) spread.says["unit"] = own.unit;
    if (!own.status.empty() && figures.part != Part::target) spread.says["status"] = own.status;
    return spread;
  }

  void add_observations() {
    std::vector<PlanFigures> figures = columns_.of(Part::base);
    for (PlanFigures& actual : columns_.of(Part::actual)) figures.push_back(std::move(actual));
    std::sort(figures.begin(), figures.end(),
              [](const PlanFigures& a, const PlanFigures& b) { return a.at < b.at; });
    std::vector<Spread> growth = observed_growth();
    if (figures.empty() && growth.empty()) return;
    Rule rule = make_rule("observation");
    if (const auto entity = find_entity(study_, draft_)) rule.columns.emplace("entity", *entity);
    add_period(rule, figures);
    add_remarks(study_, rule, draft_);
    if (has_claim_for_status()) rule.columns.erase("status");
    for (const PlanFigures& each : figures) {
      const std::string& status = heading(each.at).status;
      rule.spread.push_back(spread_of(each));
      draft_.mean(each.at, fmt::format("value of {}{}", said(rule.spread.back(), "period"),
                                       status.empty() ? "" : ", status " + status));
    }
    std::move(growth.begin(), growth.end(), std::back_inserter(rule.spread));
    add_sums_before(figures, rule);
    require_source(study_, rule, draft_);
    draft_.add(std::move(rule));
  }

  // Figures of the base in square brackets are sums over as many years as the plan has.
  void add_sums_before(std::span<const PlanFigures> figures, Rule& rule) {
    const auto targets = columns_.of(Part::target);
    for (const PlanFigures& each : figures) {
      if (study_.cells(each.at).bracketed == 0) continue;
      if (figures.size() > 1 || targets.size() != 1 || each.period.empty() ||
          targets.front().period.empty()) {
        refuse_sums(each.at);
        continue;
      }
      rule.bracketed["period"] = from_text(years_up_to(each.period, targets.front().period));
      draft_.mean(each.at,
                  fmt::format("in square brackets the sum of {}", rule.bracketed["period"].text));
    }
  }

  void refuse_sums(std::size_t at) {
    draft_.fault("figures in square brackets: sums of which years? say so in a mapping (--map)",
                 study_.column(at));
  }

  // Growth behind a result is one itself.
  std::vector<Spread> observed_growth() {
    std::vector<Spread> spreads;
    for (const PlanFigures& growth : columns_.of(Part::growth)) {
      if (columns_.is_target_growth(growth.at)) continue;
      const auto measure = growth_of(study_, columns_.values(), growth.at);
      if (!measure) {
        draft_.fault(measure.reason, study_.column(growth.at));
        continue;
      }
      Spread spread{study_.column(growth.at), {{"measure", measure->measure}, {"unit", "%"}}};
      const auto leading = leading_period(study_, columns_.values(), growth.at);
      const std::string& own = heading(growth.at).period;
      if (!own.empty() || leading) spread.says["period"] = own.empty() ? *leading : own;
      if (!measure->period.empty()) spread.says["period"] = measure->period;
      draft_.mean(growth.at, fmt::format("{} of {}", measure->measure, said(spread, "period")));
      spreads.push_back(std::move(spread));
    }
    return spreads;
  }

  void add_target_keys(Rule& rule) {
    if (const auto plan = study_.first_of(Sense::plan)) {
      rule.columns.emplace("plan", from_merged(study_, *plan));
      draft_.mean(*plan, "plan");
    } else if (const bool told = study_.wish.has_plan || study_.is_said("plan"); !told) {
      study_.titles.say("plan") ? void(rule.columns.emplace("plan", kFromTitle)) : miss_plan();
    }
    if (const auto entity = entity_column(study_)) {
      rule.columns.emplace("entity", from_column(study_, *entity));
      draft_.mean(*entity, "entity");
    }
    if (const auto category = study_.first_of(Sense::category)) {
      rule.columns.emplace("category", from_merged(study_, *category));
      draft_.mean(*category, "category");
    }
    add_remarks(study_, rule, draft_);
    if (columns_.claims().empty()) rule.columns.erase("claim");
    if (has_claim_for_status()) {
      const std::size_t at = *study_.first_of(Sense::status);
      rule.columns.insert_or_assign("claim", from_column(study_, at));
      draft_.mean(at, "claim");
    }
    require_source(study_, rule, draft_);
  }

  // Status beside a target tells what came of it (on track), unless it has codes of SDMX.
  [[nodiscard]] bool has_claim_for_status() const {
    const auto at = study_.first_of(Sense::status);
    if (!at || !study_.wants("target") || columns_.of(Part::target).empty()) return false;
    const auto& texts = study_.samples(*at);
    return std::any_of(texts.begin(), texts.end(),
                       [](const std::string& text) { return text.size() > 1; });
  }

  void miss_plan() {
    draft_.miss("plan", "nothing names the plan of the targets; tell it with --plan CODE");
    draft_.excuse("plan");
    draft_.excuse("source");  // which the plan tells
  }

  void add_targets() {
    const auto targets = columns_.of(Part::target);
    for (const PlanFigures& target : targets) {
      Rule rule = make_rule("target");
      add_target_keys(rule);
      add_period(rule, std::span(&target, 1));
      const auto base = columns_.base_of(target);
      if (base) {
        rule.columns.emplace("base_value", from_column(study_, base->at));
        rule.columns.emplace("base_period", from_text(base->period));
        draft_.mean(base->at, "base of the target");
      }
      if (!is_claimed(targets, target)) rule.columns.erase("claim");
      rule.spread.push_back(spread_of(target));
      draft_.mean(target.at, fmt::format("target for {}", said(rule.spread.back(), "period")));
      add_sums(target, base, rule);
      draft_.add(std::move(rule));
    }
  }

  // What came of it is said of one target: the only one, or that of the year of the only result.
  bool is_claimed(std::span<const PlanFigures> targets, const PlanFigures& target) {
    if (columns_.claims().empty() || targets.size() == 1) return true;
    const auto results = columns_.of(Part::actual);
    const bool has_result = std::any_of(results.begin(), results.end(), [&](const auto& result) {
      return result.period == target.period;
    });
    if (!has_result && target.at == targets.front().at && results.empty()) {
      draft_.fault("of which target does it speak? say so in a mapping (--map)",
                   study_.column(columns_.claims().front()));
    }
    return has_result;
  }

  // Figures in square brackets are sums over the plan's years.
  void add_sums(const PlanFigures& target, const std::optional<PlanFigures>& base, Rule& rule) {
    if (study_.cells(target.at).bracketed == 0) return;
    const auto years = columns_.span();
    if (!base && !years) return refuse_sums(target.at);
    const std::string sum = base ? years_between(base->period, target.period) : to_text(*years);
    rule.bracketed["period"] = from_text(sum);
    if (base && study_.cells(base->at).bracketed > 0) {
      rule.bracketed["base_period"] = from_text(years_up_to(base->period, target.period));
    }
    draft_.mean(target.at, fmt::format("in square brackets the sum of {}", sum));
  }

  void add_growth_targets() {
    for (const PlanFigures& growth : columns_.of(Part::growth)) {
      if (!columns_.is_target_growth(growth.at)) continue;
      const std::string period = period_of_growth(growth);
      if (period.empty()) {
        draft_.fault("growth over which years? say so in the header, or in a mapping (--map)",
                     study_.column(growth.at));
        continue;
      }
      add_growth_target(growth.at, period);
    }
  }

  void add_growth_target(std::size_t at, const std::string& period) {
    if (heading(at).sense == Sense::mean) draft_.fault(std::string(kVagueMean), study_.column(at));
    const std::string measure = heading(at).sense == Sense::yoy ? "yoy" : "cagr";
    Rule rule = make_rule("target");
    add_target_keys(rule);
    rule.columns.erase("claim");
    draft_.mean(at, fmt::format("target of {} for {}", measure, period));
    if (study_.cells(at).bracketed > 0) {  // sums are levels, in the unit of the row
      const auto unit = rule.columns.find("unit");
      rule.bracketed = {{"measure", from_text("level")},
                        {"period", from_text(period)},
                        {"unit", unit == rule.columns.end() ? from_text({}) : unit->second}};
      draft_.mean(at, fmt::format("in square brackets the sum of {}", period));
    }
    rule.spread.push_back(
        {study_.column(at), {{"measure", measure}, {"period", period}, {"unit", "%"}}});
    draft_.add(std::move(rule));
  }

  // Canonical; empty when it stays open.
  std::string period_of_growth(const PlanFigures& growth) const {
    const auto targets = columns_.of(Part::target);
    if (!growth.period.empty()) return growth.period;
    for (auto target = targets.rbegin(); target != targets.rend(); ++target) {
      if (heading(growth.at).sense == Sense::yoy) return target->period;
      if (const auto base = columns_.base_of(*target)) {
        return years_between(base->period, target->period);
      }
    }
    const auto years = columns_.span();
    return years ? to_text(*years) : std::string();
  }

  const Study& study_;
  Sketch draft_;
  PlanColumns columns_;
  std::optional<Origin> indicator_;
};

}  // namespace

std::optional<Inference> infer_plan(const Study& study) {
  if (!study.wants("observation") && !study.wants("target")) return std::nullopt;
  PlanColumns columns(study);
  if (!columns.are_of_plan()) return std::nullopt;
  return PlanReader(study, std::move(columns)).read();
}

}  // namespace planfile
