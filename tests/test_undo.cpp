#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "edit.h"
#include "load.h"
#include "planfile/book.h"
#include "planfile/file.h"
#include "support.h"

namespace planfile::test {
namespace {

Import import_of(std::string file, std::string table) {
  Import import;
  import.at = "2026-03-01T08:00:00Z";
  import.table_name = std::move(table);
  import.file = std::move(file);
  import.sha256 = std::string(64, '0');
  import.version = "0.1.0";
  return import;
}

// Runs SQL over the file as nothing else can: a change by hand.
std::string sql(File& file, const std::string& text) {
  Edit edit(file);
  SQLite::Statement statement(EditAccess::database(edit).sqlite(), text);
  std::string rows;
  while (statement.executeStep()) {
    for (int at = 0; at < statement.getColumnCount(); ++at) {
      rows += (at == 0 ? "" : "|") + statement.getColumn(at).getString();
    }
    rows += '\n';
  }
  return rows;
}

// Every row of every table, ids included.
std::string dump(File& file) {
  std::string text;
  std::string tables = sql(file, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1");
  for (std::size_t end = 0; (end = tables.find('\n')) != std::string::npos;
       tables.erase(0, end + 1)) {
    const std::string table = tables.substr(0, end);
    if (table == "dictionary" || table == "query") continue;
    text += table + "\n" + sql(file, "SELECT * FROM \"" + table + "\" ORDER BY 1, 2, 3");
  }
  return text;
}

std::string told(const Undone& undone) {
  return fmt::format("{} ({}): {} removed, {} restored", undone.import, undone.file, undone.removed,
                     undone.restored);
}

// The message of an error of that kind.
std::string refusal(File& file, std::optional<std::int64_t> import, Errc kind) {
  try {
    undo(file, import);
  } catch (const Error& error) {
    BOOST_TEST((error.code() == kind));
    return error.what();
  }
  return "not refused";
}

// A file in memory with some names and figures that no import brought.
class Filled {
 public:
  Filled() : file(File::in_memory()) {
    Edit edit(file);
    put<Source>(edit, {{"a", "年鉴", "", "", "2023-03-01", "yearbook", ""},
                       {"b", "公报", "", "", "2024-03-01", "bulletin", ""}});
    put<Entity>(edit, {{"x", "某区", "", "district", "", "", "", "", ""}});
    put<Indicator>(edit, {{"gdp", "生产总值", "", "亿元", "", "higher", "flow", "", "", ""},
                          {"pop", "人口", "", "万人", "", "higher", "stock", "", "", ""}});
    put<Plan>(edit, {plan("p")});
    put<Observation>(edit, {fact("2020", 1), fact("2021", 2)});
    edit.commit();
  }

  template <class Fact>
  static Changes put(Edit& edit, const std::vector<Fact>& facts,
                     const std::vector<std::string>& columns = {}) {
    return edit.put(std::span<const Fact>(facts), columns);
  }

  template <class Fact>
  Changes import(const std::vector<Fact>& facts, const std::vector<std::string>& columns = {}) {
    Edit edit(file);
    edit.begin(import_of("rows.csv", "some"));
    const Changes changes = put(edit, facts, columns);
    edit.commit();
    return changes;
  }

  static Observation fact(std::string_view period, double value, std::string indicator = "gdp") {
    Observation fact;
    fact.indicator = std::move(indicator);
    fact.entity = "x";
    fact.period = *parse_period(period);
    fact.value.value = value;
    fact.measure = "level";
    fact.status = "A";
    fact.source = "a";
    return fact;
  }

  static Plan plan(std::string code, std::string_view period = "2021/2025") {
    return {std::move(code), "规划", "", "x", *parse_period(period), "a", "", ""};
  }

  static Target target(std::string_view period, double value) {
    Target target;
    target.plan = "p";
    target.indicator = "pop";
    target.entity = "x";
    target.period = *parse_period(period);
    target.value.value = value;
    target.measure = "level";
    target.base_value.value = 1;
    target.base_period = *parse_period("2019");
    target.source = "a";
    return target;
  }

  static Project project(std::string code, double investment) {
    Project project;
    project.code = std::move(code);
    project.name = "项目" + project.code;
    project.entity = "x";
    project.kind = "project";
    project.investment.value = investment;
    project.unit = "亿元";
    project.source = "a";
    return project;
  }

  static Milestone milestone(std::string project, std::string_view day) {
    return {std::move(project), "start", std::nullopt, *parse_period(day), "a", "", "",
            std::nullopt};
  }

  static Outlay outlay(std::string project, std::string_view period, double spent) {
    Outlay outlay;
    outlay.project = std::move(project);
    outlay.period = *parse_period(period);
    outlay.spent.value = spent;
    outlay.unit = "亿元";
    outlay.source = "a";
    return outlay;
  }

  // The file without what `change` and the undo of its import leave.
  template <class Change>
  void returns_after(Change change) {
    const std::string before = dump(file);
    change();
    BOOST_TEST(dump(file) != before);
    undo(file, std::nullopt);
    BOOST_TEST(dump(file) == before);
  }

  File file;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(undo)

BOOST_FIXTURE_TEST_CASE(added_and_changed_figures_go_back_one_import_at_a_time, Filled) {
  const std::string empty = dump(file);
  import <Observation>(
      {fact("2022", 3), fact("2021", 2.5), fact("2022", 9, "pop"), fact("2020", 1)});
  const std::string one = dump(file);
  import <Observation>({fact("2022", 3.5), fact("2023", 4), fact("2021", 2.75)});

  const std::string second = told(planfile::undo(file, std::nullopt));
  const std::string after_second = dump(file);
  const std::string first = told(planfile::undo(file, 1));

  BOOST_TEST(second == "2 (rows.csv): 1 removed, 2 restored");
  BOOST_TEST(after_second == one);
  BOOST_TEST(first == "1 (rows.csv): 2 removed, 1 restored");
  BOOST_TEST(dump(file) == empty);
}

BOOST_FIXTURE_TEST_CASE(a_row_gets_the_number_of_its_former_import_again, Filled) {
  import <Observation>({fact("2022", 3)});
  import <Observation>({fact("2022", 4)});

  planfile::undo(file, 2);

  BOOST_TEST(sql(file, "SELECT value, import_id FROM observation ORDER BY 1 DESC LIMIT 1") ==
             "3.0|1\n");
}

BOOST_FIXTURE_TEST_CASE(a_row_changed_back_by_hand_is_restored_and_not_removed, Filled) {
  const std::string before = dump(file);
  import <Observation>({fact("2021", 5)});
  Edit edit(file);
  EditAccess::database(edit).sqlite().exec("UPDATE observation SET value = 2 WHERE value = 5");
  EditAccess::touch(edit);
  edit.commit();

  planfile::undo(file, 1);

  BOOST_TEST(dump(file) == before);
}

BOOST_FIXTURE_TEST_CASE(figures_as_printed_come_back_as_they_were, Filled) {
  Observation range = fact("2015", 3), bound = fact("2016", 726.9), wording = fact("2017", 0),
              missing = fact("2018", 0), decimals = fact("2019", 12.5);
  range.value.high = 5;
  range.value.printed = "3~5";
  bound.value.comparator = Comparator::at_least;
  bound.value.printed = "7269000以上";
  bound.unit = "万元";
  bound.status = "P";
  bound.note = "有注";
  wording.value = {};
  wording.value.printed = "完成市下达指标";
  missing.value = {};
  missing.value.printed = "——";
  missing.status = "O";
  decimals.value.printed = "12.50";
  import <Observation>({range, bound, wording, missing, decimals});

  returns_after([&] {
    import <Observation>(
        {fact("2015", 1), fact("2016", 1), fact("2017", 1), fact("2018", 1), fact("2019", 1)});
  });
}

BOOST_FIXTURE_TEST_CASE(names_that_an_import_brought_or_changed_go_back, Filled) {
  returns_after([&] {
    Edit edit(file);
    edit.begin(import_of("names.csv", "some"));
    put<Source>(edit, {{"a", "统计年鉴", "", "", "2025-03-01", "yearbook", ""},
                       {"c", "简报", "", "", "", "news", ""}});
    put<Scope>(edit, {{"core", "核心区", "", ""}});
    put<Unit>(edit, {{"斗", "", "grain", "斗", 1, ""}, {"石", "", "grain", "斗", 10, ""}});
    put<Entity>(edit, {{"y", "某镇", "", "town", "z", "", "", "", ""},
                       {"z", "某街道", "", "town", "x", "", "", "", ""},
                       {"x", "某某区", "", "district", "", "", "", "", "改名"}});
    put<Indicator>(edit, {{"grain", "粮食", "", "石", "", "higher", "flow", "", "", ""}});
    put<Alias>(edit, {{"indicator", "grain", "谷物"}, {"entity", "x", "本区"}});
    put<Formula>(edit, {{"grain", "numerator", "gdp", 2, ""}});
    put<Plan>(edit, {plan("q", "2026/2030"), plan("p", "2021/2030")});
    put<Observation>(edit, {fact("2021", 7, "grain")});
    edit.commit();
  });
}

BOOST_FIXTURE_TEST_CASE(each_kind_of_name_goes_back_by_itself, Filled) {
  returns_after([&] { import <Source>({{ "c", "简报", "", "", "", "news", "" }}); });
  returns_after([&] { import <Entity>({{ "y", "某镇", "", "town", "x", "", "", "", "" }}); });
  returns_after([&] { import <Alias>({{ "indicator", "gdp", "GDP" }}); });
  returns_after([&] {
    import <Indicator>({{ "gdp",
                          "地区生产总值",
                          "",
                          "亿元",
                          "",
                          "higher",
                          "flow",
                          "",
                          "",
                          "" }},
                       {"code", "name"});
  });
}

BOOST_FIXTURE_TEST_CASE(targets_projects_and_their_money_go_back, Filled) {
  returns_after([&] { import <Target>({target("2025", 3)}); });
  returns_after([&] { import <Project>({project("j", 5), project("k", 6)}); });
  import <Target>({target("2025", 3)});
  import <Project>({project("j", 5)});
  returns_after([&] { import <Milestone>({milestone("j", "2022-06-14")}); });
  returns_after([&] { import <Outlay>({outlay("j", "2022", 2)}); });
  import <Milestone>({milestone("j", "2022-06-14")});
  import <Outlay>({outlay("j", "2022", 2)});

  returns_after([&] {
    Edit edit(file);
    edit.begin(import_of("changed.csv", "some"));
    put<Target>(edit, {target("2025", 4), target("2030", 5)});
    put<Project>(edit, {project("j", 7), project("k", 8)});
    put<Milestone>(edit, {milestone("j", "2022-06-15"), milestone("k", "2022-07-01")});
    put<Outlay>(edit, {outlay("j", "2022", 3), outlay("k", "2023", 4)});
    edit.commit();
  });
}

BOOST_FIXTURE_TEST_CASE(loaded_figures_go_back, Filled) {
  import <Observation>({fact("2022", 3)});
  returns_after([&] {
    Edit edit(file);
    edit.begin(import_of("many.csv", "observation"));
    Packer packer(EditAccess::database(edit), file.catalogue(), {});
    Loader loader(EditAccess::database(edit), packer, EditAccess::running(edit).number, {});
    Block block;
    for (int year = 2000; year < 2030; ++year) {
      for (const char* indicator : {"gdp", "pop"}) {
        block.facts.push_back(packer.pack(fact(std::to_string(year), year, indicator)));
      }
    }
    block.series = packer.take_new_series();
    block.periods = packer.take_new_periods();
    loader.put(std::move(block));
    loader.finish();
    EditAccess::count(edit, loader.changes());
    edit.commit();
  });
}

BOOST_FIXTURE_TEST_CASE(a_row_that_an_import_changes_twice_ends_where_it_began, Filled) {
  returns_after([&] {
    Edit edit(file);
    edit.begin(import_of("twice.csv", "observation"));
    put<Observation>(edit, {fact("2021", 5)});
    put<Observation>(edit, {fact("2021", 6)});
    edit.commit();
  });
}

BOOST_FIXTURE_TEST_CASE(an_import_before_others_goes_back_when_they_left_its_rows_alone, Filled) {
  import <Observation>({fact("2022", 3), fact("2021", 9)});
  import <Observation>({fact("2023", 4)});

  const std::string undone = told(planfile::undo(file, 1));

  BOOST_TEST(undone == "1 (rows.csv): 1 removed, 1 restored");
  BOOST_TEST(sql(file, "SELECT period, value, import FROM observations ORDER BY 1") ==
             "2020|1.0|\n2021|2.0|\n2023|4.0|2\n");
  BOOST_TEST(sql(file, "SELECT id FROM import") == "2\n");
}

BOOST_FIXTURE_TEST_CASE(series_and_periods_that_others_use_stay, Filled) {
  import <Observation>({fact("2022", 3, "pop"), fact("2023", 3, "pop")});
  import <Target>({target("2022", 4)});

  planfile::undo(file, 1);

  BOOST_TEST(sql(file,
                 "SELECT i.code, s.observations FROM series AS s JOIN indicator AS i "
                 "ON i.id = s.indicator_id ORDER BY 1") == "gdp|2\npop|0\n");
  BOOST_TEST(sql(file, "SELECT code FROM period ORDER BY 1") ==
             "2019\n2020\n2021\n2021/2025\n2022\n");
}

BOOST_FIXTURE_TEST_CASE(a_row_that_a_later_import_changed_keeps_its_import, Filled) {
  import <Observation>({fact("2022", 3), fact("2023", 3)});
  import <Observation>({fact("2022", 4), fact("2023", 4)});
  const std::string before = dump(file);

  const std::string why = refusal(file, 1, Errc::refused);

  BOOST_TEST(why ==
             ":memory:: import 1 (rows.csv) can't be taken back: import 2 changed rows that it "
             "brought or changed: observation gdp, x, 2022, level, a and 1 more");
  BOOST_TEST(dump(file) == before);
  planfile::undo(file, 2);
  BOOST_TEST(refusal(file, 1, Errc::refused) == "not refused");
}

BOOST_FIXTURE_TEST_CASE(a_name_that_a_later_import_changed_keeps_its_import, Filled) {
  import <Entity>({{ "y", "某镇", "", "town", "x", "", "", "", "" }});
  import <Entity>({{ "y", "某某镇", "", "town", "x", "", "", "", "" }});

  BOOST_TEST(refusal(file, 1, Errc::refused) ==
             ":memory:: import 1 (rows.csv) can't be taken back: import 2 changed a row that it "
             "brought or changed: entity y");
}

BOOST_FIXTURE_TEST_CASE(a_row_changed_by_hand_later_keeps_its_import, Filled) {
  import <Observation>({fact("2022", 3)});
  Edit edit(file);
  EditAccess::database(edit).sqlite().exec(
      "INSERT INTO revision (at, table_name, key, former) VALUES ('2026-03-02T00:00:00Z', "
      "'observation', '{\"period\":\"2022\"}', '{\"import\":\"1\"}')");
  EditAccess::touch(edit);
  edit.commit();

  BOOST_TEST(refusal(file, 1, Errc::refused) ==
             ":memory:: import 1 (rows.csv) can't be taken back: a change by hand changed a row "
             "that it brought or changed: observation 2022");
}

BOOST_FIXTURE_TEST_CASE(names_that_later_rows_refer_to_keep_their_import, Filled) {
  import <Entity>({{ "y", "某镇", "", "town", "x", "", "", "", "" }});
  Observation about = fact("2022", 3);
  about.entity = "y";
  import <Observation>({about, fact("2023", 3)});
  import <Project>({project("j", 5)});
  import <Milestone>({milestone("j", "2022-06-14")});
  import <Unit>({{ "万千元", "", "currency_cny", "元", 1e7, "" }});
  Observation printed = fact("2024", 1);
  printed.value.printed = "1000";
  printed.unit = "万千元";
  import <Observation>({printed});
  const std::string before = dump(file);

  BOOST_TEST(refusal(file, 1, Errc::refused) ==
             ":memory:: import 1 (rows.csv) can't be taken back: later rows refer to what it "
             "brought: entity \"y\" is in 1 row of observation");
  BOOST_TEST(refusal(file, 3, Errc::refused) ==
             ":memory:: import 3 (rows.csv) can't be taken back: later rows refer to what it "
             "brought: project \"j\" is in 1 row of milestone");
  BOOST_TEST(refusal(file, 5, Errc::refused) ==
             ":memory:: import 5 (rows.csv) can't be taken back: later rows refer to what it "
             "brought: unit \"万千元\" is in 1 row of observation");
  BOOST_TEST(dump(file) == before);
}

BOOST_FIXTURE_TEST_CASE(without_such_an_import_there_is_nothing_to_undo, Filled) {
  BOOST_TEST(refusal(file, std::nullopt, Errc::usage) == ":memory:: no import to take back");
  import <Observation>({fact("2022", 3)});
  BOOST_TEST(refusal(file, 7, Errc::usage) == ":memory:: no import 7; the newest is 1");
}

BOOST_FIXTURE_TEST_CASE(a_former_state_that_no_longer_fits_is_told, Filled) {
  import <Observation>({fact("2021", 5)});
  Edit edit(file);
  EditAccess::database(edit).sqlite().exec(
      "UPDATE revision SET former = replace(former, 'gdp', 'gone')");
  EditAccess::touch(edit);
  edit.commit();

  const std::string why = refusal(file, 1, Errc::refused);

  BOOST_TEST(why.starts_with(":memory:: import 1 (rows.csv) can't be taken back: the former state "
                             "of observation gdp, x, 2021, level, a no longer fits: "),
             why);
}

BOOST_AUTO_TEST_CASE(an_import_goes_back_in_a_file_built_from_an_exported_book) {
  const Folder folder;
  Filled filled;
  export_book(filled.file, folder.path("before"));
  filled.import <Observation>({Filled::fact("2022", 3), Filled::fact("2021", 9)});
  filled.import <Alias>({{"indicator", "gdp", "GDP"}});
  export_book(filled.file, folder.path("book"));
  const Report report = build_book(folder.path("book"), folder.path("built.db"));
  BOOST_REQUIRE(report.issues.empty());
  File built = File::open(folder.path("built.db"), File::Access::write);

  planfile::undo(built, std::nullopt);
  planfile::undo(built, std::nullopt);

  export_book(built, folder.path("after"));
  BOOST_TEST(
      shell("diff -r " + shell_word(folder.path("before")) + " " + shell_word(folder.path("after")))
          .out == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
