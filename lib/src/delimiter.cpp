#include "planfile/mapping.h"

#include <algorithm>
#include <map>

namespace planfile {
namespace {

constexpr std::string_view kDelimiters = ",;\t|";
constexpr std::size_t kMostRows = 200;

// Cells of each row of `head`, were it parted by `delimiter`. Blank lines are none; a last line
// without its end may have been cut and counts only when it is alone.
std::vector<std::size_t> count_cells(std::string_view head, char delimiter) {
  std::vector<std::size_t> counts;
  std::size_t cells = 1;
  bool in_quotes = false, at_start = true, blank = true;
  const auto end_row = [&] {
    if (!blank) counts.push_back(cells);
    cells = 1;
    at_start = blank = true;
  };
  for (const char c : head) {
    if (counts.size() == kMostRows) return counts;
    if (in_quotes) {  // a doubled quote leaves and enters again
      in_quotes = c != '"';
      continue;
    }
    if (c == '\n' || c == '\r') {
      end_row();
      continue;
    }
    in_quotes =
        c == '"' && (at_start || head[static_cast<std::size_t>(&c - head.data()) - 1] == '"');
    if (c == delimiter) ++cells;
    at_start = c == delimiter;
    blank = false;
  }
  if (counts.empty()) end_row();
  return counts;
}

// How many rows have the commonest number of cells above one, and that number.
struct Regularity {
  std::size_t rows = 0, cells = 0;
  auto operator<=>(const Regularity&) const = default;
};

Regularity regularity(std::string_view head, char delimiter) {
  std::map<std::size_t, std::size_t> rows_by_cells;
  for (const std::size_t cells : count_cells(head, delimiter)) {
    if (cells > 1) ++rows_by_cells[cells];
  }
  Regularity best;
  for (const auto& [cells, rows] : rows_by_cells) best = std::max(best, Regularity{rows, cells});
  return best;
}

}  // namespace

char find_delimiter(std::string_view head) {
  constexpr std::size_t kEnough = 1 << 16;
  head = head.substr(0, kEnough);
  char found = ',';
  Regularity best;
  for (const char delimiter : kDelimiters) {
    const Regularity other = regularity(head, delimiter);
    if (other > best) {
      best = other;
      found = delimiter;
    }
  }
  return found;
}

}  // namespace planfile
