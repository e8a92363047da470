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
  bool in_quotes = false, may_open = true, blank = true;
  const auto end_row = [&] {
    if (!blank) counts.push_back(cells);
    cells = 1;
    may_open = blank = true;
  };
  for (const char c : head) {
    if (counts.size() == kMostRows) return counts;
    if (in_quotes) {
      in_quotes = c != '"';
      may_open = !in_quotes;  // once more, by a doubled quote
    } else if (c == '\n' || c == '\r') {
      end_row();
    } else {
      in_quotes = c == '"' && may_open;
      if (c == delimiter) ++cells;
      may_open = c == delimiter;
      blank = false;
    }
  }
  if (counts.empty()) end_row();
  return counts;
}

// How well a delimiter parts the rows; of several the greatest is best.
struct Regularity {
  std::size_t rows = 0;   // that have the commonest number of cells above one
  std::size_t run = 0;    // of them, those that follow each other
  bool is_clean = false;  // another delimiter opens no cells, as it does where they are padded
  std::size_t cells = 0;
  auto operator<=>(const Regularity&) const = default;
};

// Whether no more than a few cells open with another delimiter: `指标\t,2023年\t,2022年`.
bool is_clean(std::string_view head, char delimiter) {
  std::size_t cells = 0, odd = 0;
  for (std::size_t at = head.find(delimiter); at != head.npos; at = head.find(delimiter, at + 1)) {
    const char next = at + 1 < head.size() ? head[at + 1] : delimiter;
    ++cells;
    if (next != delimiter && next != '\t' && kDelimiters.find(next) != kDelimiters.npos) ++odd;
  }
  return 2 * odd < cells;
}

Regularity regularity(std::string_view head, char delimiter) {
  const std::vector<std::size_t> counts = count_cells(head, delimiter);
  std::map<std::size_t, std::size_t> rows_by_cells;
  for (const std::size_t cells : counts) {
    if (cells > 1) ++rows_by_cells[cells];
  }
  Regularity best{0, 0, is_clean(head, delimiter), 0};
  for (const auto& [cells, rows] : rows_by_cells) {
    std::size_t run = 0, longest = 0;
    for (const std::size_t other : counts) {
      run = other == cells ? run + 1 : 0;
      longest = std::max(longest, run);
    }
    best = std::max(best, Regularity{rows, longest, best.is_clean, cells});
  }
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
    if (other.rows > 0 && other > best) {
      best = other;
      found = delimiter;
    }
  }
  return found;
}

}  // namespace planfile
