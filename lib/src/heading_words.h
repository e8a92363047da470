// The words of headings, told once. Names are compared by plain_name, so none has a space in it.
#pragma once

#include <optional>
#include <string_view>

#include "headings.h"

namespace planfile {

// What one word for a column says.
struct Word {
  Sense sense = Sense::none;
  std::string_view status = {};     // of the figures
  std::string_view milestone = {};  // its kind
};

// `text` is plain (see plain_name).
std::optional<Word> find_word(std::string_view text);

// The word that a name ends with, where it can be no part of the name: 同比增长, 绝对值.
struct Ending {
  std::string_view rest;
  Word word;
};
std::optional<Ending> find_ending(std::string_view text);

// Whether the text is a period told by the one that the titles name: 本月, 累计, 上年同期.
bool is_relative_period(std::string_view text);

// The relative period that the text opens with; empty when it opens with none.
std::string_view relative_period_before(std::string_view text);

}  // namespace planfile
