// Reads the observations of some series: their hashes, and what is wrong with them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "content.h"
#include "observation_hash.h"
#include "series_rows.h"
#include "summary.h"

namespace planfile {

// Whether the kind and days of each period follow from its code, which is what all but the views
// go by. Tells those that don't; false when there is one that can't be read at all.
bool periods_are_sound(Database& database, FaultSink& faults);

// One connection's.
class ObservationReading {
 public:
  // What rows are held against: nothing; their table's rules and references; the summaries of their
  // series as well, for which every period must be readable.
  enum class Rules { none, of_rows, all };

  // `reader` may be null.
  ObservationReading(Database& database, ContentReader* reader, Rules rules);

  // The series from the first id to the last.
  ObservationSums read(std::int64_t first, std::int64_t last, FaultSink* faults);

 private:
  // One series as the table says it.
  struct SeriesSaid {
    std::int64_t id = 0;
    SeriesCodes codes;
    std::string unit, level_unit;
    Summary summary;
  };
  static SeriesSaid series_in(SQLite::Statement& row);

  void advance();
  void pass_empty_series();
  void begin_series(std::int64_t id);
  void take(const SeriesRow& row);
  bool is_status(std::string_view text);
  bool is_import(std::int64_t id);
  void hold_against_rules(const SeriesRow& row);
  void finish();
  void compare(const SeriesSaid& said, const Summary& due);
  void fault(Check check, const std::string& what);

  ContentReader* reader_;
  Rules rules_;
  FaultSink* faults_ = nullptr;
  std::set<std::int64_t, std::less<>> imports_;
  std::set<std::string, std::less<>> statuses_, units_;
  std::string status_;                  // the last one that was known
  std::optional<std::int64_t> import_;  // likewise
  SQLite::Statement all_series_;
  SeriesRows rows_;
  ObservationHash hash_;
  BroughtHash pair_;
  std::optional<Summarizer> summarizer_;

  SeriesSaid next_;                 // the first one of the table that is not dealt with
  bool at_end_ = false;             // there is none
  std::optional<SeriesSaid> said_;  // whose observations are being read
  RowSum sum_;
  std::vector<SeriesMark> marks_;
  ObservationSums sums_;
};

}  // namespace planfile
