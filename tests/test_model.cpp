#include "planfile/model.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

#include <fmt/format.h>

namespace planfile::test {
namespace {

void add_unit(Catalogue& known, const Unit& unit) {
  known.units.emplace(unit.code, unit);
  known.add("unit", unit.code, unit.code);
}

// Names as a county's file has them, and the traps among them.
Catalogue names() {
  Catalogue known;
  add_unit(known, {"元", "", "currency_cny", "元", 1, ""});
  add_unit(known, {"万元", "", "currency_cny", "元", 1e4, ""});
  add_unit(known, {"亿元", "", "currency_cny", "元", 1e8, ""});
  add_unit(known, {"人", "", "person", "人", 1, ""});
  add_unit(known, {"平方米", "", "area", "平方米", 1, ""});
  add_unit(known, {"万平方米", "", "area", "平方米", 1e4, ""});
  add_unit(known, {"%", "", "ratio", "1", 0.01, ""});
  known.add("unit", "㎡", "平方米");
  known.add("unit", "上年=100", "%");
  const auto thing = [&](const char* table, const char* code,
                         std::initializer_list<const char*> all) {
    known.add(table, code, code);
    for (const char* name : all) known.add(table, name, code);
  };
  thing("indicator", "gdp", {"地区生产总值", "Gross domestic product"});
  thing("indicator", "GDP-2", {"生产总值（现价）"});
  thing("indicator", "cpi", {"居民消费价格指数"});
  thing("indicator", "retail", {"社会消费品零售总额(1~8月)"});
  thing("indicator", "a-1", {"同名"});
  thing("indicator", "a-2", {"同名"});
  thing("indicator", "b-1", {"Gross Output"});
  thing("indicator", "b-2", {"gross output"});
  thing("entity", "330000", {"浙江省"});
  thing("entity", "330600", {"绍兴市", "绍兴"});
  thing("entity", "330602", {"越城区"});
  thing("entity", "220000", {"吉林省"});
  thing("entity", "220200", {"吉林市"});
  thing("entity", "450000", {"广西壮族自治区"});
  thing("entity", "640000", {"宁夏"});
  thing("entity", "050300", {"某市场"});
  thing("scope", "", {"全口径"});
  return known;
}

struct Found {
  std::string table, name, code;
};
std::ostream& operator<<(std::ostream& out, const Found& it) { return out << it.name; }

const Found kFound[] = {
    {"indicator", "gdp", "gdp"},
    {"indicator", "地区生产总值", "gdp"},
    {"indicator", "地区 生产总值", "gdp"},
    {"indicator", "ＧＤＰ", "gdp"},
    {"indicator", "Gdp", "gdp"},
    {"indicator", "“GDP”", "gdp"},
    {"indicator", "gross domestic PRODUCT", "gdp"},
    {"indicator", "生产总值(现价)", "GDP-2"},
    {"indicator", "生产总值现价", "GDP-2"},
    {"indicator", "地区生产总值(亿元)", "gdp"},
    {"indicator", "地区生产总值（单位：万元）", "gdp"},
    {"indicator", "GDP（亿元）", "gdp"},
    {"indicator", "居民消费价格指数_上年=100", "cpi"},
    {"indicator", "居民消费价格指数（上年=100）", "cpi"},
    {"indicator", "社会消费品零售总额（1~8月）", "retail"},
    {"indicator", "Gross Output", "b-1"},  // exact beats loose
    {"indicator", "gross output", "b-2"},
    {"entity", "浙江", "330000"},
    {"entity", "浙江省", "330000"},
    {"entity", "330000", "330000"},
    {"entity", "「330000」", "330000"},
    {"entity", "浙 江 省", "330000"},
    {"entity", "越城", "330602"},
    {"entity", "绍兴", "330600"},
    {"entity", "广西", "450000"},
    {"entity", "宁夏回族自治区", "640000"},
    {"entity", "050300", "050300"},
    {"unit", "（亿元）", "亿元"},
    {"unit", "％", "%"},
    {"scope", "全口径", ""},
};

struct Refused {
  std::string table, name, says;
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.name; }

const Refused kRefused[] = {
    {"indicator", "同名", "\"同名\" names more than one indicator; give its code"},
    {"indicator", "GROSS OUTPUT", "\"GROSS OUTPUT\" names more than one indicator; give its code"},
    {"indicator", "地区生产总值(现价)",
     "unknown indicator: \"地区生产总值(现价)\"; nearest: \"地区生产总值\""},
    {"entity", "吉林", "\"吉林\" names more than one entity; give its code"},
    {"entity", "绍兴县", "unknown entity: \"绍兴县\"; nearest: \"绍兴\", \"绍兴市\""},
    {"entity", "某", "unknown entity: \"某\""},
    {"entity", "市", "unknown entity: \"市\""},
    {"entity", "50300", "unknown entity: \"50300\"; nearest: \"050300\""},
    {"unit", "YUAN", "unknown unit: \"YUAN\""},
    {"planet", "Mars", "unknown planet: \"Mars\""},
};

struct Split {
  std::string text, name, unit;
};
std::ostream& operator<<(std::ostream& out, const Split& it) { return out << it.text; }

const Split kSplit[] = {
    {"国内生产总值(亿元)", "国内生产总值", "亿元"},
    {"国内生产总值（ 亿元 ）", "国内生产总值", "亿元"},
    {"国内生产总值 (单位：亿元)", "国内生产总值", "亿元"},
    {"GDP(现价)(亿元)", "GDP(现价)", "亿元"},
    {"GDP[万元]", "GDP", "万元"},
    {"比上年增长_%", "比上年增长", "%"},
    {"指数_上年=100", "指数", "%"},
    {"建筑面积（万㎡）", "建筑面积", "万平方米"},
    {"从业人员(千人)", "从业人员", "千人"},
    {"社会消费品零售总额(1~8月)", "社会消费品零售总额(1~8月)", ""},
    {"生产总值(现价)", "生产总值(现价)", ""},
    {"地区_代码", "地区_代码", ""},
    {"（亿元）", "（亿元）", ""},  // a unit is no name
    {" 人口 ", "人口", ""},
    {"", "", ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(model)

BOOST_DATA_TEST_CASE(a_name_is_found_whatever_its_typography, kFound) {
  const auto code = resolve(names(), sample.table, sample.name);

  BOOST_REQUIRE(code);
  BOOST_TEST(*code == sample.code);
}

BOOST_DATA_TEST_CASE(a_name_of_none_or_several_is_refused_with_the_nearest, kRefused) {
  BOOST_TEST(resolve(names(), sample.table, sample.name).reason == sample.says);
}

BOOST_DATA_TEST_CASE(a_unit_behind_a_name_is_split_off_where_it_is_known, kSplit) {
  const NamedUnit parts = split_unit(sample.text, names());

  BOOST_TEST(parts.name == sample.name);
  BOOST_TEST(parts.unit == sample.unit);
}

BOOST_AUTO_TEST_CASE(a_unit_may_open_with_a_multiplier) {
  const Catalogue known = names();

  BOOST_TEST(find_unit(known, "千人")->multiplier == 1000);
  BOOST_TEST(find_unit(known, "千人")->unit->code == "人");
  BOOST_TEST(find_unit(known, "万㎡")->multiplier == 1);  // a unit of its own
  BOOST_TEST(find_unit(known, "万㎡")->code == "万平方米");
  BOOST_TEST(!find_unit(known, "万"));
  BOOST_TEST(!find_unit(known, "万箱"));
}

BOOST_AUTO_TEST_CASE(the_nearest_names_are_sought_once_and_for_few_names_only) {
  const Catalogue known = names();
  const auto says = [&](int at) {
    return resolve(known, "indicator", fmt::format("地区生产总值{}", at)).reason;
  };

  for (int at = 0; at < 20; ++at) BOOST_TEST(says(at).ends_with("; nearest: \"地区生产总值\""));

  BOOST_TEST(says(20) == "unknown indicator: \"地区生产总值20\"");
  BOOST_TEST(says(3) == "unknown indicator: \"地区生产总值3\"; nearest: \"地区生产总值\"");
  BOOST_TEST(resolve(known, "entity", "越城县").reason.ends_with("; nearest: \"越城区\""));
}

BOOST_AUTO_TEST_CASE(a_copy_of_a_catalogue_stands_by_itself) {
  const Catalogue known = names();
  Catalogue copy = known;
  copy.add("indicator", "新指标", "new");

  BOOST_TEST(*resolve(copy, "indicator", "新 指标") == "new");
  BOOST_TEST(!resolve(known, "indicator", "新指标"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
