#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "planfile/error.h"

namespace planfile {

// A span of whole days in the Gregorian calendar, both ends included.
// Equal spans are the same period, however they were written.
struct Period {
  std::chrono::sys_days starts;
  std::chrono::sys_days ends;  // never before `starts`

  auto operator<=>(const Period&) const = default;
};

// The shape of a span. `years` and `months` are ranges of whole ones that are no shorter kind;
// `days` is any other span.
enum class PeriodKind { year, half, quarter, month, day, years, months, days };

PeriodKind kind(const Period& period);

// The kind's name in the schema: "year", "half", ...
std::string_view to_text(PeriodKind kind);

// ISO 8601: "2021-08-15".
std::string to_text(std::chrono::sys_days day);

// The canonical text: `2021`, `2021-S1`, `2021-Q3`, `2021-08`, `2021-08-15`, `2021/2025`,
// `2022-01/2022-08`, `2022-01-05/2022-03-09`. A span has one text: 2022-01/2022-03 is `2022-Q1`.
std::string to_text(const Period& period);

// Reads a period as plans, statistics, SDMX and Excel write it; surrounding space and quotation
// marks (“十四五”) are ignored, full-width forms count as their ASCII twins.
//   canonical forms; SDMX `2021-A1` `2021-M08` `2021-Q3` `2021-S1` `2021-T2` `2021-W12` `2021-D090`
//   `2022-01-01/P8M`; `2022年` `2022年8月` `2022年8月15日` `2022年1-8月` `1~8月` `2022年前三季度`
//   `2022年第一季度` `一季度` `2022年上半年` `2021-2025年` `十四五` `“十四五”时期`; Excel's
//   `2021/8/15`, `2021/8`, `2021.08`, `Aug-21`
//   (`2021.1` is refused: it may be a `2021.10` that Excel cut); `August 2021` `Q3 2021` `14th
//   Five-Year Plan`.
// `year` completes a text that names none (`1~8月`). `十四五` is the plan 2021/2025 (the first
// began in 1953); `年末`, `年底` behind a year are that year's last day. Refused, with the reason:
// no such day or month, an end before its start, a year outside 1900..2200, a missing year,
// anything else.
Parsed<Period> parse_period(std::string_view text, std::optional<int> year = std::nullopt);

}  // namespace planfile
