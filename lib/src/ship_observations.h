// Copies observations into a plan file that has what they refer to.
#pragma once

#include "ship_copy.h"
#include "ship_rows.h"

namespace planfile {

// One thread reads them, in the order of the copy's key, and hashes what it read; another one
// writes.
ObservationSums copy_observations(Database& from, Database& to, const CopyRules& rules,
                                  const NewIds& ids, ContentReader& reader);

}  // namespace planfile
