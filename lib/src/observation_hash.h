// The hash of an observation by what it says: codes stand in the place of ids.
#pragma once

#include <string>

#include "by_id.h"
#include "database.h"
#include "row_hash.h"
#include "series_rows.h"

namespace planfile {

// A series by its natural key.
struct SeriesCodes {
  std::string indicator, entity, scope, measure, among;
};

// The key as ContentReader has it.
std::string key_of(const SeriesCodes& codes);

class ObservationHash {
 public:
  // Takes the codes of periods and sources from the file.
  explicit ObservationHash(Database& database);

  // The series of the rows that follow.
  void begin(const SeriesCodes& codes);

  // The hash of a row with the ids of that file. What an id does not lead to counts as nothing.
  [[nodiscard]] Hash128 of(const SeriesRow& row);

  // Whether the file has the period and the source.
  [[nodiscard]] bool knows(std::int64_t period, std::int64_t source) const {
    return periods_.find(period) != nullptr && sources_.find(source) != nullptr;
  }

 private:
  ById<Hash128> periods_, sources_;
  Hash128 series_;
  RowHash row_;
};

// The hash of "this row came by that import".
class BroughtHash {
 public:
  [[nodiscard]] Hash128 of(const Hash128& row, std::int64_t import);

 private:
  RowHash pair_;
};

}  // namespace planfile
