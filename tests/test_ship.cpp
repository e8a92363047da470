#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "planfile/verify.h"
#include "support.h"

namespace planfile::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHeader = "indicator,entity,period,value,source,locator,note\n";

void tamper(const std::string& file, const std::string& sql) {
  const Outcome done = shell("sqlite3 " + shell_word(file) + " " + shell_word(sql));
  BOOST_REQUIRE_MESSAGE(done.code == 0, done.err);
}

// Ships `file` with these further words; returns the copy's bytes.
std::string shipped(const Folder& folder, const std::string& file,
                    std::vector<std::string> words = {}) {
  words.insert(words.begin(), {"ship", file, "-o", folder.path("out.db"), "--force"});
  const Outcome done = run(words);
  BOOST_REQUIRE_MESSAGE(done.code == 0, done.err);
  BOOST_TEST(run({"verify", folder.path("out.db")}).code == 0);
  return read(folder.path("out.db"));
}

std::string asked(const std::string& file, const std::string& sql) {
  return shell("sqlite3 " + shell_word(file) + " " + shell_word(sql)).out;
}

bool holds(const std::string& bytes, std::string_view text) {
  return bytes.find(text) != std::string::npos;
}

// A small book of hard cases.
class EdgeFile : public Folder {
 public:
  EdgeFile() { run({"build", (root() / "tests/data/edge").string(), "-o", file()}); }
  [[nodiscard]] std::string file() const { return path("edge.db"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ship)

BOOST_FIXTURE_TEST_CASE(a_copy_says_what_the_file_says_and_is_well, PlanFile) {
  run({"import", file(), "observation", "-"},
      std::string(kHeader) + "gdp,330602,2021,1108.5,report,,\n");

  const auto [code, out, err] = run({"ship", file(), "-o", path("out.db")});

  BOOST_TEST(code == 0, err);
  const ContentHash content = content_hash(file()), copy = content_hash(path("out.db"));
  BOOST_TEST((content == copy));
  BOOST_TEST(holds(out, "\ncontent " + content.hash + "\nhistory " + content.history_hash + "\n"));
  BOOST_TEST(holds(err, path("out.db") + ": "));
  BOOST_TEST(run({"verify", path("out.db")}).code == 0);
  BOOST_TEST(asked(path("out.db"), "PRAGMA integrity_check; PRAGMA journal_mode") ==
             "ok\ndelete\n");
  BOOST_TEST(shell("ls " + shell_word(path(""))).out == "book\nout.db\nplan.db\n");
}

BOOST_FIXTURE_TEST_CASE(a_hard_book_ships_whole, EdgeFile) {
  shipped(*this, file());

  BOOST_TEST((content_hash(file()) == content_hash(path("out.db"))));
}

BOOST_FIXTURE_TEST_CASE(a_copy_of_a_copy_has_the_same_bytes, EdgeFile) {
  const std::string first = shipped(*this, file());
  fs::copy(path("out.db"), path("first.db"));

  BOOST_TEST((shipped(*this, path("first.db")) == first));
}

BOOST_FIXTURE_TEST_CASE(the_same_content_gives_the_same_bytes_whatever_its_history, PlanFile) {
  const std::string rows =
      "gdp,330602,2021,1108.5,report,,\n"
      "gdp,paojiang,2022年1-8月,≥99,report,表 2,注\n";
  run({"import", file(), "observation", "-"}, kHeader + rows);
  run({"new", path("other.db")});
  for (const char* table : {"indicator", "source", "entity", "alias", "plan"}) {
    run({"import", path("other.db"), table, path(fmt::format("book/{}.csv", table))});
  }
  run({"import", path("other.db"), "observation", "-"},
      kHeader + std::string("rd-share,paojiang,2019,3,report,,\n"));
  run({"undo", path("other.db")});
  run({"import", path("other.db"), "observation", "-"},
      kHeader + std::string("gdp,paojiang,2022-01/2022-08,98,report,表 2,\n"));
  run({"import", path("other.db"), "observation", "-"}, kHeader + rows);
  run({"import", path("other.db"), path("book/observation.csv")});

  BOOST_TEST((shipped(*this, file(), {"--without-history"}) ==
              shipped(*this, path("other.db"), {"--without-history"})));
}

BOOST_FIXTURE_TEST_CASE(an_import_taken_back_leaves_no_trace, PlanFile) {
  const std::string before = shipped(*this, file());
  run({"import", file(), "observation", "-"},
      std::string(kHeader) +
          "gdp,330602,1999,77,report,,秘密甲\ngdp,330602,2020,9,outline,表 1,\n");
  run({"undo", file()});

  const std::string after = shipped(*this, file());

  BOOST_TEST((after == before));
  BOOST_TEST(!holds(after, "秘密甲"));
}

BOOST_FIXTURE_TEST_CASE(without_history_no_former_value_and_no_import_goes_along, PlanFile) {
  run({"import", file(), "observation", "-"},
      std::string(kHeader) + "gdp,330602,2021,5,report,,秘密甲\n");
  const std::string rows =
      write("秘密乙.csv", std::string(kHeader) + "gdp,330602,2021,6,report,,好\n");
  run({"import", file(), "observation", rows});

  const std::string with = shipped(*this, file()),
                    without = shipped(*this, file(), {"--without-history"});

  BOOST_TEST(holds(with, "秘密甲"));
  BOOST_TEST(holds(with, "秘密乙"));
  BOOST_TEST(!holds(without, "秘密甲"));
  BOOST_TEST(!holds(without, "秘密乙"));
  BOOST_TEST(asked(path("out.db"),
                   "SELECT count(*) FROM import; SELECT count(*) FROM revision; "
                   "SELECT count(import_id) FROM observation") == "0\n0\n0\n");
}

BOOST_FIXTURE_TEST_CASE(imports_of_a_copy_can_be_taken_back, PlanFile) {
  const std::string before = content_hash(file()).hash;
  run({"import", file(), "observation", "-"},
      std::string(kHeader) + "gdp,330602,2020,9,outline,表 1,\ngdp,330602,2021,5,report,,\n");
  shipped(*this, file());

  BOOST_TEST(run({"undo", path("out.db")}).code == 0);

  BOOST_TEST(content_hash(path("out.db")).hash == before);
}

BOOST_FIXTURE_TEST_CASE(a_redacted_column_is_gone_with_its_former_values, PlanFile) {
  run({"import", file(), "project", "-"},
      "code,name,entity,kind,investment,unit,source,note\n"
      "p,甲,330602,project,130以上,亿元,report,秘密甲\n");
  run({"import", file(), "project", "-"},
      "code,name,entity,kind,investment,unit,source,note\n"
      "p,甲,330602,project,13579以上,亿元,report,秘密乙\n");
  run({"import", file(), "observation", "-", "--set", "note=秘密丙"},
      "indicator,entity,period,value,source\ngdp,330602,2021,5,report\n");

  const std::string bytes = shipped(*this, file(),
                                    {"--redact", "project.note", "--redact", "project.investment",
                                     "--redact", "observation.note"});

  for (const char* secret : {"秘密甲", "秘密乙", "秘密丙", "13579", "130以上"}) {
    BOOST_TEST(!holds(bytes, secret), secret);
  }
  BOOST_TEST(asked(path("out.db"),
                   "SELECT name, investment, investment_comparator, unit FROM projects; "
                   "SELECT count(*) FROM revision") == "甲||=|亿元\n1\n");
}

const std::vector<std::tuple<std::string, std::string>> kRefused = {
    {"observation", "observation: written TABLE.COLUMN"},
    {"obsevation.note", "obsevation.note: no such table; nearest: \"observation\""},
    {"observation.notes",
     "observation.notes: observation has no such column; nearest: \"note\"; there are: indicator, "
     "entity, period, value, unit, scope, measure, among, status, source, locator, note, import"},
    {"observation.entity", "observation.entity: part of the key by which rows are told apart"},
    {"observation.value", "observation.value: a row says nothing without it"},
    {"observation.status", "observation.status: can't be empty"},
    {"observation.unit",
     "observation.unit: the printed figure would be of another unit without it"},
    {"observation.import", "observation.import: --without-history leaves imports out"},
    {"revision.former",
     "revision.former: not a table of facts; --without-history leaves former values out"},
};

BOOST_DATA_TEST_CASE(a_column_that_can_not_be_left_out_is_refused, kRefused, column, why) {
  const PlanFile plan;

  const auto [code, out, err] =
      run({"ship", plan.file(), "-o", plan.path("out.db"), "--redact", column});

  BOOST_TEST(code == 2);
  BOOST_TEST(err == "planfile: --redact: " + why + "\n");
  BOOST_TEST(!exists(plan.path("out.db")));
}

BOOST_FIXTURE_TEST_CASE(only_what_fits_goes_along_and_what_it_refers_to, PlanFile) {
  run({"import", file(), "entity", "-"},
      "code,name,kind,parent\nlihai,沥海街道,town,paojiang\nother,别处甲,zone,330604\n");
  run({"import", file(), "observation", "-"},
      std::string(kHeader) +
          "gdp,lihai,2021,5,report,,\nrd-share,lihai,2021,3,outline,,\n"
          "gdp,other,2021,6,report,,秘密甲\n");
  run({"import", file(), "observation", "-"},
      std::string(kHeader) + "gdp,other,2021,7,report,,\ngdp,lihai,2021,5.5,report,,\n");

  const std::string bytes =
      shipped(*this, file(), {"--only", "entity=沥海街道", "--only", "indicator=gdp"});

  BOOST_TEST(asked(path("out.db"),
                   "SELECT indicator, entity, period, value FROM observations; "
                   "SELECT code FROM source; SELECT group_concat(code) FROM entity; "
                   "SELECT code FROM indicator; SELECT name FROM alias WHERE kind = 'indicator'; "
                   "SELECT count(*) FROM plan; "
                   "SELECT id, file FROM import; SELECT key FROM revision WHERE former NOT NULL") ==
             "gdp|lihai|2021|5.5\nreport\n330000,330600,330602,cn,lihai,paojiang\ngdp\nGDP\n0\n"
             "1|stdin\n2|stdin\n3|stdin\n"
             "{\"indicator\":\"gdp\",\"entity\":\"lihai\",\"period\":\"2021\",\"scope\":\"\","
             "\"measure\":\"level\",\"among\":\"\",\"source\":\"report\",\"locator\":\"\"}\n");
  for (const char* secret : {"秘密甲", "别处甲", "研发经费占比", "规划纲要"}) {
    BOOST_TEST(!holds(bytes, secret), secret);
  }
}

BOOST_FIXTURE_TEST_CASE(of_a_plan_go_its_targets_and_the_figures_they_are_held_against, EdgeFile) {
  const std::string plan = asked(file(), "SELECT plan FROM targets LIMIT 1");
  const std::string code = plan.substr(0, plan.size() - 1);
  const std::string targets =
      asked(file(), fmt::format("SELECT count(*) FROM targets WHERE plan = '{}'", code));
  const std::string figures =
      asked(file(),
            fmt::format("SELECT count(*) FROM observation WHERE series_id IN (SELECT t.series_id "
                        "FROM target AS t JOIN plan AS n ON n.id = t.plan_id WHERE n.code = '{}')",
                        code));

  shipped(*this, file(), {"--only", "plan=" + code});

  BOOST_TEST(asked(path("out.db"), "SELECT count(*) FROM target") == targets);
  BOOST_TEST(asked(path("out.db"), "SELECT count(*) FROM observation") == figures);
  BOOST_TEST(asked(path("out.db"), "SELECT count(*) FROM project") == "0\n");
}

BOOST_FIXTURE_TEST_CASE(of_a_source_go_its_facts_alone, PlanFile) {
  run({"import", file(), "observation", "-"},
      std::string(kHeader) + "gdp,330602,2020,1009,report,,\ngdp,330602,2021,1010,report,,\n");

  shipped(*this, file(), {"--only", "source=report"});

  BOOST_TEST(asked(path("out.db"),
                   "SELECT period, value, source FROM observations; SELECT count(*) FROM plan; "
                   "SELECT observations, first_value, last_value FROM series") ==
             "2020|1009.0|report\n2021|1010.0|report\n0\n2|1009.0|1010.0\n");
}

BOOST_FIXTURE_TEST_CASE(what_only_names_must_be_there, PlanFile) {
  const auto only = [&](const std::string& text) {
    return run({"ship", file(), "-o", path("out.db"), "--only", text}).err;
  };

  BOOST_TEST(only("indicator=gpd") ==
             "planfile: --only: unknown indicator: \"gpd\"; nearest: \"GDP\", \"gdp\"\n");
  BOOST_TEST(
      only("unit=元") ==
      "planfile: --only: not plan=, entity=, indicator= or source= and a code: \"unit=元\"\n");
  BOOST_TEST(only("gdp").starts_with("planfile: --only: not plan=, "));
}

BOOST_FIXTURE_TEST_CASE(a_copy_is_never_written_over_what_is_there, PlanFile) {
  fs::create_symlink(file(), path("link.db"));
  fs::create_hard_link(file(), path("hard.db"));
  const std::string before = read(file()), letter = write("letter.txt", "dear all");
  run({"ship", file(), "-o", path("out.db")});

  BOOST_TEST(run({"ship", file(), "-o", path("out.db")}).code == 2);
  BOOST_TEST(run({"ship", file(), "-o", path("out.db"), "--force"}).code == 0);
  for (const char* same : {"plan.db", "link.db", "hard.db"}) {
    const auto [code, out, err] = run({"ship", file(), "-o", path(same), "--force"});
    BOOST_TEST(code == 2);
    BOOST_TEST(err == "planfile: " + path(same) +
                          ": is the file itself; choose another name for the copy\n");
  }
  BOOST_TEST(run({"ship", file(), "-o", letter, "--force"}).code == 3);
  BOOST_TEST((read(file()) == before));
  BOOST_TEST(read(letter) == "dear all");
}

BOOST_FIXTURE_TEST_CASE(ones_own_views_go_along_and_other_things_stay, PlanFile) {
  tamper(
      file(),
      "CREATE VIEW b AS SELECT x FROM a; CREATE VIEW a AS SELECT count(*) AS x FROM observations; "
      "CREATE TABLE memo (text TEXT); INSERT INTO memo VALUES ('秘密甲'); "
      "CREATE VIEW c AS SELECT text FROM memo; CREATE INDEX fast ON observation (value)");

  const auto [code, out, err] = run({"ship", file(), "-o", path("out.db")});

  BOOST_TEST(code == 0);
  BOOST_TEST(holds(err,
                   "left behind, as planfile did not make it: index fast\n"
                   "left behind, as planfile did not make it: table memo\n"
                   "left behind, as planfile did not make it: view c\n"),
             err);
  BOOST_TEST(asked(path("out.db"), "SELECT x FROM b") == "1\n");
  BOOST_TEST(!holds(read(path("out.db")), "秘密甲"));
}

BOOST_FIXTURE_TEST_CASE(a_file_in_wal_mode_ships_as_one_file, PlanFile) {
  tamper(file(), "PRAGMA journal_mode = WAL; UPDATE observation SET value = 9");

  const auto [code, out, err] = run({"ship", file(), "-o", path("out.db")});

  BOOST_TEST(code == 0, err);
  BOOST_TEST(asked(path("out.db"), "PRAGMA journal_mode; SELECT value FROM observation") ==
             "delete\n9.0\n");
}

BOOST_FIXTURE_TEST_CASE(a_file_whose_rows_break_rules_is_not_shipped, PlanFile) {
  tamper(file(), "PRAGMA ignore_check_constraints = ON; UPDATE source SET kind = 'rumour'");

  const auto [code, out, err] = run({"ship", file(), "-o", path("out.db")});

  BOOST_TEST(code == 1);
  BOOST_TEST(err == "planfile: " + file() +
                        ": not shipped: integrity: CHECK constraint failed in source\n");
  BOOST_TEST(!exists(path("out.db")));
}

BOOST_FIXTURE_TEST_CASE(a_tampered_trigger_does_not_go_along, PlanFile) {
  tamper(file(),
         "DROP TRIGGER observation_added; CREATE TRIGGER observation_added AFTER INSERT ON "
         "observation BEGIN DELETE FROM source; END");

  shipped(*this, file());

  BOOST_TEST(!holds(asked(path("out.db"), ".schema"), "DELETE FROM source"));
}

BOOST_FIXTURE_TEST_CASE(a_file_of_an_older_schema_ships_as_the_newest, Folder) {
  const fs::path old = root() / "tests/data/versions/schema-8.db";

  shipped(*this, old.string());

  BOOST_TEST((content_hash(old) == content_hash(path("out.db"))));
  BOOST_TEST(asked(old.string(), "PRAGMA user_version") == "8\n");
  BOOST_TEST(asked(path("out.db"), "PRAGMA user_version") != "8\n");
}

// The disk is full after 300 blocks of 1024 bytes.
BOOST_FIXTURE_TEST_CASE(a_full_disk_leaves_nothing_and_says_so, PlanFile) {
  const auto [code, out, err] =
      shell("cd " + shell_word(path("")) + " && trap '' XFSZ && ulimit -f 300 && " +
            shell_word(PLANFILE_COMMAND) + " ship plan.db -o out.db");

  BOOST_TEST(code == 3);
  BOOST_TEST(err.starts_with("planfile: out.db: "), err);
  BOOST_TEST(shell("ls " + shell_word(path(""))).out == "book\nplan.db\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
