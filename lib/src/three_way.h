// Three-way merging of one row, column by column. What both sides changed differently is left to a
// judge.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cells.h"
#include "compare.h"

namespace planfile {

enum class Side { base, ours, theirs };

// A row of the three files.
template <class Fact>
struct Three {
  const std::optional<Fact>&base, &ours, &theirs;

  [[nodiscard]] const std::optional<Fact>& of(Side side) const {
    if (side == Side::base) return base;
    return side == Side::ours ? ours : theirs;
  }
};

// The columns that only make sense together go by the name of the first. A unit goes with every
// figure of its row, but only where it is at stake.
inline std::string_view group_of(std::string_view table, std::string_view column,
                                 bool unit_at_stake) {
  if (table == "observation" && (column == "unit" || column == "status")) return "value";
  if (table == "target" && (column == "base_value" || column == "base_period")) {
    return unit_at_stake ? "value" : "base_value";
  }
  if (table == "target" && column == "unit") return "value";
  if (table == "project" && column == "unit") return "investment";
  if (table == "outlay" && (column == "unit" || (column == "spent" && unit_at_stake))) {
    return "planned";
  }
  if (table == "unit" && (column == "base" || column == "factor")) return "dimension";
  return column;
}

template <class Fact>
class ThreeWay {
 public:
  explicit ThreeWay(const Three<Fact>& rows) : rows_(rows), merged_(*rows.ours) {
    if constexpr (requires { merged_.unit; }) {
      unit_at_stake_ =
          rows.ours->unit != rows.theirs->unit || (rows.base && rows.base->unit != rows.ours->unit);
    }
  }

  // Takes what one side alone changed; returns the groups in which both did, differently.
  std::vector<std::string_view> run() {
    std::vector<std::string_view> groups, disputed;
    each_column<Fact>([&](const auto& column) {
      if (in_key(column) || column.name == "import") return;
      const auto group = group_of(table_of<Fact>, column.name, unit_at_stake_);
      if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
    });
    for (const std::string_view group : groups) {
      if (is_same(group, rows_.ours, rows_.theirs)) continue;
      if (rows_.base && is_same(group, rows_.base, rows_.theirs)) continue;
      if (rows_.base && is_same(group, rows_.base, rows_.ours)) {
        take(group, Side::theirs);
      } else {
        disputed.push_back(group);
      }
    }
    return disputed;
  }

  // Calls `use(column)` for those of a group in which the sides differ.
  template <class Use>
  void each_disputed(std::string_view group, Use&& use) const {
    each_of(group, [&](const auto& column) {
      if ((*rows_.ours).*column.member == (*rows_.theirs).*column.member) return;
      use(column);
    });
  }

  void take(std::string_view group, Side side) {
    took_theirs_ = took_theirs_ || side == Side::theirs;
    each_of(group,
            [&](const auto& column) { merged_.*column.member = (*rows_.of(side)).*column.member; });
  }

  [[nodiscard]] bool took_theirs() const { return took_theirs_; }
  [[nodiscard]] const Fact& merged() const { return merged_; }

 private:
  template <class Use>
  void each_of(std::string_view group, Use&& use) const {
    each_column<Fact>([&](const auto& column) {
      if (in_key(column) || column.name == "import") return;
      if (group_of(table_of<Fact>, column.name, unit_at_stake_) == group) use(column);
    });
  }

  bool is_same(std::string_view group, const std::optional<Fact>& a,
               const std::optional<Fact>& b) const {
    bool same = true;
    each_of(group,
            [&](const auto& column) { same = same && (*a).*column.member == (*b).*column.member; });
    return same;
  }

  Three<Fact> rows_;
  Fact merged_;
  bool unit_at_stake_ = false, took_theirs_ = false;
};

}  // namespace planfile
