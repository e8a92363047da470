#include "load.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "load_change.h"
#include "load_order.h"
#include "load_writer.h"
#include "series_rows.h"

namespace planfile {
namespace {

constexpr std::size_t kMostChanges = 100;
constexpr std::size_t kFlush = 1 << 16;  // rows that are written together

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

}  // namespace

struct Loader::State {
  State(Database& file, const Packer& details, std::int64_t number,
        std::span<const std::string> columns, LoadCare how)
      : care(std::move(how)),
        database(file),
        packer(details),
        order([this](std::span<PackedFact> facts) { return use(facts); }),
        summarizer(file),
        rows(file),
        counts(counts_of_series(file)),
        change(file, details, number, columns),
        writer(file, details, number) {}

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

  void keep(std::uint32_t series, Summary summary);
  void flush();

  LoadCare care;
  Database& database;
  const Packer& packer;
  LoadOrder order;
  Summarizer summarizer;
  SeriesRows rows;
  std::unordered_map<std::uint32_t, std::int64_t> counts;   // observations before this import
  std::unordered_map<std::uint32_t, NewSeries> new_series;  // not in the file yet
  LoadBatch batch;                                          // to write
  std::vector<PackedFact> differing;                        // of the series at hand
  LoadChange change;
  LoadWriter writer;

  Changes changes;
  std::vector<Clash> clashes;
  std::size_t clash_count = 0;
  std::vector<Change> changed;
};

void Loader::State::put(Block block) {
  for (const NewPeriod& period : block.periods) {
    summarizer.learn(period.id, period.period);
    batch.periods.push_back(period);
  }
  for (NewSeries& series : block.series) new_series.emplace(series.id, std::move(series));
  order.put(std::move(block.facts));
}

void Loader::State::finish() {
  order.finish();
  while (!new_series.empty()) keep(new_series.begin()->first, {});
  flush();
  writer.drain(care.pause);
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
  if (batch.rows.size() >= kFlush || batch.added.size() + batch.changed.size() >= kFlush) flush();
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
  batch.rows.push_back(fact);
  ++changes.added;
}

// All facts of a series that had none before.
void Loader::State::append(std::span<const PackedFact> facts) {
  for (const PackedFact& fact : facts) add(fact);
  keep(facts.front().series, summarizer.take());
}

// The facts of a series that has rows: both are in the order of their key.
void Loader::State::merge(std::span<const PackedFact> facts) {
  const std::uint32_t series = facts.front().series;
  const std::size_t added = changes.added;
  writer.drain();
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
  keep(series, std::move(summary));
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

// What a series says of its rows, to be written with it.
void Loader::State::keep(std::uint32_t series, Summary summary) {
  auto found = new_series.extract(series);
  if (found.empty()) {
    batch.changed.emplace_back(series, std::move(summary));
  } else {
    batch.added.emplace_back(std::move(found.mapped()), std::move(summary));
  }
}

void Loader::State::flush() {
  writer.put(std::exchange(batch, {}));
  if (care.pause) care.pause();
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
