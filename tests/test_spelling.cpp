#include "spelling.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace planfile::test {
namespace {

struct Sought {
  std::string name, word;
  std::size_t begin, end;  // in characters
};
std::ostream& operator<<(std::ostream& out, const Sought& it) {
  return out << it.name << " by " << it.word;
}

const std::vector<Sought> kByPinyin = {
    {"越城区", "ycq", 0, 3},       {"越城区", "yuecheng", 0, 2},  {"越城区", "yuech", 0, 2},
    {"绍兴市", "shao", 0, 1},      {"绍兴市", "xs", 1, 3},        {"会稽山", "kuaiji", 0, 2},
    {"长兴县", "changxing", 0, 2}, {"乐清市", "yueqing", 0, 2},   {"重庆", "chongqing", 0, 2},
    {"厦门市", "xiamen", 0, 2},    {"六安市", "luan", 0, 2},      {"吕梁", "lvliang", 0, 2},
    {"吕梁", "luliang", 0, 2},     {"中国银行", "yinhang", 2, 4}, {"嵊州市", "szs", 0, 3},
};

const std::vector<Sought> kNotByPinyin = {
    {"越城区", "yu", 0, 0},  // a part of one syllable alone would find half of all names
    {"越城区", "y", 0, 0},         {"越城区", "ycx", 0, 0},
    {"越城区", "yueqcheng", 0, 0}, {"GDP总量", "gdp", 0, 0},  // that is found as it stands
    {"越城区", "越城", 0, 0},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(spelling)

BOOST_AUTO_TEST_CASE(forms_of_one_text_are_spelled_alike) {
  BOOST_TEST((spelled("ＧＤＰ（亿元）") == spelled("gdp(亿元)")));
  BOOST_TEST((spelled("越城區國民經濟") == spelled("越城区国民经济")));
  BOOST_TEST((spelled("Yuèchéng Ⅳ") == U"yuecheng iv"));
  BOOST_TEST((spelled("a\xFF"
                      "b") == U"a\uFFFDb"));
}

BOOST_AUTO_TEST_CASE(what_is_found_leads_back_to_the_bytes) {
  const std::string text = "①越城區ＧＤＰ";

  const Spelled form = spelled_with_origins(text);
  const auto found = find_word(form.text, U"区gdp");

  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(text.substr(form.origins[found->begin],
                         form.origins[found->end] - form.origins[found->begin]) == "區ＧＤＰ");
}

BOOST_AUTO_TEST_CASE(letters_are_found_where_a_word_begins_and_chinese_anywhere) {
  BOOST_TEST(find_word(U"urban-rural income ratio", U"income").has_value());
  BOOST_TEST(find_word(U"urban-rural income ratio", U"inc").has_value());
  BOOST_TEST(find_word(U"人均gdp增速", U"gdp").has_value());
  BOOST_TEST(find_word(U"地区生产总值", U"总值").has_value());
  BOOST_TEST(!find_word(U"urban-rural income ratio", U"come").has_value());
  BOOST_TEST(!find_word(U"outcome and income", U"come").has_value());
  BOOST_TEST(!find_word(U"text", U"").has_value());
}

BOOST_DATA_TEST_CASE(a_name_is_found_by_its_pronunciation, kByPinyin) {
  const auto found = find_pinyin(spelled(sample.name), spelled(sample.word));

  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->begin == sample.begin);
  BOOST_TEST(found->end == sample.end);
}

BOOST_DATA_TEST_CASE(what_is_no_pronunciation_of_it_is_not_found, kNotByPinyin) {
  BOOST_TEST(!find_pinyin(spelled(sample.name), spelled(sample.word)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
