// What a file knows by name, read from it.
#pragma once

#include "database.h"
#include "planfile/model.h"

namespace planfile {

Catalogue read_catalogue(Database& database);

}  // namespace planfile
