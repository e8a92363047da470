// Which rows of a file go along when it is shipped.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "database.h"
#include "references.h"

namespace planfile {

struct Selection {
  bool whole = true;  // nothing was chosen
  // The ids that go along, by table; of a table that is not named all do.
  std::map<std::string, RowIds, std::less<>> rows;
  std::optional<RowIds> sources;  // that observations must be of
};

// The rows that `only` asks for ("plan=CODE", ...), or all; in any case no period and no series
// that no fact refers to. Errc::usage for what names nothing.
Selection select_rows(Database& database, const std::vector<std::string>& only);

}  // namespace planfile
