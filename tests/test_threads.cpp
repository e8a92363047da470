// What the library promises to programs with threads. `./dev sanitize thread` runs this under the
// thread sanitizer.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <functional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "planfile/file.h"
#include "planfile/import.h"
#include "planfile/period.h"
#include "planfile/query.h"
#include "planfile/value.h"
#include "support.h"

namespace planfile::test {
namespace {

constexpr std::size_t kThreads = 4;

void at_once(const std::function<void(std::size_t)>& work) {
  std::vector<std::jthread> threads;
  for (std::size_t number = 0; number < kThreads; ++number) threads.emplace_back(work, number);
}

Table answer(const std::string& file) {
  Reader reader(file);
  TableSink rows;
  reader.run(reader.query("file-summary"), {}, rows);
  return rows.table();
}

Observation figure(int year, double value) {
  Observation fact;
  fact.indicator = "gdp";
  fact.entity = "paojiang";
  fact.period = *parse_period(std::to_string(year));
  fact.value = *parse_value(fmt::format("{}", value));
  fact.measure = "level";
  fact.status = "A";
  fact.source = "report";
  return fact;
}

BOOST_FIXTURE_TEST_SUITE(threads, PlanFile)

BOOST_AUTO_TEST_CASE(readers_in_several_threads_see_what_one_sees) {
  const Table alone = answer(file());
  std::vector<Table> seen(kThreads);

  at_once([&](std::size_t number) { seen[number] = answer(file()); });

  for (const Table& table : seen) BOOST_TEST((table == alone));
}

BOOST_AUTO_TEST_CASE(a_reader_sees_a_change_whole_or_not_at_all) {
  std::atomic<bool> done = false;
  std::atomic<int> halves = 0;

  {
    std::jthread reading([&] {
      while (!done) {
        Reader reader(file());
        TableSink rows;
        reader.sql("SELECT count(*) FROM observations WHERE source = 'report' AND period >= '2101'",
                   rows);
        if (std::get<std::int64_t>(rows.table().rows[0][0]) % 2 != 0) ++halves;
      }
    });
    File writing = File::open(file(), File::Access::write);
    for (int year = 2101; year < 2121; year += 2) {
      const std::vector<Observation> pair = {figure(year, 1), figure(year + 1, 2)};
      Edit edit(writing);
      edit.put(std::span<const Observation>(pair));
      edit.commit();
    }
    done = true;
  }

  BOOST_TEST(halves == 0);
  BOOST_TEST(value("SELECT count(*) FROM observations WHERE period >= '2101'") == "20");
}

BOOST_AUTO_TEST_CASE(each_thread_may_import_into_a_file_of_its_own) {
  const std::string csv =
      write("gdp.csv", "indicator,entity,period,value\ngdp,paojiang,2030,5\ngdp,paojiang,2031,6\n");
  for (std::size_t number = 0; number < kThreads; ++number) {
    File::open(file()).copy_to(path(fmt::format("{}.db", number)));
  }
  std::vector<std::size_t> added(kThreads);

  at_once([&](std::size_t number) {
    File mine = File::open(path(fmt::format("{}.db", number)), File::Access::write);
    std::vector<CsvInput> inputs;
    inputs.push_back({"gdp.csv", file_bytes(csv)});
    ImportOptions options;
    options.defaults.source = "report";
    added[number] = import_files(mine, std::move(inputs), options).changes.added;
  });

  for (const std::size_t rows : added) BOOST_TEST(rows == 2U);
}

BOOST_AUTO_TEST_CASE(one_catalogue_serves_many_threads) {
  const Catalogue known = File::open(file()).catalogue();
  std::vector<std::string> said(kThreads);

  at_once([&](std::size_t number) { said[number] = resolve(known, "indicator", "gpd").reason; });

  for (const std::string& text : said) BOOST_TEST(text == said[0]);
}

BOOST_AUTO_TEST_CASE(parsing_needs_no_lock) {
  std::atomic<int> wrong = 0;

  at_once([&](std::size_t) {
    for (int round = 0; round < 200; ++round) {
      if (!parse_value("1,008.5亿元") || !parse_period("2022年1-8月")) ++wrong;
    }
  });

  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace planfile::test
