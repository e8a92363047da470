#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "planfile/file.h"
#include "planfile/verify.h"

// Passing a file on.
namespace planfile {

// What goes along of imports and former values.
enum class History { keep, leave };

struct ShipOptions {
  Existing existing = Existing::keep;
  // `plan=CODE`, `entity=CODE`, `indicator=CODE`, `source=CODE`; a name or alias will do. Facts go
  // along that fit one of each kind named, with all that they refer to; nothing else does. Of a
  // plan go its targets and the observations of their series; projects belong to no plan or
  // indicator.
  std::vector<std::string> only;
  // `TABLE.COLUMN` as in a book's CSV: left empty, and so are its printed form, its former values
  // and what an import's mapping says of it.
  std::vector<std::string> redact;
  History history = History::keep;
};

struct Shipped {
  std::uint64_t bytes = 0;
  std::string sha256;  // of the file's bytes
  ContentHash content;
  std::vector<std::string> left;  // what users made and did not go along: "table memo"
};

// Writes a compact copy of the plan file `file` to `out`: built anew row by row, so that nothing is
// in it but what it says; ids in the order of natural keys, so that the same content and history
// give the same bytes on any machine with the same SQLite release, on any day; with a manifest for
// `verify`, which it passed before it is moved to its name. Views that users made go along, other
// things of theirs, which may hold ids, do not. `file` is never changed.
// Errc::usage when `out` is there and to be kept, or is `file` itself, and for what `only` and
// `redact` name wrongly; Errc::refused when the file's own tables are not planfile's or the copy
// does not pass.
Shipped ship(const std::filesystem::path& file, const std::filesystem::path& out,
             const ShipOptions& options = {});

}  // namespace planfile
