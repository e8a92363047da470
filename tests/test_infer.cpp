#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "planfile/mapping.h"
#include "layouts.h"
#include "table_columns.h"
#include "support.h"

namespace data = boost::unit_test::data;

namespace planfile::test {
namespace {

constexpr auto kSourced = true;

// A file of tests/data/layouts, with its mapping beside it as JSON, made by hand; how many facts it
// holds, counted by hand; and one of them.
struct Layout {
  std::string name;
  Wish wish;
  std::size_t facts;
  std::string one;
};

std::ostream& operator<<(std::ostream& out, const Layout& shown) { return out << shown.name; }

Wish sourced(std::vector<std::string> said = {}) {
  return {
      .table = {}, .has_source = kSourced, .has_plan = false, .said = std::move(said), .plan = {}};
}

Wish planned(std::string plan) {
  return {
      .table = {}, .has_source = kSourced, .has_plan = true, .said = {}, .plan = std::move(plan)};
}

Wish asked(std::string table) {
  return {
      .table = std::move(table), .has_source = kSourced, .has_plan = false, .said = {}, .plan = {}};
}

const std::vector<Layout> kLayouts{
    {"portal-annual", sourced({"entity"}), 24,
     "8 observation indicator=年末总人口(万人) period=2020 value=141212"},
    {"portal-province", sourced(), 15,
     "7 observation indicator=地区生产总值 entity=安徽省 period=2019 value=36845.5 unit=亿元"},
    {"portal-quarter", sourced({"entity"}), 8,
     "5 observation indicator=第一产业增加值_当季值(亿元) period=2022-Q1 value=10954"},
    {"yearbook-two-rows", sourced(), 14,
     "6 observation indicator=一般公共预算收入 entity=绍兴市 period=2022 value=6.0 unit=% "
     "measure=yoy"},
    {"bulletin-month", sourced(), 16,
     "5 observation indicator=社会消费品零售总额 entity=绍兴市 period=2024-01/2024-08 value=5.6 "
     "unit=% measure=yoy"},
    {"bulletin-relative", sourced(), 8,
     "3 observation indicator=规模以上工业增加值 entity=诸暨市 period=2022-01/2022-10 value=268.0 "
     "unit=亿元"},
    {"plan-14th", planned("yuecheng-14th"), 14,
     "6 target indicator=一般公共预算收入 period=2025 value=110 unit=亿元 nature=预期性 "
     "base_value=78.74 base_period=2020 category=综合实力"},
    {"plan-mean", planned("xinchang-14th"), 12,
     "5 target indicator=新增城镇就业人数（万人） period=2021/2025 value=2.5 measure=level "
     "nature=预期性 number=3"},
    {"plan-sums", planned("yuecheng-14th"), 4,
     "4 target indicator=新增城镇就业人数 period=2021/2025 value=8 unit=万人 nature=预期性 "
     "base_value=10 base_period=2016/2020"},
    {"midterm", planned("keqiao-14th"), 9,
     "4 target indicator=规上工业增加值 period=2025 value=700 unit=亿元 nature=预期性 "
     "base_value=463.5 base_period=2020 claim=未达到 number=2"},
    {"projects-plain", asked(""), 6,
     "3 outlay project=2203-330602-04-02-017 period=2023 planned=60000 spent=58700 unit=万元 "
     "source=重点项目月报"},
    {"long-english",
     {},
     4,
     "5 observation indicator=Permanent population entity=Zhuji period=2022 value=121.9 "
     "unit=10 000 persons status=A source=sx-yearbook note=year-end"},
    {"world-bank", sourced(), 11,
     "9 observation indicator=SP.POP.TOTL entity=Japan period=2020 value=126261000"},
    {"databank", sourced(), 6,
     "3 observation indicator=SP.POP.TOTL entity=China period=2020 value=1411100000"},
    {"sdmx-1", sourced(), 5,
     "6 observation indicator=POP entity=330624 period=2022 unit=PS status=M unit_mult=4"},
    {"sdmx-2-both", sourced(), 3,
     "4 observation indicator=POP entity=330681 period=2023 value=122.1 unit=10KPS status=P"},
    {"sdmx-eurostat", sourced(), 3,
     "3 observation indicator=B1GQ entity=DE period=2023 value=4121160.0 unit=CP_MEUR status=p"},
    {"entities-across", sourced(), 15,
     "4 observation indicator=常住人口 entity=诸暨市 period=2023 value=122.1 unit=万人"},
    {"entities-plain", sourced(), 9,
     "6 observation indicator=地区生产总值 entity=新昌县 period=2023 value=623.5 unit=亿元"},
    {"indicators-across", sourced(), 12,
     "5 observation indicator=地区生产总值 entity=绍兴市 period=2021 value=8.7 unit=% measure=yoy"},
    {"indicators-plain", sourced({"period"}), 9,
     "3 observation indicator=社会消费品零售总额 entity=柯桥区 value=512.3"},
    {"semicolon", sourced({"period"}), 6,
     "2 observation indicator=Gross domestic product entity=Ningbo value=16452.8 "
     "unit=100 million yuan"},
    {"tab", sourced({"indicator"}), 6,
     "3 observation entity=柯桥区 period=2023 value=113.9 note=含柯岩"},
    {"excel-export", sourced(), 9,
     "9 observation indicator=一般公共预算收入 entity=诸暨市 period=2022 value=978400 unit=万元"},
    {"tidy-chinese",
     {},
     3,
     "4 observation indicator=规模以上工业增加值 entity=越城区 period=2022年12月 value=27.4 "
     "unit=亿元 scope=规上 source=统计月报 note=当月数"},
    {"yearbook-continued", sourced({"entity"}), 18,
     "6 observation indicator=其中：第一产业 period=2022 value=239.8 unit=亿元"},
    {"months-joined", sourced(), 15,
     "6 observation indicator=规模以上工业增加值 entity=诸暨 period=2024-01/2024-02 value=61.0 "
     "unit=亿元"},
    {"quarters-two-rows", sourced(), 12,
     "6 observation indicator=地区生产总值 entity=越城区 period=2024-Q1 value=296.4 unit=亿元"},
    {"mixed-units", sourced(), 10,
     "5 observation indicator=出口总额 entity=柯桥区 period=2023 value=-2.4% unit=% measure=yoy"},
    {"english-annual", sourced(), 9,
     "4 observation indicator=Permanent population entity=Shaoxing period=2022 value=535.3 "
     "unit=10 000 persons"},
    {"merged-regions", sourced(), 8,
     "5 observation indicator=常住人口 entity=柯桥区 period=2022 value=112.8 unit=万人"},
};

Inference inferred(const Opened& table, const Wish& wish) {
  return infer(table.sheet, table.data, layout_catalogue(), wish);
}

Mapping expected(const std::string& name) {
  const auto read_back =
      parse_mapping(read(root() / "tests" / "data" / "layouts" / (name + ".json")));
  BOOST_REQUIRE_MESSAGE(read_back, read_back.reason);
  return *read_back;
}

std::string faults_of(const Inference& inference) {
  std::string faults;
  for (const Issue& fault : inference.faults) faults += to_text(fault) + "\n";
  return faults;
}

std::string faults_of(std::string_view text, const Wish& wish) {
  return faults_of(inferred(open_table(text), wish));
}

std::string meanings_of(std::string_view text, const Wish& wish) {
  std::string meanings;
  for (const std::string& meaning : inferred(open_table(text), wish).meanings) {
    meanings += (meanings.empty() ? "" : " | ") + meaning;
  }
  return meanings;
}

std::vector<std::string> facts_of(std::string_view text, const Wish& wish) {
  const Opened table = open_table(text);
  const Inference inference = inferred(table, wish);
  BOOST_TEST(faults_of(inference) == "");
  return facts_of(table, inference.mapping);
}

// Headers of a book's tables, as data/shaoxing has them.
std::vector<std::string> book_tables() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(root() / "data" / "shaoxing")) {
    if (entry.path().extension() == ".csv") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

struct Shown {
  std::string text, fault;
  Wish wish;
};

std::ostream& operator<<(std::ostream& out, const Shown& shown) { return out << shown.text; }

const std::vector<Shown> kFaults{
    {"indicater,entity,period,value\ngdp,330602,2020,1\n",
     "1: indicater: unknown column \"indicater\"; nearest: \"indicator\"\n", sourced()},
    {"indicator,entity,perod,value\ngdp,330602,2020,1\n",
     "1: perod: unknown column \"perod\"; nearest: \"period\"\n", sourced()},
    {"指标,地区,时间,数值\ngdp,越城区,2020,1\n",
     "1: no column names the source; tell it with --source CODE\n",
     {}},
    {"指标,地区,数值\ngdp,越城区,1\n",
     "1: nothing tells the period, and the titles name no period; call a column 时间 or period, or "
     "tell it with --set period=2023\n",
     sourced()},
    {"指标,2023年\ngdp,1\n",
     "1: no column names whom the figures are about, and the titles name no entity; call one 地区 "
     "or "
     "entity, or tell it with --set entity=NAME\n",
     sourced()},
    {"地区,2023年\n越城区,1\n",
     "1: no column names the indicator, and the titles name no indicator; call one 指标 or "
     "indicator, or tell it with --set indicator=NAME\n",
     sourced()},
    {"浙江省与绍兴市\n指标,2023年\ngdp,1\n",
     "2: no column names whom the figures are about, and the titles name more than one entity: "
     "\"浙江省\", \"绍兴市\"; call one 地区 or entity, or tell it with --set entity=NAME\n",
     sourced()},
    {"年份,甲方,乙方\n2020,1,2\n",
     "1: the columns may be indicators or entities (0 known as the one, 0 as the other); say which "
     "in "
     "a mapping (--map)\n",
     sourced()},
    {"年份,越城区,地区生产总值\n2020,1,2\n",
     "1: the columns may be indicators or entities (1 known as the one, 1 as the other); say which "
     "in "
     "a mapping (--map)\n",
     sourced()},
    {"2024年\n指标,执行数字,预算数字\n地区生产总值,1,2\n",
     "2: 执行数字: \"执行数字\" is no known entity; add it to the file first, or say in a mapping "
     "(--map) what it is\n"
     "2: 预算数字: \"预算数字\" is no known entity; add it to the file first, or say in a mapping "
     "(--map) what it is\n",
     sourced()},
    {"越城区\n指标,1-8月\ngdp,1\n",
     "2: 1-8月: \"1-8月\" names no year, and the titles name no period; name the period in a "
     "mapping "
     "(--map)\n",
     sourced()},
    {"年份,季度,地区,指标,数值\n2023,1,越城区,gdp,5\n",
     "1: 季度: a quarter is told as Q1 or 一季度, not as \"1\"\n", sourced()},
    {"越城区\n指标,2022年,2023年,增减\ngdp,1,2,1\n",
     "2: 增减: a change in % or in the figures' unit? say which in the header, or in a mapping "
     "(--map)\n",
     sourced()},
    {"越城区\n指标,2021年,2022年,2023年,年均增长\ngdp,1,2,3,4\n",
     "2: 年均增长: a mean growth over which years? say so in the header, or in a mapping (--map)\n",
     sourced()},
    {"指标,单位,2020年,2022年,2025年,属性\ngdp,亿元,1,2,3,预期性\n",
     "1: 2022年: a target, or a result? say so in the header (2025年目标, 2023年实际), or in a "
     "mapping "
     "(--map)\n",
     planned("yuecheng-14th")},
    {"指标,2020年,2025年,年均,属性\ngdp,1,2,3,预期性\n",
     "1: 年均: mean growth, or the mean of the levels, as rates have it? rows may differ; say in "
     "the "
     "header (年均增长), or in a mapping (--map)\n",
     planned("yuecheng-14th")},
    {"越城区\n指标,2020年,2025年,属性\ngdp,1,2,预期性\n",
     "2: nothing names the plan of the targets; tell it with --plan CODE\n", sourced()},
    {"绍兴市\n指标,2020年,2025年,属性\ngdp,1,2,预期性\n",
     "2: the titles name the entity \"绍兴市\", but the plan \"yuecheng-14th\" is of \"330602\"; "
     "say "
     "which with --set entity=NAME, or name another plan\n",
     planned("yuecheng-14th")},
    {"项目名称,建设地点,总投资\n甲,越城区,5\n",
     "1: 总投资: money in which unit? say so in the header, 总投资(亿元), or with --set "
     "unit=亿元\n",
     sourced()},
    {"项目名称,建设地点,开工时间\n甲,越城区,2023年5月\n",
     "1: 开工时间: planned dates, or actual ones? say so in the header (计划开工时间, "
     "实际开工时间) or in "
     "a mapping (--map)\n",
     sourced()},
    {"项目名称,建设地点,年度计划投资(亿元)\n甲,越城区,5\n",
     "1: 年度计划投资(亿元): money of which year? say so in the header (2024年计划投资) or with "
     "--set "
     "period=2024\n",
     sourced()},
    {"DATAFLOW,REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE\n"
     "A:B(1.0),330602,POP,M,2020,1\nA:B(1.0),330602,POP,F,2020,2\n",
     "1: SEX: a dimension with several values, which would fall into one series: keep one of them, "
     "or give the column a meaning in a mapping (--map)\n",
     sourced()},
    {"STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n"
     "dataflow,A:B(1.0),D,330602,POP,2020,1\n",
     "1: ACTION: rows that delete (ACTION D) can't be imported\n", sourced()},
    {"DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nA:B(1.0),330602,GDP,2020,1,8\n",
     "1: UNIT_MULT: a power of ten without a column UNIT_MEASURE; name the unit in a mapping "
     "(--map)\n",
     sourced()},
    {"指标,,2023年,地区\n甲,乙,1,越城区\n",
     "1: #2: a column without a name has cells, such as \"乙\"; name it, or leave it out in a "
     "mapping "
     "(--map)\n",
     sourced()},
    {"a,b,c\nx,y,z\n",
     "1: the columns make no facts of any table: none holds figures, or nothing names what they "
     "are; "
     "give the columns its names, or write a mapping (--map)\n",
     sourced()},
    {"a,b\nx,1\n", "1: no such table: \"targets\"; nearest: \"target\"\n", asked("targets")},
    {"code,nmae,kind\nx,甲,zone\n", "1: nmae: unknown column \"nmae\"; nearest: \"name\"\n",
     asked("entity")},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(infer)

BOOST_DATA_TEST_CASE(each_layout_is_understood_as_by_hand, data::make(kLayouts), given) {
  const Opened table = open_layout(given.name);

  const Inference inference = inferred(table, given.wish);

  BOOST_TEST(faults_of(inference) == "");
  BOOST_TEST(to_json(inference.mapping) == to_json(expected(given.name)));
  BOOST_TEST(inference.meanings.size() == table.sheet.columns.size());
}

BOOST_DATA_TEST_CASE(each_layout_yields_the_facts_that_it_shows, data::make(kLayouts), given) {
  const Opened table = open_layout(given.name);

  const auto facts = facts_of(table, expected(given.name));

  BOOST_TEST(facts.size() == given.facts);
  BOOST_TEST(std::count(facts.begin(), facts.end(), given.one) == 1);
}

BOOST_DATA_TEST_CASE(what_was_inferred_reads_back_the_same, data::make(kLayouts), given) {
  const Mapping mapping = inferred(open_layout(given.name), given.wish).mapping;

  const auto read_back = parse_mapping(to_json(mapping));

  BOOST_REQUIRE_MESSAGE(read_back, read_back.reason);
  BOOST_TEST((*read_back == mapping));
}

BOOST_AUTO_TEST_CASE(a_list_of_projects_yields_projects_steps_and_money) {
  const Opened table = open_layout("projects");

  const Inference inference = inferred(table, sourced());

  BOOST_TEST(
      faults_of(inference) ==
      "3: 截至2023年底累计完成投资: money spent since when? leave the column out in a mapping "
      "(--map), or write a rule with the span of days there\n");
  BOOST_TEST(to_json(inference.mapping) == to_json(expected("projects")));
  const auto facts = facts_of(table, inference.mapping);
  BOOST_TEST(facts.size() == 10U);
  BOOST_TEST(facts.at(5) ==
             "6 milestone project=生物医药产业园二期 kind=completed planned=2026年12月");
}

BOOST_AUTO_TEST_CASE(a_nameless_half_of_a_merged_header_is_not_dropped_unseen) {
  const Opened table = open_layout("result-13th");

  const Inference inference = inferred(table, planned("yuecheng-13th"));

  BOOST_TEST(
      faults_of(inference) ==
      "2: #3: a column without a name has cells, such as \"化学需氧量排放（万吨）\"; name it, or "
      "leave it out in a mapping (--map)\n");
  BOOST_TEST(to_json(inference.mapping) == to_json(expected("result-13th")));
  const auto facts = facts_of(table, inference.mapping);
  BOOST_TEST(facts.size() == 11U);
  BOOST_TEST(facts.at(1) ==
             "3 target indicator=全区生产总值（亿元） period=2020 value=1000 claim=完成 number=1");
}

BOOST_DATA_TEST_CASE(a_header_of_a_table_of_its_own_is_read_as_that, data::make(book_tables()),
                     name) {
  const Opened table = open_table(read(root() / "data" / "shaoxing" / (name + ".csv")));

  const Inference inference = inferred(table, {});

  BOOST_TEST(faults_of(inference) == "");
  BOOST_REQUIRE(inference.mapping.rules.size() == 1U);
  const Rule& rule = inference.mapping.rules.front();
  BOOST_TEST(rule.table == name);
  BOOST_TEST(rule.columns.size() == table.sheet.columns.size());
  for (const auto& [column, origin] : rule.columns) BOOST_TEST(origin.text == column);
}

// The table's needed columns and each other one, or none. A lone column makes no table.
std::vector<std::string> own_headers(const ImportTable& table) {
  std::vector<std::string> headers;
  for (std::size_t with = 0; with <= table.columns.size(); ++with) {
    const bool adds_one = with < table.columns.size() && !table.columns[with].needed();
    if (!adds_one && with < table.columns.size()) continue;
    std::string header;
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      if (!table.columns[at].needed() && at != with) continue;
      header += (header.empty() ? "" : ",") + std::string(table.columns[at].name);
    }
    if (header.find(',') != std::string::npos) headers.push_back(std::move(header));
  }
  return headers;
}

BOOST_AUTO_TEST_CASE(every_subset_of_own_columns_is_read_by_its_own_names) {
  for (const ImportTable& table : tables_to_import()) {
    for (const std::string& header : own_headers(table)) {
      BOOST_TEST_CONTEXT(table.name << ": " << header) {
        const auto width = static_cast<std::size_t>(std::count(header.begin(), header.end(), ','));
        const Opened opened = open_table(header + "\nx" + std::string(width, ',') + "\n");

        const Inference inference = inferred(opened, asked(std::string(table.name)));

        BOOST_TEST(faults_of(inference) == "");
        BOOST_REQUIRE(inference.mapping.rules.size() == 1U);
        const Rule& rule = inference.mapping.rules.front();
        BOOST_TEST(rule.table == table.name);
        BOOST_TEST(rule.columns.size() == width + 1);
        for (const auto& [column, origin] : rule.columns) BOOST_TEST(origin.text == column);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_source_told_apart_leaves_the_table_its_own) {
  constexpr std::string_view kText =
      "code,name,entity,kind,stage\nhangs,某工业园,330602,park,implementation\n";

  BOOST_TEST(facts_of(kText, asked("project")) ==
                 (std::vector<std::string>{"2 project code=hangs name=某工业园 entity=330602 "
                                           "kind=park stage=implementation"}),
             boost::test_tools::per_element());
  BOOST_TEST(facts_of(kText, sourced()) == facts_of(kText, asked("project")),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(own_names_hold_in_a_list_of_projects_too) {
  const auto facts =
      facts_of("code,name,地区,kind,parent,总投资(亿元)\nhangs,某工业园,越城区,park,zone-1,12.5\n",
               asked("project"));

  BOOST_TEST(facts == (std::vector<std::string>{"2 project code=hangs name=某工业园 entity=越城区 "
                                                "kind=park investment=12.5 unit=亿元 "
                                                "parent=zone-1"}),
             boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(what_stays_open_is_a_fault_that_says_what_to_do, data::make(kFaults), given) {
  BOOST_TEST(faults_of(given.text, given.wish) == given.fault);
}

BOOST_AUTO_TEST_CASE(columns_without_a_meaning_are_named) {
  BOOST_TEST(
      meanings_of("序号,指标,地区,时间,数值,审核人,排名,\n1,gdp,越城区,2020,5,李,2,\n",
                  sourced()) ==
      "passed over: number of the row | indicator | entity | period | value | passed over: no "
      "meaning found | passed over: a rank needs the group it is within | passed over: empty");
}

BOOST_AUTO_TEST_CASE(growth_belongs_to_the_figures_beside_it) {
  const auto facts = facts_of("越城区\n指标,2023年,2022年,增长%\ngdp,1,2,3\n", sourced());

  BOOST_TEST(facts == (std::vector<std::string>{
                          "3 observation indicator=gdp entity=越城区 period=2023 value=1",
                          "3 observation indicator=gdp entity=越城区 period=2022 value=2",
                          "3 observation indicator=gdp entity=越城区 period=2023 value=3 unit=% "
                          "measure=yoy"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_mean_growth_is_over_the_years_between) {
  const auto facts = facts_of("越城区\n指标,2015年,2020年,年均增长(%)\ngdp,1,2,3\n", sourced());

  BOOST_TEST(
      facts.back() ==
      "3 observation indicator=gdp entity=越城区 period=2016/2020 value=3 unit=% measure=cagr");
}

BOOST_AUTO_TEST_CASE(months_across_and_years_down_make_months) {
  const auto facts =
      facts_of("越城区地区生产总值\n年份,1月,1-2月,上半年\n2022,1,2,\n2023年,4,5,6\n", sourced());

  BOOST_TEST(
      facts == (std::vector<std::string>{
                   "3 observation indicator=地区生产总值 entity=越城区 period=2022-01 value=1",
                   "3 observation indicator=地区生产总值 entity=越城区 period=2022-01/2022-02 "
                   "value=2",
                   "4 observation indicator=地区生产总值 entity=越城区 period=2023-01 value=4",
                   "4 observation indicator=地区生产总值 entity=越城区 period=2023-01/2023-02 "
                   "value=5",
                   "4 observation indicator=地区生产总值 entity=越城区 period=2023-S1 value=6"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(year_and_month_in_two_columns_make_one_period) {
  const auto facts = facts_of("年份,月份,地区,指标,数值\n2023,8,越城区,gdp,5\n", sourced());

  BOOST_TEST(facts.front() == "2 observation indicator=gdp entity=越城区 period=2023-08 value=5");
}

BOOST_AUTO_TEST_CASE(two_headers_may_name_indicator_and_period) {
  const auto facts = facts_of(
      "地区,地区生产总值（亿元）,,常住人口（万人）,\n,2022年,2023年,2022年,2023年\n越城区,1,2,3,"
      "4\n",
      sourced());

  BOOST_TEST(facts.at(2) ==
             "3 observation indicator=常住人口 entity=越城区 period=2022 value=3 unit=万人");
}

BOOST_AUTO_TEST_CASE(a_plan_told_makes_targets_only_of_its_last_year) {
  const auto plan = facts_of("指标,单位,2020年,2025年\ngdp,亿元,1,2\n", planned("yuecheng-14th"));
  const auto years = facts_of("指标,单位,2022年,2023年\ngdp,亿元,1,2\n", planned("yuecheng-14th"));

  BOOST_TEST(plan.back() ==
             "2 target indicator=gdp period=2025 value=2 unit=亿元 base_value=1 base_period=2020");
  BOOST_TEST(years.back() ==
             "2 observation indicator=gdp entity=330602 period=2023 value=2 unit=亿元");
}

BOOST_AUTO_TEST_CASE(a_yearly_plan_has_result_target_and_growth) {
  const auto facts = facts_of(
      "越城区2024年国民经济和社会发展计划\n指标,单位,2023年实际,2024年目标,增长(%)\ngdp,亿元,1,2,"
      "6左右\n",
      planned("yuecheng-14th"));

  BOOST_TEST(facts == (std::vector<std::string>{
                          "3 observation indicator=gdp entity=越城区 period=2023 value=1 unit=亿元",
                          "3 target indicator=gdp period=2024 value=2 unit=亿元",
                          "3 target indicator=gdp period=2024 value=6左右 unit=% measure=yoy"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(english_baselines_and_targets_are_a_plan) {
  const auto facts = facts_of(
      "Indicator,Unit,Baseline 2020,2023 (estimate),Target 2025,Status\ngdp,元,1,2,3,on track\n",
      planned("yuecheng-14th"));

  BOOST_TEST(facts == (std::vector<std::string>{
                          "2 observation indicator=gdp entity=330602 period=2020 value=1 unit=元",
                          "2 observation indicator=gdp entity=330602 period=2023 value=2 unit=元 "
                          "status=P",
                          "2 target indicator=gdp period=2025 value=3 unit=元 base_value=1 "
                          "base_period=2020 claim=on track"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_tidy_table_of_targets_is_one) {
  const auto facts =
      facts_of("规划,指标,年份,目标值,单位,属性\nyuecheng-14th,gdp,2025,1500,亿元,预期性\n", {});

  BOOST_TEST(facts.front() ==
             "2 target plan=yuecheng-14th indicator=gdp period=2025 value=1500 unit=亿元 "
             "nature=预期性");
}

BOOST_AUTO_TEST_CASE(only_facts_of_the_table_asked_for_are_read) {
  constexpr std::string_view kPlan = "越城区\n指标,2020年,2025年,属性\ngdp,1,2,预期性\n";
  Wish targets = planned("yuecheng-14th"), observations = targets;
  targets.table = "target";
  observations.table = "observation";

  BOOST_TEST(
      facts_of(kPlan, targets) ==
          (std::vector<std::string>{"3 target indicator=gdp period=2025 value=2 nature=预期性 "
                                    "base_value=1 base_period=2020"}),
      boost::test_tools::per_element());
  BOOST_TEST(facts_of(kPlan, observations) ==
                 (std::vector<std::string>{
                     "3 observation indicator=gdp entity=越城区 period=2020 value=1"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_table_of_things_may_have_chinese_names) {
  const auto facts = facts_of("代码,名称,英文名称,类型,上级\nbinhai,滨海新区,Binhai,zone,330600\n",
                              asked("entity"));

  BOOST_TEST(facts.front() ==
             "2 entity code=binhai name=滨海新区 name_en=Binhai kind=zone parent=330600");
}

BOOST_AUTO_TEST_CASE(a_header_that_two_tables_share_must_be_asked_for) {
  constexpr std::string_view kText = "code,name,kind\nx,甲,zone\n";

  BOOST_TEST(faults_of(kText, sourced()) ==
             "1: the header may be that of entity or alias; say which: import FILE TABLE CSV\n");
  BOOST_TEST(faults_of(kText, asked("entity")) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
