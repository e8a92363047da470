#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "history.h"
#include "query_plan.h"
#include "shell.h"
#include "support.h"

namespace planfile::test {
namespace {

// Someone at the shell, without a terminal.
class Session {
 public:
  enum class Access { read, write };

  explicit Session(const std::string& file, Access access = Access::read)
      : screen_(io_), shell_(options(file, access), io_, screen_) {}

  // What the lines print, errors among it.
  std::string say_all(const std::vector<std::string>& lines) {
    text_.str("");
    for (const std::string& line : lines) {
      try {
        shell_.take(line);
      } catch (const Error& error) {
        text_ << error.what() << '\n';
      }
    }
    return text_.str();
  }
  std::string say(const std::string& line) { return say_all({line}); }

  // What Tab offers behind `before`.
  std::vector<std::string> offered(std::string_view before, std::string_view after = {}) {
    std::vector<std::string> words;
    for (const Suggestion& one : shell_.complete(before, after).words) words.push_back(one.text);
    return words;
  }

  Shell& shell() { return shell_; }

 private:
  static ShellOptions options(const std::string& file, Access access) {
    ShellOptions options;
    options.file = file;
    options.write = access == Access::write;
    options.manner = Manner::interactive;
    return options;
  }

  std::istringstream in_;
  std::ostringstream text_;
  Io io_{in_, text_, text_};
  PlainScreen screen_;
  Shell shell_;
};

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

using Words = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_sql)

BOOST_FIXTURE_TEST_CASE(a_statement_runs_once_it_is_complete, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say("SELECT code,") == "");
  BOOST_TEST(session.shell().prompt() == "     ...> ");
  BOOST_TEST(session.say_all({"-- the name; in Chinese", "  name"}) == "");
  BOOST_TEST(session.say("FROM indicator WHERE code = 'gdp'; -- done") ==
             "code  name\n----  ------------\ngdp   地区生产总值\n");
  BOOST_TEST(session.shell().prompt() == "planfile> ");
  BOOST_TEST(session.say("SELECT 1; SELECT 2;") == "1\n-\n1\n2\n-\n2\n");
}

BOOST_FIXTURE_TEST_CASE(lines_that_say_nothing_do_nothing, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say_all({"", "  ", "-- only a comment", "/* two", "lines */", ";"}) == "");
  BOOST_TEST(session.shell().pending() == "");
}

BOOST_FIXTURE_TEST_CASE(an_error_is_marked_and_the_shell_goes_on, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say_all({"SELECT '越城区',", "  valu FROM latest;"}) ==
             "line 2, column 3: no such column: valu; nearest: \"value\"\n"
             "    valu FROM latest;\n    ^\n");
  BOOST_TEST(session.say("SELECT 1；") ==
             "unrecognized token: \"1；\"; \"；\" is a full-width sign, SQL takes ;\n"
             "  SELECT 1；\n          ^\n");
  BOOST_TEST(session.say("DELETE FROM unit;") ==
             "refused: a query only reads; this statement would do more; "
             "with --write, SQL may change rows\n");
  BOOST_TEST(session.say("SELECT 7;") == "7\n-\n7\n");
  BOOST_TEST(session.say("SELECT 1 AS one WHERE FALSE;") == "one\n---\nno rows\n");
}

BOOST_FIXTURE_TEST_CASE(commands_are_known_by_their_name_or_its_beginning, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say(".help timer") ==
             ".timer on|off               Tell the time that each statement takes\n");
  BOOST_TEST(session.say(".h").find(".tables [PATTERN]") != std::string::npos);
  BOOST_TEST(session.say(".fromat") ==
             "no command \".fromat\"; nearest: \".format\"; .help lists them\n");
  BOOST_TEST(session.say(".t") == "\".t\" may be .tables or .timer\n");
  BOOST_TEST(session.say_all({".for csv", "SELECT 1;"}) == "1\n1\n");
  BOOST_TEST(session.say(".mode") == "csv\n");
  BOOST_TEST(session.say(".format yaml").starts_with("no format \"yaml\""));
  BOOST_TEST(session.say(".run 'a") == "a ' is not closed\n");
  BOOST_TEST(!session.shell().is_over());
  session.say("exit");
  BOOST_TEST(session.shell().is_over());
}

BOOST_FIXTURE_TEST_CASE(tables_and_schema_show_what_is_there, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say(".tables obs%").find("observations") != std::string::npos);
  BOOST_TEST(session.say(".tables obs%").find("target") == std::string::npos);
  BOOST_TEST(session.say(".schema alias").starts_with("CREATE TABLE alias ("));
  BOOST_TEST(session.say(".schema alais") == "no table or view \"alais\"; nearest: \"alias\"\n");
  BOOST_TEST(session.say(".describe 越城").starts_with("Entity (entity-detail)\n"));
  BOOST_TEST(session.say(".queries").find("value-latest") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_last_rows_are_drawn, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say(".chart") == "no rows have been shown yet that could be drawn\n");
  session.say("SELECT 'a' AS place, 2 AS share UNION ALL SELECT 'b', 4;");
  const std::string drawn = session.say(".chart bar x=place y=share");
  BOOST_TEST(drawn.find("█") != std::string::npos, drawn);
  BOOST_TEST(session.say("SELECT 1 AS one;") == "one\n---\n  1\n");  // a table again
}

BOOST_FIXTURE_TEST_CASE(a_saved_query_takes_its_parameters, PlanFile) {
  Session session(file());
  session.say(".format csv");

  BOOST_TEST(session.say(".run value-latest -p indicator=GDP --columns period,value") ==
             "period,value\n2020,1008.5\n");
  BOOST_TEST(session.say(".run value-latest indicator='地区生产总值' --columns value") ==
             "value\n1008.5\n");
  BOOST_TEST(session.say(".run value-latest indicatr=x")
                 .starts_with("value-latest: no parameter \"indicatr\"; nearest: \"indicator\""));
  BOOST_TEST(session.say(".run value-lates") ==
             "no saved query \"value-lates\"; nearest: \"value-latest\", \"value-pace\"\n");
  BOOST_TEST(session.say(".run value-latest x") == "not NAME=VALUE: \"x\"\n");
}

BOOST_FIXTURE_TEST_CASE(the_last_statement_may_be_saved_and_explained, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say(".save mine") == "no statement has run yet that could be saved\n");
  session.say("SELECT count(*) AS n FROM source;");
  BOOST_TEST(session.say(".save mine") == "mine: saved\n");
  BOOST_TEST(session.say(".run mine") == "n\n-\n2\n");
  BOOST_TEST(session.say(".save value-latest").find("one of planfile's own queries") !=
             std::string::npos);
  BOOST_TEST(session.say(".explain").find("└─ read all of source") == 0);
  BOOST_TEST(session.say(".explain SELECT * FROM source WHERE code = 'x' ORDER BY title")
                 .find("look up in source by index ") != std::string::npos);
  BOOST_TEST(session.say("EXPLAIN QUERY PLAN SELECT 1;") == "└─ take a single row of constants\n");
}

BOOST_FIXTURE_TEST_CASE(results_go_to_a_file_until_they_come_back, PlanFile) {
  Session session(file());

  BOOST_TEST(session.say_all({".format csv", ".output " + path("out.csv"), "SELECT 1 AS a;",
                              "SELECT 2 AS b;", ".output"}) == "");

  BOOST_TEST(read(path("out.csv")) == "a\n1\nb\n2\n");
  BOOST_TEST(session.say("SELECT 3 AS c;") == "c\n3\n");
  BOOST_TEST(session.say_all({".format table", ".once " + path("one.csv"), "SELECT 3 AS c;"}) ==
             "");
  BOOST_TEST(session.say(".output " + file()) == file() + ": exists already\n");
  BOOST_TEST(session.say(".output " + path("no/such")) == path("no/such") + ": can't be written\n");
}

BOOST_FIXTURE_TEST_CASE(the_timer_tells_time_and_rows, PlanFile) {
  Session session(file());

  const std::string said = session.say_all({".timer on", "SELECT code FROM indicator;"});

  BOOST_TEST(said.ends_with(" s, 2 rows\n"));
  BOOST_TEST(session.say_all({".timer off", "SELECT 1;"}) == "1\n-\n1\n");
}

BOOST_FIXTURE_TEST_CASE(changes_are_counted_and_a_transaction_shows, PlanFile) {
  Session session(file(), Session::Access::write);

  BOOST_TEST(session.shell().prompt() == "planfile:write> ");
  BOOST_TEST(session.say("BEGIN;") == "");
  BOOST_TEST(session.shell().prompt() == "planfile:write*> ");
  BOOST_TEST(session.say("INSERT INTO source (code, title, kind) VALUES ('x', 'x', 'other');") ==
             "1 row stored\n");
  BOOST_TEST(session.say("UPDATE source SET note = 'y';") == "3 rows changed\n");
  BOOST_TEST(session.say("DELETE FROM source WHERE code = 'x';") == "1 row removed\n");
  BOOST_TEST(session.say("DROP TABLE source;").starts_with("refused: SQL changes rows"));
  BOOST_TEST(session.say(".save mine") == "a transaction is open; COMMIT or ROLLBACK it first\n");
  BOOST_TEST(session.say_all({"COMMIT;", "SELECT count(*) AS n FROM revision;"}) == "n\n-\n5\n");
}

BOOST_FIXTURE_TEST_CASE(the_first_error_of_a_script_ends_it_with_its_line, PlanFile) {
  const auto [code, out, err] = run({"sql", file(), "--format", "csv"},
                                    "-- a script\nSELECT 1 AS a;\n.format json\nSELECT 2 AS "
                                    "b;\n\nSELECT 3,\n  valu\nFROM latest;\nSELECT 4;\n");

  BOOST_TEST(code == 2);
  BOOST_TEST(out == "a\n1\n[\n{\"b\":2}\n]\n");
  BOOST_TEST(err ==
             "planfile: stdin:7: no such column: valu; nearest: \"value\"\n    valu\n    ^\n");
}

BOOST_FIXTURE_TEST_CASE(several_statements_in_one_argument_run_one_after_the_other, PlanFile) {
  const auto both = run({"sql", file(), "SELECT 1 AS a; SELECT 2 AS b", "--format", "csv"});
  const auto broken = run({"sql", file(), "SELECT 1 AS a;\nSELEC 2", "--format", "csv"});

  BOOST_TEST(both.code == 0);
  BOOST_TEST(both.out == "a\n1\nb\n2\n");
  BOOST_TEST(broken.code == 2);
  BOOST_TEST(broken.out == "a\n1\n");
  BOOST_TEST(broken.err.starts_with("planfile: SQL:2: "), broken.err);
}

BOOST_FIXTURE_TEST_CASE(all_results_of_a_script_go_to_one_file_or_none_does, PlanFile) {
  const std::string to = path("o.csv");

  BOOST_TEST(run({"sql", file(), "SELECT 1 AS a; SELECT 2 AS b", "-o", to}).code == 0);
  BOOST_TEST(read(to) == "a\n1\nb\n2\n");
  BOOST_TEST(run({"sql", file(), "SELECT 3; SELECT 4", "-o", to}).code == 2);  // it exists
  BOOST_TEST(run({"sql", file(), "SELECT 3; SELEC 4", "-o", to, "--force"}).code == 2);
  BOOST_TEST(read(to) == "a\n1\nb\n2\n");
  const auto sheet = run({"sql", file(), "SELECT 1; SELECT 2", "-o", path("o.xlsx")});
  BOOST_TEST(sheet.code == 2);
  BOOST_TEST(sheet.err.find("holds one result") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_script_may_lack_its_last_semicolon_but_not_its_commit, PlanFile) {
  BOOST_TEST(run({"sql", file(), "-", "--format", "csv"}, "SELECT 1 AS a").out == "a\n1\n");

  const auto open = run({"sql", file(), "--write"}, "BEGIN;\nUPDATE source SET note = 'x';\n");

  BOOST_TEST(open.code == 2);
  BOOST_TEST(
      open.err ==
      "2 rows changed\nplanfile: a transaction was open at the end; its changes are undone\n");
  BOOST_TEST(value("SELECT count(*) FROM source WHERE note IS NOT NULL") == "0");
}

BOOST_FIXTURE_TEST_CASE(a_command_that_fails_ends_a_script, PlanFile) {
  const auto [code, out, err] = run({"sql", file()}, ".describe nothing-such\nSELECT 1;\n");

  BOOST_TEST(code == 2);
  BOOST_TEST(out == "");
}

BOOST_FIXTURE_TEST_CASE(tab_offers_words_of_sql, PlanFile) {
  Session session(file());

  BOOST_TEST((session.offered("SELEC") == Words{"SELECT"}));
  BOOST_TEST((session.offered("selec") == Words{"select"}));
  BOOST_TEST((session.offered("SELECT * FROM observ") == Words{"observation", "observations"}));
  BOOST_TEST((session.offered("SELECT indicator_n", " FROM latest") ==
              Words{"indicator_name", "indicator_name_en"}));
  BOOST_TEST(
      (session.offered("SELECT * FROM targets AS t JOIN latest AS l ON l.per") == Words{"period"}));
  BOOST_TEST((session.offered("SELECT group_c") == Words{"group_concat("}));
  BOOST_TEST(has(session.offered("SELECT * FROM plan WHERE "), "period_id"));
  BOOST_TEST(session.offered("SELECT ").empty());
  BOOST_TEST(session.offered("-- sel").empty());
}

BOOST_FIXTURE_TEST_CASE(tab_offers_names_within_quotes, PlanFile) {
  Session session(file());

  BOOST_TEST((session.offered("SELECT '地区") == Words{"地区生产总值"}));
  BOOST_TEST((session.offered("SELECT 1 FROM latest WHERE indicator_name = '地区", "") ==
              Words{"地区生产总值"}));
  BOOST_TEST((session.offered("SELECT 1 FROM latest WHERE indicator = '地区") == Words{"gdp"}));
  BOOST_TEST((session.offered("SELECT 1 FROM latest WHERE indicator = 'GD") == Words{"gdp"}));
  BOOST_TEST((session.offered("SELECT 1 FROM latest WHERE indicator IN ('gdp', 'rd") ==
              Words{"rd-share"}));
  BOOST_TEST(
      (session.offered("SELECT 1 FROM latest WHERE period = '20") == Words{"2020", "2021/2025"}));
  BOOST_TEST((session.offered("SELECT 1 FROM latest WHERE entity = '袍江") == Words{"paojiang"}));
  BOOST_TEST(session.offered("SELECT 1 FROM latest WHERE indicator = 'x%").empty());
}

BOOST_FIXTURE_TEST_CASE(tab_offers_what_a_command_takes, PlanFile) {
  Session session(file());

  BOOST_TEST((session.offered(".desc") == Words{".describe"}));
  BOOST_TEST((session.offered(".run value-l") == Words{"value-latest"}));
  BOOST_TEST((session.offered(".run value-latest indic") == Words{"indicator="}));
  BOOST_TEST((session.offered(".run value-latest indicator=地") == Words{"gdp"}));
  BOOST_TEST((session.offered(".run target-progress method=l") == Words{"linear"}));
  BOOST_TEST((session.offered(".format nd") == Words{"ndjson"}));
  BOOST_TEST((session.offered(".schema mile") == Words{"milestone", "milestones"}));
  BOOST_TEST((session.offered(".describe 地区") == Words{"地区生产总值"}));
  BOOST_TEST(
      (session.offered(".explain SELECT * FROM observ") == Words{"observation", "observations"}));
}

BOOST_AUTO_TEST_CASE(what_all_words_share_is_whole_characters) {
  const Suggestion words[] = {{"地区", ""}, {"地价", ""}};
  const Suggestion unlike[] = {{"地", ""}, {"在", ""}};  // the first byte is the same

  BOOST_TEST(common_beginning(words) == "地");
  BOOST_TEST(common_beginning(unlike) == "");
}

BOOST_FIXTURE_TEST_CASE(statements_are_remembered_for_their_owner_alone, Folder) {
  HistoryFile history(path("state/planfile/history"));

  history.add("SELECT 1;");
  history.add("SELECT 'a\nb\\';");

  BOOST_TEST((history.read() == Words{"SELECT 1;", "SELECT 'a\nb\\';"}));
  BOOST_TEST(shell("stat -c %a " + shell_word(path("state/planfile/history"))).out == "600\n");
  BOOST_TEST(folded("SELECT a, -- first\n  b /* x */ FROM t\n;") == "SELECT a, b FROM t ;");
}

BOOST_AUTO_TEST_CASE(a_plan_that_goes_round_in_a_ring_still_ends) {
  std::ostringstream out;
  const Table ring{{"id", "parent", "notused", "detail"},
                   {{std::int64_t{0}, std::int64_t{0}, std::int64_t{0}, "SCAN x"}}};

  print_query_plan(ring, "zh", out);

  BOOST_TEST(is_query_plan(ring));
  BOOST_TEST(out.str() == "└─ 通读 x\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
