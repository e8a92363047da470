#include "planfile/unit.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <span>

#include "text.h"

namespace planfile {
namespace {

struct Multiple {
  std::string_view word;
  double factor;
};
constexpr Multiple kSmall[] = {{"十", 1e1}, {"百", 1e2}, {"千", 1e3}};
constexpr Multiple kTenThousand[] = {{"万", 1e4}};
constexpr Multiple kHundredMillion[] = {{"亿", 1e8}};
constexpr Multiple kEnglish[] = {
    {"thousand", 1e3}, {"million", 1e6}, {"billion", 1e9}, {"trillion", 1e12}};

constexpr double kExactIntegers = 9007199254740992;  // 2^53
// The powers of ten that a double holds exactly.
constexpr double kTens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
constexpr int kGreatestPower = 300;

// A factor is a rounded number, so two that differ by a power of ten do so nearly.
std::optional<int> power_of_ten(double ratio) {
  const double exponent = std::round(std::log10(ratio));
  if (!(std::abs(exponent) <= kGreatestPower)) return std::nullopt;
  if (std::abs(ratio / std::pow(10.0, exponent) - 1) > 1e-12) return std::nullopt;
  return static_cast<int>(exponent);
}

// Through the decimal text, as a product with 0.0001 would round twice.
double move_point(double amount, int places) {
  if (places == 0 || !std::isfinite(amount)) return amount;
  if (std::trunc(amount) == amount && std::abs(amount) < kExactIntegers &&
      std::abs(places) < std::ssize(kTens)) {
    const double power = kTens[std::abs(places)];
    return places > 0 ? amount * power : amount / power;
  }
  char digits[64];
  char* const end = std::to_chars(digits, digits + 48, amount, std::chars_format::scientific).ptr;
  char* const mark = std::find(digits, end, 'e');
  const char* const exponent = mark[1] == '+' ? mark + 2 : mark + 1;
  int places_before = 0;
  std::from_chars(exponent, end, places_before);
  const char* const last = std::to_chars(mark + 1, digits + 64, places_before + places).ptr;

  double moved = amount * std::pow(10.0, places);  // stays when the text is out of a double's range
  std::from_chars(digits, last, moved);
  return moved;
}

double take_multiple(std::string_view& rest, std::span<const Multiple> multiples) {
  const auto opens = [&rest](const Multiple& multiple) { return take(rest, multiple.word); };
  const auto found = std::find_if(multiples.begin(), multiples.end(), opens);
  return found == multiples.end() ? 1 : found->factor;
}

}  // namespace

std::optional<double> convert(double amount, const Unit& from, const Unit& to) {
  if (from.dimension != to.dimension) return std::nullopt;
  if (const auto places = power_of_ten(from.factor / to.factor)) return move_point(amount, *places);
  return amount * from.factor / to.factor;
}

Multiplied split_multiplier(std::string_view unit) {
  std::string_view rest = unit;
  double multiplier = take_multiple(rest, kSmall);
  multiplier *= take_multiple(rest, kTenThousand);
  multiplier *= take_multiple(rest, kHundredMillion);
  if (multiplier != 1) return {multiplier, rest};

  multiplier = take_multiple(rest, kEnglish);
  if (multiplier != 1 && (rest.empty() || take(rest, " "))) return {multiplier, rest};
  return {1, unit};
}

}  // namespace planfile
