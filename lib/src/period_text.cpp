#include "period_text.h"

#include <algorithm>

#include "text.h"

namespace planfile {
namespace {

using Kind = PeriodPart::Kind;

std::optional<int> take_number(std::string_view& rest) {
  if (const auto number = take_digits(rest, 2)) return number;
  if (take(rest, "两")) return 2;
  return take_chinese_number(rest);
}

// `二〇三五`
std::optional<int> take_chinese_year(std::string_view& rest) {
  int year = 0;
  for (int place = 0; place < 4; ++place) {
    const auto digit = take_chinese_digit(rest);
    if (!digit) return std::nullopt;
    year = year * 10 + *digit;
  }
  return year;
}

struct Year {
  int number;
  bool marked;  // by 年
};

std::optional<Year> take_year(std::string_view& rest) {
  std::string_view ahead = rest;
  const bool ascii = count_digits(rest) == 4;
  const auto number = ascii ? take_digits(ahead, 4) : take_chinese_year(ahead);
  if (!number) return std::nullopt;
  const bool marked = take(ahead, "年");
  if (!ascii && !marked) return std::nullopt;
  if (marked) take(ahead, "度");
  rest = ahead;
  return Year{*number, marked};
}

void set_month(PeriodPart& part, int month) {
  part.kind = Kind::months;
  part.first = part.last = month;
}

// The `number`th stretch of `size` months of a year.
void set_stretch(PeriodPart& part, int number, int size, std::string_view fault) {
  part.kind = Kind::months;
  part.first = (number - 1) * size + 1;
  part.last = number * size;
  if (part.first < 1 || part.last > 12) part.fault = fault;
}

void set_quarter(PeriodPart& part, int number) {
  set_stretch(part, number, 3, "no such quarter");
  part.kind = Kind::quarter;
}

void set_day(PeriodPart& part, int day) {
  part.kind = Kind::day;
  part.number = day;
}

// Excel and SDMX write a day as a point in time; only midnight stands for the day.
void take_midnight(std::string_view& rest) {
  for (const std::string_view midnight :
       {"T00:00:00Z", "T00:00:00", "T00:00", " 00:00:00", " 0:00:00", " 00:00", " 0:00"}) {
    std::string_view ahead = rest;
    if (!take(ahead, midnight) || !(ahead.empty() || ahead.front() == '/')) continue;
    rest = ahead;
    return;
  }
}

// What follows the year in `2021-08-15`, `2021/8`, `2021.08`; one mark throughout.
bool take_calendar_tail(std::string_view& rest, PeriodPart& part) {
  if (rest.empty() || std::string_view("-/. ").find(rest.front()) == std::string_view::npos) {
    return false;
  }
  const std::string_view mark = rest.substr(0, 1);
  std::string_view ahead = rest.substr(1);
  const auto month = take_digits(ahead, 2);
  if (!month) return false;
  if (rest == ".1") part.fault = "month 1, or 10 that lost its zero";
  set_month(part, *month);
  rest = ahead;

  if (!take(ahead, mark)) return true;
  const auto day = take_digits(ahead, 2);
  if (!day) return true;
  set_day(part, *day);
  rest = ahead;
  take_midnight(rest);
  return true;
}

// SDMX: the letter and number of `2021-Q3`; a day of the year has three digits.
bool set_code(PeriodPart& part, char letter, int number) {
  struct Code {
    char letter;
    int months;
    std::string_view fault;
  };
  constexpr Code kCodes[] = {
      {'A', 12, "no such reporting year"}, {'S', 6, "no such half"},    {'H', 6, "no such half"},
      {'T', 4, "no such trimester"},       {'Q', 3, "no such quarter"}, {'M', 1, "no such month"}};
  for (const auto& code : kCodes) {
    if (code.letter == letter) set_stretch(part, number, code.months, code.fault);
  }
  if (letter == 'W' || letter == 'D') {
    part.kind = letter == 'W' ? Kind::week : Kind::ordinal;
    part.number = number;
  }
  return part.kind != Kind::year;
}

bool take_code(std::string_view& rest, PeriodPart& part) {
  std::string_view ahead = rest;
  if (!take(ahead, "-")) take(ahead, " ");
  if (ahead.empty()) return false;
  const char letter = ahead.front();
  ahead.remove_prefix(1);
  const auto number = take_digits(ahead, letter == 'D' ? 3 : 2);
  if (!number || !set_code(part, letter, *number)) return false;
  rest = ahead;
  return true;
}

// `Q3 2021`, `Q3`
bool take_leading_code(std::string_view& rest, PeriodPart& part) {
  if (rest.empty() || std::string_view("QSH").find(rest.front()) == std::string_view::npos) {
    return false;
  }
  std::string_view ahead = rest;
  if (!take_code(ahead, part)) return false;
  rest = ahead;
  if (!take(ahead, " ") && !take(ahead, "-")) return true;
  const auto year = take_year(ahead);
  if (!year) return true;
  part.year = year->number;
  rest = ahead;
  return true;
}

bool take_quarter_word(std::string_view& rest) { return take(rest, "季度") || take(rest, "季"); }

// `前三季度`, `前10个月`; one quarter or month may as well be the one before.
bool take_months_so_far(std::string_view& rest, PeriodPart& part) {
  std::string_view ahead = rest;
  if (!take(ahead, "前")) return false;
  const auto number = take_number(ahead);
  if (!number || *number == 1) return false;
  take(ahead, "个");
  if (take_quarter_word(ahead)) {
    set_quarter(part, *number);
  } else if (take(ahead, "月")) {
    set_month(part, *number);
  } else {
    return false;
  }
  part.kind = Kind::months;
  part.first = 1;
  if (part.last < 1) part.fault = "no such month";
  rest = ahead;
  return true;
}

bool take_day_word(std::string_view& rest) { return take(rest, "日") || take(rest, "号"); }
bool take_end_word(std::string_view& rest) { return take(rest, "末") || take(rest, "底"); }

void set_bare(PeriodPart& part, int number) {
  part.kind = Kind::bare;
  part.number = number;
}

// What follows the month in `8月份`, `8月15日`, `8月末` and the `8月1` of `8月1-15日`.
void take_month_tail(std::string_view& rest, PeriodPart& part) {
  if (take(rest, "份")) return;
  if (take_end_word(rest)) return set_day(part, PeriodPart::kLastDay);
  const auto number = take_number(rest);
  if (!number) return;
  take_day_word(rest) ? set_day(part, *number) : set_bare(part, *number);
}

// `第三季度`, `8月15日`; a number alone stays bare.
bool take_counted(std::string_view& rest, PeriodPart& part) {
  std::string_view ahead = rest;
  const bool ranked = take(ahead, "第");
  const auto number = take_number(ahead);
  if (!number) return false;
  if (take_quarter_word(ahead)) {
    set_quarter(part, *number);
  } else if (!ranked && take(ahead, "月")) {
    set_month(part, *number);
    take_month_tail(ahead, part);
  } else if (!ranked && take_day_word(ahead)) {
    set_day(part, *number);
  } else {
    set_bare(part, *number);
  }
  rest = ahead;
  return true;
}

// `全年`, `上半年`
bool take_named(std::string_view& rest, PeriodPart& part) {
  const bool first = take(rest, "上半年");
  if (!first && !take(rest, "下半年")) return take(rest, "全年");
  set_stretch(part, first ? 1 : 2, 6, {});
  return true;
}

std::optional<PeriodPart> take_part(std::string_view& rest) {
  PeriodPart part;
  if (take_leading_code(rest, part)) return part;
  const auto year = take_year(rest);
  if (year) {
    part.year = year->number;
    if (!year->marked && take_calendar_tail(rest, part)) return part;
    if (take_code(rest, part)) return part;
  }
  if ((year && year->marked && take_end_word(rest)) ||
      (!year && (take(rest, "年末") || take(rest, "年底")))) {
    set_month(part, 12);
    set_day(part, PeriodPart::kLastDay);
    return part;
  }
  if (take_named(rest, part) || take_months_so_far(rest, part) || take_counted(rest, part)) {
    return part;
  }
  return year ? std::optional(part) : std::nullopt;
}

bool take_range_mark(std::string_view& rest) {
  if (take(rest, "—")) {
    take(rest, "—");
    return true;
  }
  for (const std::string_view mark : {"/", "-", "~", "至", "到", " TO ", "TO"}) {
    if (take(rest, mark)) return true;
  }
  return false;
}

// `P8M`, without the P.
std::optional<Duration> read_duration(std::string_view rest) {
  Duration duration;
  if (rest.empty()) return std::nullopt;
  for (const char unit : std::string_view("YMWD")) {
    std::string_view ahead = rest;
    const auto number = take_digits(ahead, 4);
    if (!number || ahead.empty() || ahead.front() != unit) continue;
    rest = ahead.substr(1);
    if (unit == 'Y') duration.months += 12 * *number;
    if (unit == 'M') duration.months += *number;
    if (unit == 'W') duration.days += 7 * *number;
    if (unit == 'D') duration.days += *number;
  }
  return rest.empty() ? std::optional(duration) : std::nullopt;
}

// Gives a bare start the unit of the end: 1 of `1-8月` is a month.
bool complete_start(PeriodPart& from, const PeriodPart& to) {
  if (from.kind != Kind::bare) return true;
  if (to.year && !from.year) return false;
  if (to.kind == Kind::day) {
    from.kind = Kind::day;
    return true;
  }
  if (from.first != 0 || (to.kind == Kind::months && to.first != to.last)) return false;
  if (to.kind == Kind::months) set_month(from, from.number);
  if (to.kind == Kind::quarter) set_quarter(from, from.number);
  return from.kind != Kind::bare;
}

bool is_complete(const PeriodPart& part) {
  return part.kind != Kind::bare && (part.kind != Kind::day || part.first != 0);
}

std::optional<PeriodText> read_calendar(std::string_view rest) {
  const auto from = take_part(rest);
  if (!from) return std::nullopt;
  PeriodText text;
  text.from = *from;
  if (take(rest, "/P")) {
    text.lasts = read_duration(rest);
    if (!text.lasts) return std::nullopt;
  } else if (!rest.empty()) {
    if (!take_range_mark(rest)) return std::nullopt;
    text.to = take_part(rest);
    if (!text.to || !rest.empty() || !complete_start(text.from, *text.to)) return std::nullopt;
    if (!text.to->year) text.to->year = from->year;
    if (text.to->first == 0 && text.to->kind == Kind::day) text.to->first = from->first;
    if (!is_complete(*text.to)) return std::nullopt;
  }
  if (!is_complete(text.from)) return std::nullopt;
  return text;
}

std::optional<int> take_month_name(std::string_view& rest) {
  constexpr std::string_view kMonths[] = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                          "MAY",       "JUNE",     "JULY",     "AUGUST",
                                          "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_letter);
  const std::string_view name = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  for (int month = 1; month <= 12; ++month) {
    const std::string_view full = kMonths[month - 1];
    if (name != full && name != full.substr(0, 3) && !(month == 9 && name == "SEPT")) continue;
    rest.remove_prefix(name.size());
    take(rest, ".");
    return month;
  }
  return std::nullopt;
}

// The year that ends a date; Excel's `Aug-21` and `15-Aug-21` give two digits of it.
bool read_last_year(std::string_view rest, PeriodPart& part) {
  const bool dash = take(rest, "-");
  if (!dash && !take(rest, " ")) take(rest, ",");
  const std::size_t size = rest.size();
  const auto year = take_digits(rest, 4);
  if (!year || !rest.empty() || (size != 4 && !(dash && size == 2))) return false;
  part.year = *year;
  if (size == 4) return true;
  part.year = *year + (*year < 50 ? 2000 : 1900);
  if (*year >= 30 && *year < 50) part.fault = "a two-digit year of either century";
  return true;
}

// `Aug-21`, `August 2021`, `15 Aug 2021`, `Aug 15, 2021`, `Jan-Aug 2022`
std::optional<PeriodText> read_english(std::string_view rest) {
  PeriodText text;
  const auto day = take_digits(rest, 2);
  if (day && !take(rest, "-")) take(rest, " ");
  const auto month = take_month_name(rest);
  if (!month) return std::nullopt;
  set_month(text.from, *month);
  if (day) set_day(text.from, *day);

  std::string_view ahead = rest;
  if (!day && take(ahead, " ")) {
    const auto late_day = take_digits(ahead, 2);
    if (late_day && (ahead.starts_with(",") || ahead.starts_with(" "))) {
      set_day(text.from, *late_day);
      rest = ahead;
    }
  }
  ahead = rest;
  if (!day && take_range_mark(ahead)) {
    if (const auto last = take_month_name(ahead)) {
      text.to = text.from;
      set_month(*text.to, *last);
      rest = ahead;
    }
  }
  PeriodPart& last = text.to ? *text.to : text.from;
  if (!read_last_year(rest, last)) return std::nullopt;
  text.from.year = last.year;
  return text;
}

PeriodText plan(int number) {
  const int first = number == 1 ? 1953 : number == 2 ? 1958 : 1951 + 5 * number;
  PeriodText text;
  text.from.year = first;
  text.to = text.from;
  text.to->year = first + 4;
  return text;
}

// `十四五`, `十四五时期`, `14th Five-Year Plan`
std::optional<PeriodText> read_plan(std::string_view rest) {
  if (const auto number = take_digits(rest, 2)) {
    take(rest, "ST") || take(rest, "ND") || take(rest, "RD") || take(rest, "TH");
    take_last(rest, " PERIOD");
    if (*number == 0 || (rest != " FIVE-YEAR PLAN" && rest != " FYP")) return std::nullopt;
    return plan(*number);
  }
  for (const std::string_view word : {"时期", "期间", "期", "规划", "计划"}) take_last(rest, word);
  if (!take_last(rest, "五")) return std::nullopt;
  const auto number = take_chinese_number(rest);
  if (!number || !rest.empty()) return std::nullopt;
  return plan(*number);
}

}  // namespace

std::optional<PeriodText> read_period_text(std::string_view text) {
  if (auto calendar = read_calendar(text)) return calendar;
  if (auto english = read_english(text)) return english;
  return read_plan(text);
}

}  // namespace planfile
