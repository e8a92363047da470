// The tables of facts, in an order in which a row may refer to those of the tables before.
#pragma once

#include <type_traits>

#include "planfile/model.h"

namespace planfile {

// Calls `use` with each table's fact type.
template <class Use>
void each_table(Use&& use) {
  use.template operator()<Source>();
  use.template operator()<Entity>();
  use.template operator()<Scope>();
  use.template operator()<Unit>();
  use.template operator()<Indicator>();
  use.template operator()<Import>();
  use.template operator()<Project>();
  use.template operator()<Alias>();
  use.template operator()<Formula>();
  use.template operator()<Plan>();
  use.template operator()<Observation>();
  use.template operator()<Target>();
  use.template operator()<Milestone>();
  use.template operator()<Outlay>();
  use.template operator()<Revision>();
  use.template operator()<SavedQuery>();
}

template <class Fact>
constexpr bool kTakesImports = !std::is_same_v<Fact, Import> && !std::is_same_v<Fact, Revision> &&
                               !std::is_same_v<Fact, SavedQuery>;

}  // namespace planfile
