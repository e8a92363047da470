#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "planfile/error.h"
#include "planfile/file.h"

// A book is a folder with one CSV a table and a datapackage.json: the form of a plan file that
// people read, edit and compare.
namespace planfile {

// How building a book fared. Something was stored exactly when `issues` is empty.
struct Report {
  std::vector<Issue> issues;                              // with file, line and column
  std::vector<std::pair<std::string, std::size_t>> rows;  // read, by table
  Changes changes;
};

// A book as a plan file in memory, or what is wrong with it.
struct OpenedBook {
  Report report;
  std::optional<File> file;  // none when the report has issues
};

// Reads the book in `folder` as `build_book` does.
OpenedBook open_book(const std::filesystem::path& folder);

// Builds the plan file `file` from the book in `folder`; the same book gives the same bytes
// anywhere. Every fault of every CSV is reported in one run. Errc::usage when `file` exists and is
// to be kept, no_such_file when `folder` holds no book.
Report build_book(const std::filesystem::path& folder, const std::filesystem::path& file,
                  Existing existing = Existing::keep);

// Writes everything in `file` but the built-in code lists and queries as a book. The folder appears
// whole or not at all; Errc::usage when something is there already.
void export_book(const File& file, const std::filesystem::path& folder);

}  // namespace planfile
