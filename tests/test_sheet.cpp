#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/mapping.h"
#include "layouts.h"

namespace data = boost::unit_test::data;

namespace planfile::test {
namespace {

using Cells = std::vector<std::string>;

// Rows on the lines 1, 2, 3, ...
std::vector<SheetRow> rows(std::vector<Cells> cells) {
  std::vector<SheetRow> all;
  for (Cells& row : cells) all.push_back({all.size() + 1, std::move(row)});
  return all;
}

std::string listed(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : " | ") + text;
  return list;
}

std::string columns_of(std::vector<Cells> cells) {
  const auto sheet = find_sheet(rows(std::move(cells)));
  return sheet ? listed(sheet->columns) : sheet.reason;
}

RowKind kind(const Cells& cells, const Sheet& sheet) {
  const std::vector<std::string_view> views(cells.begin(), cells.end());
  return kind_of(views, sheet);
}

Sheet sheet_with(std::vector<std::string> columns) {
  Sheet sheet;
  sheet.columns = std::move(columns);
  return sheet;
}

struct Parted {
  std::string text;
  char delimiter;
};

std::ostream& operator<<(std::ostream& out, const Parted& shown) { return out << shown.text; }

const std::vector<Parted> kParted{
    {"a,b\n1,2\n", ','},
    {"a;b\n1;2\n", ';'},
    {"a\tb\n1\t2\n", '\t'},
    {"a|b\r1|2\r", '|'},
    {"", ','},
    {"one\ntwo\n", ','},
    // Decimal commas stand in the data, not in the header.
    {"指标;2019年;2020年\n甲;1,5;2,5\n乙;3,5;4,5\n", ';'},
    // Thousands separators and titles do not outweigh the rows that come out alike.
    {"统计表, 2023; 第一页\n地区\t数值\n甲\t1,008.5\n乙\t2,008.5\n", '\t'},
    // What is quoted does not count, over several lines neither.
    {"\"a;b;c\",d\n\"1;2\n;3\",4\n\"5;6;7\",8\n", ','},
    {"\"he said \"\"a;b\"\"\",2\n\"x;\"\"\",3\n", ','},
    // Blank lines are no rows.
    {"\n\na;b\n\n1;2\n\n", ';'},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(sheet)

BOOST_DATA_TEST_CASE(the_delimiter_is_the_one_that_makes_most_rows_alike, data::make(kParted),
                     given) {
  BOOST_TEST(find_delimiter(given.text) == given.delimiter);
}

BOOST_AUTO_TEST_CASE(a_header_on_the_first_line_is_found) {
  const auto found = find_sheet(rows({{"指标", "2023年", "2022年"}, {"甲", "1", "2"}}));

  BOOST_REQUIRE(found);
  BOOST_TEST(found->header_line == 1U);
  BOOST_TEST(found->header_rows == 1U);
  BOOST_TEST(found->first_row == 2U);
  BOOST_TEST(found->titles.empty());
  BOOST_TEST(listed(found->columns) == "指标 | 2023年 | 2022年");
}

BOOST_AUTO_TEST_CASE(titles_stand_above_the_header_and_tell_the_unit) {
  const auto found = find_sheet(rows({{"绍兴市主要指标", "", ""},
                                      {"", "", "单位：亿元、%"},
                                      {"指标", "2023年", "增长"},
                                      {"甲", "1", "2"}}));

  BOOST_REQUIRE(found);
  BOOST_TEST(listed(found->titles) == "绍兴市主要指标 | 单位：亿元、%");
  BOOST_TEST(found->unit == "亿元");
  BOOST_TEST(found->header_line == 3U);
}

BOOST_AUTO_TEST_CASE(several_units_or_an_office_are_no_unit) {
  const auto unit = [](const std::string& title) {
    return find_sheet(rows({{title, ""}, {"指标", "数值"}, {"甲", "1"}}))->unit;
  };

  BOOST_TEST(unit("单位：万元") == "万元");
  BOOST_TEST(unit("（单位：元/平方米）") == "元/平方米");
  BOOST_TEST(unit("Unit: million yuan") == "million yuan");
  BOOST_TEST(unit("单位：亿元、万人") == "");
  BOOST_TEST(unit("填报单位：绍兴市统计局") == "");
  BOOST_TEST(unit("单位：绍兴市统计局") == "");
  BOOST_TEST(unit("单位：%") == "%");
}

BOOST_AUTO_TEST_CASE(a_merged_upper_cell_is_carried_to_the_right) {
  BOOST_TEST(columns_of({{"指标", "单位", "2023年", "", "2022年", ""},
                         {"", "", "绝对值", "增长(%)", "绝对值", "增长(%)"},
                         {"甲", "亿元", "1", "2", "3", "4"}}) ==
             "指标 | 单位 | 2023年/绝对值 | 2023年/增长(%) | 2022年/绝对值 | 2022年/增长(%)");
  // The spreadsheet may leave out the empty cells at the end.
  BOOST_TEST(columns_of({{"指标", "2023年"}, {"", "绝对值", "增长"}, {"甲", "1", "2"}}) ==
             "指标 | 2023年/绝对值 | 2023年/增长");
  // The corner may be empty above, and the names of the rows stand below.
  BOOST_TEST(columns_of({{"统计表", "", "", "", ""},
                         {"", "2023年", "", "2022年", ""},
                         {"指标", "数值", "增长", "数值", "增长"},
                         {"甲", "1", "2", "3", "4"}}) ==
             "指标 | 2023年/数值 | 2023年/增长 | 2022年/数值 | 2022年/增长");
}

BOOST_AUTO_TEST_CASE(a_row_of_units_belongs_to_the_header) {
  BOOST_TEST(columns_of({{"年份", "生产总值", "人口"}, {"", "亿元", "万人"}, {"2020", "1", "2"}}) ==
             "年份 | 生产总值/亿元 | 人口/万人");
}

BOOST_AUTO_TEST_CASE(a_row_of_words_without_a_name_is_no_second_header) {
  BOOST_TEST(columns_of({{"类别", "指标", "2025年", "属性"},
                         {"", "能耗降低率", "完成市下达指标", "约束性"},
                         {"经济", "生产总值", "1500", "预期性"}}) == "类别 | 指标 | 2025年 | 属性");
  BOOST_TEST(columns_of({{"code", "name", "note"}, {"", "全口径", "Whole"}}) ==
             "code | name | note");
}

BOOST_AUTO_TEST_CASE(empty_and_repeated_names_are_told_apart) {
  BOOST_TEST(
      columns_of({{"", " 指标\t", "增长", "增长", "增长", ""}, {"", "甲", "1", "2", "3", ""}}) ==
      "#1 | 指标 | 增长 | 增长#2 | 增长#3 | #6");
}

BOOST_AUTO_TEST_CASE(a_name_over_several_lines_is_one_line) {
  BOOST_TEST(columns_of({{"指标", "2020年\n预计值"}, {"甲", "1"}}) == "指标 | 2020年 预计值");
}

BOOST_AUTO_TEST_CASE(years_and_codes_of_regions_may_be_names) {
  BOOST_TEST(columns_of({{"Country", "2019", "2020"}, {"China", "1.5", "2.5"}}) ==
             "Country | 2019 | 2020");
  BOOST_TEST(columns_of({{"年份", "330602", "330603"}, {"2020", "1", "2"}}) ==
             "年份 | 330602 | 330603");
}

BOOST_AUTO_TEST_CASE(what_is_no_table_is_refused) {
  BOOST_TEST(find_sheet({}).reason == "empty: not even a header");
  BOOST_TEST(columns_of({{"gdp", "330602", "2020", "1008.5"}, {"gdp", "330602", "2021", "1100"}})
                 .starts_with("no header found"));
  BOOST_TEST(columns_of({{"one"}, {"two"}}).starts_with("no header found"));
}

BOOST_AUTO_TEST_CASE(a_header_wider_than_a_spreadsheet_is_refused) {
  const auto found = find_sheet(rows({Cells(16385, "a")}));

  BOOST_TEST(found.reason == "line 1 has 16385 columns; no table of more than 16384 is read");
}

BOOST_AUTO_TEST_CASE(a_header_alone_is_a_table_without_rows) {
  const auto found = find_sheet(rows({{"indicator", "entity", "period", "value"}}));

  BOOST_REQUIRE(found);
  BOOST_TEST(found->first_row == 2U);
}

BOOST_AUTO_TEST_CASE(a_header_may_be_told) {
  const auto head = rows({{"1", "2"}, {"3", "4"}, {"a", "b"}, {"5", "6"}});

  const auto told = sheet_at(head, 3, 1);

  BOOST_REQUIRE(told);
  BOOST_TEST(listed(told->columns) == "a | b");
  BOOST_TEST(told->first_row == 4U);
  BOOST_TEST(listed(told->titles) == "1 2 | 3 4");
  BOOST_TEST(sheet_at(head, 9, 1).reason == "no header of 1 rows from line 9 on");
  BOOST_TEST(sheet_at(head, 4, 2).reason == "no header of 2 rows from line 4 on");
}

BOOST_AUTO_TEST_CASE(notes_totals_and_repeated_headers_are_no_data) {
  const Sheet plain = sheet_with({"地区", "2023年", "2022年"});

  BOOST_TEST((kind({"越城区", "1", "2"}, plain) == RowKind::data));
  BOOST_TEST((kind({"注：按现价计算", "", ""}, plain) == RowKind::note));
  BOOST_TEST((kind({"", "资料来源：统计局", ""}, plain) == RowKind::note));
  BOOST_TEST((kind({"Source: World Bank"}, plain) == RowKind::note));
  BOOST_TEST((kind({"注2、口径调整", "", ""}, plain) == RowKind::note));
  BOOST_TEST((kind({"合　计", "1", "2"}, plain) == RowKind::total));
  BOOST_TEST((kind({"", " 总计：", "2"}, plain) == RowKind::total));
  BOOST_TEST((kind({"Grand Total", "1", "2"}, plain) == RowKind::total));
  BOOST_TEST((kind({"地区 ", "2023年", "2022年"}, plain) == RowKind::header));
}

BOOST_AUTO_TEST_CASE(rows_that_only_look_like_others_are_data) {
  const Sheet plain = sheet_with({"地区", "2023年", "2022年"});

  BOOST_TEST((kind({"注：甲", "1", "2"}, plain) == RowKind::data));
  BOOST_TEST((kind({"总人口", "1", "2"}, plain) == RowKind::data));
  BOOST_TEST((kind({"合计镇", "1", "2"}, plain) == RowKind::data));
  BOOST_TEST((kind({"地区", "1", "2"}, plain) == RowKind::data));
  BOOST_TEST((kind({"一、产业", "", ""}, plain) == RowKind::data));
  BOOST_TEST((kind({"", "", ""}, plain) == RowKind::data));
}

BOOST_AUTO_TEST_CASE(either_row_of_a_header_of_two_may_repeat) {
  Sheet two = sheet_with({"指标", "2023年/数值", "2023年/增长", "2022年/数值", "2022年/增长"});
  two.header_rows = 2;

  BOOST_TEST((kind({"指标", "2023年", "", "2022年", ""}, two) == RowKind::header));
  BOOST_TEST((kind({"", "数值", "增长", "数值", "增长"}, two) == RowKind::header));
  BOOST_TEST((kind({"甲", "1", "2", "3", "4"}, two) == RowKind::data));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
