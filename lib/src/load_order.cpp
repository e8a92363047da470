#include "load_order.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <iterator>
#include <utility>

namespace planfile {
namespace {

using Facts = std::vector<PackedFact>;

bool ascends(std::span<const PackedFact> facts) {
  return std::is_sorted(facts.begin(), facts.end(), [](const PackedFact& a, const PackedFact& b) {
    return a.series < b.series;
  });
}

// The facts at the front that are of one series.
std::span<PackedFact> front_series(std::span<PackedFact> facts) {
  const auto end = std::find_if(facts.begin(), facts.end(), [&](const PackedFact& fact) {
    return fact.series != facts.front().series;
  });
  return facts.first(static_cast<std::size_t>(end - facts.begin()));
}

// How many of the lowest bits of a series to leave out, so that what remains names few enough
// buckets, each of which the processor's caches can hold.
int bits_below_bucket(std::span<const Facts> parts) {
  constexpr int kBucketBits = 12;
  std::uint32_t last = 0;
  for (const Facts& part : parts) {
    for (const PackedFact& fact : part) last = std::max(last, fact.series);
  }
  return std::max(0, static_cast<int>(std::bit_width(last)) - kBucketBits);
}

std::uint64_t series_and_period(const PackedFact& fact) {
  return std::uint64_t{fact.series} << 32 | fact.period;
}

// All facts by bucket. Parts are let go as they are read.
struct Buckets {
  Facts facts;
  std::vector<std::size_t> ends;  // of each bucket
};

Buckets in_buckets(std::vector<Facts> parts) {
  const int below = bits_below_bucket(parts);
  Buckets buckets;
  auto& ends = buckets.ends;
  for (const Facts& part : parts) {
    for (const PackedFact& fact : part) {
      const std::size_t bucket = fact.series >> below;
      if (bucket >= ends.size()) ends.resize(bucket + 1);
      ++ends[bucket];
    }
  }
  std::size_t count = 0;
  for (std::size_t& end : ends) count += std::exchange(end, count);
  buckets.facts.resize(count);
  for (Facts& part : parts) {
    for (const PackedFact& fact : part) buckets.facts[ends[fact.series >> below]++] = fact;
    part = {};
  }
  return buckets;
}

}  // namespace

void LoadOrder::put(Facts facts) {
  if (facts.empty()) return;
  ascending_ = ascending_ && last_ <= facts.front().series && ascends(facts);
  last_ = facts.back().series;
  count_ += facts.size();
  waiting_.push_back(std::move(facts));
  if (ascending_ && count_ >= lead_) use_waiting();
}

void LoadOrder::use_waiting() {
  for (Facts& facts : std::exchange(waiting_, {})) use_block(std::move(facts));
}

void LoadOrder::use_block(Facts facts) {
  std::span<PackedFact> rest = facts;
  if (!open_.empty() && open_.front().series == rest.front().series) {
    const auto more = front_series(rest);
    open_.insert(open_.end(), more.begin(), more.end());
    rest = rest.subspan(more.size());
    if (rest.empty()) return;
  }
  use_open();
  auto kept = facts.begin();
  for (;;) {
    const auto series = front_series(rest);
    if (series.size() == rest.size()) break;
    const auto count = static_cast<std::ptrdiff_t>(use_(series));
    if (&*kept != series.data()) std::copy_n(series.begin(), count, kept);
    kept += count;
    rest = rest.subspan(series.size());
  }
  open_.assign(rest.begin(), rest.end());
  facts.erase(kept, facts.end());
  used_.push_back(std::move(facts));
}

void LoadOrder::use_open() {
  if (open_.empty()) return;
  open_.resize(use_(open_));
  used_.push_back(std::exchange(open_, {}));
}

void LoadOrder::finish() {
  if (ascending_) {
    use_waiting();
    use_open();
  } else {
    use_sorted();
  }
}

void LoadOrder::use_sorted() {
  for (Facts& facts : used_) {
    for (PackedFact& fact : facts) fact.file |= kUsed;
  }
  std::vector<Facts> all = std::exchange(used_, {});
  all.push_back(std::exchange(open_, {}));
  std::move(waiting_.begin(), waiting_.end(), std::back_inserter(all));
  waiting_.clear();
  Buckets buckets = in_buckets(std::move(all));
  std::size_t begin = 0;
  for (const std::size_t end : buckets.ends) {
    use_bucket(std::span(buckets.facts).subspan(begin, end - begin));
    begin = end;
  }
}

void LoadOrder::use_bucket(std::span<PackedFact> facts) {
  std::sort(facts.begin(), facts.end(), [](const PackedFact& a, const PackedFact& b) {
    return series_and_period(a) < series_and_period(b);
  });
  while (!facts.empty()) {
    const auto series = front_series(facts);
    if (!std::all_of(series.begin(), series.end(), is_used)) use_(series);
    facts = facts.subspan(series.size());
  }
}

}  // namespace planfile
