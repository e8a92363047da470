#include "details.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "lookup.h"

namespace planfile {
namespace {

constexpr std::size_t kTextBlock = std::size_t{1} << 16;

std::uint32_t hash_of(const Detail& detail) {
  std::uint64_t hash = static_cast<std::uint64_t>(detail.decimals);
  const auto mix = [&](std::uint64_t part) { hash = (std::rotl(hash, 5) ^ part) * kHashMix; };
  if (detail.high) mix(std::bit_cast<std::uint64_t>(*detail.high));
  for (const std::string_view text : {detail.locator, detail.comparator, detail.status,
                                      detail.printed, detail.printed_unit, detail.note}) {
    mix(text.empty() ? 0 : hash_text(text));
  }
  return static_cast<std::uint32_t>(hash >> 32);
}

bool is_same(const Detail& a, const Detail& b) {
  return a.decimals == b.decimals && a.high == b.high && same_text(a.locator, b.locator) &&
         same_text(a.comparator, b.comparator) && same_text(a.status, b.status) &&
         same_text(a.printed, b.printed) && same_text(a.printed_unit, b.printed_unit) &&
         same_text(a.note, b.note);
}

}  // namespace

DetailStore::DetailStore() { add(count_++, {}); }

DetailStore::Place DetailStore::place_of(std::uint32_t number) {
  const std::size_t place = number + kFirst;
  const std::size_t block = std::bit_floor(place);
  return {static_cast<std::size_t>(std::countr_zero(block / kFirst)), place - block};
}

std::uint32_t DetailStore::number_of(const Detail& detail) {
  if (is_same(at(last_), detail)) return last_;
  if (is_same(at(0), detail)) return 0;
  const std::uint32_t hash = hash_of(detail);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; slots_[slot].number != 0; slot = (slot + 1) & mask) {
    const auto [its_hash, number] = slots_[slot];
    if (its_hash == hash && is_same(at(number), detail)) return last_ = number;
  }
  if (4 * std::size_t{count_ + 1} > 3 * slots_.size()) grow();
  last_ = count_++;
  add(last_, detail);
  enter({hash, last_});
  return last_;
}

void DetailStore::add(std::uint32_t number, const Detail& detail) {
  const auto [block, offset] = place_of(number);
  if (offset == 0) {
    blocks_[block].reserve(kFirst << block);
    starts_[block] = blocks_[block].data();
  }
  blocks_[block].push_back({.locator = keep(detail.locator),
                            .comparator = keep(detail.comparator),
                            .status = keep(detail.status),
                            .printed = keep(detail.printed),
                            .printed_unit = keep(detail.printed_unit),
                            .note = keep(detail.note),
                            .high = detail.high,
                            .decimals = detail.decimals});
}

void DetailStore::enter(Slot entry) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = entry.hash & mask;
  while (slots_[slot].number != 0) slot = (slot + 1) & mask;
  slots_[slot] = entry;
}

void DetailStore::grow() {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
  for (const Slot& slot : before) {
    if (slot.number != 0) enter(slot);
  }
}

std::string_view DetailStore::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > free_size_) {
    free_size_ = std::max(text.size(), kTextBlock);
    texts_.push_back(std::make_unique_for_overwrite<char[]>(free_size_));
    free_ = texts_.back().get();
  }
  const std::string_view kept(free_, text.size());
  free_ = std::copy(text.begin(), text.end(), free_);
  free_size_ -= text.size();
  return kept;
}

}  // namespace planfile
