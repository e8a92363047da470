#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

#include "check.h"
#include "small_catalogue.h"

namespace planfile::test {
namespace {

template <class Fact>
Checked<Fact> checked(std::string_view text, const Defaults& defaults = {}) {
  Catalogue known = small_catalogue();
  return check<Fact>(read_csv(text), known, defaults);
}

constexpr std::string_view kHeader =
    "indicator,entity,period,value,unit,measure,among,status,source\n";

Observation only_observation(const std::string& row) {
  const auto read = checked<Observation>(std::string(kHeader) + row + "\n");
  for (const Issue& issue : read.issues) BOOST_TEST_MESSAGE(to_text(issue));
  BOOST_REQUIRE(read.facts.size() == 1);
  return read.facts.front();
}

std::string only_issue(std::string_view text, const Defaults& defaults = {}) {
  const auto read = checked<Observation>(text, defaults);
  BOOST_TEST(read.facts.empty());
  BOOST_REQUIRE(read.issues.size() == 1);
  return to_text(read.issues.front());
}

// A row of observation.csv that is refused, and what is said of it.
struct Refused {
  std::string row, says;
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.row; }

const Refused kRefused[] = {
    {"gdp,330602,2020,12..5,,,,,outline", "2: value: not a number: \"12..5\""},
    {"gdq,330602,2020,1,,,,,outline", "2: indicator: unknown indicator: \"gdq\"; nearest: \"gdp\""},
    {"gdp,越成区,2020,1,,,,,outline", "2: entity: unknown entity: \"越成区\"; nearest: \"越城区\""},
    {"gdp,西湖区,2020,1,,,,,outline",
     "2: entity: \"西湖区\" names more than one entity; give its code"},
    {"gdp,330602,2020,1,,,,,", "2: source: missing: where does the row come from?"},
    {"gdp,330602,2020,,,,,,outline",
     "2: value: empty; a value that is missing needs a status, such as O"},
    {"gdp,330602,2020,5,,,,O,outline", "2: status: status O does not go with the value \"5\""},
    {"gdp,330602,2020,5,人,,,,outline",
     "2: value: \"5\" is in 人, which does not convert into 亿元"},
    {"gdp,330602,2020,5,亿美元,,,,outline",
     "2: value: \"5\" is in 亿美元, which does not convert into 亿元"},
    {"rd-share,330602,2020,1.2个百分点,,,,,outline",
     "2: value: \"1.2个百分点\" is in 百分点, which does not convert into %"},
    {"gdp,330602,2020,3,,rank,,,outline", "2: among: missing: a rank needs the group it is within"},
    {"gdp,330602,2020,3,,level,330600,,outline", "2: among: a level has no group"},
    {"gdp,330602,2020,3,,levl,,,outline",
     "2: measure: not a measure: \"levl\"; one of: level, yoy, change, growth, multiple, cagr, "
     "rank, yoy_rank, gap, yoy_gap"},
    {"gdp,330602,,3,,,,,outline", "2: period: empty"},
    {"gdp,330602,2020,3,,,,,outline,7", "2: 10 cells where the header has 9"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(import)

BOOST_DATA_TEST_CASE(a_row_that_cannot_be_is_named_with_line_and_column, kRefused) {
  BOOST_TEST(only_issue(std::string(kHeader) + sample.row + "\n") == sample.says);
}

BOOST_AUTO_TEST_CASE(names_and_aliases_stand_for_codes) {
  const Observation row = only_observation("地区生产总值,越城区,2020年,1008.5,,,,,outline");

  BOOST_TEST(row.indicator == "gdp");
  BOOST_TEST(row.entity == "330602");
  BOOST_TEST(to_text(row.period) == "2020");
  BOOST_TEST(row.measure == "level");
  BOOST_TEST(row.status == "A");
}

// 7269000 万元 * 10^4 / 10^8 = 726.9 亿元.
BOOST_AUTO_TEST_CASE(another_unit_of_the_dimension_is_converted_and_what_was_printed_is_kept) {
  const Observation row = only_observation("gdp,330602,2020,7269000以上,万元,,,,outline");

  BOOST_TEST(*row.value.value == 726.9);
  BOOST_TEST(to_text(row.value.comparator) == ">=");
  BOOST_TEST(row.value.printed == "7269000以上");
  BOOST_TEST(row.unit == "万元");
}

// 8.4亿 in a column of 万元 is 8.4 * 10^8 万元; a unit in the cell itself goes before the column's.
BOOST_AUTO_TEST_CASE(a_unit_in_the_cell_is_read) {
  BOOST_TEST(*only_observation("gdp,330602,2020,12万元,,,,,outline").value.value == 0.0012);
  BOOST_TEST(*only_observation("gdp,330602,2020,3亿,万元,,,,outline").value.value == 30000.0);
  BOOST_TEST(*only_observation("rd-share,330602,2020,7.5%,,,,,outline").value.value == 7.5);
}

// Growth "7.8倍" is 780 %.
BOOST_AUTO_TEST_CASE(each_measure_has_its_own_unit) {
  BOOST_TEST(*only_observation("gdp,330602,2016/2020,7.8,倍,growth,,,outline").value.value ==
             780.0);
  BOOST_TEST(*only_observation("gdp,330602,2016/2020,3.3,,multiple,,,outline").value.value == 3.3);
  BOOST_TEST(*only_observation("gdp,330602,2020,2,位,rank,330600,,outline").value.value == 2.0);
  BOOST_TEST(*only_observation("rd-share,330602,2020,1.5个百分点,,change,,,outline").value.value ==
             1.5);
}

BOOST_AUTO_TEST_CASE(a_plain_number_keeps_no_printed_text_and_any_other_does) {
  BOOST_TEST(only_observation("gdp,330602,2020,1008.5,,,,,outline").value.printed == "");
  BOOST_TEST(only_observation("gdp,330602,2020,1.60,,,,,outline").value.printed == "1.60");
  BOOST_TEST(only_observation("gdp,330602,2020,\"1,008.5\",,,,,outline").value.printed ==
             "1,008.5");
  BOOST_TEST(only_observation("gdp,330602,2020,0.00001,,,,,outline").value.printed == "0.00001");
}

BOOST_AUTO_TEST_CASE(a_mark_is_a_missing_value_and_a_wording_is_no_number) {
  const Observation missing = only_observation("gdp,330602,2020,——,,,,,outline");
  const Observation wording = only_observation("gdp,330602,2020,完成市下达指标,,,,,outline");

  BOOST_TEST(!missing.value.value);
  BOOST_TEST(missing.status == "O");
  BOOST_TEST(missing.value.printed == "——");
  BOOST_TEST(!wording.value.value);
  BOOST_TEST(wording.status == "A");
  BOOST_TEST(wording.value.printed == "完成市下达指标");
}

BOOST_AUTO_TEST_CASE(a_value_with_its_own_period_is_of_that_period) {
  BOOST_TEST(to_text(only_observation("gdp,330602,2020,3.7 (2019),,,,,outline").period) == "2019");
}

BOOST_AUTO_TEST_CASE(every_fault_of_a_file_is_reported_in_one_run) {
  const auto read = checked<Observation>(std::string(kHeader) +
                                         "gdp,330602,2020,x1,,,,,outline\n"
                                         "gdp,330602,2021,5,,,,,outline\n"
                                         "nope,330602,20x5,5,,,,,outline\n");

  BOOST_REQUIRE(read.issues.size() == 3);
  BOOST_TEST(read.issues[0].line == 2);
  BOOST_TEST(read.issues[1].line == 4);
  BOOST_TEST(read.issues[1].column == "indicator");
  BOOST_TEST(read.issues[2].column == "period");
}

BOOST_AUTO_TEST_CASE(a_fault_behind_a_quoted_cell_of_several_lines_has_its_own_line) {
  const auto issue = only_issue(
      "note,indicator,entity,period,value,source\n"
      "\"one\ntwo\nthree\",gdp,330602,2020,bad1,outline\n");

  BOOST_TEST(issue.starts_with("4: value: "));
}

BOOST_AUTO_TEST_CASE(an_unknown_column_is_named_with_the_nearest) {
  const auto issue = only_issue("indicator,entity,period,value,locater\ngdp,330602,2020,1,x\n");

  BOOST_TEST(
      issue.starts_with("1: unknown column \"locater\"; nearest: \"locator\"; observation has: "
                        "indicator, entity, period, value, unit, "));
}

BOOST_AUTO_TEST_CASE(a_missing_or_doubled_column_is_named) {
  BOOST_TEST(only_issue("indicator,entity,value\ngdp,330602,1\n") ==
             "1: no column \"period\", which observation needs");
  BOOST_TEST(only_issue("indicator,entity,period,value,value\ngdp,330602,2020,1,1\n") ==
             "1: value: the column stands twice in the header");
}

BOOST_AUTO_TEST_CASE(an_empty_text_is_a_fault_and_a_header_alone_is_not) {
  BOOST_TEST(only_issue("") == "1: empty: not even a header");
  BOOST_TEST(checked<Observation>(kHeader).issues.empty());
}

BOOST_AUTO_TEST_CASE(a_second_row_of_the_same_key_is_named_with_the_first) {
  const auto read = checked<Observation>(std::string(kHeader) +
                                         "gdp,330602,2020,1,,,,,outline\n"
                                         "地区生产总值,越城区,2020年,2,,,,,outline\n");

  BOOST_TEST(read.facts.size() == 1);
  BOOST_REQUIRE(read.issues.size() == 1);
  BOOST_TEST(to_text(read.issues[0]) == "3: the same as line 2: gdp, 330602, 2020, level, outline");
}

BOOST_AUTO_TEST_CASE(a_default_source_serves_rows_that_name_none) {
  const auto read = checked<Observation>("indicator,entity,period,value\ngdp,330602,2020,1\n",
                                         {.source = "outline", .plan = {}});

  BOOST_REQUIRE(read.facts.size() == 1);
  BOOST_TEST(read.facts[0].source == "outline");
}

BOOST_AUTO_TEST_CASE(a_target_takes_entity_and_source_from_its_plan) {
  const auto read = checked<Target>(
      "plan,indicator,period,value,nature,base_value\nplan-14,gdp,2025,1500 以上,expected,3.7 "
      "(2019)\n");

  BOOST_REQUIRE(read.facts.size() == 1);
  const Target& target = read.facts.front();
  BOOST_TEST(target.entity == "330602");
  BOOST_TEST(target.source == "outline");
  BOOST_TEST(*target.value.value == 1500);
  BOOST_TEST(*target.base_value.value == 3.7);
  BOOST_TEST(to_text(*target.base_period) == "2019");
}

BOOST_AUTO_TEST_CASE(an_entity_may_name_a_parent_that_comes_later) {
  const auto read = checked<Entity>("code,name,kind,parent\nb,乙,town,a\na,甲,zone,\n");

  BOOST_TEST(read.issues.empty());
  BOOST_TEST(read.facts.size() == 2);
}

BOOST_AUTO_TEST_CASE(an_alias_must_not_be_the_name_of_another_thing) {
  const auto read = checked<Alias>("kind,code,name\nindicator,rd-share,地区生产总值\n");

  BOOST_REQUIRE(read.issues.size() == 1);
  BOOST_TEST(to_text(read.issues[0]) == "2: name: already the name of \"gdp\"");
}

BOOST_AUTO_TEST_CASE(money_of_a_project_has_a_unit_of_money) {
  const auto none = checked<Project>(
      "code,name,entity,kind,investment,source\np,甲,330602,project,130,outline\n");
  const auto wrong = checked<Project>(
      "code,name,entity,kind,investment,unit,source\np,甲,330602,project,130,人,outline\n");

  BOOST_REQUIRE(none.issues.size() == 1);
  BOOST_TEST(to_text(none.issues[0]) == "2: unit: missing: the investment needs one, such as 亿元");
  BOOST_REQUIRE(wrong.issues.size() == 1);
  BOOST_TEST(to_text(wrong.issues[0]) == "2: unit: not money: \"人\"");
}

BOOST_AUTO_TEST_CASE(a_row_without_a_code_lends_its_name_to_nothing) {
  const auto read = checked<Entity>("code,name,kind,parent\n,丙,zone,\nb,乙,town,丙\n");

  BOOST_REQUIRE(read.issues.size() == 2);
  BOOST_TEST(to_text(read.issues[0]) == "2: code: empty");
  BOOST_TEST(to_text(read.issues[1]) == "3: parent: unknown entity: \"丙\"");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
