#include "language.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#include "support.h"

namespace planfile::test {
namespace {

// A variable of the environment, as it was again when the test ends.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) former_ = old;
    setenv(name, value, 1);
  }
  ~Variable() { setenv(name_, former_.c_str(), 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string former_;
};

Table chosen(const Table& whole, const std::vector<std::string>& wanted, std::string_view lang) {
  TableSink kept;
  LanguageChoice choice(kept, whole.columns, wanted, lang);
  choice.head(whole.columns);
  for (const auto& row : whole.rows) choice.row(row);
  choice.finish();
  return kept.table();
}

using Row = std::vector<Cell>;

}  // namespace

BOOST_AUTO_TEST_SUITE(language)

BOOST_AUTO_TEST_CASE(the_language_is_that_of_the_locale_unless_asked_for) {
  const Variable messages("LC_MESSAGES", "en_GB.UTF-8"), lang("LANG", "zh_CN.UTF-8");
  {
    const Variable all("LC_ALL", "zh_TW.UTF-8");
    BOOST_TEST(planfile::language("") == "zh");
    BOOST_TEST(planfile::language("en") == "en");
  }
  const Variable all("LC_ALL", "");
  BOOST_TEST(planfile::language("") == "en");
  const Variable none("LC_MESSAGES", "");
  BOOST_TEST(planfile::language("") == "zh");
}

BOOST_AUTO_TEST_CASE(a_column_is_shown_in_the_language_and_where_that_lacks_in_the_other) {
  const Table whole{
      {"name", "name_en", "item", "item_zh", "value"},
      {Row{"越城区", "Yuecheng", "stage", "阶段", 1.0}, Row{"袍江", Cell(), "", "阶段", 2.0}}};

  const Table english = chosen(whole, {"name", "item_zh", "item", "value"}, "en");
  const Table chinese = chosen(whole, {"name_en", "item", "value"}, "zh");

  BOOST_TEST((english == Table{{"name", "item", "value"},
                               {Row{"Yuecheng", "stage", 1.0}, Row{"袍江", "阶段", 2.0}}}));
  BOOST_TEST((chinese == Table{{"name", "item", "value"},
                               {Row{"越城区", "阶段", 1.0}, Row{"袍江", "阶段", 2.0}}}));
}

BOOST_AUTO_TEST_CASE(a_column_without_a_twin_keeps_its_name) {
  const Table whole{{"name_en", "text", "text_zh"}, {Row{"Yuecheng", "met", "已完成"}}};

  BOOST_TEST((chosen(whole, {"name_en"}, "zh") == Table{{"name_en"}, {Row{"Yuecheng"}}}));
  BOOST_TEST((chosen(whole, {"text"}, "en") == Table{{"text"}, {Row{"met"}}}));
}

BOOST_FIXTURE_TEST_CASE(tables_for_people_are_in_one_language_and_other_formats_in_both, PlanFile) {
  const auto printed = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"run", file(), "value-latest"});
    return run(words).out;
  };

  BOOST_TEST(printed({}).starts_with("indicator_name          entity_name"));
  BOOST_TEST(printed({}).find("Gross domestic product  Yuecheng District") != std::string::npos);
  BOOST_TEST(printed({"--lang", "zh"}).starts_with("指标名称      实体名称"));
  BOOST_TEST(printed({"--lang", "zh"}).find("地区生产总值  越城区") != std::string::npos);
  BOOST_TEST(printed({"--lang", "zh", "--format", "md"}).find("| 地区生产总值 | 越城区 |") !=
             std::string::npos);
  BOOST_TEST(printed({"--format", "csv"}) == printed({"--format", "csv", "--lang", "zh"}));
  BOOST_TEST(printed({"--columns", "indicator_name"}).find("地区生产总值") != std::string::npos);
  BOOST_TEST(run({"queries", file(), "--lang", "zh"}).out.find("文件概览") != std::string::npos);
  BOOST_TEST(run({"queries", file()}).out.find("文件概览") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
