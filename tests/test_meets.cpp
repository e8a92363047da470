#include "meets.h"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string_view>

namespace planfile::test {
namespace {

// "yes", "no" or "untold".
std::string_view told(std::string_view figure, std::string_view target, Better better) {
  const auto met = planfile::meets(*parse_value(figure), *parse_value(target), better);
  if (!met) return "untold";
  return *met ? "yes" : "no";
}

struct Case {
  std::string_view figure, target, expected;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(meets)

BOOST_AUTO_TEST_CASE(a_sign_says_which_side_counts) {
  constexpr Case kCases[] = {
      {"99", "≥99", "yes"},     {"98.9", "≥99", "no"},       {"99", ">99", "no"},
      {"28", "≤28", "yes"},     {"28", "<28", "no"},         {"≥99", "≥99", "yes"},
      {">99", ">99", "yes"},    {"≥99", ">99", "untold"},    {">98", "≥99", "untold"},
      {"<35", "≤28", "untold"}, {"<28", "≤28", "yes"},       {"≤28", "<28", "untold"},
      {"<99", "≥99", "no"},     {"≤99", "≥99", "untold"},    {">28", "≤28", "no"},
      {"3~5", "≥3", "yes"},     {"3~5", "≥4", "untold"},     {"3~5", "≥6", "no"},
      {"3~5", "≤5", "yes"},     {"近500", "≥500", "no"},     {"近500", "<500", "yes"},
      {"约500", "≥500", "yes"}, {"1500以上", "≥1500", "yes"}};
  for (const auto& [figure, target, expected] : kCases) {
    // A sign overrules which way is better.
    for (const Better better : {Better::unknown, Better::lower, Better::higher}) {
      BOOST_TEST(told(figure, target, better) == expected, figure << " for " << target);
    }
  }
}

BOOST_AUTO_TEST_CASE(without_a_sign_the_better_way_decides) {
  BOOST_TEST(told("101", "100", Better::higher) == "yes");
  BOOST_TEST(told("101", "100", Better::lower) == "no");
  BOOST_TEST(told("101", "100", Better::neither) == "no");
  BOOST_TEST(told("101", "100", Better::unknown) == "untold");
  BOOST_TEST(told("100", "100", Better::unknown) == "yes");
}

BOOST_AUTO_TEST_CASE(a_range_is_met_inside_and_on_its_better_side) {
  BOOST_TEST(told("66", "65-68", Better::neither) == "yes");
  BOOST_TEST(told("69", "65-68", Better::neither) == "no");
  BOOST_TEST(told("69", "65-68", Better::higher) == "yes");
  BOOST_TEST(told("69", "65-68", Better::unknown) == "untold");
  BOOST_TEST(told("64", "65-68", Better::lower) == "yes");
}

BOOST_AUTO_TEST_CASE(missing_an_approximate_target_is_not_told) {
  BOOST_TEST(told("5", "5左右", Better::neither) == "yes");
  BOOST_TEST(told("4.9", "5左右", Better::neither) == "untold");
  BOOST_TEST(told("6", "5左右", Better::higher) == "yes");
}

BOOST_AUTO_TEST_CASE(words_and_gaps_are_not_told) {
  BOOST_TEST(told("完成省市下达指标", "≥99", Better::higher) == "untold");
  BOOST_TEST(told("99", "全省前列", Better::higher) == "untold");
  BOOST_TEST(told("——", "≥99", Better::higher) == "untold");
}

BOOST_AUTO_TEST_CASE(an_unknown_direction_is_refused) {
  BOOST_TEST(parse_better("up").reason == "not higher, lower or neither: \"up\"");
  BOOST_TEST((*parse_better("lower") == Better::lower));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
