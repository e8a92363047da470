#include "lanes.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "tables.h"

namespace planfile {

Lanes::Lanes(const Bound& bound) : bound_(bound) {
  each_table([&]<class Fact>() {
    const bool has = std::any_of(bound.rules.begin(), bound.rules.end(), [](const BoundRule& rule) {
      return rule.table == table_of<Fact>;
    });
    if (has && (first_table_.empty() || std::is_same_v<Fact, Observation>)) {
      first_table_ = table_of<Fact>;
    }
  });
}

void Lanes::open(const Ground& ground) {
  each_table([&]<class Fact>() {
    if constexpr (std::is_same_v<Fact, Observation>) {
      open_observations(ground);
    } else if constexpr (kTakesImports<Fact>) {
      open_table<Fact>(ground);
    }
  });
}

template <class Fact>
void Lanes::open_table(const Ground& ground) {
  std::unique_ptr<TableLane<Fact>> lane;
  for (const BoundRule& rule : bound_.rules) {
    if (rule.table != table_of<Fact>) continue;
    if (!lane) {
      lane = std::make_unique<TableLane<Fact>>(ground.known, ground.defaults, ground.most_samples);
    }
    lane->add(rule);
  }
  if (lane) tables_.push_back(std::move(lane));
}

void Lanes::open_observations(const Ground& ground) {
  for (const BoundRule& rule : bound_.rules) {
    if (rule.table != table_of<Observation>) continue;
    if (!observations_) {
      packer_ = std::make_unique<Packer>(EditAccess::database(ground.edit), ground.known,
                                         ground.defaults);
      observations_ = std::make_unique<ObservationLane>(*packer_, ground.known, ground.defaults,
                                                        ground.file, ground.most_samples);
    }
    observations_->add(rule);
  }
}

std::vector<Lane*> Lanes::others() const {
  std::vector<Lane*> lanes;
  for (const auto& lane : tables_) lanes.push_back(lane.get());
  return lanes;
}

std::vector<Lane*> Lanes::all() const {
  std::vector<Lane*> lanes = others();
  if (observations_) lanes.insert(lanes.begin(), observations_.get());
  return lanes;
}

}  // namespace planfile
