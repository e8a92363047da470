#include <boost/test/unit_test.hpp>

#include <string>

#include "support.h"

namespace planfile::test {
namespace {

// A check of the user's own: each indicator without a category is a fault of some gravity.
constexpr const char* kCheck =
    "-- name: own-check\n"
    "-- about: Indicators without a category.\n"
    "-- about_zh: 没有类别的指标。\n"
    "-- columns: code, kind\n"
    "-- severity: kind | error: flow | warning: ratio\n"
    "-- finding: {code} 没有类别 | {code} has no category\n"
    "SELECT i.code, i.kind FROM indicator AS i WHERE i.category IS NULL ORDER BY i.code;\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_check)

BOOST_FIXTURE_TEST_CASE(findings_are_told_by_gravity_and_errors_give_exit_code_1, PlanFile) {
  run({"save", file(), "-"}, kCheck);

  const auto [code, out, err] = run({"check", file(), "own-check", "--lang", "en"});

  BOOST_TEST(code == 1);
  BOOST_TEST(out ==
             "error: own-check: gdp has no category\n"
             "warning: own-check: rd-share has no category\n");
  BOOST_TEST(err == file() + ": 1 error, 1 warning, 0 notes\n");
}

BOOST_FIXTURE_TEST_CASE(findings_come_as_rows_for_scripts, PlanFile) {
  run({"save", file(), "-"}, kCheck);

  const auto [code, out, err] =
      run({"check", file(), "own-check", "--format", "json", "--severity", "error"});

  BOOST_TEST(out ==
             "[\n{\"severity\":\"error\",\"query\":\"own-check\",\"kind\":\"flow\","
             "\"finding\":\"gdp has no category\",\"finding_zh\":\"gdp 没有类别\"}\n]\n");
}

BOOST_FIXTURE_TEST_CASE(sentences_come_in_chinese_too, PlanFile) {
  run({"save", file(), "-"}, kCheck);

  BOOST_TEST(run({"check", file(), "own-check", "--lang", "zh", "--severity", "error"}).out ==
             "错误：own-check：gdp 没有类别\n");
}

BOOST_FIXTURE_TEST_CASE(a_query_that_tells_no_findings_is_refused, PlanFile) {
  const auto [code, out, err] = run({"check", file(), "file-summary"});

  BOOST_TEST(code == 2);
  BOOST_TEST(err == "planfile: file-summary tells no findings; `planfile run` runs it\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
