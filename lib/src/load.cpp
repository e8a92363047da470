#include "load.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "ids.h"
#include "load_change.h"
#include "load_order.h"
#include "load_table.h"

namespace planfile {
namespace {

constexpr std::size_t kMostChanges = 100;
constexpr std::size_t kFlush = 1 << 16;  // rows that go in with one statement

PackedFact unmarked(PackedFact fact) {
  fact.file &= ~kUsed;
  return fact;
}

std::unordered_map<std::uint32_t, std::int64_t> counts_of_series(Database& database) {
  std::unordered_map<std::uint32_t, std::int64_t> counts;
  SQLite::Statement series(database.sqlite(),
                           "SELECT id, observations FROM series WHERE observations > 0");
  while (series.executeStep()) {
    counts.emplace(series.getColumn(0).getUInt(), series.getColumn(1).getInt64());
  }
  return counts;
}

constexpr const char* kAddSeries =
    "INSERT INTO series (id, indicator_id, entity_id, scope_id, measure, among_id, unit_id, {}) "
    "VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

}  // namespace

struct Loader::State {
  State(Database& file, const Packer& details, std::int64_t number,
        std::span<const std::string> columns, LoadCare how)
      : care(std::move(how)),
        database(file),
        packer(details),
        table(file, details, number),
        order([this](std::span<PackedFact> facts) { return use(facts); }),
        summarizer(file),
        rows(file),
        counts(counts_of_series(file)),
        add_series(file.sqlite(), fmt::format(kAddSeries, kSummaryColumns)),
        write_summary(file),
        change(file, details, number, columns) {}

  void put(Block block);
  void finish();
  std::size_t use(std::span<PackedFact> facts);

  [[nodiscard]] std::string_view locator(const PackedFact& fact) const {
    return packer.detail(fact.detail).locator;
  }
  [[nodiscard]] bool comes_before(const PackedFact& a, const PackedFact& b) const;
  [[nodiscard]] bool same_key(const PackedFact& a, const PackedFact& b) const;
  [[nodiscard]] bool same_content(const PackedFact& a, const PackedFact& b) const;
  std::size_t drop_repeats(std::span<PackedFact> facts);

  void add(const PackedFact& fact);
  void append(std::span<const PackedFact> facts);
  void merge(std::span<const PackedFact> facts);
  void meet(const PackedFact& fact);
  [[nodiscard]] int compare_with_row(const PackedFact& fact) const;

  void flush();
  void insert_rows();
  void write(std::uint32_t series, const Summary& summary);

  LoadCare care;
  Database& database;
  const Packer& packer;
  LoadTable table;
  LoadOrder order;
  Summarizer summarizer;
  SeriesRows rows;
  std::unordered_map<std::uint32_t, std::int64_t> counts;    // observations before this import
  std::unordered_map<std::uint32_t, NewSeries> new_series;   // not in the file yet
  std::vector<PackedFact> queue;                             // to insert, in the order of their key
  std::vector<std::pair<std::uint32_t, Summary>> summaries;  // to write
  std::vector<PackedFact> differing;                         // of the series at hand
  SQLite::Statement add_series;
  SummaryWriter write_summary;
  LoadChange change;

  Changes changes;
  std::vector<Clash> clashes;
  std::size_t clash_count = 0;
  std::vector<Change> changed;
};

void Loader::State::put(Block block) {
  for (NewPeriod& period : block.periods) {
    add_period(database.sqlite(), period.period, period.id);
    summarizer.learn(period.id, period.period);
  }
  for (NewSeries& series : block.series) new_series.emplace(series.id, std::move(series));
  order.put(std::move(block.facts));
}

void Loader::State::finish() {
  order.finish();
  flush();
  while (!new_series.empty()) write(new_series.begin()->first, {});
}

std::size_t Loader::State::use(std::span<PackedFact> facts) {
  const auto is_before = [this](const PackedFact& a, const PackedFact& b) {
    return comes_before(a, b);
  };
  if (!std::is_sorted(facts.begin(), facts.end(), is_before)) {
    std::sort(facts.begin(), facts.end(), is_before);
  }
  const std::size_t count = drop_repeats(facts);
  if (counts.contains(facts.front().series)) {
    merge(facts.first(count));
  } else {
    append(facts.first(count));
  }
  if (queue.size() >= kFlush || summaries.size() >= kFlush) flush();
  return count;
}

// By key; what has one key, in the order of the input.
bool Loader::State::comes_before(const PackedFact& a, const PackedFact& b) const {
  if (a.period != b.period) return a.period < b.period;
  if (a.source != b.source) return a.source < b.source;
  if (a.detail != b.detail) {
    const int order_of_places = locator(a).compare(locator(b));
    if (order_of_places != 0) return order_of_places < 0;
  }
  if (is_used(a) != is_used(b)) return is_used(a);
  return std::pair(a.file, a.line) < std::pair(b.file, b.line);
}

bool Loader::State::same_key(const PackedFact& a, const PackedFact& b) const {
  return a.period == b.period && a.source == b.source &&
         (a.detail == b.detail || locator(a) == locator(b));
}

bool Loader::State::same_content(const PackedFact& a, const PackedFact& b) const {
  return same_number(a.value, b.value) &&
         (a.detail == b.detail || packer.detail(a.detail) == packer.detail(b.detail));
}

// Leaves one fact of each key, the first of the input, and returns their number.
std::size_t Loader::State::drop_repeats(std::span<PackedFact> facts) {
  std::size_t last = 0;
  for (std::size_t at = 1; at < facts.size(); ++at) {
    if (!same_key(facts[last], facts[at])) {
      facts[++last] = facts[at];
    } else if (!same_content(facts[last], facts[at])) {
      ++clash_count;
      if (clashes.size() < care.most_clashes) {
        clashes.push_back({unmarked(facts[last]), unmarked(facts[at])});
      }
    }
  }
  return last + 1;
}

// The fact as a row that is added.
void Loader::State::add(const PackedFact& fact) {
  const Detail& detail = packer.detail(fact.detail);
  summarizer.add(
      {fact.period, fact.source, detail.locator, detail.comparator, detail.status, fact.value});
  if (is_used(fact)) return;
  queue.push_back(fact);
  ++changes.added;
}

// All facts of a series that had none before.
void Loader::State::append(std::span<const PackedFact> facts) {
  for (const PackedFact& fact : facts) add(fact);
  summaries.emplace_back(facts.front().series, summarizer.take());
}

// The facts of a series that has rows: both are in the order of their key.
void Loader::State::merge(std::span<const PackedFact> facts) {
  const std::uint32_t series = facts.front().series;
  const std::size_t added = changes.added;
  rows.open(series);
  while (rows.next()) {
    int order_of_keys = -1;
    while (!facts.empty() && (order_of_keys = compare_with_row(facts.front())) < 0) {
      add(facts.front());
      facts = facts.subspan(1);
    }
    if (!facts.empty() && order_of_keys == 0) {
      meet(facts.front());
      facts = facts.subspan(1);
    } else {
      summarizer.add(rows.row());
    }
  }
  rows.close();
  for (const PackedFact& fact : facts) add(fact);
  Summary summary = summarizer.take();
  if (changes.added == added && differing.empty()) return;
  for (const PackedFact& fact : std::exchange(differing, {})) {
    Observation before = change.apply(fact);
    if (changed.size() < kMostChanges) changed.push_back({unmarked(fact), std::move(before)});
  }
  summaries.emplace_back(series, std::move(summary));
}

// A fact and the row of its key.
void Loader::State::meet(const PackedFact& fact) {
  const SeriesRow& row = rows.row();
  if (is_used(fact)) {
    summarizer.add(row);
  } else if (change.is_in(row, fact)) {
    summarizer.add(row);
    ++changes.unchanged;
  } else {
    summarizer.add(change.merged(row, fact));
    differing.push_back(fact);
    ++changes.changed;
  }
}

int Loader::State::compare_with_row(const PackedFact& fact) const {
  const auto sign = [](std::int64_t a, std::int64_t b) { return a < b ? -1 : a > b ? 1 : 0; };
  if (const int order_of_periods = sign(fact.period, rows.row().period)) return order_of_periods;
  if (const int order_of_sources = sign(fact.source, rows.row().source)) return order_of_sources;
  return locator(fact).compare(rows.row().locator);
}

void Loader::State::flush() {
  const Unchecked unchecked(database);
  insert_rows();
  for (const auto& [series, summary] : summaries) write(series, summary);
  summaries.clear();
  if (care.pause) care.pause();
}

// Plain rows go in faster by themselves, unless others lie between them everywhere.
void Loader::State::insert_rows() {
  constexpr std::size_t kFew = 5;  // one in so many
  const auto is_plain = [](const PackedFact& fact) { return fact.detail == 0; };
  const auto plain = static_cast<std::size_t>(std::count_if(queue.begin(), queue.end(), is_plain));
  const std::span<const PackedFact> all = queue;
  if ((all.size() - plain) * kFew > all.size()) {
    table.insert(all);
  } else {
    std::stable_partition(queue.begin(), queue.end(), is_plain);
    table.insert_plain(all.first(plain));
    table.insert(all.subspan(plain));
  }
  queue.clear();
}

void Loader::State::write(std::uint32_t series, const Summary& summary) {
  const auto found = new_series.find(series);
  if (found == new_series.end()) {
    write_summary.put(series, summary);
    return;
  }
  const NewSeries& added = found->second;
  add_series.bind(1, added.id);
  add_series.bind(2, added.indicator);
  add_series.bind(3, added.entity);
  add_series.bind(4, added.scope);
  add_series.bind(5, added.measure);
  add_series.bind(6, added.among);
  add_series.bind(7, added.unit);
  bind_summary(add_series, 8, summary);
  add_series.exec();
  add_series.reset();
  new_series.erase(found);
}

Loader::Loader(Database& database, const Packer& packer, std::int64_t import,
               std::vector<std::string> columns, LoadCare care)
    : state_(database.guarded([&] {
        return std::make_unique<State>(database, packer, import, columns, std::move(care));
      })) {}

Loader::~Loader() = default;

void Loader::put(Block block) {
  state_->database.guarded([&] { state_->put(std::move(block)); });
}

void Loader::finish() {
  state_->database.guarded([&] { state_->finish(); });
}

Changes Loader::changes() const { return state_->changes; }
const std::vector<Loader::Clash>& Loader::clashes() const { return state_->clashes; }
std::size_t Loader::clash_count() const { return state_->clash_count; }
const std::vector<Loader::Change>& Loader::changed() const { return state_->changed; }

}  // namespace planfile
