#include "details.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "lookup.h"

namespace planfile {
namespace {

constexpr std::size_t kTextBlock = std::size_t{1} << 16;

using Texts = std::array<std::string_view, 5>;

Texts texts_of(const DetailStore::Key& key) {
  return {key.locator, key.status, key.printed, key.printed_unit, key.note};
}

std::uint32_t hash_of(const DetailStore::Key& key) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;
  std::uint64_t hash =
      static_cast<std::uint64_t>(key.decimals + 1) * 8 + static_cast<std::uint64_t>(key.comparator);
  const auto mix = [&](std::uint64_t part) {
    hash = (hash ^ part) * kMix;
    hash ^= hash >> 32;
  };
  mix(std::isnan(key.high) ? 0 : std::bit_cast<std::uint64_t>(key.high));
  for (const std::string_view text : texts_of(key)) {
    mix(text.empty() ? 0 : hash_text(text));
  }
  return static_cast<std::uint32_t>(hash);
}

bool is_same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

DetailStore::DetailStore() : slots_(1024) {
  const Key plain;
  write(0, plain, hash_of(plain));
}

DetailStore::Place DetailStore::place_of(std::uint32_t number) {
  const std::uint64_t place = std::uint64_t{number} + (std::uint64_t{1} << kFirstBits);
  const auto bits = static_cast<int>(std::bit_width(place)) - 1;
  return {static_cast<std::size_t>(bits - kFirstBits),
          static_cast<std::size_t>(place - (std::uint64_t{1} << bits))};
}

bool DetailStore::is(const Entry& entry, const Key& key) const {
  if (entry.decimals != key.decimals || !is_same(entry.high, key.high) ||
      entry.comparator != static_cast<std::uint8_t>(key.comparator)) {
    return false;
  }
  const char* text = entry.text;
  for (std::size_t at = 0; const std::string_view wanted : texts_of(key)) {
    if (!same_text(wanted, {text, entry.sizes[at]})) return false;
    text += entry.sizes[at++];
  }
  return true;
}

std::uint32_t DetailStore::number_of(const Key& key) {
  if (is(entry(last_), key)) return last_;
  if (is(entry(0), key)) return 0;
  const std::uint32_t hash = hash_of(key);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at] != 0; at = (at + 1) & mask) {
    const Entry& found = entry(slots_[at]);
    if (found.hash == hash && is(found, key)) return last_ = slots_[at];
  }
  if (4 * std::size_t{count_ + 1} > 3 * slots_.size()) grow();
  last_ = count_++;
  write(last_, key, hash);
  enter(last_);
  return last_;
}

void DetailStore::write(std::uint32_t number, const Key& key, std::uint32_t hash) {
  const auto [block, offset] = place_of(number);
  if (offset == 0) {
    blocks_[block] =
        std::make_unique_for_overwrite<Entry[]>(std::size_t{1} << (block + kFirstBits));
  }
  Entry& made = blocks_[block][offset];
  made.text = keep(key);
  made.high = key.high;
  made.hash = hash;
  made.comparator = static_cast<std::uint8_t>(key.comparator);
  made.decimals = static_cast<std::int8_t>(key.decimals);
  for (std::size_t at = 0; const std::string_view text : texts_of(key)) {
    made.sizes[at++] = static_cast<std::uint32_t>(text.size());
  }
}

// Copies the texts of a detail to where they stay.
const char* DetailStore::keep(const Key& key) {
  std::size_t size = 0;
  for (const std::string_view text : texts_of(key)) size += text.size();
  if (size > free_size_) {
    free_size_ = std::max(size, kTextBlock);
    texts_.push_back(std::make_unique_for_overwrite<char[]>(free_size_));
    free_ = texts_.back().get();
  }
  const char* const kept = free_;
  for (const std::string_view text : texts_of(key))
    free_ = std::copy(text.begin(), text.end(), free_);
  free_size_ -= size;
  return kept;
}

void DetailStore::enter(std::uint32_t number) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = entry(number).hash & mask;
  while (slots_[at] != 0) at = (at + 1) & mask;
  slots_[at] = number;
}

void DetailStore::grow() {
  slots_.assign(2 * slots_.size(), 0);
  for (std::uint32_t number = 1; number < count_; ++number) enter(number);
}

Detail DetailStore::at(std::uint32_t number) const {
  const Entry& found = entry(number);
  const char* text = found.text;
  const auto next = [&](std::size_t part) {
    const std::string_view taken(text, found.sizes[part]);
    text += taken.size();
    return std::string(taken);
  };
  Detail detail;
  detail.locator = next(0);
  detail.comparator = to_text(static_cast<Comparator>(found.comparator));
  detail.status = next(1);
  detail.printed = next(2);
  detail.printed_unit = next(3);
  detail.note = next(4);
  if (!std::isnan(found.high)) detail.high = found.high;
  detail.decimals = found.decimals;
  return detail;
}

}  // namespace planfile
