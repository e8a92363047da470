// What an import makes of names that the file lacks.
#pragma once

#include <span>

#include "planfile/file.h"
#include "planfile/import.h"

namespace planfile {

// Puts the sources, scopes, units, entities and indicators that `names` stand for into the edit, as
// far as the names tell of them, and lets `known` know them.
void make_named(std::span<const NewName> names, Edit& edit, Catalogue& known);

}  // namespace planfile
