// What a person chose where two sides disagree.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unordered_map>

#include "planfile/merge.h"
#include "three_way.h"

namespace planfile {

// What is chosen for the columns of one group, or for a whole row.
struct Verdict {
  std::optional<Side> side;
  std::vector<std::pair<const Choice*, std::string>> values;  // typed in, by column
};

class Judge {
 public:
  explicit Judge(const std::vector<Choice>& choices);

  // The verdict on conflicts that go together. Nothing where there is none, or one that can't be
  // followed: the conflicts, or what is wrong, are then kept.
  std::optional<Verdict> settle(const std::vector<Conflict>& together, bool has_base);

  void fault(const Choice& choice, std::string_view column, std::string message);

  // Once all is merged: choices that no conflict asked for are faults.
  void refuse_rest();

  [[nodiscard]] const std::vector<Conflict>& conflicts() const { return conflicts_; }
  [[nodiscard]] std::vector<Issue> issues() const { return issues_; }
  [[nodiscard]] std::size_t settled() const { return settled_; }

 private:
  const Choice* find(const Conflict& conflict);
  bool agrees(const Conflict& conflict, const Choice& choice);

  const std::vector<Choice>& choices_;
  std::unordered_map<std::string, std::size_t> places_;  // of each conflict among the choices
  std::vector<bool> used_;
  std::vector<Conflict> conflicts_;
  std::vector<Issue> issues_;
  std::size_t settled_ = 0;
};

}  // namespace planfile
