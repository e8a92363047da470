#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace planfile {

// The text without the space around it; ideographic and zero-width space and byte-order marks
// count.
std::string_view trim(std::string_view text);

// The text with every form that only typography tells apart in one form: full-width ASCII, spaces
// (a run is one, none at the ends), minus signs and en dashes `-`, em dashes and bars `—`, waves
// `~`. Narrower than NFKC on purpose, which would turn the footnote mark of `1000¹` into a digit.
// Nothing when the text is not UTF-8.
std::optional<std::string> fold(std::string_view text);

// The text in quotation marks for a message: on one line, cut when long, always UTF-8.
std::string quoted(std::string_view text);

// `why: "text"`, the form of every refusal.
std::string refusal(std::string_view why, std::string_view text);

// Removes the first character of `rest`, which is not empty and is UTF-8.
char32_t take_point(std::string_view& rest);

// Removes `word` when `rest` opens (ends) with it.
inline bool take(std::string_view& rest, std::string_view word) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}
inline bool take_last(std::string_view& rest, std::string_view word) {
  if (!rest.ends_with(word)) return false;
  rest.remove_suffix(word.size());
  return true;
}

// How many ASCII digits the text opens with.
std::size_t count_digits(std::string_view text);

// Each takes a number from the head of `rest`, or leaves it as it is.
// Of no more than `most` ASCII digits, with no further digit behind it.
std::optional<int> take_digits(std::string_view& rest, std::size_t most);
std::optional<int> take_chinese_digit(std::string_view& rest);   // 〇 to 九
std::optional<int> take_chinese_number(std::string_view& rest);  // 1..99: `八`, `十二`, `二十`

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace planfile
