#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/bytes.h"
#include "planfile/encoding.h"
#include "planfile/error.h"
#include "planfile/file.h"
#include "planfile/mapping.h"
#include "planfile/model.h"

// Import of CSV as people have it: text in any encoding, tables of any common layout.
namespace planfile {

// What a CSV's rows take where they say nothing.
struct Defaults {
  std::string source;  // code of a source
  std::string plan;    // code of a plan
};

// One CSV to import.
struct CsvInput {
  std::string name;  // for messages and the record of the import
  std::unique_ptr<ByteSource> bytes;
};

// How far a long import has come.
struct Progress {
  std::string_view file;
  std::uint64_t bytes = 0, of_bytes = 0;
  std::size_t rows = 0, faults = 0;
  std::size_t stored = 0;  // observations
};

struct ImportOptions {
  std::string table;  // empty: as mapping or inference say
  Defaults defaults;
  std::string encoding;            // empty: found out
  char delimiter = '\0';           // NUL: found out
  std::optional<Mapping> mapping;  // in place of inference
  // What every row says where the CSV does not: text by column of the fact ("entity", "period").
  std::map<std::string, std::string, std::less<>> constants;
  enum class Unknown { refuse, create } unknown = Unknown::refuse;  // names that the file lacks
  // Where to write rows with faults, which are then passed over; empty: they are refused, and all
  // others with them. A CSV: the columns of the input, then `file`, `line`, `reason` and `text`,
  // the row as it stands where it can't be told into cells; bytes that can't be decoded are U+FFFD.
  // A header stands before the rows of each input.
  std::filesystem::path rejects;
  enum class Effect { store, none } effect = Effect::store;  // none: a dry run
  std::size_t most_faults = 1000;                            // that are kept; all are counted
  std::size_t most_samples = 10;                             // facts and changes kept for showing
  std::function<bool(const Progress&)> progress;  // called now and then; false stops the import
};

// How one CSV was understood and fared.
struct FileReport {
  std::string name;
  Encoding encoding;
  char delimiter = ',';
  Sheet sheet;
  Inference understood;  // its mapping complete, its faults among the report's issues
  std::size_t rows = 0;  // of data
  std::map<std::string, std::size_t> facts;  // read, by table
  std::string notes;                         // what stood above and below the table
  std::size_t rejects = 0;                   // rows passed over
};

// A fact as it is, or would be, stored: its cells as a book would write them.
struct Sample {
  std::string file;
  std::size_t line = 0;
  std::string table;
  std::vector<std::pair<std::string, std::string>> cells;   // column and text, empty ones left out
  std::vector<std::pair<std::string, std::string>> former;  // of a changed row: what was there
};

// A name that the file did not know.
struct NewName {
  std::string table;     // indicator, entity, unit, source
  std::string name;      // as the CSV has it
  std::string unit;      // that stands beside an indicator
  std::string like;      // the nearest known names, for a message; may be empty
  std::size_t line = 0;  // where it stands first
  std::string file;
};

struct ImportReport {
  std::vector<FileReport> files;
  std::vector<Issue> issues;     // the first `most_faults`, with file, line and column
  std::size_t faults = 0;        // all of them
  std::vector<NewName> unknown;  // not in the file: created, or among the faults
  std::vector<Sample> samples, changed;
  Changes changes;
  std::vector<std::int64_t> imports;  // numbers of what was recorded, for `undo`
  bool stored = false;
};

// Imports CSVs into `file`: all rows of all of them or, where faults stand in the way, none; with
// `rejects` the rows without fault, once the others are on the disk: both or neither. A fault above
// the first row of data, or one behind which no row can be told, can't be passed over. Each CSV
// becomes one row of `import` for each table that it has facts of. What it changes keeps its former
// state; what is there already stays as it is; the same fact twice in the input counts once, and is
// a fault where the two differ. Errc::usage for an unknown table, source, plan or encoding, and
// when something is at `rejects` already; Errc::stopped when `progress` said so.
ImportReport import_files(File& file, std::vector<CsvInput> inputs, const ImportOptions& options);

// The tables that take imports.
std::vector<std::string_view> import_tables();

}  // namespace planfile
