// The rows of a series in a few bytes each, to tell later which of them are others.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "content.h"

namespace planfile {

// One row as its mark tells it. `check` is the end of the row's hash: rows that differ may, once in
// 65,536 times, have the same. That a series differs at all is known from its whole hash.
struct RowMark {
  std::int64_t period = 0, source = 0;
  std::uint16_t locator = 0;  // of its hash; 0: there is none
  std::uint16_t check = 0;

  auto operator<=>(const RowMark&) const = default;
};

RowMark mark_of(const SeriesMark& row);

// A row takes three bytes where it follows the one before as the next period of the same source
// without a locator, and some more elsewhere.
std::string packed(std::span<const SeriesMark> rows);

// Reads them back; what can't be read ends the list.
std::vector<RowMark> unpacked(std::string_view bytes);

}  // namespace planfile
