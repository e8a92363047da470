#include <boost/test/unit_test.hpp>

#include <string>

#include "support.h"

namespace planfile::test {
namespace {

constexpr const char* kHeader = "indicator,entity,period,value,source,locator\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_undo)

BOOST_FIXTURE_TEST_CASE(the_newest_import_is_taken_back, PlanFile) {
  const std::string rows = write("gdp.csv", std::string(kHeader) +
                                                "gdp,330602,2020,1010,outline,表 1\n"
                                                "gdp,330602,2021,1108.5,report,\n"
                                                "gdp,330602,2022,1200,report,\n");
  run({"import", file(), "observation", rows});

  const auto [code, out, err] = run({"undo", file()});

  BOOST_TEST(code == 0);
  BOOST_TEST(out == "");
  BOOST_TEST(err == file() + ": import 1 (gdp.csv) taken back: 2 rows removed, 1 restored\n");
  BOOST_TEST(value("SELECT count(*), total(value), (SELECT count(*) FROM import) "
                   "FROM observation") == "1,1008.5,0");
}

BOOST_FIXTURE_TEST_CASE(an_import_is_taken_back_by_its_number, PlanFile) {
  const std::string one =
      write("one.csv", std::string(kHeader) + "gdp,330602,2021,1108.5,report,\n");
  const std::string two = write("two.csv", std::string(kHeader) + "gdp,330602,2022,1200,report,\n");
  run({"import", file(), "observation", one});
  run({"import", file(), "observation", two});

  const auto [code, out, err] = run({"undo", file(), "1"});

  BOOST_TEST(code == 0);
  BOOST_TEST(err == file() + ": import 1 (one.csv) taken back: 1 row removed, 0 restored\n");
  BOOST_TEST(value("SELECT group_concat(period) FROM observations") == "\"2020,2022\"");
}

BOOST_FIXTURE_TEST_CASE(what_later_work_depends_on_is_refused_and_the_file_stays, PlanFile) {
  const std::string names = write("names.csv", "code,name,kind\nfuquan,福全街道,town\n");
  const std::string rows =
      write("gdp.csv", std::string(kHeader) + "gdp,福全街道,2021,1108.5,report,\n");
  run({"import", file(), "entity", names});
  run({"import", file(), "observation", rows});
  const std::string before = read(file());

  const auto [code, out, err] = run({"undo", file(), "1"});

  BOOST_TEST(code == 1);
  BOOST_TEST(err == "planfile: " + file() +
                        ": import 1 (names.csv) can't be taken back: later rows refer to what it "
                        "brought: entity \"fuquan\" is in 1 row of observation\n");
  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(a_cascade_is_shown_first_and_done_when_agreed, PlanFile) {
  const std::string names = write("names.csv", "code,name,kind\nfuquan,福全街道,town\n");
  const std::string rows =
      write("gdp.csv", std::string(kHeader) + "gdp,福全街道,2021,1108.5,report,\n");
  const std::string other =
      write("other.csv", std::string(kHeader) + "gdp,330602,2022,1200,report,\n");
  const std::string changed =
      write("changed.csv", std::string(kHeader) + "gdp,福全街道,2021,1109,report,\n");
  run({"import", file(), "entity", names});
  run({"import", file(), "observation", rows});
  run({"import", file(), "observation", other});
  run({"import", file(), "observation", changed});
  const std::string before = read(file());

  const auto shown = run({"undo", file(), "1", "--cascade"});
  const bool is_as_it_was = read(file()) == before;
  const auto done = run({"undo", file(), "1", "--cascade", "--yes"});

  BOOST_TEST(shown.code == 1);
  BOOST_TEST(shown.err == file() +
                              ": import 1 goes with 2 later ones, which depend on it:\n"
                              "  import 4 (changed.csv): 0 rows removed, 1 restored\n"
                              "  import 2 (gdp.csv): 1 row removed, 0 restored\n"
                              "  import 1 (names.csv): 1 row removed, 0 restored\n"
                              "nothing was changed; --yes takes them back\n");
  BOOST_TEST(is_as_it_was);
  BOOST_TEST(done.code == 0);
  BOOST_TEST(value("SELECT group_concat(file) FROM import") == "other.csv");
  BOOST_TEST(value("SELECT group_concat(period) FROM observations") == "\"2020,2022\"");
}

BOOST_FIXTURE_TEST_CASE(a_cascade_is_asked_about_at_a_terminal, PlanFile) {
  run({"import", file(), "entity", write("names.csv", "code,name,kind\nfuquan,福全街道,town\n")});
  run({"import", file(), "observation",
       write("gdp.csv", std::string(kHeader) + "gdp,福全街道,2021,1108.5,report,\n")});
  const std::string before = read(file());
  const auto answered = [&](const std::string& answer) {
    return shell(
        "printf '" + answer + "\\n' | script -qefc " +
        shell_word(shell_word(PLANFILE_COMMAND) + " undo " + shell_word(file()) + " 1 --cascade") +
        " /dev/null");
  };

  const Outcome refused = answered("n");
  const bool is_as_it_was = read(file()) == before;
  const Outcome agreed = answered("y");

  BOOST_TEST(refused.out.find("import 2 (gdp.csv): 1 row removed") != std::string::npos);
  BOOST_TEST(refused.out.find("Take them back? [y/N]") != std::string::npos, refused.out);
  BOOST_TEST(refused.code == 1);
  BOOST_TEST(is_as_it_was);
  BOOST_TEST(agreed.code == 0, agreed.out);
  BOOST_TEST(value("SELECT count(*) FROM import") == "0");
}

BOOST_FIXTURE_TEST_CASE(a_cascade_of_one_is_simply_done, PlanFile) {
  const std::string rows = write("gdp.csv", std::string(kHeader) + "gdp,330602,2022,1,report,\n");
  run({"import", file(), "observation", rows});

  const auto [code, out, err] = run({"undo", file(), "--cascade"});

  BOOST_TEST(code == 0);
  BOOST_TEST(err == file() + ": taken back: import 1 (gdp.csv): 1 row removed, 0 restored\n");
}

BOOST_FIXTURE_TEST_CASE(an_import_that_is_not_there_is_a_wrong_question, PlanFile) {
  const auto none = run({"undo", file()});
  const auto word = run({"undo", file(), "gdp.csv"});

  BOOST_TEST(none.code == 2);
  BOOST_TEST(none.err == "planfile: " + file() + ": no import to take back\n");
  BOOST_TEST(word.code == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
