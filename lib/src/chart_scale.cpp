// Round numbers for axes and beside bars.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "chart_plot.h"

namespace planfile {
namespace {

// The smallest of 1, 2, 5 times a power of ten that is no less than `step`.
double round_up(double step) {
  const double power = std::pow(10, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= step * (1 - 1e-9)) return factor * power;
  }
  return 10 * power;
}

}  // namespace

Ticks nice_ticks(double low, double high, std::size_t wanted) {
  if (!(high > low)) {
    const double margin = low == 0 ? 1 : std::abs(low) / 10;
    low -= margin;
    high += margin;
  }
  const double step =
      round_up((high - low) / static_cast<double>(std::max<std::size_t>(wanted, 1)));
  Ticks ticks;
  ticks.decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
  const double first = std::floor(low / step + 1e-9), last = std::ceil(high / step - 1e-9);
  for (double at = first; at <= last; ++at) ticks.values.push_back(at == 0 ? 0 : at * step);
  return ticks;
}

std::string short_number(double number) {
  constexpr int kDigits = 6;
  if (number == 0) return "0";
  const double size = std::abs(number);
  if (size >= 1e15 || size < 1e-4) return fmt::format("{:.4g}", number);
  const int whole = static_cast<int>(std::floor(std::log10(size))) + 1;
  std::string text = fmt::format("{:.{}f}", number, std::clamp(kDigits - whole, 0, kDigits));
  if (text.find('.') == text.npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace planfile
