#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "planfile/error.h"

// Whether a plan file is whole, planfile's own, and what was shipped.
namespace planfile {

// What one table says, as a number: the sum of its rows' hashes (XXH3, 128 bits, in hex). A row
// counts by what it says: things it refers to by their codes, numbers by value, ids not at all.
struct TableHash {
  std::string table;
  std::int64_t rows = 0;
  std::string hash;

  bool operator==(const TableHash&) const = default;
};

// What a file says, and how it came to say it. Two files with the same content have the same
// `hash` whatever the order of their rows, their ids and the imports that brought them.
struct ContentHash {
  std::vector<TableHash> content;  // tables of facts and code lists, a user's own queries
  std::vector<TableHash> history;  // imports, former states, and which import brought which row
  std::string hash;                // SHA-256 of the lines `TABLE ROWS HASH` of `content`
  std::string history_hash;        // the same of `history`

  bool operator==(const ContentHash&) const = default;
};

// Errors as File::open; Errc::not_a_plan_file where the file is damaged.
ContentHash content_hash(const std::filesystem::path& path);

// What verify looks at, in this order.
enum class Check {
  file,        // header, length, version
  integrity,   // SQLite's integrity check: pages, trees, indexes; types and CHECKs of every row
  references,  // foreign keys
  schema,      // tables, views, triggers, indexes, dictionary and planfile's queries
  derived,     // what follows from other rows: periods' days, units of series, their summaries
  manifest,    // that the content is the one that was shipped
};
std::string_view to_text(Check check);

// Something that is not as it should be.
struct VerifyFault {
  Check check = Check::file;
  std::string message;
};

// A row that is not as the manifest says.
struct RowDifference {
  enum class How { changed, added, removed };
  How how = How::changed;
  std::string table;
  std::vector<std::string> key;  // its natural key; of a removed observation without its locator
};
std::string_view to_text(RowDifference::How how);

// How many rows of a table differ from the manifest.
struct TableDifference {
  std::string table;
  std::int64_t changed = 0, added = 0, removed = 0;
};

struct Verification {
  std::uint64_t bytes = 0;
  int schema = 0;                   // its version
  std::string version;              // of the planfile that wrote it; empty where that is not known
  std::vector<VerifyFault> faults;  // none: all is well
  std::int64_t more_faults = 0;     // that are not told
  std::vector<std::string> own;     // what users made: "view short", "trigger x on observation"
  std::optional<ContentHash> content;  // none where the tables can't be read
  bool has_manifest = false;
  std::vector<TableDifference> differences;  // from the manifest
  std::vector<RowDifference> rows;           // the first of them
};

enum class Manifest { compare, ignore };

// Reads the whole file, with two threads. It never changes it, but for undoing what an interrupted
// writer left. Damage is a result; errors are as of File::open where there is no plan file at all.
Verification verify(const std::filesystem::path& path, Manifest manifest = Manifest::compare);

// One JSON object.
std::string to_json(const Verification& verification);

}  // namespace planfile
