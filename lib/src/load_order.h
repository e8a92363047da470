// Brings packed facts together series by series, whatever order they come in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "pack.h"

namespace planfile {

// Marks a fact that a series brings a second time: it was used already. Kept in the highest bit of
// `file`, which numbers the files of one import.
inline constexpr std::uint32_t kUsed = std::uint32_t{1} << 31;
inline bool is_used(const PackedFact& fact) { return (fact.file & kUsed) != 0; }

// While the series of what comes ascend, each is used once the next one begins. From the first that
// comes too late on all is kept until `finish`, sorted and used then; a series that was used before
// is used again with all its facts, those of the first time marked. Takes 32 bytes for each fact,
// and as much again while sorting.
class LoadOrder {
 public:
  // Gets the facts of one series, puts those that it keeps to the front and returns their number.
  using Use = std::function<std::size_t(std::span<PackedFact>)>;

  // So many facts wait before the first is used: by then a table that begins anew with each period
  // has shown that its series do not ascend. Rows that find others behind them go in slower.
  static constexpr std::size_t kLead = 1 << 18;

  explicit LoadOrder(Use use, std::size_t lead = kLead) : use_(std::move(use)), lead_(lead) {}

  void put(std::vector<PackedFact> facts);
  void finish();

 private:
  void use_waiting();
  void use_block(std::vector<PackedFact> facts);
  void use_open();
  void use_sorted();
  void use_bucket(std::span<PackedFact> facts);

  Use use_;
  std::size_t lead_;
  std::vector<std::vector<PackedFact>> waiting_, used_;
  std::vector<PackedFact> open_;  // the series that may go on in the next block
  std::size_t count_ = 0;
  std::uint32_t last_ = 0;  // series
  bool ascending_ = true;
};

}  // namespace planfile
