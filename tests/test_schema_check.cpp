#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "database.h"
#include "embedded.h"
#include "migrate.h"
#include "schema_check.h"
#include "support.h"

namespace planfile::test {
namespace {

// The check as one text: each difference, then what is the user's own.
std::string checked(const std::string& file) {
  Database database(file, Database::Access::read);
  const SchemaCheck check = check_schema(database);
  constexpr const char* kHow[] = {"missing", "changed", "unknown"};
  std::string text;
  for (const SchemaDifference& one : check.differences) {
    text += std::string(kHow[static_cast<int>(one.how)]) + " " + one.item.kind + " " +
            one.item.name + "\n";
  }
  for (const SchemaItem& one : check.own) {
    text +=
        "own " + one.kind + " " + one.name + (one.table.empty() ? "" : " on " + one.table) + "\n";
  }
  return text;
}

// The schema is writable only to who insists.
std::string tampered(const PlanFile& plan, const std::string& sql) {
  const Outcome done = shell(
      "sqlite3 " + shell_word(plan.file()) + " " + shell_word(".dbconfig defensive off") + " " +
      shell_word("PRAGMA writable_schema = ON; " + sql + "; PRAGMA writable_schema = RESET"));
  BOOST_REQUIRE_MESSAGE(done.code == 0, done.err);
  return checked(plan.file());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_check)

BOOST_FIXTURE_TEST_CASE(a_file_of_planfiles_has_no_difference_and_nothing_of_its_own, PlanFile) {
  BOOST_TEST(checked(file()) == "");
}

BOOST_FIXTURE_TEST_CASE(what_analyze_writes_is_no_difference, PlanFile) {
  BOOST_TEST(tampered(*this, "ANALYZE") == "");
}

BOOST_FIXTURE_TEST_CASE(a_view_and_a_trigger_that_read_otherwise_are_named, PlanFile) {
  BOOST_TEST(
      tampered(*this,
               "UPDATE sqlite_schema SET sql = replace(sql, 'NEW.series_id', '0') WHERE name "
               "= 'observation_added'; "
               "UPDATE sqlite_schema SET sql = replace(sql, 'o.value', 'o.value * 2') WHERE "
               "name = 'latest'") == "changed trigger observation_added\nchanged view latest\n");
}

BOOST_FIXTURE_TEST_CASE(what_is_gone_is_named, PlanFile) {
  BOOST_TEST(tampered(*this,
                      "DROP TRIGGER source_dated; DROP VIEW outlays; DROP INDEX series_entity; "
                      "DROP TABLE dictionary")
                 .starts_with("missing dictionary alias\n"));
  const std::string all = checked(file());
  for (const char* line : {"missing index series_entity\n", "missing table dictionary\n",
                           "missing trigger source_dated\n", "missing view outlays\n"}) {
    BOOST_TEST(all.find(line) != std::string::npos, line);
  }
}

BOOST_FIXTURE_TEST_CASE(a_constraint_taken_out_of_a_table_is_a_difference, PlanFile) {
  BOOST_TEST(
      tampered(*this,
               "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (missing IN (0, 1))', '') "
               "WHERE name = 'status'") == "changed table status\n");
}

BOOST_FIXTURE_TEST_CASE(queries_the_dictionary_and_codes_are_held_against_planfiles, PlanFile) {
  BOOST_TEST(
      tampered(*this,
               "UPDATE query SET text = text || ' ' WHERE name = 'value-latest'; "
               "UPDATE query SET origin = 'user' WHERE name = 'target-claims'; "
               "DELETE FROM query WHERE name = 'target-progress'; "
               "INSERT INTO query VALUES ('mine', 'user', 'SELECT 1'), "
               "('forged', 'planfile', 'SELECT 2'); "
               "UPDATE dictionary SET about = '' || about || '。' WHERE table_name = 'unit' AND "
               "column_name = 'factor'; "
               "UPDATE code SET name = '已实现' WHERE codelist = 'verdict' AND code = 'not_met'") ==
      "changed code verdict.not_met\nchanged dictionary unit.factor\nchanged query "
      "target-claims\nmissing query "
      "target-progress\nchanged query value-latest\nunknown query forged\nown query mine\n");
}

BOOST_FIXTURE_TEST_CASE(what_a_user_made_is_listed_apart, PlanFile) {
  BOOST_TEST(tampered(*this,
                      "CREATE TABLE memo (text TEXT UNIQUE); CREATE VIEW short AS SELECT 1 AS x; "
                      "CREATE TRIGGER evil AFTER INSERT ON import BEGIN DELETE FROM memo; END; "
                      "CREATE INDEX fast ON observation (value)") ==
             "own index fast on observation\nown table memo\nown trigger evil on import\nown view "
             "short\n");
}

BOOST_FIXTURE_TEST_CASE(an_older_file_is_held_against_its_own_schema_version, Folder) {
  {
    Database old(path("old.db"), Database::Access::create);
    migrate(old, embedded_migrations().first(8));
  }

  BOOST_TEST(checked(path("old.db")) == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
