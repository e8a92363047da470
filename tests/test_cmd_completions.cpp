#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "completion.h"
#include "support.h"

namespace planfile::test {
namespace {

std::vector<std::string> offered(const std::vector<std::string>& words) {
  std::vector<std::string> texts;
  for (const Candidate& candidate : complete(words).candidates) texts.push_back(candidate.text);
  return texts;
}

using Words = std::vector<std::string>;

BOOST_FIXTURE_TEST_SUITE(cmd_completions, PlanFile)

BOOST_AUTO_TEST_CASE(the_first_word_becomes_a_command) {
  BOOST_TEST(offered({"impo"}) == Words{"import"}, boost::test_tools::per_element());
  BOOST_TEST(offered({"comple"}) == Words{"completions"}, boost::test_tools::per_element());
  BOOST_TEST(offered({"nothing-like-it"}).empty());
}

BOOST_AUTO_TEST_CASE(a_dash_begins_an_option) {
  BOOST_TEST(offered({"run", file(), "--time"}) == Words{"--timeout"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_option_of_few_values_offers_them) {
  BOOST_TEST(offered({"queries", file(), "--lang", ""}) == (Words{"zh", "en"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(saved_queries_and_their_parameters_come_out_of_the_file) {
  BOOST_TEST(offered({"run", file(), "target-prog"}) == Words{"target-progress"},
             boost::test_tools::per_element());
  BOOST_TEST(offered({"run", file(), "target-progress", "-p", "as"}) == Words{"as_of="},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(indicators_and_entities_come_out_of_the_file) {
  BOOST_TEST(offered({"why", file(), "rd-"}) == Words{"rd-share"},
             boost::test_tools::per_element());
  BOOST_TEST(offered({"why", file(), "gdp", "33"}) == Words{"330602"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(where_a_file_may_stand_the_shell_offers_its_own) {
  BOOST_TEST(complete(Words{"run", ""}).files);
  BOOST_TEST(complete(Words{"import", file(), "--map", ""}).files);
  BOOST_TEST(!complete(Words{"run", file(), ""}).files);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_none_offers_nothing_and_says_nothing) {
  const Outcome answer = run({"complete", "--", "run", path("none.db"), "target"});

  BOOST_TEST(answer.code == 0);
  BOOST_TEST(answer.out == "\n");
  BOOST_TEST(answer.err == "");
}

BOOST_AUTO_TEST_CASE(bash_completes_a_saved_query) {
  const std::string script =
      "eval \"$($0 completions bash)\"; COMP_WORDS=($0 run $1 value-lat); COMP_CWORD=3; _planfile; "
      "echo \"${COMPREPLY[@]}\"";
  const Outcome done = shell("bash -c " + shell_word(script) + " " + shell_word(PLANFILE_COMMAND) +
                             " " + shell_word(file()));

  BOOST_TEST(done.out == "value-latest\n");
}

BOOST_AUTO_TEST_CASE(a_manual_page_has_every_option_of_the_help) {
  const std::string page = run({"man", "run"}).out;

  BOOST_TEST(page.starts_with(".TH \"planfile-run\" 1"));
  for (const char* option :
       {"\\-p,\\-\\-param", "\\-\\-columns", "\\-\\-timeout", "\\fIFILE\\fR"}) {
    BOOST_TEST(page.find(option) != std::string::npos, option);
  }
}

BOOST_AUTO_TEST_CASE(no_page_for_an_unknown_command) {
  const Outcome none = run({"man", "fly"});

  BOOST_TEST(none.code == 2);
  BOOST_TEST(none.err == "planfile: no command \"fly\"\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile::test
