// Facts as rows: what each column of a fact is in its table, both ways. Follows layout.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ids.h"
#include "planfile/file.h"

namespace planfile {

// Adds or changes rows. Of a row that is there already, only `columns` (all when none are named)
// are looked at and changed. `import` is the running one, whose number the rows take and under
// which former states are kept; without it rows keep their own.
template <class Fact>
Changes put_rows(Database& database, Ids& ids, std::span<const Fact> facts,
                 std::span<const std::string> columns, std::optional<std::int64_t> import);

// Every row of the table as facts.
template <class Fact>
std::vector<Fact> all_rows(Database& database);

}  // namespace planfile
