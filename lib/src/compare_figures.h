// Observations of several files side by side, without a fact for each of millions.
#pragma once

#include <functional>
#include <span>

#include "compare.h"

namespace planfile {

// As `walk`. Series by series in the order of their codes; of each file only the rows of one series
// are held, packed, so that equal ones cost a comparison of bytes.
void walk_figures(std::span<Database* const> files,
                  const std::function<void(Abreast<Observation>)>& use);

}  // namespace planfile
