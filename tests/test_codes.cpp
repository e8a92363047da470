#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "planfile/codes.h"
#include "planfile/csv.h"
#include "support.h"

namespace planfile::test {
namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

bool is_code(const std::string& text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codes)

BOOST_FIXTURE_TEST_CASE(every_code_in_an_expected_result_has_a_name, PlanFile) {
  Reader reader(file());
  const CodeNames names(reader);
  // Free text of a book, or of a query's `by`, may look like a code.
  const std::set<std::string> free = {"name-detail",    "entity-detail",  "indicator-detail",
                                      "plan-detail",    "project-detail", "import-detail",
                                      "file-dictionary"};
  std::set<std::string> nameless;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root() / "tests/data/expected")) {
    if (entry.path().extension() != ".csv") continue;
    const std::string name = entry.path().stem().string();
    const std::string query = name.substr(0, name.find('@'));
    if (free.contains(query)) continue;
    const Csv csv = read_csv(text_of(entry.path()));
    const auto& head = csv.records.front().fields;
    for (std::size_t row = 1; row < csv.records.size(); ++row) {
      const auto& cells = csv.records[row].fields;
      for (std::size_t at = 0; at < cells.size(); ++at) {
        const std::string column(head[at].text), text(cells[at].text);
        for (const char* listed : {"verdict", "reason", "class", "finding", "light", "hint",
                                   "stricter", "effect", "course", "measure", "nature", "claim",
                                   "direction", "period_kind", "turn", "remark", "basis"}) {
          const bool is_listed = column == listed || column.ends_with(std::string("_") + listed);
          if (is_listed && is_code(text) && names.find(column, text) == nullptr) {
            nameless.insert(query + ": " + column + " " + text);
          }
        }
      }
    }
  }
  for (const std::string& one : nameless) BOOST_ERROR(one);
}

BOOST_FIXTURE_TEST_CASE(every_code_that_the_schema_allows_has_a_name, PlanFile) {
  Reader reader(file());
  const CodeNames names(reader);
  const std::string schema = text_of(root() / "schema/current.sql");
  const std::regex check(R"(CHECK \((kind|measure|direction|nature|claim|role) IN \(([^)]*)\))");
  std::size_t checked = 0;
  for (std::sregex_iterator one(schema.begin(), schema.end(), check), end; one != end; ++one) {
    const std::string column = (*one)[1], list = (*one)[2];
    const std::regex literal("'([a-z_]+)'");
    for (std::sregex_iterator code(list.begin(), list.end(), literal); code != end; ++code) {
      const std::string text = (*code)[1];
      const bool is_period = list.find("'quarter'") != list.npos;
      BOOST_TEST(names.find(is_period ? "period_kind" : column, text) != nullptr,
                 column << " " << text);
      ++checked;
    }
  }
  BOOST_TEST(checked > 60U);
}

BOOST_FIXTURE_TEST_CASE(a_column_uses_the_list_of_its_name_or_of_the_last_part_of_it, PlanFile) {
  Reader reader(file());
  const CodeNames names(reader);

  BOOST_REQUIRE(names.find("verdict", "behind") != nullptr);
  BOOST_TEST(names.find("verdict", "behind")->zh == "滞后");
  BOOST_TEST(names.find("verdict", "on_pace")->en == "on pace");
  BOOST_REQUIRE(names.find("planned_reason", "missing_plan") != nullptr);
  BOOST_TEST(names.find("planned_reason", "missing_plan")->zh == "无计划");
  BOOST_TEST(names.find("indicator", "gdp") == nullptr);
  BOOST_TEST(names.find("verdict", "no such") == nullptr);
}

BOOST_FIXTURE_TEST_CASE(a_choice_may_be_given_by_its_name, PlanFile) {
  const auto asked = [&](const std::string& verdict) {
    return run({"run", file(), "target-progress", "-p", "verdict=" + verdict, "--format", "csv"});
  };

  BOOST_TEST(asked("已实现").code == 0);
  BOOST_TEST(asked("已实现").out == asked("met").out);
  BOOST_TEST(asked("on pace").out == asked("on_pace").out);
  BOOST_TEST(asked("绿灯").code == 2);  // a name, but of no choice here
}

BOOST_AUTO_TEST_CASE(chinese_tables_show_names_and_other_formats_codes) {
  const Folder folder;
  BOOST_REQUIRE(
      run({"build", (root() / "tests/data/edge").string(), "-o", folder.path("e.db")}).code == 0);
  const auto asked = [&](const std::string& format) {
    return run({"run", folder.path("e.db"), "target-progress", "--lang", "zh", "--format", format})
        .out;
  };

  BOOST_TEST(asked("table").find("无法判断") != std::string::npos);
  BOOST_TEST(asked("table").find("not_computable") == std::string::npos);
  BOOST_TEST(asked("md").find("| 结论 |") != std::string::npos);
  BOOST_TEST(asked("csv").find("not_computable") != std::string::npos);
  BOOST_TEST(asked("csv").find("无法判断") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_from_before_the_lists_has_no_names) {
  Reader reader(root() / "tests/data/versions/schema-9.db");
  const CodeNames names(reader);

  BOOST_TEST(names.find("verdict", "behind") == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
