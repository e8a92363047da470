// Recognises files that are no CSV by their first bytes.
#pragma once

#include <string>
#include <string_view>

namespace planfile {

// What a file that begins with `head` (some KiB of it) is instead of a text with a table, and what
// to do: `an Excel workbook, not CSV: save it as CSV (UTF-8) first`. Empty for anything else.
std::string foreign_kind(std::string_view head);

}  // namespace planfile
