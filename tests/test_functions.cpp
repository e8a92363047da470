#include "functions.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "meets.h"
#include "planfile/query.h"
#include "support.h"

namespace planfile::test {
namespace {

struct Case {
  std::string_view expression;  // behind SELECT, with its FROM where it has one
  std::string_view expected;    // as the sqlite3 shell prints it
};

constexpr Case kCases[] = {
    {"parse_period('2022年1-8月')", "2022-01/2022-08"},
    {"parse_period('1-8月', 2022)", "2022-01/2022-08"},
    {"parse_period('1-8月')", ""},
    {"parse_period(2021)", "2021"},
    {"parse_period(NULL)", ""},
    {"period_start('“十四五”')", "2021-01-01"},
    {"period_end('2022年前三季度')", "2022-09-30"},
    {"period_kind('2022年上半年')", "half"},
    {"period_kind('近年')", ""},
    {"period_fault('2021-02-29')", "no such day: \"2021-02-29\""},
    {"period_fault('2021')", ""},
    {"period_start('一季度', '2023')", "2023-01-01"},

    {"parse_value('≥99%')", R"j({"comparator":">=","value":99.0,"unit":"%","printed":"≥99%"})j"},
    {"parse_value('3~5')", R"j({"comparator":"=","value":3.0,"high":5.0,"printed":"3~5"})j"},
    {"parse_value('3.7 (2019)')",
     R"j({"comparator":"=","value":3.7,"period":"2019","printed":"3.7 (2019)"})j"},
    {"parse_value('——')", R"j({"missing":true,"printed":"——"})j"},
    {"parse_value('全省前列')", R"j({"wording":"全省前列","printed":"全省前列"})j"},
    {"parse_value('12..5')", R"j({"fault":"not a number: \"12..5\""})j"},
    {"parse_value(0.1 + 0.2) ->> 'value' = 0.1 + 0.2", "1"},
    {"parse_value(NULL)", ""},
    {"json_object('v', parse_value('5'))",
     R"j({"v":{"comparator":"=","value":5.0,"printed":"5"}})j"},
    {"value_number('1,008.5')", "1008.5"},
    {"value_number('12..5')", ""},
    {"value_number('——')", ""},
    {"value_number('8.4亿美元')", "8.4"},
    {"value_number('8.4亿美元', '万美元')", "84000.0"},
    {"value_number('12万', '人')", "120000.0"},
    {"value_number('12', '万元')", "12.0"},
    {"value_number('7.5%', '亿元')", ""},
    {"value_high('3~5万元', '元')", "50000.0"},
    {"value_high('3')", ""},
    {"value_comparator('50余户')", ">"},
    {"value_comparator('全省前列')", ""},
    {"value_unit('50余户')", "户"},
    {"value_fault('5-3')", "a range whose end is not above its start: \"5-3\""},
    {"value_fault('5')", ""},
    {"value_meets('99.2', '≥99')", "1"},
    {"value_meets(98, '≥99')", "0"},
    {"value_meets('<35', '≤28')", ""},
    {"value_meets('4.3', '4.5')", ""},
    {"value_meets('4.3', '4.5', 'lower')", "1"},
    {"value_meets('4.3', NULL, 'lower')", ""},
    {"value_meets('9000万元', '≥1亿元')", "0"},
    {"value_meets('1.2亿元', '≥10000')", ""},
    {"value_meets('1.2亿元', '≥10000', NULL, '万元')", "1"},
    {"value_meets('7.5%', '≥7个百分点')", ""},
    {"value_meets(35, NULL, '<', 28, NULL, '<=', 'lower')", ""},
    {"value_meets(3, 5, NULL, 2, NULL, NULL, 'higher')", "1"},
    {"value_meets(NULL, NULL, NULL, 28, NULL, '<=', 'lower')", ""},
    {"unit_convert(12.5, '万元', '亿元')", "0.00125"},
    {"unit_convert(1, '亩', '公顷')", "0.0666666666666667"},
    {"unit_convert(3, 'RMB million', '万元')", "300.0"},
    {"unit_convert(5, '%', '百分点')", ""},
    {"unit_convert(NULL, '%', '‰')", ""},

    {"median(value) FROM json_each('[3, 1, 2, null, 10]')", "2.5"},
    {"median(value) FROM json_each('[]')", ""},
    {"median('7')", "7.0"},
    {"quantile(value, 0.25) FROM json_each('[50, 10, 40, 20, 30]')", "20.0"},
    {"quantile(value, 0.25, 6) FROM json_each('[50, 10, 40, 20, 30]')", "15.0"},
    {"quantile(value, NULL) FROM json_each('[50, 10]')", ""},
    {"stddev(value) FROM json_each('[2, 4, 4, 4, 5, 5, 7, 9]')", "2.1380899352994"},
    {"stddev_pop(value) FROM json_each('[2, 4, 4, 4, 5, 5, 7, 9]')", "2.0"},
    {"stddev(value) FROM json_each('[2]')", ""},
    {"slope(2015 + key, value) FROM json_each('[39000,41500,44200,47800,52100,56600,60300]')",
     "3642.85714285714"},
    {"corr(2015 + key, value) FROM json_each('[39000,41500,44200,47800,52100,56600,60300]')",
     "0.994796757317584"},
    {"corr(key, value) FROM json_each('[1, 1, 1]')", ""},
    {"slope(key, nullif(value, 9)) FROM json_each('[1, 9, 5]')", "2.0"},
    {"cagr(1034867.6, 1349083.5, 4)", "0.0685344046710547"},
    {"cagr(40, 0, 2)", "-1.0"},
    {"cagr(0, 5, 2)", ""},
    {"cagr(5, -5, 2)", ""},
    {"cagr(5, 6, 0)", ""},
    {"group_concat(m, ' ') FROM (SELECT median(value) OVER (ORDER BY key ROWS 2 PRECEDING) AS m "
     "FROM json_each('[1, 5, 2, 8, 3]'))",
     "1.0 3.0 2.0 5.0 3.0"},
    {"group_concat(m, ' ') FROM (SELECT stddev(value) OVER (ORDER BY key ROWS 2 PRECEDING) AS m "
     "FROM json_each('[1e30, 1, 2, 3]'))",
     "7.07106781186548e+29 5.77350269189626e+29 1.0"},
    {"group_concat(m, ' ') FROM (SELECT slope(key, value) OVER (ORDER BY key ROWS 1 PRECEDING) AS "
     "m "
     "FROM json_each('[1, 4, 9, 16]'))",
     "3.0 5.0 7.0"},
    {"group_concat(m, ' ') FROM (SELECT quantile(value, 0.5) OVER (PARTITION BY key % 2) AS m "
     "FROM json_each('[1, 10, 3, 30]'))",
     "2.0 2.0 20.0 20.0"}};

struct Misuse {
  std::string_view expression, reason;
};

constexpr Misuse kMisuses[] = {
    {"parse_period('1-8月', 'x')", "the year that completes a period is no whole number: \"x\""},
    {"unit_convert('≥99', '%', '‰')", "unit_convert: not a number: \"≥99\""},
    {"unit_convert(1, '亿园', '元')",
     "unknown unit: \"亿园\"; nearest: \"亿人\", \"亿件\", \"亿元\""},
    {"value_meets(1, 2, 'up')", "value_meets: not higher, lower or neither: \"up\""},
    {"value_meets(1, NULL, '!', 2, NULL, NULL, NULL)", "value_meets: not a comparator: \"!\""},
    {"median('≥99')", "median: not a number: \"≥99\""},
    {"stddev(9e999)", "stddev: not a number: \"Inf\""},
    {"quantile(1, 1.5)", "quantile: not between 0 and 1: \"1.5\""},
    {"quantile(1, 0.5, 10)", "quantile: not a type from 1 to 9: \"10\""},
    {"quantile(value, value) FROM json_each('[0.1, 0.2]')",
     "quantile: share and type must be the same in every row"},
    {"stddev(value) FROM json_each('[1e100, 1e-100]')",
     "stddev: numbers more than 2^400 times apart can't be reckoned with"}};

// A shell with the extension, where `statements` is a file of SQL.
std::string in_shell(const std::string& database, const std::string& statements) {
  return fmt::format("sqlite3 -batch -cmd {} {} < {}",
                     shell_word(std::string(".load ") + PLANFILE_EXTENSION), shell_word(database),
                     shell_word(statements));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string all_cases() {
  std::string statements;
  for (const Case& sample : kCases) statements += fmt::format("SELECT {};\n", sample.expression);
  return statements;
}

constexpr std::string_view kPython = R"(
import sqlite3, sys
connection = sqlite3.connect(':memory:')
connection.enable_load_extension(True)
connection.load_extension(sys.argv[1].removesuffix('.so'))
for line in open(sys.argv[2], encoding='utf-8'):
    value = connection.execute(line).fetchone()[0]
    print('' if value is None else '%.15g' % value if isinstance(value, float) else value)
)";

// Numbers as Python's "%.15g" prints them: without ".0" behind whole ones.
std::string as_in_python(std::string_view expected) {
  const bool is_whole = expected.ends_with(".0") && expected.find(' ') == expected.npos;
  return std::string(is_whole ? expected.substr(0, expected.size() - 2) : expected);
}

// planfile prints as many digits as a number needs, the shell fifteen.
bool agree(const std::string& shown, std::string_view expected) {
  const auto one = parse_value(shown), other = parse_value(expected);
  if (shown == expected || !one || !other || !one->value || !other->value) return shown == expected;
  return std::abs(*one->value - *other->value) <= 1e-14 * std::abs(*other->value);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(functions)

BOOST_FIXTURE_TEST_CASE(planfile_gives_what_is_expected, PlanFile) {
  for (const auto& [expression, expected] : kCases) {
    const Table found = rows(fmt::format("SELECT {}", expression));
    const std::string shown = to_text(found.rows.at(0).at(0));
    BOOST_TEST(agree(shown, expected), expression << ": " << shown);
  }
}

BOOST_FIXTURE_TEST_CASE(the_sqlite3_shell_loads_the_extension, Folder) {
  const Outcome outcome = shell(in_shell(":memory:", write("cases.sql", all_cases())));

  BOOST_TEST(outcome.err == "");
  const auto lines = lines_of(outcome.out);
  BOOST_REQUIRE_EQUAL(lines.size(), std::size(kCases));
  for (std::size_t at = 0; at < lines.size(); ++at) {
    BOOST_TEST(lines[at] == kCases[at].expected, kCases[at].expression);
  }
}

BOOST_FIXTURE_TEST_CASE(python_loads_the_extension, Folder) {
  const std::string script = write("ask.py", kPython);

  const Outcome outcome = shell(fmt::format("{} {} {} {}", PLANFILE_PYTHON, shell_word(script),
                                            shell_word(PLANFILE_EXTENSION),
                                            shell_word(write("cases.sql", all_cases()))));

  BOOST_TEST(outcome.err == "");
  const auto lines = lines_of(outcome.out);
  BOOST_REQUIRE_EQUAL(lines.size(), std::size(kCases));
  for (std::size_t at = 0; at < lines.size(); ++at) {
    BOOST_TEST(lines[at] == as_in_python(kCases[at].expected), kCases[at].expression);
  }
}

BOOST_FIXTURE_TEST_CASE(misuse_is_told, PlanFile) {
  for (const auto& [expression, reason] : kMisuses) {
    const Outcome outcome = run({"sql", file(), fmt::format("SELECT {}", expression)});
    BOOST_TEST(outcome.code == 2, expression);
    BOOST_TEST(outcome.err == fmt::format("planfile: {}\n", reason), expression);
  }
}

BOOST_FIXTURE_TEST_CASE(they_are_the_ones_that_planfile_calls_its_own, PlanFile) {
  const std::string bare =
      shell("sqlite3 :memory: 'SELECT DISTINCT name FROM pragma_function_list'").out;
  std::vector<std::string> names;
  for (const auto& row :
       rows("SELECT DISTINCT name FROM pragma_function_list ORDER BY name").rows) {
    const std::string name = to_text(row.at(0));
    const bool is_stock = ("\n" + bare).find("\n" + name + "\n") != std::string::npos;
    if (!is_stock) names.push_back(name);
    BOOST_TEST(is_own_function(name) == !is_stock, name);
  }
  BOOST_TEST(names.size() == 20);
  BOOST_TEST(is_own_function("MEDIAN"));
}

BOOST_FIXTURE_TEST_CASE(units_of_the_file_are_known, PlanFile) {
  write("more/unit.csv", "code,name_en,dimension,base,factor\n担,piculs,mass,千克,50\n");
  BOOST_REQUIRE(run({"import", file(), path("more/unit.csv")}).code == 0);

  BOOST_TEST(value("SELECT unit_convert(3, '担', '斤')") == "300");
  BOOST_TEST(value("SELECT value_number('2万担', '吨')") == "1000");
}

BOOST_FIXTURE_TEST_CASE(a_unit_added_is_known_to_the_next_statement, PlanFile) {
  const std::string statements =
      write("units.sql",
            "SELECT unit_convert(1, '吨', '斤');\n"
            "BEGIN;\n"
            "INSERT INTO unit (code, dimension, base, factor) VALUES ('担', 'mass', '千克', 50);\n"
            "SELECT unit_convert(1, '担', '斤');\n"
            "ROLLBACK;\n"
            "SELECT unit_convert(1, '担', '斤');\n");

  const Outcome outcome = shell(in_shell(file(), statements));

  BOOST_TEST(outcome.out == "2000.0\n100.0\n");
  BOOST_TEST(outcome.err.find("unknown unit: \"担\"") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_view_that_needs_itself_is_refused, Folder) {
  const std::string statements =
      write("hostile.sql",
            "CREATE VIEW unit AS SELECT 'x' AS code, 'd' AS dimension, 'x' AS base, "
            "unit_convert(1, 'x', 'x') AS factor, 1 AS id;\n"
            "SELECT unit_convert(1, 'x', 'x');\n");

  const Outcome outcome = shell(in_shell(":memory:", statements));

  BOOST_TEST(outcome.out == "");
  BOOST_TEST(outcome.err.find("the table \"unit\" is a view that needs itself") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_depends_on_the_text_alone_may_be_indexed, Folder) {
  const std::string statements =
      write("index.sql",
            "CREATE TABLE t (p); CREATE INDEX i ON t (period_start(p), value_number(p));\n"
            "CREATE INDEX j ON t (unit_convert(p, '元', '万元'));\n");

  const Outcome outcome = shell(in_shell(":memory:", statements));

  BOOST_TEST(outcome.err.find("non-deterministic functions prohibited in index expressions") !=
             std::string::npos);
  BOOST_TEST(outcome.err.find("line 1") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(saved_queries_must_do_without, PlanFile) {
  const std::string query = write("middle.sql", "SELECT Median(value) AS middle FROM latest;\n");

  const Outcome outcome = run({"save", file(), query});

  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err ==
             "planfile: Median() is planfile's own; a saved query must run in any SQLite\n");
}

BOOST_AUTO_TEST_CASE(value_meets_agrees_with_target_progress) {
  int compared = 0;
  for (const char* book : {"tests/data/edge", "tests/data/methods", "data/shaoxing"}) {
    const Folder folder;
    BOOST_REQUIRE(run({"build", (root() / book).string(), "-o", folder.path("f.db")}).code == 0);
    TableSink found;
    Reader reader(folder.path("f.db"));
    reader.run(reader.query("target-progress"), {}, found);
    const Table table = found.table();
    const auto cell = [&](const auto& row, std::string_view column) {
      const auto at = std::find(table.columns.begin(), table.columns.end(), column);
      return to_text(row.at(static_cast<std::size_t>(at - table.columns.begin())));
    };
    for (const auto& row : table.rows) {
      const std::string verdict = cell(row, "verdict"), reason = cell(row, "reason");
      const bool is_sum = reason == "summed_years" || reason == "year_to_date";
      if ((verdict != "met" && verdict != "not_met") || is_sum) continue;
      const bool is_place = cell(row, "measure").ends_with("rank");
      TableSink direction;
      reader.sql(fmt::format("SELECT iif({} OR kind = 'rank', 'lower', direction) FROM indicator "
                             "WHERE code = '{}'",
                             is_place ? 1 : 0, cell(row, "indicator")),
                 direction);
      const auto latest = parse_value(cell(row, "latest")),
                 target = parse_value(cell(row, "target"));
      if (!latest || !target || latest->unit != target->unit) continue;
      const auto met = planfile::meets(*latest, *target,
                                       *parse_better(to_text(direction.table().rows.at(0).at(0))));
      BOOST_TEST((met && *met == (verdict == "met")), book << ": " << cell(row, "indicator"));
      ++compared;
    }
  }
  BOOST_TEST(compared > 30);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
