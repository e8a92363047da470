#include "functions.h"

#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "planfile/unit.h"
#include "planfile/value.h"

#include "meets.h"
#include "sql_api.h"
#include "text.h"
#include "units.h"

namespace planfile {
namespace {

using SharedUnits = std::shared_ptr<Units>;

// The units, looked after once in a statement: SQLite keeps the mark at a constant argument, as the
// last one mostly is, until the statement ends.
Units& units_of(sqlite3_context* context, int arguments) {
  static char mark;
  Units& units = **static_cast<SharedUnits*>(sqlite3_user_data(context));
  if (sqlite3_get_auxdata(context, arguments - 1) == nullptr) {
    units.refresh();
    sqlite3_set_auxdata(context, arguments - 1, &mark, nullptr);
  }
  return units;
}

// What a cell that is not NULL says. A number is taken as it is, not by its text.
Parsed<Figure> figure_in(sqlite3_value* value) {
  const int type = sqlite3_value_type(value);
  if (type != SQLITE_INTEGER && type != SQLITE_FLOAT) return parse_value(text_of(value));
  Figure figure;
  figure.value = sqlite3_value_double(value);
  figure.printed = text_of(value);
  if (!std::isfinite(*figure.value)) {
    return Parsed<Figure>::fault(refusal("not a number", figure.printed));
  }
  return figure;
}

nlohmann::ordered_json json_of(const Figure& figure) {
  nlohmann::ordered_json json;
  if (figure.value) json["comparator"] = to_text(figure.comparator);
  if (figure.value) json["value"] = *figure.value;
  if (figure.high) json["high"] = *figure.high;
  if (!figure.unit.empty()) json["unit"] = figure.unit;
  if (figure.period) json["period"] = to_text(*figure.period);
  if (!figure.wording.empty()) json["wording"] = figure.wording;
  if (figure.missing) json["missing"] = true;
  json["printed"] = figure.printed;
  return json;
}

void parse_value_json(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    if (is_null(arguments[0])) return;
    const auto figure = figure_in(arguments[0]);
    const nlohmann::ordered_json json =
        figure ? json_of(*figure) : nlohmann::ordered_json{{"fault", figure.reason}};
    give(context, json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    constexpr unsigned kJson = 'J';  // SQLite's own mark, by which json_set() and others know it
    sqlite3_result_subtype(context, kJson);
  });
}

void value_fault(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    if (is_null(arguments[0])) return;
    const auto figure = figure_in(arguments[0]);
    if (!figure) give(context, figure.reason);
  });
}

std::optional<double> low_of(const Figure& figure) { return figure.value; }
std::optional<double> high_of(const Figure& figure) { return figure.high; }

template <auto tell>
void of_value(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    if (is_null(arguments[0])) return;
    const auto figure = figure_in(arguments[0]);
    if (figure) give(context, tell(*figure));
  });
}

template <auto tell>
void of_value_in_unit(sqlite3_context* context, int count, sqlite3_value** arguments) {
  guard(context, [&] {
    if (is_null(arguments[0]) || is_null(arguments[1])) return;
    Units& units = units_of(context, count);
    const UnitText unit = units.find(text_of(arguments[1]));
    const auto figure = figure_in(arguments[0]);
    if (!figure) return;
    const auto told = units.told_in(*figure, unit, unit);
    if (told) give(context, tell(*told));
  });
}

void value_comparator(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    if (is_null(arguments[0])) return;
    const auto figure = figure_in(arguments[0]);
    if (figure && figure->value) give(context, to_text(figure->comparator));
  });
}

void value_unit(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    if (is_null(arguments[0])) return;
    const auto figure = figure_in(arguments[0]);
    if (figure && !figure->unit.empty()) give(context, std::string_view(figure->unit));
  });
}

Better better_in(sqlite3_value* value) {
  if (is_null(value)) return Better::unknown;
  const auto better = parse_better(text_of(value));
  if (!better) throw Error(Errc::usage, "value_meets: " + better.reason);
  return *better;
}

void give_verdict(sqlite3_context* context, std::optional<bool> met) {
  if (met) sqlite3_result_int(context, *met ? 1 : 0);
}

// Of cells that name different units, told in `unit` or, without it, in the target's. Bare numbers
// have none then, so one that has a unit can't be held against them.
std::optional<bool> meets_in_unit(Units& units, const Figure& figure, const Figure& target,
                                  Better better, std::optional<UnitText> unit) {
  if (!unit && (figure.unit.empty() || target.unit.empty())) return std::nullopt;
  if (!unit) unit = units.seek(target.unit);
  if (!unit) return std::nullopt;
  const auto told = units.told_in(figure, *unit, *unit);
  const auto asked = units.told_in(target, *unit, *unit);
  if (!told || !asked) return std::nullopt;
  return meets(*told, *asked, better);
}

// value_meets(printed, target [, better [, unit]])
void value_meets(sqlite3_context* context, int count, sqlite3_value** arguments) {
  guard(context, [&] {
    Units& units = units_of(context, count);
    const Better better = count > 2 ? better_in(arguments[2]) : Better::unknown;
    std::optional<UnitText> unit;
    if (count > 3 && !is_null(arguments[3])) unit = units.find(text_of(arguments[3]));
    if (is_null(arguments[0]) || is_null(arguments[1])) return;
    const auto figure = figure_in(arguments[0]);
    const auto target = figure_in(arguments[1]);
    if (!figure || !target) return;
    give_verdict(context, figure->unit == target->unit
                              ? meets(*figure, *target, better)
                              : meets_in_unit(units, *figure, *target, better, std::move(unit)));
  });
}

// A figure as the columns value, high and comparator say it; nothing without a value.
std::optional<Figure> figure_in_columns(sqlite3_value** columns) {
  const auto value = number_of(columns[0], "value_meets");
  if (!value) return std::nullopt;
  Figure figure;
  figure.value = value;
  figure.high = number_of(columns[1], "value_meets");
  if (is_null(columns[2])) return figure;
  const auto comparator = parse_comparator(text_of(columns[2]));
  if (!comparator) throw Error(Errc::usage, "value_meets: " + comparator.reason);
  figure.comparator = *comparator;
  return figure;
}

// value_meets(value, high, comparator, target, target_high, target_comparator, better)
void value_meets_columns(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    const Better better = better_in(arguments[6]);
    const auto figure = figure_in_columns(arguments);
    const auto target = figure_in_columns(arguments + 3);
    if (figure && target) give_verdict(context, meets(*figure, *target, better));
  });
}

void unit_convert(sqlite3_context* context, int count, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto amount = number_of(arguments[0], "unit_convert");
    if (!amount || is_null(arguments[1]) || is_null(arguments[2])) return;
    Units& units = units_of(context, count);
    const UnitText from = units.find(text_of(arguments[1]));
    const UnitText to = units.find(text_of(arguments[2]));
    Figure figure;
    figure.value = amount;
    const auto told = units.told_in(figure, from, to);
    if (told) give(context, told->value);
  });
}

struct Entry {
  const char* name;
  int arguments;
  Step step;
};

constexpr Entry kPureFunctions[] = {
    {"parse_value", 1, parse_value_json},      {"value_fault", 1, value_fault},
    {"value_number", 1, of_value<low_of>},     {"value_high", 1, of_value<high_of>},
    {"value_comparator", 1, value_comparator}, {"value_unit", 1, value_unit},
    {"value_meets", 7, value_meets_columns}};

// What these say depends on the table `unit`.
constexpr Entry kUnitFunctions[] = {{"value_number", 2, of_value_in_unit<low_of>},
                                    {"value_high", 2, of_value_in_unit<high_of>},
                                    {"value_meets", 2, value_meets},
                                    {"value_meets", 3, value_meets},
                                    {"value_meets", 4, value_meets},
                                    {"unit_convert", 3, unit_convert}};

void let_go(void* units) { std::unique_ptr<SharedUnits>(static_cast<SharedUnits*>(units)); }

}  // namespace

int add_value_functions(sqlite3* connection) {
  constexpr int kMayBeJson = 0x1000000;  // SQLITE_RESULT_SUBTYPE of SQLite 3.45; nothing before
  for (const auto& [name, arguments, step] : kPureFunctions) {
    const int code = sqlite3_create_function_v2(connection, name, arguments, kPure | kMayBeJson,
                                                nullptr, step, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return code;
  }
  const auto units = std::make_shared<Units>(connection);
  for (const auto& [name, arguments, step] : kUnitFunctions) {
    auto held = std::make_unique<SharedUnits>(units);
    // SQLite lets it go, also when the call fails.
    const int code = sqlite3_create_function_v2(connection, name, arguments, SQLITE_UTF8,
                                                held.release(), step, nullptr, nullptr, let_go);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

}  // namespace planfile
