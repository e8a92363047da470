// What each series says of its observations, worked out in one pass over them. The view
// `series_summary` defines it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "planfile/period.h"

namespace planfile {

// One observation as far as a summary follows from it.
struct SummaryRow {
  std::int64_t period = 0, source = 0;
  std::string_view locator, comparator, status;
  double value = 0;  // NaN: no number
};

// The columns of `series` that follow from its observations. Without a number where there is none.
struct Summary {
  std::int64_t observations = 0;
  std::optional<std::int64_t> first_period, last_period, last_source, previous_period;
  std::optional<double> first_value, last_value, previous_value, lowest, highest;
  std::string last_locator;
};

class Summarizer {
 public:
  // Takes periods, sources and statuses from the file.
  explicit Summarizer(Database& database);
  ~Summarizer();

  // A period that came after.
  void learn(std::int64_t id, const Period& period);

  // The next observation of a series, in the order of their key.
  void add(const SummaryRow& row);

  // The summary of what was added since the last call.
  Summary take();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Writes summaries into rows of `series`.
class SummaryWriter {
 public:
  explicit SummaryWriter(Database& database);
  void put(std::int64_t series, const Summary& summary);

 private:
  SQLite::Statement update_;
};

// The summary's columns in the order in which `bind_summary` binds them from `at` on.
inline constexpr std::string_view kSummaryColumns =
    "observations, first_period_id, first_value, last_period_id, last_source_id, last_locator, "
    "last_value, previous_period_id, previous_value, lowest, highest";
inline constexpr int kSummaryCount = 11;
void bind_summary(SQLite::Statement& statement, int at, const Summary& summary);

// Brings the summary of each of these series up to date with its observations; of all series when
// none is named.
void summarize(Database& database, std::span<const std::int64_t> series);

}  // namespace planfile
