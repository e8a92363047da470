#include "words.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

namespace planfile::test {
namespace {

struct Meant {
  std::string table, column, word, code;
};
std::ostream& operator<<(std::ostream& out, const Meant& it) {
  return out << it.table << '.' << it.column << ' ' << it.word;
}

const Meant kMeant[] = {{"target", "nature", "预期性", "expected"},
                        {"target", "nature", "约束性", "binding"},
                        {"target", "nature", "【约束性】", "binding"},
                        {"target", "nature", "约 束 性", "binding"},
                        {"target", "claim", "完成", "met"},
                        {"target", "claim", "已完成", "met"},
                        {"target", "claim", "达到", "met"},
                        {"target", "claim", "基本完成", "partly_met"},
                        {"target", "claim", "未完成", "not_met"},
                        {"target", "claim", "Not Met", "not_met"},
                        {"target", "claim", "未评估", "not_assessed"},
                        {"project", "stage", "在建", "implementation"},
                        {"project", "stage", "续建", "implementation"},
                        {"project", "stage", "前期", "preparation"},
                        {"project", "stage", "谋划", "identification"},
                        {"project", "stage", "储备", "identification"},
                        {"project", "stage", "竣工", "completion"},
                        {"project", "stage", "建成", "completion"},
                        {"project", "stage", "终止", "cancelled"},
                        {"project", "sector", "铁路运输", "transport.rail"},
                        {"project", "sector", "Waste and water", ""},
                        {"project", "sector", "Water and waste", "waterAndWaste"},
                        {"observation", "measure", "同比", "yoy"},
                        {"observation", "measure", "增速", "yoy"},
                        {"target", "measure", "总量", "level"},
                        {"target", "measure", "绝对值", "level"},
                        {"target", "measure", "年均增长", "cagr"},
                        {"target", "measure", "Year-on-year", "yoy"},
                        {"milestone", "kind", "开工", "start"},
                        {"milestone", "kind", "竣工", "completed"},
                        {"milestone", "kind", "竣工验收", "accepted"},
                        {"milestone", "kind", "投产", "production"},
                        {"observation", "status", "预计", "P"},
                        {"observation", "status", "初步核算", "P"},
                        {"observation", "status", "预测数", "F"},
                        {"entity", "kind", "县级市", "city"},
                        {"source", "kind", "统计年鉴", "yearbook"}};

const Meant kNotMeant[] = {
    {"target", "claim", "大概", ""},
    {"target", "claim", "", ""},
    {"project", "stage", "停工", ""},  // no stage of the life
    {"project", "stage", "完成度", ""},
    {"observation", "measure", "累计增长", ""},  // of a year to date, or a span
    {"observation", "measure", "同比增减", ""},  // a rate, or a difference
    {"entity", "kind", "市", ""},                // of a prefecture, or a county
    {"observation", "note", "同比", ""},
    {"nothing", "at all", "同比", ""}};

}  // namespace

BOOST_AUTO_TEST_SUITE(words)

BOOST_DATA_TEST_CASE(a_word_stands_for_a_code, kMeant) {
  const auto code = code_of_word(sample.table, sample.column, sample.word);

  BOOST_TEST(std::string(code.value_or("")) == sample.code);
}

BOOST_DATA_TEST_CASE(a_word_that_is_unknown_or_may_mean_two_codes_stands_for_none, kNotMeant) {
  BOOST_TEST(!code_of_word(sample.table, sample.column, sample.word));
}

BOOST_AUTO_TEST_CASE(loosened_text_lacks_what_only_typography_tells_apart) {
  BOOST_TEST(loosened("ＧＤＰ（亿元）") == "gdp亿元");
  BOOST_TEST(loosened(" 地 区　生产总值 ") == "地区生产总值");
  BOOST_TEST(loosened("“万亩千亿”新产业平台") == "万亩千亿新产业平台");
  BOOST_TEST(loosened("《纲要》[2021] 'x'") == "纲要2021x");
  BOOST_TEST(loosened("Élan Vital") == "élanvital");
  BOOST_TEST(loosened("") == "");
}

BOOST_AUTO_TEST_CASE(loosened_text_keeps_capitals_where_they_matter) {
  BOOST_TEST(loosened("（ｍＷ）", Capitals::kept) == "mW");
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_stays_as_it_is) {
  BOOST_TEST(loosened("A\xFF b") == "A\xFF b");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
