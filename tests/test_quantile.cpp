#include "quantile.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace planfile {
namespace {

double quantile_of(const std::vector<double>& numbers, double p, int type) {
  Quantile all(p, type);
  for (const double number : numbers) all.add(number);
  return all.value().value();
}

// Numbers of a fixed sequence that looks like chance.
double scattered(std::size_t at) { return static_cast<double>(at * 7919 % 1009) / 8; }

}  // namespace

BOOST_AUTO_TEST_SUITE(quantile)

// Worked by hand from the paper's definitions: n = 5, p = 1/4.
BOOST_AUTO_TEST_CASE(each_of_the_nine_types_takes_its_own_place) {
  const double expected[] = {20, 20, 10, 12.5, 17.5, 15, 20, 50 / 3.0, 16.875};
  for (int type = 1; type <= 9; ++type) {
    BOOST_TEST(std::abs(quantile_of({50, 10, 40, 20, 30}, 0.25, type) - expected[type - 1]) < 1e-13,
               type);
  }
}

// n = 4, p = 1/2: a whole place, where the first three types part ways.
BOOST_AUTO_TEST_CASE(a_whole_place_is_taken_as_its_type_says) {
  const double expected[] = {20, 25, 20, 20, 25, 25, 25, 25, 25};
  for (int type = 1; type <= 9; ++type) {
    BOOST_TEST(std::abs(quantile_of({40, 10, 30, 20}, 0.5, type) - expected[type - 1]) < 1e-13,
               type);
  }
}

BOOST_AUTO_TEST_CASE(type_3_rounds_to_the_even_place) {
  BOOST_TEST(quantile_of({1, 2, 3, 4, 5}, 0.5, 3) == 2);
  BOOST_TEST(quantile_of({1, 2, 3}, 0.5, 3) == 2);
}

// statistics.quantiles of Python, "exclusive" and "inclusive".
BOOST_AUTO_TEST_CASE(types_6_and_7_are_those_of_python) {
  const double exclusive[] = {0.7, 1.4, 2.2, 3.6, 6.0, 9.6, 15.2, 25.6, 36.8};
  const double inclusive[] = {1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0};
  const std::vector<double> numbers = {1, 2, 4, 8, 16, 32};
  for (int tenth = 2; tenth <= 8; ++tenth) {  // at the ends Python goes beyond the numbers
    BOOST_TEST(std::abs(quantile_of(numbers, tenth / 10.0, 6) - exclusive[tenth - 1]) < 1e-13);
    BOOST_TEST(std::abs(quantile_of(numbers, tenth / 10.0, 7) - inclusive[tenth - 1]) < 1e-13);
  }
}

BOOST_AUTO_TEST_CASE(the_ends_are_the_least_and_the_greatest) {
  for (int type = 1; type <= 9; ++type) {
    BOOST_TEST(quantile_of({3, 1, 2}, 0, type) == 1, type);
    BOOST_TEST(quantile_of({3, 1, 2}, 1, type) == 3, type);
    BOOST_TEST(quantile_of({7}, 0.3, type) == 7, type);
  }
}

BOOST_AUTO_TEST_CASE(a_share_that_is_whole_but_for_rounding_counts_as_whole) {
  std::vector<double> numbers(100);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(i + 1);
  BOOST_TEST(0.29 * 100 < 29);  // as doubles
  BOOST_TEST(quantile_of(numbers, 0.29, 1) == 29);
}

BOOST_AUTO_TEST_CASE(no_numbers_have_no_quantile) {
  BOOST_TEST(!Quantile(0.5, 7).value().has_value());
}

BOOST_AUTO_TEST_CASE(a_moving_frame_gives_what_its_numbers_alone_give) {
  constexpr std::size_t kFrame = 10;
  for (int type = 1; type <= 9; ++type) {
    Quantile moving(0.35, type);
    std::vector<double> frame;
    for (std::size_t at = 0; at < 300; ++at) {
      if (frame.size() == kFrame) {
        moving.remove(frame.front());
        frame.erase(frame.begin());
      }
      frame.push_back(scattered(at));
      moving.add(frame.back());
      BOOST_REQUIRE_EQUAL(moving.value().value(), quantile_of(frame, 0.35, type));
    }
    for (const double number : frame) moving.remove(number);
    BOOST_TEST(!moving.value().has_value());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
