#include "plan_columns.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "growth.h"

namespace planfile {
namespace {

using Part = PlanFigures::Part;

Period period_from(const std::string& canonical) { return *parse_period(canonical); }

int year_of(std::chrono::sys_days day) {
  return static_cast<int>(std::chrono::year_month_day{day}.year());
}

}  // namespace

PlanColumns::PlanColumns(const Study& study) : study_(study) {
  for (const std::size_t at : study_.of(Sense::claim)) {
    if (!study_.is_of_figures(at)) claims_.push_back(at);  // else it is the result itself
  }
  for (std::size_t at = 0; at < study_.size(); ++at) {
    if (is_figure(at)) values_.push_back(at);
  }
}

// Rows with a column each for period and value, and one that only targets have.
bool PlanColumns::has_tidy_target() const {
  const bool is_target =
      study_.wish.table == "target" || study_.has(Sense::nature) || study_.has(Sense::plan);
  return is_target && !study_.has(Sense::target);
}

bool PlanColumns::is_figure(std::size_t at) const {
  const Heading& own = heading(at);
  switch (own.sense) {
    case Sense::target:
    case Sense::base:
    case Sense::actual:
    case Sense::cumulative:
      return true;
    case Sense::claim:
      return study_.is_of_figures(at);
    case Sense::value:
      return own.period.empty() ? has_tidy_target() : own.name.empty();
    default:
      return is_growth(own.sense);
  }
}

bool PlanColumns::are_of_plan() const {
  if (study_.has(Sense::target)) return study_.wants("target") || values_.size() > 1;
  const auto levels = std::count_if(values_.begin(), values_.end(),
                                    [&](std::size_t at) { return !is_growth(heading(at).sense); });
  if (study_.has(Sense::nature) || study_.has(Sense::plan)) return levels > 0;
  if (study_.wish.table == "target") return levels > 0;
  const bool by_title =
      study_.titles.mention("规划 目标 计划") && !study_.titles.mention("完成 统计 年鉴 公报 监测");
  const bool is_meant = by_title || study_.wish.has_plan;
  return study_.wish.table.empty() && is_meant && levels > 1 && study_.of(Sense::yoy).size() < 2;
}

std::optional<Period> PlanColumns::span() const {
  if (const auto said = study_.titles.say("period")) {
    if (kind(period_from(*said)) == PeriodKind::years) return period_from(*said);
  }
  const Plan* plan = study_.plan();
  if (plan == nullptr || plan->period.ends == plan->period.starts) return std::nullopt;
  return plan->period;
}

// A column's period; empty where rows or titles tell it. 累计 is the sum of the plan's years.
std::string PlanColumns::period_of(std::size_t at, Draft& draft) const {
  const Heading& own = heading(at);
  if (own.sense == Sense::cumulative && own.period == "累计") {
    if (const auto years = span()) return to_text(*years);
    draft.fault("a sum of which years? say so in the header, or in a mapping (--map)",
                study_.column(at));
    return {};
  }
  if (own.period.empty()) return {};
  const auto read = study_.titles.complete(own.period);
  if (!read) draft.fault(read.reason, study_.column(at));
  return read ? *read : std::string();
}

Part PlanColumns::part_of(std::size_t at) const {
  const Sense sense = heading(at).sense;
  if (is_growth(sense)) return Part::growth;
  if (sense == Sense::target || sense == Sense::cumulative) return Part::target;
  if (sense == Sense::value && heading(at).period.empty()) return Part::target;
  return sense == Sense::base ? Part::base : Part::actual;
}

void PlanColumns::sort(Draft& draft) {
  for (const std::size_t at : values_) figures_.push_back({at, part_of(at), period_of(at, draft)});
  if (!study_.has(Sense::target)) choose_targets(draft);
  close_by_span();
}

// Of years without a word the latest is the target; more of them only when the plan's years are
// known, or when another column is told to be the base.
void PlanColumns::choose_targets(Draft& draft) {
  std::vector<PlanFigures*> open;
  bool has_base = false;
  for (PlanFigures& figures : figures_) {
    const bool is_open = heading(figures.at).sense == Sense::value && !figures.period.empty();
    if (is_open) open.push_back(&figures);
    has_base =
        has_base || (!is_open && (figures.part == Part::base || figures.part == Part::actual));
  }
  std::sort(open.begin(), open.end(), [](const PlanFigures* a, const PlanFigures* b) {
    return period_from(a->period).ends < period_from(b->period).ends;
  });
  const auto years = span();
  for (PlanFigures* figures : open) {
    const bool in_plan = years && period_from(figures->period).ends >= years->starts;
    if (figures == open.back() || in_plan || has_base) figures->part = Part::target;
  }
  if (open.size() > 2 && !years && !has_base) {
    draft.fault(
        "which of the years are targets? say so in the header (2025年目标), name the plan with "
        "--plan, or write a mapping (--map)");
  }
}

// In a plan's table a target or result without a year is of the plan's last.
void PlanColumns::close_by_span() {
  const auto years = span();
  if (!years || study_.has(Sense::period) || study_.has(Sense::year)) return;
  for (PlanFigures& figures : figures_) {
    const bool closes = figures.part == Part::target || figures.part == Part::actual;
    if (closes && figures.period.empty()) figures.period = fmt::format("{}", year_of(years->ends));
  }
}

std::vector<PlanFigures> PlanColumns::of(Part part) const {
  std::vector<PlanFigures> found;
  std::copy_if(figures_.begin(), figures_.end(), std::back_inserter(found),
               [&](const PlanFigures& figures) { return figures.part == part; });
  return found;
}

std::optional<PlanFigures> PlanColumns::base_of(const PlanFigures& target) const {
  std::optional<PlanFigures> base;
  for (const PlanFigures& figures : figures_) {
    const Heading& own = heading(figures.at);
    const bool is_result = own.sense == Sense::actual && own.status.empty();
    const bool may_be = figures.part == Part::base || (figures.part == Part::actual && !is_result);
    if (!may_be || figures.period.empty() || target.period.empty()) continue;
    if (period_from(figures.period).ends >= period_from(target.period).ends) continue;
    const bool is_told = figures.part == Part::base;
    const bool was_told = base && base->part == Part::base;
    const bool later = !base || period_from(figures.period).ends > period_from(base->period).ends;
    if (is_told != was_told ? is_told : later) base = figures;
  }
  return base;
}

bool PlanColumns::is_target_growth(std::size_t at) const {
  if (heading(at).is_growth_target) return true;
  const bool is_mean = heading(at).sense == Sense::cagr || heading(at).sense == Sense::mean;
  const bool is_only_mean = is_mean && of(Part::growth).size() == 1;
  if (is_only_mean && !of(Part::target).empty()) return true;
  std::optional<Part> left;
  for (const PlanFigures& figures : figures_) {
    if (figures.at < at && figures.part != Part::growth) left = figures.part;
  }
  return left == Part::target;
}

}  // namespace planfile
