#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "database.h"
#include "migrate.h"
#include "planfile/file.h"
#include "planfile/version.h"
#include "support.h"

namespace planfile::test {

BOOST_AUTO_TEST_SUITE(schema)

BOOST_FIXTURE_TEST_CASE(a_new_file_has_the_schema_of_current_sql, Folder) {
  run({"new", path("new.db")});

  const auto [code, out, err] = shell("sqlite3 " + shell_word(path("new.db")) + " .schema");

  BOOST_TEST(code == 0);
  BOOST_TEST(out == read(root() / "schema/current.sql"), "stale: run ./dev schema");
}

BOOST_FIXTURE_TEST_CASE(a_new_file_carries_our_application_id_and_version, Folder) {
  run({"new", path("new.db")});

  const auto [code, out, err] = shell("sqlite3 " + shell_word(path("new.db")) +
                                      " 'PRAGMA application_id; PRAGMA user_version'");

  BOOST_TEST(out == "1347178054\n" + std::to_string(newest_schema()) + "\n");
}

BOOST_FIXTURE_TEST_CASE(a_file_at_rest_has_nothing_beside_it, Folder) {
  run({"new", path("new.db")});

  const auto [code, out, err] = shell("ls " + shell_word(path("")));

  BOOST_TEST(out == "new.db\n");
}

BOOST_FIXTURE_TEST_CASE(a_new_file_breaks_no_foreign_key_and_is_sound, Folder) {
  run({"new", path("new.db")});

  const auto [code, out, err] = shell("sqlite3 " + shell_word(path("new.db")) +
                                      " 'PRAGMA foreign_key_check; PRAGMA integrity_check'");

  BOOST_TEST(out == "ok\n");
}

BOOST_FIXTURE_TEST_CASE(every_table_is_strict_and_has_a_singular_name_of_the_design, PlanFile) {
  const auto tables = value(
      "SELECT group_concat(name) FROM (SELECT name FROM pragma_table_list "
      "WHERE schema = 'main' AND type = 'table' AND strict ORDER BY name)");

  BOOST_TEST(tables ==
             "\"alias,code,dictionary,entity,file,formula,import,indicator,manifest,milestone,"
             "observation,outlay,period,plan,project,query,revision,scope,sector,series,source,"
             "stage,status,target,"
             "unit\"");
  BOOST_TEST(value("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = "
                   "'table' AND NOT strict AND name NOT LIKE 'sqlite%'") == "0");
}

BOOST_FIXTURE_TEST_CASE(the_dictionary_explains_every_column_and_nothing_else, PlanFile) {
  const std::string columns =
      "SELECT l.name AS t, '' AS c FROM pragma_table_list AS l WHERE l.schema = 'main' AND l.name "
      "NOT LIKE 'sqlite%' UNION SELECT l.name, i.name FROM pragma_table_list AS l JOIN "
      "pragma_table_xinfo(l.name) AS i WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite%'";

  BOOST_TEST(value("SELECT ifnull(group_concat(t || '.' || c), '') FROM (" + columns +
                   " EXCEPT SELECT table_name, column_name FROM dictionary)") == "\"\"");
  BOOST_TEST(value("SELECT ifnull(group_concat(t || '.' || c), '') FROM (SELECT table_name AS t, "
                   "column_name AS c FROM dictionary EXCEPT SELECT t, c FROM (" +
                   columns + "))") == "\"\"");
}

// The public interface, as the design fixes it.
BOOST_FIXTURE_TEST_CASE(the_views_begin_with_the_columns_that_were_promised, PlanFile) {
  const auto has = [&](const std::string& view, const std::string& names) {
    return rows("SELECT " + names + " FROM " + view + " LIMIT 0").columns.size();
  };

  BOOST_TEST(has("observations",
                 "indicator, indicator_name, entity, entity_name, scope, measure, among, period, "
                 "starts, ends, value, high, comparator, unit, status, source, locator, printed") ==
             18);
  BOOST_TEST(has("latest", "indicator, entity, scope, measure, period, value, status, source") ==
             8);
  BOOST_TEST(has("targets",
                 "plan, indicator, entity, scope, measure, among, period, starts, ends, value, "
                 "high, comparator, unit, nature, wording, base_value, base_period, claim, source, "
                 "locator, printed") == 21);
  BOOST_TEST(has("projects",
                 "project, name, entity, sector, kind, stage, investment, unit, parent, source, "
                 "locator") == 11);
  BOOST_TEST(has("milestones", "project, kind, planned, actual") == 4);
  BOOST_TEST(has("outlays", "project, period, planned, spent, unit") == 5);
}

// Counted in the published lists: CL_OBS_STATUS 2.2 has 20 codes, OC4IDS 0.9.5 eight statuses;
// Zhejiang has 11 prefectures and 90 counties, districts and cities, of which 37 are districts.
BOOST_FIXTURE_TEST_CASE(the_code_lists_are_filled, PlanFile) {
  BOOST_TEST(value("SELECT count(*) FROM status") == "20");
  BOOST_TEST(value("SELECT count(*) FROM stage") == "8");
  BOOST_TEST(value("SELECT count(*) FROM sector") == "23");
  BOOST_TEST(value("SELECT count(*) FROM entity WHERE kind = 'prefecture'") == "11");
  BOOST_TEST(value("SELECT count(*) FROM entity WHERE kind IN ('district', 'county', 'city') AND "
                   "successor_id IS NULL") == "90");
  BOOST_TEST(
      value("SELECT count(*) FROM entity WHERE kind = 'district' AND successor_id IS NULL") ==
      "37");
  BOOST_TEST(value("SELECT s.code FROM entity AS e JOIN entity AS s ON s.id = e.successor_id WHERE "
                   "e.code = '330621'") == "330603");
  BOOST_TEST(value("SELECT dimension || ' ' || factor FROM unit WHERE code = '亿元'") ==
             "currency_cny 100000000.0");
  BOOST_TEST(value("SELECT count(DISTINCT dimension) FROM unit WHERE code IN ('%', '百分点')") ==
             "2");
}

// Each row is worse than the one after it, in the order in which `latest` weighs them.
BOOST_FIXTURE_TEST_CASE(latest_takes_the_best_value_of_a_period, PlanFile) {
  const std::string worse[] = {"完成下达指标,A,report", "突破9,A,report", "7,P,report",
                               "6,A,outline", "5,A,report"};
  std::string text = "indicator,entity,period,value,status,source,locator\n", best;
  for (const std::string& row : worse) {
    text += "gdp,paojiang,2022," + row + "," + std::to_string(text.size()) + "\n";
    run({"import", file(), "observation", "-"}, text);
    best += value("SELECT printed FROM latest WHERE entity = 'paojiang'") + " ";
  }

  BOOST_TEST(best == "完成下达指标 突破9 7 6 5 ");
}

const EmbeddedText kSteps[] = {
    {"0001", "CREATE TABLE query (name TEXT, origin TEXT, text TEXT) STRICT"},
    {"0002", "CREATE TABLE second (x INTEGER) STRICT; CREATE TABL third (x)"}};

BOOST_FIXTURE_TEST_CASE(a_step_that_fails_leaves_number_and_tables_as_they_were, Folder) {
  Database database(path("x.db"), Database::Access::create);
  migrate(database, std::span(kSteps).first(1));

  BOOST_CHECK_THROW(migrate(database, kSteps), Error);

  BOOST_TEST(database.schema_version() == 1);
  BOOST_TEST(database.sqlite().tableExists("query"));
  BOOST_TEST(!database.sqlite().tableExists("second"));
}

BOOST_FIXTURE_TEST_CASE(a_newer_file_is_refused_and_left_alone, PlanFile) {
  shell("sqlite3 " + shell_word(file()) + " 'PRAGMA user_version = 1000'");
  const std::string before = read(file());

  const auto [code, out, err] = run({"describe", file()});

  BOOST_TEST(code == 3);
  BOOST_TEST(err == "planfile: " + file() + ": written by a newer planfile, " +
                        std::string(kVersion) +
                        " (schema 1000, this one "
                        "knows " +
                        std::to_string(newest_schema()) + ")\n");
  BOOST_TEST(read(file()) == before);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
