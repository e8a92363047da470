// Cells of a CSV text.
#pragma once

#include <string>
#include <string_view>

namespace planfile {

// Appends the cell, quoted where a reader needs it: the delimiter, a quote, line break or blank at
// either end; a byte-order mark in front.
void append_csv_cell(std::string& line, std::string_view cell, char delimiter);

}  // namespace planfile
