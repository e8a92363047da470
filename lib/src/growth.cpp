#include "growth.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include <fmt/format.h>

#include "planfile/period.h"

namespace planfile {
namespace {

// A column's own period, canonical; empty when it has none that can be completed.
std::string period_of(const Study& study, std::size_t at) {
  const std::string& period = study.headings[at].period;
  if (period.empty()) return {};
  const auto read = study.titles.complete(period);
  return read ? *read : std::string();
}

bool is_of_years(const std::string& period) {
  const auto read = parse_period(period);
  return read && (kind(*read) == PeriodKind::year || kind(*read) == PeriodKind::years);
}

int last_year(const std::string& period) {
  return static_cast<int>(std::chrono::year_month_day{parse_period(period)->ends}.year());
}

// Columns of levels with a period of their own, in the order of the table.
std::vector<std::size_t> dated_levels(const Study& study, std::span<const std::size_t> values) {
  std::vector<std::size_t> dated;
  for (const std::size_t at : values) {
    if (!is_growth(study.headings[at].sense) && !period_of(study, at).empty()) dated.push_back(at);
  }
  return dated;
}

bool is_alone(const Study& study, std::span<const std::size_t> values, std::size_t at) {
  return std::none_of(values.begin(), values.end(), [&](std::size_t other) {
    return other != at && is_growth(study.headings[other].sense);
  });
}

}  // namespace

bool is_growth(Sense sense) {
  return sense == Sense::yoy || sense == Sense::cagr || sense == Sense::mean ||
         sense == Sense::change;
}

std::optional<std::string> leading_period(const Study& study, std::span<const std::size_t> values,
                                          std::size_t at) {
  if (!is_growth(study.headings[at].sense)) return std::nullopt;
  const auto dated = dated_levels(study, values);
  if (dated.empty()) return std::nullopt;
  const bool same_kind = std::all_of(dated.begin(), dated.end(), [&](std::size_t other) {
    return kind(*parse_period(period_of(study, other))) ==
           kind(*parse_period(period_of(study, dated.front())));
  });
  if (is_alone(study, values, at) && same_kind) {
    const auto latest =
        std::max_element(dated.begin(), dated.end(), [&](std::size_t a, std::size_t b) {
          return parse_period(period_of(study, a))->ends < parse_period(period_of(study, b))->ends;
        });
    return study.headings[*latest].period;
  }
  const auto behind = std::lower_bound(dated.begin(), dated.end(), at);
  if (behind == dated.begin()) return std::nullopt;
  return study.headings[*(behind - 1)].period;
}

std::string years_between(const std::string& base, const std::string& last) {
  return fmt::format("{}/{}", last_year(base) + 1, last_year(last));
}

Parsed<Growth> growth_of(const Study& study, std::span<const std::size_t> values, std::size_t at) {
  const Heading& heading = study.headings[at];
  if (heading.sense == Sense::change) {
    if (heading.unit == "%") return Growth{"yoy", {}};
    if (!heading.unit.empty()) return Growth{"change", {}};
    return Parsed<Growth>::fault(
        "a change in % or in the figures' unit? say which in the header, or "
        "in a mapping (--map)");
  }
  if (heading.sense == Sense::yoy) return Growth{"yoy", {}};
  if (heading.sense == Sense::mean) return Parsed<Growth>::fault(std::string(kVagueMean));
  const std::string own = period_of(study, at);
  if (!own.empty() &&
      parse_period(own)->ends - parse_period(own)->starts > std::chrono::days{366}) {
    return Growth{"cagr", own};
  }
  const auto dated = dated_levels(study, values);
  if (dated.size() == 2) {
    std::string first = period_of(study, dated[0]), last = period_of(study, dated[1]);
    if (is_of_years(first) && is_of_years(last)) {
      if (last_year(first) > last_year(last)) std::swap(first, last);
      return Growth{"cagr", years_between(first, last)};
    }
  }
  const auto said = study.titles.say("period");
  if (said && kind(*parse_period(*said)) == PeriodKind::years) return Growth{"cagr", *said};
  return Parsed<Growth>::fault(
      "a mean growth over which years? say so in the header, or in a mapping (--map)");
}

}  // namespace planfile
