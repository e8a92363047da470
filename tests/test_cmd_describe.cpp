#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "support.h"

namespace planfile::test {
namespace {

// A file with three imports: a figure, the figure corrected, and a target.
class Imported : public PlanFile {
 public:
  Imported() {
    bring("first.csv", "indicator,entity,period,value,source\nGDP,越城区,2021,1100,report\n");
    bring("second.csv",
          "indicator,entity,period,value,source\nGDP,越城区,2021,1160.4,report\n"
          "GDP,越城区,2022,1200,report\n");
    bring("goals.csv", "plan,indicator,period,value\nplan-14,GDP,2025,≥1500\n", "target");
  }

 private:
  void bring(const std::string& name, const std::string& text,
             const std::string& table = "observation") const {
    const Outcome done = run({"import", file(), table, write(name, text)});
    if (done.code != 0) throw std::runtime_error(done.err);
  }
};

std::string described(const std::string& file, std::vector<std::string> words) {
  words.insert(words.begin(), {"describe", file});
  const Outcome outcome = run(words);
  BOOST_TEST(outcome.err == "");
  BOOST_TEST(outcome.code == 0);
  return outcome.out;
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cmd_describe)

BOOST_FIXTURE_TEST_CASE(the_file_is_shown_at_a_glance, Imported) {
  const std::string shown = described(file(), {});

  BOOST_TEST(shown.starts_with("In this file (file-summary)\n"), shown);
  for (const char* part : {"\nPlans (plan-list)\n", "plan-14", "\nSources (source-list)\n",
                           "\nIndicators by category (indicator-categories)\n",
                           "\nLast imports (import-list)\n", "goals.csv"}) {
    BOOST_TEST(holds(shown, part), part);
  }
  BOOST_TEST(!holds(shown, "Projects by stage"));
  BOOST_TEST(!holds(shown, "outlays"));
}

BOOST_FIXTURE_TEST_CASE(labels_are_in_the_language_asked_for, Imported) {
  const std::string shown = described(file(), {"GDP", "--lang", "zh"});

  BOOST_TEST(shown.starts_with("指标 (indicator-detail)\n内容"), shown);
  BOOST_TEST(holds(shown, "地区生产总值"));
  BOOST_TEST(holds(shown, "越高越好"));
  BOOST_TEST(!holds(shown, "higher is better"));
}

BOOST_FIXTURE_TEST_CASE(an_indicator_comes_with_its_figures_and_targets, Imported) {
  const std::string shown = described(file(), {"GDP"});

  BOOST_TEST(holds(shown, "higher   higher is better"), shown);
  BOOST_TEST(holds(shown, "\nNewest figures (value-latest)\n"));
  BOOST_TEST(holds(shown, "\nTargets (indicator-targets)\n"));
  BOOST_TEST(holds(shown, "≥1500"));
}

BOOST_FIXTURE_TEST_CASE(an_entity_is_shown_in_its_place, PlanFile) {
  const std::string shown = described(file(), {"越城"});

  BOOST_TEST(holds(shown, "within      330600"), shown);
  BOOST_TEST(holds(shown, "Paojiang Zone"));
  BOOST_TEST(holds(shown, "\nPlans (plan-list)\n"));
}

BOOST_FIXTURE_TEST_CASE(plans_sources_scopes_units_and_tables_are_things_too, PlanFile) {
  BOOST_TEST(described(file(), {"plan-14"}).starts_with("Plan (plan-detail)\n"));
  BOOST_TEST(described(file(), {"report"}).starts_with("Source (source-detail)\n"));
  BOOST_TEST(described(file(), {"亿元"}).starts_with("Unit (name-detail)\n"));
  BOOST_TEST(described(file(), {"targets"}).starts_with("targets (Targets"));
}

BOOST_FIXTURE_TEST_CASE(imports_are_listed_the_newest_last, Imported) {
  const std::string shown = described(file(), {"imports"});

  BOOST_TEST(holds(shown, "first.csv"), shown);
  BOOST_TEST(shown.find("first.csv") < shown.find("goals.csv"));
}

BOOST_FIXTURE_TEST_CASE(an_import_tells_what_it_changed_and_brought, Imported) {
  const std::string shown = described(file(), {"import", "2"});

  BOOST_TEST(holds(shown, "second.csv"), shown);
  BOOST_TEST(holds(shown, "\nWhat it changed (import-changes)\n"));
  BOOST_TEST(holds(shown, "value        1100    1160.4    1\n"), shown);
  BOOST_TEST(holds(shown, "\nWhat it brought (import-facts)\n"));
}

BOOST_FIXTURE_TEST_CASE(history_tells_former_values_and_what_replaced_them, Imported) {
  const std::string shown = described(file(), {"history", "GDP", "越城区"});

  BOOST_TEST(shown.starts_with("Figures and what they were (value-provenance)\n"), shown);
  BOOST_TEST(holds(shown, "current  1160.4"), shown);
  BOOST_TEST(holds(shown, "former   1100"), shown);
  BOOST_TEST(!holds(shown, "1200"));
  BOOST_TEST(holds(described(file(), {"history", "GDP", "2022"}), "1200"));
  BOOST_TEST(described(file(), {"history", "rd-share"}) == "no such figure\n");
}

BOOST_FIXTURE_TEST_CASE(long_parts_are_cut_and_say_how_to_see_the_rest, PlanFile) {
  const std::string few = described(file(), {"GDP", "--rows", "2"});
  const std::string regions = described(file(), {"imports"});

  BOOST_TEST(holds(few, "... 6 more: planfile run "), few);
  BOOST_TEST(holds(few, " indicator-detail -p indicator=gdp\n"));
  BOOST_TEST(regions == "no imports\n");
}

BOOST_FIXTURE_TEST_CASE(what_there_is_not_gets_the_nearest_of_each_kind, PlanFile) {
  const auto unknown = run({"describe", file(), "gpd"});
  const auto import = run({"describe", file(), "import", "9"});
  const auto history = run({"describe", file(), "history", "gpd"});

  BOOST_TEST(unknown.code == 2);
  BOOST_TEST(unknown.err.starts_with("planfile: nothing is called \"gpd\"; `planfile find "));
  BOOST_TEST(holds(unknown.err, "\n  unknown indicator: \"gpd\"; nearest: \"GDP\", \"gdp\""));
  BOOST_TEST(import.err == "planfile: no import 9; `planfile describe FILE imports` lists them\n");
  BOOST_TEST(run({"describe", file(), "import", "x"}).err ==
             "planfile: not the number of an import: \"x\"\n");
  BOOST_TEST(history.err == "planfile: unknown indicator: \"gpd\"; nearest: \"GDP\", \"gdp\"\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
