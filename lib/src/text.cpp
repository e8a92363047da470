#include "text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

namespace planfile {
namespace {

constexpr char32_t kDropped = 0xFFFFFFFF;
constexpr std::size_t kQuotedPoints = 80;

struct Decoded {
  char32_t point;
  std::size_t size;  // in bytes; 0 when the bytes are not UTF-8
};

Decoded decode(std::string_view text) {
  utf8proc_int32_t point = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &point);
  if (size <= 0) return {0, 0};
  return {static_cast<char32_t>(point), static_cast<std::size_t>(size)};
}

void append(std::string& text, char32_t point) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

bool is_space(char32_t point) {
  return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xA0 || point == 0x3000 ||
         (point >= 0x2000 && point <= 0x200A) || point == 0x202F || point == 0x205F;
}

bool is_invisible(char32_t point) {
  return (point >= 0x200B && point <= 0x200F) || point == 0x2060 || point == 0xFEFF ||
         point == 0xAD;
}

char32_t folded(char32_t point) {
  if (point >= 0xFF01 && point <= 0xFF5E) return point - 0xFEE0;
  if (is_space(point)) return ' ';
  if (is_invisible(point)) return kDropped;
  switch (point) {
    case 0x2010:  // hyphen
    case 0x2011:  // non-breaking hyphen
    case 0x2012:  // figure dash
    case 0x2013:  // en dash
    case 0x2212:  // minus sign
    case 0xFE63:  // small hyphen-minus
      return '-';
    case 0x2015:  // horizontal bar
    case 0x2500:  // box drawing, from scanned tables
    case 0x2E3A:  // two-em dash
    case 0xFE58:  // small em dash
      return U'—';
    case 0x223C:  // tilde operator
    case 0x301C:  // wave dash
      return '~';
    case 0x2215:  // division slash
      return '/';
    default:
      return point;
  }
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto printed = [](char c) { return c > ' ' && c < 0x7F; };
  if (!text.empty() && printed(text.front()) && printed(text.back())) return text;
  const auto blank = [](char32_t point) { return is_space(point) || is_invisible(point); };
  while (!text.empty()) {
    const auto [point, size] = decode(text);
    if (size == 0 || !blank(point)) break;
    text.remove_prefix(size);
  }
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    const auto [point, size] = decode(text.substr(at));
    if (at + size != text.size() || !blank(point)) break;
    text.remove_suffix(size);
  }
  return text;
}

std::optional<std::string> fold(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    if (text.front() > ' ' && text.front() < 0x7F) {
      plain += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto [point, size] = decode(text);
    if (size == 0) return std::nullopt;
    text.remove_prefix(size);
    const char32_t twin = folded(point);
    if (twin == kDropped) continue;
    if (twin == ' ' && (plain.empty() || plain.back() == ' ')) continue;
    append(plain, twin);
  }
  if (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

std::string quoted(std::string_view text) {
  std::string shown = "\"";
  for (std::size_t points = 0; !text.empty(); ++points) {
    if (points == kQuotedPoints) {
      shown += "…";
      break;
    }
    const auto [point, size] = decode(text);
    const bool control = point < ' ' || (point >= 0x7F && point < 0xA0);
    append(shown, size == 0 ? 0xFFFD : control ? U' ' : point);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return shown + '"';
}

std::string refusal(std::string_view why, std::string_view text) {
  return fmt::format("{}: {}", why, quoted(text));
}

char32_t take_point(std::string_view& rest) {
  const auto [point, size] = decode(rest);
  rest.remove_prefix(size == 0 ? 1 : size);
  return point;
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

std::optional<int> take_digits(std::string_view& rest, std::size_t most) {
  const std::size_t size = count_digits(rest);
  if (size == 0 || size > most) return std::nullopt;
  int number = 0;
  for (const char digit : rest.substr(0, size)) number = number * 10 + (digit - '0');
  rest.remove_prefix(size);
  return number;
}

std::optional<int> take_chinese_digit(std::string_view& rest) {
  constexpr std::string_view kDigits[] = {"〇", "一", "二", "三", "四",
                                          "五", "六", "七", "八", "九"};
  for (int digit = 0; digit < 10; ++digit) {
    if (take(rest, kDigits[digit])) return digit;
  }
  if (take(rest, "零") || take(rest, "○")) return 0;
  return std::nullopt;
}

std::optional<int> take_chinese_number(std::string_view& rest) {
  std::string_view ahead = rest;
  const auto first = take_chinese_digit(ahead);
  if (first == 0) return std::nullopt;
  if (!take(ahead, "十")) {
    if (first) rest = ahead;
    return first;
  }
  rest = ahead;
  const auto ones = take_chinese_digit(ahead);
  if (ones == 0) return std::nullopt;
  rest = ahead;
  return first.value_or(1) * 10 + ones.value_or(0);
}

}  // namespace planfile
