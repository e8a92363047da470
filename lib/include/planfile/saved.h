#pragma once

#include "planfile/file.h"
#include "planfile/query.h"

namespace planfile {

// Keeps a user's query in `file`, in place of one of the same name, whose text goes to `revision`.
// False when it is there already, the same. Errc::usage when planfile has a query of that name.
bool save_query(File& file, const Query& query);

}  // namespace planfile
