#include <boost/test/unit_test.hpp>

#include <string>

#include "support.h"

namespace planfile::test {

BOOST_AUTO_TEST_SUITE(cmd_save)

BOOST_FIXTURE_TEST_CASE(a_query_is_kept_in_the_file_and_runs_from_there, PlanFile) {
  const std::string sql = write("levels.sql",
                                "-- The levels of one indicator.\n"
                                "SELECT period, value FROM observations WHERE indicator = :code");

  const auto saved = run({"save", file(), sql});
  const auto rows = run({"run", file(), "levels", "-p", "code=gdp", "--format", "csv"});

  BOOST_TEST(saved.code == 0, saved.err);
  BOOST_TEST(saved.err == file() + ": levels: saved\n");
  BOOST_TEST(rows.out == "period,value\n2020,1008.5\n");
  BOOST_TEST(run({"queries", file()}).out.find("The levels of one indicator.") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_changed_query_keeps_its_former_text, PlanFile) {
  run({"save", file(), "-", "--name", "n"}, "SELECT 1 AS a");

  const auto changed = run({"save", file(), "-", "--name", "n"}, "SELECT 2 AS a");
  const auto again = run({"save", file(), "-", "--name", "n"}, "SELECT 2 AS a");

  BOOST_TEST(changed.err == file() + ": n: saved\n");
  BOOST_TEST(again.err == file() + ": n: there already, the same\n");
  BOOST_TEST(value("SELECT former ->> 'text', import_id, at IS NOT NULL FROM revision") ==
             "SELECT 1 AS a,,1");
  BOOST_TEST(value("SELECT text, origin FROM query WHERE name = 'n'") == "SELECT 2 AS a,user");
}

BOOST_FIXTURE_TEST_CASE(a_file_of_several_queries_brings_them_all, PlanFile) {
  const std::string sql = write("all.sql",
                                "-- name: one\nSELECT 1 AS a;\n\n"
                                "-- name: two(code)$\n-- The second.\nSELECT :code AS b;\n");

  const auto [code, out, err] = run({"save", file(), sql});

  BOOST_TEST(code == 0, err);
  BOOST_TEST(run({"run", file(), "two", "-p", "code=x", "--format", "csv"}).out == "b\nx\n");
}

BOOST_FIXTURE_TEST_CASE(a_query_that_does_not_compile_or_writes_is_not_kept, PlanFile) {
  const std::string before = read(file());

  const auto wrong = run({"save", file(), "-", "--name", "x"}, "SELECT valu FROM observations");
  const auto writes = run({"save", file(), "-", "--name", "x"}, "DELETE FROM unit");
  const auto builtin = run({"save", file(), "-", "--name", "value-latest"}, "SELECT 1 AS a");
  const auto nameless = run({"save", file(), "-"}, "SELECT 1 AS a");

  BOOST_TEST(wrong.err.starts_with("planfile: no such column: valu"));
  BOOST_TEST(writes.err == "planfile: refused: a query only reads; this statement would do more\n");
  BOOST_TEST(builtin.err ==
             "planfile: \"value-latest\" is one of planfile's own queries; choose another name\n");
  BOOST_TEST(nameless.err == "planfile: the query has no name; give --name\n");
  BOOST_TEST((read(file()) == before));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
