#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "support.h"

// How the work of saved queries grows with what they are asked of, in steps of SQLite's virtual
// machine: what reads a list through for each of its rows takes nine times the steps for three
// times the rows.
namespace planfile::test {
namespace {

constexpr std::size_t kFew = 400, kMany = 3 * kFew;
constexpr double kInStep = 4;  // of three times the rows; sorting takes a little more than reading

// A county with as many enterprises, each with two figures, and projects, each with two milestones.
std::string built(const Folder& folder, std::size_t size) {
  std::string entities = "code,name,name_en,kind,parent\nc,县,County,county,\n";
  std::string figures = "indicator,entity,period,value,source\n";
  std::string projects = "code,name,name_en,entity,kind,source\n";
  std::string milestones = "project,kind,planned,actual,source\n";
  for (std::size_t at = 0; at < size; ++at) {
    entities += fmt::format("e{0},企业{0},Enterprise {0},enterprise,c\n", at);
    figures += fmt::format("tax,e{0},2022,{1},s\noutput,e{0},2022,{1},s\n", at, at + 1);
    projects += fmt::format("p{0},项目{0},Project {0},c,facility,s\n", at);
    milestones +=
        fmt::format("p{0},start,2020,2020-05-01,s\np{0},completed,2022,2022-06-01,s\n", at);
  }
  const std::string book = fmt::format("book{}", size), file = folder.path(book + ".db");
  folder.write(book + "/source.csv", "code,title,title_en,kind\ns,公报,Bulletin,bulletin\n");
  folder.write(book + "/indicator.csv",
               "code,name,name_en,unit,direction,kind\n"
               "tax,税收,Tax,亿元,higher,flow\noutput,产值,Output,亿元,higher,flow\n");
  folder.write(book + "/entity.csv", entities);
  folder.write(book + "/observation.csv", figures);
  folder.write(book + "/project.csv", projects);
  folder.write(book + "/milestone.csv", milestones);
  BOOST_REQUIRE(run({"build", folder.path(book), "-o", file}).code == 0);
  return file;
}

// Changes every figure of the file.
void revise(const Folder& folder, const std::string& file, std::size_t size) {
  std::string figures = "indicator,entity,period,value,source\n";
  for (std::size_t at = 0; at < size; ++at) {
    figures += fmt::format("tax,e{0},2022,{1},s\noutput,e{0},2022,{1},s\n", at, at + 2);
  }
  const std::string rows = folder.write("changed.csv", figures);
  BOOST_REQUIRE(run({"import", file, "observation", rows}).code == 0);
}

// The steps that the stock shell counts for a saved query; `parameter` is one of its ".parameter"
// lines.
double steps(const Folder& folder, const std::string& file, std::string_view query,
             std::string_view parameter = {}) {
  const std::string script = folder.write(
      "script.sql",
      fmt::format(".parameter init\n{}\n.stats vmstep\n.read {}\n", parameter,
                  shell_word((root() / "sql" / fmt::format("{}.sql", query)).string())));
  const auto [code, out, err] =
      shell("sqlite3 -readonly " + shell_word(file) + " < " + shell_word(script));
  constexpr std::string_view kMark = "VM-steps: ";
  const std::size_t at = out.rfind(kMark);
  BOOST_REQUIRE_MESSAGE(code == 0 && at != out.npos, err);
  return std::stod(out.substr(at + kMark.size()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(growth_of_work)

BOOST_FIXTURE_TEST_CASE(three_times_the_rows_take_three_times_the_steps, Folder) {
  const std::string few = built(*this, kFew), many = built(*this, kMany);

  for (const char* query : {"project-milestones", "project-durations", "project-slippage",
                            "project-starts", "project-reserve", "project-pipeline", "value-latest",
                            "value-growth", "entity-ranking", "entity-gap"}) {
    const double ratio = steps(*this, many, query) / steps(*this, few, query);
    BOOST_TEST(ratio < kInStep, query << " takes " << ratio << " times the steps");
  }
  const char* weights = ".parameter set :weights \"'tax=50:100,output=50:100'\"";
  BOOST_TEST(steps(*this, many, "entity-permu", weights) <
             kInStep * steps(*this, few, "entity-permu", weights));
}

BOOST_FIXTURE_TEST_CASE(so_do_three_times_the_former_values, Folder) {
  const std::string few = built(*this, kFew), many = built(*this, kMany);
  revise(*this, few, kFew);
  revise(*this, many, kMany);

  for (const char* query : {"value-provenance", "import-changes"}) {
    const double ratio = steps(*this, many, query) / steps(*this, few, query);
    BOOST_TEST(ratio < kInStep, query << " takes " << ratio << " times the steps");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
