// Hash tables for what is looked up in every row of millions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace planfile {

// Texts of tables are short: what follows beats calls to the library's memcmp and hash.

template <class Word>
Word word_at(const char* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

inline bool same_text(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 16) return a == b;
  const char* const x = a.data();
  const char* const y = b.data();
  const auto same = [&]<class Word>(Word, std::size_t at) {
    return word_at<Word>(x + at) == word_at<Word>(y + at);
  };
  if (size >= 8) return same(std::uint64_t{}, 0) && same(std::uint64_t{}, size - 8);
  if (size >= 4) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - 4);
  if (size >= 2) return same(std::uint16_t{}, 0) && same(std::uint16_t{}, size - 2);
  return size == 0 || *x == *y;
}

inline constexpr std::uint64_t kHashMix = 0x9E3779B97F4A7C15;  // 2^64 / the golden ratio

inline std::uint64_t hash_text(std::string_view text) {
  const std::size_t size = text.size();
  std::uint64_t hash = size;
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * kHashMix;
    hash ^= hash >> 32;
  };
  const char* const at = text.data();
  if (size >= 8) {
    for (std::size_t done = 0; done + 8 < size; done += 8) mix(word_at<std::uint64_t>(at + done));
    mix(word_at<std::uint64_t>(at + size - 8));
  } else if (size >= 4) {
    mix((std::uint64_t{word_at<std::uint32_t>(at)} << 32) | word_at<std::uint32_t>(at + size - 4));
  } else {
    for (const char c : text) mix(static_cast<unsigned char>(c));
  }
  mix(0);
  return hash;
}

// Values by text. What was asked last is found without hashing: columns repeat themselves.
template <class Value>
class TextTable {
 public:
  // Null when there is none; holds until the next `put`.
  Value* find(std::string_view text) {
    if (last_ < entries_.size() && same_text(entries_[last_].text, text)) {
      return &entries_[last_].value;
    }
    const std::uint64_t hash = hash_text(text);
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Slot& slot = slots_[at];
      if (slot.entry == kFree) return nullptr;
      if (slot.hash != short_of(hash) || !same_text(entries_[slot.entry].text, text)) continue;
      last_ = slot.entry;
      return &entries_[last_].value;
    }
  }

  // Adds a text that is not there yet.
  Value& put(std::string_view text, Value value) {
    if (2 * (entries_.size() + 1) > slots_.size()) grow();
    last_ = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back({std::string(text), std::move(value)});
    place(hash_text(text), last_);
    return entries_.back().value;
  }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;
  struct Slot {
    std::uint32_t hash = 0, entry = kFree;
  };
  struct Entry {
    std::string text;
    Value value;
  };

  static std::uint32_t short_of(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> 32);
  }
  [[nodiscard]] std::size_t mask() const { return slots_.size() - 1; }

  void place(std::uint64_t hash, std::uint32_t entry) {
    std::size_t at = hash & mask();
    while (slots_[at].entry != kFree) at = (at + 1) & mask();
    slots_[at] = {short_of(hash), entry};
  }

  void grow() {
    slots_.assign(2 * slots_.size(), {});
    for (std::uint32_t at = 0; at < entries_.size(); ++at) {
      place(hash_text(entries_[at].text), at);
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);  // a power of two
  std::vector<Entry> entries_;
  std::uint32_t last_ = kFree;
};

// Numbers above zero by keys of 64 bits.
class KeyTable {
 public:
  // Zero when there is none.
  [[nodiscard]] std::uint32_t find(std::uint64_t key) const {
    for (std::size_t at = place_of(key);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.value == 0 || slot.key == key) return slot.value;
    }
  }

  // Adds a key that is not there yet.
  void put(std::uint64_t key, std::uint32_t value) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    ++size_;
    place({key, value});
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t value = 0;
  };

  [[nodiscard]] std::size_t place_of(std::uint64_t key) const {
    return static_cast<std::size_t>(((key ^ (key >> 32)) * kHashMix) >> shift_);
  }

  void place(const Slot& slot) {
    std::size_t at = place_of(slot.key);
    while (slots_[at].value != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }

  void grow() {
    const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    --shift_;
    for (const Slot& slot : before) {
      if (slot.value != 0) place(slot);
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(64);  // a power of two
  int shift_ = 64 - 6;                               // leaves as many bits as it has places
  std::size_t size_ = 0;
};

}  // namespace planfile
