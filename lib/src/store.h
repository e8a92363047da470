// Facts as rows: what each column of a fact is in its table, both ways. Follows layout.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ids.h"
#include "planfile/file.h"

namespace planfile {

// Adds or changes rows. `import` is the running one, whose number the rows take and under which former
// states are kept; without it rows keep their own.
template <class Fact>
Changes put_rows(Database& database, Ids& ids, std::span<const Fact> facts,
                 std::optional<std::int64_t> import);

// Every row of the table as facts.
template <class Fact>
std::vector<Fact> all_rows(Database& database);

}  // namespace planfile
