// Copies the rows of a plan file into an empty one of the same schema, in the order of their
// natural keys and with ids that follow from it.
#pragma once

#include <vector>

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

// `to` has the tables and nothing in them. Both must stay as they are meanwhile.
void copy_rows(Database& from, Database& to, const CopyRules& rules);

}  // namespace planfile
