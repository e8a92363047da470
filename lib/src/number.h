#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "planfile/error.h"

namespace planfile {

// A cell of nothing but digits with at most a sign and a point: the commonest, read without a look
// at the grammar. Nothing for all others.
std::optional<double> plain_number(std::string_view text);

// Removes the number that `rest` opens with, thousands parted by commas or not. A refusal names no
// text. A negative zero becomes zero, as SQLite stores it.
Parsed<double> take_number(std::string_view& rest);

// Where the next number begins; the 2 of `m2` and the 1 of the unit `:1` begin none.
std::size_t find_number(std::string_view text);

}  // namespace planfile
