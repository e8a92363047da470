// A packed fact and the row that is there already.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "database.h"
#include "load_table.h"
#include "pack.h"
#include "planfile/model.h"
#include "revise.h"
#include "series_rows.h"

namespace planfile {

// Whether two values are the same; no number, NaN, is the same as none.
inline bool same_number(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

// Compares facts with the rows of their keys and changes these: only in what the input's columns
// say, as `Store::put` does.
class LoadChange {
 public:
  LoadChange(Database& database, const Packer& packer, std::int64_t import,
             std::span<const std::string> columns);

  // Whether the row says already what the fact says.
  bool is_in(const SeriesRow& row, const PackedFact& fact);

  // The row once the fact is in it.
  [[nodiscard]] SummaryRow merged(const SeriesRow& row, const PackedFact& fact) const;

  // Brings the fact's row up to date, keeps its former state in `revision` and returns that.
  Observation apply(const PackedFact& fact);

 private:
  // What the input says.
  struct Said {
    bool figure, unit, status, note;
  };

  [[nodiscard]] std::string_view status_beside(const PackedFact& fact,
                                               std::string_view before) const;
  void update_row(const PackedFact& fact, const Observation& before);

  const Packer& packer_;
  std::int64_t import_;
  Said said_;
  Printed printed_;
  SQLite::Statement former_, update_;
  Revisions revisions_;
};

}  // namespace planfile
