#include "planfile/nearest.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <utf8proc.h>

namespace planfile {
namespace {

// Characters of `text`, in lower case.
std::u32string characters(std::string_view text) {
  std::u32string all;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t point = 0;
    const auto taken = utf8proc_iterate(at, left, &point);
    if (taken <= 0) break;
    all.push_back(static_cast<char32_t>(utf8proc_tolower(point)));
    at += taken;
    left -= taken;
  }
  return all;
}

// Levenshtein's distance, with a swap of neighbours as one step.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before = std::exchange(last, row);
  }
  return last[b.size()];
}

bool contains(const std::u32string& whole, const std::u32string& part) {
  return part.size() >= 2 && whole.find(part) != std::u32string::npos;
}

}  // namespace

std::vector<std::string_view> nearest(std::string_view name,
                                      std::span<const std::string_view> candidates,
                                      std::size_t most) {
  constexpr std::size_t kLongest = 60;  // longer names are compared no further: it would take long
  const std::u32string wanted = characters(name.substr(0, 4 * kLongest));
  const std::size_t tolerance = std::max<std::size_t>(1, wanted.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const std::string_view candidate : candidates) {
    const std::u32string other = characters(candidate);
    if (wanted.size() > kLongest || other.size() > kLongest) continue;
    const bool part = contains(other, wanted) || contains(wanted, other);
    const std::size_t longer = std::max(other.size(), wanted.size());
    const std::size_t apart = longer - std::min(other.size(), wanted.size());
    if (!part && apart > tolerance) continue;
    const std::size_t steps = part ? (apart + 3) / 4 : distance(wanted, other);
    if (part || (steps <= tolerance && steps < wanted.size())) near.emplace_back(steps, candidate);
  }
  std::sort(near.begin(), near.end());
  if (near.size() > most) near.resize(most);
  std::vector<std::string_view> names;
  names.reserve(near.size());
  for (const auto& [steps, candidate] : near) names.push_back(candidate);
  return names;
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
  std::string text;
  for (const std::string_view other : nearest(name, candidates)) {
    text += fmt::format("{}\"{}\"", text.empty() ? "; nearest: " : ", ", other);
  }
  return text;
}

}  // namespace planfile
