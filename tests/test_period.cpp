#include "planfile/period.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <ostream>
#include <random>
#include <string>
#include <vector>

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

// A text and what is expected of it: a canonical text or a reason.
struct Case {
  std::string text;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Case& shown) { return out << shown.text; }

std::string show(const Parsed<Period>& read) {
  return read ? to_text(*read) : "refused: " + read.reason;
}

const std::vector<Case> kCanonical{
    {"2021", "2021"},
    {"2021-S1", "2021-S1"},
    {"2021-Q3", "2021-Q3"},
    {"2021-08", "2021-08"},
    {"2021-08-15", "2021-08-15"},
    {"2021/2025", "2021/2025"},
    {"2022-01/2022-08", "2022-01/2022-08"},
    {"2022-01-05/2022-03-09", "2022-01-05/2022-03-09"},
    {" 2021 ", "2021"},
    {"２０２１", "2021"},
    {"2022-01/2022-03", "2022-Q1"},
    {"2022-07/2022-12", "2022-S2"},
    {"2022-01/2022-12", "2022"},
    {"2022-04/2022-06", "2022-Q2"},
    {"2022-02/2022-04", "2022-02/2022-04"},
    {"2021-01/2022-12", "2021/2022"},
    {"2021-07/2022-06", "2021-07/2022-06"},
    {"2021/2021", "2021"},
    {"2021-08-15/2021-08-15", "2021-08-15"},
    {"2021-08-01/2021-08-31", "2021-08"},
    {"2020-02-01/2020-02-29", "2020-02"},
    {"1900", "1900"},
    {"2200", "2200"},
};

const std::vector<Case> kSdmx{
    {"2021-A1", "2021"},
    {"2021-S2", "2021-S2"},
    {"2021-T2", "2021-05/2021-08"},
    {"2021-Q4", "2021-Q4"},
    {"2021-M08", "2021-08"},
    {"2021M08", "2021-08"},
    {"2021Q3", "2021-Q3"},
    {"2021-W01", "2021-01-04/2021-01-10"},
    {"2021-W12", "2021-03-22/2021-03-28"},
    {"2020-W53", "2020-12-28/2021-01-03"},
    {"2019-W01", "2018-12-31/2019-01-06"},
    {"2021-D090", "2021-03-31"},
    {"2021-D365", "2021-12-31"},
    {"2020-D366", "2020-12-31"},
    {"2022-01-01/P8M", "2022-01/2022-08"},
    {"2022-01/P8M", "2022-01/2022-08"},
    {"2022-01-01T00:00:00/P8M", "2022-01/2022-08"},
    {"2021-01-01/P5Y", "2021/2025"},
    {"2021/P5Y", "2021/2025"},
    {"2021-01-01/P1Y6M", "2021-01/2022-06"},
    {"2021-01-01/P2W", "2021-01-01/2021-01-14"},
    {"2021-01-01/P90D", "2021-Q1"},
    {"2020-02-29/P1Y", "refused: no such day: \"2020-02-29/P1Y\""},
};

const std::vector<Case> kChinese{
    {"2022年", "2022"},
    {"２０２２年", "2022"},
    {"2022年度", "2022"},
    {"2022年全年", "2022"},
    {"二〇三五年", "2035"},
    {"二零二二年八月", "2022-08"},
    {"2022年8月", "2022-08"},
    {"2022年08月", "2022-08"},
    {"2022年8月份", "2022-08"},
    {"2022年十二月", "2022-12"},
    {"2022年8月15日", "2022-08-15"},
    {"2022年八月二十五日", "2022-08-25"},
    {"2022 年 8 月 15 日", "2022-08-15"},
    {"2022年末", "2022-12-31"},
    {"2022年底", "2022-12-31"},
    {"2022年2月末", "2022-02-28"},
    {"2022年1-8月", "2022-01/2022-08"},
    {"2022年1－8月", "2022-01/2022-08"},
    {"2022年1–8月", "2022-01/2022-08"},
    {"2022年1—8月", "2022-01/2022-08"},
    {"2022年1～8月", "2022-01/2022-08"},
    {"2022年1~8月", "2022-01/2022-08"},
    {"2022年1至8月", "2022-01/2022-08"},
    {"2022年1月-8月", "2022-01/2022-08"},
    {"2022年1月至2022年8月", "2022-01/2022-08"},
    {"2021年11月-2022年3月", "2021-11/2022-03"},
    {"2022年1-2月", "2022-01/2022-02"},
    {"2022年前10个月", "2022-01/2022-10"},
    {"2022年前十个月", "2022-01/2022-10"},
    {"2022年前三季度", "2022-01/2022-09"},
    {"2022年前两季度", "2022-S1"},
    {"2022年第一季度", "2022-Q1"},
    {"2022年一季度", "2022-Q1"},
    {"2022年4季度", "2022-Q4"},
    {"2022年1-3季度", "2022-01/2022-09"},
    {"2022年第二至第四季度", "2022-04/2022-12"},
    {"2022年上半年", "2022-S1"},
    {"2022年下半年", "2022-S2"},
    {"2022年1月5日-3月9日", "2022-01-05/2022-03-09"},
    {"2022年1月5-9日", "2022-01-05/2022-01-09"},
    {"2021-2025年", "2021/2025"},
    {"2021年-2025年", "2021/2025"},
    {"2021—2025年", "2021/2025"},
    {"2021至2025年", "2021/2025"},
    {"2021-2025", "2021/2025"},
};

const std::vector<Case> kPlans{
    {"十四五", "2021/2025"},
    {"“十四五”", "2021/2025"},
    {"\"十四五\"", "2021/2025"},
    {"“十四五”时期", "2021/2025"},
    {"“十三五”期间", "2016/2020"},
    {"“十三五”规划期", "2016/2020"},
    {"十五五", "2026/2030"},
    {"十五", "2001/2005"},
    {"九五", "1996/2000"},
    {"五五", "1976/1980"},
    {"三五", "1966/1970"},
    {"二五", "1958/1962"},  // the years 1963 to 1965 belong to no plan
    {"一五", "1953/1957"},
    {"14th Five-Year Plan", "2021/2025"},
    {"13th FYP period", "2016/2020"},
};

const std::vector<Case> kExcelAndEnglish{
    {"2021/8/15", "2021-08-15"},
    {"2021/08/15", "2021-08-15"},
    {"2021/8/15 0:00", "2021-08-15"},
    {"2021-08-15 00:00:00", "2021-08-15"},
    {"2021/8", "2021-08"},
    {"2021/12", "2021-12"},
    {"2021.08", "2021-08"},
    {"2021.08.15", "2021-08-15"},
    {"2022.01-2022.08", "2022-01/2022-08"},
    {"2021-8-5", "2021-08-05"},
    {"1993 01", "1993-01"},
    {"Aug-21", "2021-08"},
    {"AUG-21", "2021-08"},
    {"Dec-99", "1999-12"},
    {"15-Aug-21", "2021-08-15"},
    {"August 2021", "2021-08"},
    {"Sept. 2021", "2021-09"},
    {"15 Aug 2021", "2021-08-15"},
    {"August 15, 2021", "2021-08-15"},
    {"Jan-Aug 2022", "2022-01/2022-08"},
    {"January to August 2022", "2022-01/2022-08"},
    {"Q3 2021", "2021-Q3"},
    {"H1 2022", "2022-S1"},
};

const std::vector<Case> kWithoutYear{
    {"1~8月", "2022-01/2022-08"},
    {"1-2月", "2022-01/2022-02"},
    {"8月", "2022-08"},
    {"8月15日", "2022-08-15"},
    {"一季度", "2022-Q1"},
    {"第三季度", "2022-Q3"},
    {"前三季度", "2022-01/2022-09"},
    {"前10个月", "2022-01/2022-10"},
    {"上半年", "2022-S1"},
    {"全年", "2022"},
    {"年末", "2022-12-31"},
    {"Q1", "2022-Q1"},
    {"2021年1-8月", "2021-01/2021-08"},
    {"0000", "refused: year outside 1900..2200: \"0000\""},
    {"1-13月", "refused: no such month: \"1-13月\""},
    {"8-1月", "refused: ends before it starts: \"8-1月\""},
    {"2月29日", "refused: no such day: \"2月29日\""},
};

const std::vector<Case> kRefused{
    {"2021-02-29", "no such day"},
    {"1900-02-29", "no such day"},
    {"2022-04-31", "no such day"},
    {"2022-08-00", "no such day"},
    {"2022年9月31日", "no such day"},
    {"2021-D366", "no such day"},
    {"2021-01-31/P1M", "no such day"},
    {"2022-13", "no such month"},
    {"2022-00", "no such month"},
    {"2022年13月", "no such month"},
    {"2022年1-13月", "no such month"},
    {"2022年前13个月", "no such month"},
    {"2015-16", "no such month"},
    {"2015/16", "no such month"},
    {"2021-Q5", "no such quarter"},
    {"2022年五季度", "no such quarter"},
    {"2021-S3", "no such half"},
    {"2021-T4", "no such trimester"},
    {"2021-A2", "no such reporting year"},
    {"2021-W53", "no such week"},
    {"2021-W00", "no such week"},
    {"2025/2021", "ends before it starts"},
    {"2022-08/2022-01", "ends before it starts"},
    {"2022年8-1月", "ends before it starts"},
    {"2022-03-09/2022-01-05", "ends before it starts"},
    {"2021-01-01/P0D", "ends before it starts"},
    {"1899", "year outside 1900..2200"},
    {"2201", "year outside 1900..2200"},
    {"2200-12-31/P1M", "year outside 1900..2200"},
    {"1~8月", "no year"},
    {"8月15日", "no year"},
    {"一季度", "no year"},
    {"上半年", "no year"},
    {"1月-2022年3月", "no year"},
    {"2021.1", "month 1, or 10 that lost its zero"},
    {"Aug-35", "a two-digit year of either century"},
};

const std::vector<std::string> kNoPeriods{
    "",
    "—",
    "abc",
    "今年",
    "3.7",
    "8",
    "202208",
    "20220815",
    "44423",
    "2022年8",
    "2022年第8月",
    "2022.1-8",
    "2022-1-8月",
    "1-2022年3月",
    "5-9日",
    "15日",
    "2022-08/",
    "2022-01/P",
    "2022-01/P1",
    "2022/P8",
    "前一季度",
    "前三年",
    "十四五末",
    "五",
    "21-Aug",
    "Aug 21",
    "8/15/2021",
    "2021-X1",
    "2021-Q",
    "2021年8月初",
    "约2021年",
    "2021年以来",
    "2021--2025",
    "2021~",
    "2021-08-15 12:30",
    "\xFF\xFE",
};

std::vector<Period> random_periods() {
  std::mt19937 random(20210815);
  const auto below = [&random](unsigned end) { return static_cast<int>(random() % end); };
  const sys_days first{year{1900} / 1 / 1};
  std::vector<Period> periods;
  for (int i = 0; i < 1000; ++i) {
    const sys_days starts = first + days{below(100000)};
    periods.push_back({starts, starts + days{below(2) * below(5000)}});

    const std::chrono::year_month month{year{1900 + below(290)}, std::chrono::month{1}};
    const auto from = month + std::chrono::months{below(12)};
    const auto to = from + std::chrono::months{below(25)};
    periods.push_back({from / 1, to / std::chrono::last});
    periods.push_back(
        {month / 1, (month + std::chrono::months{11 + 12 * below(6)}) / std::chrono::last});
  }
  return periods;
}

struct Kind {
  std::string text;
  PeriodKind kind;
  std::string name;
};

std::ostream& operator<<(std::ostream& out, const Kind& shown) { return out << shown.text; }

const std::vector<Kind> kKinds{
    {"2021", PeriodKind::year, "year"},
    {"2021-S1", PeriodKind::half, "half"},
    {"2021-Q3", PeriodKind::quarter, "quarter"},
    {"2021-08", PeriodKind::month, "month"},
    {"2021-08-15", PeriodKind::day, "day"},
    {"2021/2025", PeriodKind::years, "years"},
    {"2022-01/2022-08", PeriodKind::months, "months"},
    {"2021-02/2021-04", PeriodKind::months, "months"},
    {"2021-04/2021-09", PeriodKind::months, "months"},
    {"2021-07/2022-06", PeriodKind::months, "months"},
    {"2021-01/2022-11", PeriodKind::months, "months"},
    {"2022-01-05/2022-03-09", PeriodKind::days, "days"},
    {"2022-01-01/2022-01-30", PeriodKind::days, "days"},
    {"2022-01-02/2022-01-31", PeriodKind::days, "days"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(period)

BOOST_DATA_TEST_CASE(a_canonical_text_is_read_and_a_span_has_only_one, data::make(kCanonical),
                     given) {
  BOOST_TEST(show(parse_period(given.text)) == given.expected);
}

BOOST_DATA_TEST_CASE(an_sdmx_period_is_read, data::make(kSdmx), given) {
  BOOST_TEST(show(parse_period(given.text)) == given.expected);
}

BOOST_DATA_TEST_CASE(a_chinese_period_is_read, data::make(kChinese), given) {
  BOOST_TEST(show(parse_period(given.text)) == given.expected);
}

BOOST_DATA_TEST_CASE(the_name_of_a_five_year_plan_is_its_years, data::make(kPlans), given) {
  BOOST_TEST(show(parse_period(given.text)) == given.expected);
}

BOOST_DATA_TEST_CASE(a_date_of_excel_or_english_is_read, data::make(kExcelAndEnglish), given) {
  BOOST_TEST(show(parse_period(given.text)) == given.expected);
}

BOOST_DATA_TEST_CASE(a_text_without_a_year_takes_the_given_one, data::make(kWithoutYear), given) {
  BOOST_TEST(show(parse_period(given.text, 2022)) == given.expected);
}

BOOST_AUTO_TEST_CASE(a_given_year_out_of_range_is_refused) {
  BOOST_TEST(parse_period("1~8月", 20222).reason == "year outside 1900..2200: \"1~8月\"");
}

BOOST_DATA_TEST_CASE(a_span_that_the_calendar_lacks_is_refused, data::make(kRefused), given) {
  const auto read = parse_period(given.text);

  BOOST_TEST(!read);
  BOOST_TEST(read.reason == given.expected + ": \"" + given.text + "\"");
}

BOOST_DATA_TEST_CASE(any_other_text_is_no_period, data::make(kNoPeriods), text) {
  BOOST_TEST(show(parse_period(text)).starts_with("refused: not a period: \""));
}

BOOST_AUTO_TEST_CASE(both_ends_of_a_span_belong_to_it) {
  const auto read = parse_period("2024-02");

  BOOST_REQUIRE(read);
  BOOST_TEST((read->starts == sys_days{year{2024} / 2 / 1}));
  BOOST_TEST((read->ends == sys_days{year{2024} / 2 / 29}));
}

BOOST_AUTO_TEST_CASE(a_day_is_written_in_iso_8601) {
  BOOST_TEST(to_text(sys_days{year{2021} / 8 / 5}) == "2021-08-05");
}

BOOST_DATA_TEST_CASE(a_span_has_the_kind_of_its_shape, data::make(kKinds), given) {
  const auto read = parse_period(given.text);

  BOOST_REQUIRE(read);
  BOOST_TEST((kind(*read) == given.kind));
  BOOST_TEST(to_text(kind(*read)) == given.name);
}

BOOST_AUTO_TEST_CASE(a_written_period_reads_back) {
  std::vector<Period> back;
  const std::vector<Period> periods = random_periods();

  std::transform(periods.begin(), periods.end(), std::back_inserter(back),
                 [](const Period& period) { return *parse_period(to_text(period)); });

  BOOST_TEST((back == periods));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
