#include "spelling.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <tuple>
#include <utility>

#include <utf8proc.h>

#include "han.h"

namespace planfile {
namespace {

constexpr char32_t kUnknown = 0xFFFD;

bool is_small_letter(char32_t c) { return c >= U'a' && c <= U'z'; }

bool is_word_character(char32_t c) {
  if (c < 0x80) return is_small_letter(c) || (c >= U'0' && c <= U'9');
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return !is_han(c) && (category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_ND);
}

// Removes the first character of `rest`, which is not empty.
char32_t take_character(std::string_view& rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  utf8proc_int32_t code = first;
  utf8proc_ssize_t size = 1;
  if (first >= 0x80) {
    size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(rest.data()),
                            static_cast<utf8proc_ssize_t>(rest.size()), &code);
    if (size <= 0)
      std::tie(code, size) = std::pair(utf8proc_int32_t{kUnknown}, utf8proc_ssize_t{1});
  }
  rest.remove_prefix(static_cast<std::size_t>(size));
  return static_cast<char32_t>(code);
}

void append_form(std::u32string& text, char32_t c) {
  if (c < 0x80) {
    text += c >= U'A' && c <= U'Z' ? c + (U'a' - U'A') : c;
  } else if (is_han(c)) {
    text += kSimplified[c - kFirstHan];
  } else {
    std::array<utf8proc_int32_t, 20> forms{};  // no character has more: U+FDFA has 18
    constexpr auto kOptions =
        static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                       UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), forms.data(),
                                               forms.size(), kOptions, nullptr);
    for (utf8proc_ssize_t at = 0; at < count && at < utf8proc_ssize_t{forms.size()}; ++at) {
      const auto form = static_cast<char32_t>(forms[static_cast<std::size_t>(at)]);
      text += is_han(form) ? char32_t{kSimplified[form - kFirstHan]} : form;
    }
  }
}

// Other readings in names of places and in the words of plans, beside the one that ICU gives.
struct OtherReading {
  char32_t character;
  std::string_view syllable;
};
constexpr OtherReading kOtherReadings[] = {
    {U'长', "chang"}, {U'厦', "xia"},   {U'会', "kuai"},  {U'乐', "yue"},   {U'重', "chong"},
    {U'行', "hang"},  {U'六', "lu"},    {U'都', "dou"},   {U'率', "shuai"}, {U'单', "shan"},
    {U'曾', "zeng"},  {U'曾', "ceng"},  {U'调', "diao"},  {U'调', "tiao"},  {U'参', "shen"},
    {U'差', "chai"},  {U'藏', "zang"},  {U'藏', "cang"},  {U'朝', "chao"},  {U'朝', "zhao"},
    {U'浒', "xu"},    {U'莘', "xin"},   {U'莘', "shen"},  {U'番', "pan"},   {U'涡', "guo"},
    {U'蚌', "beng"},  {U'降', "jiang"}, {U'传', "zhuan"}, {U'尉', "yu"},    {U'陂', "pi"}};

// Those characters, so that the others need no search among them.
bool has_other_reading(char32_t c) {
  static const auto all = [] {
    std::bitset<kLastHan - kFirstHan + 1> set;
    for (const OtherReading& other : kOtherReadings) set.set(other.character - kFirstHan);
    return set;
  }();
  return all.test(c - kFirstHan);
}

// Calls `use(syllable)` for each reading of a character until it gives true.
template <class Use>
bool any_reading(char32_t c, Use&& use) {
  if (!is_han(c)) return false;
  const std::string_view usual = kSyllables[kReadings[c - kFirstHan]];
  if (!usual.empty() && use(usual)) return true;
  if (!has_other_reading(c)) return false;
  for (const OtherReading& other : kOtherReadings) {
    if (other.character == c && other.syllable != usual && use(other.syllable)) return true;
  }
  return false;
}

// ü is typed as v, or as u.
bool is_same_letter(char32_t typed, char spoken) {
  return typed == static_cast<char32_t>(spoken) || (spoken == 'v' && typed == U'u');
}

// How many letters of the syllable open the word.
std::size_t shared(std::u32string_view word, std::string_view syllable) {
  std::size_t count = 0;
  while (count < word.size() && count < syllable.size() &&
         is_same_letter(word[count], syllable[count])) {
    ++count;
  }
  return count;
}

// Whether some reading of the character opens with the letter.
bool opens_with(char32_t c, char32_t letter) {
  return any_reading(
      c, [&](std::string_view syllable) { return is_same_letter(letter, syllable.front()); });
}

// How many characters from the head of `name` on read as the word by their initials; 0 is none.
std::size_t by_initials(std::u32string_view name, std::u32string_view word) {
  if (name.size() < word.size()) return 0;
  for (std::size_t at = 0; at < word.size(); ++at) {
    if (!opens_with(name[at], word[at])) return 0;
  }
  return word.size();
}

// The same by syllables from the character at `before` on; the last may be cut, but not the first.
std::size_t by_syllables(std::u32string_view name, std::u32string_view word, std::size_t before) {
  if (word.empty()) return before;
  if (name.size() <= before) return 0;
  std::size_t found = 0;
  any_reading(name[before], [&](std::string_view syllable) {
    const std::size_t letters = shared(word, syllable);
    if (letters == word.size() && (before > 0 || letters == syllable.size())) {
      found = before + 1;
    } else if (letters == syllable.size()) {
      found = by_syllables(name, word.substr(letters), before + 1);
    }
    return found > 0;
  });
  return found;
}

}  // namespace

std::u32string spelled(std::string_view text) {
  std::u32string form;
  form.reserve(text.size());
  while (!text.empty()) append_form(form, take_character(text));
  return form;
}

Spelled spelled_with_origins(std::string_view text) {
  Spelled form;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t at = text.size() - rest.size();
    append_form(form.text, take_character(rest));
    form.origins.resize(form.text.size(), at);
  }
  form.origins.push_back(text.size());
  return form;
}

std::optional<Stretch> find_word(std::u32string_view text, std::u32string_view word) {
  if (word.empty()) return std::nullopt;
  const bool is_bound = is_word_character(word.front());
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    if (is_bound && at > 0 && is_word_character(text[at - 1])) continue;
    return Stretch{at, at + word.size()};
  }
  return std::nullopt;
}

std::optional<Stretch> find_pinyin(std::u32string_view name, std::u32string_view word) {
  if (word.size() < 2 || !std::all_of(word.begin(), word.end(), is_small_letter)) {
    return std::nullopt;
  }
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!opens_with(name[at], word.front())) continue;
    const std::u32string_view rest = name.substr(at);
    const std::size_t read = std::max(by_initials(rest, word), by_syllables(rest, word, 0));
    if (read > 0) return Stretch{at, at + read};
  }
  return std::nullopt;
}

}  // namespace planfile
