#include "pack.h"

#include <array>
#include <limits>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "decimal.h"
#include "details.h"
#include "meanings.h"
#include "registry.h"
#include "text.h"

namespace planfile {
namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kForms = 17;  // of a number: without decimals to tell, with 0 to 15

constexpr std::size_t index_of(std::string_view name) {
  std::size_t found = kColumnCount<Observation>, index = 0;
  std::apply(
      [&](const auto&... column) { ((found = column.name == name ? index : found, ++index), ...); },
      columns_of<Observation>);
  return found;
}
constexpr std::size_t kIndicator = index_of("indicator"), kEntity = index_of("entity"),
                      kPeriod = index_of("period"), kValue = index_of("value"),
                      kUnit = index_of("unit"), kScope = index_of("scope"),
                      kMeasure = index_of("measure"), kAmong = index_of("among"),
                      kStatus = index_of("status"), kSource = index_of("source"),
                      kLocator = index_of("locator"), kNote = index_of("note"),
                      kImport = index_of("import");

bool is_blank(std::string_view cell) { return cell.empty() || trim(cell).empty(); }

bool needs_group(std::string_view measure) {
  return measure.ends_with("rank") || measure.ends_with("gap");
}

}  // namespace

struct Packer::State {
  State(Database& database, const Catalogue& catalogue, const Defaults& defaults)
      : known(catalogue),
        registry(database),
        conversions(catalogue),
        meanings(catalogue, registry, conversions),
        default_source(registry.find("source", defaults.source)) {}

  // A value cell and the status that goes with it.
  struct Said {
    Converted value;
    std::string_view status;
  };
  // The units of a family of series.
  struct Units {
    std::uint32_t own = 0;  // 0: not asked for yet
    bool of_level = false;  // whether that is the indicator's own
  };

  std::optional<PackedFact> quick(const CellsOf<Observation>& cells);
  std::uint32_t family_of(const CellsOf<Observation>& cells, IndicatorMeaning& indicator);
  const Units& units_of(std::uint32_t family, const IndicatorMeaning& indicator);
  std::optional<Said> said(const CellsOf<Observation>& cells, const StatusMeaning& status,
                           std::uint32_t family, const IndicatorMeaning& indicator);
  std::optional<Said> missing(std::string_view text, const StatusMeaning& status);
  std::uint32_t detail_of(const CellsOf<Observation>& cells, const StatusMeaning& status,
                          const Said& what);

  PackedFact pack(const Observation& fact);
  [[nodiscard]] std::uint32_t required(std::string_view table, const std::string& code) const;

  const Catalogue& known;
  Registry registry;
  Conversions conversions;
  Meanings meanings;
  DetailStore details;
  std::uint32_t default_source;
  std::array<std::uint32_t, 3> last_coverage = {};  // scope, measure, among
  std::optional<std::uint32_t> last_context;
  std::vector<Units> family_units;
  // Of rows that have neither locator nor note nor printed text, by status and decimals.
  std::vector<std::uint32_t> plain_details;
};

std::optional<PackedFact> Packer::State::quick(const CellsOf<Observation>& cells) {
  IndicatorMeaning* indicator = meanings.indicator(cells[kIndicator]);
  const std::uint32_t entity = meanings.entity(cells[kEntity]);
  PeriodMeaning* period = meanings.period(cells[kPeriod]);
  const std::uint32_t source = meanings.source(cells[kSource], default_source);
  const StatusMeaning* status = meanings.status(cells[kStatus]);
  if (indicator == nullptr || entity == kUnknown || period == nullptr || source == kUnknown ||
      source == 0 || status == nullptr || !is_blank(cells[kImport])) {
    return std::nullopt;
  }
  const std::uint32_t family = family_of(cells, *indicator);
  if (family == 0) return std::nullopt;
  const auto what = said(cells, *status, family, *indicator);
  if (!what) return std::nullopt;

  // Only now that the row is known to be good may series and period be new.
  if (period->id == 0) period->id = registry.period(period->period);
  return PackedFact{.series = registry.series(family, entity),
                    .period = period->id,
                    .source = source,
                    .detail = detail_of(cells, *status, *what),
                    .value = what->value.number};
}

std::uint32_t Packer::State::family_of(const CellsOf<Observation>& cells,
                                       IndicatorMeaning& indicator) {
  const std::uint32_t measure = meanings.measure(cells[kMeasure]);
  const std::uint32_t scope = meanings.scope(cells[kScope]);
  const std::uint32_t among = meanings.among(cells[kAmong]);
  if (measure == kUnknown || scope == kUnknown || scope == 0 || among == kUnknown) return 0;
  const std::array coverage{scope, measure, among};
  if (!last_context || coverage != last_coverage) {
    const std::string_view code = meanings.measure_code(measure);
    if (needs_group(code) != (among != 0)) return 0;
    last_context = registry.context(scope, code, among);
    last_coverage = coverage;
  }
  if (indicator.context != *last_context) {
    indicator.context = *last_context;
    indicator.family = registry.family(indicator.id, *last_context);
  }
  return indicator.family;
}

const Packer::State::Units& Packer::State::units_of(std::uint32_t family,
                                                    const IndicatorMeaning& indicator) {
  if (family >= family_units.size()) family_units.resize(family + 1);
  Units& units = family_units[family];
  if (units.own != 0) return units;
  units.own = kUnknown;
  if (indicator.level_unit == nullptr) return units;
  const std::string own = series_unit(registry.about(family).measure, *indicator.level_unit);
  if (known.units.contains(own)) units.own = conversions.number_of(own);
  units.of_level = own == *indicator.level_unit;
  return units;
}

std::optional<Packer::State::Said> Packer::State::said(const CellsOf<Observation>& cells,
                                                       const StatusMeaning& status,
                                                       std::uint32_t family,
                                                       const IndicatorMeaning& indicator) {
  std::uint32_t given = meanings.unit(cells[kUnit]);
  if (given == kUnknown) return std::nullopt;
  std::string_view text = cells[kValue];
  auto decimal = read_decimal(text);
  if (!decimal) {
    text = trim(text);
    decimal = read_decimal(text);
  }
  if (!decimal) return missing(text, status);
  if (status.missing) return std::nullopt;
  const Units& units = units_of(family, indicator);
  if (units.own == kUnknown) return std::nullopt;
  if (given == 0 && units.of_level) given = indicator.unit;
  const auto value = conversions.convert(*decimal, text, given, units.own);
  if (!value) return std::nullopt;
  return Said{*value, status.number == 0 ? "A" : std::string_view(status.code)};
}

// A value that is missing is told by its status, or by a mark alone.
std::optional<Packer::State::Said> Packer::State::missing(std::string_view text,
                                                          const StatusMeaning& status) {
  const bool unsaid = status.number == 0;
  const std::string_view code = unsaid ? "O" : std::string_view(status.code);
  const bool told = unsaid ? !text.empty() && meanings.is_missing(code) : status.missing;
  if (!told || !(text.empty() || meanings.is_mark(text))) return std::nullopt;
  return Said{{.number = kNoNumber, .printed = text}, code};
}

std::uint32_t Packer::State::detail_of(const CellsOf<Observation>& cells,
                                       const StatusMeaning& status, const Said& what) {
  const std::string_view locator = cells[kLocator], note = cells[kNote];
  const Detail about{.locator = locator.empty() ? locator : trim(locator),
                     .status = what.status,
                     .printed = what.value.printed,
                     .printed_unit = what.value.unit,
                     .note = is_blank(note) ? std::string_view() : note,
                     .decimals = what.value.decimals};
  if (!locator.empty() || !note.empty() || !about.printed.empty()) return details.number_of(about);
  const std::size_t at = status.number * kForms + static_cast<std::size_t>(about.decimals + 1);
  if (at >= plain_details.size()) plain_details.resize(at + kForms, kUnknown);
  std::uint32_t& number = plain_details[at];
  if (number == kUnknown) number = details.number_of(about);
  return number;
}

std::uint32_t Packer::State::required(std::string_view table, const std::string& code) const {
  if (const std::uint32_t id = registry.find(table, code)) return id;
  throw Error(Errc::refused, fmt::format("unknown {}: \"{}\"", table, code));
}

PackedFact Packer::State::pack(const Observation& fact) {
  const std::uint32_t among = fact.among.empty() ? 0 : required("entity", fact.among);
  const std::uint32_t family =
      registry.family(required("indicator", fact.indicator),
                      registry.context(required("scope", fact.scope), fact.measure, among));
  if (family == 0) {
    throw Error(Errc::refused,
                fmt::format("no unit for the {} of \"{}\"", fact.measure, fact.indicator));
  }
  const Figure& figure = fact.value;
  Detail about{.locator = fact.locator,
               .comparator = to_text(figure.comparator),
               .status = fact.status,
               .printed = figure.printed,
               .printed_unit = fact.unit,
               .note = fact.note,
               .high = figure.high};
  const auto decimal = read_decimal(figure.printed);
  if (decimal && decimal->shape == Decimal::Shape::fixed && !figure.high && fact.unit.empty() &&
      figure.comparator == Comparator::equal && figure.value == to_number(*decimal)) {
    about.printed = {};
    about.decimals = decimal->places;
  }
  const std::uint32_t entity = required("entity", fact.entity);
  const std::uint32_t source = required("source", fact.source);
  return {.series = registry.series(family, entity),
          .period = registry.period(fact.period),
          .source = source,
          .detail = details.number_of(about),
          .value = figure.value.value_or(kNoNumber)};
}

Packer::Packer(Database& database, const Catalogue& known, const Defaults& defaults)
    : state_(std::make_unique<State>(database, known, defaults)) {}

Packer::~Packer() = default;

std::optional<PackedFact> Packer::quick(const CellsOf<Observation>& cells) {
  return state_->quick(cells);
}

PackedFact Packer::pack(const Observation& fact) { return state_->pack(fact); }

const Detail& Packer::detail(std::uint32_t number) const { return state_->details.at(number); }

std::vector<NewSeries> Packer::take_new_series() { return state_->registry.take_new_series(); }

std::vector<NewPeriod> Packer::take_new_periods() { return state_->registry.take_new_periods(); }

}  // namespace planfile
