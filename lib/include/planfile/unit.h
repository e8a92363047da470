#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace planfile {

// A unit of measurement. Two units convert into each other only within one dimension:
// % and 百分点 have different ones, and so have 元 and 美元.
struct Unit {
  std::string code;  // as printed in Chinese statistics: "亿元", "%"
  std::string name_en;
  std::string dimension;  // "currency_cny"
  std::string base;       // code of the dimension's base unit
  double factor = 1;      // one of this unit in base units; > 0
  std::string note;

  bool operator==(const Unit&) const = default;
};

// `amount`, given in `from`, in `to`; nothing when their dimensions differ.
// Between factors that differ by a power of ten the decimal point is moved, so no digit changes:
// 12.5 万元 is exactly 0.00125 亿元.
std::optional<double> convert(double amount, const Unit& from, const Unit& to);

// The multiplier that a unit text opens with, and the rest: "亿美元" is 10^8 and "美元", "万" is
// 10^4 and "". Multiplier 1 and the whole text when it opens with none. (Look a text up among the
// known units first: 千瓦时 is a unit of its own, 百分点 is not a hundred of anything.)
struct Multiplied {
  double multiplier = 1;
  std::string_view rest;

  bool operator==(const Multiplied&) const = default;
};
Multiplied split_multiplier(std::string_view unit);

}  // namespace planfile
