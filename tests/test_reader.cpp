#include "reader.h"

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <utility>
#include <vector>

#include "small_catalogue.h"

namespace planfile::test {
namespace {

// Cells by their columns; the later of two of a column counts, what none tells is told by nothing.
using Told = std::vector<std::pair<std::string_view, std::string_view>>;

template <class Fact>
CellsOf<Fact> cells(const Told& told) {
  CellsOf<Fact> row;
  each_cell<Fact>([&](const auto& column, std::size_t index) {
    for (const auto& [name, cell] : told) {
      if (name == column.name) row[index] = cell;
    }
  });
  return row;
}

const Defaults kOutline{.source = "outline", .plan = {}};

template <class Fact>
Fact only_fact(const Told& told) {
  std::vector<Fault> faults;
  const auto fact = read_fact<Fact>(cells<Fact>(told), small_catalogue(), kOutline, faults);
  for (const Fault& fault : faults) BOOST_TEST_MESSAGE(fault.message);
  BOOST_REQUIRE(fact.has_value());
  return *fact;
}

template <class Fact>
std::vector<Fault> faults_of(const Told& told) {
  std::vector<Fault> faults;
  const auto fact = read_fact<Fact>(cells<Fact>(told), small_catalogue(), kOutline, faults);
  BOOST_TEST(fact.has_value() == faults.empty());
  return faults;
}

// A figure of the district in 2020, and what else is told of it.
Told figure_of(std::string_view indicator, const Told& more) {
  Told told{{"indicator", indicator}, {"entity", "330602"}, {"period", "2020"}};
  told.insert(told.end(), more.begin(), more.end());
  return told;
}

Observation observed(std::string_view indicator, const Told& more) {
  return only_fact<Observation>(figure_of(indicator, more));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(a_row_needs_no_more_cells_than_it_must_have) {
  const auto row = only_fact<Observation>(
      {{"indicator", "gdp"}, {"entity", "330602"}, {"period", "2020"}, {"value", "5"}});
  const auto faults = faults_of<Observation>({{"indicator", "gdp"}, {"period", " "}});

  BOOST_TEST(row.source == "outline");
  BOOST_REQUIRE(faults.size() == 2);
  BOOST_TEST(faults[0].column == "entity");
  BOOST_TEST(faults[0].message == "empty");
  BOOST_TEST(faults[1].column == "period");
}

BOOST_AUTO_TEST_CASE(a_value_that_nothing_tells_is_missing_without_a_status) {
  const auto faults =
      faults_of<Observation>({{"indicator", "gdp"}, {"entity", "330602"}, {"period", "2020"}});

  BOOST_REQUIRE(faults.size() == 1);
  BOOST_TEST(faults[0].message == "empty; a value that is missing needs a status, such as O");
}

BOOST_AUTO_TEST_CASE(a_missing_value_with_its_status_is_stored_as_such) {
  const auto empty = observed("gdp", {{"value", ""}, {"status", "O"}});
  const auto mark = observed("gdp", {{"value", "…"}, {"unit", "亿元"}, {"status", "缺失"}});

  BOOST_TEST(!empty.value.value);
  BOOST_TEST(empty.status == "O");
  BOOST_TEST(empty.value.printed == "");
  BOOST_TEST(mark.status == "O");
  BOOST_TEST(mark.value.printed == "…");
  BOOST_TEST(mark.unit == "");
}

BOOST_AUTO_TEST_CASE(words_stand_for_codes) {
  const auto row = observed("gdp", {{"value", "7.2"}, {"measure", "同比增长"}, {"status", "预计"}});
  const auto target = only_fact<Target>({{"plan", "plan-14"},
                                         {"indicator", "gdp"},
                                         {"period", "2025"},
                                         {"value", "1500"},
                                         {"nature", "约束性"},
                                         {"claim", "基本完成"}});
  const auto project = only_fact<Project>({{"code", "p"},
                                           {"name", "甲"},
                                           {"entity", "330602"},
                                           {"kind", "项目"},
                                           {"sector", "铁路"},
                                           {"stage", "在建"}});

  BOOST_TEST(row.measure == "yoy");
  BOOST_TEST(row.status == "P");
  BOOST_TEST(target.nature == "binding");
  BOOST_TEST(target.claim == "partly_met");
  BOOST_TEST(project.kind == "project");
  BOOST_TEST(project.sector == "transport.rail");
  BOOST_TEST(project.stage == "implementation");
}

BOOST_AUTO_TEST_CASE(a_word_whose_code_the_file_lacks_is_unknown) {
  const auto faults = faults_of<Project>({{"code", "p"},
                                          {"name", "甲"},
                                          {"entity", "330602"},
                                          {"kind", "project"},
                                          {"stage", "谋划"}});

  BOOST_REQUIRE(faults.size() == 1);
  BOOST_TEST(faults[0].message == "unknown stage: \"谋划\"");
}

// 126900 万元 * 10^4 / 10^8 = 12.69 亿元.
BOOST_AUTO_TEST_CASE(the_unit_behind_a_name_counts_where_no_other_is_given) {
  const auto behind = observed("地区生产总值（万元）", {{"value", "126900"}});
  const auto given = observed("地区生产总值（万元）", {{"value", "12.69"}, {"unit", "亿元"}});
  const auto growth = observed("地区生产总值（万元）", {{"value", "7.2"}, {"measure", "yoy"}});

  BOOST_TEST(behind.indicator == "gdp");
  BOOST_TEST(*behind.value.value == 12.69);
  BOOST_TEST(behind.value.printed == "126900");
  BOOST_TEST(behind.unit == "万元");
  BOOST_TEST(*given.value.value == 12.69);
  BOOST_TEST(given.unit == "");
  BOOST_TEST(*growth.value.value == 7.2);
  BOOST_TEST(growth.unit == "");
}

BOOST_AUTO_TEST_CASE(a_target_takes_the_unit_behind_its_indicator_too) {
  const auto target = only_fact<Target>({{"plan", "plan-14"},
                                         {"indicator", "地区生产总值(万元)"},
                                         {"period", "2025"},
                                         {"value", "1000000"},
                                         {"base_value", "500000"}});

  BOOST_TEST(*target.value.value == 100);
  BOOST_TEST(*target.base_value.value == 50);
  BOOST_TEST(target.unit == "万元");
}

// 5 百万元 = 5 * 10^6 / 10^8 亿元.
BOOST_AUTO_TEST_CASE(a_unit_column_may_have_a_multiplier) {
  const auto row = observed("gdp", {{"value", "5"}, {"unit", "百万元"}});

  BOOST_TEST(*row.value.value == 0.05);
  BOOST_TEST(row.unit == "百万元");
  const auto faults = faults_of<Observation>(figure_of("gdp", {{"value", "5"}, {"unit", "千人"}}));
  BOOST_REQUIRE(faults.size() == 1);
  BOOST_TEST(faults[0].message == "\"5\" is in 人, which does not convert into 亿元");
}

BOOST_AUTO_TEST_CASE(an_unknown_name_says_where_it_was_sought_and_an_ambiguous_one_does_not) {
  const auto unknown = faults_of<Observation>({{"indicator", "新指标"},
                                               {"entity", "新区域"},
                                               {"period", "2020"},
                                               {"value", "5"},
                                               {"source", "新来源"},
                                               {"unit", "箱"}});
  const auto ambiguous = faults_of<Observation>(
      {{"indicator", "gdp"}, {"entity", "西湖区"}, {"period", "2020"}, {"value", "x"}});

  BOOST_REQUIRE(unknown.size() == 4);
  BOOST_TEST(unknown[0].unknown == "indicator");
  BOOST_TEST(unknown[1].unknown == "entity");
  BOOST_TEST(unknown[2].unknown == "unit");
  BOOST_TEST(unknown[3].unknown == "source");
  BOOST_REQUIRE(ambiguous.size() == 2);
  BOOST_TEST(ambiguous[0].unknown == "");
  BOOST_TEST(ambiguous[1].unknown == "");
}

BOOST_AUTO_TEST_CASE(codes_keep_their_zeros_and_long_numbers_their_digits) {
  const auto project = only_fact<Project>(
      {{"code", "0012"}, {"name", "甲"}, {"entity", "330602"}, {"kind", "project"}});
  const auto row = observed("gdp", {{"value", "1234567890123456"}});

  BOOST_TEST(project.code == "0012");
  BOOST_TEST(*row.value.value == 1234567890123456.0);
  BOOST_TEST(row.value.printed == "1234567890123456");
}

BOOST_AUTO_TEST_CASE(a_note_stays_as_it_is_and_a_locator_is_trimmed) {
  const auto row = only_fact<Observation>({{"indicator", "gdp"},
                                           {"entity", "330602"},
                                           {"period", "2020"},
                                           {"value", "5"},
                                           {"locator", " 表 1 "},
                                           {"note", "  有注 "}});

  BOOST_TEST(row.locator == "表 1");
  BOOST_TEST(row.note == "  有注 ");
}

BOOST_AUTO_TEST_CASE(two_rows_about_the_same_have_one_key) {
  const auto one = key_of(observed("gdp", {{"value", "5"}}));
  const auto same = key_of(observed("地区生产总值", {{"entity", "越城"},
                                                     {"period", "2020年"},
                                                     {"value", "6"},
                                                     {"measure", "总量"},
                                                     {"status", "P"}}));
  const auto other = key_of(observed("gdp", {{"value", "5"}, {"measure", "yoy"}}));

  BOOST_TEST(one.shown == "gdp, 330602, 2020, level, outline");
  BOOST_TEST(same.key == one.key);
  BOOST_TEST(other.key != one.key);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
