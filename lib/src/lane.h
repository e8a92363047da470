// Facts of one table on their way from the rows of a CSV to the file.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "binding.h"
#include "edit.h"
#include "filler.h"
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
    fillers_.emplace_back(rule, known_);
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
    filler.tidy(cells);
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

  // Whether the row has facts and each is read the quick way; if so they wait to be kept.
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
