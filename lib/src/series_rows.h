// The observations of a file, read in the order of their key without the cost of SQLiteCpp's
// columns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "database.h"
#include "summary.h"

struct sqlite3_stmt;

namespace planfile {

// One whole observation. Absent texts are empty.
struct SeriesRow : SummaryRow {
  std::int64_t series = 0;
  double high = 0;  // NaN: no range
  std::string_view printed, printed_unit, note;
  std::optional<std::int64_t> import;
};

class SeriesRows {
 public:
  explicit SeriesRows(Database& database);

  // Those of one series, or of all from the first to the last.
  void open(std::int64_t series) { open(series, series); }
  void open(std::int64_t first, std::int64_t last);
  bool next();
  void close();  // before the table is written to

  // Holds until the next call of `next`.
  [[nodiscard]] const SeriesRow& row() const { return row_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  SeriesRow row_;
};

}  // namespace planfile
