#include "settle.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "decimal.h"

namespace planfile {
namespace {

const Unit* unit_of_code(const Catalogue& known, const std::string& code) {
  const auto found = known.units.find(code);
  return found == known.units.end() ? nullptr : &found->second;
}

bool is_rank_word(std::string_view unit) { return unit == "位" || unit == "名"; }

// A unit in which `multiplier` times the printed number counts.
struct PrintedUnit {
  double multiplier = 1;
  const Unit* unit = nullptr;
};

// `text` stood behind the number; `given` is the unit its column says, `wanted` the series' own.
Parsed<PrintedUnit> printed_unit(const std::string& text, const PrintedUnit& given,
                                 const Unit& wanted, const Catalogue& known) {
  if (text.empty()) return given;
  if (wanted.dimension == "rank" && is_rank_word(text)) return PrintedUnit{1, &wanted};
  if (const auto unit = find_unit(known, text)) return PrintedUnit{unit->multiplier, unit->unit};
  const Multiplied parts = split_multiplier(text);
  if (parts.multiplier != 1 && parts.rest.empty()) {
    return PrintedUnit{parts.multiplier * given.multiplier, given.unit};
  }
  return Parsed<PrintedUnit>::fault(resolve(known, "unit", text).reason);
}

// Whether SQLite's own text of the number is the one printed, so that it need not be kept.
bool says_itself(const Figure& figure) {
  if (figure.high || !figure.unit.empty() || figure.comparator != Comparator::equal) return false;
  const auto decimal = read_decimal(figure.printed);
  return decimal && decimal->shape == Decimal::Shape::itself;
}

// Turns the figure into `wanted`; what was printed stays where the number no longer says it.
std::string into_unit(Figure& figure, const PrintedUnit& given, const Unit& wanted,
                      const Catalogue& known) {
  if (!figure.value)
    return figure.unit.empty() ? "" : fmt::format("no number: \"{}\"", figure.printed);
  const auto from = printed_unit(figure.unit, given, wanted, known);
  if (!from) return from.reason;
  const Unit scaled{.code = {},
                    .name_en = {},
                    .dimension = from->unit->dimension,
                    .base = {},
                    .factor = from->unit->factor * from->multiplier,
                    .note = {}};
  const auto value = convert(*figure.value, scaled, wanted);
  if (!value) {
    return fmt::format("\"{}\" is in {}, which does not convert into {}", figure.printed,
                       from->unit->code, wanted.code);
  }
  if (from->multiplier == 1 && from->unit->code == wanted.code) {
    if (says_itself(figure)) figure.printed.clear();
    return {};
  }
  figure.value = value;
  if (figure.high) figure.high = convert(*figure.high, scaled, wanted);
  const bool is_range = !figure.high || *figure.high > *figure.value;
  if (std::isfinite(*figure.value) && std::isfinite(figure.high.value_or(0)) && is_range) return {};
  return fmt::format("\"{}\" can't be told in {}", figure.printed, wanted.code);
}

// The columns in which observations and targets name their series.
template <class Fact>
std::vector<Fault> settle_series(Fact& row) {
  std::vector<Fault> faults;
  if (row.measure.empty()) row.measure = "level";
  const bool compares = row.measure == "rank" || row.measure == "yoy_rank" ||
                        row.measure == "gap" || row.measure == "yoy_gap";
  if (compares && row.among.empty()) {
    faults.push_back(
        {"among", fmt::format("missing: a {} needs the group it is within", row.measure)});
  }
  if (!compares && !row.among.empty()) {
    faults.push_back({"among", fmt::format("a {} has no group", row.measure)});
  }
  return faults;
}

// The units of a row's figures: the series' own, and the one its `unit` column says.
struct RowUnits {
  const Unit* own = nullptr;
  PrintedUnit given;
};

RowUnits only(const Unit* unit) { return {unit, {1, unit}}; }

// Nothing is known when the indicator's own row was at fault: that was reported there.
template <class Fact>
std::optional<RowUnits> units_of(Fact& row, const Catalogue& known) {
  const auto level = known.unit_of.find(row.indicator);
  if (level == known.unit_of.end()) return std::nullopt;
  const Unit* own = unit_of_code(known, series_unit(row.measure, level->second));
  if (own == nullptr) return std::nullopt;
  if (own->dimension == "rank" && is_rank_word(row.unit)) row.unit.clear();
  if (row.unit.empty() || row.unit == own->code) {
    row.unit.clear();
    return only(own);
  }
  const auto given = find_unit(known, row.unit);
  if (!given) return std::nullopt;
  return RowUnits{own, {given->multiplier, given->unit}};
}

void convert_figure(Figure& figure, std::string_view column, const RowUnits& units,
                    const Catalogue& known, std::vector<Fault>& faults) {
  auto reason = into_unit(figure, units.given, *units.own, known);
  if (!reason.empty()) faults.push_back({column, std::move(reason)});
}

// Faults of a figure that is kept in a single number, without a period.
void refuse_range(const Figure& figure, std::string_view column, std::vector<Fault>& faults) {
  if (figure.high) {
    faults.push_back({column, fmt::format("a range is not kept here: \"{}\"", figure.printed)});
  }
}

void refuse_period(const Figure& figure, std::string_view column, std::vector<Fault>& faults) {
  if (!figure.period) return;
  faults.push_back({column, fmt::format("\"{}\" names a period; it belongs in a column of its own",
                                        figure.printed)});
}

bool is_missing_status(const Catalogue& known, const std::string& status) {
  const auto& codes = known.missing_statuses;
  return std::find(codes.begin(), codes.end(), status) != codes.end();
}

void settle_status(Observation& row, const Catalogue& known, std::vector<Fault>& faults) {
  if (row.value.missing && row.status.empty()) {
    if (row.value.printed.empty()) {
      faults.push_back({"value", "empty; a value that is missing needs a status, such as O"});
    }
    row.status = 'O';
  }
  if (row.status.empty()) row.status = 'A';
  if (row.value.missing != is_missing_status(known, row.status)) {
    faults.push_back({"status", fmt::format("status {} does not go with the value \"{}\"",
                                            row.status, row.value.printed)});
  }
}

const Plan* find_plan(const Catalogue& known, const std::string& code) {
  const auto found = known.plans.find(code);
  return found == known.plans.end() ? nullptr : &found->second;
}

template <class Fact>
void settle_source(Fact& row, const Defaults& defaults, std::vector<Fault>& faults) {
  if (row.source.empty()) row.source = defaults.source;
  if (row.source.empty()) faults.push_back({"source", "missing: where does the row come from?"});
}

}  // namespace

std::vector<Fault> settle(Observation& row, const Catalogue& known, const Defaults& defaults) {
  std::vector<Fault> faults = settle_series(row);
  settle_source(row, defaults, faults);
  settle_status(row, known, faults);
  if (row.value.period) row.period = *row.value.period;
  if (row.value.missing) {
    row.unit.clear();
    return faults;
  }
  if (const auto units = units_of(row, known)) {
    convert_figure(row.value, "value", *units, known, faults);
  }
  return faults;
}

std::vector<Fault> settle(Target& row, const Catalogue& known, const Defaults& defaults) {
  std::vector<Fault> faults = settle_series(row);
  if (row.plan.empty()) row.plan = defaults.plan;
  if (row.plan.empty()) faults.push_back({"plan", "missing: which plan asks it?"});
  if (const Plan* plan = find_plan(known, row.plan)) {
    if (row.entity.empty()) row.entity = plan->entity;
    if (row.source.empty()) row.source = plan->source;
  }
  settle_source(row, defaults, faults);
  if (row.value.missing && row.value.printed.empty()) {
    faults.push_back({"value", "empty: a target is a number, a wording or a mark such as ——"});
  }
  refuse_period(row.value, "value", faults);
  refuse_range(row.base_value, "base_value", faults);
  if (row.base_value.period && !row.base_period) row.base_period = row.base_value.period;
  if (const auto units = units_of(row, known)) {
    convert_figure(row.value, "value", *units, known, faults);
    convert_figure(row.base_value, "base_value", *units, known, faults);
  }
  return faults;
}

std::vector<Fault> settle(Project& row, const Catalogue& known, const Defaults& defaults) {
  std::vector<Fault> faults;
  settle_source(row, defaults, faults);
  if (!row.code.empty() && row.parent == row.code)
    faults.push_back({"parent", "a project is no part of itself"});
  refuse_period(row.investment, "investment", faults);
  if (row.investment.value && *row.investment.value < 0) {
    faults.push_back({"investment", fmt::format("below zero: \"{}\"", row.investment.printed)});
  }
  if (row.investment.value && row.unit.empty()) {
    const Named unit = find_name(known, "unit", row.investment.unit);
    if (unit.count == Named::Count::one) row.unit = unit.code;
  }
  const Unit* unit = unit_of_code(known, row.unit);
  if (row.investment.value && unit == nullptr) {
    faults.push_back({"unit", "missing: the investment needs one, such as 亿元"});
  } else if (unit != nullptr && !unit->dimension.starts_with("currency_")) {
    faults.push_back({"unit", fmt::format("not money: \"{}\"", row.unit)});
  } else if (unit != nullptr) {
    convert_figure(row.investment, "investment", only(unit), known, faults);
  }
  return faults;
}

std::vector<Fault> settle(Milestone& row, const Catalogue&, const Defaults& defaults) {
  std::vector<Fault> faults;
  settle_source(row, defaults, faults);
  if (!row.planned && !row.actual) {
    faults.push_back({"actual", "missing: a milestone has a planned or an actual date"});
  }
  return faults;
}

std::vector<Fault> settle(Outlay& row, const Catalogue& known, const Defaults& defaults) {
  std::vector<Fault> faults;
  settle_source(row, defaults, faults);
  if (!row.planned.value && !row.spent.value) {
    faults.push_back({"spent", "missing: an outlay has money planned or spent"});
  }
  for (const auto& [column, figure] : {std::pair("planned", &row.planned), {"spent", &row.spent}}) {
    refuse_range(*figure, column, faults);
    refuse_period(*figure, column, faults);
  }
  if (const Unit* unit = unit_of_code(known, row.unit)) {
    if (!unit->dimension.starts_with("currency_")) {
      faults.push_back({"unit", fmt::format("not money: \"{}\"", row.unit)});
      return faults;
    }
    convert_figure(row.planned, "planned", only(unit), known, faults);
    convert_figure(row.spent, "spent", only(unit), known, faults);
  }
  return faults;
}

std::vector<Fault> settle(Plan& row, const Catalogue&, const Defaults&) {
  if (row.parent == row.code) return {{"parent", "a plan is not under itself"}};
  return {};
}

std::vector<Fault> settle(Entity& row, const Catalogue&, const Defaults&) {
  if (row.parent == row.code) return {{"parent", "an entity is no part of itself"}};
  if (row.successor == row.code) return {{"successor", "an entity does not follow itself"}};
  return {};
}

// Figures are kept in the units that indicators and units had when they came in.
std::vector<Fault> settle(Indicator& row, const Catalogue& known, const Defaults&) {
  const auto before = known.unit_of.find(row.code);
  if (before == known.unit_of.end() || before->second == row.unit) return {};
  return {{"unit", fmt::format("\"{}\" is in {} in this file; its unit can't change", row.code,
                               before->second)}};
}

std::vector<Fault> settle(Unit& row, const Catalogue& known, const Defaults&) {
  if (!(row.factor > 0)) return {{"factor", "not above zero"}};
  const Unit* before = unit_of_code(known, row.code);
  if (before == nullptr) return {};
  if (before->dimension != row.dimension) {
    return {{"dimension", fmt::format("\"{}\" is of {} in this file, which can't change", row.code,
                                      before->dimension)}};
  }
  if (before->factor != row.factor) {
    return {{"factor", fmt::format("\"{}\" has the factor {} in this file, which can't change",
                                   row.code, before->factor)}};
  }
  return {};
}

std::vector<Fault> settle(Formula& row, const Catalogue&, const Defaults&) {
  if (row.operand == row.indicator)
    return {{"operand", "an indicator does not derive from itself"}};
  if (row.coefficient == 0) return {{"coefficient", "zero: the operand would not count"}};
  return {};
}

std::vector<Fault> settle(SavedQuery& row, const Catalogue& known, const Defaults&) {
  const auto queries = known.names.find("query");
  if (queries == known.names.end() || !queries->second.contains(row.name)) return {};
  return {{"name", fmt::format("\"{}\" is one of planfile's own queries", row.name)}};
}

std::vector<Fault> settle(Alias& row, const Catalogue& known, const Defaults&) {
  const auto code = resolve(known, row.kind, row.code);
  if (!code) return {{"code", code.reason}};
  row.code = *code;
  const auto names = known.names.find(row.kind);
  const auto taken = names->second.find(row.name);
  if (taken != names->second.end() && taken->second != row.code) {
    return {{"name", fmt::format("already the name of {}",
                                 taken->second ? '"' + *taken->second + '"' : "several")}};
  }
  return {};
}

}  // namespace planfile
