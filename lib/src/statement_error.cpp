#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "planfile/query.h"
#include "planfile/sql_text.h"

namespace planfile {
namespace {

constexpr std::size_t kWidest = 100;  // of a line that is shown whole

// As much of a long line as a screen shows, and the place in it.
struct Excerpt {
  std::string line;
  std::size_t at = 0;  // in bytes
};

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The characters next to byte `at`.
std::size_t before(std::string_view text, std::size_t at) {
  while (--at > 0 && continues(text[at])) {
  }
  return at;
}
std::size_t after(std::string_view text, std::size_t at) {
  while (++at < text.size() && continues(text[at])) {
  }
  return at;
}

Excerpt cut(std::string line, std::size_t at) {
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';  // a tab has no width of its own
  }
  if (display_width(line) <= kWidest) return {std::move(line), at};
  const std::string_view whole = line;
  std::size_t begin = at, end = at;
  while (begin > 0 && display_width(whole.substr(begin, at - begin)) < kWidest / 2) {
    begin = before(whole, begin);
  }
  while (end < whole.size() && display_width(whole.substr(at, end - at)) < kWidest / 2) {
    end = after(whole, end);
  }
  const std::string_view left = begin > 0 ? "…" : "", right = end < whole.size() ? "…" : "";
  return {fmt::format("{}{}{}", left, whole.substr(begin, end - begin), right),
          left.size() + at - begin};
}

// The line of the text that byte `at` is in, with a mark under the place.
std::string marked(std::string_view text, std::size_t at) {
  const std::size_t previous = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = previous == std::string_view::npos ? 0 : previous + 1;
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const Excerpt shown = cut(std::string(text.substr(begin, end - begin)), at - begin);
  return fmt::format("\n  {}\n  {:>{}}", shown.line, "^",
                     display_width(std::string_view(shown.line).substr(0, shown.at)) + 1);
}

std::string told(const std::string& reason, std::string_view statement,
                 std::optional<std::size_t> at) {
  if (!at) return reason;
  const TextPlace place = place_in(statement, *at);
  const bool is_long = statement.find('\n') != statement.npos;
  return (is_long ? fmt::format("line {}, column {}: ", place.line, place.column) : "") + reason +
         marked(statement, *at);
}

}  // namespace

StatementError::StatementError(Kind kind, const std::string& reason, std::string_view statement,
                               std::optional<std::size_t> at)
    : Error(Errc::bad_query, told(reason, statement, at)),
      kind_(kind),
      reason_(reason),
      mark_(at ? marked(statement, *at) : std::string()),
      line_(at ? place_in(statement, *at).line : 0) {}

}  // namespace planfile
