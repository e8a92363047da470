#include "judge.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "planfile/period.h"
#include "planfile/value.h"
#include "text.h"
#include "words.h"

namespace planfile {
namespace {

std::string place(std::string_view kind, std::string_view key, std::string_view column) {
  return fmt::format("{}\x1f{}\x1f{}", kind, key, column);
}

std::optional<Side> side_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, Side>, 7> kWords = {{{"ours", Side::ours},
                                                                        {"theirs", Side::theirs},
                                                                        {"base", Side::base},
                                                                        {"我方", Side::ours},
                                                                        {"对方", Side::theirs},
                                                                        {"原来", Side::base},
                                                                        {"原值", Side::base}}};
  const std::string plain = loosened(word);
  for (const auto& [name, side] : kWords) {
    if (plain == name) return side;
  }
  return std::nullopt;
}

// Whether a spreadsheet may have made the one cell of the other: 1,008.5 and 1008.5, 2021-08 and
// Aug-21, line ends of either kind.
bool may_be(std::string_view written, std::string_view saved) {
  const auto plain = [](std::string_view text) {
    std::string folded = loosened(trim(text), Capitals::kept);
    std::erase_if(folded, [](char c) { return c == '\r' || c == '\n'; });
    return folded;
  };
  if (plain(written) == plain(saved)) return true;
  const auto number = parse_value(trim(written)), other = parse_value(trim(saved));
  if (number && other && number->value && number->value == other->value) return true;
  const auto period = parse_period(trim(written)), other_period = parse_period(trim(saved));
  return period && other_period && *period == *other_period;
}

// Whether a choice is a text where both sides have a number, as a word that is spelt wrongly is.
bool is_out_of_place(const Conflict& conflict, std::string_view choice) {
  constexpr std::string_view kFigures[] = {"value", "base_value", "planned", "spent", "investment"};
  const bool is_figure = conflict.kind != "milestone" &&
                         std::ranges::find(kFigures, conflict.column) != std::end(kFigures);
  const auto has_number = [](std::string_view text) {
    const auto read = parse_value(trim(text));
    return read && read->value;
  };
  const auto read = parse_value(trim(choice));
  const bool is_text = !read || !read->wording.empty();
  return is_figure && is_text && has_number(conflict.ours) && has_number(conflict.theirs);
}

}  // namespace

Judge::Judge(const std::vector<Choice>& choices) : choices_(choices), used_(choices.size()) {
  for (std::size_t at = 0; at < choices.size(); ++at) {
    const Choice& choice = choices[at];
    const auto [found, is_new] = places_.emplace(place(choice.kind, choice.key, choice.column), at);
    if (is_new) continue;
    used_[at] = true;
    fault(choice, "key",
          fmt::format("the same conflict as in line {}", choices[found->second].line));
  }
}

void Judge::fault(const Choice& choice, std::string_view column, std::string message) {
  issues_.push_back({.file = {},
                     .line = choice.line,
                     .position = 0,
                     .column = std::string(column),
                     .message = std::move(message)});
}

const Choice* Judge::find(const Conflict& conflict) {
  const auto found = places_.find(place(conflict.kind, conflict.key, conflict.column));
  if (found == places_.end()) return nullptr;
  used_[found->second] = true;
  return &choices_[found->second];
}

// A file of choices is for the files that it was made from.
bool Judge::agrees(const Conflict& conflict, const Choice& choice) {
  const auto agree = [&](std::string_view column, const std::string& now, const std::string& then) {
    if (may_be(now, then)) return true;
    fault(choice, column,
          fmt::format("\"{}\" here, but \"{}\" in the files: made for another merge?", then, now));
    return false;
  };
  const bool one = agree("base", conflict.base, choice.base);
  const bool two = agree("ours", conflict.ours, choice.ours);
  return agree("theirs", conflict.theirs, choice.theirs) && one && two;
}

std::optional<Verdict> Judge::settle(const std::vector<Conflict>& together, bool has_base) {
  Verdict verdict;
  const Choice* by = nullptr;  // whose choice names the side
  std::vector<const Conflict*> open;
  bool sound = true;
  for (const Conflict& conflict : together) {
    const Choice* choice = find(conflict);
    if (choice == nullptr || trim(choice->choice).empty()) {
      open.push_back(&conflict);
      continue;
    }
    sound = agrees(conflict, *choice) && sound;
    const auto side = side_of(choice->choice);
    if (!side && conflict.column.empty()) {
      fault(*choice, "choice", refusal("not ours, theirs or base", choice->choice));
      sound = false;
    } else if (!side && is_out_of_place(conflict, choice->choice)) {
      fault(
          *choice, "choice",
          refusal("neither ours, theirs or base nor a number, as both sides have", choice->choice));
      sound = false;
    } else if (!side) {
      verdict.values.emplace_back(choice, std::string(trim(choice->choice)));
    } else if (*side == Side::base && !has_base) {
      fault(*choice, "choice", "there is no base");
      sound = false;
    } else if (verdict.side && *verdict.side != *side) {
      fault(*choice, "choice",
            fmt::format("\"{}\", but \"{}\" in line {}: the two columns go together",
                        trim(choice->choice), trim(by->choice), by->line));
      sound = false;
    } else {
      verdict.side = side;
      by = choice;
    }
  }
  if (!sound) return std::nullopt;
  if (!verdict.side && !open.empty()) {
    for (const Conflict* conflict : open) conflicts_.push_back(*conflict);
    return std::nullopt;
  }
  ++settled_;
  return verdict;
}

void Judge::refuse_rest() {
  for (std::size_t at = 0; at < choices_.size(); ++at) {
    if (used_[at]) continue;
    const Choice& choice = choices_[at];
    fault(choice, "key",
          fmt::format("no such conflict between these files: {} {} {}", choice.kind, choice.key,
                      choice.column));
  }
  std::stable_sort(issues_.begin(), issues_.end(),
                   [](const Issue& a, const Issue& b) { return a.line < b.line; });
}

}  // namespace planfile
