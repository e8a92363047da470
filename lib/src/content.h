// What a file says, row by row as hashes: the base of content_hash, the manifest and verify.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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
  void add(const RowSum& other) {
    rows += other.rows;
    hash += other.hash;
  }
};

struct ObservationSums {
  RowSum rows;
  RowSum brought;  // those that an import brought, with its number
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

// How many faults of each check are told one by one.
inline constexpr std::size_t kFaultsTold = 100;

// What is wrong with rows, as verify tells it.
class FaultSink {
 public:
  virtual ~FaultSink() = default;
  virtual void fault(Check check, std::string message) = 0;
  virtual void more(std::int64_t count) = 0;  // that are not told one by one
};

// Reads every table once. `reader` and `faults` may be null; with `faults`, observations are held
// against the rules of their table, their references, and the summaries of their series.
ContentHash read_content(Database& database, ContentReader* reader, FaultSink* faults);

// The same, but for observations, which `observations` reads, or has read.
ContentHash read_content(Database& database, ContentReader* reader,
                         const std::function<ObservationSums()>& observations);

}  // namespace planfile
