#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <vector>

#include "planfile/csv.h"
#include "support.h"

namespace planfile::test {
namespace {

// A book of the repository as a plan file.
class Book : public Folder {
 public:
  explicit Book(const std::string& folder) {
    const Outcome built = run({"build", (root() / folder).string(), "-o", file()});
    if (built.code != 0) throw std::runtime_error(built.err);
  }

  [[nodiscard]] std::string file() const { return path("book.db"); }
};

const Book& shaoxing() {
  static const Book book("data/shaoxing");
  return book;
}

const Book& edge() {
  static const Book book("tests/data/edge");
  return book;
}

// The rows of a saved query, each by column.
std::vector<std::map<std::string, std::string>> rows_of(std::vector<std::string> words) {
  words.insert(words.end(), {"--format", "csv"});
  const Outcome outcome = run(words);
  BOOST_REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
  const auto table = read_csv(outcome.out);
  std::vector<std::map<std::string, std::string>> rows;
  for (std::size_t at = 1; at < table.records.size(); ++at) {
    auto& row = rows.emplace_back();
    for (std::size_t column = 0; column < table.records[at].fields.size(); ++column) {
      row[table.records[0].fields[column].text] = table.records[at].fields[column].text;
    }
  }
  return rows;
}

// One target's place, verdict and reason, as words.
std::vector<std::string> progress_verdicts(const Book& book, std::vector<std::string> options) {
  std::vector<std::string> words = {"run", book.file(), "target-progress"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<std::string> all;
  for (auto& row : rows_of(words)) {
    all.push_back(row["plan"] + ' ' + row["indicator"] + ' ' + row["entity"] + ": " +
                  row["verdict"] + ' ' + row["reason"]);
  }
  return all;
}

std::vector<std::string> why_verdicts(const Book& book, std::vector<std::string> options) {
  std::vector<std::string> words = {"run", book.file(), "target-why"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<std::string> all;
  for (auto& row : rows_of(words)) {
    if (row["part"] == "verdict") {
      all.push_back(row["plan"] + ' ' + row["indicator"] + ' ' + row["entity"] + ": " +
                    row["class"] + ' ');
    }
    if (row["part"] == "reason") all.back() += row["class"];
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_why)

// 2021 is one of five years; (42508 - 38500) / (55000 - 38500) = 4008 / 16500 = 0.242909.
BOOST_AUTO_TEST_CASE(the_verdict_on_a_target_is_told_step_by_step) {
  const auto [code, out, err] = run({"why", shaoxing().file(), "农村常住居民人均可支配收入",
                                     "越城区", "2025", "--plan", "yuecheng-14th", "--lang", "zh"});

  BOOST_TEST(code == 0, err);
  BOOST_TEST(
      out ==
      "越城区国民经济和社会发展第十四个五年规划 23：农村常住居民人均可支配收入 · 越城区 · 2025\n"
      "  目标：55000 元（2025），见越城区国民经济和社会发展第十四个五年规划，预期性。"
      " [yuecheng-14th-plan, 十四五表 23]\n"
      "  判据：不低于 55000 元，即为已实现（该指标越高越好）；"
      "此前，完成比例不低于应完成比例为符合时序。\n"
      "  基期：38500 元（2020）。 [yuecheng-14th-plan, 十四五表 23]\n"
      "  最新数据：42508 元（2021），正常值，出自《提档加速 “越城号”列车幸福起航》。"
      " [zj-news-yuecheng-2022, 第38段]\n"
      "  完成比例 =（最新 - 基期）/（目标 - 基期）= (42508 - 38500) / (55000 - 38500) = 24.29 %。\n"
      "  时间进度 = 已过年数 / 总年数 = 1 / 5 = 20 % (2020-12-31 → 2021-12-31)。\n"
      "  应达值 = 38500 + (55000 - 38500) × 1 / 5 = 41800 元。\n"
      "  超时序 = 完成比例 - 应完成比例 = 24.29 - 20 = 4.29 个百分点。\n"
      "  结论：符合时序，到此时应做到的已做到。\n"
      "  未用：38500 元（2020），时期较早。 [yuecheng-14th-plan, 十四五表 23]\n"
      "  未用：3.86 万元（2020），口径不同（不含沥海街道）。 [yuecheng-14th-plan, 一（三）7]\n");
}

// 62700 / 38500 = 1.628571; 61860 / 38632 = 1.601263. Incomes are whole yuan: half a yuan is open.
BOOST_AUTO_TEST_CASE(a_figure_is_told_with_its_rivals_and_its_formula) {
  const std::string outline =
      "Outline of the 14th Five-Year Plan for National Economic and Social Development of Yuecheng "
      "District and the Long-Range Objectives Through the Year 2035";

  const auto [code, out, err] =
      run({"why", shaoxing().file(), "income-ratio", "越城区", "2020", "--lang", "en"});

  BOOST_TEST(code == 0, err);
  BOOST_TEST(
      out ==
      "Urban-rural income ratio · Yuecheng District · 2020\n"
      "  Used: 1.64 times, provisional value, from " +
          outline +
          ", published 2021-04-09. [yuecheng-14th-plan, 十四五表 24]\n"
          "  Chosen: it is the only figure of the period.\n"
          "  Not comparable: 1.60 times, another scope (Excluding Lihai Subdistrict), from " +
          outline +
          ". [yuecheng-14th-plan, 十三五表 27; 一（三）7]\n"
          "  Part: Per capita disposable income of urban residents 62700 yuan, provisional "
          "value, from " +
          outline +
          ". [yuecheng-14th-plan, 十四五表 22]\n"
          "  Part: Per capita disposable income of rural residents 38500 yuan, provisional "
          "value, from " +
          outline +
          ". [yuecheng-14th-plan, 十四五表 23]\n"
          "  Formula: Per capita disposable income of urban residents 62700 yuan / Per "
          "capita disposable income of rural residents 38500 yuan = 1.628571 times.\n"
          "  Gap: 1.64 - 1.628571 = 0.011429 times, no rounding explains it (before rounding "
          "the parts give 1.628537 to 1.628606, and the figure is 1.635 to 1.645).\n"
          "\n"
          "Urban-rural income ratio · Yuecheng District · 2020 · Excluding Lihai Subdistrict\n"
          "  Used: 1.60 times, provisional value, from " +
          outline +
          ", published 2021-04-09. [yuecheng-14th-plan, 十三五表 27; 一（三）7]\n"
          "  Chosen: it is the only figure of the period.\n"
          "  Not comparable: 1.64 times, another scope (Whole entity), from " +
          outline +
          ". [yuecheng-14th-plan, 十四五表 24]\n"
          "  Part: Per capita disposable income of urban residents 61860 yuan, provisional "
          "value, from " +
          outline +
          ". [yuecheng-14th-plan, 十三五表 15]\n"
          "  Part: Per capita disposable income of rural residents 38632 yuan, provisional "
          "value, from " +
          outline +
          ". [yuecheng-14th-plan, 十三五表 16]\n"
          "  Formula: Per capita disposable income of urban residents 61860 yuan / Per "
          "capita disposable income of rural residents 38632 yuan = 1.601263 times.\n"
          "  Gap: 1.6 - 1.601263 = -0.001263 times, it agrees to the last digit printed "
          "(before rounding the parts give 1.60123 to 1.601297, and the figure is 1.595 to "
          "1.605).\n");
}

BOOST_AUTO_TEST_CASE(verdict_and_reason_are_those_of_target_progress) {
  const std::vector<std::vector<std::string>> ways = {
      {},
      {"-p", "method=compound"},
      {"-p", "tolerance=10"},
      {"-p", "as_of=2021", "-p", "method=compound", "-p", "tolerance=5"}};
  for (const auto& options : ways) {
    BOOST_TEST(why_verdicts(edge(), options) == progress_verdicts(edge(), options),
               boost::test_tools::per_element());
    BOOST_TEST(why_verdicts(shaoxing(), options) == progress_verdicts(shaoxing(), options),
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(the_day_judged_at_chooses_the_figure_told_of) {
  const Outcome outcome =
      run({"why", edge().file(), "p34-forecast", "--as-of", "2022-12-31", "--lang", "en"});

  BOOST_TEST(outcome.out.find("Not used: 20 × 100 million yuan in 2023, a forecast.") !=
             std::string::npos);
  BOOST_TEST(outcome.out.find("Case 34: forecast not used · Case County · 2022\n  Used: 12 ×") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(former_values_and_the_import_are_told, PlanFile) {
  const std::string rows =
      write("rows.csv",
            "indicator,entity,period,value,source,locator\ngdp,330602,2020,1010,outline,表 1\n");
  run({"import", file(), "observation", rows});
  const std::string at = value("SELECT at FROM import");

  const auto [code, out, err] = run({"why", file(), "GDP", "2020", "--lang", "en"});

  BOOST_TEST(code == 0, err);
  BOOST_TEST(out ==
             "Gross domestic product · Yuecheng District · 2020\n"
             "  Used: 1010 × 100 million yuan, normal value, from 规划纲要, published 2021-04-09."
             " [outline, 表 1]\n"
             "  Import: number 1, of file rows.csv at " +
                 at +
                 ". [outline, 表 1]\n"
                 "  Chosen: it is the only figure of the period.\n"
                 "  Former: 1008.5, changed by import 1 (rows.csv, " +
                 at + "). [outline, 表 1]\n");
}

BOOST_AUTO_TEST_CASE(the_default_scope_is_named_like_any_other) {
  const std::vector<std::string> words = {
      "run",   shaoxing().file(), "value-why", "-p",          "indicator=income-ratio",
      "-p",    "entity=330602",   "-p",        "period=2020", "-p",
      "scope="};
  const auto rows =
      rows_of({"why", shaoxing().file(), "income-ratio", "330602", "2020", "--scope", "全口径"});

  BOOST_TEST(rows.size() == 7u);
  BOOST_TEST(rows.size() == rows_of(words).size());
}

BOOST_FIXTURE_TEST_CASE(what_is_unknown_is_named_with_what_is_near, PlanFile) {
  BOOST_TEST(run({"why", file(), "gpd"}).err ==
             "planfile: unknown indicator: \"gpd\"; nearest: \"GDP\", \"gdp\"\n");
  BOOST_TEST(run({"why", file(), "gdp", "袍江开经区"}).err ==
             "planfile: unknown entity: \"袍江开经区\"; nearest: \"袍江经开区\"\n");
  BOOST_TEST(run({"why", file(), "gdp", "越城区", "20x5"}).err ==
             "planfile: not a period: \"20x5\"\n");
  BOOST_TEST(run({"why", file(), "gdp", "越城区", "2031"}).err ==
             "planfile: no figure or target of gdp of 330602 in 2031; `planfile describe FILE gdp` "
             "lists them\n");
  BOOST_TEST(run({"why", file(), "gdp", "越城区", "2031"}).code == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
