#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "planfile/csv.h"
#include "planfile/query.h"
#include "support.h"

// The book of Shaoxing: whole, named in two languages, and true to the plan's printed tables.
namespace planfile::test {
namespace {

class Shaoxing : public Folder {
 public:
  Shaoxing() { run({"build", (root() / "data/shaoxing").string(), "-o", path("shaoxing.db")}); }

  // The result's rows as text, its cells joined by bars, sorted.
  [[nodiscard]] std::vector<std::string> lines(const std::string& sql) const {
    const Outcome printed = run({"sql", path("shaoxing.db"), sql, "--format", "csv"});
    BOOST_REQUIRE_MESSAGE(printed.code == 0, printed.err);
    return sorted(printed.out);
  }

  static std::vector<std::string> sorted(const std::string& csv) {
    std::vector<std::string> all;
    const Csv read = read_csv(csv);
    for (std::size_t row = 1; row < read.records.size(); ++row) {
      std::string line;
      for (const Field& field : read.records[row].fields) {
        line += (line.empty() ? "" : "|") + (field.text == "—" ? "——" : field.text);
      }
      all.push_back(line);
    }
    std::sort(all.begin(), all.end());
    return all;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(shaoxing)

// tests/data/outline_tables.csv holds every row of the outline's two tables, taken from the
// document by a script: number, target, figure of 2020 (or with its own year), claim, nature.
BOOST_FIXTURE_TEST_CASE(both_tables_of_the_outline_are_there_to_the_last_cell, Shaoxing) {
  const std::string figure =
      "iif(o.period = '2020', o.printed, o.printed || ' (' || o.period || ')')";
  const auto found = lines(
      "SELECT t.plan, t.number, t.printed, " + figure +
      ", t.claim, t.nature FROM targets AS t "
      "JOIN observations AS o ON o.indicator = t.indicator AND o.entity = t.entity AND o.scope = "
      "t.scope AND o.measure = t.measure AND o.source = t.source AND '; ' || o.locator || ';' LIKE "
      "'%; ' || iif(t.plan = 'yuecheng-13th', '十三五表 ', '十四五表 ') || t.number || ';%' "
      "WHERE '; ' || t.locator || ';' LIKE '%五表 ' || t.number || ';%'");

  const auto printed = sorted(read(root() / "tests/data/outline_tables.csv"));
  BOOST_TEST(found.size() == 66);
  BOOST_TEST(found == printed, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(the_bases_of_the_14th_plan_are_the_figures_of_its_table, Shaoxing) {
  const auto differing = lines(
      "SELECT t.number FROM targets AS t JOIN observations AS o ON o.indicator = t.indicator AND "
      "o.entity = t.entity AND o.scope = t.scope AND o.measure = t.measure AND o.period = "
      "t.base_period AND '; ' || o.locator || ';' LIKE '%; 十四五表 ' || t.number || ';%' "
      "WHERE t.plan = 'yuecheng-14th' AND '; ' || t.locator || ';' LIKE '%; 十四五表 %' "
      "AND (t.base_value IS NOT o.value OR t.base_comparator <> o.comparator)");

  BOOST_TEST(differing == std::vector<std::string>(), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(every_thing_has_a_chinese_and_an_english_name, Shaoxing) {
  const auto nameless = lines(
      "SELECT code FROM indicator WHERE name_en IS NULL OR definition IS NULL OR definition_en IS "
      "NULL OR category IS NULL UNION ALL SELECT code FROM entity WHERE name_en IS NULL UNION ALL "
      "SELECT code FROM project WHERE name_en IS NULL UNION ALL SELECT code FROM plan WHERE "
      "name_en "
      "IS NULL UNION ALL SELECT code FROM source WHERE title_en IS NULL");

  BOOST_TEST(nameless == std::vector<std::string>(), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(every_fact_says_where_it_stands, Shaoxing) {
  const auto homeless = lines(
      "SELECT indicator FROM observations WHERE locator = '' UNION ALL SELECT indicator FROM "
      "targets "
      "WHERE locator = '' UNION ALL SELECT project FROM projects WHERE locator IS NULL UNION ALL "
      "SELECT project FROM milestones WHERE locator = '' UNION ALL SELECT project FROM outlays "
      "WHERE "
      "locator = ''");

  BOOST_TEST(homeless == std::vector<std::string>(), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(one_name_is_one_thing, Shaoxing) {
  const auto twice = lines(
      "SELECT name FROM indicator GROUP BY name HAVING count(*) > 1 UNION ALL SELECT name FROM "
      "project GROUP BY name HAVING count(*) > 1 UNION ALL SELECT name FROM entity WHERE "
      "successor_id IS NULL AND id NOT IN (SELECT id FROM entity WHERE code GLOB '33[0-9]*') "
      "GROUP BY name HAVING count(*) > 1");

  BOOST_TEST(twice == std::vector<std::string>(), boost::test_tools::per_element());
}

// What is past when the document appears is no forecast, and the other way round.
BOOST_FIXTURE_TEST_CASE(no_settled_figure_is_of_a_time_after_its_document, Shaoxing) {
  const auto early = lines(
      "SELECT o.indicator || ' ' || o.period FROM observations AS o JOIN source AS s ON s.code = "
      "o.source WHERE o.starts > s.published AND o.status NOT IN ('F', 'P')");

  BOOST_TEST(early == std::vector<std::string>(), boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(the_data_package_is_the_one_that_an_export_writes, Shaoxing) {
  run({"export", path("shaoxing.db"), path("book")});

  BOOST_TEST(read(path("book/datapackage.json")) == read(root() / "data/shaoxing/datapackage.json"),
             "stale: export the book and copy its datapackage.json");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
