#include "utf8.h"

#include <utf8proc.h>

#include <algorithm>

namespace planfile {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080;

// Bytes of the character at `at`, 0 when there is none. Three bytes, as nearly all Chinese
// characters have, are read here because a call for each would take most of the time.
std::size_t character_size(const char* at, const char* end) {
  if (end - at >= 3) {
    const auto byte = [at](int index) {
      return std::uint32_t{static_cast<unsigned char>(at[index])};
    };
    const std::uint32_t three = byte(0) << 16 | byte(1) << 8 | byte(2);
    const bool is_three = (three & 0xF0C0C0) == 0xE08080;
    const bool is_overlong = (three & 0x0F2000) == 0;
    const bool is_surrogate = (three & 0x0F2000) == 0x0D2000;
    if (is_three && !is_overlong && !is_surrogate) return 3;
  }
  utf8proc_int32_t character = 0;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(at), end - at, &character);
  return size > 0 ? static_cast<std::size_t>(size) : 0;
}

bool is_high(char byte) { return (static_cast<unsigned char>(byte) & 0x80) != 0; }

// A byte that goes on with a character.
bool is_trailing(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

const char* skip_ascii(const char* at, const char* end) {
  constexpr std::ptrdiff_t kWords = 8;
  for (; end - at >= 8 * kWords; at += 8 * kWords) {
    std::uint64_t all = 0;
    for (std::ptrdiff_t word = 0; word < kWords; ++word) all |= load_word(at + 8 * word);
    if ((all & kHighBits) != 0) break;
  }
  while (end - at >= 8 && (load_word(at) & kHighBits) == 0) at += 8;
  while (at != end && !is_high(*at)) ++at;
  return at;
}

const char* find_invalid(const char* at, const char* end) {
  for (;;) {
    at = skip_ascii(at, end);
    if (at == end) return end;
    do {
      const std::size_t size = character_size(at, end);
      if (size == 0) return at;
      at += size;
    } while (at != end && is_high(*at));
  }
}

bool is_cut_character(std::string_view text) {
  if (text.empty() || text.size() > 3) return false;
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  return text.size() < size && std::all_of(text.begin() + 1, text.end(), is_trailing);
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char* const stop = find_invalid(at, end);
    count += static_cast<std::size_t>(
        std::count_if(at, stop, [](char byte) { return !is_trailing(byte); }));
    at = stop;
    if (at != end) {
      ++at;
      ++count;
    }
  }
  return count;
}

}  // namespace planfile
