#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "planfile/book.h"
#include "support.h"

namespace planfile::test {
namespace {

const std::string kShaoxing = (root() / "data/shaoxing").string();

}  // namespace

BOOST_AUTO_TEST_SUITE(book)

BOOST_FIXTURE_TEST_CASE(build_export_build_gives_identical_bytes, Folder) {
  BOOST_REQUIRE(run({"build", kShaoxing, "-o", path("one.db")}).code == 0);
  BOOST_REQUIRE(run({"export", path("one.db"), path("book")}).code == 0);

  BOOST_REQUIRE(run({"build", path("book"), "-o", path("two.db")}).code == 0);

  BOOST_TEST((read(path("one.db")) == read(path("two.db"))));
}

BOOST_FIXTURE_TEST_CASE(place_zone_locale_and_day_leave_no_trace_in_the_bytes, Folder) {
  const std::string planfile = shell_word(PLANFILE_COMMAND);
  BOOST_REQUIRE(run({"build", kShaoxing, "-o", path("here.db")}).code == 0);
  std::filesystem::create_directories(path("别处/the copy"));

  const auto there =
      shell("cp -r " + shell_word(kShaoxing) + " " + shell_word(path("别处/book")) + " && find " +
            shell_word(path("别处")) + " -name '*.csv' -exec touch -d 2031-02-03 {} +" + " && cd " +
            shell_word(path("别处/the copy")) +
            " && TZ=Pacific/Kiritimati LC_ALL=C SOURCE_DATE_EPOCH=1 " + planfile +
            " build ../book -o there.db");

  BOOST_TEST(there.code == 0, there.err);
  BOOST_TEST((read(path("here.db")) == read(path("别处/the copy/there.db"))));
}

BOOST_FIXTURE_TEST_CASE(the_order_of_rows_in_observation_csv_does_not_matter, PlanFile) {
  write("book/observation.csv",
        "indicator,entity,period,value,source\n"
        "rd-share,330602,2021,2.5,outline\n"
        "gdp,330602,2022,9,outline\ngdp,330602,2020,8,outline\n");
  BOOST_REQUIRE(run({"build", path("book"), "-o", path("one.db")}).code == 0);
  write("book/observation.csv",
        "indicator,entity,period,value,source\n"
        "gdp,330602,2020,8,outline\ngdp,330602,2022,9,outline\n"
        "rd-share,330602,2021,2.5,outline\n");
  BOOST_REQUIRE(run({"build", path("book"), "-o", path("two.db")}).code == 0);

  BOOST_TEST((read(path("one.db")) == read(path("two.db"))));
}

BOOST_FIXTURE_TEST_CASE(an_export_keeps_every_printed_form, PlanFile) {
  const std::string rows =
      "gdp,330602,2020,1008.5,,,level,,A,outline,,\n"
      "gdp,330602,2021,\"1,108.50\",,,level,,A,outline,,\n"
      "gdp,330602,2022,突破1500,,,level,,A,outline,,\n"
      "gdp,330602,2023,7269000以上,万元,,level,,P,outline,,\n"
      "gdp,330602,2024,3~5,,,level,,A,outline,,\n"
      "gdp,330602,2025,——,,,level,,O,outline,,\n"
      "gdp,330602,2026,完成市下达指标,,,level,,A,outline,,\n"
      "gdp,330602,2027,“5A景区城”,,,level,,A,outline,,\n"
      "gdp,330602,2028,,,,level,,M,outline,,\n"
      "gdp,330602,2021-08,8.4亿元,,,level,,A,outline,,有注\n";
  const std::string header =
      "indicator,entity,period,value,unit,scope,measure,among,status,source,locator,note\n";
  write("book/observation.csv", header + rows);
  BOOST_REQUIRE(run({"build", path("book"), "-o", path("forms.db")}).code == 0);

  BOOST_REQUIRE(run({"export", path("forms.db"), path("out")}).code == 0);

  // Rows come back in the order of their periods.
  BOOST_TEST(read(path("out/observation.csv")) ==
             header +
                 "gdp,330602,2020,1008.5,,,level,,A,outline,,\n"
                 "gdp,330602,2021,\"1,108.50\",,,level,,A,outline,,\n"
                 "gdp,330602,2021-08,8.4亿元,,,level,,A,outline,,有注\n"
                 "gdp,330602,2022,突破1500,,,level,,A,outline,,\n"
                 "gdp,330602,2023,7269000以上,万元,,level,,P,outline,,\n"
                 "gdp,330602,2024,3~5,,,level,,A,outline,,\n"
                 "gdp,330602,2025,——,,,level,,O,outline,,\n"
                 "gdp,330602,2026,完成市下达指标,,,level,,A,outline,,\n"
                 "gdp,330602,2027,“5A景区城”,,,level,,A,outline,,\n"
                 "gdp,330602,2028,,,,level,,M,outline,,\n");
}

BOOST_FIXTURE_TEST_CASE(a_worded_target_with_digits_survives_the_round_trip, PlanFile) {
  write("book/target.csv", "plan,indicator,period,value\nplan-14,gdp,2025,“5A景区城”\n");
  BOOST_REQUIRE(run({"build", path("book"), "-o", path("one.db")}).code == 0);
  BOOST_REQUIRE(run({"export", path("one.db"), path("out")}).code == 0);
  BOOST_REQUIRE(run({"build", path("out"), "-o", path("two.db")}).code == 0);

  BOOST_TEST(
      run({"sql", path("one.db"), "SELECT wording, printed FROM targets", "--format", "csv"}).out ==
      "wording,printed\n5A景区城,5A景区城\n");
  BOOST_TEST((read(path("one.db")) == read(path("two.db"))));
}

BOOST_FIXTURE_TEST_CASE(an_export_leaves_the_built_in_code_lists_out, PlanFile) {
  run({"export", file(), path("out")});

  BOOST_TEST(!exists(path("out/unit.csv")));
  BOOST_TEST(read(path("out/entity.csv")) ==
             "code,name,name_en,kind,parent,successor,valid_from,valid_to,note\n"
             "paojiang,袍江经开区,Paojiang Zone,zone,330602,,,,\n");
}

BOOST_FIXTURE_TEST_CASE(an_export_describes_its_tables_as_a_data_package, PlanFile) {
  run({"export", file(), path("out")});

  const auto package = nlohmann::json::parse(read(path("out/datapackage.json")));

  BOOST_TEST(package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json");
  BOOST_TEST(package["resources"].size() == 6);
  BOOST_TEST(package["resources"][0]["path"] == "source.csv");
  BOOST_TEST(package["resources"][0]["schema"]["primaryKey"][0] == "code");
}

BOOST_FIXTURE_TEST_CASE(a_row_of_a_code_list_may_be_told_anew, PlanFile) {
  write("book/unit.csv",
        "code,name_en,dimension,base,factor\n担,dan,mass,千克,50\n吨,metric ton,mass,千克,1000\n");
  run({"build", path("book"), "-o", path("one.db")});
  run({"export", path("one.db"), path("out")});

  BOOST_TEST(read(path("out/unit.csv")) ==
             "code,name_en,dimension,base,factor,note\n吨,metric "
             "ton,mass,千克,1000,\n担,dan,mass,千克,50,\n");
}

BOOST_FIXTURE_TEST_CASE(every_fault_of_every_table_is_reported_in_one_run, PlanFile) {
  write("book/indicator.csv", "code,name,unit,direction,kind\ngdp,地区生产总值,亿原,higher,flow\n");
  write("book/observation.csv",
        "indicator,entity,period,value,source\n"
        "gdp,330602,2020,1,outline\n"
        "rd-shar,330602,2020,1,outline\n");
  write("book/observations.csv", "x\n");

  const auto [code, out, err] = run({"build", path("book"), "-o", path("new.db")});

  BOOST_TEST(code == 1);
  BOOST_TEST(err ==
             path("book/observations.csv") +
                 ": not a table of a book: \"observations\"; nearest: \"observation\"\n" +
                 path("book/indicator.csv") +
                 ":2: unit: unknown unit: \"亿原\"; nearest: \"亿人\", \"亿件\", \"亿元\"\n" +
                 path("book/observation.csv") +
                 ":3: indicator: unknown indicator: \"rd-shar\"\n"
                 "3 faults; nothing was stored\n");
  BOOST_TEST(!exists(path("new.db")));
}

BOOST_FIXTURE_TEST_CASE(a_file_that_exists_is_kept_unless_forced, PlanFile) {
  const std::string before = read(file());

  const auto kept = run({"build", path("book"), "-o", file()});
  const auto forced = run({"build", path("book"), "-o", file(), "--force"});

  BOOST_TEST(kept.code == 2);
  BOOST_TEST(kept.err == "planfile: " + file() + ": exists already\n");
  BOOST_TEST(forced.code == 0);
  BOOST_TEST((read(file()) == before));
}

BOOST_FIXTURE_TEST_CASE(a_faulty_book_leaves_the_file_that_it_was_to_replace, PlanFile) {
  const std::string before = read(file());
  write("book/source.csv", "code,title,kind\nx,X,nokind\n");

  const auto [code, out, err] = run({"build", path("book"), "-o", file(), "--force"});

  BOOST_TEST(code == 1);
  BOOST_TEST((read(file()) == before));
  BOOST_TEST(shell("ls " + shell_word(path(""))).out == "book\nplan.db\n");
}

BOOST_FIXTURE_TEST_CASE(no_folder_and_no_book_are_told_apart, Folder) {
  write("empty/readme.txt", "nothing");

  const auto missing = run({"build", path("none"), "-o", path("x.db")});
  const auto empty = run({"build", path("empty"), "-o", path("x.db")});

  BOOST_TEST(missing.code == 3);
  BOOST_TEST(missing.err == "planfile: " + path("none") + ": no such folder\n");
  BOOST_TEST(empty.code == 3);
  BOOST_TEST(empty.err ==
             "planfile: " + path("empty") + ": no book: none of its tables is there\n");
}

BOOST_FIXTURE_TEST_CASE(rows_that_refer_to_each_other_in_a_ring_are_refused, PlanFile) {
  write("book/entity.csv", "code,name,kind,parent\na,甲,zone,b\nb,乙,zone,a\n");

  const auto [code, out, err] = run({"build", path("book"), "-o", path("x.db")});

  BOOST_TEST(code == 1);
  BOOST_TEST(err == "planfile: entity \"a\": what it refers to leads back to itself\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
