#include "conversions.h"

#include <cmath>
#include <utility>

namespace planfile {
namespace {

constexpr int kMostPlaces = 30;  // so that no number of 15 digits leaves a double's range

bool is_rank_word(std::string_view unit) { return unit == "位" || unit == "名"; }

}  // namespace

std::uint32_t Conversions::number_of(std::string_view text) {
  auto unit = find_unit(known_, text);
  if (!unit) return kUnknown;
  const auto number = static_cast<std::uint32_t>(units_.size());
  const auto [at, is_new] = numbers_.try_emplace(unit->code, number);
  if (is_new) units_.push_back(std::move(*unit));
  return at->second;
}

std::optional<Converted> Conversions::convert(const Decimal& decimal, std::string_view printed,
                                              std::uint32_t given, std::uint32_t own) {
  const bool is_own = given == 0 || given == own;
  const Pair& pair = pairs_[is_own ? 0 : pair_of(given, own)];
  Converted converted;
  if (is_own || pair.way == Way::same) {
    converted.number = to_number(decimal);
    if (decimal.shape == Decimal::Shape::fixed) converted.decimals = decimal.places;
    if (decimal.shape == Decimal::Shape::other) converted.printed = printed;
    return converted;
  }
  converted.printed = printed;
  converted.unit = pair.given_code;
  if (pair.way == Way::none) return std::nullopt;
  if (pair.way == Way::point) {
    converted.number = to_number(decimal, pair.places);
    return converted;
  }
  converted.number = *planfile::convert(to_number(decimal), pair.given, pair.own);
  return std::isfinite(converted.number) ? std::optional(converted) : std::nullopt;
}

std::uint32_t Conversions::pair_of(std::uint32_t given, std::uint32_t own) {
  const std::uint64_t key = (std::uint64_t{given} << 32) | own;
  if (const std::uint32_t number = pair_numbers_.find(key)) return number;
  const auto number = static_cast<std::uint32_t>(pairs_.size());
  pairs_.push_back(made(units_[given], units_[own]));
  pair_numbers_.put(key, number);
  return number;
}

Conversions::Pair Conversions::made(const UnitText& given, const UnitText& own) const {
  Pair pair{Way::none, 0, given.code, *given.unit, *own.unit};
  pair.given.factor *= given.multiplier;
  if (own.unit->dimension == "rank" && is_rank_word(given.code)) {
    pair.way = Way::same;
    return pair;
  }
  const auto one = planfile::convert(1, pair.given, pair.own);
  if (!one) return pair;
  const double power = std::round(std::log10(*one));
  const bool moves =
      std::abs(power) <= kMostPlaces && to_number({.digits = 1}, static_cast<int>(power)) == *one;
  pair.way = moves ? Way::point : Way::factor;
  if (moves) pair.places = static_cast<int>(power);
  return pair;
}

}  // namespace planfile
