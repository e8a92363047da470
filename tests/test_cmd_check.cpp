#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

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

BOOST_FIXTURE_TEST_CASE(a_name_stands_for_one_in_english_that_is_not_there, PlanFile) {
  std::string check = kCheck;
  const auto put = [&](std::string_view old, std::string_view text) {
    check.replace(check.find(old), old.size(), text);
  };
  put("-- columns: code, kind", "-- columns: code, kind, name, name_en");
  put("| {code} has", "| {name_en} has");
  put("SELECT i.code, i.kind", "SELECT i.code, i.kind, i.name, i.name_en");
  run({"save", file(), "-"}, check);
  run({"sql", file(), "--write", "UPDATE indicator SET name_en = NULL WHERE code = 'gdp'"});

  BOOST_TEST(run({"check", file(), "own-check", "--lang", "en", "--severity", "error"}).out ==
             "error: own-check: 地区生产总值 has no category\n");
}

BOOST_FIXTURE_TEST_CASE(a_table_of_findings_is_in_one_language, PlanFile) {
  run({"save", file(), "-"}, kCheck);
  const auto table = [&](const char* lang) {
    return run({"check", file(), "own-check", "--format", "table", "--lang", lang}).out;
  };

  BOOST_TEST(table("zh") ==
             "级别  查询       类别  说明\n"
             "----  ---------  ----  -----------------\n"
             "错误  own-check  流量  gdp 没有类别\n"
             "警告  own-check  比率  rd-share 没有类别\n");
  BOOST_TEST(table("en").starts_with("severity  query      kind   finding\n"));
}

BOOST_FIXTURE_TEST_CASE(a_query_that_tells_no_findings_is_refused, PlanFile) {
  const auto [code, out, err] = run({"check", file(), "file-summary"});

  BOOST_TEST(code == 2);
  BOOST_TEST(err == "planfile: file-summary tells no findings; `planfile run` runs it\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
