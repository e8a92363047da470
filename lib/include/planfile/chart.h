#pragma once

#include <span>
#include <string>
#include <string_view>

#include "planfile/error.h"

namespace planfile {

// How the rows are best drawn, by columns of the result.
struct Chart {
  std::string kind;  // bar, line, scatter
  std::string x, y;
  std::string by;      // one bar or line for each of its values; may be empty
  std::string target;  // drawn in as a mark; may be empty
};

// Reads `KIND x=COLUMN y=COLUMN [by=COLUMN] [target=COLUMN]`, as `-- chart:` and `--chart` have it.
// A column whose name has blanks stands in double quotes.
Parsed<Chart> parse_chart(std::string_view text);

// The chart as parse_chart reads it.
std::string to_text(const Chart& chart);

}  // namespace planfile
