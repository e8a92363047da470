// Copies all tables but `observation` and the former values into an empty plan file.
#pragma once

#include <string>

#include "ship_copy.h"
#include "ship_rows.h"

namespace planfile {

// In the order of their natural keys and with ids that follow from it; returns those ids. Imports
// keep theirs.
NewIds copy_tables(SQLite::Database& from, SQLite::Database& to, const CopyRules& rules);

// Leaves out of a row what is not to go along.
void redact(const std::string& table, const CopiedColumns& columns, StoredRow& row,
            const CopyRules& rules);

}  // namespace planfile
