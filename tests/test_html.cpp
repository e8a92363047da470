// Pages and pictures, parsed by another program: Python's XML parser.
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "support.h"

namespace planfile::test {
namespace {

// What a shell command finds in the file by a path of ElementTree, one line each.
std::string find(const Folder& folder, const std::string& name, const std::string& path) {
  const auto found = shell(
      "python3 -c 'import sys, xml.etree.ElementTree as e; [print(\"|\".join(x.itertext()), "
      "x.attrib) for x in e.parse(sys.argv[1]).iterfind(sys.argv[2])]' " +
      shell_word(folder.path(name)) + " " + shell_word(path));
  BOOST_REQUIRE_MESSAGE(found.code == 0, found.err);
  return found.out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(html)

BOOST_FIXTURE_TEST_CASE(a_page_is_a_table_with_everything_escaped, PlanFile) {
  run({"sql", file(),
       "SELECT column1 AS 'a<b>', column2 AS n FROM (VALUES ('<script>\"&', 1.5), "
       "('two' || char(10) || 'lines' || char(27), NULL))",
       "-o", path("p.html"), "--lang", "zh"});

  BOOST_TEST(find(*this, "p.html", ".").find("'lang': 'zh-CN'") != std::string::npos);
  BOOST_TEST(find(*this, "p.html", ".//th") ==
             "a<b> {'scope': 'col'}\nn {'scope': 'col', 'class': 'n'}\n");
  BOOST_TEST(find(*this, "p.html", ".//tbody/tr/td") ==
             "<script>\"& {}\n1.5 {'class': 'n'}\ntwo|lines\uFFFD {}\n {'class': 'n'}\n");
}

BOOST_FIXTURE_TEST_CASE(a_page_says_what_its_query_is_about, PlanFile) {
  run({"run", file(), "value-latest", "-o", path("p.html"), "--lang", "en", "--limit", "1"});

  BOOST_TEST(find(*this, "p.html", ".//caption")
                 .starts_with("value-latest|The newest value of each series"));
  BOOST_TEST(find(*this, "p.html", ".//dt").find("as_of {}") != std::string::npos);
  BOOST_TEST(find(*this, "p.html", ".//tbody/tr").find("Gross domestic product") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_page_that_is_cut_says_so_in_its_foot, PlanFile) {
  run({"sql", file(), "SELECT column1 AS n FROM (VALUES (1), (2))", "-o", path("p.html"), "--limit",
       "1", "--lang", "en"});

  BOOST_TEST(find(*this, "p.html", ".//tfoot/tr/td") == "... cut after 1 row {'colspan': '1'}\n");
}

BOOST_FIXTURE_TEST_CASE(a_picture_has_a_title_a_bar_for_each_value_and_a_mark_for_each_target,
                        PlanFile) {
  const auto drawn = run({"sql", file(),
                          "SELECT column1 AS name, column2 AS v, column3 AS t FROM (VALUES "
                          "('甲 <&>', 10, 20), ('乙', -5, NULL), ('丙', NULL, 5))",
                          "-o", path("c.svg"), "--chart", "bar x=name y=v target=t"});
  const std::string svg = "{http://www.w3.org/2000/svg}";

  BOOST_TEST(drawn.err == "");
  BOOST_TEST(find(*this, "c.svg", svg + "title") == "v {'id': 'title'}\n");
  BOOST_TEST(find(*this, "c.svg", svg + "desc") == "3 values, from -5 to 20. {'id': 'desc'}\n");
  BOOST_TEST(find(*this, "c.svg", ".//" + svg + "rect/" + svg + "title") ==
             "甲 <&>: 10 (t 20) {}\n乙: -5 {}\n");
  BOOST_TEST(find(*this, "c.svg", ".//" + svg + "line/" + svg + "title") ==
             "甲 <&>: 10 (t 20) {}\n丙: — (t 5) {}\n");
}

BOOST_FIXTURE_TEST_CASE(a_line_breaks_where_a_value_is_missing, PlanFile) {
  run({"sql", file(),
       "SELECT column1 AS year, column2 AS v FROM (VALUES ('2019', 1), ('2020', 2), "
       "('2021', NULL), ('2022', 3), ('2023', 4))",
       "-o", path("c.svg"), "--chart", "line x=year y=v"});
  const std::string svg = "{http://www.w3.org/2000/svg}";

  const std::string path_of = find(*this, "c.svg", ".//" + svg + "path");

  BOOST_TEST(std::count(path_of.begin(), path_of.end(), 'M') == 2);
  BOOST_TEST(std::count(path_of.begin(), path_of.end(), 'L') == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
