#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

#include "planfile/query.h"
#include "support.h"

namespace planfile::test {
namespace {

const std::string kHeader =
    "-- name: gdp-level\n"
    "-- about: The level of GDP,\n"
    "--   one row a period.\n"
    "-- about_zh: 地区生产总值。\n";

// A header or statement that is refused, and what is said of it.
struct Refused {
  std::string text, says;
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.says; }

const Refused kBadHeaders[] = {
    {"SELECT 1;", "line 1: no `-- name:` line"},
    {"-- name: other\n-- about: x\n-- about_zh: y\n-- columns: a\nSELECT 1 AS a;",
     "line 1: the name \"other\" is not that of the file, \"gdp-level\""},
    {"-- name: gdp-level\n-- about_zh: y\n-- columns: a\nSELECT 1 AS a;",
     "line 1: no `-- about:` line"},
    {"-- name: gdp-level\n-- about: x\n-- columns: a\nSELECT 1 AS a;",
     "line 1: no `-- about_zh:` line"},
    {kHeader + "SELECT 1 AS a;", "line 1: no `-- columns:` line"},
    {kHeader + "-- param: until\n-- columns: a\n",
     "line 5: a parameter reads NAME TYPE = DEFAULT | Chinese | English"},
    {kHeader + "-- param: until date = null | 止 | until\n-- columns: a\n",
     "line 5: not a type: \"date\"; one of: text, integer, number"},
    {kHeader + "-- param: until integer | 止 | until\n-- columns: a\n",
     "line 5: a parameter needs a default, at least null"},
    {kHeader + "-- param: until integer = x | 止 | until\n-- columns: a\n",
     "line 5: not integer: \"x\""},
    {kHeader + "-- param: q text = null in nowhere | 某 | some\n-- columns: a\n",
     "line 5: not a table to choose from: \"nowhere\""},
    {kHeader +
         "-- param: a text = null | 某 | x\n-- param: a text = null | 某 | x\n-- columns: a\n",
     "line 6: parameter told twice: a"},
    {kHeader + "-- columns: a\n-- column: b | 乙 | b\n", "line 1: a note on no column: \"b\""},
    {kHeader + "-- columns: a\n-- shown: b\n", "line 1: shown, but no column: \"b\""},
    {kHeader + "-- columns: a\n-- chart: pie x=a y=a\n",
     "line 6: not a chart: \"pie\"; one of: bar, line, scatter"},
    {kHeader + "-- columns: a\n-- chart: bar x=a\n", "line 6: a chart needs x and y"},
    {kHeader + "-- columns: a\n-- chart: bar x=a y=b\n", "line 1: a chart of no column: \"b\""},
    {kHeader + "-- columns: a\n-- severity: a | grave: x\n",
     "line 6: not a severity: \"grave\"; one of: error, warning, note"},
    {kHeader + "-- columns: a\n-- severity: a | error: x\n",
     "line 1: a finding needs both `-- severity:` and `-- finding:`"},
    {kHeader + "-- columns: a\n-- severity: a | error: x\n-- finding: 值 {b} | value {a}\n",
     "line 1: a finding of no column: \"b\""},
};

const Refused kBadQueries[] = {
    {kHeader + "-- columns: a, b\nSELECT 1 AS a;",
     "gdp-level: the result has the columns a, the header says a, b"},
    {kHeader + "-- columns: a\nSELECT :x AS a;", "gdp-level: \":x\" is used but not declared"},
    {kHeader + "-- param: x text = null | 某 | x\n-- columns: a\nSELECT 1 AS a;",
     "gdp-level: \"x\" is declared but not used"},
    {kHeader + "-- columns: a\nSELECT ?1 AS a;", "gdp-level: parameters are written :name"},
    {kHeader + "-- columns: a\nSELECT 1 AS a; SELECT 2;", "more than one statement"},
    {kHeader + "-- columns: a\nDELETE FROM query;",
     "refused: a query only reads; this statement would do more"},
};

const Refused kBadStatements[] = {
    {"", "no statement"},
    {"-- only a comment", "no statement"},
    {"SELEC 1", "near \"SELEC\": syntax error; nearest: \"SELECT\"\n  SELEC 1\n  ^"},
    {"SELECT 1 FORM unit",
     "near \"unit\": syntax error; nearest: \"FROM\"\n  SELECT 1 FORM unit\n                ^"},
    {"SELECT indicator,\n  valu FROM observations",
     "line 2, column 3: no such column: valu; nearest: \"value\"\n    valu FROM observations\n"
     "    ^"},
    {"SELECT o.valu FROM observations AS o",
     "no such column: o.valu; nearest: \"value\"\n  SELECT o.valu FROM observations AS o\n"
     "         ^"},
    {"SELECT '越城区', valu FROM latest",
     "no such column: valu; nearest: \"value\"\n  SELECT '越城区', valu FROM latest\n"
     "                   ^"},
    {"SELECT 1 FROM observatoin",
     "no such table: observatoin; nearest: \"observation\", \"observations\"\n"
     "  SELECT 1 FROM observatoin\n                ^"},
    {"SELECT cuont(*) FROM unit",
     "no such function: cuont; nearest: \"count\"\n  SELECT cuont(*) FROM unit\n         ^"},
    {"SELECT code，factor FROM unit",
     "no such column: code，factor; \"，\" is a full-width sign, SQL takes ,\n"
     "  SELECT code，factor FROM unit\n             ^"},
    {"SELECT 'abc",
     "unrecognized token: \"'abc\"; its quote is not closed\n  SELECT 'abc\n"
     "         ^"},
    {"SELECT \"abc\"",
     "no such column: abc; text stands in single quotes: 'abc'\n  SELECT \"abc\"\n         ^"},
    {"UPDATE unit SET factor = 2",
     "refused: a query only reads; this statement would do more; with --write, SQL may change "
     "rows"},
    {"DROP VIEW targets", "refused: a query only reads; this statement would do more"},
    {"CREATE TEMP TABLE x (y)", "refused: a query only reads; this statement would do more"},
    {"ATTACH 'other.db' AS o", "refused: a query only reads; this statement would do more"},
    {"PRAGMA user_version = 3", "refused: a query only reads; this statement would do more"},
    {"PRAGMA writable_schema = 1", "refused: a query only reads; this statement would do more"},
    {"UPDATE sqlite_master SET sql = ''", "table sqlite_master may not be modified"},
    {"BEGIN", "refused: a query only reads; this statement would do more"},
    {"VACUUM INTO 'copy.db'", "refused: a query only reads; this statement would do more"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(query)

BOOST_AUTO_TEST_CASE(a_header_is_taken_apart) {
  const Query query = parse_query(
      kHeader +
          "-- param: until integer = 2200  | 最后一年 | last year looked at\n"
          "-- param: method text = 'linear' in ('linear', 'compound') | 方法\n--   | the method\n"
          "-- param: entity text = null in entity | 对象 | the entity\n"
          "-- columns: period,\n--   value\n-- shown: value\n-- column: value | 数值 | the value\n"
          "-- a remark of the writer\nSELECT 1;",
      "gdp-level");

  BOOST_TEST(query.about == "The level of GDP, one row a period.");
  BOOST_TEST(query.about_zh == "地区生产总值。");
  BOOST_REQUIRE(query.parameters.size() == 3);
  BOOST_TEST(std::get<std::int64_t>(query.parameters[0].standard) == 2200);
  BOOST_TEST(query.parameters[1].choices.size() == 2);
  BOOST_TEST(query.parameters[1].about == "the method");
  BOOST_TEST(query.parameters[2].table == "entity");
  BOOST_TEST((query.columns == std::vector<std::string>{"period", "value"}));
  BOOST_TEST((query.shown == std::vector<std::string>{"value"}));
  BOOST_TEST(query.notes.at("value").about_zh == "数值");
}

BOOST_AUTO_TEST_CASE(a_header_says_family_chart_and_findings) {
  const Query query =
      parse_query(kHeader +
                  "-- family: honesty\n"
                  "-- chart: bar x=name y=value target=goal\n"
                  "-- columns: name, value, goal, kind\n"
                  "-- severity: kind | error: short | warning: late, unknown\n"
                  "-- finding: {name}：{value}，不到 {goal} | {name}: {value}, short of "
                  "{goal}\nSELECT 1;");

  BOOST_TEST(query.family == "honesty");
  BOOST_REQUIRE(query.chart.has_value());
  BOOST_TEST(query.chart->kind == "bar");
  BOOST_TEST(query.chart->target == "goal");
  BOOST_REQUIRE(query.findings.has_value());
  BOOST_TEST((query.findings->severities.at("unknown") == Severity::warning));
  const std::vector<Cell> row = {"GDP", 9.5, std::int64_t{10}, "short"};
  BOOST_TEST(fill(query.findings->text, query.columns, row) == "GDP: 9.5, short of 10");
  BOOST_TEST(fill(query.findings->text_zh, query.columns, row) == "GDP：9.5，不到 10");
}

BOOST_AUTO_TEST_CASE(a_users_query_may_leave_out_all_but_its_statement) {
  const Query plain = parse_user_query("SELECT 1 AS one", "my-query");
  const Query aiosql = parse_user_query(
      "-- name: get-level(code)^\n-- The level of one indicator.\nSELECT :code;", "file");
  const Query sqlc = parse_user_query("-- name: ListAll :many\nSELECT 1;", "file");

  BOOST_TEST(plain.name == "my-query");
  BOOST_TEST(aiosql.name == "get-level");
  BOOST_TEST(aiosql.about == "The level of one indicator.");
  BOOST_TEST(sqlc.name == "ListAll");
}

BOOST_FIXTURE_TEST_CASE(choices_may_come_from_the_file, PlanFile) {
  const Query query = parse_query(
      kHeader +
      "-- param: kind text = null in (SELECT DISTINCT kind FROM source ORDER BY kind) | 类 | kind\n"
      "-- columns: n\nSELECT count(*) AS n FROM source WHERE :kind IS NULL OR kind = :kind;");
  Reader reader(file());
  TableSink rows;

  reader.run(query, {{"kind", "plan"}}, rows);

  BOOST_TEST((rows.table().rows.front() == std::vector<Cell>{std::int64_t{1}}));
  BOOST_CHECK_EXCEPTION(
      reader.run(query, {{"kind", "plann"}}, rows), Error, [](const Error& error) {
        BOOST_TEST(error.what() == "gdp-level: kind: not \"plann\"; one of: bulletin, plan");
        return error.code() == Errc::usage;
      });
}

BOOST_DATA_TEST_CASE(a_header_that_breaks_a_rule_is_refused, kBadHeaders) {
  BOOST_CHECK_EXCEPTION(parse_query(sample.text, "gdp-level"), Error, [&](const Error& error) {
    BOOST_TEST(error.what() == sample.says);
    return error.code() == Errc::bad_query;
  });
}

BOOST_DATA_TEST_CASE_F(PlanFile, a_statement_unlike_its_header_is_refused, kBadQueries) {
  Reader reader(file());
  TableSink rows;

  BOOST_CHECK_EXCEPTION(reader.run(parse_query(sample.text), {}, rows), Error,
                        [&](const Error& error) {
                          BOOST_TEST(error.what() == sample.says);
                          return error.code() == Errc::bad_query;
                        });
}

BOOST_DATA_TEST_CASE_F(PlanFile, a_statement_that_is_wrong_or_writes_is_refused, kBadStatements) {
  const std::string before = read(file());

  const auto [code, out, err] = run({"sql", file(), sample.text});

  BOOST_TEST(code == 2);
  BOOST_TEST(out == "");
  BOOST_TEST(err == "planfile: " + sample.says + "\n");
  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(a_statement_without_end_is_stopped, PlanFile) {
  const auto [code, out, err] =
      run({"sql", file(),
           "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
           "--timeout", "0.2"});

  BOOST_TEST(code == 3);
  BOOST_TEST(err == "planfile: stopped after 0.2 s\n");
}

BOOST_FIXTURE_TEST_CASE(a_caller_may_stop_a_statement_between_rows_and_within_one, PlanFile) {
  Reader reader(file());
  TableSink rows;
  int asked = 0;
  const auto is_stopped = [](const Error& error) {
    BOOST_TEST(error.what() == "stopped");
    return error.code() == Errc::stopped;
  };

  reader.set_limits({.stop = [&] { return ++asked == 3; }});
  BOOST_CHECK_EXCEPTION(reader.sql("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3", rows), Error,
                        is_stopped);
  BOOST_TEST(rows.table().rows.size() == 3);
  reader.set_limits({.stop = [] { return true; }});
  BOOST_CHECK_EXCEPTION(
      reader.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                 "SELECT count(*) FROM n",
                 rows),
      Error, is_stopped);
  reader.set_limits({});
  TableSink one;
  reader.sql("SELECT 1", one);
  BOOST_TEST(one.table().rows.size() == 1);
}

BOOST_FIXTURE_TEST_CASE(the_place_in_a_long_line_is_shown_with_what_is_around_it, PlanFile) {
  Reader reader(file());
  TableSink rows;
  const std::string long_line =
      "SELECT '" + std::string(300, 'x') + "', valu, '" + std::string(300, 'y') + "' FROM latest";

  BOOST_CHECK_EXCEPTION(reader.sql(long_line, rows), StatementError, [](const StatementError& e) {
    const std::string mark = e.mark();
    BOOST_TEST(mark.size() < 300);
    BOOST_TEST(mark.starts_with("\n  …xxx"));
    BOOST_TEST(mark.find("xx', valu, 'yy") != std::string::npos);
    return e.kind() == StatementError::Kind::wrong && e.line() == 1;
  });
}

BOOST_FIXTURE_TEST_CASE(what_would_exhaust_memory_is_refused, PlanFile) {
  const auto deep =
      run({"sql", file(), "SELECT " + std::string(600, '(') + "1" + std::string(600, ')')});
  const auto large = run({"sql", file(), "SELECT length(zeroblob(1000000000))"});

  BOOST_TEST(deep.code == 2);
  BOOST_TEST(deep.err == "planfile: parser stack overflow\n");
  BOOST_TEST(large.code == 3);
  BOOST_TEST(large.err.find("too big") != std::string::npos, large.err);
}

BOOST_FIXTURE_TEST_CASE(values_of_every_type_come_out, PlanFile) {
  const Table table = rows("SELECT NULL, 7, 2.5, '字', x'00ff'");

  const std::vector<Cell> expected = {Cell(), std::int64_t{7}, 2.5, "字", "x'00ff'"};
  BOOST_TEST((table.rows.front() == expected));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
