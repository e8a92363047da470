#include "planfile/value.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <ostream>
#include <random>
#include <string>
#include <vector>

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

// A cell and what it says: `>= 99`, `3.7 @2019`, `65..68 [%]`, `missing`, `wording`; or a reason.
struct Case {
  std::string cell;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Case& shown) { return out << shown.cell; }

std::string show(const Parsed<Figure>& read) {
  if (!read) return "refused: " + read.reason;
  if (read->missing) return "missing";
  if (!read->wording.empty()) return "wording";
  std::string shown;
  if (read->comparator != Comparator::equal) shown = fmt::format("{} ", to_text(read->comparator));
  shown += fmt::format("{}", read->value.value());
  if (read->high) shown += fmt::format("..{}", *read->high);
  if (!read->unit.empty()) shown += fmt::format(" [{}]", read->unit);
  if (read->period) shown += fmt::format(" @{}", to_text(*read->period));
  return shown;
}

const std::vector<Case> kNumbers{
    {"61860", "61860"},
    {"1008.5", "1008.5"},
    {"1,008.5", "1008.5"},
    {"1,234,567.8", "1234567.8"},
    {"12,345", "12345"},
    {"１２００", "1200"},
    {"１，２３４．５", "1234.5"},
    {"  0.011\t", "0.011"},
    {"\u30001.60\u3000", "1.6"},
    {"\uFEFF5", "5"},
    {"-3.2", "-3.2"},
    {"−3", "-3"},
    {"－３", "-3"},
    {"–3", "-3"},
    {"+3.5", "3.5"},
    {"0", "0"},
    {"-0", "0"},
    {".5", "0.5"},
    {"1.2e5", "120000"},
    {"1.2E+05", "120000"},
    {"1e-3", "0.001"},
};

const std::vector<Case> kComparators{
    {"≥99", ">= 99"},
    {">=99", ">= 99"},
    {"＞＝99", ">= 99"},
    {"≧99", ">= 99"},
    {"99以上", ">= 99"},
    {"1500 以上", ">= 1500"},
    {"99及以上", ">= 99"},
    {"不低于99", ">= 99"},
    {"至少99", ">= 99"},
    {"at least 99", ">= 99"},
    {"At least 99%", ">= 99 [%]"},
    {"99 or more", ">= 99"},
    {">65", "> 65"},
    {"＞65", "> 65"},
    {"超65", "> 65"},
    {"突破1500", "> 1500"},
    {"突破1500亿元", "> 1500 [亿元]"},
    {"50余", "> 50"},
    {"50余户", "> 50 [户]"},
    {"200多", "> 200"},
    {"200 多家", "> 200 [家]"},
    {"10多万", "> 10 [万]"},
    {"1.2万余户", "> 1.2 [万户]"},
    {"超50余", "> 50"},
    {"over 65", "> 65"},
    {"<0.1", "< 0.1"},
    {"＜4", "< 4"},
    {"低于35", "< 35"},
    {"不足35", "< 35"},
    {"≤28", "<= 28"},
    {"<=28", "<= 28"},
    {"不高于28", "<= 28"},
    {"28以内", "<= 28"},
    {"28以下", "<= 28"},
    {"控制在28以内", "<= 28"},
    {"控制在28", "<= 28"},
    {"at most 28", "<= 28"},
    {"约12", "~ 12"},
    {"5左右", "~ 5"},
    {"5 左右", "~ 5"},
    {"~5", "~ 5"},
    {"～5", "~ 5"},
    {"≈5", "~ 5"},
    {"~-5", "~ -5"},
    {"控制在4%左右", "~ 4 [%]"},
    {"about 12", "~ 12"},
    {"近500", "~< 500"},
    {"~<500", "~< 500"},
    {"nearly 500", "~< 500"},
    {"=5", "5"},
    {"达到83", ">= 83"},
    {"达83%", ">= 83 [%]"},
    {"达到83%左右", "~ 83 [%]"},
};

const std::vector<Case> kRanges{
    {"3~5", "3..5"},
    {"3～5", "3..5"},
    {"3-5", "3..5"},
    {"3－5", "3..5"},
    {"3–5", "3..5"},
    {"3—5", "3..5"},
    {"3——5", "3..5"},
    {"3至5", "3..5"},
    {"3 to 5", "3..5"},
    {"3 - 5", "3..5"},
    {"1,200-1,500", "1200..1500"},
    {"65-68%", "65..68 [%]"},
    {"65～68%", "65..68 [%]"},
    {"65%～68%", "65..68 [%]"},
    {"3~5万元", "3..5 [万元]"},
    {"3万~5万元", "3..5 [万元]"},
    {"5m2-8m2", "5..8 [m2]"},
    {"-3~5", "-3..5"},
    {"-5~-3", "-5..-3"},
    {"-5--3", "-5..-3"},
    {"3~5 (2019)", "3..5 @2019"},
    {"达到65-68%", "65..68 [%]"},
};

const std::vector<Case> kUnitsAndPeriods{
    {"3.7 (2019)", "3.7 @2019"},
    {"3.7（2019年）", "3.7 @2019"},
    {"6.76(2019)", "6.76 @2019"},
    {"3.7% (2022年1-8月)", "3.7 [%] @2022-01/2022-08"},
    {"≥3.7 (2019)", ">= 3.7 @2019"},
    {"7.5%", "7.5 [%]"},
    {"7.5％", "7.5 [%]"},
    {"-7.5%", "-7.5 [%]"},
    {"2.1‰", "2.1 [‰]"},
    {"7.5个百分点", "7.5 [个百分点]"},
    {"12万", "12 [万]"},
    {"1.5亿", "1.5 [亿]"},
    {"8.4亿美元", "8.4 [亿美元]"},
    {"1,008.5亿元", "1008.5 [亿元]"},
    {"1.3万户", "1.3 [万户]"},
    {"23.4万元/亩", "23.4 [万元/亩]"},
    {"35μg/m³", "35 [μg/m³]"},
    {"15㎡", "15 [㎡]"},
    {"15km2", "15 [km2]"},
    {"25℃", "25 [℃]"},
    {"1.91:1", "1.91 [:1]"},
    {"1.91：1", "1.91 [:1]"},
    {"7.5 percentage points", "7.5 [percentage points]"},
    {"20万元以上", ">= 20 [万元]"},
};

const std::vector<std::string> kMissing{"",   " ",   "\u3000", "——",  "—",   "-",    "－",
                                        "–",  "−",   "--",     "———", "─",   "— —",  "…",
                                        "……", "...", "..",     "/",   "NaN", "#N/A", "N/A"};

const std::vector<std::string> kWordings{
    "完成省市下达指标",
    "市下达指标",
    "完成省市 下达指标",
    "完成市下达指标",
    "高于全国平均",
    "全省前列",
    "全省第一",
    "与经济增长基本同步",
    "持续提升",
    "on track",
    "III类",
    "as assigned by the province",
    "二〇三五年",
};

const std::vector<Case> kRefused{
    {"12..5", "not a number"},
    {"5.", "not a number"},
    {".", "not a number"},
    {"abc", "not a number"},
    {"inf", "not a number"},
    {"-inf", "not a number"},
    {"%", "not a number"},
    {"- 3", "not a number"},
    {"--3", "not a number"},
    {"(3.5)", "not a number"},
    {"(2019)", "not a number"},
    {"≥12..5", "not a number"},
    {"3~5..5", "not a number"},
    {"1e999", "a number out of range"},
    {"1e-999", "a number out of range"},
    {"9,6", "a comma that parts no thousands"},
    {"1,2345", "a comma that parts no thousands"},
    {"1,23,456", "a comma that parts no thousands"},
    {"0,123", "a comma that parts no thousands"},
    {"1,234.567,8", "a comma that parts no thousands"},
    {"1.234,5", "a comma that parts no thousands"},
    {",123", "a comma that parts no thousands"},
    {"5，其中", "a comma that parts no thousands"},
    {"1 2", "two numbers that are no range"},
    {"1 000", "two numbers that are no range"},
    {"3 -5", "two numbers that are no range"},
    {"3-5-7", "two numbers that are no range"},
    {"2/3", "two numbers that are no range"},
    {"12:30", "two numbers that are no range"},
    {"3万5千", "two numbers that are no range"},
    {"2021-08-15", "two numbers that are no range"},
    {"不低于5不高于10", "two numbers that are no range"},
    {"5-3", "a range whose end is not above its start"},
    {"5-5", "a range whose end is not above its start"},
    {"3--5", "a range whose end is not above its start"},
    {"8000~1.2万", "a range whose end is not above its start"},
    {"65%~68", "a range between different units"},
    {"3万~5亿", "a range between different units"},
    {"约3~5", "a comparator at a range"},
    {"3~5以上", "a comparator at a range"},
    {">99以上", "comparators that contradict each other"},
    {"约50余", "comparators that contradict each other"},
    {"近500左右", "comparators that contradict each other"},
    {"<>5", "comparators that contradict each other"},
    {"=5左右", "comparators that contradict each other"},
    {"≥", "a comparator without a number"},
    {"约", "a comparator without a number"},
    {"以上", "a comparator without a number"},
    {"三百", "a number in Chinese numerals"},
    {"三百余", "a number in Chinese numerals"},
    {"年均7.5%", "cannot read \"年均\" before the number"},
    {"增长7.5%", "cannot read \"增长\" before the number"},
    {"第3", "cannot read \"第\" before the number"},
    {"—3", "cannot read \"—\" before the number"},
    {"[8]", "cannot read \"[\" before the number"},
    {"约½", "cannot read \"½\" before the number"},
    {"PM2.5", "cannot read \"PM\" before the number"},
    {"#DIV/0!", "cannot read \"#DIV/\" before the number"},
    {"1000¹", "cannot read \"¹\" behind the number"},
    {"1000①", "cannot read \"①\" behind the number"},
    {"5*", "cannot read \"*\" behind the number"},
    {"50+", "cannot read \"+\" behind the number"},
    {"5以上户", "cannot read \"以上户\" behind the number"},
};

struct Sign {
  Comparator comparator;
  std::string text;
};

std::ostream& operator<<(std::ostream& out, const Sign& shown) { return out << shown.text; }

const std::vector<Sign> kSigns{
    {Comparator::equal, "="},        {Comparator::less, "<"},  {Comparator::at_most, "<="},
    {Comparator::greater, ">"},      {Comparator::about, "~"}, {Comparator::at_least, ">="},
    {Comparator::about_below, "~<"},
};

struct Written {
  double number;
  std::string text;
};

std::ostream& operator<<(std::ostream& out, const Written& shown) { return out << shown.text; }

const std::vector<Written> kWritten{
    {1008.5, "1008.5"},
    {60, "60"},
    {1.60, "1.6"},
    {0.011, "0.011"},
    {-3.2, "-3.2"},
    {0, "0"},
    {-0.0, "0"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1e21, "1000000000000000000000"},
    {1e-7, "0.0000001"},
};

// Doubles of every size and sign, and prices, shares and counts as plans print them.
std::vector<double> random_numbers() {
  std::mt19937_64 random(20210815);
  std::vector<double> numbers{
      std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
      std::numeric_limits<double>::min(), std::numeric_limits<double>::denorm_min()};
  for (int i = 0; i < 2000; ++i) {
    const double number = std::bit_cast<double>(random());
    if (std::isfinite(number)) numbers.push_back(number);
    numbers.push_back(static_cast<double>(random() % 100'000'000) / 100);
    numbers.push_back(-static_cast<double>(random() % 1'000'000'000'000));
  }
  return numbers;
}

std::vector<double> read_back(const std::vector<double>& numbers) {
  std::vector<double> read;
  read.reserve(numbers.size());
  for (const double number : numbers) read.push_back(parse_value(to_text(number))->value.value());
  return read;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(value)

BOOST_DATA_TEST_CASE(a_number_is_read, data::make(kNumbers), given) {
  BOOST_TEST(show(parse_value(given.cell)) == given.expected);
}

BOOST_DATA_TEST_CASE(a_comparator_is_read_wherever_it_stands, data::make(kComparators), given) {
  BOOST_TEST(show(parse_value(given.cell)) == given.expected);
}

BOOST_DATA_TEST_CASE(a_range_is_read, data::make(kRanges), given) {
  BOOST_TEST(show(parse_value(given.cell)) == given.expected);
}

BOOST_DATA_TEST_CASE(a_unit_and_an_own_period_are_read, data::make(kUnitsAndPeriods), given) {
  BOOST_TEST(show(parse_value(given.cell)) == given.expected);
}

BOOST_DATA_TEST_CASE(a_mark_for_no_value_is_missing, data::make(kMissing), cell) {
  BOOST_TEST(show(parse_value(cell)) == "missing");
}

BOOST_DATA_TEST_CASE(words_without_a_digit_are_a_wording, data::make(kWordings), cell) {
  const auto read = parse_value(cell);

  BOOST_REQUIRE(read);
  BOOST_TEST(read->wording == cell);
  BOOST_TEST(!read->value.has_value());
  BOOST_TEST(!read->missing);
}

BOOST_DATA_TEST_CASE(what_is_no_figure_is_refused_with_the_reason, data::make(kRefused), given) {
  const auto read = parse_value(given.cell);

  BOOST_TEST(!read);
  BOOST_TEST(read.reason == given.expected + ": \"" + given.cell + "\"");
}

BOOST_AUTO_TEST_CASE(a_bracket_that_is_no_period_is_refused_with_its_own_reason) {
  BOOST_TEST(parse_value("3.7 (预计)").reason == "not a period: \"预计\"");
  BOOST_TEST(parse_value("3.7 (2019-13)").reason == "no such month: \"2019-13\"");
  BOOST_TEST(parse_value("3.7 (8月)").reason == "no year: \"8月\"");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_are_refused) {
  BOOST_TEST(parse_value("\xB5\xD8 5").reason == "not UTF-8: \"\uFFFD\uFFFD 5\"");
}

BOOST_AUTO_TEST_CASE(a_long_cell_is_cut_in_the_reason) {
  const std::string eighty(80, 'x');

  BOOST_TEST(parse_value(eighty + "xx").reason == "not a number: \"" + eighty + "…\"");
}

BOOST_AUTO_TEST_CASE(a_cell_is_kept_as_printed_without_the_space_around_it) {
  BOOST_TEST(parse_value(" １，２００ 以上\u3000")->printed == "１，２００ 以上");
  BOOST_TEST(parse_value(" 1200 ")->printed == "1200");
  BOOST_TEST(parse_value(" —— ")->printed == "——");
}

BOOST_DATA_TEST_CASE(a_comparator_is_stored_as_its_sign, data::make(kSigns), given) {
  BOOST_TEST(to_text(given.comparator) == given.text);
  BOOST_REQUIRE(parse_comparator(given.text));
  BOOST_TEST((*parse_comparator(given.text) == given.comparator));
}

BOOST_AUTO_TEST_CASE(a_sign_that_is_not_stored_is_no_comparator) {
  BOOST_TEST(parse_comparator("≥").reason == "not a comparator: \"≥\"");
  BOOST_TEST(parse_comparator("").reason == "not a comparator: \"\"");
}

BOOST_DATA_TEST_CASE(a_number_is_written_plain_and_short, data::make(kWritten), given) {
  BOOST_TEST(to_text(given.number) == given.text);
}

BOOST_AUTO_TEST_CASE(a_written_number_reads_back) {
  const std::vector<double> numbers = random_numbers();

  BOOST_TEST((read_back(numbers) == numbers));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
