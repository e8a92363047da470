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
  if (study_.of(Sense::yoy).size() > 1) return false;
  const bool by_title =
      study_.titles.mention("规划 目标 计划") && !study_.titles.mention("完成 执行 统计 年鉴 公报");
  const bool by_wish = study_.wish.has_plan && study_.wish.table.empty();
  if (!study_.wants("observation") || (!by_title && !by_wish)) return false;
  const auto years = span();
  if (!years) return by_title && levels == 2;
  return std::any_of(values_.begin(), values_.end(), [&](std::size_t at) {
    if (heading(at).sense != Sense::value || heading(at).period.empty()) return false;
    const auto read = study_.titles.complete(heading(at).period);
    return read && period_from(*read).ends >= years->ends;
  });
}

std::optional<Period> PlanColumns::title_span() const {
  const auto said = study_.titles.say("period");
  if (!said || kind(period_from(*said)) != PeriodKind::years) return std::nullopt;
  return period_from(*said);
}

std::optional<Period> PlanColumns::span() const {
  if (auto years = title_span()) return years;
  const Plan* plan = study_.plan();
  if (plan == nullptr || plan->period.ends == plan->period.starts) return std::nullopt;
  return plan->period;
}

// A column's period; empty where rows or titles tell it. 累计 is the sum of the plan's years.
std::string PlanColumns::period_of(std::size_t at, Sketch& sketch) const {
  const Heading& own = heading(at);
  if (own.sense == Sense::cumulative && own.period == "累计") {
    if (const auto years = span()) return to_text(*years);
    sketch.fault("a sum of which years? say so in the header, or in a mapping (--map)",
                 study_.column(at));
    return {};
  }
  if (own.period.empty()) return {};
  const auto read = study_.titles.complete(own.period);
  if (!read) sketch.fault(read.reason, study_.column(at));
  return read ? *read : std::string();
}

Part PlanColumns::part_of(std::size_t at) const {
  const Sense sense = heading(at).sense;
  if (is_growth(sense)) return Part::growth;
  if (sense == Sense::target || sense == Sense::cumulative) return Part::target;
  if (sense == Sense::value && heading(at).period.empty()) return Part::target;
  return sense == Sense::base ? Part::base : Part::actual;
}

void PlanColumns::sort(Sketch& sketch) {
  for (const std::size_t at : values_) figures_.push_back({at, part_of(at), period_of(at, sketch)});
  if (!study_.has(Sense::target)) choose_targets(sketch);
  close_by_span();
}

// Years without a word for what they are: those before the plan are bases, its last is a target; a
// year between is either.
void PlanColumns::choose_targets(Sketch& sketch) {
  std::vector<PlanFigures*> open;
  std::optional<Period> base;  // told to be one, the latest
  bool base_is_estimate = false;
  for (PlanFigures& figures : figures_) {
    if (figures.period.empty() || figures.part == Part::growth) continue;
    if (heading(figures.at).sense == Sense::value) {
      open.push_back(&figures);
    } else if (const Period own = period_from(figures.period); !base || own.ends > base->ends) {
      base = own;
      base_is_estimate = !heading(figures.at).status.empty();
    }
  }
  if (open.empty()) return;
  const auto ends = [](const PlanFigures* figures) { return period_from(figures->period).ends; };
  std::sort(open.begin(), open.end(),
            [&](const PlanFigures* a, const PlanFigures* b) { return ends(a) < ends(b); });
  const auto years = span();
  for (PlanFigures* figures : open) {
    const bool is_last = figures == open.back();
    // Who estimates a year can't know the results of a later one.
    const bool is_future = base && base_is_estimate && ends(figures) > base->ends;
    const bool is_target = years ? ends(figures) >= years->ends : is_last && open.size() <= 2;
    const bool is_base = years ? ends(figures) < years->starts : !base && open.size() == 2;
    if (is_target || is_future) {
      figures->part = Part::target;
    } else if (!is_base) {
      sketch.fault(
          "a target, or a result? say so in the header (2025年目标, 2023年实际), or in a "
          "mapping (--map)",
          study_.column(figures->at));
    }
  }
}

// In a table whose titles name the plan's years a target or result without one is of the last.
void PlanColumns::close_by_span() {
  const auto years = title_span();
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
