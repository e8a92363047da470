#include <boost/test/unit_test.hpp>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "copies.h"

namespace planfile::test {
namespace {

// Three files that were edited apart: OURS, THEIRS, and one with the edits of both.
struct Apart {
  File ours, theirs, both;
};

template <class Fact>
using Change = std::function<void(Fact&, unsigned)>;

// Gives each group of columns of each row, by chance, to one side, to both alike or to none.
template <class Fact>
void edit_columns(std::mt19937& chance, const File& base, Apart& apart,
                  const std::vector<Change<Fact>>& changes) {
  std::vector<Fact> ours, theirs, both;
  for (const Fact& fact : base.all<Fact>()) {
    Fact one = fact, other = fact, all = fact;
    for (const Change<Fact>& change : changes) {
      const auto turn = static_cast<unsigned>(chance() % 5);
      const auto salt = static_cast<unsigned>(chance() % 1000 + 200);
      if (turn == 0 || turn == 2) change(one, salt);
      if (turn == 1 || turn == 2) change(other, salt);
      if (turn <= 2) change(all, salt);
    }
    ours.push_back(one);
    theirs.push_back(other);
    both.push_back(all);
  }
  Copies::import_into<Fact>(apart.ours, "ours.csv", ours);
  Copies::import_into<Fact>(apart.theirs, "theirs-1.csv", theirs);
  Copies::change<Fact>(apart.both, both);
}

void add_and_remove(std::mt19937& chance, Apart& apart) {
  for (int year = 2023; year < 2029; ++year) {
    const std::vector<Observation> added = {
        Copies::figure(std::to_string(year), static_cast<double>(chance() % 100),
                       chance() % 2 == 0 ? "gdp" : "rd", chance() % 2 == 0 ? "x" : "y")};
    const auto turn = chance() % 3;
    if (turn != 1) Copies::import_into(apart.ours, "new.csv", added);
    if (turn != 0) Copies::import_into(apart.theirs, "other.csv", added);
    Copies::change(apart.both, added);
  }
  const std::vector<Outlay> gone = {Copies::outlay("k", 0)};
  Copies::remove(chance() % 2 == 0 ? apart.ours : apart.theirs, gone);
  Copies::remove(apart.both, gone);
}

Choice choice_for(const Conflict& conflict, std::string word) {
  return {2,
          conflict.kind,
          conflict.key,
          conflict.column,
          conflict.base,
          conflict.ours,
          conflict.theirs,
          std::move(word)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(merge)

BOOST_FIXTURE_TEST_CASE(edits_that_do_not_collide_come_together_whole, Copies) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    std::mt19937 chance(seed);
    const auto name = [&](const char* what) { return what + std::to_string(seed) + ".db"; };
    Apart apart{copy(name("ours")), copy(name("theirs")), copy(name("both"))};
    edit_columns<Observation>(
        chance, base, apart,
        {[](Observation& fact, unsigned salt) { fact.value.value = salt; },
         [](Observation& fact, unsigned salt) { fact.note = std::to_string(salt); }});
    edit_columns<Target>(chance, base, apart,
                         {[](Target& fact, unsigned salt) { fact.value.value = salt; },
                          [](Target& fact, unsigned) { fact.nature = "binding"; },
                          [](Target& fact, unsigned) { fact.claim = "met"; }});
    edit_columns<Project>(chance, base, apart,
                          {[](Project& fact, unsigned salt) { fact.name += std::to_string(salt); },
                           [](Project& fact, unsigned) { fact.stage = "implementation"; },
                           [](Project& fact, unsigned salt) { fact.investment.value = salt; }});
    edit_columns<Entity>(chance, base, apart,
                         {[](Entity& fact, unsigned salt) { fact.note = std::to_string(salt); },
                          [](Entity& fact, unsigned) { fact.kind = "zone"; }});
    add_and_remove(chance, apart);

    const Merged one =
        planfile::merge(&base, apart.ours, apart.theirs, path(name("one")), Existing::keep);
    const Merged other =
        planfile::merge(&base, apart.theirs, apart.ours, path(name("other")), Existing::keep);

    BOOST_TEST_CONTEXT("seed " << seed) {
      BOOST_REQUIRE(one.conflicts.empty());
      BOOST_REQUIRE(other.conflicts.empty());
      const File merged = File::open(path(name("one"))), turned = File::open(path(name("other")));
      BOOST_TEST(told_of(apart.both, merged) == "");
      BOOST_TEST(told_of(merged, turned) == "");
      BOOST_TEST(trouble_of(merged) == "");
      BOOST_TEST(trouble_of(turned) == "");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_file_merged_with_its_base_is_itself, Copies) {
  File ours = copy("ours.db");
  change<Observation>(ours, {figure("2020", 1), figure("2023", 2)});

  planfile::merge(&base, ours, copy("same.db"), path("one.db"), Existing::keep);
  planfile::merge(&base, copy("too.db"), ours, path("other.db"), Existing::keep);

  BOOST_TEST(told_of(ours, File::open(path("one.db"))) == "");
  BOOST_TEST(told_of(ours, File::open(path("other.db"))) == "");
}

BOOST_FIXTURE_TEST_CASE(what_both_changed_differently_is_a_conflict_and_nothing_is_written,
                        Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  Observation provisional = figure("2020", 106);
  provisional.status = "P";
  change<Observation>(ours, {figure("2020", 105)});
  change<Observation>(theirs, {provisional});

  const Merged merged = planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep);

  BOOST_TEST(!exists(path("out.db")));
  BOOST_REQUIRE(merged.conflicts.size() == 2U);  // value and status, which go together
  const Conflict& value = merged.conflicts.front();
  BOOST_TEST(value.about == "observation GDP (District X, 2020, a)");
  BOOST_TEST(value.about_zh == "数据 生产总值（某区，2020，a）");
  BOOST_TEST(value.key == "indicator=gdp, entity=x, period=2020, measure=level, source=a");
  BOOST_TEST((value.column + value.base + value.ours + value.theirs) == "value104105106");
  BOOST_TEST(merged.conflicts.back().column == "status");
}

BOOST_FIXTURE_TEST_CASE(a_choice_settles_a_conflict_and_the_rejected_state_is_kept, Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  import_into<Observation>(ours, "ours.csv", {figure("2020", 105)});
  import_into<Observation>(theirs, "theirs.csv", {figure("2020", 106)});
  const auto conflict =
      planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep).conflicts.at(0);

  planfile::merge(&base, ours, theirs, path("one.db"), Existing::keep,
                  {choice_for(conflict, "ours")});
  planfile::merge(&base, ours, theirs, path("two.db"), Existing::keep,
                  {choice_for(conflict, "Theirs ")});
  planfile::merge(&base, ours, theirs, path("three.db"), Existing::keep,
                  {choice_for(conflict, "105.5")});

  const std::string values =
      "SELECT o.printed, (SELECT group_concat(r.former ->> 'value') FROM revision AS r) "
      "FROM observations AS o WHERE period = '2020' AND indicator = 'gdp'";
  BOOST_TEST(sql_of(File::open(path("one.db")), values) == "105|104,105,106\n");
  BOOST_TEST(sql_of(File::open(path("two.db")), values) == "106|104,105\n");
  BOOST_TEST(sql_of(File::open(path("three.db")), values) == "105.5|104,105,106\n");
  BOOST_TEST(trouble_of(File::open(path("three.db"))) == "");
}

BOOST_FIXTURE_TEST_CASE(choices_that_can_not_be_followed_are_told_by_line, Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  Observation provisional = figure("2020", 106);
  provisional.status = "P";
  change<Observation>(ours, {figure("2020", 105)});
  change<Observation>(theirs, {provisional});
  const auto found = planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep).conflicts;
  Choice value = choice_for(found[0], "ours"), status = choice_for(found[1], "theirs");
  status.line = 3;
  Choice stranger = value, stale = value, words = value;
  stranger.line = 4;
  stranger.key = "indicator=none";
  stale.theirs = "107";
  words.choice = "12..5";

  const auto told = [&](std::vector<Choice> choices) {
    std::string text;
    for (const Issue& issue :
         planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep, choices).issues) {
      text += to_text(issue) + "; ";
    }
    return text;
  };

  BOOST_TEST(told({value, status}) ==
             "3: choice: \"theirs\", but \"ours\" in line 2: the two columns go together; ");
  BOOST_TEST(told({value, stranger}) ==
             "4: key: no such conflict between these files: observation indicator=none value; ");
  BOOST_TEST(told({stale}) ==
             "2: theirs: \"107\" here, but \"106\" in the files: made for another merge?; ");
  status.choice = "P";
  BOOST_TEST(told({words, status}).starts_with("2: choice: "));
  BOOST_TEST(!exists(path("out.db")));
}

BOOST_FIXTURE_TEST_CASE(a_row_that_one_side_removed_and_the_other_changed_is_a_conflict, Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  remove<Observation>(ours, {figure("2020", 0)});
  change<Observation>(theirs, {figure("2020", 106)});
  const auto conflict =
      planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep).conflicts.at(0);

  planfile::merge(&base, ours, theirs, path("gone.db"), Existing::keep,
                  {choice_for(conflict, "ours")});
  planfile::merge(&base, ours, theirs, path("kept.db"), Existing::keep,
                  {choice_for(conflict, "theirs")});
  planfile::merge(
      &base, theirs, ours, path("turned.db"), Existing::keep,
      {{2, conflict.kind, conflict.key, "", "", conflict.theirs, conflict.ours, "theirs"}});

  BOOST_TEST(conflict.column == "");
  BOOST_TEST((conflict.ours + "/" + conflict.theirs) == "(removed)/value=106");
  BOOST_TEST(told_of(ours, File::open(path("gone.db"))) == "");
  BOOST_TEST(told_of(theirs, File::open(path("kept.db"))) == "");
  BOOST_TEST(told_of(ours, File::open(path("turned.db"))) == "");
  BOOST_TEST(trouble_of(File::open(path("turned.db"))) == "");
}

BOOST_FIXTURE_TEST_CASE(a_thing_removed_on_one_side_stays_while_the_other_refers_to_it, Copies) {
  const Entity town{"z", "新镇", "Town Z", "town", "x", "", "", "", ""};
  change<Entity>(base, {town});
  File without = copy("without.db"), with = copy("with.db");
  {
    Edit edit(without);
    EditAccess::database(edit).sqlite().exec("DELETE FROM entity WHERE code = 'z'");
    EditAccess::touch(edit);
    edit.commit();
  }
  change<Observation>(with, {figure("2020", 5, "gdp", "z")});

  const Merged one = planfile::merge(&base, without, with, path("one.db"), Existing::keep);
  const Merged two = planfile::merge(&base, with, without, path("two.db"), Existing::keep);

  BOOST_TEST(one.notes.at(0).text ==
             "kept: entity \"z\" was removed in ours, but rows of theirs refer to it");
  BOOST_TEST(two.notes.at(0).text ==
             "kept: entity \"z\" was removed in theirs, but rows of ours refer to it");
  BOOST_TEST(told_of(with, File::open(path("one.db"))) == "");
  BOOST_TEST(told_of(with, File::open(path("two.db"))) == "");
  BOOST_TEST(trouble_of(File::open(path("one.db"))) == "");
  BOOST_TEST(trouble_of(File::open(path("two.db"))) == "");
}

BOOST_FIXTURE_TEST_CASE(a_thing_that_nothing_refers_to_goes, Copies) {
  change<Entity>(base, {{"z", "新镇", "Town Z", "town", "x", "", "", "", ""}});
  File theirs = copy("theirs.db");
  {
    Edit edit(theirs);
    EditAccess::database(edit).sqlite().exec("DELETE FROM entity WHERE code = 'z'");
    EditAccess::touch(edit);
    edit.commit();
  }

  planfile::merge(&base, copy("ours.db"), theirs, path("out.db"), Existing::keep);

  BOOST_TEST(told_of(theirs, File::open(path("out.db"))) == "");
}

BOOST_FIXTURE_TEST_CASE(one_code_for_two_things_is_a_conflict_and_for_one_thing_is_one, Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  change<Entity>(ours, {{"n", "甲镇", "", "town", "x", "", "", "", ""},
                        {"m", "丙镇", "", "town", "x", "", "", "", ""}});
  change<Entity>(theirs, {{"n", "乙镇", "", "town", "x", "", "", "", ""},
                          {"m", "丙镇", "", "town", "x", "", "", "", ""}});

  const auto found = planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep).conflicts;

  BOOST_REQUIRE(found.size() == 1U);
  BOOST_TEST((found[0].key + found[0].column + found[0].ours + found[0].theirs) ==
             "code=nname甲镇乙镇");
}

BOOST_FIXTURE_TEST_CASE(one_thing_under_two_codes_is_noted, Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  change<Entity>(ours, {{"n1", "甲镇", "", "town", "x", "", "", "", ""}});
  change<Entity>(theirs, {{"n2", "甲镇", "", "town", "x", "", "", "", ""}});

  const Merged merged = planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep);

  BOOST_TEST(merged.notes.at(0).text ==
             "entity 甲镇 came twice: as \"n1\" in ours, as \"n2\" in theirs; if they are one "
             "thing, it needs one code");
}

BOOST_FIXTURE_TEST_CASE(imports_of_both_stay_and_the_same_one_is_one, Copies) {
  import_into<Observation>(base, "first.csv", {figure("2023", 1)});
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  import_into<Observation>(ours, "ours.csv", {figure("2024", 2)});
  import_into<Observation>(ours, "common-file.csv", {figure("2026", 9)});
  import_into<Observation>(theirs, "common-file.csv", {figure("2026", 9)});
  import_into<Observation>(theirs, "theirs.csv", {figure("2025", 3), figure("2024", 2)});

  planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep);

  const File merged = File::open(path("out.db"));
  BOOST_TEST(sql_of(merged, "SELECT id, file FROM import ORDER BY id") ==
             "1|first.csv\n2|ours.csv\n3|common-file.csv\n4|theirs.csv\n");
  BOOST_TEST(sql_of(merged,
                    "SELECT period, import FROM observations WHERE import IS NOT NULL "
                    "ORDER BY period") == "2023|1\n2024|2\n2025|4\n2026|3\n");
}

BOOST_FIXTURE_TEST_CASE(taking_back_their_import_leaves_what_ours_had, Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  Observation noted = figure("2020", 104);
  noted.note = "修订";
  import_into<Observation>(ours, "ours.csv", {noted, figure("2023", 1)});
  import_into<Observation>(theirs, "theirs.csv", {figure("2020", 200), figure("2024", 1)});
  planfile::merge(&base, ours, theirs, path("out.db"), Existing::keep);
  File merged = File::open(path("out.db"), File::Access::write);

  BOOST_CHECK_THROW(undo(merged, 1), Error);  // theirs came after it
  undo(merged, 2);

  BOOST_TEST(told_of(ours, merged) == "");
  BOOST_TEST(sql_of(merged, "SELECT import FROM observations WHERE note = '修订'") == "1\n");
}

BOOST_FIXTURE_TEST_CASE(an_import_that_one_side_took_back_is_gone, Copies) {
  import_into<Observation>(base, "first.csv", {figure("2023", 1), figure("2020", 5)});
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  undo(theirs, 1);
  import_into<Observation>(ours, "ours.csv", {figure("2024", 2)});

  planfile::merge(&base, ours, theirs, path("one.db"), Existing::keep);
  planfile::merge(&base, theirs, ours, path("two.db"), Existing::keep);

  for (const char* name : {"one.db", "two.db"}) {
    const File merged = File::open(path(name));
    BOOST_TEST(sql_of(merged, "SELECT file FROM import") == "ours.csv\n");
    BOOST_TEST(sql_of(merged, "SELECT count(*) FROM revision") == "0\n");
    BOOST_TEST(sql_of(merged,
                      "SELECT value FROM observations WHERE period IN ('2020', '2023') "
                      "AND indicator = 'gdp'") == "104.0\n");
    BOOST_TEST(trouble_of(merged) == "");
  }
}

BOOST_FIXTURE_TEST_CASE(without_a_base_every_difference_is_a_conflict, Copies) {
  File ours = copy("ours.db"), theirs = copy("theirs.db");
  change<Observation>(ours, {figure("2020", 105), figure("2023", 1)});
  change<Observation>(theirs, {figure("2024", 2)});

  const auto found =
      planfile::merge(nullptr, ours, theirs, path("out.db"), Existing::keep).conflicts;
  planfile::merge(nullptr, ours, theirs, path("out.db"), Existing::keep,
                  {choice_for(found.at(0), "theirs")});

  BOOST_TEST(found.size() == 1U);
  BOOST_TEST(told_of(theirs, File::open(path("out.db"))) ==
             "observation added: GDP (District X, 2023, a): 1 亿元\n");
}

BOOST_FIXTURE_TEST_CASE(a_base_that_is_no_ancestor_is_refused, Copies) {
  File stranger = File::in_memory();
  change<Source>(stranger, {{"other", "别的", "", "", "", "report", ""}});

  BOOST_CHECK_EXCEPTION(planfile::merge(&stranger, copy("ours.db"), copy("theirs.db"),
                                        path("out.db"), Existing::keep),
                        Error, [](const Error& error) { return error.code() == Errc::refused; });
  BOOST_TEST(!exists(path("out.db")));
}

BOOST_FIXTURE_TEST_CASE(an_indicator_in_two_units_is_refused, Copies) {
  File theirs = copy("theirs.db");
  {
    Edit edit(theirs);
    EditAccess::database(edit).sqlite().exec(
        "UPDATE indicator SET unit_id = (SELECT id FROM unit WHERE code = '万元') "
        "WHERE code = 'gdp'");
    EditAccess::touch(edit);
    edit.commit();
  }

  BOOST_CHECK_EXCEPTION(
      planfile::merge(&base, copy("ours.db"), theirs, path("out.db"), Existing::keep), Error,
      [](const Error& error) {
        return std::string(error.what()).find("let the two files agree on its unit first") !=
               std::string::npos;
      });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
