#include "markup.h"

#include "display.h"

namespace planfile {
namespace {

std::string_view entity_of(char sign) {
  switch (sign) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};
  }
}

bool is_allowed(std::int32_t code) {
  const bool is_space = code == '\n' || code == '\t';
  const bool is_control = code < 0x20 || (code >= 0x7F && code < 0xA0);
  return is_space || (!is_control && (code & 0xFFFE) != 0xFFFE);
}

std::string escape(std::string_view text, std::string_view line_end) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with("\r\n")) text.remove_prefix(1);
    const auto [code, size] = first_glyph(text);
    const std::string_view entity = size == 1 ? entity_of(text.front()) : std::string_view();
    if (code == '\n' || code == '\r') {
      shown += line_end;
    } else if (!entity.empty()) {
      shown += entity;
    } else if (!is_allowed(code)) {
      shown += kReplacement;
    } else {
      shown.append(text, 0, size);
    }
    text.remove_prefix(size);
  }
  return shown;
}

}  // namespace

std::string escaped(std::string_view text) { return escape(text, "\n"); }

std::string escaped_lines(std::string_view text) { return escape(text, "<br/>"); }

std::string_view language_tag(std::string_view lang) { return lang == "zh" ? "zh-CN" : "en"; }

}  // namespace planfile
