#include "decimal.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <ostream>
#include <string>

namespace planfile {

std::ostream& operator<<(std::ostream& out, Decimal::Shape shape) {
  return out << static_cast<int>(shape);
}

namespace test {
namespace {

using Shape = Decimal::Shape;

// `itself` are those that view `observations` prints alike in stock sqlite3 from the number alone.
struct Shaped {
  std::string text;
  double number;
  Shape shape;
};
std::ostream& operator<<(std::ostream& out, const Shaped& it) { return out << it.text; }

const Shaped kShaped[] = {{"0", 0, Shape::itself},
                          {"7", 7, Shape::itself},
                          {"1008.5", 1008.5, Shape::itself},
                          {"-0.25", -0.25, Shape::itself},
                          {"0.0001", 0.0001, Shape::itself},
                          {"123456789012345", 123456789012345.0, Shape::itself},
                          {"12.3456789012345", 12.3456789012345, Shape::itself},
                          {"12.50", 12.5, Shape::fixed},
                          {"5.0", 5, Shape::fixed},
                          {"0.00", 0, Shape::fixed},
                          {"-3.10", -3.1, Shape::fixed},
                          {"0.00001", 0.00001, Shape::fixed},
                          {"0.00012", 0.00012, Shape::itself},
                          {"-0", 0, Shape::other},
                          {"-0.00", 0, Shape::other},
                          {"007", 7, Shape::other},
                          {"00.5", 0.5, Shape::other}};

const std::string kNone[] = {"",
                             "-",
                             ".5",
                             "5.",
                             "+5",
                             "1,234",
                             "1e5",
                             "1..2",
                             "1.2.3",
                             " 5",
                             "5 ",
                             "５",
                             "--5",
                             "5-",
                             "abc",
                             "0x5",
                             "1234567890123456",
                             "0.123456789012345",
                             "—"};

}  // namespace

BOOST_AUTO_TEST_SUITE(decimal)

BOOST_DATA_TEST_CASE(a_plain_number_is_read_with_the_form_of_its_print, kShaped) {
  const auto read = read_decimal(sample.text);

  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(to_number(*read) == sample.number);
  BOOST_TEST(read->shape == sample.shape);
}

BOOST_DATA_TEST_CASE(all_else_is_left_to_the_grammar_of_values, kNone) {
  BOOST_TEST(!read_decimal(sample));
}

BOOST_AUTO_TEST_CASE(there_is_no_negative_zero) {
  BOOST_TEST(!std::signbit(to_number(*read_decimal("-0"))));
  BOOST_TEST(!std::signbit(to_number(*read_decimal("-0.00"), -4)));
}

// Each expected number is the double that its decimal text means.
BOOST_AUTO_TEST_CASE(a_moved_point_rounds_but_once) {
  const auto moved = [](const char* text, int shift) {
    return to_number(*read_decimal(text), shift);
  };

  BOOST_TEST(moved("12.5", -4) == 0.00125);
  BOOST_TEST(moved("7269000", -4) == 726.9);
  BOOST_TEST(moved("0.1", 8) == 10000000.0);
  BOOST_TEST(moved("8.4", 4) == 84000.0);
  BOOST_TEST(moved("-1.1", -1) == -0.11);
  BOOST_TEST(moved("3", -23) == 3e-23);
  BOOST_TEST(moved("1.23456789012345", 30) == 1.23456789012345e30);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace test
}  // namespace planfile
