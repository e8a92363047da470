// Names and words in the form in which they are sought.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace planfile {

// A text with its characters in one form: small letters without accents, full-width forms narrow
// (NFKC), Chinese simplified. Bytes that are not UTF-8 become U+FFFD.
std::u32string spelled(std::string_view text);

// The same, and for each of its characters the byte of `text` at which it began; one more entry
// holds the length of `text`.
struct Spelled {
  std::u32string text;
  std::vector<std::size_t> origins;
};
Spelled spelled_with_origins(std::string_view text);

// Where in a spelled text something was found.
struct Stretch {
  std::size_t begin = 0, end = 0;  // in characters
};

// Where `word`, which is spelled too, stands in `text`. A word that begins with a letter or digit
// is found only where one begins; Chinese is found anywhere.
std::optional<Stretch> find_word(std::u32string_view text, std::u32string_view word);

// Where the Chinese characters of `name` read as `word`, two or more small letters: by initials
// (`ycq` finds 越城区) or by syllables, of which the last may be cut (`yuech`), but not the first.
// Characters that are read in several ways in names of places and things are found by each.
std::optional<Stretch> find_pinyin(std::u32string_view name, std::u32string_view word);

}  // namespace planfile
