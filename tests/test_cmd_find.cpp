#include <boost/test/unit_test.hpp>

#include "support.h"

namespace planfile::test {

BOOST_AUTO_TEST_SUITE(cmd_find)

BOOST_FIXTURE_TEST_CASE(a_thing_is_found_in_either_language, PlanFile) {
  const auto english = run({"find", file(), "paojiang"});
  const auto chinese = run({"find", file(), "袍江", "--lang", "zh"});

  BOOST_TEST(english.code == 0);
  BOOST_TEST(english.out ==
             "kind    code      name           found\n"
             "------  --------  -------------  -----\n"
             "entity  paojiang  Paojiang Zone\n");
  BOOST_TEST(chinese.out ==
             "种类  代码      名称        所在\n"
             "----  --------  ----------  ----\n"
             "对象  paojiang  袍江经开区\n");
  BOOST_TEST(english.err == "");
}

BOOST_FIXTURE_TEST_CASE(where_the_name_does_not_show_it_the_text_found_does, PlanFile) {
  BOOST_TEST(run({"find", file(), "pjjkq"}).out.find("Paojiang Zone  袍江经开区\n") !=
             std::string::npos);
  BOOST_TEST(run({"find", file(), "总值", "--kind", "indicator"}).out ==
             "kind       code  name                    found\n"
             "---------  ----  ----------------------  ------------\n"
             "indicator  gdp   Gross domestic product  地区生产总值\n");
}

BOOST_FIXTURE_TEST_CASE(programs_get_both_names_and_the_whole_text, PlanFile) {
  BOOST_TEST(run({"find", file(), "R&D", "--kind", "indicator", "--format", "csv"}).out ==
             "kind,code,name,name_en,which,text\n"
             "indicator,rd-share,研发经费占比,R&D share,name_en,R&D share\n");
}

BOOST_FIXTURE_TEST_CASE(more_than_shown_is_told_and_nothing_is_exit_1, PlanFile) {
  const auto few = run({"find", file(), "县", "--kind", "entity", "--limit", "2"});
  const auto none = run({"find", file(), "袍江", "--kind", "plan"});

  BOOST_TEST(few.err.starts_with("the best 2 of "), few.err);
  BOOST_TEST(few.err.ends_with("; --limit shows more\n"), few.err);
  BOOST_TEST(none.code == 1);
  BOOST_TEST(none.out == "");
  BOOST_TEST(none.err == "nothing found of kind plan\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
