#include "planfile/search.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "support.h"

namespace planfile::test {
namespace {

// A file in which one word stands in names, aliases, a definition and notes.
class Names : public Folder {
 public:
  Names() {
    write("book/source.csv",
          "code,title,title_en,kind,note\n"
          "outline,发展规划纲要,Outline,plan,抄自网页；水库容量有误\n");
    write("book/entity.csv",
          "code,name,name_en,kind\n"
          "shuiku,水库,Reservoir,facility\n"
          "shuiku-town,水库镇,Reservoir Town,town\n"
          "upper,上水库村,Upper Village,village\n"
          "lake,平湖,Flat Lake,facility\n");
    write(
        "book/indicator.csv",
        "code,name,name_en,unit,direction,kind,definition,definition_en\n"
        "storage,蓄水量,Water stored,万吨,higher,stock,全部水库的蓄水量,Water in all reservoirs\n");
    write("book/alias.csv", "kind,code,name\nentity,lake,平湖水库\n");
    write("book/observation.csv",
          "indicator,entity,period,value,source,note\n"
          "storage,lake,2020,12,outline,不含小型山塘\n");
    write("book/project.csv",
          "code,name,name_en,entity,kind,source\n"
          "dam,大坝加固,Dam repair 2,lake,project,outline\n");
    const Outcome built = run({"build", path("book"), "-o", file()});
    if (built.code != 0) throw std::runtime_error(built.err);
  }

  [[nodiscard]] std::string file() const { return path("plan.db"); }

  // What is found, as `kind code which`.
  [[nodiscard]] std::vector<std::string> found(const std::vector<std::string>& words,
                                               const std::string& kind = {}) const {
    std::vector<std::string> all;
    for (const Hit& hit : search(file(), {words, kind, 0}).hits) {
      all.push_back(hit.kind + " " + hit.code + " " + hit.which);
    }
    return all;
  }
};

using Lines = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(search)

BOOST_FIXTURE_TEST_CASE(names_stand_before_aliases_definitions_and_notes, Names) {
  BOOST_TEST((found({"水库"}) == Lines{"entity shuiku name", "entity shuiku-town name",
                                       "entity upper name", "entity lake alias",
                                       "indicator storage definition", "source outline note"}));
}

BOOST_FIXTURE_TEST_CASE(every_word_must_be_found_in_one_thing, Names) {
  BOOST_TEST((found({"水库", "village"}) == Lines{"entity upper name"}));
  BOOST_TEST((found({"flat 水库"}) == Lines{"entity lake alias"}));
  BOOST_TEST(found({"水库", "gdp"}).empty());
  BOOST_TEST((found({"dam repair 2"}).front() == "project dam name_en"));
}

BOOST_FIXTURE_TEST_CASE(a_note_of_a_figure_leads_to_its_indicator, Names) {
  BOOST_TEST((found({"山塘"}) == Lines{"indicator storage figure"}));
}

BOOST_FIXTURE_TEST_CASE(codes_and_pronunciation_find_things, Names) {
  BOOST_TEST(found({"upper"}).front() == "entity upper code");
  BOOST_TEST((found({"shangshuiku"}) == Lines{"entity upper pinyin"}));
  BOOST_TEST(found({"djg"}).empty());
  BOOST_TEST((found({"dbjg"}) == Lines{"project dam pinyin"}));
}

BOOST_FIXTURE_TEST_CASE(queries_tables_and_columns_are_found_too, Names) {
  BOOST_TEST(found({"target-claims"}).front() == "query target-claims name");
  BOOST_TEST(found({"observations"}, "table").front() == "table observations code");
  BOOST_TEST(found({"基期"}, "column").size() > 0);
}

BOOST_FIXTURE_TEST_CASE(a_hit_tells_its_names_and_what_was_found_where, Names) {
  const Hits hits = planfile::search(file(), {{"水库"}, "indicator", 1});

  BOOST_REQUIRE(hits.hits.size() == 1U);
  const Hit& hit = hits.hits.front();
  BOOST_TEST(hit.name == "蓄水量");
  BOOST_TEST(hit.name_en == "Water stored");
  BOOST_TEST(hit.text == "全部水库的蓄水量");
  BOOST_TEST(hit.text.substr(hit.begin, hit.end - hit.begin) == "水库");
}

BOOST_FIXTURE_TEST_CASE(the_best_are_given_and_all_are_counted, Names) {
  const Hits hits = planfile::search(file(), {{"水库"}, "", 2});

  BOOST_TEST(hits.found == 6U);
  BOOST_REQUIRE(hits.hits.size() == 2U);
  BOOST_TEST(hits.hits[1].code == "shuiku-town");
}

BOOST_FIXTURE_TEST_CASE(no_word_and_an_unknown_kind_are_refused, Names) {
  BOOST_CHECK_EXCEPTION(planfile::search(file(), {{" ", ""}, "", 0}), Error, [](const Error& no) {
    return std::string(no.what()) == "no word to find";
  });
  BOOST_CHECK_EXCEPTION(planfile::search(file(), {{"a"}, "towns", 0}), Error, [](const Error& no) {
    return std::string(no.what()).starts_with("no kind \"towns\"; there are: indicator, entity");
  });
}

BOOST_FIXTURE_TEST_CASE(stock_sqlite_finds_names_and_texts_in_the_views, Names) {
  const auto [code, out, err] =
      shell("sqlite3 " + shell_word(file()) +
            " \"SELECT kind, code, which FROM names WHERE name LIKE '%水库%' ORDER BY code;"
            " SELECT kind, code, which FROM texts WHERE text LIKE '%山塘%' OR text LIKE 'Every "
            "figure of an indicator,%'\"");

  BOOST_TEST(err == "");
  BOOST_TEST(out ==
             "entity|lake|alias\nentity|shuiku|name\nentity|shuiku-town|name\nentity|upper|name\n"
             "query|indicator-series|about_en\nindicator|storage|figure\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
