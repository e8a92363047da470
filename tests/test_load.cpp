#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "edit.h"
#include "load.h"
#include "load_order.h"
#include "planfile/file.h"
#include "support.h"

namespace planfile::test {
namespace {

using Columns = std::vector<std::string>;

const Columns kAllColumns = {"indicator", "entity", "period", "value",  "unit",    "scope",
                             "measure",   "among",  "status", "source", "locator", "note"};

template <class Fact>
void put_all(Edit& edit, const std::vector<Fact>& facts) {
  edit.put(std::span<const Fact>(facts));
}

Import import_of(std::string file) {
  Import import;
  import.at = "2026-03-01T08:00:00Z";
  import.table_name = "observation";
  import.file = std::move(file);
  import.sha256 = std::string(64, '0');
  import.version = "0.1.0";
  return import;
}

// Added, changed and unchanged rows.
std::string told(const Changes& changes) {
  return fmt::format("{} {} {}", changes.added, changes.changed, changes.unchanged);
}

// What a Loader told of one import.
struct Loaded {
  Changes changes;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> clashes;  // lines
  std::vector<Observation> former;
};

// A file in memory with some names, and what is asked of it.
class Names {
 public:
  Names() : file(File::in_memory()) {
    Edit edit(file);
    put_all<Source>(edit, {{"a", "年鉴", "", "", "2023-03-01", "yearbook", ""},
                           {"b", "公报", "", "", "2024-03-01", "bulletin", ""},
                           {"c", "简报", "", "", "", "news", ""},
                           {"d", "another yearbook", "", "", "2023-03-01", "yearbook", ""}});
    put_all<Entity>(edit, {{"x", "某区", "", "district", "", "", "", "", ""},
                           {"y", "某镇", "", "town", "x", "", "", "", ""},
                           {"all", "各镇", "", "group", "", "", "", "", ""}});
    put_all<Indicator>(edit, {{"gdp", "生产总值", "", "亿元", "", "higher", "flow", "", "", ""},
                              {"pop", "人口", "", "万人", "", "higher", "stock", "", "", ""}});
    edit.commit();
  }

  Loaded load(const std::vector<Observation>& facts, const Columns& columns = kAllColumns,
              std::size_t block_size = 5) {
    Edit edit(file);
    edit.begin(import_of("rows.csv"));
    Packer packer(EditAccess::database(edit), file.catalogue(), {});
    Loader loader(EditAccess::database(edit), packer, EditAccess::running(edit).number, columns);
    Block block;
    for (const Observation& fact : facts) {
      block.facts.push_back(packer.pack(fact));
      block.facts.back().line = ++line_;
      if (block.facts.size() < block_size) continue;
      block.series = packer.take_new_series();
      block.periods = packer.take_new_periods();
      loader.put(std::exchange(block, {}));
    }
    block.series = packer.take_new_series();
    block.periods = packer.take_new_periods();
    loader.put(std::move(block));
    loader.finish();
    EditAccess::count(edit, loader.changes());
    edit.commit();
    line_ = 1;
    Loaded loaded{loader.changes(), {}, {}};
    for (const auto& clash : loader.clashes()) {
      loaded.clashes.emplace_back(clash.first.line, clash.second.line);
    }
    for (const auto& change : loader.changed()) loaded.former.push_back(change.former);
    return loaded;
  }

  // The same through the way that any table takes.
  Changes put(const std::vector<Observation>& facts, const Columns& columns = kAllColumns) {
    Edit edit(file);
    edit.begin(import_of("rows.csv"));
    const Changes changes = edit.put(std::span<const Observation>(facts), columns);
    edit.commit();
    return changes;
  }

  // The rows of a statement as text, a line each.
  std::string rows(const std::string& sql) {
    Edit edit(file);
    SQLite::Statement statement(EditAccess::database(edit).sqlite(), sql);
    std::string text;
    while (statement.executeStep()) {
      for (int at = 0; at < statement.getColumnCount(); ++at) {
        text += (at == 0 ? "" : "|") + statement.getColumn(at).getString();
      }
      text += '\n';
    }
    return text;
  }

  // Series whose summary is not what the view says.
  std::string wrong_summaries() {
    const std::string columns = std::string(kSummaryColumns);
    return rows("SELECT id, " + columns + " FROM series EXCEPT SELECT series_id, " + columns +
                " FROM series_summary");
  }

  // Everything about observations that does not depend on the order of ids.
  std::string content() {
    return rows(
               "SELECT indicator, entity, scope, measure, among, period, source, locator, value, "
               "high, "
               "comparator, status, printed, note, import, unit FROM observations "
               "ORDER BY 1, 2, 3, 4, 5, 6, 7, 8") +
           rows("SELECT import_id, table_name, key, former FROM revision ORDER BY 1, 2, 3") +
           rows("SELECT id, rows, added, changed FROM import ORDER BY 1") +
           rows("SELECT count(*) FROM series") + rows("SELECT code FROM period ORDER BY 1");
  }

  File file;

 private:
  std::uint32_t line_ = 1;
};

Observation fact_of(std::string period, double value, std::string source = "a") {
  Observation fact;
  fact.indicator = "gdp";
  fact.entity = "x";
  fact.period = *parse_period(period);
  fact.value.value = value;
  fact.measure = "level";
  fact.status = "A";
  fact.source = std::move(source);
  return fact;
}

// Settled facts of every kind, none twice, in no order.
class Facts {
 public:
  explicit Facts(std::uint32_t seed) : random_(seed) {}

  std::vector<Observation> some(std::size_t count) {
    std::map<std::string, Observation> facts;  // by key
    while (facts.size() < count) {
      Observation fact = one();
      std::string key = fmt::format("{}|{}|{}|{}|{}|{}", fact.indicator, fact.entity, fact.measure,
                                    to_text(fact.period), fact.source, fact.locator);
      facts.emplace(std::move(key), std::move(fact));
    }
    std::vector<Observation> shuffled;
    for (auto& [key, fact] : facts) shuffled.push_back(std::move(fact));
    for (std::size_t at = shuffled.size(); at > 1; --at) {
      std::swap(shuffled[at - 1], shuffled[below(at)]);
    }
    return shuffled;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }

  std::string one_of(std::initializer_list<const char*> words) {
    return words.begin()[below(words.size())];
  }

  Observation one() {
    Observation fact =
        fact_of(one_of({"2021", "2022", "2023", "2021-S1", "2022-S1", "2022-Q3", "2023-Q3",
                        "2022-12", "2023-12", "2022-01/2022-08", "2023-01/2023-08", "2016/2020",
                        "2021/2025", "2023-12-31", "2022-12-31", "2022-03-05/2022-03-09"}),
                static_cast<double>(below(40)) / 4, one_of({"a", "b", "c", "d"}));
    fact.indicator = one_of({"gdp", "pop"});
    fact.entity = one_of({"x", "y"});
    fact.measure = one_of({"level", "yoy", "rank"});
    if (fact.measure == "rank") fact.among = "all";
    fact.status = one_of({"A", "A", "A", "P", "E", "F"});
    fact.locator = one_of({"", "", "表 1", "表 2"});
    fact.note = one_of({"", "", "", "有注"});
    form(fact);
    return fact;
  }

  // A plain number, or another of the forms that a cell takes.
  void form(Observation& fact) {
    Figure& figure = fact.value;
    switch (below(10)) {
      case 0:
        figure = {};
        figure.missing = true;
        figure.printed = one_of({"", "——"});
        fact.status = "O";
        break;
      case 1:
        figure = {};
        figure.printed = "完成市下达指标";
        break;
      case 2:
        figure.high = *figure.value + 1;
        figure.printed = fmt::format("{}~{}", *figure.value, *figure.high);
        break;
      case 3:
        figure.comparator = Comparator::at_least;
        figure.printed = fmt::format("{}以上", *figure.value);
        break;
      case 4:
        figure.printed = fmt::format("{:.3f}", *figure.value);
        break;
      case 5:
        if (fact.indicator != "gdp" || fact.measure != "level") break;
        figure.printed = fmt::format("{:.0f}", *figure.value * 10000);
        fact.unit = "万元";
        break;
      default:
        break;
    }
  }

  std::mt19937 random_;
};

PackedFact packed(std::uint32_t series, std::uint32_t line) {
  PackedFact fact;
  fact.series = series;
  fact.line = line;
  return fact;
}

// What a LoadOrder uses, as text: the lines of each series, marked ones in brackets.
std::string used(const std::vector<std::vector<PackedFact>>& blocks, std::size_t lead) {
  std::string text;
  LoadOrder order(
      [&](std::span<PackedFact> facts) {
        text += fmt::format("{}:", facts.front().series);
        std::sort(facts.begin(), facts.end(),
                  [](const PackedFact& a, const PackedFact& b) { return a.line < b.line; });
        for (const PackedFact& fact : facts) {
          text += is_used(fact) ? fmt::format(" ({})", fact.line) : fmt::format(" {}", fact.line);
        }
        text += "; ";
        return facts.size();
      },
      lead);
  for (const auto& block : blocks) order.put(block);
  text += "end; ";
  order.finish();
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(load)

BOOST_AUTO_TEST_CASE(series_that_ascend_are_used_as_soon_as_the_next_begins) {
  BOOST_TEST(used({{packed(1, 1), packed(2, 2)}, {packed(2, 3), packed(2, 4)}, {packed(4, 5)}},
                  0) == "1: 1; 2: 2 3 4; end; 4: 5; ");
}

BOOST_AUTO_TEST_CASE(a_series_that_comes_too_late_is_used_again_with_its_former_facts_marked) {
  BOOST_TEST(used({{packed(1, 1), packed(2, 2), packed(3, 3)}, {packed(9, 4), packed(1, 5)}}, 0) ==
             "1: 1; 2: 2; end; 1: (1) 5; 3: 3; 9: 4; ");
}

BOOST_AUTO_TEST_CASE(what_does_not_ascend_within_the_lead_is_used_once) {
  BOOST_TEST(used({{packed(1, 1), packed(2, 2)}, {packed(1, 3)}, {packed(5000000, 4)}}, 10) ==
             "end; 1: 1 3; 2: 2; 5000000: 4; ");
}

BOOST_AUTO_TEST_CASE(loads_of_random_facts_leave_the_file_as_putting_them_one_by_one_does) {
  Names loaded, put;
  Facts facts(20260301);

  for (const std::size_t count : {50U, 200U, 20U, 300U}) {
    const auto some = facts.some(count);
    const Loaded outcome = loaded.load(some, kAllColumns, count / 7);
    BOOST_TEST(told(outcome.changes) == told(put.put(some)));
    BOOST_TEST(outcome.clashes.empty());
  }

  BOOST_TEST(loaded.content() == put.content());
}

BOOST_AUTO_TEST_CASE(loads_of_some_columns_change_no_others) {
  Names loaded, put;
  Facts facts(7);
  const auto first = facts.some(300), second = facts.some(300);
  const Columns columns = {"indicator", "entity", "period", "value",
                           "measure",   "among",  "source", "locator"};
  loaded.load(first);
  put.put(first);

  const Loaded outcome = loaded.load(second, columns);

  BOOST_TEST(told(outcome.changes) == told(put.put(second, columns)));
  BOOST_TEST(loaded.content() == put.content());
  BOOST_TEST(loaded.rows("PRAGMA quick_check") == "ok\n");
}

BOOST_AUTO_TEST_CASE(summaries_are_those_of_the_view_after_every_load) {
  Names names;
  Facts facts(42);

  for (const std::size_t count : {10U, 40U, 100U, 300U, 5U, 150U}) {
    names.load(facts.some(count), kAllColumns, count / 3);

    BOOST_TEST(names.wrong_summaries() == "");
  }
  BOOST_TEST(names.rows("SELECT count(*), sum(previous_value IS NOT NULL) > 6 FROM series") ==
             "12|1\n");
}

BOOST_AUTO_TEST_CASE(loaded_rows_pass_every_check_and_foreign_key) {
  Names names;

  names.load(Facts(1).some(400));

  BOOST_TEST(names.rows("PRAGMA quick_check") == "ok\n");
  BOOST_TEST(names.rows("PRAGMA integrity_check") == "ok\n");
  BOOST_TEST(names.rows("PRAGMA foreign_key_check") == "");
}

BOOST_AUTO_TEST_CASE(checks_and_foreign_keys_are_looked_at_again_after_a_load) {
  Names names;
  names.load({fact_of("2021", 1)});
  Edit edit(names.file);
  SQLite::Database& db = EditAccess::database(edit).sqlite();

  BOOST_CHECK_THROW(db.exec("UPDATE observation SET comparator = '?'"), SQLite::Exception);
  BOOST_CHECK_THROW(db.exec("UPDATE observation SET source_id = 99"), SQLite::Exception);
}

BOOST_AUTO_TEST_CASE(the_same_facts_again_change_nothing) {
  Names names;
  const auto facts = Facts(3).some(200);
  names.load(facts);
  const std::string before = names.content();

  const Loaded outcome = names.load(facts);

  BOOST_TEST(told(outcome.changes) == "0 0 200");
  BOOST_TEST(names.content() == before);
}

BOOST_AUTO_TEST_CASE(the_order_of_facts_and_blocks_does_not_matter) {
  auto facts = Facts(5).some(300);
  Names shuffled, sorted, whole;
  shuffled.load(facts, kAllColumns, 11);
  whole.load(facts, kAllColumns, 1000);
  std::sort(facts.begin(), facts.end(), [](const Observation& a, const Observation& b) {
    return std::tie(a.indicator, a.entity, a.measure, a.period) <
           std::tie(b.indicator, b.entity, b.measure, b.period);
  });

  sorted.load(facts, kAllColumns, 1);

  BOOST_TEST(shuffled.content() == sorted.content());
  BOOST_TEST(shuffled.content() == whole.content());
}

BOOST_AUTO_TEST_CASE(the_same_fact_twice_counts_once) {
  Names names;

  const Loaded outcome =
      names.load({fact_of("2021", 1), fact_of("2022", 2), fact_of("2021", 1), fact_of("2021", 1)});

  BOOST_TEST(told(outcome.changes) == "2 0 0");
  BOOST_TEST(outcome.clashes.empty());
}

BOOST_AUTO_TEST_CASE(two_facts_of_one_key_that_differ_clash_and_the_first_line_stays) {
  Names names;
  Observation noted = fact_of("2021", 1);
  noted.note = "有注";

  const Loaded outcome = names.load(
      {fact_of("2021", 1), fact_of("2022", 2), fact_of("2022", 3), noted}, kAllColumns, 1);

  const std::vector<std::pair<std::uint32_t, std::uint32_t>> expected = {{2, 5}, {3, 4}};
  BOOST_TEST((outcome.clashes == expected));
  BOOST_TEST(names.rows("SELECT value, note FROM observation ORDER BY 1") == "1.0|\n2.0|\n");
}

BOOST_AUTO_TEST_CASE(rows_of_other_places_and_sources_stand_beside_each_other) {
  Names names;
  Observation elsewhere = fact_of("2021", 3);
  elsewhere.locator = "表 2";

  const Loaded outcome = names.load({fact_of("2021", 1), elsewhere, fact_of("2021", 2, "b")});

  BOOST_TEST(told(outcome.changes) == "3 0 0");
  BOOST_TEST(names.rows("SELECT value FROM latest") == "2.0\n");  // b is the newer source
}

BOOST_AUTO_TEST_CASE(a_changed_value_keeps_its_former_one_and_tells_of_it) {
  Names names;
  names.load({fact_of("2021", 1), fact_of("2022", 2)});

  const Loaded outcome = names.load({fact_of("2022", 2.5), fact_of("2021", 1)});

  BOOST_TEST(told(outcome.changes) == "0 1 1");
  BOOST_TEST(outcome.former.size() == 1U);
  BOOST_TEST(outcome.former[0].value.value.value() == 2);
  BOOST_TEST(
      names.rows("SELECT import_id, former ->> 'value', former ->> 'import' FROM revision") ==
      "2|2|1\n");
  BOOST_TEST(names.rows("SELECT value, import_id FROM observation ORDER BY 1") == "1.0|1\n2.5|2\n");
  BOOST_TEST(names.rows("SELECT last_value, highest FROM series") == "2.5|2.5\n");
}

BOOST_AUTO_TEST_CASE(a_status_that_says_missing_never_stays_beside_a_number) {
  Names names;
  Observation missing = fact_of("2021", 0), provisional = fact_of("2022", 1);
  missing.value = {};
  missing.value.missing = true;
  missing.value.printed = "——";
  missing.status = "M";
  provisional.status = "P";
  names.load({missing, provisional});
  const Columns columns = {"indicator", "entity", "period", "value", "source"};

  names.load({fact_of("2021", 5), fact_of("2022", 6)}, columns);

  BOOST_TEST(names.rows("SELECT value, status FROM observation ORDER BY 1") == "5.0|A\n6.0|P\n");
}

BOOST_AUTO_TEST_CASE(decimals_that_the_value_does_not_say_are_kept) {
  Names names;
  Observation fact = fact_of("2021", 12.5);
  fact.value.printed = "12.50";

  names.load({fact});
  const Loaded again = names.load({fact});

  BOOST_TEST(names.rows("SELECT value, printed FROM observation") == "12.5|12.50\n");
  BOOST_TEST(told(again.changes) == "0 0 1");
}

// More than LoadOrder's lead, so that rows are stored before the last ones come.
BOOST_AUTO_TEST_CASE(late_facts_of_stored_series_are_compared_with_the_input_not_with_the_file) {
  Names names;
  names.load({fact_of("1990", 1)});
  Edit edit(names.file);
  edit.begin(import_of("many.csv"));
  Database& database = EditAccess::database(edit);
  Packer packer(database, names.file.catalogue(), {});
  const PackedFact old = packer.pack(fact_of("1990", 1));
  Block block;
  std::uint32_t line = 1;
  const auto add = [&](PackedFact fact) {
    fact.line = ++line;
    block.facts.push_back(fact);
  };
  add(old);  // line 2: as the file has it
  PackedFact next = packer.pack(fact_of("1991", 1));
  add(next);  // line 3
  Observation other = fact_of("1990", 1);
  other.entity = "y";
  PackedFact many = packer.pack(other);
  for (many.period = 1000; block.facts.size() <= LoadOrder::kLead; ++many.period) {
    add(many);
    block.periods.push_back({many.period,
                             {std::chrono::sys_days(std::chrono::days(many.period)),
                              std::chrono::sys_days(std::chrono::days(many.period))}});
  }
  for (NewPeriod& period : packer.take_new_periods()) block.periods.push_back(period);
  block.series = packer.take_new_series();
  Loader loader(database, packer, EditAccess::running(edit).number, {});
  loader.put(std::exchange(block, {}));
  const std::uint32_t before = line;

  PackedFact differs = old;
  differs.value = 7;
  add(differs);
  add(next);  // once more
  add(packer.pack(fact_of("1992", 3)));
  block.periods = packer.take_new_periods();
  loader.put(std::exchange(block, {}));
  loader.finish();

  BOOST_TEST(loader.clash_count() == 1U);
  BOOST_TEST(loader.clashes()[0].first.line == 2U);
  BOOST_TEST(loader.clashes()[0].second.line == before + 1);
  BOOST_TEST(told(loader.changes()) == fmt::format("{} 0 1", LoadOrder::kLead + 1));
  EditAccess::count(edit, loader.changes());
  edit.commit();
  BOOST_TEST(names.rows("SELECT observations, lowest, highest FROM series ORDER BY id") ==
             fmt::format("3|1.0|3.0\n{}|1.0|1.0\n", LoadOrder::kLead - 1));
}

// Loads some facts, with what is to happen before; returns what the Loader threw.
std::string trouble_of(Names& names, LoadCare care, const std::string& before,
                       const std::vector<Observation>& facts = Facts(5).some(300)) {
  Edit edit(names.file);
  edit.begin(import_of("rows.csv"));
  Database& database = EditAccess::database(edit);
  const Catalogue known = names.file.catalogue();
  Packer packer(database, known, {});
  Loader loader(database, packer, EditAccess::running(edit).number, kAllColumns, std::move(care));
  Block block;
  for (const Observation& fact : facts) block.facts.push_back(packer.pack(fact));
  block.series = packer.take_new_series();
  block.periods = packer.take_new_periods();
  database.sqlite().exec(before);
  try {
    loader.put(std::move(block));
    loader.finish();
  } catch (const Error& trouble) {
    return trouble.what();
  }
  return {};
}

BOOST_AUTO_TEST_CASE(a_failure_to_write_ends_the_loading) {
  Names names;

  const std::string full = trouble_of(names, {}, "PRAGMA max_page_count = 1");  // no more than now
  const std::string mended = trouble_of(names, {}, "PRAGMA max_page_count = 1000000");

  BOOST_TEST(full == ":memory:: the disk is full; nothing was changed");
  BOOST_TEST(mended == "");
  BOOST_TEST(names.rows("SELECT count(*) FROM observation") == "0\n");  // nobody committed
}

BOOST_AUTO_TEST_CASE(what_is_thrown_in_a_pause_ends_the_loading) {
  Names names;
  LoadCare care{.pause = [] { throw Error(Errc::stopped, "stopped"); }};

  const std::string trouble = trouble_of(names, std::move(care), "");

  BOOST_TEST(trouble == "stopped");
  BOOST_TEST(names.rows("SELECT count(*) FROM observation") == "0\n");
}

// A fact of one of the days since 1970.
Observation fact_on(std::size_t day, double value, std::string source = "a") {
  Observation fact = fact_of("2021", value, std::move(source));
  const std::chrono::sys_days date{std::chrono::days(day)};
  fact.period = {date, date};
  return fact;
}

// Numbers at the borders of the sizes that SQLite stores whole numbers in, and others.
std::vector<double> numbers_at_borders() {
  std::vector<double> numbers = {0, -0.0, 0.1, -2.5, 5e-324, 1.7976931348623157e308, 1e300};
  for (const int bits : {0, 7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 53, 62, 63, 64}) {
    for (const double near : {-1.0, 0.0, 1.0}) {
      numbers.push_back(std::ldexp(1, bits) + near);
      numbers.push_back(-std::ldexp(1, bits) + near);
    }
  }
  return numbers;
}

// Facts of each length that a text may have in the image of an empty table, and longer ones.
std::vector<Observation> facts_of_many_sizes() {
  std::vector<Observation> facts;
  for (const double number : numbers_at_borders()) {
    facts.push_back(fact_on(facts.size(), number));
  }
  for (std::size_t size = 1; size < 40'000; size += 97) {
    Observation fact = fact_on(facts.size(), 1);
    fact.locator = std::string(size, 'x');
    facts.push_back(std::move(fact));
  }
  return facts;
}

// Databases that a load left attached.
constexpr const char* kGuests =
    "SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')";

// Where the table is empty, rows go in another way than where it is not.
BOOST_AUTO_TEST_CASE(rows_are_stored_alike_whether_the_table_was_empty_or_not) {
  Names empty, full;
  full.load({fact_of("2021", 1)});
  const auto facts = facts_of_many_sizes();
  const std::string rows =
      "SELECT p.code, o.source_id, o.locator, quote(o.value), typeof(o.value), o.comparator, "
      "o.status, quote(o.printed) FROM observation AS o JOIN period AS p ON p.id = o.period_id "
      "WHERE p.code <> '2021' ORDER BY 1";

  empty.load(facts);
  full.load(facts);

  BOOST_TEST(empty.rows(rows) == full.rows(rows));
  BOOST_TEST(empty.rows("PRAGMA integrity_check") == "ok\n");
  BOOST_TEST(empty.rows(kGuests) == "");
  BOOST_TEST(empty.wrong_summaries() == "");
}

// 7,000 bytes a row: the tree has pages above pages above its leaves.
BOOST_AUTO_TEST_CASE(a_tree_of_many_levels_keeps_the_order_of_its_keys) {
  Names names;
  std::vector<Observation> facts;
  for (int at = 0; at < 2500; ++at) {
    Observation fact = fact_on(static_cast<std::size_t>(at % 5), at);
    fact.locator = fmt::format("{:05}{}", at, std::string(7000, 'x'));
    facts.push_back(std::move(fact));
  }

  const Loaded loaded = names.load(facts, kAllColumns, 1000);

  BOOST_TEST(told(loaded.changes) == "2500 0 0");
  BOOST_TEST(names.rows("PRAGMA integrity_check") == "ok\n");
  BOOST_TEST(names.rows("SELECT count(*), sum(value), sum(CAST(substr(locator, 1, 5) AS INTEGER)) "
                        "FROM observation") == "2500|3123750.0|3123750\n");
}

BOOST_AUTO_TEST_CASE(an_image_that_was_stopped_leaves_nothing_behind) {
  Names names;
  std::vector<Observation> facts;  // too few for two batches, enough for a pause while storing
  for (int at = 0; at < 60'000; ++at) {
    facts.push_back(fact_on(static_cast<std::size_t>(at / 4), at, std::string(1, "abcd"[at % 4])));
  }
  int times = 0;
  LoadCare care{.pause = [&] {
    if (++times > 1) throw Error(Errc::stopped, "stopped");
  }};

  const std::string trouble = trouble_of(names, std::move(care), "", facts);

  BOOST_TEST(trouble == "stopped");
  BOOST_TEST(names.rows("SELECT count(*) FROM observation") == "0\n");
  BOOST_TEST(names.rows(kGuests) == "");
}

BOOST_AUTO_TEST_CASE(summarize_renews_the_series_that_are_named_or_all) {
  Names names;
  names.load(Facts(8).some(100));
  Edit edit(names.file);
  Database& database = EditAccess::database(edit);
  const std::string wrong = "SELECT count(*) FROM series WHERE observations = 7777";
  database.sqlite().exec("UPDATE series SET observations = 7777, lowest = NULL");
  const int all = database.sqlite().execAndGet(wrong).getInt();

  const std::vector<std::int64_t> named = {1, 3};
  summarize(database, named);
  const int left = database.sqlite().execAndGet(wrong).getInt();
  summarize(database, {});

  BOOST_TEST(left == all - 2);
  BOOST_TEST(database.sqlite().execAndGet(wrong).getInt() == 0);
}

BOOST_AUTO_TEST_CASE(rows_put_one_by_one_and_a_source_s_new_day_renew_the_summaries) {
  Names names;
  names.put({fact_of("2021", 1, "a"), fact_of("2021", 2, "b"), fact_of("2020", 0, "c")});
  const std::string query =
      "SELECT observations, first_value, last_value, previous_value FROM series";
  const std::string before = names.rows(query);

  Edit edit(names.file);
  put_all<Source>(edit, {{"a", "年鉴", "", "", "2025-03-01", "yearbook", ""}});
  edit.commit();

  BOOST_TEST(before == "3|0.0|2.0|0.0\n");
  BOOST_TEST(names.rows(query) == "3|0.0|1.0|0.0\n");
  BOOST_TEST(names.wrong_summaries() == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace planfile::test
