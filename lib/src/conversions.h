// Units of observations by number, and the plain numbers of one told in another.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "decimal.h"
#include "lookup.h"
#include "planfile/model.h"

namespace planfile {

// A number in the unit of its series, and what of the print it does not say; see Detail.
struct Converted {
  double number = 0;
  std::string_view printed = {}, unit = {};
  int decimals = -1;
};

// Works out each pair of units once. The results are those of settle().
class Conversions {
 public:
  static constexpr std::uint32_t kUnknown = std::numeric_limits<std::uint32_t>::max();

  // `known` must outlive it.
  explicit Conversions(const Catalogue& known) : known_(known) {}

  // The number of the unit that a text says; kUnknown when it says none. Numbers begin at 1.
  std::uint32_t number_of(std::string_view text);

  // A cell's number, whose text is `printed`, given in one unit (0: in its own), in the own one.
  // Nothing when they do not convert. The views are of `printed` or hold as long as this.
  std::optional<Converted> convert(const Decimal& decimal, std::string_view printed,
                                   std::uint32_t given, std::uint32_t own);

 private:
  enum class Way { none, same, point, factor };
  struct Pair {
    Way way = Way::none;
    int places = 0;  // that the point moves
    std::string given_code;
    Unit given, own;  // `given` with its multiplier
  };

  std::uint32_t pair_of(std::uint32_t given, std::uint32_t own);
  [[nodiscard]] Pair made(const UnitText& given, const UnitText& own) const;

  const Catalogue& known_;
  std::vector<UnitText> units_ = std::vector<UnitText>(1);
  std::unordered_map<std::string, std::uint32_t> numbers_;  // by code
  KeyTable pair_numbers_;                                   // by given and own unit
  std::deque<Pair> pairs_ = std::deque<Pair>(1);
};

}  // namespace planfile
