// The lanes of one CSV, one for each table that its rules name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "binding.h"
#include "edit.h"
#include "lane.h"
#include "pack.h"
#include "planfile/import.h"

namespace planfile {

class Lanes {
 public:
  // What lanes work with. All of it must outlive them.
  struct Ground {
    Edit& edit;
    Catalogue& known;
    const Defaults& defaults;
    std::uint32_t file = 0;  // the CSV's number
    std::size_t most_samples = 0;
  };

  // `bound` must outlive it.
  explicit Lanes(const Bound& bound);

  // The table that the CSV's first import is recorded under: observation where it has any. Empty
  // where no rule names a table.
  [[nodiscard]] std::string_view first_table() const { return first_table_; }

  // Opens them, once the edit's import has begun and every name is there.
  void open(const Ground& ground);

  [[nodiscard]] ObservationLane* observations() const { return observations_.get(); }
  [[nodiscard]] const Packer& packer() const { return *packer_; }  // of observations
  [[nodiscard]] std::vector<Lane*> others() const;
  [[nodiscard]] std::vector<Lane*> all() const;

 private:
  template <class Fact>
  void open_table(const Ground& ground);
  void open_observations(const Ground& ground);

  const Bound& bound_;
  std::string_view first_table_;
  std::unique_ptr<Packer> packer_;
  std::unique_ptr<ObservationLane> observations_;
  std::vector<std::unique_ptr<Lane>> tables_;
};

}  // namespace planfile
