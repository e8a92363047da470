// One merge at work: the rows of THEIRS that belong into a copy of OURS.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "change_words.h"
#include "edit.h"
#include "judge.h"
#include "merge_history.h"
#include "references.h"
#include "three_way.h"

namespace planfile {

class Merging {
 public:
  // `merged` is a copy of `ours`, which it changes; `base` may be null.
  Merging(const File* base, const File& ours, const File& theirs, File& merged,
          const std::vector<Choice>& choices);

  // Commits what was merged, unless there are conflicts or faults.
  Merged run();

 private:
  template <class Fact>
  void merge_table();
  template <class Fact>
  void merge_row(const Three<Fact>& rows);
  template <class Fact>
  void merge_columns(const Three<Fact>& rows);
  template <class Fact>
  void merge_whole(const Three<Fact>& rows);
  template <class Fact>
  void finish_table();

  template <class Fact>
  Conflict conflict(const Fact& fact) const;
  template <class Fact>
  std::vector<Conflict> conflicts_of(const ThreeWay<Fact>& columns, const Three<Fact>& rows,
                                     std::string_view group) const;
  template <class Fact>
  void reject(const Three<Fact>& rows, const Verdict& verdict);
  template <class Fact>
  void type_in(Fact fact, const std::vector<std::pair<const Choice*, std::string>>& values);

  template <class Fact>
  void put(Fact fact);
  template <class Fact>
  void flush();
  template <class Fact>
  void remove(const Fact& fact);
  template <class Fact>
  void keep_restorable(const Fact& fact);
  template <class Fact>
  void restore_referred(const Fact& fact);
  void restore(const std::string& table, const std::string& code);

  template <class Fact>
  void note_name(const Three<Fact>& rows);
  void note_kept(std::string_view table, std::string_view code, std::string_view by);
  void refuse_two_meanings() const;
  void remove_names();
  void keep_referred();
  void remove_unused();
  void forget_shipping();
  void finish();

  template <class Fact>
  std::vector<Fact>& pending() {
    return std::get<std::vector<Fact>>(pending_);
  }

  std::vector<Database*> files_;  // base where there is one, ours, theirs
  bool has_base_;
  const File& ours_;
  const File& theirs_;
  File& merged_;
  Vocabulary words_;
  Edit edit_;
  MergeHistory history_;
  Judge judge_;
  Merged result_;
  std::tuple<std::vector<Source>, std::vector<Entity>, std::vector<Scope>, std::vector<Unit>,
             std::vector<Indicator>, std::vector<Project>, std::vector<Alias>, std::vector<Formula>,
             std::vector<Plan>, std::vector<Observation>, std::vector<Target>,
             std::vector<Milestone>, std::vector<Outlay>,
             std::vector<SavedQuery>>
      pending_;                                  // rows to be put
  DifferenceCount count_;                        // of the table at hand
  std::vector<std::function<void()>> typed_;     // rows of it with values that a person typed in
  std::vector<std::function<void()>> removals_;  // of rows to which none refers
  std::map<std::string, std::map<std::string, std::int64_t>, std::less<>>
      doomed_;  // names, by table
  // What OURS removed and may have to come back, by table and code.
  std::map<std::pair<std::string, std::string>, std::function<void()>> restorable_;
  // Names that came with OURS and with THEIRS alone, with their codes; of the table at hand.
  std::map<std::string, std::string> new_in_ours_, new_in_theirs_;
};

}  // namespace planfile
