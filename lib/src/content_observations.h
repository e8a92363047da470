// The observations of a file, read once: their hashes, and what is wrong with them.
#pragma once

#include "content.h"

namespace planfile {

struct ObservationSums {
  RowSum rows;
  RowSum brought;  // those that an import brought, with its number
};

ObservationSums read_observation_rows(Database& database, ContentReader* reader, FaultSink* faults);

// The hash of "this row came by that import".
Hash128 brought_by(const Hash128& row, std::int64_t import);

}  // namespace planfile
