#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "support.h"

namespace planfile::test {
namespace {

// A command line asked wrongly.
struct Wrong {
  std::vector<std::string> words;
  std::string says;
};
std::ostream& operator<<(std::ostream& out, const Wrong& it) { return out << it.says; }

const Wrong kWrong[] = {
    {{}, "A subcommand is required"},
    {{"biuld"}, "planfile: no command \"biuld\"; nearest: \"build\""},
    {{"run"}, "FILE is required"},
    {{"build", "x"}, "--output is required"},
    {{"sql", "x.db", "SELECT 1", "--format", "yaml"}, "--format: yaml not in {"},
    {{"run", "x.db", "q", "--timeout", "-1"}, "--timeout"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(command)

BOOST_DATA_TEST_CASE(wrong_words_are_explained_on_stderr_with_exit_2, kWrong) {
  const auto [code, out, err] = run(sample.words);

  BOOST_TEST(code == 2);
  BOOST_TEST(out == "");
  BOOST_TEST(err.find(sample.says) != std::string::npos, err);
}

BOOST_AUTO_TEST_CASE(help_and_version_go_to_stdout) {
  const auto help = run({"--help"});
  const auto version = run({"--version"});

  BOOST_TEST(help.code == 0);
  BOOST_TEST(
      help.out.find(
          "Exit codes: 0 done; 1 the data was refused; 2 asked wrongly; 3 could not work.") !=
      std::string::npos);
  BOOST_TEST(version.out == "planfile 0.1.0\n");
}

BOOST_FIXTURE_TEST_CASE(what_is_no_plan_file_is_told_apart, Folder) {
  const std::string text =
      write("text.db", "not a database, only text that is long enough to be one");
  const std::string empty = write("empty.db", "");
  const std::string other = path("other.db");
  shell("sqlite3 " + shell_word(other) + " 'CREATE TABLE t (x)'");

  BOOST_TEST(run({"describe", path("none.db")}).err ==
             "planfile: " + path("none.db") + ": no such file\n");
  BOOST_TEST(run({"describe", path("")}).err ==
             "planfile: " + path("") + ": a folder, not a plan file\n");
  BOOST_TEST(run({"describe", text}).err ==
             "planfile: " + text + ": not a plan file: it is no SQLite file\n");
  BOOST_TEST(run({"describe", empty}).err ==
             "planfile: " + empty + ": not a plan file: it is empty\n");
  BOOST_TEST(run({"describe", other}).err ==
             "planfile: " + other + ": a SQLite file, but not a plan file (application_id 0x0)\n");
  BOOST_TEST(run({"describe", other}).code == 3);
}

BOOST_FIXTURE_TEST_CASE(a_file_cut_short_is_damaged_and_not_a_crash, PlanFile) {
  const std::string whole = read(file());
  write("cut.db", std::string_view(whole).substr(0, 6000));

  const auto [code, out, err] = run({"describe", path("cut.db")});

  BOOST_TEST(code == 3);
  BOOST_TEST(err.starts_with("planfile: " + path("cut.db") + ": damaged: "), err);
}

BOOST_FIXTURE_TEST_CASE(reading_leaves_the_file_and_its_folder_as_they_were, PlanFile) {
  const std::string before = read(file());

  run({"queries", file()});
  run({"describe", file()});
  run({"run", file(), "value-latest"});
  run({"sql", file(), "SELECT 1"});
  run({"export", file(), path("out")});

  BOOST_TEST((read(file()) == before));
  BOOST_TEST(shell("ls " + shell_word(path(""))).out == "book\nout\nplan.db\n");
}

BOOST_FIXTURE_TEST_CASE(a_parameter_is_checked_before_the_query_runs, PlanFile) {
  const auto run_with = [&](const std::string& parameter) {
    return run({"run", file(), "target-progress", "-p", parameter}).err;
  };

  BOOST_TEST(run_with("plan") == "planfile: -p: not NAME=VALUE: \"plan\"\n");
  BOOST_TEST(run_with("pln=x").starts_with(
      "planfile: target-progress: no parameter \"pln\"; nearest: \"plan\"; there are: plan, "));
  BOOST_TEST(run_with("tolerance=x") ==
             "planfile: target-progress: tolerance: not number: \"x\"\n");
  BOOST_TEST(run_with("method=lineal") ==
             "planfile: target-progress: method: not \"lineal\"; one of: linear, compound\n");
  BOOST_TEST(run_with("plan=plan-13") ==
             "planfile: target-progress: unknown plan: \"plan-13\"; nearest: \"plan-14\"\n");
  BOOST_TEST(run({"run", file(), "target-progres"}).err ==
             "planfile: no saved query \"target-progres\"; nearest: \"target-progress\", "
             "\"target-score\"\n");
}

BOOST_FIXTURE_TEST_CASE(a_name_or_alias_serves_as_a_parameter, PlanFile) {
  const auto by_alias = run({"run", file(), "value-latest", "-p", "indicator=GDP"});
  const auto by_name = run({"run", file(), "value-latest", "-p", "indicator=地区生产总值"});

  BOOST_TEST(by_alias.code == 0);
  BOOST_TEST(by_alias.out.find("1008.5") != std::string::npos);
  BOOST_TEST(by_alias.out == by_name.out);
}

BOOST_FIXTURE_TEST_CASE(columns_are_chosen_by_name, PlanFile) {
  const auto chosen =
      run({"run", file(), "value-latest", "--columns", "value,period", "--format", "csv"});
  const auto wrong = run({"run", file(), "value-latest", "--columns", "valeu"});

  BOOST_TEST(chosen.out == "value,period\n1008.5,2020\n");
  BOOST_TEST(wrong.code == 2);
  BOOST_TEST(wrong.err.starts_with("planfile: no column \"valeu\"; there are: indicator_name, "));
}

BOOST_FIXTURE_TEST_CASE(every_format_prints_the_same_rows, PlanFile) {
  const std::string sql = "SELECT indicator_name, value, high FROM observations";
  const auto printed = [&](const std::string& format) {
    return run({"sql", file(), sql, "--format", format}).out;
  };

  BOOST_TEST(printed("table") ==
             "indicator_name   value  high\n"
             "--------------  ------  ----\n"
             "地区生产总值    1008.5\n");
  BOOST_TEST(printed("csv") == "indicator_name,value,high\n地区生产总值,1008.5,\n");
  BOOST_TEST(printed("ndjson") ==
             "{\"indicator_name\":\"地区生产总值\",\"value\":1008.5,\"high\":null}\n");
}

BOOST_FIXTURE_TEST_CASE(describe_finds_a_thing_by_what_it_is, PlanFile) {
  BOOST_TEST(run({"describe", file(), "targets"}).out.find("base_value") != std::string::npos);
  BOOST_TEST(run({"describe", file(), "target-claims"}).out.find("-p plan=") != std::string::npos);
  BOOST_TEST(run({"describe", file(), "地区生产总值"}).out.find("1008.5") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_full_disk_under_stdout_is_told, PlanFile) {
  const auto [code, out, err] =
      shell(shell_word(PLANFILE_COMMAND) + " describe " + shell_word(file()) + " > /dev/full");

  BOOST_TEST(code == 3);
  BOOST_TEST(err == "planfile: the output can't be written\n");
}

BOOST_FIXTURE_TEST_CASE(a_reader_that_has_seen_enough_is_no_failure, PlanFile) {
  const std::string line =
      shell_word(PLANFILE_COMMAND) + " sql " + shell_word(file()) +
      " 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) "
      "SELECT i FROM n' --format csv | head -n 2";

  const auto [code, out, err] = shell("bash -o pipefail -c " + shell_word(line));

  BOOST_TEST(code == 0);
  BOOST_TEST(out == "i\n1\n");
  BOOST_TEST(err == "");
}

BOOST_FIXTURE_TEST_CASE(a_new_file_is_made_once, Folder) {
  BOOST_TEST(run({"new", path("n.db")}).code == 0);
  const auto again = run({"new", path("n.db")});
  const auto nowhere = run({"new", path("no/such/n.db")});

  BOOST_TEST(again.code == 2);
  BOOST_TEST(again.err == "planfile: " + path("n.db") + ": exists already\n");
  BOOST_TEST(nowhere.code == 3);
  BOOST_TEST(nowhere.err ==
             "planfile: " + path("no/such/n.db") + ": can't be written: no such folder\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
