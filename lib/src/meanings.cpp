#include "meanings.h"

#include <algorithm>

#include "reader.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kMostMarks = 100;  // remembered

}  // namespace

Meanings::Meanings(const Catalogue& known, const Registry& registry, Conversions& units)
    : known_(known),
      registry_(registry),
      conversions_(units),
      default_scope_(registry.find("scope", "")) {}

std::uint32_t Meanings::IdColumn::of(std::string_view cell, std::uint32_t blank,
                                     const Meanings& all) {
  if (cell.empty()) return blank;
  if (const std::uint32_t* id = ids.find(cell)) return *id;
  const std::string_view text = trim(cell);
  if (text.empty()) return blank;
  const auto code = find_code<Observation>(column, text, all.known_);
  const std::uint32_t id = code ? all.registry_.find(table, *code) : 0;
  return id == 0 ? kUnknown : ids.put(cell, id);
}

IndicatorMeaning* Meanings::indicator(std::string_view cell) {
  if (IndicatorMeaning* known = indicators_.find(cell)) return known;
  const std::string_view text = trim(cell);
  const auto code = find_code<Observation>("indicator", text, known_);
  const std::uint32_t id = code ? registry_.find("indicator", *code) : 0;
  if (id == 0) return nullptr;
  const std::string unit = split_unit(text, known_).unit;
  const auto level = known_.unit_of.find(*code);
  return &indicators_.put(cell,
                          {.id = id,
                           .unit = unit.empty() ? 0 : conversions_.number_of(unit),
                           .level_unit = level == known_.unit_of.end() ? nullptr : &level->second});
}

PeriodMeaning* Meanings::period(std::string_view cell) {
  if (PeriodMeaning* known = periods_.find(cell)) return known;
  const auto period = parse_period(cell);
  return period ? &periods_.put(cell, {*period}) : nullptr;
}

std::uint32_t Meanings::unit(std::string_view cell) {
  if (cell.empty()) return 0;
  if (const std::uint32_t* known = units_.find(cell)) return *known;
  const std::string_view text = trim(cell);
  if (text.empty()) return 0;
  const std::uint32_t number = conversions_.number_of(text);
  return number == kUnknown ? kUnknown : units_.put(cell, number);
}

std::uint32_t Meanings::measure(std::string_view cell) {
  if (cell.empty()) return 0;
  if (const std::uint32_t* known = measures_.find(cell)) return *known;
  const std::string_view text = trim(cell);
  if (text.empty()) return 0;
  const auto code = find_code<Observation>("measure", text, known_);
  if (!code) return kUnknown;
  const auto at = std::find(measure_codes_.begin(), measure_codes_.end(), *code);
  const auto number = static_cast<std::uint32_t>(at - measure_codes_.begin());
  if (at == measure_codes_.end()) measure_codes_.push_back(*code);
  return measures_.put(cell, number);
}

const StatusMeaning* Meanings::status(std::string_view cell) {
  if (cell.empty()) return &unsaid_;
  if (const StatusMeaning* known = statuses_.find(cell)) return known;
  const std::string_view text = trim(cell);
  if (text.empty()) return &unsaid_;
  const auto code = find_code<Observation>("status", text, known_);
  if (!code) return nullptr;
  return &statuses_.put(cell, {++status_count_, is_missing(*code), *code});
}

bool Meanings::is_missing(std::string_view status) const {
  const auto& codes = known_.missing_statuses;
  return std::find(codes.begin(), codes.end(), status) != codes.end();
}

bool Meanings::is_mark(std::string_view text) {
  if (const bool* known = marks_.find(text)) return *known;
  const auto figure = parse_value(text);
  const bool mark = figure && figure->missing;
  if (mark && mark_count_++ < kMostMarks) marks_.put(text, true);
  return mark;
}

}  // namespace planfile
