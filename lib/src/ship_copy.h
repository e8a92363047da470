// Copies the rows of a plan file into an empty one of the same schema, in the order of their
// natural keys and with ids that follow from it.
#pragma once

#include <vector>

#include "content.h"
#include "database.h"
#include "planfile/ship.h"
#include "ship_redaction.h"
#include "ship_selection.h"

namespace planfile {

struct CopyRules {
  Selection selection;
  std::vector<Redaction> redactions;
  History history = History::keep;
};

// `to` has the tables and nothing in them. Both must stay as they are meanwhile. Tells `reader` of
// the observations as they were read, by the ids of the copy, and returns their sums.
ObservationSums copy_rows(Database& from, Database& to, const CopyRules& rules,
                          ContentReader& reader);

}  // namespace planfile
