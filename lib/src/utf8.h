// UTF-8 at the speed of long texts. All of it is strict: no overlong forms, no surrogates.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace planfile {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The first of the bytes before `end` that no valid character has; `end` when there is none. A
// character that `end` cuts counts as not valid.
const char* find_invalid(const char* at, const char* end);

// The first byte that is not ASCII, or `end`.
const char* skip_ascii(const char* at, const char* end);

// Whether the text may be the first bytes of a character of which the rest is missing.
bool is_cut_character(std::string_view text);

// How many characters the text has; each byte that belongs to none counts as one.
std::size_t count_characters(std::string_view text);

// Eight bytes as a number, the first the lowest.
inline std::uint64_t load_word(const char* at) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

}  // namespace planfile
