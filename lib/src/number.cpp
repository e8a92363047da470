#include "number.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>

#include "text.h"

namespace planfile {
namespace {

constexpr std::string_view kNotANumber = "not a number";
constexpr std::string_view kWrongComma = "a comma that parts no thousands";

bool groups_thousands(std::string_view whole) {
  const std::size_t head = std::min(whole.find(','), whole.size());
  if (head == whole.size()) return true;
  if (head == 0 || head > 3 || whole[0] == '0') return false;
  for (std::string_view rest = whole.substr(head); !rest.empty(); rest.remove_prefix(4)) {
    if (rest.front() != ',' || count_digits(rest.substr(1)) < 3) return false;
    if (rest.size() > 4 && rest[4] != ',') return false;
  }
  return true;
}

// Why digits, commas and points are no number; empty when they are one.
std::string_view number_fault(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  if (whole.empty() && fraction.empty()) return kNotANumber;
  if (point < text.size() && fraction.empty()) return kNotANumber;
  if (fraction.find('.') != std::string_view::npos) return kNotANumber;
  if (fraction.find(',') != std::string_view::npos || !groups_thousands(whole)) return kWrongComma;
  return {};
}

// The size of the `e-5` that the text opens with; 0 when it opens with none.
std::size_t exponent_size(std::string_view text) {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return 0;
  const std::size_t sign = text.size() > 1 && (text[1] == '+' || text[1] == '-') ? 1 : 0;
  const std::size_t digits = count_digits(text.substr(1 + sign));
  return digits == 0 ? 0 : 1 + sign + digits;
}

}  // namespace

std::optional<double> plain_number(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || !is_digit(digits.front()) || !is_digit(digits.back())) return std::nullopt;
  const auto in_number = [](char c) { return is_digit(c) || c == '.'; };
  if (!std::all_of(digits.begin(), digits.end(), in_number)) return std::nullopt;
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (stop != end || error != std::errc()) return std::nullopt;
  return number + 0.0;
}

Parsed<double> take_number(std::string_view& rest) {
  std::string_view ahead = rest;
  const bool negative = take(ahead, "-");
  if (!negative) take(ahead, "+");
  const auto in_number = [](char c) { return is_digit(c) || c == '.' || c == ','; };
  const auto end = std::find_if_not(ahead.begin(), ahead.end(), in_number);
  const auto size = static_cast<std::size_t>(end - ahead.begin());
  const std::string_view fault = number_fault(ahead.substr(0, size));
  if (!fault.empty()) return Parsed<double>::fault(std::string(fault));

  std::string_view text = ahead.substr(0, size + exponent_size(ahead.substr(size)));
  ahead.remove_prefix(text.size());
  std::string joined;
  if (text.find(',') != std::string_view::npos) {
    std::copy_if(text.begin(), text.end(), std::back_inserter(joined),
                 [](char c) { return c != ','; });
    text = joined;
  }
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc()) return Parsed<double>::fault("a number out of range");
  rest = ahead;
  return (negative ? -number : number) + 0.0;
}

std::size_t find_number(std::string_view text) {
  if (text == ":1") return std::string_view::npos;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    const std::string_view behind = text.substr(at + 1);
    const bool ends = behind.empty() || std::string_view("0123456789.,").find(behind.front()) ==
                                            std::string_view::npos;
    if (at > 0 && text[at - 1] == 'm' && (text[at] == '2' || text[at] == '3') && ends) continue;
    return at > 0 && text[at - 1] == '.' ? at - 1 : at;
  }
  return std::string_view::npos;
}

}  // namespace planfile
