#include "planfile/chart.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "chart_plot.h"
#include "planfile/table.h"

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

using namespace std::string_literals;
constexpr std::monostate kNull;

// What is drawn, and what the user is told.
struct Drawn {
  std::string picture, told;
};

Drawn draw(const Table& table, WriteOptions options) {
  Drawn drawn;
  std::ostringstream out;
  options.tell = [&](std::string_view line) { drawn.told.append(line) += '\n'; };
  const auto writer = make_writer(Format::chart, out, options);
  writer->head(table.columns);
  for (const auto& row : table.rows) writer->row(row);
  writer->finish();
  drawn.picture = out.str();
  return drawn;
}

Drawn draw(const Table& table, std::string_view chart, std::size_t width) {
  return draw(table, {.width = width, .chart = *parse_chart(chart)});
}

// Why it is not drawn.
std::string refusal_of(const Table& table, std::string_view chart) {
  try {
    draw(table, chart, 40);
  } catch (const Error& error) {
    return error.what();
  }
  return "drawn";
}

struct Rounded {
  double number;
  std::string text;
};
std::ostream& operator<<(std::ostream& out, const Rounded& it) { return out << it.text; }

const Rounded kRounded[] = {
    {0, "0"},           {63.2, "63.2"},          {33.333333333333336, "33.3333"},
    {-0.5, "-0.5"},     {1234567.5, "1234568"},  {0.1 + 0.2, "0.3"},
    {1e20, "1e+20"},    {0.000012, "1.2e-05"},   {99.9999999, "100"},
    {1008.5, "1008.5"}, {0.00123456, "0.001235"}};

struct Scale {
  double low, high;
  std::vector<double> ticks;
};
std::ostream& operator<<(std::ostream& out, const Scale& it) {
  return out << it.low << " to " << it.high;
}

const Scale kScales[] = {{0, 100, {0, 20, 40, 60, 80, 100}},
                         {0, 7, {0, 2, 4, 6, 8}},
                         {-3, 12, {-5, 0, 5, 10, 15}},
                         {1008, 1280, {1000, 1100, 1200, 1300}},
                         {5, 5, {4.4, 4.6, 4.8, 5, 5.2, 5.4, 5.6}}};

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

BOOST_DATA_TEST_CASE(a_number_beside_a_bar_is_short, kRounded) {
  BOOST_TEST(short_number(sample.number) == sample.text);
}

BOOST_DATA_TEST_CASE(an_axis_has_round_numbers_around_its_values, kScales) {
  const auto ticks = nice_ticks(sample.low, sample.high, 5).values;

  BOOST_TEST(ticks.size() == sample.ticks.size());
  for (std::size_t i = 0; i < std::min(ticks.size(), sample.ticks.size()); ++i) {
    BOOST_TEST(ticks[i] == sample.ticks[i], boost::test_tools::tolerance(1e-9));
  }
}

// Ten columns of room for a range of ten: a column is one, an eighth of it 0.125.
BOOST_AUTO_TEST_CASE(a_bar_is_as_long_as_its_value_and_the_target_a_mark) {
  const Table result{{"name", "v", "t"},
                     {{"城镇"s, 10.0, 5.0}, {"R&D"s, 2.5, 8.0}, {"无"s, kNull, 4.0}}};

  const auto drawn = draw(result, "bar x=name y=v target=t", 19);

  BOOST_TEST(drawn.picture ==
             "v\n┃ t\n"
             "城镇  █████┃████ 10\n"
             "R&D   ██▌     ┃ 2.5\n"
             "无        ┃ —\n");
  BOOST_TEST(drawn.told == "");
}

// Twelve columns of room for -2 to 10.
BOOST_AUTO_TEST_CASE(a_negative_bar_goes_left_of_the_zero_line) {
  const Table result{{"name", "v"}, {{"a"s, 10.0}, {"b"s, -2.0}}};

  BOOST_TEST(draw(result, "bar x=name y=v", 18).picture ==
             "v\n"
             "a    ██████████ 10\n"
             "b  ██│ -2\n");
}

BOOST_AUTO_TEST_CASE(bars_of_one_group_stand_below_its_name) {
  const Table result{{"stage", "sector", "n"},
                     {{"竣工"s, "教育"s, std::int64_t{2}},
                      {"在建"s, "教育"s, std::int64_t{5}},
                      {"竣工"s, "交通"s, std::int64_t{10}}}};

  BOOST_TEST(draw(result, "bar x=stage y=n by=sector", 21).picture ==
             "n\n"
             "竣工\n"
             "  教育  ██ 2\n"
             "  交通  ██████████ 10\n"
             "在建\n"
             "  教育  █████ 5\n");
}

BOOST_AUTO_TEST_CASE(bars_are_plain_where_signs_have_no_sure_width) {
  const Table result{{"name", "v", "t"}, {{"a"s, 10.0, 5.0}, {"b"s, -0.0, 8.0}}};

  BOOST_TEST(
      draw(result,
           {.width = 16, .wide_ambiguous = true, .chart = *parse_chart("bar x=name y=v target=t")})
          .picture ==
      "v\n| t\n"
      "a  #####|#### 10\n"
      "b          | 0\n");
}

BOOST_AUTO_TEST_CASE(rows_of_one_name_are_told_apart_by_a_further_column) {
  const Table result{{"name", "scope", "v"}, {{"a"s, "whole"s, 1.0}, {"a"s, "part"s, 2.0}}};

  const auto drawn = draw(result, "bar x=name y=v", 40);

  BOOST_TEST(drawn.picture.find("a · whole  ") != std::string::npos);
  BOOST_TEST(drawn.told == "drawn one for each scope as well: rows share name\n");
}

BOOST_AUTO_TEST_CASE(a_line_goes_through_time_with_a_letter_for_each_series) {
  const Table result{{"period", "place", "v"},
                     {{"2021"s, "甲"s, 3.0},
                      {"2020"s, "甲"s, 1.0},
                      {"2020"s, "乙"s, 2.0},
                      {"2021"s, "乙"s, kNull}}};

  const auto drawn = draw(result, "line x=period y=v by=place", 30);

  BOOST_TEST(drawn.picture.starts_with("v\n3.0 ┤"));
  BOOST_TEST(drawn.picture.find("1.0 ┤A") != std::string::npos, drawn.picture);
  BOOST_TEST(drawn.picture.find("2.0 ┤B") != std::string::npos, drawn.picture);
  BOOST_TEST(drawn.picture.find("    2020") != std::string::npos);
  BOOST_TEST(drawn.picture.ends_with("2021\nA 甲\nB 乙\n"), drawn.picture);
}

BOOST_AUTO_TEST_CASE(years_and_months_are_lines_of_their_own) {
  const Table result{{"period", "v"}, {{"2021"s, 3.0}, {"2021-08"s, 1.0}, {"2022"s, 2.0}}};

  BOOST_TEST(draw(result, "line x=period y=v", 40).picture.ends_with("A year\nB month\n"));
}

BOOST_AUTO_TEST_CASE(what_nobody_chose_is_guessed_and_told) {
  const Table over_time{{"place", "period", "v"},
                        {{"甲"s, "2020"s, 1.0}, {"甲"s, "2021"s, 2.0}, {"乙"s, "2021"s, 2.0}}};
  const Table names{{"name", "n", "m"}, {{"甲"s, 1.0, 2.0}}};
  const Table numbers{{"year", "v"}, {{std::int64_t{2020}, 1.0}, {std::int64_t{2021}, 2.0}}};

  BOOST_TEST(draw(over_time, {.width = 40}).told ==
             "drawn as --chart 'line x=period y=v by=place'\n");
  BOOST_TEST(draw(names, {.width = 40}).told == "drawn as --chart 'bar x=name y=n'\n");
  BOOST_TEST(draw(numbers, {.width = 40}).told == "drawn as --chart 'line x=year y=v'\n");
}

BOOST_AUTO_TEST_CASE(only_the_unit_of_most_values_is_drawn_and_the_others_told) {
  const Table result{{"name", "value", "unit"},
                     {{"a"s, 1.0, "%"s}, {"b"s, 2.0, "亿元"s}, {"c"s, 3.0, "亿元"s}}};

  const auto drawn = draw(result, "bar x=name y=value", 19);

  BOOST_TEST(drawn.picture ==
             "value (亿元)\n"
             "b  █████████▎ 2\n"
             "c  ██████████████ 3\n");
  BOOST_TEST(drawn.told ==
             "drawn are the 2 values in 亿元; other units have no common axis: 1 in %\n");
}

BOOST_AUTO_TEST_CASE(what_can_t_be_drawn_says_why) {
  const Table text{{"name", "v"}, {{"a"s, "≥99"s}}};
  Table many{{"name", "v"}, {}};
  for (int i = 0; i < 401; ++i) many.rows.push_back({std::to_string(i), 1.0});

  BOOST_TEST(refusal_of({{"name", "v"}, {}}, "bar x=name y=v") == "nothing to draw: no rows");
  BOOST_TEST(refusal_of(text, "bar x=name y=v") == "nothing to draw: no number in column \"v\"");
  BOOST_TEST(refusal_of(many, "bar x=name y=v") ==
             "401 bars are too many to draw: 400 at most; use --limit, or ask for less");
  BOOST_TEST(refusal_of(text, "bar x=nam y=v") ==
             "the chart has no column \"nam\"; nearest: \"name\"; there are: name, v");
  BOOST_TEST(guess_chart(text).reason == "nothing to draw: no column of numbers");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile
