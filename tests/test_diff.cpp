#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <tuple>

#include "copies.h"

namespace planfile::test {
namespace {

using Line = std::tuple<std::string, std::string, std::string, std::string, std::string>;

std::set<Line> lines(const File& before, const File& after, bool mirrored) {
  std::set<Line> all;
  diff(before, after, {}, [&](const Difference& one) {
    all.emplace(one.kind, one.key, one.column, mirrored ? one.after : one.before,
                mirrored ? one.before : one.after);
  });
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(diff)

BOOST_FIXTURE_TEST_CASE(a_file_and_its_copy_say_the_same, Copies) {
  const File same = copy("same.db");

  BOOST_TEST(told_of(base, same) == "");
}

BOOST_FIXTURE_TEST_CASE(changes_are_told_in_the_words_of_planning, Copies) {
  File other = copy("other.db");
  Target raised = target("2025", 3.5, "rd");
  raised.value.comparator = Comparator::greater;
  raised.value.printed = ">3.5";
  Project moved = project("j");
  moved.stage = "implementation";
  Project renamed = project("k");
  renamed.name = "新项目";
  change<Target>(other, {raised, target("2025", 140)});
  change<Observation>(other, {figure("2020", 104.5), figure("2023", 110)});
  remove<Observation>(other, {figure("2018", 0)});
  change<Project>(other, {moved, renamed});
  change<Milestone>(
      other, {{"j", "start", *parse_period("2023"), *parse_period("2023-03"), "a", "", "", {}}});
  change<Outlay>(other, {outlay("k", 8)});
  change<Alias>(other, {{"indicator", "gdp", "国内生产总值"}});

  // 104.5 - 104 = 0.5, 0.5 / 104 = 0.481%; 140 / 150 = -6.67%; 3.5% - 3% is half a point.
  BOOST_TEST(told_of(base, other) ==
             "alias added: \"国内生产总值\" (indicator)\n"
             "target lowered: GDP (p, 2025): 150 → 140 亿元 (-10, -6.67%)\n"
             "target raised: R&D share (p, 2025): 3 → >3.5 % (+0.5 percentage points)\n"
             "observation removed: GDP (District X, 2018, a): 100 亿元\n"
             "value corrected: GDP (District X, 2020, a): 104 → 104.5 亿元 (+0.5, +0.481%)\n"
             "observation added: GDP (District X, 2023, a): 110 亿元\n"
             "project moved from preparation to implementation: 项目j (j)\n"
             "project renamed: 项目k → 新项目 (k)\n"
             "milestone put off: 项目j (start, a): 2022 → 2023\n"
             "milestone met: 项目j (start, a): 2023-03\n"
             "planned outlay raised: 新项目 (2022, a): 7 → 8 亿元 (+1, +14.3%)\n");
}

BOOST_FIXTURE_TEST_CASE(chinese_sentences_say_the_same, Copies) {
  File other = copy("other.db");
  change<Target>(other, {target("2025", 3.5, "rd")});
  change<Observation>(other, {figure("2020", 104.5)});

  std::string text;
  planfile::diff(base, other, {}, [&](const Difference& one) { text += one.text_zh + '\n'; });

  BOOST_TEST(text ==
             "目标上调：研发占比（p，2025）：3 → 3.5 %（+0.5个百分点）\n"
             "数据更正：生产总值（某区，2020，a）：104 → 104.5 亿元（+0.5，+0.481%）\n");
}

BOOST_FIXTURE_TEST_CASE(ids_order_and_history_make_no_difference, Copies) {
  File other = File::in_memory();
  Edit edit(other);
  edit.begin(import_called("all.csv"));
  // The same rows, the last first, so that every id is another.
  const auto turned = []<class Fact>(std::vector<Fact> facts) {
    return std::vector<Fact>(facts.rbegin(), facts.rend());
  };
  put(edit, turned(base.all<Source>()));
  put(edit, turned(base.all<Entity>()));
  put(edit, turned(base.all<Indicator>()));
  put(edit, base.all<Plan>());
  for (const Observation& fact : turned(base.all<Observation>())) put<Observation>(edit, {fact});
  put(edit, turned(base.all<Project>()));
  put(edit, turned(base.all<Target>()));
  put(edit, base.all<Milestone>());
  put(edit, turned(base.all<Outlay>()));
  edit.commit();
  const std::string orders = "SELECT id, code FROM period ORDER BY id";
  BOOST_REQUIRE(sql_of(base, orders) != sql_of(other, orders));

  BOOST_TEST(told_of(base, other) == "");
  BOOST_TEST(told_of(other, base) == "");
}

BOOST_FIXTURE_TEST_CASE(the_other_way_round_it_is_the_mirror_image, Copies) {
  File other = copy("other.db");
  Observation note = figure("2019", 102);
  note.note = "修订";
  change<Observation>(other, {figure("2020", 1), note, figure("2023", 110, "rd", "x")});
  remove<Observation>(other, {figure("2018", 0)});
  change<Project>(other, {project("new")});

  BOOST_TEST((lines(base, other, false) == lines(other, base, true)));
  BOOST_TEST(lines(base, other, false).size() == 5U);
}

BOOST_FIXTURE_TEST_CASE(only_the_kinds_asked_for_are_compared_and_counted, Copies) {
  File other = copy("other.db");
  change<Observation>(other, {figure("2020", 1), figure("2023", 2)});
  change<Project>(other, {project("new")});

  const auto counts = planfile::diff(base, other, {"observation"}, [](const Difference&) {});

  BOOST_REQUIRE(counts.size() == 1U);
  BOOST_TEST((counts.front() == DifferenceCount{"observation", 1, 0, 1}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
