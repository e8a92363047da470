// How rows and their changes are told in the words of planning, in English and Chinese.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "database.h"
#include "planfile/model.h"

namespace planfile {

// The same in both languages.
struct Told {
  std::string en, zh;
};

// A table's name for one row of it, and for several in English: "target", "目标", "targets".
Told kind_word(std::string_view kind);
std::string plural_of(std::string_view kind);

// The names of what the files hold.
class Vocabulary {
 public:
  // Where names differ, a later file's counts.
  explicit Vocabulary(std::span<Database* const> files);

  // The name of the thing with that code in `table`: indicator, entity, project, stage, status.
  [[nodiscard]] Told name(std::string_view table, const std::string& code) const;
  // A column's label.
  [[nodiscard]] Told column(std::string_view table, std::string_view column) const;
  // A cell: its word, where the column holds a code or one of a few choices.
  [[nodiscard]] Told cell(std::string_view table, std::string_view column,
                          const std::string& text) const;
  // The unit of a series' values; empty when the indicator is not known.
  [[nodiscard]] std::string unit(const std::string& indicator, std::string_view measure) const;
  [[nodiscard]] std::string entity_of_plan(const std::string& plan) const;

 private:
  using Key = std::pair<std::string, std::string>;

  void learn(Database& file);

  std::map<Key, Told> names_, columns_;
  std::map<std::string, std::string> units_, plans_;
};

// A row as a sentence names it: `Urban-rural income ratio (Yuecheng District, 2021, report)`.
template <class Fact>
Told subject(const Fact& fact, const Vocabulary& words);

// A figure as printed, or its number with the sign before it.
std::string shown(const Figure& figure);

// How far a number moved: " (+2 percentage points)", "（+1.5，+0.15%）"; empty where that can't be
// said.
Told step(const Figure& before, const Figure& after, const std::string& unit);

}  // namespace planfile
