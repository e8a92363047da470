#include "reader.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "cells.h"
#include "text.h"
#include "words.h"

namespace planfile {
namespace {

// A cell's text as a member of a fact; the reason where it can't be.
std::string read_cell(std::string_view text, double& number) {
  const auto figure = parse_value(text);
  if (!figure) return figure.reason;
  const bool is_plain = figure->value && !figure->high && !figure->period && figure->unit.empty() &&
                        figure->comparator == Comparator::equal;
  if (!is_plain) {
    return fmt::format("not a number: \"{}\"", text);
  }
  number = *figure->value;
  return {};
}

std::string read_cell(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? "" : fmt::format("not a whole number: \"{}\"", text);
}

std::string read_cell(std::string_view text, Period& period) {
  auto read = parse_period(text);
  if (!read) return read.reason;
  period = *read;
  return {};
}

std::string read_cell(std::string_view text, Figure& figure) {
  auto read = parse_value(text);
  if (!read) return read.reason;
  figure = std::move(*read.value);
  return {};
}

template <class T>
std::string read_cell(std::string_view text, std::optional<T>& value) {
  T read{};
  auto reason = read_cell(text, read);
  if (reason.empty()) value = read;
  return reason;
}

bool is_one_of(std::string_view word, std::string_view choices) {
  while (!choices.empty()) {
    const std::size_t end = std::min(choices.find(' '), choices.size());
    if (choices.substr(0, end) == word) return true;
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return false;
}

std::string listed(std::string_view choices) {
  std::string text;
  for (const char c : choices) text += c == ' ' ? std::string(", ") : std::string(1, c);
  return text;
}

// A day, or a year where the form allows it, in its canonical text.
std::string read_dated(std::string_view text, Form form, std::string& day) {
  const auto period = parse_period(text);
  if (!period) return period.reason;
  const PeriodKind found = kind(*period);
  if (found != PeriodKind::day && !(found == PeriodKind::year && form == Form::year_or_day)) {
    return fmt::format("not a day: \"{}\"", text);
  }
  day = to_text(*period);
  return {};
}

template <class Fact>
using TextColumn = Column<Fact, std::string>;

// What a cell of codes or choices stands for.
struct Coded {
  std::optional<std::string> code;
  Named::Count count = Named::Count::one;  // why there is none
};

template <class Fact>
Coded choice_in(const TextColumn<Fact>& column, std::string_view text) {
  if (is_one_of(text, column.choices)) return {std::string(text)};
  if (const auto code = code_of_word(table_of<Fact>, column.name, text)) {
    return {std::string(*code)};
  }
  auto plain = loosened(text);
  if (is_one_of(plain, column.choices)) return {std::move(plain)};
  return {std::nullopt, Named::Count::none};
}

template <class Fact>
Coded code_in(const TextColumn<Fact>& column, std::string_view text, const Catalogue& known) {
  if (!column.choices.empty()) return choice_in(column, text);
  if (column.stored == "printed_unit") {  // told as a text: 千人 will do
    if (auto unit = find_unit(known, text)) return {std::move(unit->code)};
  }
  const Named found = find_name(known, column.refers, text);
  if (found.count == Named::Count::one) return {std::string(found.code)};
  if (found.count == Named::Count::several) return {std::nullopt, found.count};
  const auto code = code_of_word(table_of<Fact>, column.name, text);
  const bool is_known = code && find_name(known, column.refers, *code).count == Named::Count::one;
  if (is_known) return {std::string(*code)};
  return {std::nullopt, Named::Count::none};
}

template <class Fact>
Fault no_code(const TextColumn<Fact>& column, std::string_view text, const Catalogue& known,
              Named::Count count) {
  if (!column.choices.empty()) {
    return {column.name,
            fmt::format("not a {}: \"{}\"; one of: {}", column.name, text, listed(column.choices))};
  }
  return {column.name, no_name(known, column.refers, text, count),
          count == Named::Count::none ? column.refers : std::string_view()};
}

template <class Fact>
Fault read_column(const TextColumn<Fact>& column, std::string_view cell, Fact& fact,
                  const Catalogue& known) {
  const std::string_view text = trim(cell);
  std::string& member = fact.*column.member;
  if (text.empty()) return {};
  if (!column.refers.empty() || !column.choices.empty()) {
    auto [code, count] = code_in(column, text, known);
    if (!code) return no_code(column, text, known, count);
    member = std::move(*code);
  } else if (column.form != Form::any) {
    return {column.name, read_dated(text, column.form, member)};
  } else {
    member = column.presence == Presence::optional ? cell : text;
  }
  return {};
}

template <class Fact, class Value>
Fault read_column(const Column<Fact, Value>& column, std::string_view cell, Fact& fact,
                  const Catalogue&) {
  const std::string_view text = trim(cell);
  if (text.empty() && !std::is_same_v<Value, Figure>) return {};
  return {column.name, read_cell(text, fact.*column.member)};
}

bool has_default(std::string_view column, const Defaults& defaults) {
  return (column == "source" && !defaults.source.empty()) ||
         (column == "plan" && !defaults.plan.empty());
}

template <class Fact>
std::string_view cell_of(const CellsOf<Fact>& cells, std::string_view name) {
  std::string_view cell;
  each_cell<Fact>([&](const auto& column, std::size_t index) {
    if (column.name == name) cell = cells[index];
  });
  return cell;
}

// The unit behind the indicator's name is that of its levels.
template <class Fact>
void take_unit_of_name(Fact& fact, const CellsOf<Fact>& cells, const Catalogue& known) {
  const auto level = known.unit_of.find(fact.indicator);
  const std::string_view measure = fact.measure.empty() ? "level" : std::string_view(fact.measure);
  if (level == known.unit_of.end() || series_unit(measure, level->second) != level->second) return;
  fact.unit = split_unit(cell_of<Fact>(cells, "indicator"), known).unit;
}

}  // namespace

template <class Fact>
std::optional<Fact> read_cells(const CellsOf<Fact>& cells, const Catalogue& known,
                               const Defaults& defaults, std::vector<Fault>& faults) {
  const std::size_t before = faults.size();
  Fact fact{};
  each_cell<Fact>([&](const auto& column, std::size_t index) {
    using Value = std::remove_cvref_t<decltype(fact.*column.member)>;
    const std::string_view cell = cells[index];
    const bool needed = column.presence == kRequired || column.presence == kKey;
    if (cell.data() == nullptr && !needed) return;
    Fault fault = read_column(column, cell, fact, known);
    const bool empty = !std::is_same_v<Value, Figure> && trim(cell).empty();
    if (needed && empty && !has_default(column.name, defaults)) fault = {column.name, "empty"};
    if (!fault.message.empty()) faults.push_back(std::move(fault));
  });
  if (faults.size() != before) return std::nullopt;
  if constexpr (requires { fact.measure; }) {
    if (fact.unit.empty()) take_unit_of_name(fact, cells, known);
  }
  return fact;
}

template <class Fact>
std::optional<Fact> read_fact(const CellsOf<Fact>& cells, const Catalogue& known,
                              const Defaults& defaults, std::vector<Fault>& faults) {
  auto fact = read_cells<Fact>(cells, known, defaults, faults);
  if (!fact) return std::nullopt;
  std::vector<Fault> unsettled = settle(*fact, known, defaults);
  if (unsettled.empty()) return fact;
  std::move(unsettled.begin(), unsettled.end(), std::back_inserter(faults));
  return std::nullopt;
}

template <class Fact>
std::optional<std::string> find_code(std::string_view column, std::string_view text,
                                     const Catalogue& known) {
  std::optional<std::string> code;
  each_cell<Fact>([&](const auto& one, std::size_t) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(one)>, TextColumn<Fact>>) {
      if (one.name == column) code = code_in(one, text, known).code;
    }
  });
  return code;
}

template <class Fact>
FactKey key_of(const Fact& fact) {
  FactKey found;
  each_cell<Fact>([&](const auto& column, std::size_t) {
    if (column.presence != kKey && column.presence != kKeyed) return;
    const std::string text = cell_text(fact.*column.member);
    found.key += text;
    found.key += '\x1f';
    if (!text.empty()) found.shown += (found.shown.empty() ? "" : ", ") + text;
  });
  return found;
}

#define PLANFILE_READS(Fact)                                                                       \
  template std::optional<Fact> read_cells(const CellsOf<Fact>&, const Catalogue&, const Defaults&, \
                                          std::vector<Fault>&);                                    \
  template std::optional<Fact> read_fact(const CellsOf<Fact>&, const Catalogue&, const Defaults&,  \
                                         std::vector<Fault>&);                                     \
  template std::optional<std::string> find_code<Fact>(std::string_view, std::string_view,          \
                                                      const Catalogue&);                           \
  template FactKey key_of(const Fact&);
PLANFILE_READS(Source)
PLANFILE_READS(Entity)
PLANFILE_READS(Scope)
PLANFILE_READS(Unit)
PLANFILE_READS(Indicator)
PLANFILE_READS(Alias)
PLANFILE_READS(Formula)
PLANFILE_READS(Plan)
PLANFILE_READS(Observation)
PLANFILE_READS(Target)
PLANFILE_READS(Project)
PLANFILE_READS(Milestone)
PLANFILE_READS(Outlay)
PLANFILE_READS(Import)
PLANFILE_READS(Revision)
PLANFILE_READS(SavedQuery)
#undef PLANFILE_READS

}  // namespace planfile
