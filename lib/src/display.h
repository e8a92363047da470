// Text as a terminal or one line shows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace planfile {

inline constexpr std::string_view kReplacement = "\uFFFD";

// Which columns a terminal gives to characters that East Asian fonts draw wide and others narrow.
enum class Ambiguous { narrow, wide };

// One character of a text.
struct Glyph {
  std::int32_t code = 0;  // -1 for a byte that belongs to no character
  std::size_t size = 1;   // in bytes
};

// The character at the head of a text that isn't empty.
Glyph first_glyph(std::string_view text);

std::size_t width_of(const Glyph& glyph, Ambiguous ambiguous);
std::size_t width_of(std::string_view text, Ambiguous ambiguous);

// How a format shows what would break its lines.
struct LineStyle {
  std::string_view line_end;
  std::string_view special;  // gets a backslash before it
};

inline constexpr LineStyle kForTerminal{"⏎", ""};

// What would be markup. An underscore isn't inside a word, and names are full of them.
inline constexpr LineStyle kForMarkdown{"<br>", "\\|`*~<["};

// `text` on one line and harmless: a tab becomes a space; other control characters, and bytes that
// are not UTF-8, become U+FFFD.
std::string clean(std::string_view text, const LineStyle& style);

// `text` in lines of at most `width` columns; spaces vanish where it is cut. A line ends before a
// space or beside a wide character; a word too long for a line is cut where the line is full.
std::vector<std::string_view> wrap(std::string_view text, std::size_t width, Ambiguous ambiguous);

// The head of `text` that takes at most `width` columns, its last sign "…" where that cuts it.
std::string shortened(std::string_view text, std::size_t width, Ambiguous ambiguous);

// `text` in `width` columns, filled up behind it or before it.
std::string padded(std::string_view text, std::size_t width, Ambiguous ambiguous);
std::string right_aligned(std::string_view text, std::size_t width, Ambiguous ambiguous);

}  // namespace planfile
