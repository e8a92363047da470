#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "command.h"

#include "support.h"

namespace planfile::test {
namespace {

constexpr const char* kThree =
    "SELECT column1 AS n, column2 AS name FROM (VALUES (1, '甲'), "
    "(2, '乙'), (3, '丙'))";

// Options that do not go together, or a place that is none.
struct Refused {
  std::vector<std::string> options;
  std::string says;
};
std::ostream& operator<<(std::ostream& out, const Refused& it) { return out << it.says; }

const Refused kRefusals[] = {
    {{"--chart", "bar x=a y=b", "--format", "csv"},
     "planfile: --chart is of chart and svg, not of csv\n"},
    {{"--chart", "pie"}, "planfile: --chart: not a chart: \"pie\"; one of: bar, line, scatter\n"},
    {{"--chart", "bar x=a y=b"}, "planfile: the chart has no column \"a\"; there are: 1\n"},
    {{"--excel"}, "planfile: --excel is of csv and tsv, not of table\n"},
    {{"--format", "json", "--encoding", "gbk"},
     "planfile: json is always UTF-8; csv, tsv, table and md can be in GBK\n"},
    {{"--format", "csv", "--encoding", "gb1803"},
     "planfile: no such encoding: \"gb1803\"; nearest: \"gb18030\"\n"},
    {{"-o", "rows.doc"},
     "planfile: rows.doc: in which format? give --format, or a name that ends in one of: .csv, "
     ".tsv, .json, .ndjson, .md, .html, .xlsx, .svg, .txt\n"},
    {{"-o", "/none/rows.csv"},
     "planfile: /none/rows.csv: can't be written: No such file or directory\n"},
    {{"--format", "csv", "-o", "/"}, "planfile: /: a folder, not a file to write\n"},
};

Outcome sql(const PlanFile& plan, std::string_view statement, std::vector<std::string> options) {
  options.insert(options.begin(), {"sql", plan.file(), std::string(statement)});
  return run(options);
}

// The same on a terminal of eighty columns, with these variables in its environment.
Outcome on_terminal(const PlanFile& plan, std::string_view statement,
                    std::vector<std::string> options,
                    const std::vector<std::pair<const char*, const char*>>& environment) {
  options.insert(options.begin(), {"sql", plan.file(), std::string(statement)});
  for (const auto& [name, value] : environment) setenv(name, value, 1);
  std::istringstream in;
  std::ostringstream out, err;
  const int code = run_command(options, {in, out, err, 80, 80, {}});
  for (const auto& [name, value] : environment) unsetenv(name);
  return {code, out.str(), err.str()};
}

constexpr const char* kLines =
    "SELECT column1 AS year, column2 AS name, column3 AS v FROM (VALUES ('2020', 'a', 1), "
    "('2021', 'a', 2), ('2020', 'b', 3), ('2021', 'b', 1))";

}  // namespace

BOOST_AUTO_TEST_SUITE(output)

BOOST_FIXTURE_TEST_CASE(a_workbook_is_not_for_a_terminal, PlanFile) {
  const auto [code, out, err] = on_terminal(*this, "SELECT 1", {"--format", "xlsx"}, {});

  BOOST_TEST(code == 2);
  BOOST_TEST(out == "");
  BOOST_TEST(err == "planfile: xlsx is not for a terminal; give -o FILE.xlsx, or send it on\n");
  BOOST_TEST(sql(*this, "SELECT 1", {"--format", "xlsx"}).out.starts_with("PK"));
}

BOOST_FIXTURE_TEST_CASE(lines_have_colours_unless_the_user_or_the_terminal_has_none, PlanFile) {
  const std::vector<std::string> chart = {"--format", "chart"};

  const auto coloured = on_terminal(*this, kLines, chart, {{"TERM", "xterm"}});
  const auto no_colour = on_terminal(*this, kLines, chart, {{"TERM", "xterm"}, {"NO_COLOR", "1"}});
  const auto dumb = on_terminal(*this, kLines, chart, {{"TERM", "dumb"}});

  BOOST_TEST(coloured.out.find("\x1B[34m") != std::string::npos);
  BOOST_TEST(no_colour.out.find('\x1B') == std::string::npos);
  BOOST_TEST(dumb.out.find('\x1B') == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_variable_says_that_signs_of_ambiguous_width_are_wide, PlanFile) {
  const auto wide =
      on_terminal(*this, "SELECT '≥9' AS a, 1 AS b", {}, {{"PLANFILE_AMBIGUOUS_WIDTH", "2"}});

  BOOST_TEST(wide.out == "a    b\n---  -\n≥9  1\n");
}

BOOST_FIXTURE_TEST_CASE(a_chart_is_drawn_as_the_query_or_the_user_says, PlanFile) {
  const auto asked = sql(*this, kThree, {"--chart", "bar x=name y=n"});
  const auto guessed = sql(*this, kThree, {"--format", "chart"});
  const auto saved = run({"run", file(), "value-latest", "--format", "chart", "--lang", "en"});
  const auto cut = sql(*this, kThree, {"--chart", "bar x=name y=n", "--limit", "1"});

  BOOST_TEST(asked.out.starts_with("n\n甲  █"));
  BOOST_TEST(asked.err == "");
  BOOST_TEST(guessed.out == asked.out);
  BOOST_TEST(guessed.err == "drawn as --chart 'bar x=name y=n'\n");
  BOOST_TEST(saved.out.starts_with("value-latest\nvalue (亿元)\n"));
  BOOST_TEST(saved.out.find("Gross domestic product") != std::string::npos);
  BOOST_TEST(cut.out.ends_with(" 1\n... cut after 1 row\n"));
}

BOOST_FIXTURE_TEST_CASE(a_chart_is_kept_as_a_picture, PlanFile) {
  sql(*this, kThree, {"--chart", "bar x=name y=n", "-o", path("a.svg")});
  sql(*this, kThree, {"--format", "chart", "-o", path("b.svg")});
  sql(*this, kThree, {"--format", "chart", "-o", path("c.txt")});

  BOOST_TEST(read(path("a.svg")).starts_with("<svg "));
  BOOST_TEST((read(path("a.svg")) == read(path("b.svg"))));
  BOOST_TEST(read(path("c.txt")).starts_with("n\n甲  █"));
}

BOOST_FIXTURE_TEST_CASE(rows_go_to_a_file_in_the_format_of_its_name, PlanFile) {
  const auto csv = sql(*this, kThree, {"-o", path("rows.csv")});
  sql(*this, kThree, {"-o", path("rows.NDJSON")});
  sql(*this, kThree, {"-o", path("rows.data"), "--format", "tsv"});

  BOOST_TEST(csv.code == 0);
  BOOST_TEST(csv.out == "");
  BOOST_TEST(csv.err == "");
  BOOST_TEST(read(path("rows.csv")) == "n,name\n1,甲\n2,乙\n3,丙\n");
  BOOST_TEST(read(path("rows.NDJSON")).starts_with("{\"n\":1,\"name\":\"甲\"}\n"));
  BOOST_TEST(read(path("rows.data")) == "n\tname\n1\t甲\n2\t乙\n3\t丙\n");
}

BOOST_FIXTURE_TEST_CASE(an_existing_file_is_replaced_only_by_force, PlanFile) {
  const std::string file = write("rows.csv", "mine\n");

  const auto kept = sql(*this, kThree, {"-o", file});
  const std::string before = read(file);
  const auto replaced = sql(*this, kThree, {"-o", file, "--force"});

  BOOST_TEST(kept.code == 2);
  BOOST_TEST(kept.err == "planfile: " + file + ": exists already; --force replaces it\n");
  BOOST_TEST(before == "mine\n");
  BOOST_TEST(replaced.code == 0);
  BOOST_TEST(read(file).starts_with("n,name\n"));
}

BOOST_FIXTURE_TEST_CASE(a_query_that_fails_leaves_the_file_as_it_was, PlanFile) {
  const std::string file = write("rows.csv", "mine\n");

  const auto failed = sql(*this, "SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808))",
                          {"-o", file, "--force"});
  const auto unknown = sql(*this, "SELECT nothing", {"-o", path("new.csv")});

  BOOST_TEST(failed.code != 0);
  BOOST_TEST(unknown.code == 2);
  BOOST_TEST(read(file) == "mine\n");
  BOOST_TEST(shell("ls " + shell_word(path(""))).out == "book\nplan.db\nrows.csv\n");
}

BOOST_FIXTURE_TEST_CASE(a_full_disk_leaves_no_file, PlanFile) {
  const std::string statement =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
      "SELECT i FROM n";

  const auto [code, out, err] =
      shell("ulimit -f 100; trap '' XFSZ; " + shell_word(PLANFILE_COMMAND) + " sql " +
            shell_word(file()) + " " + shell_word(statement) + " -o " + shell_word(path("n.csv")));

  BOOST_TEST(code == 3);
  BOOST_TEST(err == "planfile: " + path("n.csv") + ": can't be written: File too large\n");
  BOOST_TEST(shell("ls " + shell_word(path(""))).out == "book\nplan.db\n");
}

BOOST_FIXTURE_TEST_CASE(a_link_is_followed_and_a_pipe_written_to, PlanFile) {
  const std::string file = write("real.csv", "mine\n");
  shell("ln -s real.csv " + shell_word(path("link.csv")));

  sql(*this, "SELECT 1 AS n", {"-o", path("link.csv"), "--force"});
  const auto piped = shell(shell_word(PLANFILE_COMMAND) + " sql " + shell_word(this->file()) +
                           " 'SELECT 1 AS n' --format csv -o /dev/stdout | cat");

  BOOST_TEST(read(file) == "n\n1\n");
  BOOST_TEST(shell("readlink " + shell_word(path("link.csv"))).out == "real.csv\n");
  BOOST_TEST(piped.out == "n\n1\n");
}

BOOST_FIXTURE_TEST_CASE(a_result_that_is_cut_says_so, PlanFile) {
  const auto csv = sql(*this, kThree, {"--format", "csv", "--limit", "2"});
  const auto table = sql(*this, kThree, {"--limit", "1"});
  const auto md = sql(*this, kThree, {"--format", "md", "--limit", "1", "--lang", "zh"});
  const auto whole = sql(*this, kThree, {"--limit", "3"});

  BOOST_TEST(csv.out == "n,name\n1,甲\n2,乙\n");
  BOOST_TEST(csv.err == "... cut after 2 rows\n");
  BOOST_TEST(table.out == "n  name\n-  ----\n1  甲\n... cut after 1 row\n");
  BOOST_TEST(md.out == "| n | name |\n| ---: | --- |\n| 1 | 甲 |\n\n…… 只到前 1 行\n");
  BOOST_TEST(whole.err == "");
}

BOOST_FIXTURE_TEST_CASE(a_limit_ends_a_query_that_never_would, PlanFile) {
  const auto [code, out, err] =
      sql(*this, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
          {"--format", "csv", "--limit", "2"});

  BOOST_TEST(code == 0);
  BOOST_TEST(out == "i\n1\n2\n");
}

BOOST_FIXTURE_TEST_CASE(gb18030_is_what_iconv_makes_of_it, PlanFile) {
  const std::string statement = "SELECT '地区生产总值' AS 指标, '㐀𠀀€' AS rare, 1.5 AS 值";
  sql(*this, statement, {"-o", path("gb.csv"), "--encoding", "gb18030"});
  sql(*this, statement, {"-o", path("utf8.csv")});

  const auto same = shell("iconv -f utf-8 -t gb18030 " + shell_word(path("utf8.csv")) +
                          " | cmp - " + shell_word(path("gb.csv")));

  BOOST_TEST(same.code == 0);
  BOOST_TEST(same.out == "");
}

BOOST_FIXTURE_TEST_CASE(a_character_that_the_encoding_lacks_is_refused_by_row_and_column,
                        PlanFile) {
  const auto cell = sql(*this, "SELECT 'a' AS code, column1 AS name FROM (VALUES ('甲'), ('한'))",
                        {"-o", path("gb.csv"), "--encoding", "gb2312"});
  const auto name = sql(*this, "SELECT 1 AS '한'", {"--format", "md", "--encoding", "gbk"});
  const auto bytes =
      sql(*this, "SELECT CAST(x'ff' AS TEXT) AS t", {"--format", "csv", "--encoding", "gbk"});

  BOOST_TEST(cell.code == 1);
  BOOST_TEST(cell.err == "planfile: column \"name\", row 2: GB2312 has no \"한\" (U+D55C)\n");
  BOOST_TEST(!exists(path("gb.csv")));
  BOOST_TEST(name.err == "planfile: column \"한\", its name: GBK has no \"한\" (U+D55C)\n");
  BOOST_TEST(bytes.err ==
             "planfile: column \"t\", row 1: not UTF-8, so it can't be written in GBK\n");
}

BOOST_DATA_TEST_CASE(options_that_do_not_go_together_are_refused, kRefusals) {
  const PlanFile plan;

  const auto [code, out, err] = sql(plan, "SELECT 1", sample.options);

  BOOST_TEST(code != 0);
  BOOST_TEST(out == "");
  BOOST_TEST(err == sample.says);
}

BOOST_FIXTURE_TEST_CASE(excel_is_given_a_mark_and_no_formulas, PlanFile) {
  const std::string statement =
      "SELECT column1 AS v FROM (VALUES ('=1+1'), ('-3.5%'), ('——'), (-2), ('@a'), ('＝a'), "
      "('-1+2'), ('+86 571'), ('--'), (char(9) || 'x'), ('330602'))";

  const auto csv = sql(*this, statement, {"--format", "csv", "--excel"});
  const auto wide =
      sql(*this, "SELECT '甲' AS v", {"--format", "tsv", "--excel", "--encoding", "utf-16le"});
  const auto narrow =
      sql(*this, "SELECT '甲' AS v", {"--format", "csv", "--excel", "--encoding", "gbk"});

  BOOST_TEST(csv.out ==
             "\xEF\xBB\xBFv\r\n'=1+1\r\n-3.5%\r\n——\r\n-2\r\n'@a\r\n'＝a\r\n'-1+2\r\n'+86 571\r\n"
             "--\r\n'\tx\r\n330602\r\n");
  BOOST_TEST(wide.out == std::string("\xFF\xFEv\0\r\0\n\0\x32\x75\r\0\n\0", 14));
  BOOST_TEST(narrow.out == "v\r\n\xBC\xD7\r\n");
}

BOOST_FIXTURE_TEST_CASE(python_reads_every_cell_of_csv_and_tsv, PlanFile) {
  const std::string statement =
      "SELECT 'a,b' AS 'x,y', 'say \"hi\"' AS q, 'two' || char(10) || 'lines' AS l, "
      "'tab' || char(9) || 'bed' AS t, ' blank ' AS b, '' AS e, NULL AS n";
  sql(*this, statement, {"-o", path("r.csv")});
  sql(*this, statement, {"-o", path("r.tsv")});

  const auto read_back = [&](const std::string& name, const std::string& delimiter) {
    return shell(
        "python3 -c 'import csv,sys; print(list(csv.reader(open(sys.argv[1], newline=\"\", "
        "encoding=\"utf-8\"), delimiter=sys.argv[2])))' " +
        shell_word(path(name)) + " \"$(printf '" + delimiter + "')\"");
  };

  const std::string expected =
      "[['x,y', 'q', 'l', 't', 'b', 'e', 'n'], ['a,b', 'say \"hi\"', 'two\\nlines', 'tab\\tbed', "
      "' blank ', '', '']]\n";
  BOOST_TEST(read_back("r.csv", ",").out == expected);
  BOOST_TEST(read_back("r.tsv", "\\t").out == expected);
}

BOOST_FIXTURE_TEST_CASE(queries_are_listed_in_any_format, PlanFile) {
  const auto [code, out, err] = run({"queries", file(), "-o", path("q.tsv"), "--limit", "1"});

  BOOST_TEST(code == 0);
  BOOST_TEST(read(path("q.tsv")).starts_with("family\tquery\tabout\tabout_zh\nevaluation\t"));
  BOOST_TEST(err == "... cut after 1 row\n");
}

BOOST_FIXTURE_TEST_CASE(a_reader_that_has_seen_enough_ends_the_command_quietly, PlanFile) {
  const auto [code, out, err] =
      shell(shell_word(PLANFILE_COMMAND) + " sql " + shell_word(file()) +
            " 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n' "
            "--format ndjson | head -n 1");

  BOOST_TEST(out == "{\"i\":1}\n");
  BOOST_TEST(err == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
