// Fills the cells of a fact from a row of a CSV, as a bound rule says.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "binding.h"
#include "cells.h"
#include "planfile/csv.h"
#include "planfile/model.h"
#include "planfile/value.h"
#include "reader.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {

// The place of a column among those of a fact.
template <class Fact>
constexpr std::size_t index_of(std::string_view name) {
  std::size_t at = 0, found = kNoColumn;
  std::apply([&](const auto&... column) { ((column.name == name ? found = at : at, ++at), ...); },
             columns_of<Fact>);
  return found;
}

// A rule whose columns are those of `Fact`, by place.
template <class Fact>
class Filler {
 public:
  // `known` must outlive it.
  Filler(const BoundRule& rule, const Catalogue& known) : rule_(rule), known_(&known) {
    parts_ = parts_of(rule.columns);
    bracketed_ = parts_of(rule.bracketed);
  }

  // Whether the cells are those of the row as they stand.
  [[nodiscard]] bool is_plain() const {
    const bool takes_codes = std::any_of(rule_.columns.begin(), rule_.columns.end(),
                                         [](const auto& one) { return one.second.takes_code; });
    return rule_.bracketed.empty() && multiplier_ == kNoColumn && !takes_codes && !has_year_ &&
           !titled_unit_;
  }

  // Whether the row has this fact at all.
  [[nodiscard]] bool applies(const Row& row) const {
    if (rule_.value_cells.empty()) return true;
    return std::any_of(rule_.value_cells.begin(), rule_.value_cells.end(),
                       [&](std::size_t cell) { return !trim(row.cells[cell]).empty(); });
  }

  // The cells hold as long as the row and until the next call.
  void fill(const Row& row, CellsOf<Fact>& cells) {
    put(parts_, row, cells);
    if (is_plain()) return;
    made_.clear();
    take_titled_unit(row, cells);
    unbracket(row, cells);
    complete_periods(row, cells);
    multiply(row, cells);
  }

  // What tables add to names and units, taken off again: `其中：` and `#` before the name of a
  // part, a dash where there is no unit. For rows that are not understood as they stand.
  void tidy(CellsOf<Fact>& cells) const {
    constexpr std::size_t kUnit = index_of<Fact>("unit"), kName = index_of<Fact>("indicator");
    if constexpr (kName != kNoColumn) {
      if (!resolve(*known_, "indicator", cells[kName]))
        cells[kName] = without_of_which(cells[kName]);
    }
    if constexpr (kUnit != kNoColumn) {
      const auto figure = parse_value(cells[kUnit]);
      if (figure && figure->missing) cells[kUnit] = {};
    }
  }

  // The cell of the CSV that says a column of the fact.
  [[nodiscard]] std::size_t cell_of(std::string_view column) const {
    for (const auto& [name, from] : rule_.columns) {
      if (name == column) return from.column;
    }
    return kNoColumn;
  }

 private:
  struct Part {
    std::size_t index;
    BoundColumn from;
  };

  std::vector<Part> parts_of(const std::vector<std::pair<std::string, BoundColumn>>& columns) {
    std::vector<Part> parts;
    for (const auto& one : columns) {  // not taken apart: clang captures no such names
      const std::string& name = one.first;
      const BoundColumn& from = one.second;
      if (from.is_titled) titled_unit_ = from;
      if (name == kUnitMult) multiplier_ = from.column;
      if (name == kYear) {
        has_year_ = true;
        year_ = from;
      }
      each_cell<Fact>([&](const auto& column, std::size_t index) {
        if (column.name == name) parts.push_back({index, from});
      });
    }
    return parts;
  }

  static void put(const std::vector<Part>& parts, const Row& row, CellsOf<Fact>& cells) {
    for (const Part& part : parts) {
      const bool constant = part.from.column == kNoColumn;
      const std::string_view text =
          constant ? std::string_view(part.from.text) : row.cells[part.from.column];
      cells[part.index] = part.from.takes_code ? code_of(text) : text;
    }
  }

  // The unit of the titles holds for rows that name none themselves: left empty, the one in
  // brackets behind the indicator's name is taken.
  void take_titled_unit(const Row& row, CellsOf<Fact>& cells) const {
    constexpr std::size_t kUnit = index_of<Fact>("unit"), kName = index_of<Fact>("indicator");
    if constexpr (kUnit != kNoColumn) {
      if (!titled_unit_) return;
      const std::size_t cell = titled_unit_->column;
      if (cell != kNoColumn && !trim(row.cells[cell]).empty()) return;
      cells[kUnit] = titled_unit_->text;
      if constexpr (kName != kNoColumn) {
        if (!split_unit(cells[kName], *known_).unit.empty()) cells[kUnit] = {};
      }
    }
  }

  // A figure in square brackets is another: `[13.5]` is the sum of the plan's years.
  void unbracket(const Row& row, CellsOf<Fact>& cells) {
    if (rule_.bracketed.empty()) return;
    bool found = false;
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      using Value = std::remove_cvref_t<decltype(std::declval<Fact>().*column.member)>;
      if constexpr (std::is_same_v<Value, Figure>) {
        const auto inside = unbracketed(cells[index]);
        if (!inside) return;
        found = true;
        cells[index] = *inside;
      }
    });
    if (found) put(bracketed_, row, cells);
  }

  // A period that names no year has that of another cell, or of the titles.
  void complete_periods(const Row& row, CellsOf<Fact>& cells) {
    if (!has_year_) return;
    const std::string_view year =
        year_.column == kNoColumn ? std::string_view(year_.text) : row.cells[year_.column];
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      using Value = std::remove_cvref_t<decltype(std::declval<Fact>().*column.member)>;
      if constexpr (std::is_same_v<Value, Period> || std::is_same_v<Value, std::optional<Period>>) {
        if (cells[index].empty()) return;
        cells[index] = made_.emplace_back(period_in_year(cells[index], trim(year)));
      }
    });
  }

  // SDMX's UNIT_MULT is a power of ten; statistics in Chinese have a word for each.
  void multiply(const Row& row, CellsOf<Fact>& cells) {
    if (multiplier_ == kNoColumn) return;
    constexpr std::string_view kPowers[] = {"",     "十", "百",   "千",   "万",   "十万", "百万",
                                            "千万", "亿", "十亿", "百亿", "千亿", "万亿"};
    const std::string_view text = code_of(trim(row.cells[multiplier_]));
    std::size_t power = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), power);
    if (error != std::errc() || power == 0 || power >= std::size(kPowers)) return;
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      if (column.name != (cells_have_unit(cells) ? "unit" : "value")) return;
      const std::string before(column.name == "unit" ? kPowers[power] : cells[index]);
      const std::string after(column.name == "unit" ? cells[index] : kPowers[power]);
      if (!cells[index].empty()) cells[index] = made_.emplace_back(before + after);
    });
  }

  static std::string_view without_of_which(std::string_view name) {
    constexpr std::string_view kOpenings[] = {"其中：", "其中:", "其中", "#", "＃"};
    std::string_view rest = trim(name);
    for (const std::string_view opening : kOpenings) {
      if (rest.size() > opening.size() && take(rest, opening)) return trim(rest);
    }
    return name;
  }

  static bool cells_have_unit(const CellsOf<Fact>& cells) {
    bool has = false;
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      has = has || (column.name == "unit" && !cells[index].empty());
    });
    return has;
  }

  BoundRule rule_;
  const Catalogue* known_;
  std::optional<BoundColumn> titled_unit_;
  bool has_year_ = false;
  BoundColumn year_;
  std::size_t multiplier_ = kNoColumn;
  std::vector<Part> parts_, bracketed_;
  std::deque<std::string> made_;  // texts that stand in no cell
};

}  // namespace planfile
