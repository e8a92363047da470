#include "planfile/period.h"

#include <fmt/format.h>

#include <algorithm>

#include "period_text.h"
#include "text.h"

namespace planfile {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;

// A span, or why the calendar has none.
struct Span {
  Period period = {};
  std::string_view fault = {};
};
Span none(std::string_view why) { return {.fault = why}; }

year_month_day date(int year, int month, int day) {
  return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
          std::chrono::day{static_cast<unsigned>(day)}};
}

sys_days last_day(int year, int month) {
  return sys_days{date(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1)} - days{1};
}

sys_days first_monday(int year) {
  const sys_days in_first_week{date(year, 1, 4)};
  return in_first_week - (std::chrono::weekday{in_first_week} - std::chrono::Monday);
}

Span month_span(const PeriodPart& part) {
  if (part.first < 1 || part.last > 12) return none("no such month");
  return {{date(*part.year, part.first, 1), last_day(*part.year, part.last)}};
}

Span day_span(const PeriodPart& part) {
  if (part.first < 1 || part.first > 12) return none("no such month");
  if (part.number == PeriodPart::kLastDay) {
    const sys_days last = last_day(*part.year, part.first);
    return {{last, last}};
  }
  const year_month_day day = date(*part.year, part.first, part.number);
  if (!day.ok()) return none("no such day");
  return {{day, day}};
}

Span week_span(const PeriodPart& part) {
  const sys_days monday = first_monday(*part.year) + days{7 * (part.number - 1)};
  if (part.number < 1 || monday >= first_monday(*part.year + 1)) return none("no such week");
  return {{monday, monday + days{6}}};
}

Span ordinal_span(const PeriodPart& part) {
  const sys_days day = sys_days{date(*part.year, 1, 1)} + days{part.number - 1};
  if (part.number < 1 || day > sys_days{date(*part.year, 12, 31)}) return none("no such day");
  return {{day, day}};
}

Span span_of(PeriodPart part, std::optional<int> year) {
  if (!part.fault.empty()) return none(part.fault);
  if (!part.year) part.year = year;
  if (!part.year) return none("no year");
  if (*part.year < kFirstYear || *part.year > kLastYear) return none("year outside 1900..2200");
  switch (part.kind) {
    case PeriodPart::Kind::months:
    case PeriodPart::Kind::quarter:
      return month_span(part);
    case PeriodPart::Kind::day:
      return day_span(part);
    case PeriodPart::Kind::week:
      return week_span(part);
    case PeriodPart::Kind::ordinal:
      return ordinal_span(part);
    case PeriodPart::Kind::year:
    case PeriodPart::Kind::bare:
      break;
  }
  return {{date(*part.year, 1, 1), date(*part.year, 12, 31)}};
}

Span lengthened(sys_days starts, const Duration& lasts) {
  const year_month_day next = year_month_day{starts} + months{lasts.months};
  if (!next.ok()) return none("no such day");
  return {{starts, sys_days{next} + days{lasts.days - 1}}};
}

Span span_of(const PeriodText& text, std::optional<int> year) {
  Span span = span_of(text.from, year);
  if (!span.fault.empty()) return span;
  if (text.lasts) {
    span = lengthened(span.period.starts, *text.lasts);
  } else if (text.to) {
    const Span to = span_of(*text.to, year);
    if (!to.fault.empty()) return to;
    span.period.ends = to.period.ends;
  }
  if (!span.fault.empty()) return span;
  if (span.period.ends < span.period.starts) return none("ends before it starts");
  if (span.period.ends > sys_days{date(kLastYear, 12, 31)}) return none("year outside 1900..2200");
  return span;
}

// Whether the text needs no folding, as all canonical ones.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || c == '-' || c == '/' || c == 'Q' || c == 'S';
  });
}

bool take_quotation_mark(std::string_view& rest) {
  constexpr std::string_view kFirstBytes = "\"'\xE2\xE3";
  if (kFirstBytes.find(rest.front()) == std::string_view::npos) return false;
  for (const std::string_view mark : {"\"", "'", "“", "”", "‘", "’", "「", "」"}) {
    if (take(rest, mark)) return true;
  }
  return false;
}

// The text as read_period_text() takes it.
std::string plain(std::string_view folded) {
  const auto joins = [](char c) { return is_digit(c) || is_letter(c); };
  std::string text;
  for (std::string_view rest = folded; !rest.empty();) {
    if (take_quotation_mark(rest)) continue;
    const char next = rest.front();
    rest.remove_prefix(1);
    if (next == ' ' && !(!text.empty() && joins(text.back()) && joins(rest.front()))) continue;
    text += next >= 'a' && next <= 'z' ? static_cast<char>(next - 'a' + 'A') : next;
  }
  return text;
}

std::optional<PeriodText> taken_apart(std::string_view text) {
  if (is_plain(text)) return read_period_text(text);
  const auto folded = fold(text);
  if (!folded) return std::nullopt;
  return read_period_text(plain(*folded));
}

}  // namespace

PeriodKind kind(const Period& period) {
  if (period.starts == period.ends) return PeriodKind::day;
  const year_month_day first{period.starts};
  const year_month_day last{period.ends};
  const year_month_day next{period.ends + days{1}};
  if (unsigned{first.day()} != 1 || unsigned{next.day()} != 1) return PeriodKind::days;

  const unsigned from = unsigned{first.month()};
  const unsigned to = unsigned{last.month()};
  if (first.year() != last.year()) {
    return from == 1 && to == 12 ? PeriodKind::years : PeriodKind::months;
  }
  if (from == to) return PeriodKind::month;
  if (to - from == 2 && from % 3 == 1) return PeriodKind::quarter;
  if (to - from == 5 && from % 6 == 1) return PeriodKind::half;
  return to - from == 11 ? PeriodKind::year : PeriodKind::months;
}

std::string_view to_text(PeriodKind kind) {
  constexpr std::string_view kNames[] = {"year", "half",  "quarter", "month",
                                         "day",  "years", "months",  "days"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string to_text(sys_days day) {
  const year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()});
}

std::string to_text(const Period& period) {
  const year_month_day first{period.starts};
  const year_month_day last{period.ends};
  const int year = int{first.year()};
  const unsigned month = unsigned{first.month()};
  switch (kind(period)) {
    case PeriodKind::year:
      return fmt::format("{:04}", year);
    case PeriodKind::half:
      return fmt::format("{:04}-S{}", year, month / 6 + 1);
    case PeriodKind::quarter:
      return fmt::format("{:04}-Q{}", year, month / 3 + 1);
    case PeriodKind::month:
      return fmt::format("{:04}-{:02}", year, month);
    case PeriodKind::day:
      return to_text(period.starts);
    case PeriodKind::years:
      return fmt::format("{:04}/{:04}", year, int{last.year()});
    case PeriodKind::months:
      return fmt::format("{:04}-{:02}/{:04}-{:02}", year, month, int{last.year()},
                         unsigned{last.month()});
    case PeriodKind::days:
      break;
  }
  return to_text(period.starts) + '/' + to_text(period.ends);
}

Parsed<Period> parse_period(std::string_view text, std::optional<int> year) {
  const std::string_view trimmed = trim(text);
  const auto parts = taken_apart(trimmed);
  if (!parts) return Parsed<Period>::fault(refusal("not a period", trimmed));
  const Span span = span_of(*parts, year);
  if (!span.fault.empty()) return Parsed<Period>::fault(refusal(span.fault, trimmed));
  return span.period;
}

}  // namespace planfile
