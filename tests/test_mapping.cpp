#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "planfile/mapping.h"
#include "binding.h"
#include "layouts.h"

namespace data = boost::unit_test::data;

namespace planfile::test {
namespace {

using From = Origin::From;

Mapping full_mapping() {
  Mapping mapping;
  mapping.encoding = "GB18030";
  mapping.delimiter = '\t';
  mapping.header_line = 3;
  mapping.header_rows = 2;
  mapping.skip_totals = true;
  Rule figures;
  figures.table = "observation";
  figures.columns = {{"indicator", {From::above, "指标"}}, {"entity", {From::code, "REF_AREA"}},
                     {"value", {From::cell, {}}},          {"unit", {From::title, {}}},
                     {"source", {From::text, "年鉴"}},     {"unit_mult", {From::column, "倍数"}}};
  figures.spread = {{"2023年/增长(%)", {{"measure", "yoy"}, {"period", "2023年"}}}, {"甲", {}}};
  figures.bracketed = {{"period", {From::text, "2021/2025"}}};
  Rule wide;
  wide.table = "target";
  wide.columns = {{"value", {From::cell, {}}}};
  wide.spread_over = "period";
  mapping.rules = {figures, wide};
  return mapping;
}

constexpr std::string_view kFullText = R"text({
  "encoding": "GB18030",
  "delimiter": "\t",
  "header_line": 3,
  "header_rows": 2,
  "rules": [
    {
      "table": "observation",
      "columns": {
        "indicator": {
          "above": "指标"
        },
        "entity": {
          "code": "REF_AREA"
        },
        "value": "cell",
        "unit": "title",
        "source": {
          "text": "年鉴"
        },
        "unit_mult": {
          "column": "倍数"
        }
      },
      "spread": [
        {
          "column": "2023年/增长(%)",
          "says": {
            "period": "2023年",
            "measure": "yoy"
          }
        },
        {
          "column": "甲"
        }
      ],
      "bracketed": {
        "period": {
          "text": "2021/2025"
        }
      }
    },
    {
      "table": "target",
      "columns": {
        "value": "cell"
      },
      "spread_over": "period"
    }
  ],
  "skip_totals": true
}
)text";

struct Refused {
  std::string json, reason;
};

std::ostream& operator<<(std::ostream& out, const Refused& shown) { return out << shown.json; }

const std::vector<Refused> kRefused{
    {"", "not JSON: empty"},
    {"{\n\"rules\": [\n}", "not JSON: line 3 can't be read"},
    {"[]", "the mapping: not an object"},
    {R"({"rule": []})", "the mapping: unknown key: \"rule\"; nearest: \"rules\""},
    {"{}", "rules: missing; a mapping has at least one"},
    {R"({"rules": []})", "rules: not a list of rules"},
    {R"({"rules": {}})", "rules: not a list of rules"},
    {R"({"rules": [1]})", "rule 1: not an object"},
    {R"({"rules": [{}]})", "rule 1: table: missing"},
    {R"({"rules": [{"table": "observations"}]})",
     "rule 1: no such table: \"observations\"; nearest: \"observation\""},
    {R"({"rules": [{"table": "import"}]})", "rule 1: no such table: \"import\""},
    {R"({"rules": [{"table": "target", "columns": {"valeu": "cell"}}]})",
     "rule 1: columns: unknown column of target: \"valeu\"; nearest: \"value\""},
    {R"({"rules": [{"table": "target", "columns": {"value": "cel"}}]})",
     "rule 1: value: none of {\"column\": NAME}, {\"text\": TEXT}, {\"above\": NAME}, "
     "{\"code\": NAME}, \"cell\", \"title\""},
    {R"({"rules": [{"table": "target", "columns": {"value": {"text": "a", "column": "b"}}}]})",
     "rule 1: value: none of {\"column\": NAME}, {\"text\": TEXT}, {\"above\": NAME}, "
     "{\"code\": NAME}, \"cell\", \"title\""},
    {R"({"rules": [{"table": "target", "spread": {}}]})", "rule 1: spread: not a list"},
    {R"({"rules": [{"table": "target", "spread": [{"says": {}}]}]})",
     "rule 1: spread 1: column: missing"},
    {R"({"rules": [{"table": "target", "spread": [{"column": "a", "says": {"perod": "2020"}}]}]})",
     "rule 1: spread 1: says: unknown column of target: \"perod\"; nearest: \"period\""},
    {R"({"rules": [{"table": "target", "spread": [{"column": "a", "says": {"unit": 3}}]}]})",
     "rule 1: spread 1: says: unit: not a text"},
    {R"({"rules": [{"table": "target", "spread_over": "year"}]})",
     "rule 1: spread_over: none of \"period\", \"entity\", \"indicator\": \"year\""},
    {R"({"delimiter": ";;", "rules": [{"table": "unit"}]})",
     "delimiter: not a single character of ASCII: \";;\""},
    {R"({"delimiter": "\"", "rules": [{"table": "unit"}]})",
     "delimiter: not a single character of ASCII: \"\"\""},
    {R"({"header_line": 0, "rules": [{"table": "unit"}]})", "header_line: not a number from 1 on"},
    {R"({"header_rows": -1, "rules": [{"table": "unit"}]})", "header_rows: not a number from 1 on"},
    {R"({"encoding": 5, "rules": [{"table": "unit"}]})", "encoding: not a text"},
    {R"({"skip_totals": "yes", "rules": [{"table": "unit"}]})",
     "skip_totals: neither true nor false"},
};

constexpr std::string_view kTable =
    "绍兴市2023年1-8月\n指标,单位,8月,1-8月,序号,甲\ngdp,亿元,1,2,9,3\n";

std::string reason_of(const Mapping& mapping) {
  const Bound bound = bind_mapping(mapping, open_table(kTable).sheet, layout_catalogue());
  std::string reasons;
  for (const Issue& issue : bound.issues) reasons += to_text(issue) + "\n";
  return reasons;
}

Mapping one_rule(Rule rule) {
  Mapping mapping;
  mapping.rules.push_back(std::move(rule));
  return mapping;
}

Rule figures_of(std::map<std::string, Origin, std::less<>> columns) {
  Rule rule;
  rule.table = "observation";
  rule.columns = std::move(columns);
  return rule;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mapping)

BOOST_AUTO_TEST_CASE(a_mapping_is_printed_in_the_order_of_its_parts) {
  BOOST_TEST(to_json(full_mapping()) == kFullText);
}

BOOST_AUTO_TEST_CASE(what_is_printed_reads_back_the_same) {
  const auto read = parse_mapping(kFullText);

  BOOST_REQUIRE_MESSAGE(read, read.reason);
  BOOST_TEST((*read == full_mapping()));
}

BOOST_AUTO_TEST_CASE(what_is_empty_is_left_out) {
  Mapping mapping;
  mapping.rules.push_back(
      {.table = "unit", .columns = {}, .spread = {}, .spread_over = {}, .bracketed = {}});

  BOOST_TEST(to_json(mapping) ==
             "{\n  \"rules\": [\n    {\n      \"table\": \"unit\"\n    }\n  ]\n}\n");
}

BOOST_DATA_TEST_CASE(a_mapping_with_a_slip_is_refused_with_the_place, data::make(kRefused), given) {
  const auto read = parse_mapping(given.json);

  BOOST_TEST(!read);
  BOOST_TEST(read.reason == given.reason);
}

BOOST_AUTO_TEST_CASE(a_rule_binds_to_the_columns_of_a_header) {
  Rule rule = figures_of({{"indicator", {From::column, "指标"}},
                          {"entity", {From::text, "330602"}},
                          {"period", {From::title, {}}},
                          {"value", {From::column, "1-8月"}}});

  const Bound bound = bind_mapping(one_rule(rule), open_table(kTable).sheet, layout_catalogue());

  BOOST_TEST(bound.issues.empty());
  BOOST_REQUIRE(bound.rules.size() == 1U);
  const BoundRule& fact = bound.rules.front();
  BOOST_REQUIRE(fact.columns.size() == 4U);
  BOOST_TEST(
      (fact.columns[0] == std::pair<std::string, BoundColumn>("entity", {kNoColumn, "330602"})));
  BOOST_TEST((fact.columns[1] == std::pair<std::string, BoundColumn>("indicator", {0, ""})));
  BOOST_TEST((fact.columns[2] ==
              std::pair<std::string, BoundColumn>("period", {kNoColumn, "2023-01/2023-08"})));
  BOOST_TEST((fact.columns[3] == std::pair<std::string, BoundColumn>("value", {3, ""})));
  BOOST_TEST((fact.value_cells == std::vector<std::size_t>{3}));
  BOOST_TEST((bound.used == std::vector<bool>{true, false, false, true, false, false}));
}

BOOST_AUTO_TEST_CASE(spreads_are_expanded_and_their_periods_completed) {
  Rule rule = figures_of({{"indicator", {From::column, "指标"}}, {"value", {From::cell, {}}}});
  rule.spread_over = "period";

  const Opened table = open_table(kTable);

  BOOST_TEST(
      facts_of(table, one_rule(rule)) ==
          (std::vector<std::string>{"3 observation indicator=gdp period=2023-08 value=1",
                                    "3 observation indicator=gdp period=2023-01/2023-08 value=2"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_spread_says_overrules_the_columns) {
  Rule rule = figures_of({{"indicator", {From::column, "指标"}},
                          {"unit", {From::column, "单位"}},
                          {"period", {From::title, {}}},
                          {"value", {From::cell, {}}}});
  rule.spread = {{"甲", {{"unit", "%"}, {"period", "2022"}}}};

  BOOST_TEST(
      facts_of(open_table(kTable), one_rule(rule)) ==
          (std::vector<std::string>{"3 observation indicator=gdp period=2022 value=3 unit=%"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_year_of_a_period_may_stand_in_another_column) {
  const Opened table = open_table("年份,月份,季度,数值\n2023年,8,三季度,5\n2022,10月,2021-Q4,6\n");
  Rule months = figures_of({{"year", {From::column, "年份"}},
                            {"period", {From::column, "月份"}},
                            {"value", {From::column, "数值"}}});
  Rule quarters = months;
  quarters.columns["period"] = {From::column, "季度"};

  BOOST_TEST(facts_of(table, one_rule(months)) ==
                 (std::vector<std::string>{"2 observation period=2023-08 value=5",
                                           "3 observation period=2022-10 value=6"}),
             boost::test_tools::per_element());
  BOOST_TEST(facts_of(table, one_rule(quarters)) ==
                 (std::vector<std::string>{"2 observation period=2023-Q3 value=5",
                                           "3 observation period=2021-Q4 value=6"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_code_of_a_cell_ends_at_the_first_colon_and_blank) {
  BOOST_TEST(code_of("A: Annual") == "A");
  BOOST_TEST(code_of("XC:PLAN(1.0): County: plan") == "XC:PLAN(1.0)");
  BOOST_TEST(code_of(" 330602 ") == "330602");
}

BOOST_AUTO_TEST_CASE(square_brackets_count_where_they_enclose_the_whole_cell) {
  BOOST_TEST(*unbracketed("[13.5]") == "13.5");
  BOOST_TEST(*unbracketed(" 〔≥8〕 ") == "≥8");
  BOOST_TEST(*unbracketed("【10】") == "10");
  BOOST_TEST(!unbracketed("13.5").has_value());
  BOOST_TEST(!unbracketed("[1] 2").has_value());
  BOOST_TEST(!unbracketed("[]").has_value());
}

BOOST_AUTO_TEST_CASE(what_does_not_bind_is_told) {
  Rule lacking =
      figures_of({{"indicator", {From::column, "指 标"}}, {"value", {From::column, "1-8月"}}});
  Rule lone_cell = figures_of({{"value", {From::cell, {}}}});
  Rule no_cell = figures_of({{"value", {From::column, "甲"}}});
  no_cell.spread = {{"8月", {}}};
  Rule untitled = figures_of({{"plan", {From::title, {}}}, {"value", {From::column, "甲"}}});
  untitled.table = "target";
  Rule nowhere = figures_of({{"value", {From::cell, {}}}});
  nowhere.spread_over = "period";
  nowhere.columns["note"] = {From::column, "8月"};
  nowhere.columns["locator"] = {From::column, "1-8月"};

  BOOST_TEST(reason_of(one_rule(lacking)) ==
             "2: the header has no column \"指 标\"; nearest: \"指标\"\n");
  BOOST_TEST(reason_of(one_rule(lone_cell)) ==
             "2: a rule with \"cell\" is spread over no columns\n");
  BOOST_TEST(reason_of(one_rule(no_cell)) ==
             "2: a rule that is spread over columns has \"cell\" for none of its own\n");
  BOOST_TEST(reason_of(one_rule(untitled)) == "2: plan: the titles name no plan\n");
  BOOST_TEST(reason_of(one_rule(nowhere)) == "2: no column reads as a period\n");
}

BOOST_AUTO_TEST_CASE(a_kept_mapping_takes_titles_and_new_columns_of_the_next_file) {
  const auto mapping = parse_mapping(
      R"({"rules": [{"table": "observation", "columns": {"indicator": {"column": "指标"},
          "entity": "title", "value": "cell", "unit": "title"}, "spread_over": "period"}]})");
  const Opened next = open_table("诸暨市主要指标\n单位：万元\n指标,1-9月,8月,1-8月\n");
  const Opened later = open_table("诸暨市2024年主要指标\n单位：万元\n指标,1-9月,8月\ngdp,7,8\n");

  BOOST_TEST(!bind_mapping(*mapping, next.sheet, layout_catalogue()).issues.empty());
  BOOST_TEST(
      facts_of(later, *mapping) ==
          (std::vector<std::string>{
              "4 observation indicator=gdp entity=诸暨市 period=2024-01/2024-09 value=7 unit=万元",
              "4 observation indicator=gdp entity=诸暨市 period=2024-08 value=8 unit=万元"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
