#include "planfile/chart.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "text.h"

namespace planfile {
namespace {

constexpr std::string_view kForm =
    "a chart reads KIND x=COLUMN y=COLUMN by=COLUMN target=COLUMN, the last two optional";

// The next word, or the text between double quotes.
std::string take_name(std::string_view& rest) {
  const bool is_quoted = take(rest, "\"");
  const std::size_t end = std::min(rest.find_first_of(is_quoted ? "\"" : " ="), rest.size());
  std::string name(rest.substr(0, end));
  rest.remove_prefix(end);
  if (is_quoted) take(rest, "\"");
  rest = trim(rest);
  return name;
}

std::string in_quotes(const std::string& name) {
  return name.find_first_of(" =") == name.npos ? name : '"' + name + '"';
}

}  // namespace

Parsed<Chart> parse_chart(std::string_view text) {
  constexpr std::string_view kKinds[] = {"bar", "line", "scatter"};
  using Result = Parsed<Chart>;
  std::string_view rest = trim(text);
  Chart chart;
  chart.kind = take_name(rest);
  if (std::ranges::find(kKinds, chart.kind) == std::end(kKinds)) {
    return Result::fault(refusal("not a chart", chart.kind) + "; one of: bar, line, scatter");
  }
  while (!rest.empty()) {
    const std::string part = take_name(rest);
    std::string* const member = part == "x"        ? &chart.x
                                : part == "y"      ? &chart.y
                                : part == "by"     ? &chart.by
                                : part == "target" ? &chart.target
                                                   : nullptr;
    if (member == nullptr || !take(rest, "=")) return Result::fault(std::string(kForm));
    rest = trim(rest);
    if (!member->empty()) return Result::fault(fmt::format("{} is given twice", part));
    *member = take_name(rest);
  }
  if (chart.x.empty() || chart.y.empty()) return Result::fault("a chart needs x and y");
  return chart;
}

std::string to_text(const Chart& chart) {
  std::string text =
      fmt::format("{} x={} y={}", chart.kind, in_quotes(chart.x), in_quotes(chart.y));
  if (!chart.by.empty()) text += " by=" + in_quotes(chart.by);
  if (!chart.target.empty()) text += " target=" + in_quotes(chart.target);
  return text;
}

}  // namespace planfile
