#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "planfile/error.h"
#include "planfile/period.h"

namespace planfile {

// How a printed number relates to the true one.
enum class Comparator {
  equal,        // =
  less,         // <   低于, 小于, ＜
  at_most,      // <=  不高于, 以内, ≤
  greater,      // >   超, 突破, 余, 多
  at_least,     // >=  不低于, 以上, ≥
  about,        // ~   约, 左右
  about_below,  // ~<  近: about, from below
};

// The sign stored in the file: "=", "<", "<=", ">", ">=", "~", "~<".
std::string_view to_text(Comparator comparator);
Parsed<Comparator> parse_comparator(std::string_view sign);

// What one printed cell says. Exactly one of: a number (`value` set), a wording, or `missing`.
struct Figure {
  Comparator comparator = Comparator::equal;
  std::optional<double> value;  // the number, or the low end of a range; in `unit` as printed
  std::optional<double> high;   // the high end of a range; greater than `value`
  std::string
      unit;  // behind the number, full-width forms as ASCII: "%", "万", "亿美元"; may be empty
  std::optional<Period> period;  // its own period: `3.7 (2019)`
  std::string wording;           // a qualitative target or result: `完成省市下达指标`
  bool missing = false;          // a mark for no value: `——`, `—`, `-`, `…`, an empty cell
  std::string printed;           // the cell as given, without the space (or quotes) around it

  bool operator==(const Figure&) const = default;
};

// Reads a cell as plans and statistics print it (the table in the README says which forms there
// are).
//   `1,008.5` `１２００` `-3.2` `1.2e5`          a number; separators only where the grouping is
//   right `≥99` `>=99` `99以上` `不低于99` `at least 99`   and the like for every comparator
//   `达到83` (>=) `控制在4%` (<=)                 the same, but any other comparator overrules them
//   `3~5` `3-5` `3至5` `65-68%`                  a range; it has no comparator
//   `3.7 (2019)` `3.7（2019年）`                  a number with its own period
//   `7.5%` `7.5个百分点` `12万` `8.4亿美元`          a number with what stands behind it, in `unit`
//   `——` `—` `-` `…` `...` `/` `NaN` `#N/A` empty  missing
//   “5A景区城”                              a wording: whatever quotation marks enclose, digits too
//   words without a digit, with a Chinese character or a space between words    a wording
//   (but not a comparator alone, nor a number in Chinese numerals)
// It never guesses: `12..5`, `9,6`, `5-3` (an end not above its start), `1 2`, `abc`, two numbers
// that are no range, a comparator given twice in different senses are refused with the reason.
Parsed<Figure> parse_value(std::string_view text);

// The shortest plain decimal text (no exponent) that reads back as the same double: "1008.5", "60".
std::string to_text(double number);

}  // namespace planfile
