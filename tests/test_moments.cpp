#include "moments.h"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <optional>
#include <vector>

#include "exact_sum.h"

namespace planfile {
namespace {

Moments of(const std::vector<double>& numbers) {
  Moments all;
  for (const double number : numbers) all.add(number);
  return all;
}

// NIST's NumAcc sets: a first number, then two others in turn, 500 times each.
std::vector<double> in_turn(double first, double one, double other) {
  std::vector<double> numbers = {first};
  for (int i = 0; i < 500; ++i) numbers.insert(numbers.end(), {one, other});
  return numbers;
}

bool near(std::optional<double> got, double expected, double relative = 1e-15) {
  return got && std::abs(*got - expected) <= relative * std::abs(expected);
}

// NIST, Statistical Reference Datasets: Norris, certified slope 1.00211681802045.
constexpr double kNorrisX[] = {0.2,   337.4, 118.2, 884.6, 10.1,  226.5, 666.3, 996.3, 448.6,
                               777.0, 558.2, 0.4,   0.6,   775.5, 666.9, 338.0, 447.5, 11.6,
                               556.0, 228.1, 995.8, 887.6, 120.2, 0.3,   0.3,   556.8, 339.1,
                               887.2, 999.0, 779.0, 11.1,  118.3, 229.2, 669.1, 448.9, 0.5};
constexpr double kNorrisY[] = {0.1,   338.8, 118.1, 888.0, 9.2,   228.1, 668.5, 998.5, 449.1,
                               778.9, 559.2, 0.3,   0.1,   778.1, 668.8, 339.3, 448.9, 10.8,
                               557.7, 228.3, 998.0, 888.8, 119.6, 0.3,   0.6,   557.6, 339.3,
                               888.0, 998.5, 778.9, 10.2,  117.6, 228.9, 668.4, 449.2, 0.2};

}  // namespace

BOOST_AUTO_TEST_SUITE(moments)

BOOST_AUTO_TEST_CASE(a_sum_keeps_what_a_double_would_lose) {
  ExactSum sum;
  for (const double number : {1e100, 1.0, -1e100, 1e-30}) sum.add(number);
  BOOST_TEST(sum.value() == 1.0);
  sum.add(-1);
  BOOST_TEST(sum.value() == 1e-30);
}

// Python's fractions give these; the sets' certified values, for decimal numbers, are 1 and 0.1.
BOOST_AUTO_TEST_CASE(deviations_of_nist_sets_are_right_to_the_last_digit) {
  BOOST_TEST(near(of({10000001, 10000003, 10000002}).sample_deviation(), 1, 0));
  BOOST_TEST(near(of(in_turn(1.2, 1.1, 1.3)).sample_deviation(), 0.099999999999999977796));
  BOOST_TEST(near(of(in_turn(1000000.2, 1000000.1, 1000000.3)).sample_deviation(),
                  0.10000000003492459655));
  BOOST_TEST(near(of(in_turn(10000000.2, 10000000.1, 10000000.3)).sample_deviation(),
                  0.10000000055879354477));
}

BOOST_AUTO_TEST_CASE(the_divisor_is_one_less_for_a_sample) {
  const Moments all = of({2, 4, 4, 4, 5, 5, 7, 9});
  BOOST_TEST(near(all.sample_deviation(), 2.1380899352993950775));
  BOOST_TEST(near(all.population_deviation(), 2));
}

BOOST_AUTO_TEST_CASE(too_few_numbers_have_no_deviation) {
  BOOST_TEST(!of({}).population_deviation().has_value());
  BOOST_TEST(!of({5}).sample_deviation().has_value());
  BOOST_TEST((of({5}).population_deviation() == 0.0));
}

BOOST_AUTO_TEST_CASE(equal_numbers_deviate_by_exactly_0) {
  BOOST_TEST((of({0.1, 0.1, 0.1}).sample_deviation() == 0.0));
}

BOOST_AUTO_TEST_CASE(very_great_and_very_small_numbers_keep_their_digits) {
  BOOST_TEST(near(of({1e200, 2e200, 4e200}).sample_deviation(), 1.5275252316519466226e200));
  BOOST_TEST(near(of({1e-200, 2e-200, 4e-200}).sample_deviation(), 1.5275252316519466415e-200));
}

BOOST_AUTO_TEST_CASE(numbers_too_far_apart_are_not_taken) {
  Moments all;
  BOOST_TEST(all.add(1e100));
  BOOST_TEST(!all.add(1e-100));
}

BOOST_AUTO_TEST_CASE(what_has_gone_leaves_nothing_behind) {
  Moments all = of({1e30, 1, 2, 4});
  all.remove(1e30);
  BOOST_TEST((all.sample_deviation() == of({1, 2, 4}).sample_deviation()));
}

BOOST_AUTO_TEST_CASE(the_slope_of_norris_is_the_certified_one) {
  PairMoments all;
  for (std::size_t i = 0; i < std::size(kNorrisX); ++i) all.add(kNorrisX[i], kNorrisY[i]);
  BOOST_TEST(near(all.slope(), 1.0021168180204543960));
  BOOST_TEST(near(all.correlation(), 0.99999687293696660086));
}

BOOST_AUTO_TEST_CASE(what_does_not_vary_has_no_slope_or_correlation) {
  PairMoments upright, flat, one;
  for (const double y : {1.0, 2.0, 3.0}) upright.add(2020, y);
  for (const double x : {1.0, 2.0, 3.0}) flat.add(x, 0.1);
  one.add(1, 1);
  BOOST_TEST(!upright.slope().has_value());
  BOOST_TEST(!upright.correlation().has_value());
  BOOST_TEST((flat.slope() == 0.0));
  BOOST_TEST(!flat.correlation().has_value());
  BOOST_TEST(!one.slope().has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
