// Copies former values into a plan file that has all else.
#pragma once

#include "ship_copy.h"
#include "ship_rows.h"

namespace planfile {

// Of rows that are in the copy, and the imports that only they name.
void copy_history(Database& from, Database& to, const CopyRules& rules, NewIds& ids);

}  // namespace planfile
