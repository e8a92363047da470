#include "comparator.h"

#include <algorithm>
#include <span>

#include "text.h"

namespace planfile {
namespace {

struct Word {
  std::string_view text;
  Comparator says;
};

// Of two words of which one opens the other, the longer stands first. English in lower case.
constexpr Word kBefore[] = {{"<=", Comparator::at_most},
                            {"≤", Comparator::at_most},
                            {"≦", Comparator::at_most},
                            {"⩽", Comparator::at_most},
                            {"不高于", Comparator::at_most},
                            {"不超过", Comparator::at_most},
                            {"不大于", Comparator::at_most},
                            {"不多于", Comparator::at_most},
                            {"小于等于", Comparator::at_most},
                            {"小于或等于", Comparator::at_most},
                            {"至多", Comparator::at_most},
                            {"at most", Comparator::at_most},
                            {"up to", Comparator::at_most},
                            {"no more than", Comparator::at_most},
                            {"not more than", Comparator::at_most},
                            {">=", Comparator::at_least},
                            {"≥", Comparator::at_least},
                            {"≧", Comparator::at_least},
                            {"⩾", Comparator::at_least},
                            {"不低于", Comparator::at_least},
                            {"不少于", Comparator::at_least},
                            {"不小于", Comparator::at_least},
                            {"大于等于", Comparator::at_least},
                            {"大于或等于", Comparator::at_least},
                            {"至少", Comparator::at_least},
                            {"at least", Comparator::at_least},
                            {"no less than", Comparator::at_least},
                            {"not less than", Comparator::at_least},
                            {"~<", Comparator::about_below},
                            {"接近", Comparator::about_below},
                            {"将近", Comparator::about_below},
                            {"近", Comparator::about_below},
                            {"nearly", Comparator::about_below},
                            {"almost", Comparator::about_below},
                            {"<", Comparator::less},
                            {"低于", Comparator::less},
                            {"小于", Comparator::less},
                            {"少于", Comparator::less},
                            {"不足", Comparator::less},
                            {"不到", Comparator::less},
                            {"less than", Comparator::less},
                            {"fewer than", Comparator::less},
                            {"below", Comparator::less},
                            {"under", Comparator::less},
                            {">", Comparator::greater},
                            {"超过", Comparator::greater},
                            {"超", Comparator::greater},
                            {"突破", Comparator::greater},
                            {"大于", Comparator::greater},
                            {"高于", Comparator::greater},
                            {"多于", Comparator::greater},
                            {"逾", Comparator::greater},
                            {"more than", Comparator::greater},
                            {"greater than", Comparator::greater},
                            {"over", Comparator::greater},
                            {"above", Comparator::greater},
                            {"~", Comparator::about},
                            {"≈", Comparator::about},
                            {"约为", Comparator::about},
                            {"大约", Comparator::about},
                            {"约", Comparator::about},
                            {"about", Comparator::about},
                            {"around", Comparator::about},
                            {"approximately", Comparator::about},
                            {"=", Comparator::equal}};

constexpr Word kWeakBefore[] = {
    {"达到", Comparator::at_least}, {"达", Comparator::at_least}, {"控制在", Comparator::at_most}};

constexpr Word kBetween[] = {{"余", Comparator::greater}, {"多", Comparator::greater}};

constexpr Word kBehind[] = {{"及以上", Comparator::at_least},  {"以上", Comparator::at_least},
                            {"及以下", Comparator::at_most},   {"以下", Comparator::at_most},
                            {"以内", Comparator::at_most},     {"之内", Comparator::at_most},
                            {"左右", Comparator::about},       {"上下", Comparator::about},
                            {"余", Comparator::greater},       {"多", Comparator::greater},
                            {"or more", Comparator::at_least}, {"or above", Comparator::at_least},
                            {"or less", Comparator::at_most},  {"or below", Comparator::at_most}};

// Whether the text is `word`, whose letters are small ones.
bool is_word(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
  };
  return text.size() == word.size() && same(text.front(), word.front()) &&
         std::equal(text.begin(), text.end(), word.begin(), same);
}

std::optional<Comparator> take_first(std::string_view& rest, std::span<const Word> words) {
  if (rest.empty() || is_digit(rest.front())) return std::nullopt;
  for (const Word& word : words) {
    if (!is_word(rest.substr(0, word.text.size()), word.text)) continue;
    rest = trim(rest.substr(word.text.size()));
    return word.says;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Comparator> take_comparator_before(std::string_view& rest) {
  return take_first(rest, kBefore);
}

std::optional<Comparator> take_weak_comparator_before(std::string_view& rest) {
  return take_first(rest, kWeakBefore);
}

std::optional<Comparator> take_comparator_between(std::string_view& rest) {
  return take_first(rest, kBetween);
}

std::optional<Comparator> take_comparator_behind(std::string_view& rest) {
  for (const Word& word : kBehind) {
    if (rest.size() < word.text.size()) continue;
    const std::size_t at = rest.size() - word.text.size();
    if (!is_word(rest.substr(at), word.text)) continue;
    rest = trim(rest.substr(0, at));
    return word.says;
  }
  return std::nullopt;
}

bool has_comparator_behind(std::string_view text) {
  return std::any_of(std::begin(kBehind), std::end(kBehind), [text](const Word& word) {
    return text.find(word.text) != std::string_view::npos;
  });
}

}  // namespace planfile
