#pragma once

#include <optional>
#include <string_view>

#include "planfile/value.h"

namespace planfile {

// Words and signs that say how a printed number relates to the true one. Each function removes one,
// with the space at that side, from its place in a folded text.

std::optional<Comparator> take_comparator_before(std::string_view& rest);

// One that any other comparator overrules: `达到83%左右`, `控制在4%以内`.
std::optional<Comparator> take_weak_comparator_before(std::string_view& rest);

// One between a number and its unit, at the head of `rest`: `50余户`, `10多万`.
std::optional<Comparator> take_comparator_between(std::string_view& rest);

// One at the end of `rest`.
std::optional<Comparator> take_comparator_behind(std::string_view& rest);

// Whether a comparator that stands behind numbers occurs in the text.
bool has_comparator_behind(std::string_view text);

}  // namespace planfile
