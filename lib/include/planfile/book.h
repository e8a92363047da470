#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planfile/error.h"
#include "planfile/file.h"
#include "planfile/import.h"

// A book is a folder with one CSV a table and a datapackage.json: the form of a plan file that
// people read, edit and compare.
namespace planfile {

// How a book or an import fared. Something was stored exactly when `issues` is empty.
struct Report {
  std::vector<Issue> issues;                              // with file, line and column
  std::vector<std::pair<std::string, std::size_t>> rows;  // read, by table
  Changes changes;
};

// Builds the plan file `file` from the book in `folder`; the same book gives the same bytes
// anywhere. Every fault of every CSV is reported in one run. Errc::usage when `file` exists and is
// to be kept, no_such_file when `folder` holds no book.
Report build_book(const std::filesystem::path& folder, const std::filesystem::path& file,
                  Existing existing = Existing::keep);

// Writes everything in `file` but the built-in code lists and queries as a book. The folder appears
// whole or not at all; Errc::usage when something is there already.
void export_book(const File& file, const std::filesystem::path& folder);

// A CSV given to `import_csv`.
struct CsvText {
  std::string name;  // for messages and the record of the import
  std::string text;
};

// Imports CSVs into one table of `file`: all rows of all of them, or none. Each becomes one row of
// `import`. What it changes keeps its former state; what is there already stays as it is.
// Errc::usage when `table` is none that takes imports.
Report import_csv(File& file, std::string_view table, const std::vector<CsvText>& texts,
                  const Defaults& defaults = {});

// The tables that `import_csv` takes.
std::vector<std::string_view> import_tables();

}  // namespace planfile
