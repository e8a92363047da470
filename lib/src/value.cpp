#include "planfile/value.h"

#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "planfile/unit.h"
#include "text.h"

namespace planfile {
namespace {

// In the order of Comparator.
constexpr std::string_view kSigns[] = {"=", "<", "<=", ">", ">=", "~", "~<"};

struct Word {
  std::string_view text;
  Comparator says;
};

// Where one word opens with another, the longer stands first. English ones in lower case.
constexpr Word kBefore[] = {
    {"<=", Comparator::at_most},
    {">=", Comparator::at_least},
    {"~<", Comparator::about_below},
    {"=", Comparator::equal},
    {"<", Comparator::less},
    {">", Comparator::greater},
    {"~", Comparator::about},
    {"≤", Comparator::at_most},
    {"≦", Comparator::at_most},
    {"⩽", Comparator::at_most},
    {"≥", Comparator::at_least},
    {"≧", Comparator::at_least},
    {"⩾", Comparator::at_least},
    {"≈", Comparator::about},
    {"低于", Comparator::less},
    {"小于等于", Comparator::at_most},
    {"小于或等于", Comparator::at_most},
    {"小于", Comparator::less},
    {"少于", Comparator::less},
    {"不足", Comparator::less},
    {"不到", Comparator::less},
    {"不高于", Comparator::at_most},
    {"不超过", Comparator::at_most},
    {"不大于", Comparator::at_most},
    {"不多于", Comparator::at_most},
    {"至多", Comparator::at_most},
    {"超过", Comparator::greater},
    {"超", Comparator::greater},
    {"突破", Comparator::greater},
    {"大于等于", Comparator::at_least},
    {"大于或等于", Comparator::at_least},
    {"大于", Comparator::greater},
    {"高于", Comparator::greater},
    {"多于", Comparator::greater},
    {"逾", Comparator::greater},
    {"不低于", Comparator::at_least},
    {"不少于", Comparator::at_least},
    {"不小于", Comparator::at_least},
    {"至少", Comparator::at_least},
    {"约为", Comparator::about},
    {"大约", Comparator::about},
    {"约", Comparator::about},
    {"接近", Comparator::about_below},
    {"将近", Comparator::about_below},
    {"近", Comparator::about_below},
    {"less than", Comparator::less},
    {"fewer than", Comparator::less},
    {"below", Comparator::less},
    {"under", Comparator::less},
    {"at most", Comparator::at_most},
    {"up to", Comparator::at_most},
    {"no more than", Comparator::at_most},
    {"not more than", Comparator::at_most},
    {"more than", Comparator::greater},
    {"greater than", Comparator::greater},
    {"over", Comparator::greater},
    {"above", Comparator::greater},
    {"at least", Comparator::at_least},
    {"no less than", Comparator::at_least},
    {"not less than", Comparator::at_least},
    {"about", Comparator::about},
    {"around", Comparator::about},
    {"approximately", Comparator::about},
    {"nearly", Comparator::about_below},
    {"almost", Comparator::about_below},
};

// Words that any other comparator overrules: `达到83%左右`, `控制在4%以内`.
constexpr Word kWeakBefore[] = {
    {"达到", Comparator::at_least},
    {"达", Comparator::at_least},
    {"控制在", Comparator::at_most},
};

// Glued to the number, before its unit: `50余户`, `10多万`.
constexpr Word kGlued[] = {{"余", Comparator::greater}, {"多", Comparator::greater}};

constexpr Word kBehind[] = {
    {"及以上", Comparator::at_least},   {"以上", Comparator::at_least},
    {"及以下", Comparator::at_most},    {"以下", Comparator::at_most},
    {"以内", Comparator::at_most},      {"之内", Comparator::at_most},
    {"左右", Comparator::about},        {"上下", Comparator::about},
    {"余", Comparator::greater},        {"多", Comparator::greater},
    {" or more", Comparator::at_least}, {" or above", Comparator::at_least},
    {" or less", Comparator::at_most},  {" or below", Comparator::at_most},
};

constexpr std::string_view kTwoNumbers = "two numbers that are no range";
constexpr std::string_view kNotANumber = "not a number";

bool same_letters(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b);
  });
}

std::optional<Comparator> take_before(std::string_view& rest, std::span<const Word> words) {
  for (const Word& word : words) {
    if (!same_letters(rest.substr(0, word.text.size()), word.text)) continue;
    rest = trim(rest.substr(word.text.size()));
    return word.says;
  }
  return std::nullopt;
}

std::optional<Comparator> take_behind(std::string_view& rest, std::span<const Word> words) {
  for (const Word& word : words) {
    if (rest.size() < word.text.size()) continue;
    const std::size_t at = rest.size() - word.text.size();
    if (!same_letters(rest.substr(at), word.text)) continue;
    rest = trim(rest.substr(0, at));
    return word.says;
  }
  return std::nullopt;
}
