// Chinese characters one by one, as lib/generate/han_table.cpp has them from ICU.
#pragma once

#include <cstdint>

namespace planfile {

// The characters that the tables tell of: all that are in common use.
inline constexpr char32_t kFirstHan = 0x4E00;
inline constexpr char32_t kLastHan = 0x9FFF;

constexpr bool is_han(char32_t c) { return c >= kFirstHan && c <= kLastHan; }

// By `c - kFirstHan`: the place of a character's reading in kSyllables (small letters without tone,
// `v` for ü; empty where there is none), and its simplified form.
extern const char* const kSyllables[];
extern const std::uint16_t kReadings[];
extern const char16_t kSimplified[];

}  // namespace planfile
