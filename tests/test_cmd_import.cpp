#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "support.h"

namespace planfile::test {
namespace {

constexpr const char* kHeader = "indicator,entity,period,value,source\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_import)

BOOST_FIXTURE_TEST_CASE(an_import_with_bad_rows_changes_nothing_and_names_each, PlanFile) {
  const std::string before = read(file());
  const std::string rows = write("rows.csv", std::string(kHeader) +
                                                 "gdp,330602,2021,1108.5,report\n"
                                                 "gdp,330602,20x5,1,report\n"
                                                 "gdp,330602,2022,12..5,report\n");

  const auto [code, out, err] = run({"import", file(), "observation", rows});

  BOOST_TEST(code == 1);
  BOOST_TEST(out == "");
  BOOST_TEST(err == rows + ":3: period: not a period: \"20x5\"\n" + rows +
                        ":4: value: not a number: \"12..5\"\n2 faults; nothing was stored\n");
  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(an_import_adds_its_rows_and_records_itself, PlanFile) {
  const std::string rows =
      write("rows.csv", std::string(kHeader) + "gdp,越城区,2021,1108.5,report\n");

  const auto [code, out, err] = run({"import", file(), "observation", rows});

  BOOST_TEST(code == 0);
  BOOST_TEST(err == rows + ": 1 row\n" + file() + ": 1 added, 0 changed, 0 as they were\n");
  BOOST_TEST(value("SELECT value, import FROM observations WHERE period = '2021'") == "1108.5,1");
  // The digest is that of sha256sum.
  const std::string digest = shell("sha256sum " + shell_word(rows)).out.substr(0, 64);
  BOOST_TEST(value("SELECT file, sha256, rows, added, changed, version FROM import") ==
             "rows.csv," + digest + ",1,1,0,0.1.0");
}

BOOST_FIXTURE_TEST_CASE(the_same_file_again_changes_nothing, PlanFile) {
  const std::string rows =
      write("rows.csv", std::string(kHeader) + "gdp,330602,2021,1108.5,report\n");
  run({"import", file(), "observation", rows});
  const auto content = [&] {
    return value(
        "SELECT count(*), total(value), (SELECT count(*) FROM import), "
        "(SELECT count(*) FROM revision) FROM observation");
  };
  const std::string before = content();

  const auto [code, out, err] = run({"import", file(), "observation", rows});

  BOOST_TEST(code == 0);
  BOOST_TEST(err.ends_with(": 0 added, 0 changed, 1 as they were\n"));
  BOOST_TEST(content() == before);
}

BOOST_FIXTURE_TEST_CASE(a_changed_value_keeps_its_former_one, PlanFile) {
  const std::string rows =
      write("rows.csv",
            "indicator,entity,period,value,source,locator\ngdp,330602,2020,1010,outline,表 1\n");

  const auto [code, out, err] = run({"import", file(), "observation", rows});

  BOOST_TEST(err.ends_with(": 0 added, 1 changed, 0 as they were\n"));
  BOOST_TEST(value("SELECT value FROM observation") == "1010");
  BOOST_TEST(value("SELECT former ->> 'value', former ->> 'locator', import_id, table_name "
                   "FROM revision") == "1008.5,表 1,1,observation");
  BOOST_TEST(value("SELECT key ->> 'period', key ->> 'measure' FROM revision") == "2020,level");
}

BOOST_FIXTURE_TEST_CASE(the_same_figure_from_another_source_stands_beside, PlanFile) {
  const std::string rows =
      write("rows.csv", std::string(kHeader) + "gdp,330602,2020,1010,report\n");

  run({"import", file(), "observation", rows});

  BOOST_TEST(value("SELECT group_concat(value) FROM (SELECT value FROM observations WHERE period = "
                   "'2020' ORDER BY value)") == "\"1008.5,1010.0\"");
}

BOOST_FIXTURE_TEST_CASE(a_fault_in_one_file_keeps_the_others_out, PlanFile) {
  const std::string good = write("good.csv", std::string(kHeader) + "gdp,330602,2021,1,report\n");
  const std::string bad = write("坏 的.csv", std::string(kHeader) + "gdp,330602,2022,x1,report\n");

  const auto [code, out, err] = run({"import", file(), "observation", good, bad});

  BOOST_TEST(code == 1);
  BOOST_TEST(value("SELECT count(*) FROM observation") == "1");
}

BOOST_FIXTURE_TEST_CASE(rows_come_from_stdin_too, PlanFile) {
  const auto good = run({"import", file(), "observation", "-", "--source", "report"},
                        "indicator,entity,period,value\ngdp,330602,2021,5\n");
  const auto bad = run({"import", file(), "observation", "-"},
                       "indicator,period,value,source\ngdp,2021,5,report\n");

  BOOST_TEST(good.code == 0, good.err);
  BOOST_TEST(bad.err.starts_with("stdin:1: no column names whom the figures are about"), bad.err);
}

BOOST_FIXTURE_TEST_CASE(an_import_survives_export_and_build, PlanFile) {
  const std::string rows =
      write("rows.csv",
            "indicator,entity,period,value,source,locator\ngdp,330602,2020,1010,outline,表 1\n");
  run({"import", file(), "observation", rows});

  run({"export", file(), path("one")});
  run({"build", path("one"), "-o", path("one.db")});
  run({"export", path("one.db"), path("two")});

  BOOST_TEST(shell("diff -r " + shell_word(path("one")) + " " + shell_word(path("two"))).code == 0);
  BOOST_TEST(
      run({"sql", path("one.db"), "SELECT former ->> 'value' FROM revision", "--format", "csv"})
          .out.ends_with("\n1008.5\n"));
}

BOOST_FIXTURE_TEST_CASE(targets_projects_and_their_money_are_imported_alike, PlanFile) {
  const std::string targets =
      write("t.csv", "plan,indicator,period,value,nature\nplan-14,GDP,2025年,1500 以上,expected\n");
  const std::string projects =
      write("p.csv",
            "code,name,entity,kind,stage,investment,unit,source\n"
            "battery,电池基地,越城区,project,completion,130,亿元,report\n");
  const std::string milestones =
      write("m.csv", "project,kind,actual,source\n电池基地,commissioned,2022年6月14日,report\n");
  const std::string outlays =
      write("o.csv",
            "project,period,planned,spent,unit,source\nbattery,2022年1-8月,,39.46,亿元,report\n");

  BOOST_TEST(run({"import", file(), "target", targets}).code == 0);
  BOOST_TEST(run({"import", file(), "project", projects}).code == 0);
  BOOST_TEST(run({"import", file(), "milestone", milestones}).code == 0);
  BOOST_TEST(run({"import", file(), "outlay", outlays}).code == 0);

  BOOST_TEST(value("SELECT comparator, value, printed, entity FROM targets") ==
             ">=,1500,1500 以上,330602");
  BOOST_TEST(value("SELECT investment, unit, stage FROM projects") == "130,亿元,completion");
  BOOST_TEST(value("SELECT kind, actual FROM milestones") == "commissioned,2022-06-14");
  BOOST_TEST(value("SELECT period, planned, spent FROM outlays") == "2022-01/2022-08,,39.46");
}

BOOST_FIXTURE_TEST_CASE(a_file_that_brings_nothing_is_refused, PlanFile) {
  const auto header = run({"import", file(), "observation", "-"}, kHeader);
  const auto empty = run({"import", file(), "-"}, "");
  const auto workbook = run({"import", file(), write("x.csv", "PK\x03\x04xl/workbook.xml")});

  BOOST_TEST(header.err == "stdin:1: no row below the header\n1 fault; nothing was stored\n");
  BOOST_TEST(empty.err == "stdin:1: empty: not even a header\n1 fault; nothing was stored\n");
  BOOST_TEST(workbook.code == 1);
}

BOOST_FIXTURE_TEST_CASE(a_data_package_brings_the_files_that_it_lists, PlanFile) {
  write(
      "p/datapackage.json",
      R"({"name": "p", "resources": [{"name": "a", "path": "a.csv"}, {"name": "b", "path": ["b.csv"]}]})");
  write("p/a.csv", std::string(kHeader) + "gdp,330602,2021,1,report\n");
  write("p/b.csv", std::string(kHeader) + "gdp,330602,2022,2,report\n");
  write("q/datapackage.json", R"({"resources": [{"path": "../a.csv"}]})");

  const auto [code, out, err] = run({"import", file(), path("p/datapackage.json")});
  const auto outside = run({"import", file(), path("q/datapackage.json")});

  BOOST_TEST(code == 0, err);
  BOOST_TEST(value("SELECT count(*) FROM observations WHERE source = 'report'") == "2");
  BOOST_TEST(outside.code == 2);
  BOOST_TEST(outside.err.find("a resource lies outside its folder") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_table_out_of_excel_needs_no_preparation, PlanFile) {
  // As iconv -t gb18030 writes it: two title rows, years across, a unit in the titles, a note.
  write("utf8.csv",
        "越城区主要指标\n单位：亿元\n指标,2022年,2023年\n地区生产总值,\"1,205.3\",1280\n"
        "资料来源：统计公报\n");
  shell("iconv -t gb18030 " + shell_word(path("utf8.csv")) + " > " + shell_word(path("导出.csv")));

  const auto seen = run({"import", file(), path("导出.csv"), "--source", "report", "--dry-run"});
  const auto stored = run({"import", file(), path("导出.csv"), "--source", "report"});

  BOOST_TEST(seen.code == 0, seen.err);
  BOOST_TEST(seen.out.find("GB18030, comma, header in line 3, 1 row: 2 observation") !=
             std::string::npos);
  BOOST_TEST(stored.code == 0, stored.err);
  BOOST_TEST(value("SELECT group_concat(period || ' ' || printed || ' ' || entity_name, ';') FROM "
                   "observations WHERE source = 'report'") ==
             "\"2022 1,205.3 越城区;2023 1280 越城区\"");
  BOOST_TEST(value("SELECT notes LIKE '%资料来源：统计公报%' FROM import") == "1");
}

// 1,205.3 of the titles' 万元 is 0.12053 亿元; 5 亿元 and 2.8 % stand as they are.
BOOST_FIXTURE_TEST_CASE(a_row_with_a_unit_of_its_own_does_not_take_the_titles_one, PlanFile) {
  const std::string titles = "越城区主要指标\n单位：万元\n";
  const auto stored = [&] {
    return value(
        "SELECT group_concat(indicator || ' ' || value, ';') FROM observations WHERE "
        "source = 'report'");
  };

  const auto named = run({"import", file(),
                          write("a.csv", titles + "指标,2022年\n地区生产总值,\"1,205.3\"\n"
                                                  "研发经费占比(%),2.8\n"),
                          "--source", "report"});
  BOOST_TEST(named.code == 0, named.err);
  BOOST_TEST(stored() == "gdp 0.12053;rd-share 2.8");
  BOOST_TEST(run({"undo", file()}).code == 0);

  const auto columned = run({"import", file(),
                             write("b.csv", titles + "指标,单位,2022年\n地区生产总值,,5\n"
                                                     "研发经费占比,%,2.8\n"),
                             "--source", "report"});
  BOOST_TEST(columned.code == 0, columned.err);
  BOOST_TEST(stored() == "gdp 0.0005;rd-share 2.8");

  const auto unfit =
      run({"import", file(), write("c.csv", titles + "指标,2022年\n研发经费占比,2.8\n"), "--source",
           "report"});
  BOOST_TEST(unfit.code == 1);
  BOOST_TEST(unfit.err.find("\"2.8\" is in 万元, which does not convert into %") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_a_dry_run_prints_as_json_is_a_mapping_for_the_next_file, PlanFile) {
  const std::string first = write("a.csv", "指标,地区,2022年\ngdp,越城区,5\n");
  const auto printed =
      run({"import", file(), first, "--source", "report", "--dry-run", "--format", "json"});
  const std::string map = write("map.json", printed.out);
  const std::string next = write("b.csv", "指标,地区,2022年,2023年\ngdp,越城区,5,6\n");

  const auto stored = run({"import", file(), next, "--source", "report", "--map", map});

  BOOST_TEST(stored.code == 0, stored.err);
  BOOST_TEST(value("SELECT count(*) FROM observations WHERE source = 'report'") == "2");
}

BOOST_FIXTURE_TEST_CASE(refused_rows_are_written_out_and_the_others_stored, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) +
                                                 "gdp,330602,2021,1108.5,report\n"
                                                 "gdp,330602,20x5,1,report\n"
                                                 "gdp,330602,2022,9,report\n"
                                                 "gdp,330602,2022,10,report\n");

  const auto [code, out, err] =
      run({"import", file(), "observation", rows, "--rejects", path("rejects.csv")});

  BOOST_TEST(code == 1);
  BOOST_TEST(value("SELECT count(*) FROM observations WHERE source = 'report'") == "2");
  BOOST_TEST(read(path("rejects.csv")) ==
             "indicator,entity,period,value,source,file,line,reason,text\n"
             "gdp,330602,20x5,1,report," +
                 rows +
                 ",3,\"period: not a period: \"\"20x5\"\"\",\n"
                 "gdp,330602,2022,10,report," +
                 rows + ",5,\"differs from line 4, which is about the same: 9 there, 10 here\",\n");
}

BOOST_FIXTURE_TEST_CASE(rows_that_are_no_csv_are_written_out_as_they_stand, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) +
                                                 "gdp,330602,2021,1108.5,report\n"
                                                 "gdp,330602,2022,1\"2,report\r\n"
                                                 "gdp,330602,2023,1\n"
                                                 "gdp,330602,2024,\xB0\xE9,report\n"
                                                 "gdp,330602,2025,1,report,a note\n"
                                                 "gdp,330602,\"2026,1,report\n"
                                                 "gdp,330602,2027,3,report");

  const auto [code, out, err] = run({"import", file(), "observation", rows, "--encoding", "UTF-8",
                                     "--rejects", path("rejects.csv")});

  BOOST_TEST(code == 1);
  BOOST_TEST(err.find("5 rows refused: see " + path("rejects.csv")) != std::string::npos);
  BOOST_TEST(value("SELECT count(*) FROM observations WHERE source = 'report'") == "1");
  BOOST_TEST(read(path("rejects.csv")) ==
             "indicator,entity,period,value,source,file,line,reason,text\n"
             ",,,,," +
                 rows +
                 ",3,3:18: quote inside an unquoted cell,\"gdp,330602,2022,1\"\"2,report\"\n"
                 ",,,,," +
                 rows +
                 ",4,4 cells where the header has 5,\"gdp,330602,2023,1\"\n"
                 ",,,,," +
                 rows +
                 ",5,5:17: not UTF-8: 0xB0,\"gdp,330602,2024,\uFFFD\uFFFD,report\"\n"
                 ",,,,," +
                 rows +
                 ",6,6 cells where the header has 5,\"gdp,330602,2025,1,report,a note\"\n"
                 ",,,,," +
                 rows +
                 ",7,7:12: quote never closes,\"gdp,330602,\"\"2026,1,report\n"
                 "gdp,330602,2027,3,report\"\n");
}

BOOST_FIXTURE_TEST_CASE(a_fault_above_the_data_is_never_passed_over, PlanFile) {
  const std::string rows = write("rows.csv",
                                 "indicator,entity,peri\"od,value,source\n"
                                 "indicator,entity,period,value,source\n"
                                 "gdp,330602,2021,1108.5,report\n");
  const std::string before = read(file());

  const auto [code, out, err] =
      run({"import", file(), "observation", rows, "--rejects", path("rejects.csv")});

  BOOST_TEST(code == 1);
  BOOST_TEST(err == rows + ":1:22: quote inside an unquoted cell\n1 fault; nothing was stored\n");
  BOOST_TEST(!std::filesystem::exists(path("rejects.csv")));
  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(refused_rows_that_cannot_be_written_keep_the_others_out, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) +
                                                 "gdp,330602,2021,1108.5,report\n"
                                                 "gdp,330602,20x5,1,report\n");
  const std::string before = read(file());

  const auto nowhere =
      run({"import", file(), "observation", rows, "--rejects", path("no/rejects.csv")});
  const auto existing = run({"import", file(), "observation", rows, "--rejects", rows});

  BOOST_TEST(nowhere.code == 3);
  BOOST_TEST(nowhere.err == "planfile: " + path("no/rejects.csv") + ": can't be written\n");
  BOOST_TEST(existing.code == 2);
  BOOST_TEST(existing.err == "planfile: " + rows + ": exists already\n");
  BOOST_TEST((read(file()) == before));
}

// A header and 1,500 years that differ twice each.
BOOST_FIXTURE_TEST_CASE(every_row_that_clashes_is_written_out, PlanFile) {
  std::string text = kHeader;
  for (const int value : {1, 2}) {
    for (int year = 1; year <= 1500; ++year) {
      text += fmt::format("gdp,330602,{}-{:02},{},report\n", year % 125 + 1900, year / 125 % 12 + 1,
                          value);
    }
  }

  const auto [code, out, err] = run(
      {"import", file(), "observation", write("rows.csv", text), "--rejects", path("rejects.csv")});

  BOOST_TEST(code == 1);
  BOOST_TEST(value("SELECT count(*), max(value) FROM observations WHERE source = 'report'") ==
             "1500,1");
  const std::string rejects = read(path("rejects.csv"));
  BOOST_TEST(std::count(rejects.begin(), rejects.end(), '\n') == 1501);
}

BOOST_FIXTURE_TEST_CASE(names_that_the_file_lacks_are_listed_or_made, PlanFile) {
  const std::string rows =
      write("rows.csv",
            "indicator,entity,period,value,unit,source\n工业用电量,新城,2021,5,亿千瓦时,report\n");
  const std::string before = read(file());

  const auto refused = run({"import", file(), "observation", rows});
  BOOST_TEST(refused.code == 1);
  BOOST_TEST((read(file()) == before));
  const auto made = run({"import", file(), "observation", rows, "--create"});

  BOOST_TEST(made.code == 0, made.err);
  BOOST_TEST(value("SELECT indicator_name, entity_name, value, unit FROM observations WHERE "
                   "period = '2021'") == "工业用电量,新城,5,亿千瓦时");
  BOOST_TEST(run({"undo", file()}).code == 0);
  BOOST_TEST(value("SELECT count(*) FROM indicator WHERE name = '工业用电量'") == "0");
}

BOOST_FIXTURE_TEST_CASE(an_unknown_table_is_named_with_those_there_are, PlanFile) {
  const std::string rows = write("rows.csv", kHeader);

  const auto [code, out, err] = run({"import", file(), "observatoin", rows});

  BOOST_TEST(code == 2);
  BOOST_TEST(
      err.starts_with("planfile: no table for imports: \"observatoin\"; nearest: "
                      "\"observation\"; there are: source, entity, "));
}

BOOST_FIXTURE_TEST_CASE(a_writer_waits_and_then_says_so_when_another_holds_the_file, PlanFile) {
  const std::string rows = write("rows.csv", std::string(kHeader) + "gdp,330602,2021,5,report\n");
  const std::string before = read(file());

  const auto held = shell("( echo 'BEGIN IMMEDIATE;'; sleep 8 ) | sqlite3 " + shell_word(file()) +
                          " & sleep 0.5; " + shell_word(PLANFILE_COMMAND) + " import " +
                          shell_word(file()) + " observation " + shell_word(rows));

  BOOST_TEST(held.code == 3);
  BOOST_TEST(held.err == "planfile: " + file() + ": in use by another program (waited 5 s)\n");
  BOOST_TEST((read(file()) == before));
}

// More facts above the note than the first ones, which are read with more care.
BOOST_FIXTURE_TEST_CASE(a_note_below_many_rows_is_kept_and_no_row, PlanFile) {
  std::string text = "indicator,entity,period,value\n";
  for (int year = 1991; year <= 2020; ++year) text += fmt::format("gdp,330602,{},1.5\n", year);
  const std::string rows = write("rows.csv", text + "续表,,,\n注：按现行统计制度核算。,,,\n");

  const auto [code, out, err] = run({"import", file(), rows, "--source", "report"});

  BOOST_TEST(code == 0);
  BOOST_TEST(err.find(": 30 rows\n") != std::string::npos);
  BOOST_TEST(value("SELECT rows, replace(notes, char(10), '|') FROM import") ==
             "30,续表|注：按现行统计制度核算。|");
}

BOOST_FIXTURE_TEST_CASE(what_tables_put_around_names_and_units_is_taken_off, PlanFile) {
  const std::string rows = write("rows.csv",
                                 "indicator,entity,period,value,unit\n"
                                 "其中：gdp,330602,2021,6,亿元\n"
                                 "#gdp,330602,2022,７,—\n"
                                 "　gdp,330602,2023,—,—\n");

  const auto [code, out, err] = run({"import", file(), rows, "--source", "report"});

  BOOST_TEST(code == 0);
  BOOST_TEST(err == rows + ": 3 rows\n" + file() + ": 3 added, 0 changed, 0 as they were\n");
  BOOST_TEST(
      value("SELECT group_concat(indicator || ifnull(value, '-') || status, ' ') FROM "
            "observations WHERE source = 'report' AND period > '2020' AND period < '2024'") ==
      "gdp6.0A gdp7.0A gdp-O");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
