#include "planfile/error.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

struct Shown {
  Issue issue;
  std::string text;
};

std::ostream& operator<<(std::ostream& out, const Shown& shown) { return out << shown.text; }

const std::vector<Shown> kShown{
    {{"gdp.csv", 17, 0, "value", "not a number: \"12..5\""},
     "gdp.csv:17: value: not a number: \"12..5\""},
    {{"gdp.csv", 17, 5, "value", "not a number: \"12..5\""},
     "gdp.csv:17:5: value: not a number: \"12..5\""},
    {{"gdp.csv", 17, 5, "", "a quote that never closes"},
     "gdp.csv:17:5: a quote that never closes"},
    {{"gdp.csv", 17, 0, "", "7 cells, not 5"}, "gdp.csv:17: 7 cells, not 5"},
    {{"gdp.csv", 0, 0, "", "no header"}, "gdp.csv: no header"},
    {{"gdp.csv", 0, 0, "value", "no such column"}, "gdp.csv: value: no such column"},
    {{"", 17, 5, "", "not UTF-8"}, "17:5: not UTF-8"},
    {{"", 17, 0, "value", "empty"}, "17: value: empty"},
    {{"", 0, 0, "value", "empty"}, "value: empty"},
    {{"", 0, 0, "", "nothing to read"}, "nothing to read"},
    {{"gdp.csv", 0, 5, "", "no header"}, "gdp.csv: no header"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(error)

BOOST_DATA_TEST_CASE(an_issue_is_shown_as_compilers_do_without_what_is_not_there,
                     data::make(kShown), given) {
  BOOST_TEST(to_text(given.issue) == given.text);
}

BOOST_AUTO_TEST_CASE(an_error_has_its_code_and_its_message) {
  const Error error(Errc::no_such_file, "plan.db: no such file");

  BOOST_TEST((error.code() == Errc::no_such_file));
  BOOST_TEST(error.what() == "plan.db: no such file");
}

BOOST_AUTO_TEST_CASE(what_is_read_has_no_reason_and_what_is_refused_has_one) {
  const Parsed<int> read = 5;
  const auto refused = Parsed<int>::fault("not a number: \"x\"");

  BOOST_TEST(*read == 5);
  BOOST_TEST(read.reason.empty());
  BOOST_TEST(!refused);
  BOOST_TEST(refused.reason == "not a number: \"x\"");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
