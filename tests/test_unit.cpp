#include "planfile/unit.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

Unit make(std::string code, std::string dimension, double factor) {
  return {std::move(code), "", std::move(dimension), "", factor, ""};
}

const Unit kYuan = make("元", "currency_cny", 1);
const Unit kTenThousandYuan = make("万元", "currency_cny", 1e4);
const Unit kHundredMillionYuan = make("亿元", "currency_cny", 1e8);
const Unit kTrillionYuan = make("万亿元", "currency_cny", 1e12);
const Unit kDollar = make("美元", "currency_usd", 1);
const Unit kPercent = make("%", "ratio", 0.01);
const Unit kPermille = make("‰", "ratio", 0.001);
const Unit kTimes = make("倍", "ratio", 1);
const Unit kPoint = make("百分点", "ratio_difference", 1);
const Unit kMu = make("亩", "area", 666.666666666666667);
const Unit kTenThousandMu = make("万亩", "area", 6666666.66666666667);
const Unit kHectare = make("公顷", "area", 1e4);
const Unit kSquareKilometre = make("平方公里", "area", 1e6);
const Unit kPerTenThousand = make("件/万人", "count_per_person", 0.0001);
const Unit kPerMillion = make("件/百万人", "count_per_person", 0.000001);
const Unit kYear = make("年", "duration", 1);
const Unit kMonth = make("月", "duration", 0.0833333333333333);

struct Conversion {
  double amount;
  Unit from;
  Unit to;
  double expected;
};

std::ostream& operator<<(std::ostream& out, const Conversion& shown) {
  return out << shown.amount << ' ' << shown.from.code << " in " << shown.to.code;
}

// Each expected number is the double that its decimal text means.
const std::vector<Conversion> kExact{
    {12.5, kTenThousandYuan, kHundredMillionYuan, 0.00125},
    {0.00125, kHundredMillionYuan, kTenThousandYuan, 12.5},
    {1008.5, kHundredMillionYuan, kYuan, 100850000000},
    {100850000000, kYuan, kHundredMillionYuan, 1008.5},
    {1008.5, kHundredMillionYuan, kTrillionYuan, 0.10085},
    {72.69, kHundredMillionYuan, kTenThousandYuan, 726900},
    {1.1, kTenThousandYuan, kYuan, 11000},
    {0.07, kTenThousandYuan, kYuan, 700},
    {-3.3, kHundredMillionYuan, kTenThousandYuan, -33000},
    {61860, kYuan, kTenThousandYuan, 6.186},
    {0.1234567890123456, kTrillionYuan, kYuan, 123456789012.3456},
    {0, kYuan, kHundredMillionYuan, 0},
    {2.4, kPercent, kPermille, 24},
    {2.4, kPercent, kTimes, 0.024},
    {1.6, kTimes, kPercent, 160},
    {18.3, kPerTenThousand, kPerMillion, 1830},
    {3.1, kTenThousandMu, kMu, 31000},
    {5.7, kMu, kMu, 5.7},
};

const std::vector<Conversion> kRounded{
    {15, kMu, kHectare, 1},       {1500, kMu, kSquareKilometre, 1}, {1, kHectare, kMu, 15},
    {1, kMu, kHectare, 1.0 / 15}, {1, kYear, kMonth, 12},           {6, kMonth, kYear, 0.5},
};

struct Opening {
  std::string unit;
  double multiplier;
  std::string rest;
};

std::ostream& operator<<(std::ostream& out, const Opening& shown) { return out << shown.unit; }

const std::vector<Opening> kOpenings{
    {"亿美元", 1e8, "美元"},
    {"亿元", 1e8, "元"},
    {"万", 1e4, ""},
    {"亿", 1e8, ""},
    {"万亿元", 1e12, "元"},
    {"百万人次", 1e6, "人次"},
    {"千万元", 1e7, "元"},
    {"千亿", 1e11, ""},
    {"百亿", 1e10, ""},
    {"十亿元", 1e9, "元"},
    {"千公顷", 1e3, "公顷"},
    {"万元/亩", 1e4, "元/亩"},
    {"million USD", 1e6, "USD"},
    {"billion", 1e9, ""},
    {"", 1, ""},
    {"元", 1, "元"},
    {"%", 1, "%"},
    {"个百分点", 1, "个百分点"},
    {"件/万人", 1, "件/万人"},
    {"millions", 1, "millions"},
    {"亿万", 1e8, "万"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(unit)

BOOST_DATA_TEST_CASE(between_powers_of_ten_no_digit_changes, data::make(kExact), given) {
  BOOST_TEST(*convert(given.amount, given.from, given.to) == given.expected);
}

BOOST_DATA_TEST_CASE(other_factors_convert_to_the_precision_of_a_double, data::make(kRounded),
                     given) {
  BOOST_TEST(*convert(given.amount, given.from, given.to) == given.expected,
             boost::test_tools::tolerance(1e-14));
}

BOOST_AUTO_TEST_CASE(units_of_different_dimensions_do_not_convert) {
  BOOST_TEST(!convert(1, kYuan, kDollar).has_value());
  BOOST_TEST(!convert(1, kPercent, kPoint).has_value());
  BOOST_TEST(!convert(0, kPoint, kPercent).has_value());
}

BOOST_DATA_TEST_CASE(a_unit_is_split_from_the_multiplier_it_opens_with, data::make(kOpenings),
                     given) {
  const Multiplied split = split_multiplier(given.unit);

  BOOST_TEST(split.multiplier == given.multiplier);
  BOOST_TEST(split.rest == given.rest);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
