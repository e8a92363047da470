// Where facts take their keys and remarks from, whatever the shape of their table.
#include <algorithm>

#include <fmt/format.h>

#include "planfile/nearest.h"
#include "infer_study.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

using Count = std::size_t Study::Cells::*;

// Of the columns of a name and of a code for the same thing, the one whose cells are known; of
// equals the name.
std::optional<std::size_t> best_of(const Study& study, Sense name, Sense code, Count known) {
  std::optional<std::size_t> best = study.first_of(name);
  if (best && !study.may_tell(*best)) best.reset();
  const auto other = study.first_of(code);
  if (!other || !study.may_tell(*other)) return best;
  if (!best || study.cells(*other).*known > study.cells(*best).*known) return other;
  return best;
}

// Columns whose names leave open what they are of: 名称, 项目, none.
std::vector<std::size_t> open_columns(const Study& study) {
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < study.size(); ++at) {
    const Sense sense = study.headings[at].sense;
    const bool is_open = sense == Sense::name || sense == Sense::project || sense == Sense::empty ||
                         sense == Sense::category || sense == Sense::none;
    if (is_open && study.cells(at).filled > 0 && !study.is_of_figures(at)) open.push_back(at);
  }
  return open;
}

// The open column most of whose cells are known of one kind.
std::optional<std::size_t> known_column(const Study& study, Count count, Count rival) {
  std::optional<std::size_t> best;
  for (const std::size_t at : open_columns(study)) {
    const Study::Cells& cells = study.cells(at);
    if (2 * (cells.*count) < cells.filled || cells.*count <= cells.*rival) continue;
    if (!best || cells.*count > study.cells(*best).*count) best = at;
  }
  return best;
}

bool is_filled(const Study& study, std::optional<std::size_t> at) {
  return at && study.cells(*at).empty == 0;
}

// A key's column; merged cells are taken apart where another key tells the rows apart.
Origin from_key(const Study& study, std::size_t at) {
  const auto is_other = [&](std::optional<std::size_t> other) {
    return other != at && is_filled(study, other);
  };
  const bool told_apart = is_other(indicator_column(study)) || is_other(entity_column(study)) ||
                          is_other(period_column(study));
  return told_apart ? from_merged(study, at) : from_column(study, at);
}

// Columns with the same thing once more: the code beside the name.
void pass_over_twins(const Study& study, std::size_t taken, std::initializer_list<Sense> senses,
                     Sketch& sketch) {
  for (const Sense sense : senses) {
    for (const std::size_t at : study.of(sense)) {
      if (at == taken) continue;
      sketch.pass_over(at, fmt::format("{} says the same", quoted(study.column(taken))));
    }
  }
}

// A bare number is a month.
void check_quarters(const Study& study, std::size_t at, Sketch& sketch) {
  if (study.headings[at].sense != Sense::quarter) return;
  for (const std::string& text : study.samples(at)) {
    if (count_digits(text) != text.size()) continue;
    sketch.fault(fmt::format("a quarter is told as Q1 or 一季度, not as {}", quoted(text)),
                 study.column(at));
    return;
  }
}

}  // namespace

std::optional<std::size_t> indicator_column(const Study& study) {
  if (auto at =
          best_of(study, Sense::indicator, Sense::indicator_code, &Study::Cells::indicators)) {
    return at;
  }
  return known_column(study, &Study::Cells::indicators, &Study::Cells::entities);
}

std::optional<std::size_t> entity_column(const Study& study) {
  if (auto at = best_of(study, Sense::entity, Sense::entity_code, &Study::Cells::entities))
    return at;
  if (auto at = study.first_of(Sense::place)) return at;
  const auto unit = study.first_of(Sense::unit);  // 单位 may be an organisation
  if (unit && study.cells(*unit).entities > study.cells(*unit).units) return unit;
  return known_column(study, &Study::Cells::entities, &Study::Cells::indicators);
}

std::optional<Origin> find_indicator(const Study& study, Sketch& sketch) {
  if (const auto at = indicator_column(study)) {
    sketch.mean(*at, "indicator");
    pass_over_twins(study, *at, {Sense::indicator, Sense::indicator_code}, sketch);
    return from_key(study, *at);
  }
  if (study.is_said("indicator")) return std::nullopt;
  if (study.titles.say("indicator")) return kFromTitle;
  const auto open = open_columns(study);
  const bool lone = open.size() == 1 && study.headings[open.front()].sense != Sense::none;
  if (lone && entity_column(study) && entity_column(study) != open.front()) {
    sketch.mean(open.front(), "indicator");
    return from_key(study, open.front());
  }
  sketch.miss("indicator",
              fmt::format("no column names the indicator, and {}; call one 指标 or indicator, "
                          "or tell it with --set indicator=NAME",
                          study.titles.say("indicator").reason));
  return std::nullopt;
}

std::optional<Origin> find_entity(const Study& study, Sketch& sketch) {
  if (const auto at = entity_column(study)) {
    sketch.mean(*at, "entity");
    pass_over_twins(study, *at, {Sense::entity, Sense::entity_code}, sketch);
    return from_key(study, *at);
  }
  if (study.is_said("entity")) return std::nullopt;
  if (study.titles.say("entity")) return kFromTitle;
  const Plan* plan = study.plan();
  if (plan != nullptr && !plan->entity.empty()) return from_text(plan->entity);
  sketch.miss("entity",
              fmt::format("no column names whom the figures are about, and {}; call one 地区 "
                          "or entity, or tell it with --set entity=NAME",
                          study.titles.say("entity").reason));
  return std::nullopt;
}

void add_period(const Study& study, Rule& rule, Sketch& sketch) {
  const auto period = find_period(study, sketch);
  if (period) rule.columns.insert_or_assign("period", *period);
  const auto year = year_column(study);
  if (period && year) {
    rule.columns.insert_or_assign(std::string(kYear), from_merged(study, *year));
    sketch.mean(*year, "year of the period");
  }
}

std::optional<Origin> find_period(const Study& study, Sketch& sketch) {
  if (const auto at = period_column(study)) {
    sketch.mean(*at, "period");
    if (!year_column(study)) {
      pass_over_twins(study, *at, {Sense::period, Sense::year, Sense::quarter, Sense::month},
                      sketch);
    }
    check_quarters(study, *at, sketch);
    return from_key(study, *at);
  }
  if (study.is_said("period")) return std::nullopt;
  if (study.titles.say("period")) return kFromTitle;
  sketch.miss("period",
              fmt::format("nothing tells the period, and {}; call a column 时间 or period, or "
                          "tell it with --set period=2023",
                          study.titles.say("period").reason));
  return std::nullopt;
}

std::optional<std::size_t> period_column(const Study& study) {
  for (const Sense sense : {Sense::period, Sense::month, Sense::quarter, Sense::year}) {
    for (const std::size_t at : study.of(sense)) {
      if (study.may_tell(at)) return at;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> year_column(const Study& study) {
  const auto period = period_column(study), year = study.first_of(Sense::year);
  if (!period || !year || period == year || !study.may_tell(*year)) return std::nullopt;
  const Study::Cells& cells = study.cells(*period);
  if (cells.filled > 0 && cells.periods == cells.filled) return std::nullopt;  // whole by itself
  return year;
}

void add_remarks(const Study& study, Rule& rule, Sketch& sketch) {
  struct Remark {
    Sense sense;
    std::string_view column;
  };
  constexpr Remark kRemarks[] = {{Sense::scope, "scope"},   {Sense::measure, "measure"},
                                 {Sense::among, "among"},   {Sense::status, "status"},
                                 {Sense::source, "source"}, {Sense::locator, "locator"},
                                 {Sense::note, "note"},     {Sense::nature, "nature"},
                                 {Sense::claim, "claim"},   {Sense::number, "number"}};
  const ImportTable* table = table_to_import(rule.table);
  for (const auto& [sense, column] : kRemarks) {
    const auto at = study.first_of(sense);
    if (!at || table->column(column) == nullptr || rule.columns.contains(column)) continue;
    sketch.mean(*at, column);
    rule.columns.emplace(column, from_column(study, *at));
  }
}

void require_source(const Study& study, const Rule& rule, Sketch& sketch) {
  if (study.wish.has_source || study.is_said("source") || rule.columns.contains("source")) return;
  const bool plan_tells =
      study.wish.has_plan || study.is_said("plan") || rule.columns.contains("plan");
  if (rule.table == "target" && plan_tells) return;
  sketch.miss("source", "no column names the source; tell it with --source CODE");
}

void report_near_misses(const Study& study, std::string_view table, Sketch& sketch) {
  constexpr std::size_t kMostApart = 2;
  std::vector<std::string_view> wanted;
  for (const TableColumn& column : table_to_import(table)->columns) {
    const auto& present = study.sheet.columns;
    if (std::find(present.begin(), present.end(), column.name) == present.end()) {
      wanted.push_back(column.name);
    }
  }
  for (std::size_t at = 0; at < study.size(); ++at) {
    const std::string_view name = study.column(at);
    const bool is_word = study.headings[at].sense == Sense::none && !sketch.has_meaning(at);
    if (!is_word || study.names.has("indicator", name) || study.names.has("entity", name)) continue;
    std::vector<std::string_view> near = nearest(name, wanted);
    std::erase_if(near, [&](std::string_view other) {
      return std::max(other.size(), name.size()) - std::min(other.size(), name.size()) > kMostApart;
    });
    if (near.empty()) continue;
    sketch.fault(fmt::format("unknown column {}; nearest: {}", quoted(name), quoted(near.front())),
                 std::string(name));
    sketch.mean(at, fmt::format("unknown; nearest: {}", near.front()));
    sketch.excuse(near.front());
  }
}

}  // namespace planfile
