// Details of packed facts, each kept once, in little memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "pack.h"

namespace planfile {

// Gives each different detail a number. One thread may add while another reads those whose numbers
// it was handed: nothing that stands there moves.
class DetailStore {
 public:
  struct Key {
    std::string_view locator = {}, status = "A", printed = {}, printed_unit = {}, note = {};
    double high = std::numeric_limits<double>::quiet_NaN();  // NaN: none
    Comparator comparator = Comparator::equal;
    int decimals = -1;  // as Detail::decimals, below 16
  };

  DetailStore();

  // 0 for the plain one.
  std::uint32_t number_of(const Key& key);

  [[nodiscard]] Detail at(std::uint32_t number) const;

 private:
  // The texts stand one behind the other: locator, status, printed, unit, note.
  struct Entry {
    const char* text;
    double high;
    std::uint32_t sizes[5];
    std::uint32_t hash;
    std::uint8_t comparator;
    std::int8_t decimals;
  };

  static constexpr int kFirstBits =
      10;  // the first block has 2^10 entries, each next one twice as many
  static constexpr std::size_t kBlocks = 32 - kFirstBits + 1;

  struct Place {
    std::size_t block, offset;
  };

  static Place place_of(std::uint32_t number);
  [[nodiscard]] const Entry& entry(std::uint32_t number) const {
    const auto [block, offset] = place_of(number);
    return blocks_[block][offset];
  }
  [[nodiscard]] bool is(const Entry& entry, const Key& key) const;
  void write(std::uint32_t number, const Key& key, std::uint32_t hash);
  const char* keep(const Key& key);
  void enter(std::uint32_t number);
  void grow();

  std::array<std::unique_ptr<Entry[]>, kBlocks> blocks_;
  std::vector<std::unique_ptr<char[]>> texts_;
  char* free_ = nullptr;
  std::size_t free_size_ = 0;
  std::vector<std::uint32_t> slots_;  // numbers by hash, 0 where free; a power of two
  std::uint32_t count_ = 1, last_ = 0;
};

}  // namespace planfile
