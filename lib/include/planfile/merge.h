#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/diff.h"
#include "planfile/error.h"
#include "planfile/file.h"

namespace planfile {

// What both sides changed differently: a column of a row, or a whole row that one side removed and
// the other changed. Cells are as a book would hold them.
struct Conflict {
  std::string kind, key;           // as Difference has them
  std::string column;              // empty for a whole row
  std::string base, ours, theirs;  // of a whole row: its changes, or "(removed)"
  std::string about, about_zh;     // the row in the words of planning
};

// One row of a file of conflicts, filled in: `choice` is ours, theirs, base or a value.
struct Choice {
  std::size_t line = 0;
  std::string kind, key, column, base, ours, theirs, choice;
};

// What a person should know of a merge: a row that was kept, a name that came twice.
struct MergeNote {
  std::string text, text_zh;
};

// How a merge fared. Something was written exactly when `conflicts` and `issues` are empty.
struct Merged {
  std::vector<Conflict> conflicts;     // that no choice settles
  std::vector<Issue> issues;           // choices that can't be followed; `file` left empty
  std::vector<DifferenceCount> taken;  // what THEIRS brought into OURS, by kind
  std::size_t settled = 0;             // conflicts that choices settled
  std::vector<MergeNote> notes;
};

// Brings two files together that were made from one, by natural key and column, and writes the
// result to `out`, whole or not at all. What one side changed is taken, what both changed alike is
// taken once; columns that only make sense together (value, unit and status of a figure) count as
// one. Without `base` every difference is a conflict, and what only one side has is taken. Rows
// keep their imports, of which those of `theirs` follow behind those of `ours`, and former values
// are kept, those that `choices` reject among them. A row that one side removed while rows of the
// other refer to it is kept, and noted.
//
// Errc::usage where `out` exists and is to be kept; newer_file where the schemas differ; refused
// where `base` is no ancestor, or a unit or a name would mean two things.
Merged merge(const File* base, const File& ours, const File& theirs,
             const std::filesystem::path& out, Existing existing,
             const std::vector<Choice>& choices = {});

// One CSV of a book, of which three versions were brought together.
struct MergedCsv {
  std::string text;  // rows in conflict stand twice in it, between marks as git has them
  std::vector<Conflict> conflicts;
};

// Merges three versions of the CSV of `table` by natural key and column, as texts: for version
// control, which meets each file alone. Errc::usage for what is no table of a book, refused where
// a version is no sound CSV of it or has a key twice.
MergedCsv merge_csv(std::string_view table, std::string_view base, std::string_view ours,
                    std::string_view theirs);

// Conflicts as a CSV that a person fills in, with a byte-order mark so that Excel reads it:
// kind, key, column, base, ours, theirs, choice, about. `lang` is that of the last: "zh" or "en".
std::string conflicts_csv(const std::vector<Conflict>& conflicts, std::string_view lang);

// Reads it back, as whatever program saved it. Issues tell what is wrong with the text.
struct Choices {
  std::vector<Choice> choices;
  std::vector<Issue> issues;
};
Choices read_choices(const std::filesystem::path& path);

}  // namespace planfile
