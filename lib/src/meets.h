#pragma once

#include <optional>
#include <string_view>

#include "planfile/value.h"

namespace planfile {

// Which way a figure gets better: what reads a target that has no sign.
enum class Better { unknown, higher, lower, neither };

// "higher", "lower" or "neither", as in the column `direction` of `indicator`.
Parsed<Better> parse_better(std::string_view text);

// Whether what a figure says lies within what a target asks for: true when it does wholly, false
// when it wholly does not, nothing when that can't be told. Both in one unit. As target-progress
// judges it without a tolerance:
//   a sign says which side counts (`>=`, `>`: up; `<=`, `<`: down); without one the target is to be
//   reached or not exceeded, as `better` says, and with `neither` its very value or range counts;
//   a bound (`<35`) and a range (`3~5`) are met only as a whole; about (`5左右`) is read as the
//   number, but missing a target of that kind is not told.
// Nothing as well for words, missing values, and a target without a sign that is not met exactly
// while `better` is unknown.
std::optional<bool> meets(const Figure& figure, const Figure& target, Better better);

}  // namespace planfile
