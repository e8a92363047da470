// The tables of tests/data/layouts, read as an import reads them, and a small catalogue for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "planfile/mapping.h"
#include "planfile/model.h"

namespace planfile::test {

// Indicators, entities, units and plans by the names that the tables use, but not all of them.
const Catalogue& layout_catalogue();

// The rows of a text, without their faults.
std::vector<SheetRow> rows_of(std::string_view text);

// A text that was read as far as its rows go.
struct Opened {
  std::vector<SheetRow> rows;
  Sheet sheet;
  std::vector<SheetRow> data;  // below the header
};
Opened open_table(std::string_view text);
Opened open_layout(const std::string& name);

// The facts that a mapping makes of a table, one a line: `3 observation indicator=gdp period=2023`,
// the line of the row first. Only what stands in cells and constants, read no further.
std::vector<std::string> facts_of(const Opened& table, const Mapping& mapping);

}  // namespace planfile::test
