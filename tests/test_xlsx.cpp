// Workbooks, read by another program: Python's zipfile and XML parser.
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support.h"
#include "zip_sizes.h"

namespace planfile::test {
namespace {

// Prints as JSON what the sheets of a workbook hold: `[name, {cell: [type, value]}]` each.
constexpr const char* kReadBook = R"py(
import json, sys, zipfile
import xml.etree.ElementTree as xml
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
names = [s.get("name") for s in xml.fromstring(book.read("xl/workbook.xml")).iter(M + "sheet")]
out = []
for number, name in enumerate(names, 1):
    sheet = xml.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    cells = {}
    for cell in sheet.iter(M + "c"):
        value = cell.find(M + "v")
        text = value.text if value is not None else "".join(t.text or "" for t in cell.iter(M + "t"))
        cells[cell.get("r")] = [cell.get("t", "n"), text]
    about = {"filter": [f.get("ref") for f in sheet.iter(M + "autoFilter")],
             "pane": [p.get("ySplit") for p in sheet.iter(M + "pane")],
             "widths": [float(c.get("width")) for c in sheet.iter(M + "col")]}
    out.append([name, cells, about])
print(json.dumps(out))
)py";

nlohmann::json read_book(const Folder& folder, const std::string& name) {
  const std::string script = folder.write("read.py", kReadBook);
  const auto read = shell("python3 " + shell_word(script) + " " + shell_word(folder.path(name)));
  BOOST_REQUIRE_MESSAGE(read.code == 0, read.err);
  return nlohmann::json::parse(read.out);
}

Outcome sql(const PlanFile& plan, const std::string& statement, const std::string& name) {
  return run({"sql", plan.file(), statement, "-o", plan.path(name)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xlsx)

BOOST_FIXTURE_TEST_CASE(numbers_are_numbers_and_codes_stay_text, PlanFile) {
  sql(*this,
      "SELECT '00330602' AS code, '地区生产总值' AS 指标, 1008.5 AS v, -3 AS n, NULL AS none, "
      "123456789012345678 AS big, 999999999999999 AS exact, 9e999 AS inf, '' AS empty",
      "b.xlsx");

  const auto cells = read_book(*this, "b.xlsx")[0][1];

  using Pair = std::vector<std::string>;
  BOOST_TEST(cells["A1"].get<Pair>() == (Pair{"inlineStr", "code"}));
  BOOST_TEST(cells["A2"].get<Pair>() == (Pair{"inlineStr", "00330602"}));
  BOOST_TEST(cells["B1"].get<Pair>() == (Pair{"inlineStr", "指标"}));
  BOOST_TEST(cells["B2"].get<Pair>() == (Pair{"inlineStr", "地区生产总值"}));
  BOOST_TEST(cells["C2"].get<Pair>() == (Pair{"n", "1008.5"}));
  BOOST_TEST(cells["D2"].get<Pair>() == (Pair{"n", "-3"}));
  BOOST_TEST(!cells.contains("E2"));
  BOOST_TEST(cells["F2"].get<Pair>() == (Pair{"inlineStr", "123456789012345678"}));
  BOOST_TEST(cells["G2"].get<Pair>() == (Pair{"n", "999999999999999"}));
  BOOST_TEST(cells["H2"].get<Pair>() == (Pair{"inlineStr", "Inf"}));
}

BOOST_FIXTURE_TEST_CASE(a_text_is_never_a_formula_and_always_whole, PlanFile) {
  sql(*this,
      "SELECT '=1+1' AS a, 'two' || char(10) || 'lines <&>' AS b, 'x' || char(0) || 'y' AS c, "
      "CAST(x'ff41' AS TEXT) AS d, ' blank ' AS e",
      "b.xlsx");

  const auto cells = read_book(*this, "b.xlsx")[0][1];

  BOOST_TEST(cells["A2"][0] == "inlineStr");
  BOOST_TEST(cells["A2"][1] == "=1+1");
  BOOST_TEST(cells["B2"][1] == "two\nlines <&>");
  BOOST_TEST(cells["C2"][1] == "x\uFFFDy");
  BOOST_TEST(cells["D2"][1] == "\uFFFDA");
  BOOST_TEST(cells["E2"][1] == " blank ");
}

BOOST_FIXTURE_TEST_CASE(the_header_stays_and_filters_over_columns_wide_enough, PlanFile) {
  sql(*this,
      "SELECT column1 AS n, column2 AS t FROM (VALUES (1, '一个地区所有常住单位'), (2, 'b'))",
      "b.xlsx");

  const auto about = read_book(*this, "b.xlsx")[0][2];

  BOOST_TEST(about["filter"].dump() == "[\"A1:B3\"]");
  BOOST_TEST(about["pane"].dump() == "[\"1\"]");
  BOOST_TEST(about["widths"][1].get<double>() >= 20.0);
  BOOST_TEST(about["widths"][0].get<double>() < 10.0);
}

BOOST_FIXTURE_TEST_CASE(a_saved_query_tells_of_itself_on_a_second_sheet, PlanFile) {
  run({"run", file(), "value-latest", "-p", "as_of=2021", "-o", path("b.xlsx"), "--lang", "en"});

  const auto book = read_book(*this, "b.xlsx");
  const std::string about = book[1][1].dump();

  BOOST_TEST(book[0][0] == "value-latest");
  BOOST_TEST(book[1][0] == "about");
  BOOST_TEST(book[0][1]["A2"][1] == "地区生产总值");
  for (const char* part : {"value-latest", "The newest value of each series", "每个序列", "as_of",
                           "2021", "columns", "indicator_name"}) {
    BOOST_TEST(about.find(part) != std::string::npos, about);
  }
}

BOOST_FIXTURE_TEST_CASE(the_same_rows_are_the_same_bytes, PlanFile) {
  const std::string statement = "SELECT indicator, value FROM observations";
  sql(*this, statement, "a.xlsx");
  shell("sleep 1.1");
  sql(*this, statement, "b.xlsx");

  BOOST_TEST((read(path("a.xlsx")) == read(path("b.xlsx"))));
}

BOOST_FIXTURE_TEST_CASE(a_result_without_rows_is_a_sheet_with_its_header, PlanFile) {
  sql(*this, "SELECT 1 AS a, 2 AS b WHERE 0", "b.xlsx");

  const auto book = read_book(*this, "b.xlsx");

  BOOST_TEST(book[0][1].size() == 2U);
  BOOST_TEST(book[0][0] == "result");
}

BOOST_FIXTURE_TEST_CASE(what_a_sheet_does_not_hold_is_refused, PlanFile) {
  const auto rows =
      sql(*this,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1048576) "
          "SELECT i FROM n",
          "rows.xlsx");
  const auto text = sql(*this, "SELECT printf('%.*c', 32768, 'x') AS t", "text.xlsx");

  BOOST_TEST(rows.code == 1);
  BOOST_TEST(rows.err ==
             "planfile: a sheet of Excel holds 1048575 rows below its header, and the result has "
             "more; use --limit, or csv\n");
  BOOST_TEST(text.err ==
             "planfile: column \"t\", row 1: 32768 characters; a cell of Excel holds 32767\n");
  BOOST_TEST(!exists(path("rows.xlsx")));
  BOOST_TEST(!exists(path("text.xlsx")));
}

BOOST_FIXTURE_TEST_CASE(a_disk_that_fills_up_leaves_no_workbook, PlanFile) {
  const std::string statement =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
      "SELECT i, 'some text that takes room ' || i AS t FROM n";

  const auto tried =
      shell("trap '' XFSZ; for room in 5 50 300 1000 1500 2000; do (ulimit -f $room; " +
            shell_word(PLANFILE_COMMAND) + " sql " + shell_word(file()) + " " +
            shell_word(statement) + " -o " + shell_word(path("b.xlsx")) + "; echo $?); done");

  BOOST_TEST(tried.out == "3\n3\n3\n3\n3\n3\n");
  BOOST_TEST(!exists(path("b.xlsx")));
}

BOOST_FIXTURE_TEST_CASE(a_file_that_is_no_whole_zip_has_no_sizes, Folder) {
  const std::string cut = write("cut.zip", std::string_view("PK\x01\x02 and then nothing", 22));

  BOOST_TEST(zip_size(cut, "a") == 0U);
  BOOST_TEST(zip_size(path("none.zip"), "a") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
