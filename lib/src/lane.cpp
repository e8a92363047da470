#include "lane.h"

#include <utility>

namespace planfile {

void ObservationLane::add(const BoundRule& rule) {
  fillers_.emplace_back(rule, known_);
  for (const auto& [column, from] : rule.columns) {
    if (std::find(columns_.begin(), columns_.end(), column) == columns_.end()) {
      columns_.push_back(column);
    }
  }
}

bool ObservationLane::read_quickly(const Row& row) {
  if (samples_.size() < most_samples_) return false;
  for (Filler<Observation>& filler : fillers_) {
    if (!filler.applies(row)) continue;
    if (!filler.is_plain()) return give_up();
    CellsOf<Observation> cells{};
    filler.fill(row, cells);
    const auto fact = packer_.quick(cells);
    if (!fact) return give_up();
    waiting_.push_back(*fact);
  }
  return !waiting_.empty();  // a row without a fact may be a note
}

bool ObservationLane::give_up() {
  drop();
  return false;
}

void ObservationLane::read(const Row& row, std::vector<RowFault>& faults) {
  for (Filler<Observation>& filler : fillers_) {
    if (!filler.applies(row)) continue;
    CellsOf<Observation> cells{};
    filler.fill(row, cells);
    filler.tidy(cells);
    std::vector<Fault> found;
    const auto fact = read_fact<Observation>(cells, known_, defaults_, found);
    for (const Fault& fault : found) faults.push_back(row_fault(filler, cells, fault));
    if (!fact || !found.empty()) continue;
    waiting_.push_back(packer_.pack(*fact));
    if (samples_.size() + shown_.size() < most_samples_) shown_.push_back(*fact);
  }
}

void ObservationLane::keep(std::size_t line) {
  for (PackedFact& fact : waiting_) {
    fact.line = static_cast<std::uint32_t>(line);
    fact.file = file_;
    block_.facts.push_back(fact);
  }
  count_ += waiting_.size();
  waiting_.clear();
  for (const Observation& fact : shown_) samples_.push_back(sample_of(fact, line));
  shown_.clear();
}

Block ObservationLane::take_block() {
  block_.series = packer_.take_new_series();
  block_.periods = packer_.take_new_periods();
  return std::exchange(block_, {});
}

}  // namespace planfile
