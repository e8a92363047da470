// Columns that are left empty when a file is shipped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "database.h"

namespace planfile {

// One column as a book's CSV names it.
struct Redaction {
  std::string table, column;
  std::vector<std::string> emptied;  // columns of the table that become NULL
  std::string comparator;            // that becomes "="; empty without one
};

// Reads "TABLE.COLUMN". Errc::usage for what is no such column, is part of a key, or can't be
// empty.
std::vector<Redaction> redactions(Database& database, const std::vector<std::string>& texts);

// The former state of a row without the columns.
std::string redacted_state(const std::string& json, std::string_view table,
                           const std::vector<Redaction>& all);

// How an import read its file, without what it says of the columns.
std::string redacted_mapping(const std::string& json, const std::vector<Redaction>& all);

}  // namespace planfile
