// Details of packed facts, each kept once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "pack.h"

namespace planfile {

// Gives each different detail a number. One thread may add while another reads those whose numbers
// it was handed: what stands here never moves.
class DetailStore {
 public:
  DetailStore();

  // 0 for the plain one. Copies the texts of one that is new.
  std::uint32_t number_of(const Detail& detail);

  [[nodiscard]] const Detail& at(std::uint32_t number) const {
    const auto [block, offset] = place_of(number);
    return starts_[block][offset];
  }

 private:
  static constexpr std::size_t kFirst =
      1024;  // details in the first block; each next has twice as many
  static constexpr std::size_t kBlocks = 32;
  struct Place {
    std::size_t block, offset;
  };
  struct Slot {
    std::uint32_t hash = 0, number = 0;  // number 0: free
  };

  static Place place_of(std::uint32_t number);
  void add(std::uint32_t number, const Detail& detail);
  void enter(Slot entry);
  void grow();
  std::string_view keep(std::string_view text);

  // Each block has room for all of its details from the start. A reader goes by `starts_`, of
  // which nothing changes that it may look at.
  std::array<std::vector<Detail>, kBlocks> blocks_;
  std::array<const Detail*, kBlocks> starts_ = {};
  std::vector<std::unique_ptr<char[]>> texts_;
  char* free_ = nullptr;
  std::size_t free_size_ = 0;
  std::vector<Slot> slots_ = std::vector<Slot>(1024);  // a power of two
  std::uint32_t count_ = 0, last_ = 0;
};

}  // namespace planfile
