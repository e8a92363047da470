// What a fact's columns say together, once each was read by itself: defaults, units, statuses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planfile/import.h"

namespace planfile {

// A fault of a column of one row.
struct Fault {
  std::string_view column;
  std::string message;
  std::string_view unknown = {};  // the table in which the cell's whole text was sought in vain
};

// Fills in what the row leaves out, converts its figures and returns what does not fit together.
// For facts whose columns have nothing to do with each other it does nothing.
std::vector<Fault> settle(Observation& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Target& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Project& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Milestone& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Outlay& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Entity& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Indicator& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Formula& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(SavedQuery& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Plan& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Unit& row, const Catalogue& known, const Defaults& defaults);
std::vector<Fault> settle(Alias& row, const Catalogue& known, const Defaults& defaults);

template <class Fact>
std::vector<Fault> settle(Fact&, const Catalogue&, const Defaults&) {
  return {};
}

}  // namespace planfile
