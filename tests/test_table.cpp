#include "planfile/table.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace data = boost::unit_test::data;

namespace planfile {
namespace {

using namespace std::string_literals;

constexpr std::monostate kNull;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::string print(Format format, const Table& table, std::size_t width = 0) {
  std::ostringstream out;
  const auto writer = make_writer(format, out, {.width = width});
  writer->head(table.columns);
  for (const auto& row : table.rows) writer->row(row);
  writer->finish();
  return out.str();
}

Table one_cell(Cell cell) { return {{"x"}, {{std::move(cell)}}}; }

// Chinese and English texts, integers and reals, and a NULL in each column.
Table growth() {
  return {{"指标", "name_en", "2024年", "增速"},
          {{"地区生产总值"s, "GDP"s, std::int64_t{1008}, 7.5},
           {"人口"s, kNull, std::int64_t{99}, kNull},
           {kNull, "Income, net"s, kNull, -0.25}}};
}

struct Width {
  std::string text;
  std::size_t columns;
};

std::ostream& operator<<(std::ostream& out, const Width& shown) { return out << shown.text; }

const std::vector<Width> kWidths{
    {"", 0},           {"GDP 2024", 8},   {"绍兴市", 6}, {"“十四五”", 8}, {"≥99", 3},
    {"（亿元）", 8},   {"１２", 4},       {"é", 1},      {"e\u0301", 1},  {"\u200B\uFEFF", 0},
    {"\U0001F600", 2}, {"\U00020000", 2}, {"한글", 4},   {"a\xFFz", 3},   {"\xE4\xB8", 2},
};

struct Shown {
  Cell cell;
  std::string expected;
};

std::ostream& operator<<(std::ostream& out, const Shown& shown) { return out << shown.expected; }

const std::vector<Shown> kNumbers{
    {std::int64_t{0}, "0"},
    {std::numeric_limits<std::int64_t>::min(), "-9223372036854775808"},
    {std::numeric_limits<std::int64_t>::max(), "9223372036854775807"},
    {60.0, "60"},
    {0.1, "0.1"},
    {0.1 + 0.2, "0.30000000000000004"},
    {1008.5, "1008.5"},
    {-7.25, "-7.25"},
    {1.0 / 3, "0.3333333333333333"},
    {123456789012.0, "123456789012"},
    {5.684341886080801e-14, "5.684341886080801e-14"},
    {1e300, "1e+300"},
    {std::numeric_limits<double>::denorm_min(), "5e-324"},
    {std::numeric_limits<double>::max(), "1.7976931348623157e+308"},
};

const std::vector<Shown> kTableCells{
    {"a\nb\r\nc\rd"s, "a⏎b⏎c⏎d"},
    {"a\tb"s, "a b"},
    {"\x1B[31mred\x1B[0m"s, "\uFFFD[31mred\uFFFD[0m"},
    {"a\0b\a\b\x7F"s, "a\uFFFDb\uFFFD\uFFFD\uFFFD"},
    {"\u009B31m\u0080"s, "\uFFFD31m\uFFFD"},
    {"\u202Eabc\u2066\u2028"s, "\uFFFDabc\uFFFD\uFFFD"},
    {"\xFFx\xE4\xB8"s, "\uFFFDx\uFFFD\uFFFD"},
    {"a|b `c`"s, "a|b `c`"},
    {kInfinity, "Inf"},
    {-kInfinity, "-Inf"},
    {kNull, ""},
    {std::numeric_limits<double>::quiet_NaN(), ""},
};

const std::vector<Shown> kMarkdownCells{
    {"a|b"s, "a\\|b"},
    {"a\\|b"s, "a\\\\\\|b"},
    {"a\nb\r\nc\rd"s, "a<br>b<br>c<br>d"},
    {"a\tb"s, "a b"},
    {"<br>"s, "\\<br>"},
    {"2*3 `x` 3~5 [1]"s, "2\\*3 \\`x\\` 3\\~5 \\[1]"},
    {"gdp_per_capita"s, "gdp_per_capita"},
    {"\x1B[0m\xFF"s, "\uFFFD\\[0m\uFFFD"},
    {kNull, ""},
};

const std::vector<Shown> kCsvCells{
    {"a"s, "a"},
    {""s, "\"\""},
    {kNull, "\"\""},
    {"a,b"s, "\"a,b\""},
    {"say \"hi\""s, "\"say \"\"hi\"\"\""},
    {"a\nb"s, "\"a\nb\""},
    {" a"s, "\" a\""},
    {kInfinity, "Inf"},
};

const std::vector<Shown> kJsonCells{
    {"绍兴\"\\\n\x1B"s, "\"绍兴\\\"\\\\\\n\\u001b\""},
    {"a\0"s, "\"a\\u0000\""},
    {"a\xFFz\xE4\xB8"s, "\"a\uFFFDz\uFFFD\""},
    {""s, "\"\""},
    {kNull, "null"},
    {std::numeric_limits<double>::quiet_NaN(), "null"},
    {kInfinity, "1e999"},
    {-kInfinity, "-1e999"},
};

struct Folded {
  std::string text;
  std::string expected;  // its lines in ten columns
};

std::ostream& operator<<(std::ostream& out, const Folded& shown) { return out << shown.text; }

const std::vector<Folded> kFolded{
    {"ten signs!", "ten signs!"},
    {"one two three four", "one two\nthree four"},
    {"one  two    three", "one  two\nthree"},
    {"incomprehensible", "incomprehe\nnsible"},
    {"an incomprehensible word", "an\nincomprehe\nnsible\nword"},
    {"地区生产总值", "地区生产总\n值"},
    {"a地区生产总值", "a地区生产\n总值"},
    {"地区GDP总值 per capita", "地区GDP总\n值 per\ncapita"},
    {"地区生产 net income", "地区生产\nnet income"},
    {"地区生产income", "地区生产\nincome"},
    {"地区生产か\u3099か\u3099", "地区生产か\u3099\nか\u3099"},
};

BOOST_AUTO_TEST_SUITE(table)

BOOST_DATA_TEST_CASE(a_text_takes_the_columns_a_terminal_gives_it, data::make(kWidths)) {
  BOOST_TEST(display_width(sample.text) == sample.columns);
}

BOOST_AUTO_TEST_CASE(each_format_has_its_name) {
  BOOST_TEST((parse_format("table") == Format::table));
  BOOST_TEST((parse_format("csv") == Format::csv));
  BOOST_TEST((parse_format("json") == Format::json));
  BOOST_TEST((parse_format("ndjson") == Format::ndjson));
  BOOST_TEST((parse_format("md") == Format::md));
  BOOST_TEST((parse_format("svg") == Format::svg));
  BOOST_TEST(to_text(Format::svg) == "svg");
  BOOST_TEST(!parse_format("CSV").has_value());
  BOOST_TEST(!parse_format("").has_value());
}

BOOST_AUTO_TEST_CASE(a_table_sink_keeps_the_rows) {
  const Table expected = growth();
  TableSink sink;

  sink.head(expected.columns);
  for (const auto& row : expected.rows) sink.row(row);
  sink.finish();

  BOOST_TEST((sink.table() == expected));
}

BOOST_AUTO_TEST_CASE(a_table_is_aligned_under_its_rule) {
  BOOST_TEST(print(Format::table, growth()) ==
             "指标          name_en      2024年   增速\n"
             "------------  -----------  ------  -----\n"
             "地区生产总值  GDP            1008    7.5\n"
             "人口                           99\n"
             "              Income, net          -0.25\n");
}

BOOST_AUTO_TEST_CASE(csv_keeps_null_and_empty_text_apart) {
  const Table result{{"a", "b,c", ""}, {{kNull, ""s, 1.5}, {"x"s, kNull, kNull}}};

  BOOST_TEST(print(Format::csv, result) == "a,\"b,c\",\n,\"\",1.5\nx,,\n");
}

BOOST_AUTO_TEST_CASE(json_is_an_array_of_objects_in_the_order_of_the_columns) {
  BOOST_TEST(print(Format::json, growth()) ==
             "[\n"
             R"({"指标":"地区生产总值","name_en":"GDP","2024年":1008,"增速":7.5},)"
             "\n"
             R"({"指标":"人口","name_en":null,"2024年":99,"增速":null},)"
             "\n"
             R"({"指标":null,"name_en":"Income, net","2024年":null,"增速":-0.25})"
             "\n]\n");
}

BOOST_AUTO_TEST_CASE(ndjson_is_an_object_a_line) {
  const Table result{{"b", "a"}, {{std::int64_t{1}, "x"s}, {kNull, 2.5}}};

  BOOST_TEST(print(Format::ndjson, result) == "{\"b\":1,\"a\":\"x\"}\n{\"b\":null,\"a\":2.5}\n");
}

BOOST_AUTO_TEST_CASE(markdown_is_a_table_with_numbers_flush_right) {
  BOOST_TEST(print(Format::md, growth()) ==
             "| 指标 | name_en | 2024年 | 增速 |\n"
             "| --- | --- | ---: | ---: |\n"
             "| 地区生产总值 | GDP | 1008 | 7.5 |\n"
             "| 人口 |  | 99 |  |\n"
             "|  | Income, net |  | -0.25 |\n");
}

BOOST_AUTO_TEST_CASE(an_empty_result_still_shows_its_columns) {
  const Table result{{"a", "指标"}, {}};

  BOOST_TEST(print(Format::table, result) == "a  指标\n-  ----\n");
  BOOST_TEST(print(Format::csv, result) == "a,指标\n");
  BOOST_TEST(print(Format::json, result) == "[]\n");
  BOOST_TEST(print(Format::ndjson, result) == "");
  BOOST_TEST(print(Format::md, result) == "| a | 指标 |\n| --- | --- |\n");
}

BOOST_AUTO_TEST_CASE(a_result_without_columns_prints_nothing) {
  BOOST_TEST(print(Format::table, {}) == "");
  BOOST_TEST(print(Format::csv, {}) == "");
  BOOST_TEST(print(Format::md, {}) == "");
}

BOOST_AUTO_TEST_CASE(a_text_among_numbers_makes_the_column_one_of_text) {
  const Table result{{"mixed", "nulls"}, {{1.5, kNull}, {"约12"s, kNull}}};

  BOOST_TEST(print(Format::table, result) == "mixed  nulls\n-----  -----\n1.5\n约12\n");
  BOOST_TEST(print(Format::md, result) ==
             "| mixed | nulls |\n| --- | --- |\n| 1.5 |  |\n| 约12 |  |\n");
}

BOOST_DATA_TEST_CASE(a_number_has_one_text_in_every_format, data::make(kNumbers)) {
  const Table result{{"x"}, {{sample.cell}}};

  BOOST_TEST(print(Format::csv, result) == "x\n" + sample.expected + "\n");
  BOOST_TEST(print(Format::ndjson, result) == "{\"x\":" + sample.expected + "}\n");
  BOOST_TEST(print(Format::md, result) == "| x |\n| ---: |\n| " + sample.expected + " |\n");
  BOOST_TEST(print(Format::table, result).ends_with(sample.expected + "\n"));
}

BOOST_DATA_TEST_CASE(a_table_cell_stays_on_its_line_and_harmless, data::make(kTableCells)) {
  const Table result{{"x", "y"}, {{sample.cell, "."s}}};
  const std::string padded = sample.expected.empty() ? " " : sample.expected;

  BOOST_TEST(print(Format::table, result).ends_with("-\n" + padded + "  .\n"));
}

BOOST_AUTO_TEST_CASE(a_column_name_is_as_harmless_as_a_cell) {
  const Table result{{"a\x1B|\n"}, {}};

  BOOST_TEST(print(Format::table, result) == "a\uFFFD|⏎\n----\n");
  BOOST_TEST(print(Format::md, result) == "| a\uFFFD\\|<br> |\n| --- |\n");
}

BOOST_DATA_TEST_CASE(markdown_shows_a_cell_as_it_is, data::make(kMarkdownCells)) {
  BOOST_TEST(print(Format::md, one_cell(sample.cell)) ==
             "| x |\n| --- |\n| " + sample.expected + " |\n");
}

BOOST_DATA_TEST_CASE(csv_quotes_a_cell_where_a_reader_needs_it, data::make(kCsvCells)) {
  BOOST_TEST(print(Format::csv, one_cell(sample.cell)) == "x\n" + sample.expected + "\n");
}

BOOST_DATA_TEST_CASE(json_escapes_a_text_and_is_always_utf8, data::make(kJsonCells)) {
  BOOST_TEST(print(Format::ndjson, one_cell(sample.cell)) == "{\"x\":" + sample.expected + "}\n");
}

BOOST_AUTO_TEST_CASE(another_reader_of_json_finds_every_cell) {
  const auto read = nlohmann::json::parse(print(Format::json, growth()));

  BOOST_TEST(read.size() == 3U);
  BOOST_TEST(read[0]["指标"] == "地区生产总值");
  BOOST_TEST(read[0]["2024年"] == 1008);
  BOOST_TEST(read[1]["增速"].is_null());
  BOOST_TEST(read[2]["增速"] == -0.25);
}

BOOST_AUTO_TEST_CASE(columns_of_one_name_lose_no_cell_in_json) {
  const std::int64_t n = 1;
  const Table result{{"a", "a", "a_2", "a", "A", "b\"", "b\""}, {{n, n, n, n, n, n, n}}};

  BOOST_TEST(print(Format::ndjson, result) ==
             "{\"a\":1,\"a_3\":1,\"a_2\":1,\"a_4\":1,\"A\":1,\"b\\\"\":1,\"b\\\"_2\":1}\n");
}

BOOST_DATA_TEST_CASE(a_text_is_folded_at_spaces_and_between_chinese_characters,
                     data::make(kFolded)) {
  const std::string expected = "x\n----------\n" + sample.expected + "\n";

  BOOST_TEST(print(Format::table, one_cell(sample.text), 10) == expected);
}

BOOST_AUTO_TEST_CASE(the_widest_texts_are_folded_and_numbers_never) {
  const Table result{{"code", "about", "definition", "n"},
                     {{"gdp"s, "gross domestic product"s, "一个地区所有常住单位生产活动的最终成果"s,
                       std::int64_t{123456789}},
                      {"pop"s, "people"s, "常住人口"s, std::int64_t{5}}}};

  BOOST_TEST(print(Format::table, result, 48) ==
             "code  about           definition               n\n"
             "----  --------------  ---------------  ---------\n"
             "gdp   gross domestic  一个地区所有常   123456789\n"
             "      product         住单位生产活动\n"
             "                      的最终成果\n"
             "pop   people          常住人口                 5\n");
}

BOOST_AUTO_TEST_CASE(a_column_name_is_folded_with_its_column) {
  const Table result{{"the name of it", "n"}, {{"a"s, 1.5}}};

  BOOST_TEST(print(Format::table, result, 13) ==
             "the name    n\n"
             "of it\n"
             "--------  ---\n"
             "a         1.5\n");
}

BOOST_AUTO_TEST_CASE(a_table_that_fits_is_not_folded) {
  BOOST_TEST(print(Format::table, growth(), 41) == print(Format::table, growth()));
}

BOOST_AUTO_TEST_CASE(a_row_whose_columns_have_no_room_beside_each_other_is_a_block) {
  const Table result{{"indicator", "名称", "definition", "value"},
                     {{"gdp"s, "地区生产总值"s, "of all residents"s, 1008.5},
                      {"pop"s, "人口"s, kNull, std::int64_t{99}}}};

  BOOST_TEST(print(Format::table, result, 22) ==
             "-- 1 -----------------\n"
             "indicator   gdp\n"
             "名称        地区生产总\n"
             "            值\n"
             "definition  of all\n"
             "            residents\n"
             "value       1008.5\n"
             "-- 2 -----------------\n"
             "indicator   pop\n"
             "名称        人口\n"
             "value       99\n");
}

BOOST_AUTO_TEST_CASE(a_terminal_may_give_signs_of_ambiguous_width_two_columns) {
  const Table result{{"x", "y"}, {{"≥99"s, "“a”"s}, {"abcd"s, "b"s}}};
  std::ostringstream out;
  const auto writer = make_writer(Format::table, out, {.wide_ambiguous = true});

  writer->head(result.columns);
  for (const auto& row : result.rows) writer->row(row);
  writer->finish();

  BOOST_TEST(out.str() ==
             "x     y\n"
             "----  -----\n"
             "≥99  “a”\n"
             "abcd  b\n");
}

BOOST_AUTO_TEST_CASE(a_table_of_a_million_cells_is_printed_as_its_rows_come) {
  std::ostringstream out;
  const auto writer = make_writer(Format::table, out);
  const std::vector<std::string> columns{"n"};

  writer->head(columns);
  for (std::int64_t n = 0; n < 999'999; ++n) writer->row(std::vector<Cell>{n % 10});
  const auto before = out.str().size();
  writer->row(std::vector<Cell>{std::int64_t{7}});
  const auto after = out.str().size();
  writer->row(std::vector<Cell>{"later"s});
  writer->finish();

  BOOST_TEST(before == 0U);
  BOOST_TEST(after == 2U * 1'000'002U);
  BOOST_TEST(out.str().ends_with("7\n7\nlater\n") == false);
  BOOST_TEST(out.str().ends_with("7\nlater\n"));
}

BOOST_AUTO_TEST_CASE(csv_and_ndjson_write_each_row_as_it_comes) {
  std::ostringstream csv;
  std::ostringstream ndjson;
  const std::vector<std::string> columns{"a"};
  const std::vector<Cell> cells{1.5};
  const auto to_csv = make_writer(Format::csv, csv);
  const auto to_ndjson = make_writer(Format::ndjson, ndjson);

  to_csv->head(columns);
  to_csv->row(cells);
  to_ndjson->head(columns);
  to_ndjson->row(cells);

  BOOST_TEST(csv.str() == "a\n1.5\n");
  BOOST_TEST(ndjson.str() == "{\"a\":1.5}\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile
