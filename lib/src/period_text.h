#pragma once

#include <optional>
#include <string_view>

namespace planfile {

// One end of a span as far as its text names it. Numbers are as written, not checked.
struct PeriodPart {
  enum class Kind {
    year,
    months,   // `first` to `last`
    quarter,  // the same
    day,      // `number`th of the month `first`, or its last when kLastDay
    week,     // ISO week `number`
    ordinal,  // `number`th day of the year
    bare      // `number` of what the other end says: the 1 of `1-8月`
  };
  static constexpr int kLastDay = -1;

  Kind kind = Kind::year;
  std::optional<int> year = {};
  int first = 0;  // month; 0: not named
  int last = 0;   // month
  int number = 0;
  std::string_view fault = {};  // why the calendar has no such span, where that shows already
};

// An ISO 8601 duration, without hours.
struct Duration {
  int months = 0;
  int days = 0;
};

struct PeriodText {
  PeriodPart from;
  std::optional<PeriodPart> to;        // of a range
  std::optional<Duration> lasts = {};  // from the first day of `from`
};

// Takes a period's text apart: folded, in capitals, without quotation marks, and without a space
// but between two letters or digits. Nothing when it has no form of a period.
std::optional<PeriodText> read_period_text(std::string_view text);

}  // namespace planfile
