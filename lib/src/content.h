// What a file says, row by row as hashes: the base of content_hash, the manifest and verify.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "planfile/verify.h"
#include "row_hash.h"

namespace planfile {

// The rows of one table, or of one series of observations.
struct RowSum {
  std::int64_t rows = 0;
  Hash128 hash;

  bool operator==(const RowSum&) const = default;
  void add(const Hash128& row) {
    ++rows;
    hash += row;
  }
};

// An observation as far as it is told from others of its series, and its hash.
struct SeriesMark {
  std::int64_t period = 0, source = 0;  // ids
  std::string locator;
  Hash128 hash;
};

// Whoever wants to know of single rows. Keys are the values of the natural key in its order as a
// JSON array: `["gdp","330602","","level",""]`.
class ContentReader {
 public:
  virtual ~ContentReader() = default;

  // A row of any table but `observation`.
  virtual void row(std::string_view table, const std::string& key, const Hash128& hash) = 0;

  // The observations of one series. `marks` is empty unless `wants_marks`.
  virtual void series(std::int64_t id, const std::string& key, const RowSum& sum,
                      std::span<const SeriesMark> marks) = 0;

  [[nodiscard]] virtual bool wants_marks() const { return false; }
};

// What is wrong with rows, as verify tells it.
class FaultSink {
 public:
  virtual ~FaultSink() = default;
  virtual void fault(Check check, std::string message) = 0;
};

// Reads every table once. `reader` and `faults` may be null; with `faults`, observations are held
// against the rules of their table, their references, and the summaries of their series.
ContentHash read_content(Database& database, ContentReader* reader, FaultSink* faults);

}  // namespace planfile
