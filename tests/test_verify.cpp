#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "database.h"
#include "manifest.h"
#include "marks.h"
#include "planfile/file.h"
#include "planfile/verify.h"
#include "support.h"

namespace planfile::test {
namespace {

constexpr const char* kHeader = "indicator,entity,period,value,source,locator\n";

void tamper(const std::string& file, const std::string& sql) {
  const Outcome done = shell("sqlite3 " + shell_word(file) + " " +
                             shell_word(".dbconfig defensive off") + " " + shell_word(sql));
  BOOST_REQUIRE_MESSAGE(done.code == 0, done.err);
}

void record(const std::string& file) {
  Database database(file, Database::Access::write);
  write_manifest(database);
}

// Everything that verify has against a file, a line each.
std::string complaints(const std::string& file) {
  const Verification found = verify(file);
  std::string text;
  for (const VerifyFault& one : found.faults) {
    text += fmt::format("{}: {}\n", to_text(one.check), one.message);
  }
  for (const RowDifference& one : found.rows) {
    text += fmt::format("{} {}: {}\n", one.table, to_text(one.how), fmt::join(one.key, "|"));
  }
  return text;
}

// What became of a spoilt file: found, or no other content.
std::string fate(const std::string& file, const std::string& content) {
  try {
    const Verification found = verify(file);
    if (!found.faults.empty() || !found.differences.empty()) return "found";
    return found.content && found.content->hash == content ? "harmless" : "MISSED";
  } catch (const Error&) {
    return "found";
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(verify)

BOOST_FIXTURE_TEST_CASE(a_file_of_planfiles_is_well, PlanFile) {
  const auto [code, out, err] = run({"verify", file()});

  BOOST_TEST(code == 0, err);
  BOOST_TEST(err == file() + ": all is well\n");
  BOOST_TEST(complaints(file()) == "");
}

BOOST_FIXTURE_TEST_CASE(the_same_content_has_the_same_hash_whatever_its_history, PlanFile) {
  const std::string rows =
      "gdp,330602,2021,1108.5,report,\n"
      "gdp,paojiang,2021,≥99,report,表 2\n";
  run({"import", file(), "observation", "-"}, kHeader + rows);
  run({"new", path("other.db")});
  for (const char* table : {"source", "indicator", "alias", "entity", "plan"}) {
    run({"import", path("other.db"), table, path(fmt::format("book/{}.csv", table))});
  }
  run({"import", path("other.db"), "observation", "-"},
      kHeader + std::string("gdp,paojiang,2021,98,report,表 2\n"));
  run({"import", path("other.db"), "observation", "-"}, kHeader + rows);
  run({"import", path("other.db"), path("book/observation.csv")});

  const ContentHash one = content_hash(file()), other = content_hash(path("other.db"));

  BOOST_TEST(one.hash == other.hash);
  BOOST_TEST((one.content == other.content));
  BOOST_TEST(one.history_hash != other.history_hash);
}

BOOST_FIXTURE_TEST_CASE(what_a_row_says_counts_and_nothing_else, PlanFile) {
  const std::string before = content_hash(file()).hash;
  tamper(file(), "UPDATE observation SET value = -0.0");
  const std::string minus_zero = content_hash(file()).hash;
  tamper(file(), "UPDATE observation SET value = 0");
  const std::string zero = content_hash(file()).hash;
  tamper(file(), "UPDATE observation SET value = 1008.5");
  tamper(file(),
         "PRAGMA foreign_keys = OFF; UPDATE source SET id = id + 70; "
         "UPDATE observation SET source_id = source_id + 70; "
         "UPDATE plan SET source_id = source_id + 70");
  const std::string renumbered = content_hash(file()).hash;

  BOOST_TEST(minus_zero != before);
  BOOST_TEST(minus_zero == zero);
  BOOST_TEST(renumbered == before);
}

BOOST_FIXTURE_TEST_CASE(rows_that_differ_from_the_manifest_are_named, PlanFile) {
  run({"import", file(), "observation", "-"}, std::string(kHeader) +
                                                  "gdp,330602,2021,1108.5,report,\n"
                                                  "gdp,330602,2022,1200,report,表 3\n"
                                                  "rd-share,330602,2022,3.1,report,\n");
  record(file());

  tamper(file(),
         "UPDATE observation SET value = 1109 WHERE value = 1108.5; "
         "DELETE FROM observation WHERE value IN (1200, 3.1); "
         "UPDATE source SET title = '公报' WHERE code = 'report'");
  run({"import", file(), "observation", "-"},
      std::string(kHeader) + "gdp,330602,2023,1300,report,\n");

  BOOST_TEST(complaints(file()) ==
             "source changed: report\n"
             "import added: 2\n"
             "observation changed: gdp|330602||level||2021|report|\n"
             "observation removed: gdp|330602||level||2022|report|\n"
             "observation added: gdp|330602||level||2023|report|\n"
             "observation removed: rd-share|330602||level||2022|report|\n");
  const auto [code, out, err] = run({"verify", file()});
  BOOST_TEST(code == 1);
  BOOST_TEST(out.find("\nNot as shipped:\nsource: 1 changed, 0 added, 0 removed\n") !=
             std::string::npos);
  BOOST_TEST(err == file() + ": whole, but not as it was shipped\n");
  BOOST_TEST(run({"verify", file(), "--no-manifest"}).code == 0);
}

BOOST_FIXTURE_TEST_CASE(a_manifest_that_was_tampered_with_is_told, PlanFile) {
  record(file());

  tamper(file(), "UPDATE manifest SET rows = rows + 1 WHERE table_name = 'unit' AND key = ''");

  BOOST_TEST(complaints(file()) == "manifest: the manifest contradicts itself: unit\n");
}

const std::vector<std::tuple<std::string, std::string>> kBroken = {
    {"UPDATE observation SET comparator = '?'", "integrity: {}: no comparator \"?\"\n"},
    {"UPDATE observation SET high = 5", "integrity: {}: the high end of its range does not fit\n"},
    {"UPDATE observation SET note = ''", "integrity: {}: an empty text\n"},
    {"UPDATE observation SET printed_unit = 'x', printed = '5'",
     "integrity: {}: the unit that it was printed in does not fit\n"},
    {"UPDATE observation SET status = 'A', value = NULL, printed = NULL",
     "integrity: {}: it says nothing, and its status does not say why\n"},
    {"UPDATE observation SET import_id = 9", "references: {}: there is no import 9\n"},
    {"UPDATE observation SET status = 'ZZ'", "references: {}: no status \"ZZ\"\n"},
    {"UPDATE observation SET source_id = 77",
     "references: {}: its period or source is not there\n"},
};

BOOST_DATA_TEST_CASE(a_rule_that_an_observation_breaks_is_told, kBroken, sql, message) {
  const PlanFile plan;
  tamper(plan.file(),
         "PRAGMA ignore_check_constraints = ON; DROP TRIGGER observation_changed; " + sql);

  const std::string told = complaints(plan.file());

  const std::string row = fmt::format("observation of series 1 (gdp, 330602), period {}, source {}",
                                      plan.value("SELECT period_id FROM observation"),
                                      plan.value("SELECT source_id FROM observation"));
  BOOST_TEST(told.find(fmt::format(fmt::runtime(message), row + ", 表 1")) != std::string::npos,
             told);
}

BOOST_FIXTURE_TEST_CASE(what_follows_from_other_rows_is_worked_out_anew, PlanFile) {
  tamper(file(),
         "UPDATE series SET last_value = 7; UPDATE period SET ends = '2020-12-30' WHERE code = "
         "'2020'");

  BOOST_TEST(complaints(file()) ==
             "derived: period \"2020\": its kind or days are not those of its code\n"
             "derived: series 1 (gdp, 330602, level): its summary does not follow from its "
             "observations\n");
}

BOOST_FIXTURE_TEST_CASE(rules_and_references_of_other_tables_are_told, PlanFile) {
  tamper(file(),
         "PRAGMA ignore_check_constraints = ON; UPDATE source SET kind = 'rumour' WHERE code = "
         "'report'; UPDATE plan SET source_id = 99");

  BOOST_TEST(complaints(file()) ==
             "integrity: CHECK constraint failed in source\n"
             "references: plan: 1 row refers to rows of source that are not there\n");
}

BOOST_FIXTURE_TEST_CASE(tampered_triggers_views_and_queries_are_named_and_ones_own_listed,
                        PlanFile) {
  tamper(file(),
         "CREATE TABLE memo (x); CREATE TRIGGER evil AFTER INSERT ON import BEGIN DELETE FROM "
         "observation; END; UPDATE query SET text = text || ' ' WHERE name = 'value-latest'; "
         "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'o.value', "
         "'o.value * 2') WHERE name = 'latest'; DROP VIEW outlays");

  const auto [code, out, err] = run({"verify", file()});

  BOOST_TEST(code == 1);
  BOOST_TEST(out.find("\nschema: query value-latest is not as planfile makes it\n"
                      "schema: view latest is not as planfile makes it\n"
                      "schema: view outlays is missing\n"
                      "\nNot planfile's, but of whoever used the file:\n"
                      "  table memo\n  trigger evil on import\n") != std::string::npos,
             out);
}

BOOST_FIXTURE_TEST_CASE(tables_that_are_not_planfiles_are_not_read, PlanFile) {
  tamper(file(),
         "ALTER TABLE observation RENAME TO other; CREATE VIEW observation AS WITH RECURSIVE n(x) "
         "AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS series_id FROM n");

  const auto [code, out, err] = run({"verify", file()});

  BOOST_TEST(code == 1);
  BOOST_TEST(out.find("schema: table observation is missing\n") != std::string::npos, out);
  BOOST_TEST(out.find("\ncontent ") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_plan_file_is_refused, Folder) {
  shell("sqlite3 " + shell_word(path("foreign.db")) + " 'CREATE TABLE t (x)'");

  BOOST_TEST(run({"verify", path("foreign.db")}).code == 3);
  BOOST_TEST(run({"verify", path("nowhere.db")}).code == 3);
  BOOST_TEST(run({"verify", write("text.db", "hello")}).code == 3);
}

BOOST_FIXTURE_TEST_CASE(a_file_of_an_older_schema_is_verified_as_it_is, Folder) {
  std::filesystem::copy(root() / "tests/data/versions/schema-8.db", path("old.db"));
  const std::string before = read(path("old.db"));

  const auto [code, out, err] = run({"verify", path("old.db")});

  BOOST_TEST(code == 0, out);
  BOOST_TEST(out.find("schema 8, ") != std::string::npos);
  BOOST_TEST((read(path("old.db")) == before));
}

// Values are spoilt as well as what leads to them, so the manifest has its part in it.
BOOST_FIXTURE_TEST_CASE(a_byte_changed_in_any_page_is_found_or_harmless, PlanFile) {
  record(file());
  const std::string whole = read(file()), content = content_hash(file()).hash;
  constexpr std::size_t kPage = 4096;
  std::mt19937 random(7);
  std::size_t found = 0, harmless = 0;

  for (std::size_t page = 0; page < whole.size(); page += kPage) {
    std::string spoilt = whole;
    char& byte = spoilt[page + random() % kPage];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1 + random() % 255));
    const std::string became = fate(write("spoilt.db", spoilt), content);
    BOOST_TEST(became != "MISSED", "page " << page / kPage);
    ++(became == "found" ? found : harmless);
  }

  BOOST_TEST_MESSAGE(found << " found, " << harmless << " harmless");
  BOOST_TEST(found > harmless);
}

BOOST_FIXTURE_TEST_CASE(a_file_cut_short_anywhere_is_found, PlanFile) {
  const std::string whole = read(file()), content = content_hash(file()).hash;

  for (std::size_t length = 0; length < whole.size(); length += whole.size() / 41) {
    const std::string cut = write("cut.db", whole.substr(0, length));
    BOOST_TEST(fate(cut, content) == "found", length);
  }
}

BOOST_FIXTURE_TEST_CASE(a_file_cut_short_says_so, PlanFile) {
  const std::string whole = read(file());
  write("cut.db", whole.substr(0, whole.size() / 2));

  const auto [code, out, err] = run({"verify", path("cut.db")});

  BOOST_TEST(code == 1);
  BOOST_TEST(out.find(fmt::format("file: cut short: {} of {} bytes are there\n", whole.size() / 2,
                                  whole.size())) != std::string::npos,
             out);
}

BOOST_AUTO_TEST_CASE(marks_come_back_as_they_went_in) {
  std::mt19937_64 random(11);
  std::vector<SeriesMark> rows;
  for (int i = 0; i < 1000; ++i) {
    SeriesMark row;
    row.period = i % 7 == 0 ? static_cast<std::int64_t>(random() >> 6U) : 100 + i;
    row.source = i % 11 == 0 ? -5 : 3;
    row.locator = i % 5 == 0 ? "表 " + std::to_string(i) : "";
    row.hash = {random(), random()};
    rows.push_back(row);
  }

  const std::vector<RowMark> back = unpacked(packed(rows));

  std::vector<RowMark> due;
  for (const SeriesMark& row : rows) due.push_back(mark_of(row));
  BOOST_TEST((back == due));
}

BOOST_AUTO_TEST_CASE(marks_that_break_off_give_those_before) {
  const std::vector<SeriesMark> rows(3, SeriesMark{1, 1, "", {1, 1}});
  const std::string bytes = packed(rows);

  BOOST_TEST(unpacked(bytes.substr(0, bytes.size() - 1)).size() == 2);
  BOOST_TEST(unpacked(std::string(20, '\xff')).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
