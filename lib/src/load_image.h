// Observations as a database in memory, written page by page in SQLite's file format
// (https://www.sqlite.org/fileformat2.html). From such a one SQLite takes whole records over into
// an empty table without looking into them, in a third of the time that inserting them takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "database.h"
#include "pack.h"

namespace planfile {

class LoadImage {
 public:
  // Nothing where the file's table has rows, or other columns than this planfile knows.
  static std::unique_ptr<LoadImage> made_for(Database& database, std::int64_t import);
  ~LoadImage();

  // Takes a row that comes behind all rows before in the order of the key. Another one it refuses,
  // as one with a note or with long texts, or when it is full: those are to be inserted once it has
  // been stored.
  bool take(const PackedFact& fact, const Detail& detail);

  // Puts all rows into the file, within the running transaction and with SQLite's checks of rows
  // off. To be called once. Calls `pause`, if there is one, now and then; what it throws ends it.
  void store(const std::function<void()>& pause);

 private:
  struct State;
  explicit LoadImage(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace planfile
