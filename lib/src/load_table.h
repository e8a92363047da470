// Packed facts as a table that SQLite reads itself. INSERT ... SELECT from it takes half the time
// of binding row by row.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "database.h"
#include "pack.h"

namespace planfile {

// The text of a value as it was printed; empty where the value says it.
class Printed {
 public:
  // Holds until the next call.
  std::string_view of(const Detail& detail, double value);

 private:
  std::array<char, 512> text_{};
};

// Adds rows to `observation`.
class LoadTable {
 public:
  LoadTable(Database& database, const Packer& packer, std::int64_t import);
  ~LoadTable();

  // Rows that are not there yet, in the order of their key: plain ones (detail 0), and any.
  void insert_plain(std::span<const PackedFact> facts);
  void insert(std::span<const PackedFact> facts);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planfile
