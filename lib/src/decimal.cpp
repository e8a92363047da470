#include "decimal.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kMostDigits = 15;
constexpr double kSmallest = 1e-4;  // below, SQLite writes an exponent
// The powers of ten that a double holds exactly.
constexpr double kTens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// Takes the digits that `rest` opens with into `digits`; says how many there were.
std::size_t take_all_digits(std::string_view& rest, std::uint64_t& digits) {
  std::size_t size = 0;
  for (; size < rest.size() && is_digit(rest[size]); ++size) {
    digits = digits * 10 + static_cast<std::uint64_t>(rest[size] - '0');
  }
  rest.remove_prefix(size);
  return size;
}

Decimal::Shape shape_of(const Decimal& decimal, std::string_view unsigned_text) {
  using Shape = Decimal::Shape;
  const bool leading_zero =
      unsigned_text.size() > 1 && unsigned_text[0] == '0' && unsigned_text[1] != '.';
  if (leading_zero || (decimal.negative && decimal.digits == 0)) return Shape::other;
  if (decimal.places > 0 && decimal.digits % 10 == 0) return Shape::fixed;
  const bool small = decimal.digits != 0 && decimal.places > 4 &&
                     to_number({decimal.digits, decimal.places}) < kSmallest;
  return small ? Shape::fixed : Shape::itself;
}

}  // namespace

std::optional<Decimal> read_decimal(std::string_view text) {
  if (text.size() > kMostDigits + 2) return std::nullopt;
  Decimal decimal;
  decimal.negative = take(text, "-");
  std::string_view rest = text;
  const std::size_t whole = take_all_digits(rest, decimal.digits);
  if (whole == 0) return std::nullopt;
  if (!rest.empty()) {
    if (!take(rest, ".") || rest.empty()) return std::nullopt;
    decimal.places = static_cast<int>(take_all_digits(rest, decimal.digits));
    if (!rest.empty()) return std::nullopt;
  }
  if (whole + static_cast<std::size_t>(decimal.places) > kMostDigits) return std::nullopt;
  decimal.shape = shape_of(decimal, text);
  return decimal;
}

// Both the digits and a power of ten of the table are exact, so their product is rounded but once.
double to_number(const Decimal& decimal, int shift) {
  const auto digits = static_cast<double>(decimal.digits);
  const int power = shift - decimal.places;
  double number = 0;
  if (power >= 0 && power < std::ssize(kTens)) {
    number = digits * kTens[power];
  } else if (power < 0 && -power < std::ssize(kTens)) {
    number = digits / kTens[-power];
  } else {
    const std::string text = fmt::format("{}e{}", decimal.digits, power);
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return decimal.negative && decimal.digits != 0 ? -number : number;
}

}  // namespace planfile
