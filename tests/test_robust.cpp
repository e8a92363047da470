#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

#include "support.h"

// What a hostile or broken file, CSV or disk must not do. Each case was once possible.
namespace planfile::test {
namespace {

constexpr const char* kHeader = "indicator,entity,period,value,source\n";

// Changes a plan file behind planfile's back.
void tamper(const std::string& file, const std::string& sql) {
  const Outcome done = shell("sqlite3 " + shell_word(file) + " " + shell_word(sql));
  BOOST_REQUIRE_MESSAGE(done.code == 0, done.err);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(robust)

BOOST_FIXTURE_TEST_CASE(an_indicator_keeps_the_unit_in_which_its_figures_are, PlanFile) {
  const auto changed = run({"import", file(), "indicator", "-"},
                           "code,name,unit,direction,kind\ngdp,地区生产总值,万元,higher,flow\n");

  BOOST_TEST(changed.code == 1);
  BOOST_TEST(changed.err.starts_with(
      "stdin:2: unit: \"gdp\" is in 亿元 in this file; its unit can't change\n"));
}

BOOST_FIXTURE_TEST_CASE(a_unit_keeps_its_dimension_and_factor, PlanFile) {
  const auto changed =
      run({"import", file(), "unit", "-"},
          "code,dimension,base,factor\n万元,currency_cny,元,5\n吨,volume,立方米,1\n");

  BOOST_TEST(changed.code == 1);
  BOOST_TEST(changed.err.starts_with(
      "stdin:2: factor: \"万元\" has the factor 10000 in this file, which can't change\n"
      "stdin:3: dimension: \"吨\" is of mass in this file, which can't change\n"));
}

BOOST_FIXTURE_TEST_CASE(a_column_that_a_csv_leaves_out_is_left_alone, PlanFile) {
  run({"import", file(), "project", "-"},
      "code,name,name_en,entity,kind,stage,investment,unit,source\n"
      "p,甲,A,330602,project,preparation,130,亿元,report\n");

  run({"import", file(), "project", "-"},
      "code,name,entity,kind,stage,source\np,甲,330602,project,completion,report\n");

  BOOST_TEST(value("SELECT name_en, stage, investment, unit FROM projects") ==
             "A,completion,130,亿元");
}

BOOST_FIXTURE_TEST_CASE(a_trigger_that_a_file_brings_does_not_run, PlanFile) {
  tamper(file(), "CREATE TRIGGER evil AFTER INSERT ON import BEGIN DELETE FROM observation; END");

  run({"import", file(), "observation", "-"}, std::string(kHeader) + "gdp,330602,2021,5,report\n");

  BOOST_TEST(value("SELECT count(*) FROM observation") == "2");
}

BOOST_FIXTURE_TEST_CASE(a_journal_left_behind_does_not_spoil_a_new_file, PlanFile) {
  write("new.db-journal", "left over");

  const auto [code, out, err] = run({"new", path("new.db")});

  BOOST_TEST(code == 3);
  BOOST_TEST(err.starts_with("planfile: " + path("new.db-journal") + ": stands in the way"));
  BOOST_TEST(!exists(path("new.db")));
}

// The writer is stopped hard in the middle of a transaction that has begun to write the file.
BOOST_FIXTURE_TEST_CASE(a_file_whose_writer_was_killed_is_read_as_it_was_before, PlanFile) {
  const std::string before = read(file());
  const std::string pipe = shell_word(path("statements"));
  shell("mkfifo " + pipe + "; sqlite3 " + shell_word(file()) + " < " + pipe +
        " & writer=$!; exec 3> " + pipe +
        "; echo 'PRAGMA cache_size = 1; BEGIN; UPDATE dictionary SET about = "
        "hex(randomblob(200)); UPDATE entity SET name = hex(randomblob(100));' >&3; sleep 1; "
        "kill -9 $writer; exec 3>&-");
  BOOST_REQUIRE(exists(file() + "-journal"));

  const auto [code, out, err] = run({"run", file(), "value-latest", "--format", "csv"});

  BOOST_TEST(code == 0, err);
  BOOST_TEST((read(file()) == before));
  BOOST_TEST(!exists(file() + "-journal"));
}

// A journal beside the file is no sign of trouble while its writer lives.
BOOST_FIXTURE_TEST_CASE(a_reader_beside_a_writer_sees_the_state_before, PlanFile) {
  const auto [code, out, err] = shell(
      "( echo \"BEGIN; UPDATE observation SET value = 1;\"; sleep 2; echo 'ROLLBACK;' ) | "
      "sqlite3 " +
      shell_word(file()) + " & sleep 0.7; " + shell_word(PLANFILE_COMMAND) + " sql " +
      shell_word(file()) + " 'SELECT value FROM observation' --format csv; wait");

  BOOST_TEST(code == 0);
  BOOST_TEST(out == "value\n1008.5\n");
  BOOST_TEST(err == "");
}

BOOST_FIXTURE_TEST_CASE(a_reader_waits_for_a_writer_that_shuts_all_out, PlanFile) {
  const auto [code, out, err] = shell(
      "( echo 'BEGIN EXCLUSIVE; UPDATE observation SET value = 1;'; sleep 2; echo 'COMMIT;' ) | "
      "sqlite3 " +
      shell_word(file()) + " & sleep 0.7; " + shell_word(PLANFILE_COMMAND) + " sql " +
      shell_word(file()) + " 'SELECT value FROM observation' --format csv; wait");

  BOOST_TEST(code == 0);
  BOOST_TEST(out == "value\n1\n");
}

BOOST_FIXTURE_TEST_CASE(force_replaces_plan_files_only, PlanFile) {
  const std::string letter = write("letter.txt", "dear all");

  const auto [code, out, err] = run({"build", path("book"), "-o", letter, "--force"});

  BOOST_TEST(code == 3);
  BOOST_TEST(err == "planfile: " + letter + ": not a plan file: it is no SQLite file\n");
  BOOST_TEST(read(letter) == "dear all");
}

BOOST_FIXTURE_TEST_CASE(force_follows_a_link_to_its_file, PlanFile) {
  std::filesystem::create_symlink(file(), path("link.db"));

  const auto built = run({"build", path("book"), "-o", path("link.db"), "--force"});

  BOOST_TEST(built.code == 0, built.err);
  BOOST_TEST(std::filesystem::is_symlink(path("link.db")));
}

BOOST_FIXTURE_TEST_CASE(a_code_is_never_taken_by_another_things_name, PlanFile) {
  run({"import", file(), "indicator", "-"},
      "code,name,unit,direction,kind\nother,gdp,亿元,higher,flow\n");

  const auto by_code = run({"import", file(), "observation", "-"},
                           std::string(kHeader) + "gdp,330602,2021,5,report\n");

  BOOST_TEST(by_code.code == 0, by_code.err);
  BOOST_TEST(value("SELECT indicator FROM observations WHERE period = '2021'") == "gdp");
}

BOOST_FIXTURE_TEST_CASE(a_name_of_several_is_not_guessed, PlanFile) {
  run({"import", file(), "entity", "-"}, "code,name,kind\nx1,同名,zone\nx2,同名,zone\n");

  const auto [code, out, err] = run({"run", file(), "value-latest", "-p", "entity=同名"});

  BOOST_TEST(code == 2);
  BOOST_TEST(err == "planfile: value-latest: \"同名\" names more than one entity: x1, x2\n");
}

BOOST_FIXTURE_TEST_CASE(an_update_makes_no_ring, PlanFile) {
  run({"import", file(), "entity", "-"}, "code,name,kind,parent\na,甲,zone,\nb,乙,zone,a\n");
  const std::string before = read(file());

  const auto ring = run({"import", file(), "entity", "-"}, "code,name,kind,parent\na,甲,zone,b\n");
  const auto self = run({"import", file(), "entity", "-"}, "code,name,kind,parent\na,甲,zone,a\n");

  BOOST_TEST(ring.code == 1);
  BOOST_TEST(ring.err == "planfile: entity \"a\": its parent leads back to itself\n");
  BOOST_TEST(self.err.starts_with("stdin:2: parent: an entity is no part of itself\n"));
  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(a_figure_too_large_or_cut_is_refused, PlanFile) {
  const auto refused = run({"import", file(), "observation", "-"},
                           "indicator,entity,period,value,unit,source\n"
                           "gdp,330602,2021,1.7e308,万亿元,report\n");
  const auto range = run({"import", file(), "target", "-"},
                         "plan,indicator,period,value,base_value\nplan-14,gdp,2025,9,3~5\n");
  const auto factor =
      run({"import", file(), "unit", "-"}, "code,dimension,base,factor\n斗,volume,立方米,≥5\n");

  BOOST_TEST(refused.err.starts_with("stdin:2: value: \"1.7e308\" can't be told in 亿元\n"),
             refused.err);
  BOOST_TEST(range.err.starts_with("stdin:2: base_value: a range is not kept here: \"3~5\"\n"),
             range.err);
  BOOST_TEST(factor.err.starts_with("stdin:2: factor: not a number: \"≥5\"\n"), factor.err);
}

BOOST_FIXTURE_TEST_CASE(no_table_of_a_book_is_passed_over, PlanFile) {
  std::filesystem::create_symlink(path("nowhere"), path("book/outlay.csv"));
  const auto dangling = run({"build", path("book"), "-o", path("x.db")});
  std::filesystem::remove(path("book/outlay.csv"));
  write("book/Target.CSV", "plan,indicator\n");
  const auto spelt = run({"build", path("book"), "-o", path("x.db")});
  std::filesystem::remove(path("book/Target.CSV"));
  write("book/~$target.csv", "an editor's lock");
  const auto hidden = run({"build", path("book"), "-o", path("x.db")});

  BOOST_TEST(dangling.code == 3);
  BOOST_TEST(dangling.err ==
             "planfile: " + path("book/outlay.csv") + ": not a file that can be read\n");
  BOOST_TEST(spelt.code == 1);
  BOOST_TEST(hidden.code == 0, hidden.err);
}

BOOST_FIXTURE_TEST_CASE(importing_nothing_new_leaves_every_byte, PlanFile) {
  const std::string rows = std::string(kHeader) + "gdp,330602,2021,5,report\n";
  run({"import", file(), "observation", "-"}, rows);
  const std::string before = read(file());

  run({"import", file(), "observation", "-"}, rows);

  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(a_file_name_that_is_not_utf8_is_recorded_in_ascii, PlanFile) {
  const std::string rows =
      write("\xd6\xd0.csv", std::string(kHeader) + "gdp,330602,2021,5,report\n");

  const auto imported = run({"import", file(), "observation", rows});

  BOOST_TEST(imported.code == 0);
  BOOST_TEST(value("SELECT file FROM import") == "%D6%D0.csv");
}

BOOST_FIXTURE_TEST_CASE(a_file_in_gb18030_is_read_as_such, PlanFile) {
  // 越城 in GB18030, as iconv writes it.
  const auto imported = run({"import", file(), "observation", "-"},
                            std::string(kHeader) + "gdp,\xd4\xbd\xb3\xc7,2021,5,report\n");

  BOOST_TEST(imported.code == 0, imported.err);
  BOOST_TEST(value("SELECT entity_name FROM observations WHERE period = '2021'") == "越城区");
}

BOOST_FIXTURE_TEST_CASE(a_version_that_no_planfile_wrote_is_damage, PlanFile) {
  tamper(file(), "PRAGMA user_version = 0");

  const auto reading = run({"sql", file(), "SELECT 1"});
  const auto writing = run({"import", file(), "unit", "-"}, "code,dimension,base,factor\n");

  BOOST_TEST(reading.code == 3);
  BOOST_TEST(writing.code == 3);
  BOOST_TEST(reading.err == "planfile: " + file() + ": damaged: no planfile wrote schema 0\n");
}

BOOST_FIXTURE_TEST_CASE(a_period_that_another_hand_spoilt_is_told, PlanFile) {
  tamper(file(), "UPDATE period SET code = 'bogus' WHERE code = '2021/2025'");

  const auto [code, out, err] = run({"export", file(), path("out")});

  BOOST_TEST(code == 3);
  BOOST_TEST(err.find("damaged: plan: not a period: \"bogus\"") != std::string::npos, err);
  BOOST_TEST(!exists(path("out")));
}

BOOST_FIXTURE_TEST_CASE(a_broken_saved_query_keeps_no_other_from_being_used, PlanFile) {
  tamper(file(),
         "INSERT INTO query VALUES ('broken', 'user', '-- param: x' || char(10) || 'SELECT 1')");

  const auto listed = run({"queries", file(), "--format", "csv"});

  BOOST_TEST(listed.code == 0);
  BOOST_TEST(listed.out.find("line 1: a parameter reads NAME TYPE") != std::string::npos);
  BOOST_TEST(run({"describe", file(), "gdp"}).code == 0);
  BOOST_TEST(run({"run", file(), "broken"}).code == 2);
}

BOOST_FIXTURE_TEST_CASE(a_book_does_not_replace_a_built_in_query, PlanFile) {
  write("book/query.csv", "name,text\ntarget-claims,SELECT 1\n");

  const auto [code, out, err] = run({"build", path("book"), "-o", path("x.db")});

  BOOST_TEST(code == 1);
  BOOST_TEST(err.find("query.csv:2: name: \"target-claims\" is one of planfile's own queries\n") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_default_that_is_unknown_is_named_before_any_row, PlanFile) {
  const auto [code, out, err] =
      run({"import", file(), "observation", "-", "--source", "reprot"}, kHeader);

  BOOST_TEST(code == 2);
  BOOST_TEST(err == "planfile: --source: unknown source: \"reprot\"; nearest: \"report\"\n");
}

BOOST_FIXTURE_TEST_CASE(odd_places_to_write_to_are_refused, PlanFile) {
  BOOST_TEST(run({"build", path("book"), "-o", ""}).code != 0);
  BOOST_TEST(run({"build", path("book"), "-o", "-"}).code == 2);
  BOOST_TEST(run({"export", file(), path("out/")}).code == 0);
  BOOST_TEST(exists(path("out/source.csv")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
