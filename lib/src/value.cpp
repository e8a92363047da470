#include "planfile/value.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "planfile/unit.h"
#include "comparator.h"
#include "number.h"
#include "text.h"

namespace planfile {
namespace {

// In the order of Comparator.
constexpr std::string_view kSigns[] = {"=", "<", "<=", ">", ">=", "~", "~<"};

constexpr std::string_view kTwoNumbers = "two numbers that are no range";
constexpr std::string_view kNotANumber = "not a number";

bool is_unit_letter(char32_t point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_SC:
      return true;
    default:  // percent and degree signs, letter-like and squared symbols: ℃ ㎡
      return point == '%' || point == U'‰' || point == U'°' ||
             (point >= 0x2100 && point <= 0x214F) || (point >= 0x3371 && point <= 0x33DF);
  }
}

// Whether the text has the looks of a unit; whether there is one of this name is not asked here.
bool is_unit(std::string_view text) {
  if (text.empty() || text == ":1") return true;
  if (has_comparator_behind(text)) return false;
  bool after_letter = false;
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t point = take_point(rest);
    const bool letter = is_unit_letter(point);
    const bool joins = point == '/' || point == U'·' || point == ' ' || point == '-';
    const bool power = point == U'²' || point == U'³' || point == '2' || point == '3';
    if (!letter && !(after_letter && (power || (joins && !rest.empty())))) return false;
    after_letter = letter || power;
  }
  return true;
}

// The low end of a range may leave its unit, or all but the multiplier, to the high end.
bool is_unit_of_low_end(std::string_view low, std::string_view high) {
  return low.empty() || low == high ||
         (high.starts_with(low) && split_multiplier(low).rest.empty());
}

// Removes what joins two numbers to a range from the end of `text`.
bool take_range_mark(std::string_view& text) {
  text = trim(text);
  if (text == "to" || text.ends_with(" to")) {
    text.remove_suffix(2);
  } else if (take_last(text, "—")) {
    take_last(text, "—");
  } else if (!take_last(text, "~") && !take_last(text, "-") && !take_last(text, "至") &&
             !take_last(text, "到")) {
    return false;
  }
  text = trim(text);
  return true;
}

// Reads a folded cell that has a digit.
class FigureReader {
 public:
  FigureReader(Figure figure, std::string_view folded)
      : figure_(std::move(figure)), rest_(folded) {}

  Parsed<Figure> read() {
    if (take_period() && take_number_or_range() && take_behind_number() && settle()) return figure_;
    return Parsed<Figure>::fault(std::move(fault_));
  }

 private:
  bool refuse(std::string_view why) {
    fault_ = refusal(why, figure_.printed);
    return false;
  }

  bool take_period();
  void take_comparators();
  bool take_number_or_range();
  bool take_high_end(std::size_t next);
  bool take_behind_number();
  bool settle();

  void say(Comparator comparator) {
    clash_ = clash_ || (said_ && *said_ != comparator);
    said_ = comparator;
  }

  Figure figure_;
  std::string_view rest_;
  std::string_view low_unit_;
  std::optional<Comparator> said_;
  std::optional<Comparator> implied_;
  bool clash_ = false;
  std::string fault_;
};

bool FigureReader::take_period() {
  if (!rest_.ends_with(')')) return true;
  const std::size_t open = rest_.rfind('(');
  if (open == 0 || open == std::string_view::npos) return refuse(kNotANumber);
  auto period = parse_period(rest_.substr(open + 1, rest_.size() - open - 2));
  if (!period) {
    fault_ = std::move(period.reason);
    return false;
  }
  figure_.period = *period;
  rest_ = trim(rest_.substr(0, open));
  return true;
}

void FigureReader::take_comparators() {
  while (true) {
    if (const auto said = take_comparator_before(rest_)) {
      say(*said);
    } else if (const auto implied = take_weak_comparator_before(rest_)) {
      implied_ = implied;
    } else {
      return;
    }
  }
}

bool FigureReader::take_number_or_range() {
  take_comparators();
  const auto number = take_number(rest_);
  if (!number) {
    const std::string_view before =
        trim(rest_.substr(0, std::min(rest_.find_first_of("0123456789.,+-"), rest_.size())));
    if (before.empty()) return refuse(number.reason);
    return refuse(fmt::format("cannot read {} before the number", quoted(before)));
  }
  figure_.value = *number;
  const std::size_t next = find_number(rest_);
  return next == std::string_view::npos || take_high_end(next);
}

bool FigureReader::take_high_end(std::size_t next) {
  std::string_view between = rest_.substr(0, next);
  std::string_view before_sign = between;
  if ((take_last(before_sign, "-") || take_last(before_sign, "+")) &&
      take_range_mark(before_sign)) {
    low_unit_ = before_sign;
    rest_.remove_prefix(next - 1);
  } else {
    // `3 -5` may as well be 3 and -5.
    if (between.ends_with(" -") || !take_range_mark(between)) return refuse(kTwoNumbers);
    low_unit_ = between;
    rest_.remove_prefix(next);
  }
  const auto number = take_number(rest_);
  if (!number) return refuse(number.reason);
  if (find_number(rest_) != std::string_view::npos) return refuse(kTwoNumbers);
  if (*number <= *figure_.value) return refuse("a range whose end is not above its start");
  figure_.high = *number;
  return true;
}

bool FigureReader::take_behind_number() {
  rest_ = trim(rest_);
  const std::string_view unit = rest_;
  rest_ = split_multiplier(unit).rest;
  const std::string_view multiplier = unit.substr(0, unit.size() - rest_.size());
  if (const auto said = take_comparator_between(rest_)) {  // `50余户`, `1.2万余户`
    say(*said);
    figure_.unit = multiplier;
  } else {
    rest_ = unit;
  }
  while (const auto said = take_comparator_behind(rest_)) say(*said);
  figure_.unit += rest_;
  if (is_unit(figure_.unit)) return true;
  return refuse(fmt::format("cannot read {} behind the number", quoted(rest_)));
}

bool FigureReader::settle() {
  if (clash_) return refuse("comparators that contradict each other");
  figure_.comparator = said_.value_or(implied_.value_or(Comparator::equal));
  if (!figure_.high) return true;
  if (said_) return refuse("a comparator at a range");
  figure_.comparator = Comparator::equal;
  if (is_unit_of_low_end(low_unit_, figure_.unit)) return true;
  return refuse("a range between different units");
}

bool is_missing(std::string_view folded) {
  for (const std::string_view mark : {"NaN", "nan", "NA", "N/A", "n/a", "#N/A", "/"}) {
    if (folded == mark) return true;
  }
  std::string_view rest = folded;
  while (take(rest, "-") || take(rest, "—") || take(rest, " ")) continue;
  if (rest.empty()) return true;
  while (take(rest, "…") || take(rest, "⋯")) continue;
  return rest.empty() ||
         (folded.size() > 1 && folded.find_first_not_of('.') == std::string_view::npos);
}

// ², ½ and ① are digits too.
bool has_digit(std::string_view folded) {
  if (std::any_of(folded.begin(), folded.end(), is_digit)) return true;
  while (!folded.empty()) {
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(take_point(folded)));
    if (category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_NO) return true;
  }
  return false;
}

bool is_chinese(char32_t point) {
  return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
         (point >= 0x20000 && point <= 0x3FFFF);
}

bool has_chinese(std::string_view text) {
  while (!text.empty()) {
    if (is_chinese(take_point(text))) return true;
  }
  return false;
}

bool has_two_words(std::string_view text) {
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if (text[at] == ' ' && is_letter(text[at - 1]) && is_letter(text[at + 1])) return true;
  }
  return false;
}

bool is_chinese_number(std::string_view text) {
  constexpr std::string_view kNumerals = "〇零一二三四五六七八九十百千万亿两点";
  while (!text.empty()) {
    const std::string_view before = text;
    take_point(text);
    const std::string_view numeral = before.substr(0, before.size() - text.size());
    if (kNumerals.find(numeral) == std::string_view::npos) return false;
  }
  return true;
}

Parsed<Figure> read_wording(Figure figure, std::string_view folded) {
  std::string_view rest = folded;
  while (take_comparator_before(rest) || take_weak_comparator_before(rest)) continue;
  while (take_comparator_behind(rest)) continue;
  std::string_view why;
  if (rest.empty()) {
    why = "a comparator without a number";
  } else if (is_chinese_number(rest)) {
    why = "a number in Chinese numerals";
  } else if (!has_chinese(folded) && !has_two_words(folded)) {
    why = kNotANumber;
  }
  if (!why.empty()) return Parsed<Figure>::fault(refusal(why, figure.printed));
  figure.wording = figure.printed;
  return figure;
}

// The words inside quotation marks that enclose the whole text; empty when none do.
std::string_view enclosed(std::string_view text) {
  if (!take(text, "“") || !take_last(text, "”")) return {};
  const bool one_pair = text.find("“") == text.npos && text.find("”") == text.npos;
  return one_pair ? text : std::string_view();
}

}  // namespace

std::string_view to_text(Comparator comparator) {
  return kSigns[static_cast<std::size_t>(comparator)];
}

Parsed<Comparator> parse_comparator(std::string_view sign) {
  const auto found = std::find(std::begin(kSigns), std::end(kSigns), sign);
  if (found == std::end(kSigns)) {
    return Parsed<Comparator>::fault(refusal("not a comparator", sign));
  }
  return static_cast<Comparator>(found - std::begin(kSigns));
}

Parsed<Figure> parse_value(std::string_view text) {
  const std::string_view printed = trim(text);
  Figure figure;
  figure.printed = printed;
  figure.value = plain_number(printed);
  if (figure.value) return figure;

  const auto folded = fold(printed);
  if (!folded) return Parsed<Figure>::fault(refusal("not UTF-8", printed));
  if (is_missing(*folded)) {
    figure.missing = true;
    return figure;
  }
  figure.wording = enclosed(printed);
  if (!figure.wording.empty()) {
    figure.printed = figure.wording;
    return figure;
  }
  if (!has_digit(*folded)) return read_wording(std::move(figure), *folded);
  return FigureReader(std::move(figure), *folded).read();
}

std::string to_text(double number) {
  char text[400];  // the longest, a negative one of 17 digits near 10^-308, takes some 330
  const auto end =
      std::to_chars(text, text + sizeof text, number + 0.0, std::chars_format::fixed).ptr;
  return std::string(text, end);
}

}  // namespace planfile
