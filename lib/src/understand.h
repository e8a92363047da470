// One CSV as a table: its encoding, delimiter, header, and what its columns mean.
#pragma once

#include <memory>
#include <vector>

#include "binding.h"
#include "planfile/csv.h"
#include "planfile/import.h"

namespace planfile {

// A CSV ready to be read row by row.
struct Understood {
  FileReport report;
  Bound bound;
  std::vector<Issue> faults;  // `file` left empty; nothing can be read when there are any
};

// Finds out all of it from the first rows, except what `options` state.
Understood understand(CsvInput& input, const Catalogue& known, const ImportOptions& options);

// A reader of the CSV's rows from the start of its text, and what it reads from.
struct TextRows {
  std::unique_ptr<ByteSource> utf8;
  std::unique_ptr<CsvReader> rows;
};
TextRows open_rows(ByteSource& bytes, const FileReport& report);

}  // namespace planfile
