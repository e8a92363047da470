#include "display.h"

#include "planfile/table.h"

#include <unicode/uchar.h>
#include <utf8proc.h>

#include <algorithm>

namespace planfile {
namespace {

constexpr std::int32_t kNotUtf8 = -1;

// Whether a terminal would obey the character rather than show it: C0 and C1 controls, line and
// paragraph separators, and the marks that turn the writing direction.
bool is_control(std::int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

bool is_ambiguous(std::int32_t code) {
  return code >= 0x80 && u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH) == U_EA_AMBIGUOUS;
}

// Bytes of `text` that go on a line of `width` columns.
std::size_t line_length(std::string_view text, std::size_t width, Ambiguous ambiguous) {
  std::size_t used = 0;
  std::size_t cut = 0;  // the last place where the line may end
  for (std::size_t at = 0; at < text.size();) {
    const Glyph glyph = first_glyph(text.substr(at));
    const std::size_t columns = width_of(glyph, ambiguous);
    const bool stays_with_former = columns == 0 && cut == at;
    if (glyph.code == ' ' || columns == 2) cut = at;
    if (used + columns > width) return cut > 0 ? cut : std::max(at, glyph.size);
    used += columns;
    at += glyph.size;
    if (columns == 2 || stays_with_former) cut = at;
  }
  return text.size();
}

}  // namespace

Glyph first_glyph(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  if (bytes[0] < 0x80) return {bytes[0], 1};
  utf8proc_int32_t code = kNotUtf8;
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (size <= 0) return {kNotUtf8, 1};
  return {code, static_cast<std::size_t>(size)};
}

std::size_t width_of(const Glyph& glyph, Ambiguous ambiguous) {
  if (glyph.code == kNotUtf8) return 1;
  const auto width = static_cast<std::size_t>(utf8proc_charwidth(glyph.code));
  return width == 1 && ambiguous == Ambiguous::wide && is_ambiguous(glyph.code) ? 2 : width;
}

std::size_t width_of(std::string_view text, Ambiguous ambiguous) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Glyph glyph = first_glyph(text);
    width += width_of(glyph, ambiguous);
    text.remove_prefix(glyph.size);
  }
  return width;
}

std::size_t display_width(std::string_view text) { return width_of(text, Ambiguous::narrow); }

std::string clean(std::string_view text, const LineStyle& style) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with("\r\n")) text.remove_prefix(1);
    const auto [code, size] = first_glyph(text);
    if (code == '\n' || code == '\r') {
      shown += style.line_end;
    } else if (code == '\t') {
      shown += ' ';
    } else if (is_control(code)) {
      shown += kReplacement;
    } else {
      if (size == 1 && style.special.find(text.front()) != std::string_view::npos) shown += '\\';
      shown.append(text, 0, size);
    }
    text.remove_prefix(size);
  }
  return shown;
}

std::vector<std::string_view> wrap(std::string_view text, std::size_t width, Ambiguous ambiguous) {
  if (width_of(text, ambiguous) <= width) return {text};
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t length = line_length(text, width, ambiguous);
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  return lines;
}

std::string shortened(std::string_view text, std::size_t width, Ambiguous ambiguous) {
  constexpr std::string_view kEllipsis = "…";
  if (width_of(text, ambiguous) <= width) return std::string(text);
  const std::size_t sign = width_of(kEllipsis, ambiguous);
  std::size_t used = 0, at = 0;
  while (at < text.size()) {
    const Glyph glyph = first_glyph(text.substr(at));
    used += width_of(glyph, ambiguous);
    if (used + sign > width) break;
    at += glyph.size;
  }
  return std::string(text.substr(0, at)).append(sign <= width ? kEllipsis : "");
}

std::string padded(std::string_view text, std::size_t width, Ambiguous ambiguous) {
  const std::size_t used = width_of(text, ambiguous);
  return std::string(text).append(width - std::min(width, used), ' ');
}

std::string right_aligned(std::string_view text, std::size_t width, Ambiguous ambiguous) {
  const std::size_t used = width_of(text, ambiguous);
  return std::string(width - std::min(width, used), ' ').append(text);
}

}  // namespace planfile
