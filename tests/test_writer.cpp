#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <ostream>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "planfile/writer.h"
#include "support.h"

namespace planfile::test {
namespace {

// A file of the example or of a small book, and a Writer on it.
struct Example : Folder {
  explicit Example(const std::string& book = "data/shaoxing") {
    const Outcome built = run({"build", (root() / book).string(), "-o", path("e.db")});
    BOOST_REQUIRE_MESSAGE(built.code == 0, built.err);
  }
  [[nodiscard]] std::string file() const { return path("e.db"); }
};

std::optional<std::int64_t> change(Writer& writer, std::string_view sql) {
  TableSink rows;
  return writer.execute(sql, rows);
}

std::string one(Reader& reader, std::string_view sql) {
  TableSink rows;
  reader.sql(sql, rows);
  BOOST_REQUIRE(rows.table().rows.size() == 1);
  return to_text(rows.table().rows[0][0]);
}

constexpr std::string_view kUntrueSummaries =
    "SELECT count(*) FROM series AS s JOIN series_summary AS y ON y.series_id = s.id "
    "WHERE (s.observations, s.first_period_id, s.first_value, s.last_period_id, s.last_source_id, "
    "s.last_locator, s.last_value, s.previous_period_id, s.previous_value, s.lowest, s.highest) "
    "IS NOT (y.observations, y.first_period_id, y.first_value, y.last_period_id, "
    "y.last_source_id, y.last_locator, y.last_value, y.previous_period_id, y.previous_value, "
    "y.lowest, y.highest)";

void is_sound(Reader& reader) {
  BOOST_TEST(one(reader, kUntrueSummaries) == "0");
  BOOST_TEST(one(reader, "PRAGMA integrity_check") == "ok");
  BOOST_TEST(one(reader, "SELECT count(*) FROM pragma_foreign_key_check") == "0");
}

// A statement that is refused, with the code of the error and what is said.
struct Refused {
  std::string sql, says;
  Errc code = Errc::refused;
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.sql; }

const std::string kOnly = "refused: SQL changes rows of facts and names only";

const Refused kForbidden[] = {
    {"CREATE TABLE x (y)", kOnly, Errc::bad_query},
    {"CREATE TEMP TABLE x (y)", kOnly, Errc::bad_query},
    {"CREATE TEMP TRIGGER x AFTER INSERT ON unit BEGIN SELECT 1; END", kOnly, Errc::bad_query},
    {"DROP TRIGGER planfile_note_unit_added", kOnly, Errc::bad_query},
    {"ALTER TABLE unit ADD COLUMN x", kOnly, Errc::bad_query},
    {"ATTACH 'other.db' AS o", kOnly, Errc::bad_query},
    {"VACUUM INTO 'copy.db'", kOnly, Errc::bad_query},
    {"PRAGMA foreign_keys = OFF", kOnly, Errc::bad_query},
    {"PRAGMA ignore_check_constraints = ON", kOnly, Errc::bad_query},
    {"PRAGMA recursive_triggers = OFF", kOnly, Errc::bad_query},
    {"SELECT planfile_note('added', 'unit', 1)", "not authorized to use function: planfile_note",
     Errc::bad_query},
    {"SELECT load_extension('x')", "not authorized to use function: load_extension",
     Errc::bad_query},
    {"UPDATE sqlite_master SET sql = ''", "table sqlite_master may not be modified",
     Errc::bad_query},
    {"UPDATE query SET text = ''", kOnly + ", not table \"query\"", Errc::bad_query},
    {"DELETE FROM dictionary", kOnly + ", not table \"dictionary\"", Errc::bad_query},
    {"DELETE FROM revision", kOnly + ", not table \"revision\"", Errc::bad_query},
    {"INSERT INTO import DEFAULT VALUES", kOnly + ", not table \"import\"", Errc::bad_query},
    {"UPDATE status SET precedence = 1", kOnly + ", not table \"status\"", Errc::bad_query},
    {"UPDATE series SET scope_id = 1",
     kOnly + ", not rows of \"series\"; they may only come and go", Errc::bad_query},
    {"UPDATE entity SET id = id + 1", kOnly + ", not column \"id\" of \"entity\"", Errc::bad_query},
    {"UPDATE observation SET import_id = 1",
     kOnly + ", not column \"import_id\" of \"observation\"", Errc::bad_query},
    {"UPDATE unit SET factor = 2", kOnly + ", not column \"factor\" of \"unit\"", Errc::bad_query},
    {"UPDATE indicator SET unit_id = 1", kOnly + ", not column \"unit_id\" of \"indicator\"",
     Errc::bad_query},
    {"SELECT 1; SELECT 2", "more than one statement", Errc::bad_query},
};

const Refused kBroken[] = {
    {"UPDATE observation SET value = 1", "set what is printed too, or NULL for it"},
    {"UPDATE observation SET comparator = '>=', printed = NULL",
     "value: more than a number, so what is printed has to say it: \">=1008.5\""},
    {"UPDATE observation SET status = 'O'", "status O does not go with the value"},
    {"UPDATE observation SET comparator = '?'", "CHECK constraint failed"},
    {"UPDATE observation SET value = 'many'", "cannot store TEXT value in REAL column"},
    {"UPDATE observation SET status = 'nothing'", "unknown status"},
    {"DELETE FROM entity WHERE code = '330602'",
     "FOREIGN KEY constraint failed: entity \"330602\""},
    {"UPDATE entity SET parent_id = (SELECT id FROM entity AS e WHERE e.code = 'paojiang') "
     "WHERE code = '330602'",
     "leads back to itself"},
    {"UPDATE entity SET valid_from = 'some day'", "valid_from: "},
    {"UPDATE source SET published = '2021'", "CHECK constraint failed"},
    {"INSERT INTO period (code, kind, starts, ends) "
     "VALUES ('2023年', 'year', '2023-01-01', '2023-12-31')",
     "period 2023年: code, kind, starts and ends have to be 2023, year, 2023-01-01, 2023-12-31"},
    {"INSERT INTO series (indicator_id, entity_id, scope_id, measure, unit_id) "
     "SELECT i.id, e.id, c.id, 'yoy', i.unit_id FROM indicator AS i JOIN entity AS e JOIN scope AS "
     "c "
     "WHERE i.code = 'gdp' AND e.code = 'paojiang' AND c.code = ''",
     "unit_id has to be that of \"%\""},
    {"REPLACE INTO unit (id, code, dimension, base, factor) "
     "SELECT id, code, dimension, base, 7 FROM unit WHERE code = '亿元'",
     "unit 亿元: its dimension and factor can't change"},
    {"REPLACE INTO period (id, code, kind, starts, ends) "
     "SELECT id, '1999', 'year', '1999-01-01', '1999-12-31' FROM period WHERE code = '2020'",
     "one can't take another's place"},
    {"INSERT INTO alias (kind, name, entity_id) "
     "SELECT 'entity', '地区', id FROM entity WHERE code = '330602' "
     "UNION ALL SELECT 'entity', '地区', id FROM entity WHERE code = 'paojiang'",
     "UNIQUE constraint failed"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(writer)

BOOST_DATA_TEST_CASE_F(PlanFile, what_sql_may_not_do_to_a_plan_file_is_refused, kForbidden) {
  const std::string before = read(file());
  {
    Writer writer(file());
    BOOST_CHECK_EXCEPTION(change(writer, sample.sql), Error, [&](const Error& error) {
      BOOST_TEST(std::string(error.what()).starts_with(sample.says), error.what());
      return error.code() == sample.code;
    });
  }
  BOOST_TEST((read(file()) == before));
}

BOOST_DATA_TEST_CASE_F(PlanFile, a_row_that_breaks_a_rule_is_refused_and_nothing_changes, kBroken) {
  run({"sql", file(), "--write", "UPDATE observation SET printed = '1,008.50'"});
  const std::string before = read(file());
  {
    Writer writer(file());
    BOOST_CHECK_EXCEPTION(change(writer, sample.sql), Error, [&](const Error& error) {
      BOOST_TEST(std::string(error.what()).find(sample.says) != std::string::npos, error.what());
      return error.code() == sample.code;
    });
    BOOST_TEST(!writer.in_transaction());
  }
  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(a_changed_row_leaves_its_former_state, PlanFile) {
  Writer writer(file());

  const auto count = change(writer, "UPDATE observation SET value = 1009, note = '更正'");

  BOOST_TEST(count.value() == 1);
  BOOST_TEST(one(writer, "SELECT value FROM observations") == "1009");
  BOOST_TEST(one(writer,
                 "SELECT table_name || key || (former ->> 'value') || (import_id IS NULL) || "
                 "(at > '2020') FROM revision") ==
             "observation{\"indicator\":\"gdp\",\"entity\":\"330602\",\"period\":\"2020\","
             "\"scope\":\"\",\"measure\":\"level\",\"among\":\"\",\"source\":\"outline\","
             "\"locator\":\"表 1\"}1008.511");
  is_sound(writer);
}

BOOST_FIXTURE_TEST_CASE(a_row_that_stays_as_it_is_leaves_nothing, PlanFile) {
  Writer writer(file());

  change(writer, "UPDATE observation SET value = value");
  change(writer, "INSERT OR IGNORE INTO unit SELECT * FROM unit");
  change(writer, "UPDATE OR IGNORE entity SET code = '330602' WHERE code = 'paojiang'");

  BOOST_TEST(one(writer, "SELECT count(*) FROM revision") == "0");
}

BOOST_FIXTURE_TEST_CASE(rows_that_come_and_go_are_recorded, PlanFile) {
  Writer writer(file());

  change(writer, "INSERT INTO source (code, title, kind) VALUES ('note', '便条', 'other')");
  change(writer, "UPDATE source SET code = 'memo' WHERE code = 'note'");
  change(writer, "REPLACE INTO source (code, title, kind) VALUES ('memo', '备忘', 'other')");
  change(writer, "DELETE FROM source WHERE code = 'memo'");

  TableSink rows;
  writer.sql("SELECT key ->> 'code', former ->> 'title' FROM revision ORDER BY id", rows);
  const std::vector<std::vector<Cell>> expected = {{"note", Cell()}, {"note", "便条"},
                                                   {"memo", Cell()}, {"memo", "便条"},
                                                   {"memo", Cell()}, {"memo", "备忘"}};
  BOOST_TEST((rows.table().rows == expected));
}

BOOST_FIXTURE_TEST_CASE(summaries_follow_every_change, PlanFile) {
  Writer writer(file());
  change(writer,
         "INSERT INTO period (code, kind, starts, ends) "
         "VALUES ('2021', 'year', '2021-01-01', '2021-12-31')");
  change(writer,
         "INSERT INTO observation (series_id, period_id, source_id, value) "
         "SELECT s.id, p.id, d.id, 1100 FROM series AS s JOIN period AS p JOIN source AS d "
         "WHERE p.code = '2021' AND d.code = 'report'");
  is_sound(writer);
  BOOST_TEST(one(writer, "SELECT last_value || '/' || previous_value FROM series") ==
             "1100.0/1008.5");

  change(writer,
         "INSERT INTO observation SELECT series_id, period_id, (SELECT id FROM source WHERE code = "
         "'outline'), '', 1200, NULL, '=', 'A', NULL, NULL, NULL, NULL FROM observation "
         "WHERE value = 1100");
  is_sound(writer);
  change(writer, "UPDATE source SET published = '2024-01-01' WHERE code = 'outline'");
  is_sound(writer);
  BOOST_TEST(one(writer, "SELECT last_value FROM series") == "1200");
  change(writer, "DELETE FROM observation");
  BOOST_TEST(one(writer, "SELECT count(*) FROM series") == "0");
}

BOOST_FIXTURE_TEST_CASE(a_transaction_goes_in_whole_or_not_at_all, PlanFile) {
  Writer writer(file());
  const auto rows = [&] {
    return one(writer, "SELECT count(*) FROM source") + "/" +
           one(writer, "SELECT count(*) FROM revision");
  };
  const std::string add = "INSERT INTO source (code, title, kind) VALUES ('x', 'x', 'other')";

  change(writer, "BEGIN");
  change(writer, add);
  BOOST_CHECK_THROW(change(writer, add), Error);
  BOOST_TEST(writer.in_transaction());
  BOOST_TEST(rows() == "3/1");
  change(writer, "ROLLBACK");
  BOOST_TEST(rows() == "2/0");
  change(writer, "BEGIN");
  change(writer, add);
  change(writer, "COMMIT");

  BOOST_TEST(!writer.in_transaction());
  BOOST_TEST(rows() == "3/1");
  BOOST_TEST(value("SELECT count(*) FROM source") == "3");
}

BOOST_FIXTURE_TEST_CASE(what_a_book_holds_is_the_same_after_a_change_and_a_rebuild, PlanFile) {
  {
    Writer writer(file());
    change(writer,
           "UPDATE observation SET value = 1009.25, comparator = '>=', printed = '≥1009.25'");
    change(writer, "UPDATE indicator SET name_en = 'GDP' WHERE code = 'gdp'");
  }

  BOOST_TEST(run({"export", file(), path("out")}).code == 0);
  BOOST_TEST(run({"build", path("out"), "-o", path("again.db")}).code == 0);
  BOOST_TEST(run({"export", path("again.db"), path("out2")}).code == 0);

  BOOST_TEST(shell("diff -r " + shell_word(path("out")) + " " + shell_word(path("out2"))).out ==
             "");
}

BOOST_AUTO_TEST_CASE(every_row_of_the_books_may_be_changed_and_changed_back) {
  for (const char* book : {"data/shaoxing", "tests/data/edge"}) {
    const Example example(book);
    Writer writer(example.file());
    for (const char* table : {"source", "scope", "indicator", "entity", "unit", "project",
                              "formula", "plan", "observation", "target", "milestone", "outlay"}) {
      const std::string column = table == std::string("scope") ? "definition" : "note";
      const auto sql = [&](const char* what) {
        return std::string("UPDATE ") + table + " SET " + column + " = " + what;
      };
      BOOST_TEST_CONTEXT(book << " " << table) {
        const std::string rows = one(writer, std::string("SELECT count(*) FROM ") + table);
        BOOST_TEST(std::to_string(change(writer, sql(("ifnull(" + column + ", '') || '!'").c_str()))
                                      .value()) == rows);
        BOOST_TEST(one(writer, std::string("SELECT count(*) FROM revision WHERE table_name = '") +
                                   table + "'") == rows);
      }
    }
    is_sound(writer);
  }
}

BOOST_FIXTURE_TEST_CASE(triggers_and_views_of_a_received_file_take_no_part, PlanFile) {
  {
    SQLite::Database raw(file(), SQLite::OPEN_READWRITE);
    raw.exec("CREATE TRIGGER evil AFTER UPDATE ON indicator BEGIN DELETE FROM query; END");
    raw.exec("CREATE VIEW planfile_note_evil AS SELECT planfile_note('removed', 'unit', 1) AS x");
  }
  Writer writer(file());

  change(writer, "UPDATE indicator SET note = 'x'");
  BOOST_CHECK_THROW(one(writer, "SELECT x FROM planfile_note_evil"), Error);

  BOOST_TEST(one(writer, "SELECT count(*) > 0 FROM query") == "1");
  BOOST_TEST(one(writer, "SELECT count(*) FROM revision WHERE former ->> 'note' = ''") == "2");
}

BOOST_FIXTURE_TEST_CASE(a_change_that_is_explained_is_not_made, PlanFile) {
  Writer writer(file());
  TableSink plan;

  BOOST_TEST(!writer.execute("EXPLAIN QUERY PLAN DELETE FROM source", plan).has_value());

  BOOST_TEST(!plan.table().rows.empty());
  BOOST_TEST(one(writer, "SELECT count(*) FROM source") == "2");
}

BOOST_FIXTURE_TEST_CASE(rows_of_returning_come_when_the_change_is_made, PlanFile) {
  Writer writer(file());
  TableSink rows;

  const auto count = writer.execute("UPDATE source SET note = '甲' RETURNING code", rows);

  BOOST_TEST(count.value() == 2);
  BOOST_TEST(rows.table().rows.size() == 2);
}

BOOST_FIXTURE_TEST_CASE(an_import_that_was_changed_by_hand_is_not_taken_back, PlanFile) {
  const std::string csv = write("gdp.csv", "indicator,entity,period,value\ngdp,330602,2022,1200\n");
  BOOST_REQUIRE(run({"import", file(), "observation", csv, "--source", "report"}).code == 0);
  {
    Writer writer(file());
    change(writer, "UPDATE observation SET value = 1201 WHERE value = 1200");
  }

  const auto undone = run({"undo", file()});

  BOOST_TEST(undone.code == 1);
  BOOST_TEST(undone.err.find("a change by hand changed a row that it brought") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_second_writer_is_told_that_the_file_is_in_use, PlanFile) {
  SQLite::Database other(file(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  Writer writer(file());

  BOOST_CHECK_EXCEPTION(
      change(writer, "UPDATE source SET note = 'x'"), Error, [&](const Error& error) {
        BOOST_TEST(error.what() == file() + ": in use by another program (waited 5 s)");
        return error.code() == Errc::storage;
      });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
