// Facts of one table on their way from the rows of a CSV to the file.
#pragma once

#include <charconv>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "binding.h"
#include "cells.h"
#include "edit.h"
#include "load.h"
#include "pack.h"
#include "planfile/csv.h"
#include "planfile/import.h"
#include "reader.h"
#include "table_columns.h"
#include "text.h"

#include <fmt/format.h>

namespace planfile {

// A fault of a row, with the cell that it is about.
struct RowFault {
  std::size_t cell = kNoColumn;  // in the CSV; none when no cell says it
  std::string column;            // of the fact, for messages without a cell
  std::string message;
  std::string_view unknown = {};  // the table whose names lack `name`
  std::string name;
  std::string unit;  // that stands beside an unknown indicator
};

// The facts that rows have of one table. What `read` finds waits until the row is kept or dropped.
class Lane {
 public:
  virtual ~Lane() = default;
  virtual void read(const Row& row, std::vector<RowFault>& faults) = 0;
  virtual void keep(std::size_t line) = 0;
  virtual void drop() = 0;

  [[nodiscard]] virtual std::string_view table() const = 0;
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] const std::vector<Sample>& samples() const { return samples_; }

  // Stores what was kept, for tables that do not stream.
  virtual Changes store(Edit& edit) = 0;

 protected:
  std::size_t count_ = 0;
  std::vector<Sample> samples_;
};

// A rule whose columns are those of `Fact`, by place.
template <class Fact>
class Filler {
 public:
  explicit Filler(const BoundRule& rule) : rule_(rule) {
    parts_ = parts_of(rule.columns);
    bracketed_ = parts_of(rule.bracketed);
  }

  // Whether the cells are those of the row as they stand.
  [[nodiscard]] bool is_plain() const {
    const bool takes_codes = std::any_of(rule_.columns.begin(), rule_.columns.end(),
                                         [](const auto& one) { return one.second.takes_code; });
    return rule_.bracketed.empty() && multiplier_ == kNoColumn && !takes_codes && !has_year_;
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
    unbracket(row, cells);
    complete_periods(row, cells);
    multiply(row, cells);
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
    for (const auto& [name, from] : columns) {
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

  static bool cells_have_unit(const CellsOf<Fact>& cells) {
    bool has = false;
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      has = has || (column.name == "unit" && !cells[index].empty());
    });
    return has;
  }

  BoundRule rule_;
  bool has_year_ = false;
  BoundColumn year_;
  std::size_t multiplier_ = kNoColumn;
  std::vector<Part> parts_, bracketed_;
  std::deque<std::string> made_;  // texts that stand in no cell
};

// The place of a column among those of a fact.
template <class Fact>
constexpr std::size_t index_of(std::string_view name) {
  std::size_t at = 0, found = kNoColumn;
  std::apply([&](const auto&... column) { ((column.name == name ? found = at : at, ++at), ...); },
             columns_of<Fact>);
  return found;
}

template <class Fact>
RowFault row_fault(const Filler<Fact>& filler, const CellsOf<Fact>& cells, const Fault& fault) {
  RowFault told{.cell = filler.cell_of(fault.column),
                .column = std::string(fault.column),
                .message = fault.message,
                .unknown = fault.unknown,
                .name = {},
                .unit = {}};
  if (fault.unknown.empty()) return told;
  const std::size_t at = index_of<Fact>(fault.column);
  if (at != kNoColumn) told.name = cells[at];
  const std::size_t unit = index_of<Fact>("unit");
  if (unit != kNoColumn) told.unit = cells[unit];
  return told;
}

template <class Fact>
Sample sample_of(const Fact& fact, std::size_t line) {
  Sample sample{
      .file = {}, .line = line, .table = std::string(table_of<Fact>), .cells = {}, .former = {}};
  std::apply(
      [&](const auto&... column) {
        const auto add = [&](const auto& one) {
          std::string text = cell_text(fact.*one.member);
          if (!text.empty()) sample.cells.emplace_back(one.name, std::move(text));
        };
        (add(column), ...);
      },
      columns_of<Fact>);
  return sample;
}

// Facts that are gathered, then put at once.
template <class Fact>
class TableLane : public Lane {
 public:
  TableLane(Catalogue& known, const Defaults& defaults, std::size_t most_samples)
      : known_(known), defaults_(defaults), most_samples_(most_samples) {}

  void add(const BoundRule& rule) {
    fillers_.emplace_back(rule);
    for (const auto& [column, from] : rule.columns) columns_.push_back(column);
  }

  void read(const Row& row, std::vector<RowFault>& faults) override {
    for (Filler<Fact>& filler : fillers_) {
      if (filler.applies(row)) read_by(filler, row, faults);
    }
  }

  void keep(std::size_t line) override {
    for (Waiting& one : waiting_) {
      const auto [at, is_new] = seen_.try_emplace(std::move(one.key), line, one.content);
      if (!is_new) continue;
      if (samples_.size() < most_samples_) samples_.push_back(sample_of(one.fact, line));
      learn(one.fact);
      facts_.push_back(std::move(one.fact));
    }
    count_ = facts_.size();
    waiting_.clear();
  }
  void drop() override { waiting_.clear(); }

  [[nodiscard]] std::string_view table() const override { return table_of<Fact>; }

  Changes store(Edit& edit) override {
    return edit.put(std::span<const Fact>(facts_), std::span<const std::string>(columns_));
  }

 private:
  struct Waiting {
    Fact fact;
    std::string key, content;
  };
  struct Seen {
    Seen(std::size_t first, std::string text) : line(first), content(std::move(text)) {}
    std::size_t line;
    std::string content;
  };

  // A thing without a code is known by its name, or gets its name as its code.
  void give_code(CellsOf<Fact>& cells) {
    if constexpr (requires(Fact fact) { fact.code, fact.name; } && !std::is_same_v<Fact, Alias>) {
      constexpr std::size_t code = index_of<Fact>("code"), name = index_of<Fact>("name");
      if (!cells[code].empty() || cells[name].empty()) return;
      const auto found = resolve(known_, table_of<Fact>, cells[name]);
      code_ = found ? *found : std::string(cells[name]);
      cells[code] = code_;
    }
  }

  void read_by(Filler<Fact>& filler, const Row& row, std::vector<RowFault>& faults) {
    CellsOf<Fact> cells{};
    filler.fill(row, cells);
    give_code(cells);
    std::vector<Fault> found;
    auto fact = read_fact<Fact>(cells, known_, defaults_, found);
    for (const Fault& fault : found) faults.push_back(row_fault(filler, cells, fault));
    if (!fact || !found.empty()) return;
    FactKey key = key_of(*fact);
    std::string content;
    for (const auto& [column, text] : sample_of(*fact, row.line).cells) {
      content += column + '\x1f' + text + '\x1e';
    }
    const auto before = seen_.find(key.key);
    if (before != seen_.end() && before->second.content != content) {
      faults.push_back({.cell = kNoColumn,
                        .column = {},
                        .message = fmt::format("differs from line {}, which is about the same: {}",
                                               before->second.line, key.shown),
                        .unknown = {},
                        .name = {},
                        .unit = {}});
      return;
    }
    waiting_.push_back({std::move(*fact), std::move(key.key), std::move(content)});
  }

  // Later rows may call the fact by its name.
  void learn(const Fact& fact) {
    if constexpr (requires { fact.code, fact.name; } && !std::is_same_v<Fact, Alias>) {
      known_.add(table_of<Fact>, fact.code, fact.code);
      known_.add(table_of<Fact>, fact.name, fact.code);
    }
  }

  Catalogue& known_;
  const Defaults& defaults_;
  std::size_t most_samples_;
  std::vector<Filler<Fact>> fillers_;
  std::vector<std::string> columns_;
  std::vector<Waiting> waiting_;
  std::vector<Fact> facts_;
  std::unordered_map<std::string, Seen> seen_;
  std::string code_;
};

// Observations, packed as they are read.
class ObservationLane : public Lane {
 public:
  ObservationLane(Packer& packer, const Catalogue& known, const Defaults& defaults,
                  std::uint32_t file, std::size_t most_samples)
      : packer_(packer),
        known_(known),
        defaults_(defaults),
        file_(file),
        most_samples_(most_samples) {}

  void add(const BoundRule& rule);
  void read(const Row& row, std::vector<RowFault>& faults) override;
  void keep(std::size_t line) override;
  void drop() override {
    waiting_.clear();
    shown_.clear();
  }
  [[nodiscard]] std::string_view table() const override { return "observation"; }
  Changes store(Edit&) override { return {}; }

  // Whether each fact of the row is read the quick way; if so it waits to be kept.
  bool read_quickly(const Row& row);

  // The facts kept since the last call, and what they brought along.
  [[nodiscard]] std::size_t kept() const { return block_.facts.size(); }
  Block take_block();

  [[nodiscard]] std::vector<std::string> columns() const { return columns_; }

 private:
  bool give_up();

  Packer& packer_;
  const Catalogue& known_;
  const Defaults& defaults_;
  std::uint32_t file_;
  std::size_t most_samples_;
  std::vector<Filler<Observation>> fillers_;
  std::vector<std::string> columns_;
  std::vector<PackedFact> waiting_;
  std::vector<Observation> shown_;  // the first waiting ones, for samples
  Block block_;
};

}  // namespace planfile
