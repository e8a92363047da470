// Numbers of nothing but digits, with at most a sign and a point: nearly every cell of a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace planfile {

// Such a number of at most 15 digits, which a double always tells apart.
struct Decimal {
  // How the printed text follows from the number.
  enum class Shape {
    itself,  // it is the text that SQLite writes for it
    fixed,   // it is the number with `places` decimals: 12.50, 0.00001
    other    // 007, -0
  };
  std::uint64_t digits = 0;  // without the point
  int places = 0;            // digits behind the point
  bool negative = false;
  Shape shape = Shape::other;
};

// Nothing for all other texts, numbers of more digits among them.
std::optional<Decimal> read_decimal(std::string_view text);

// The double nearest to the number times ten to the power of `shift`, which is within -300..300.
double to_number(const Decimal& decimal, int shift = 0);

}  // namespace planfile
