#include "meets.h"

#include <algorithm>
#include <compare>
#include <iterator>

#include "text.h"

namespace planfile {
namespace {

// An end of a span of numbers: just under (-1), at or just over (1) a number.
struct Edge {
  double at = 0;
  int side = 0;

  auto operator<=>(const Edge&) const = default;
};

struct Reach {
  std::optional<Edge> low, high;  // none: open
};

bool is_about(Comparator sign) {
  return sign == Comparator::about || sign == Comparator::about_below;
}
bool looks_up(Comparator sign) {
  return sign == Comparator::greater || sign == Comparator::at_least;
}
bool looks_down(Comparator sign) { return sign == Comparator::less || sign == Comparator::at_most; }

// Where the true number may lie.
Reach reach_of(const Figure& figure) {
  const Comparator sign = figure.comparator;
  Reach reach;
  if (!looks_down(sign)) {
    const int side = sign == Comparator::greater ? 1 : sign == Comparator::about_below ? -1 : 0;
    reach.low = {*figure.value, side};
  }
  if (!looks_up(sign)) {
    const bool is_below = sign == Comparator::less || sign == Comparator::about_below;
    reach.high = {figure.high.value_or(*figure.value), is_below ? -1 : 0};
  }
  return reach;
}

// What the target asks for.
Reach asked_by(const Figure& target, Better better) {
  const Comparator sign = target.comparator;
  const bool up = looks_up(sign) || (!looks_down(sign) && better == Better::higher);
  const bool down = looks_down(sign) || (!looks_up(sign) && better == Better::lower);
  Reach asked;
  if (!down) asked.low = {*target.value, sign == Comparator::greater ? 1 : 0};
  if (!up) {
    asked.high = {target.high.value_or(*target.value), sign == Comparator::less ? -1 : 0};
  }
  return asked;
}

}  // namespace

Parsed<Better> parse_better(std::string_view text) {
  if (text == "higher") return Better::higher;
  if (text == "lower") return Better::lower;
  if (text == "neither") return Better::neither;
  return Parsed<Better>::fault(refusal("not higher, lower or neither", text));
}

std::optional<bool> meets(const Figure& figure, const Figure& target, Better better) {
  if (!figure.value || !target.value) return std::nullopt;
  const Reach got = reach_of(figure);
  const Reach asked = asked_by(target, better);
  const bool over_floor = !asked.low || (got.low && *got.low >= *asked.low);
  const bool under_ceiling = !asked.high || (got.high && *got.high <= *asked.high);
  if (over_floor && under_ceiling) return true;
  const bool has_sign = looks_up(target.comparator) || looks_down(target.comparator);
  if (is_about(target.comparator) || (better == Better::unknown && !has_sign)) return std::nullopt;
  const bool is_short = asked.low && got.high && *got.high < *asked.low;
  const bool is_beyond = asked.high && got.low && *got.low > *asked.high;
  if (is_short || is_beyond) return false;
  return std::nullopt;
}

}  // namespace planfile
