// Imports and former values of two files as those of one: what THEIRS did counts as done after what
// OURS did.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "database.h"
#include "planfile/file.h"
#include "three_way.h"

namespace planfile {

class MergeHistory {
 public:
  // `base` may be null.
  MergeHistory(Database* base, Database& ours, Database& theirs, Edit& edit);

  // Adds the imports that OURS lacks. The same one (file, content, table and time) is one.
  void add_imports();

  // The number that an import of that side has in the result.
  [[nodiscard]] std::optional<std::int64_t> number(Side side,
                                                   std::optional<std::int64_t> number) const;

  // Both sides changed that row, or both brought it: `base` is then empty. States are JSON.
  void note_both(std::string_view table, const std::string& key, const std::string& base,
                 const std::string& ours);

  // A state of that side which a person's choice rejected.
  void reject(Side side, std::string_view table, std::string key, const std::string& state);

  // Adds the former values that OURS lacks, and removes those that an undo of THEIRS removed.
  void add_revisions();

  // Removes imports that one side took back, as far as no row has them.
  void prune_imports();

 private:
  using Numbers = std::unordered_map<std::int64_t, std::int64_t>;

  [[nodiscard]] const Numbers& numbers(Side side) const;
  std::string former_of(Side side, const std::string& former) const;
  Revision carried(Side side, Revision revision) const;
  std::string rebased(const Revision& revision) const;
  void remove_undone(const std::vector<Revision>& base, const std::vector<Revision>& theirs,
                     const std::vector<Revision>& ours);
  std::vector<Revision> all(Side side) const;

  Database* base_;
  Database& ours_;
  Database& theirs_;
  Edit& edit_;
  Numbers of_base_, of_ours_, of_theirs_;
  std::set<std::int64_t> taken_back_;
  std::unordered_map<std::string, std::pair<std::string, std::string>> both_;
  std::vector<Revision> rejected_;
};

}  // namespace planfile
