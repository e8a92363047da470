// Text inside HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace planfile {

// `text` between tags or in a double-quoted attribute, well-formed in HTML and XML alike. What
// neither may hold (control characters, bytes that are not UTF-8) is U+FFFD; a line end stays.
std::string escaped(std::string_view text);

// The same with `<br/>` at line ends.
std::string escaped_lines(std::string_view text);

// What an HTML or SVG element says of its language.
std::string_view language_tag(std::string_view lang);

// Fonts that have Chinese characters, wherever the page is opened.
inline constexpr std::string_view kFonts =
    "system-ui,\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft YaHei\","
    "sans-serif";

}  // namespace planfile
