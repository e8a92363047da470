#include "pack.h"

#include <boost/test/unit_test.hpp>

#include <bit>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "planfile/file.h"
#include "row.h"
#include "support.h"

namespace planfile::test {
namespace {

using Told = std::vector<std::pair<std::string_view, std::string_view>>;

const Defaults kOutline{.source = "outline", .plan = {}};

CellsOf<Observation> cells(const Told& told) {
  CellsOf<Observation> row;
  each_cell<Observation>([&](const auto& column, std::size_t index) {
    for (const auto& [name, cell] : told) {
      if (name == column.name) row[index] = cell;
    }
  });
  return row;
}

Indicator indicator(std::string_view code, std::string_view name, std::string_view unit) {
  Indicator made;
  made.code = code;
  made.name = name;
  made.unit = unit;
  made.direction = "higher";
  made.kind = "stock";
  return made;
}

// The plan file with indicators of two more units.
class Packing : public PlanFile {
 public:
  Packing() {
    File opened = File::open(file(), File::Access::write);
    Edit edit(opened);
    const Indicator more[] = {indicator("population", "常住人口", "万人"),
                              indicator("land", "建设用地", "公顷")};
    edit.put(std::span<const Indicator>(more));
    edit.commit();
    known_ = opened.catalogue();
    database_.emplace(file(), Database::Access::write);
  }

  Packer packer() { return Packer(*database_, known_, kOutline); }

  [[nodiscard]] std::uint32_t id(const std::string& sql) {
    return database_->sqlite().execAndGet(sql).getUInt();
  }

  [[nodiscard]] const Catalogue& known() const { return known_; }
  Database& database() { return *database_; }

 private:
  std::optional<Database> database_;
  Catalogue known_;
};

const Told kPlain{{"indicator", "gdp"}, {"entity", "330602"}, {"period", "2020"},
                  {"value", "1010.5"},  {"unit", "亿元"},     {"status", "A"},
                  {"source", "outline"}};

Told plain_but(const Told& others) {
  Told told = kPlain;
  told.insert(told.end(), others.begin(), others.end());
  return told;
}

std::string printed(const Detail& detail, double value) {
  return detail.decimals < 0 ? std::string(detail.printed)
                             : fmt::format("{:.{}f}", value, detail.decimals);
}

bool same(const PackedFact& a, const PackedFact& b) {
  return a.series == b.series && a.period == b.period && a.source == b.source &&
         a.detail == b.detail &&
         std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pack)

BOOST_FIXTURE_TEST_CASE(what_is_in_the_file_goes_by_its_ids, Packing) {
  Packer packer = this->packer();

  const auto fact = packer.quick(cells(kPlain));

  BOOST_REQUIRE(fact.has_value());
  BOOST_TEST(fact->series == id("SELECT series_id FROM observation"));
  BOOST_TEST(fact->period == id("SELECT period_id FROM observation"));
  BOOST_TEST(fact->source == id("SELECT id FROM source WHERE code = 'outline'"));
  BOOST_TEST(fact->detail == 0U);
  BOOST_TEST(fact->value == 1010.5);
  BOOST_TEST(packer.take_new_series().empty());
  BOOST_TEST(packer.take_new_periods().empty());
}

BOOST_FIXTURE_TEST_CASE(new_series_and_periods_count_up_from_the_largest, Packing) {
  Packer packer = this->packer();
  const std::uint32_t last_series = id("SELECT max(id) FROM series");
  const std::uint32_t last_period = id("SELECT max(id) FROM period");

  const auto one = packer.quick(cells(plain_but({{"period", "2021-08"}})));
  const auto two = packer.quick(cells(plain_but({{"measure", "yoy"}, {"unit", "%"}})));
  const auto again =
      packer.quick(cells(plain_but({{"period", "2021年8月"}, {"measure", "增速"}, {"unit", ""}})));

  BOOST_TEST(one->period == last_period + 1);
  BOOST_TEST(two->series == last_series + 1);
  BOOST_TEST(again->period == one->period);
  BOOST_TEST(again->series == two->series);
  const auto series = packer.take_new_series();
  const auto periods = packer.take_new_periods();
  BOOST_REQUIRE(series.size() == 1);
  BOOST_TEST(series[0].id == last_series + 1);
  BOOST_TEST(series[0].measure == "yoy");
  BOOST_TEST(series[0].among == 0);
  BOOST_TEST(series[0].unit == id("SELECT id FROM unit WHERE code = '%'"));
  BOOST_TEST(series[0].entity == id("SELECT id FROM entity WHERE code = '330602'"));
  BOOST_REQUIRE(periods.size() == 1);
  BOOST_TEST(to_text(periods[0].period) == "2021-08");
  BOOST_TEST(packer.take_new_series().empty());
}

BOOST_FIXTURE_TEST_CASE(a_row_that_is_not_packed_brings_nothing_new, Packing) {
  Packer packer = this->packer();

  for (const Told& odd : {Told{{"value", "x"}},
                          {{"value", "≥5"}},
                          {{"value", ""}},
                          {{"unit", "人"}},
                          {{"unit", "箱"}},
                          {{"status", "O"}},
                          {{"among", "330600"}},
                          {{"measure", "rank"}},
                          {{"import", "1"}},
                          {{"source", "nobody"}},
                          {{"scope", "nowhere"}}}) {
    Told told = plain_but({{"period", "2031"}, {"entity", "330600"}});
    told.insert(told.end(), odd.begin(), odd.end());
    BOOST_TEST(!packer.quick(cells(told)));
  }

  BOOST_TEST(packer.take_new_series().empty());
  BOOST_TEST(packer.take_new_periods().empty());
}

// 12.5 * 10^4 / 10^8; 15 亩 are 1 hectare (GB 3100).
BOOST_FIXTURE_TEST_CASE(another_unit_is_converted_and_what_was_printed_is_kept, Packing) {
  Packer packer = this->packer();

  const auto money = packer.quick(cells(plain_but({{"value", "12.50"}, {"unit", "万元"}})));
  const auto named = packer.quick(
      cells(plain_but({{"indicator", "地区生产总值（万元）"}, {"value", "12.5"}, {"unit", ""}})));
  const auto people = packer.quick(
      cells(plain_but({{"indicator", "population"}, {"value", "3"}, {"unit", "千人"}})));
  const auto land =
      packer.quick(cells(plain_but({{"indicator", "land"}, {"value", "30"}, {"unit", "亩"}})));

  const auto place = packer.quick(
      cells(plain_but({{"measure", "rank"}, {"among", "330600"}, {"value", "3"}, {"unit", "位"}})));

  BOOST_TEST(money->value == 0.00125);
  BOOST_TEST(packer.detail(money->detail).printed == "12.50");
  BOOST_TEST(packer.detail(money->detail).printed_unit == "万元");
  BOOST_TEST(named->value == 0.00125);
  BOOST_TEST(packer.detail(named->detail).printed == "12.5");
  BOOST_TEST(people->value == 0.3);
  BOOST_TEST(packer.detail(people->detail).printed_unit == "千人");
  BOOST_TEST(std::abs(land->value - 2) < 1e-12);
  BOOST_TEST(place->value == 3);
  BOOST_TEST(place->detail == 0U);
}

BOOST_FIXTURE_TEST_CASE(numbers_with_zeros_at_their_end_share_a_detail, Packing) {
  Packer packer = this->packer();
  const auto packed = [&](std::string_view value) {
    return *packer.quick(cells(plain_but({{"value", value}})));
  };

  const PackedFact one = packed("12.50"), other = packed(" 7.10"), small = packed("0.00001"),
                   odd = packed("007");

  BOOST_TEST(one.detail != 0U);
  BOOST_TEST(one.detail == other.detail);
  BOOST_TEST(printed(packer.detail(one.detail), one.value) == "12.50");
  BOOST_TEST(printed(packer.detail(other.detail), other.value) == "7.10");
  BOOST_TEST(printed(packer.detail(small.detail), small.value) == "0.00001");
  BOOST_TEST(packer.detail(odd.detail).printed == "007");
}

BOOST_FIXTURE_TEST_CASE(a_missing_value_has_no_number, Packing) {
  Packer packer = this->packer();

  const auto told = packer.quick(cells(plain_but({{"value", ""}, {"status", "O"}})));
  const auto mark = packer.quick(cells(plain_but({{"value", "——"}, {"status", ""}})));

  BOOST_TEST(std::isnan(told->value));
  BOOST_TEST(packer.detail(told->detail).status == "O");
  BOOST_TEST(packer.detail(told->detail).printed == "");
  BOOST_TEST(std::isnan(mark->value));
  BOOST_TEST(packer.detail(mark->detail).status == "O");
  BOOST_TEST(packer.detail(mark->detail).printed == "——");
  BOOST_TEST(packer.detail(mark->detail).printed_unit == "");
}

BOOST_FIXTURE_TEST_CASE(a_fact_that_refers_to_nothing_in_the_file_is_refused, Packing) {
  Packer packer = this->packer();
  std::vector<Fault> faults;
  auto fact = read_fact<Observation>(cells(kPlain), known(), {}, faults);
  fact->entity = "nowhere";

  BOOST_CHECK_EXCEPTION(packer.pack(*fact), Error, [](const Error& error) {
    return error.code() == Errc::refused &&
           std::string_view(error.what()) == "unknown entity: \"nowhere\"";
  });
  BOOST_TEST(packer.take_new_series().empty());
}

namespace {

const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> kCells{
    {"indicator",
     {"gdp", "gdp", "地区生产总值", "ＧＤＰ", "地区生产总值（万元）", "population", "常住人口(人)",
      "land", "rd-share", " gdp ", "", "gdq"}},
    {"entity", {"330602", "330602", "越城区", "越城", "绍兴", "「330600」", "", "西湖", "江山县"}},
    {"period", {"2020", "2021-08", "2022年1-8月", "十四五", "2021-Q3", "2023", "", "20x5"}},
    {"value",
     {"5",
      "1008.5",
      "12.50",
      "0",
      "-3.2",
      "-0",
      "0.00",
      "007",
      "0.00001",
      "0.0001",
      " 5 ",
      "1,008.5",
      "≥99",
      "约12",
      "3~5",
      "——",
      "—",
      "",
      "3.7 (2019)",
      "7.5%",
      "12万",
      "x1",
      "１２",
      "1.60",
      "1e5",
      "完成下达指标",
      "1234567890123456",
      "123456789012345",
      "99999.99",
      "+5",
      "0.10",
      "100",
      "12.345678901234"}},
    {"unit",
     {"", "", "亿元", "万元", "%", "人", "千人", "亩", "箱", " 万元 ", "（亿元）", "位", "名次"}},
    {"scope", {"", "", "", "全口径", "nowhere"}},
    {"measure", {"", "", "level", "总量", "yoy", "同比", "rank", "gap", "yoy_gap", "levl"}},
    {"among", {"", "", "330600", "绍兴", "nobody"}},
    {"status", {"", "A", "P", "预计", "O", "缺失", "Z"}},
    {"source", {"outline", "report", "", "规划纲要", "nobody"}},
    {"locator", {"", "", "表 1", " 表 2 ", "  "}},
    {"note", {"", "", "有注", " 有注 ", "  "}},
    {"import", {"", "", "", "", "1", "x"}}};

// Rows of which some are good, some odd and some at fault; the generator's numbers are the same
// everywhere. Mostly the plain cell is taken, else hardly any row would be without fault.
class Rows {
 public:
  CellsOf<Observation> next() {
    Told told = kPlain;
    for (const auto& [column, choices] : kCells) {
      if (random_() % 3 != 0) continue;
      told.emplace_back(column, choices[random_() % choices.size()]);
    }
    return cells(told);
  }

 private:
  std::mt19937 random_{20210409};
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_quick_way_and_the_other_give_the_same_fact, Packing) {
  Packer packer = this->packer();
  Rows rows;
  std::size_t quick_ones = 0, good_ones = 0;

  for (int at = 0; at < 50000; ++at) {
    const CellsOf<Observation> row = rows.next();
    const auto quick = packer.quick(row);
    std::vector<Fault> faults;
    const auto fact = read_fact<Observation>(row, known(), kOutline, faults);
    const bool agree = quick ? fact && same(*quick, packer.pack(*fact)) : true;
    if (!agree) BOOST_TEST_MESSAGE(fmt::format("{}", fmt::join(row, "|")));
    BOOST_REQUIRE(agree);
    quick_ones += quick ? 1 : 0;
    good_ones += fact ? 1 : 0;
  }

  // The rest are the other forms of values, and rows with an import of their own.
  BOOST_TEST(quick_ones > 5000U);
  BOOST_TEST(good_ones > quick_ones);
}

BOOST_FIXTURE_TEST_CASE(a_packed_fact_says_what_would_be_stored_row_by_row, Packing) {
  Packer packer = this->packer();
  Ids ids(database());
  Rows rows;

  for (int at = 0; at < 20000; ++at) {
    std::vector<Fault> faults;
    auto fact = read_fact<Observation>(rows.next(), known(), kOutline, faults);
    if (!fact) continue;
    fact->import.reset();
    const PackedFact packed = packer.pack(*fact);
    const Detail& detail = packer.detail(packed.detail);
    const Stored none;
    for (const Item& item : RowOf<Observation>(*fact, ids).items()) {
      const auto is = [&](std::string_view column, const Stored& value) {
        if (item.column == column) BOOST_REQUIRE((item.value == value));
      };
      const std::string text = printed(detail, packed.value);
      is("value", std::isnan(packed.value) ? none : Stored(packed.value));
      is("high", detail.high ? Stored(*detail.high) : none);
      is("comparator", std::string(detail.comparator));
      is("printed", text_or_null(text));
      is("printed_unit", text_or_null(std::string(detail.printed_unit)));
      is("status", text_or_null(std::string(detail.status)));
      is("source_id", std::int64_t{packed.source});
      is("locator", std::string(detail.locator));
      is("note", text_or_null(std::string(detail.note)));
    }
  }
}

BOOST_FIXTURE_TEST_CASE(details_can_be_read_while_others_are_added, Packing) {
  Packer packer = this->packer();
  constexpr int kCount = 20000;
  std::mutex mutex;
  std::condition_variable filled;
  std::deque<std::pair<std::uint32_t, int>> queue;
  int wrong = 0;

  std::thread reader([&] {
    for (int at = 0; at < kCount; ++at) {
      std::unique_lock lock(mutex);
      filled.wait(lock, [&] { return !queue.empty(); });
      const auto [number, line] = queue.front();
      queue.pop_front();
      lock.unlock();
      wrong += packer.detail(number).locator == fmt::format("第 {} 行", line) ? 0 : 1;
    }
  });
  for (int line = 0; line < kCount; ++line) {
    const std::string locator = fmt::format("第 {} 行", line);
    const auto fact = packer.quick(cells(plain_but({{"locator", locator}})));
    const std::lock_guard lock(mutex);
    queue.emplace_back(fact->detail, line);
    filled.notify_one();
  }
  reader.join();

  BOOST_TEST(wrong == 0);
  BOOST_TEST(packer.detail(1).locator == "第 0 行");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
