// Puts packed observations into the file, as many as there are, as fast as SQLite takes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pack.h"
#include "planfile/file.h"
#include "planfile/model.h"
#include "summary.h"

namespace planfile {

// A block of facts and what it brought along.
struct Block {
  std::vector<PackedFact> facts;
  std::vector<NewSeries> series;
  std::vector<NewPeriod> periods;
};

// How a Loader goes about it.
struct LoadCare {
  std::size_t most_clashes = 1000;   // that are kept
  std::function<void()> pause = {};  // called now and then; what it throws ends the loading
};

// Loads blocks within the running transaction of `database`. Facts that are there already, equal,
// are passed over; those that differ bring the row up to date, whose former state goes to
// `revision`; of a row there already only the columns that the input has are compared. Two facts of
// the input with one key and different content are a clash. Order does not matter to the result:
// blocks whose series ascend are stored as they come, others are kept (32 bytes a fact) until
// `finish`, sorted and stored then. Keeps the summary of every series it touches true.
class Loader {
 public:
  // Two facts of the input for one row that differ: the first in the input's order, and the other.
  struct Clash {
    PackedFact first, second;
  };
  // A row that changed: its fact, and what was there before.
  struct Change {
    PackedFact now;
    Observation former;
  };

  // `database` is its alone until it has finished or is gone. `import` is the running one's number;
  // `columns` are those of observation.csv that the input has.
  Loader(Database& database, const Packer& packer, std::int64_t import,
         std::vector<std::string> columns, LoadCare care = {});
  ~Loader();

  void put(Block block);

  // Stores what was kept. Until then the counts below tell how far it has come.
  void finish();

  [[nodiscard]] Changes changes() const;
  [[nodiscard]] const std::vector<Clash>& clashes() const;  // the first of them
  [[nodiscard]] std::size_t clash_count() const;
  [[nodiscard]] const std::vector<Change>& changed() const;  // at most 100 are kept

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planfile
