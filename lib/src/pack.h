// Observations in packed form: what 10 million of them need on their way from text to table.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "reader.h"

namespace planfile {

// An observation by the ids of what it refers to. `series` and `period` may be new: see News.
struct PackedFact {
  std::uint32_t series = 0, period = 0, source = 0;
  std::uint32_t detail = 0;  // 0: a plain number that says itself, status A, no locator, no note
  double value = 0;          // NaN: no number
  std::uint32_t line = 0, file = 0;
};

// What an observation says beyond its value; rows that say alike share one. Its texts are the
// packer's: millions of rows may have a detail each.
struct Detail {
  std::string_view locator = {}, comparator = "=", status = "A", printed = {}, printed_unit = {},
                   note = {};
  std::optional<double> high = {};
  // >= 0: printed is the value with so many decimals (12.50, 0.00001), and stands empty here.
  int decimals = -1;

  bool operator==(const Detail&) const = default;
};

// Series and periods that packed facts brought and that are not in the file yet.
struct NewSeries {
  std::uint32_t id = 0;
  std::int64_t indicator = 0, entity = 0, scope = 0, among = 0, unit = 0;  // among 0: none
  std::string measure;
};
struct NewPeriod {
  std::uint32_t id = 0;
  Period period;
};

// Turns rows into packed facts. Made within the edit that will store them, it takes all ids from
// the file once and asks it no more, so that it can work on a thread of its own. What the facts
// refer to must be in the file by then; only series and periods may be new. `known` must outlive
// it.
class Packer {
 public:
  // Errc::refused when an id of the file has no room in 32 bits.
  Packer(Database& database, const Catalogue& known, const Defaults& defaults);
  ~Packer();

  // The quick way for rows as most are: known names, a plain number, no unit but the series' own or
  // one that converts. Nothing when the row is anything else, or at fault: `read_fact` tells.
  // Each text is looked up once and remembered with what it stands for.
  std::optional<PackedFact> quick(const CellsOf<Observation>& cells);

  // Any observation that `read_fact` gave. Errc::refused when the file lacks what it refers to.
  PackedFact pack(const Observation& fact);

  // The details, by their number; number 0 is the plain one. Safe to read up to the count that was
  // there when a fact was handed over. They stay where they are as long as the packer lives.
  [[nodiscard]] const Detail& detail(std::uint32_t number) const;

  // What turned up since the last call.
  std::vector<NewSeries> take_new_series();
  std::vector<NewPeriod> take_new_periods();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace planfile
