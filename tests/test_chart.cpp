#include "planfile/chart.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

namespace planfile {
namespace {

struct Wrong {
  std::string text, reason;
};
std::ostream& operator<<(std::ostream& out, const Wrong& it) { return out << it.text; }

constexpr const char* kForm =
    "a chart reads KIND x=COLUMN y=COLUMN by=COLUMN target=COLUMN, the last two optional";

const Wrong kWrong[] = {
    {"", "not a chart: \"\"; one of: bar, line, scatter"},
    {"pie x=a y=b", "not a chart: \"pie\"; one of: bar, line, scatter"},
    {"bar x=a", "a chart needs x and y"},
    {"bar x=a y=b x=c", "x is given twice"},
    {"bar x a y b", kForm},
    {"bar x=a y=b colour=c", kForm},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(chart)

BOOST_AUTO_TEST_CASE(a_chart_is_read_and_told_in_one_form) {
  const auto chart = parse_chart(" line  x = period y=value by=\"entity name\" target=t ");

  BOOST_REQUIRE(chart);
  BOOST_TEST(chart->kind == "line");
  BOOST_TEST(chart->x == "period");
  BOOST_TEST(chart->by == "entity name");
  BOOST_TEST(to_text(*chart) == "line x=period y=value by=\"entity name\" target=t");
}

BOOST_DATA_TEST_CASE(what_is_no_chart_is_told, kWrong) {
  BOOST_TEST(parse_chart(sample.text).reason == sample.reason);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
