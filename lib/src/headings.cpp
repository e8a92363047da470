#include "headings.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "planfile/period.h"
#include "heading_words.h"
#include "text.h"

namespace planfile {
namespace {

constexpr int kAnyYear = 2000;  // completes a period that names none, to see whether it is one
constexpr std::size_t kLongestPeriod = 64;  // bytes

// A period with its own year, or one that a year completes. `年末` and `全年` alone say little and
// open many names.
bool is_calendar_period(std::string_view text) {
  if (text.empty() || text.size() > kLongestPeriod || text == "年末" || text == "年底")
    return false;
  return parse_period(text, kAnyYear).value.has_value();
}

// A year of four digits stands in it.
bool names_year(std::string_view text) {
  constexpr std::size_t kYear = 4;
  while (!text.empty()) {
    const std::size_t digits = count_digits(text);
    if (digits == kYear) return true;
    text.remove_prefix(std::max<std::size_t>(digits, 1));
  }
  return false;
}

std::string_view trim_marks(std::string_view text) {
  constexpr std::string_view kMarks = " _-:/,*";
  while (!text.empty() && kMarks.find(text.front()) != std::string_view::npos)
    text.remove_prefix(1);
  while (!text.empty() && kMarks.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

// Where a character begins.
bool is_boundary(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// A text's parts: the period that it opens or ends with, and the rest.
struct Dated {
  std::string_view period, rest;
};

bool may_hold_period(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit) || text.find("季") != text.npos ||
         text.find("半年") != text.npos || text.find("五") != text.npos ||
         text.find("年") != text.npos;
}

// A quick look before the text is read in earnest.
bool may_end_period(std::string_view text) {
  if (text.empty()) return false;
  if (is_digit(text.back())) return true;
  for (const std::string_view end : {"年", "度", "季", "月", "份", "日", "号", "末", "底", "五",
                                     "期", "间", "划", "lan", "PLAN", "eriod", "YP"}) {
    if (text.ends_with(end)) return true;
  }
  return false;
}

// Each way to part the text into a period and what follows it, the longest period first; then those
// with the period at the end, which must name its year.
std::vector<Dated> ways_to_date(std::string_view text) {
  std::vector<Dated> ways;
  if (!may_hold_period(text)) return ways;
  for (std::size_t size = std::min(text.size(), kLongestPeriod); size > 0; --size) {
    if (!is_boundary(text, size)) continue;
    if (size < text.size() && is_digit(text[size - 1]) && is_digit(text[size])) continue;
    const std::string_view head = trim_marks(text.substr(0, size));
    if (may_end_period(head) && is_calendar_period(head))
      ways.push_back({head, trim_marks(text.substr(size))});
  }
  const std::size_t from = text.size() - std::min(text.size(), kLongestPeriod);
  for (std::size_t at = std::max<std::size_t>(from, 1); at < text.size(); ++at) {
    if (!is_boundary(text, at) || (is_digit(text[at]) && is_digit(text[at - 1]))) continue;
    const std::string_view tail = trim_marks(text.substr(at));
    if (may_end_period(tail) && names_year(tail) && is_calendar_period(tail)) {
      ways.push_back({tail, trim_marks(text.substr(0, at))});
    }
  }
  return ways;
}

using When = Heading::When;

bool is_growth(Sense sense) {
  return sense == Sense::yoy || sense == Sense::cagr || sense == Sense::mean ||
         sense == Sense::change;
}

bool is_money(Sense sense) {
  return sense == Sense::investment || sense == Sense::planned_money || sense == Sense::spent_money;
}

// Reads one column's name piece by piece.
class HeadingReader {
 public:
  explicit HeadingReader(const KnownNames& names) : names_(names) {}

  Heading read(std::string_view column) {
    std::string_view text = take_brackets(trim(column));
    if (has_code_) return finish();
    std::string name;
    while (!text.empty()) {
      const std::size_t slash = text.find('/');
      const std::string_view piece = take_brackets(trim_marks(text.substr(0, slash)));
      if (!piece.empty() && !take_piece(piece))
        name += (name.empty() ? "" : "/") + std::string(piece);
      text = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
    }
    if (heading_.name.empty()) {
      heading_.name = std::move(name);
    } else if (!name.empty()) {
      heading_.name = name + "/" + heading_.name;
    }
    return finish();
  }

 private:
  // Takes units and remarks in brackets from the end of the text, and units behind a mark.
  std::string_view take_brackets(std::string_view text) {
    while (true) {
      const std::string_view before = text;
      const auto parts = names_.split_unit(text);
      if (!parts.unit.empty()) {
        if (heading_.unit.empty()) heading_.unit = parts.unit;
        text = parts.name;
      } else if (const std::string_view inner = last_bracketed(text); !inner.empty()) {
        if (!take_remark(inner)) return text;
        text = trim(text.substr(0, static_cast<std::size_t>(inner.data() - text.data()) - 1));
      } else {
        text = take_unit_behind_mark(text);
      }
      if (text.size() == before.size()) return text;
    }
  }

  // What the brackets hold that the text ends with.
  static std::string_view last_bracketed(std::string_view text) {
    for (const auto& [open, close] : {std::pair('(', ')'), {'[', ']'}}) {
      const std::size_t at = text.rfind(open);
      if (text.ends_with(close) && at != std::string_view::npos && at > 0) {
        return text.substr(at + 1, text.size() - at - 2);
      }
    }
    return {};
  }

  bool take_remark(std::string_view remark) {
    const std::string plain = plain_name(remark);
    if (names_.has("indicator", remark)) {  // GDP (current US$) [NY.GDP.MKTP.CD]
      heading_.name = remark;
      has_code_ = true;
      return true;
    }
    if (plain.starts_with("yr") && is_calendar_period(plain.substr(2))) return true;  // [YR2019]
    if (plain.starts_with("[") || plain == "累计" || plain == "五年累计") {
      heading_.mentions_sums = true;
      return true;
    }
    return take_piece(remark);
  }

  std::string_view take_unit_behind_mark(std::string_view text) {
    for (const std::string_view sign : {"%", "‰"}) {
      if (text.size() > sign.size() && text.ends_with(sign)) {
        if (heading_.unit.empty()) heading_.unit = sign;
        text.remove_suffix(sign.size());
        take_last(text, "±");
        return trim_marks(text);
      }
    }
    const std::size_t mark = text.find_last_of("/_,");
    if (mark == std::string_view::npos || mark == 0 || !heading_.unit.empty()) return text;
    const std::string_view unit = trim(text.substr(mark + 1));
    const bool is_a_unit_itself = text[mark] == '/' && names_.is_unit(text);
    if (is_a_unit_itself || find_word(plain_name(unit)) || !names_.is_unit(unit)) return text;
    heading_.unit = unit;
    return trim(text.substr(0, mark));
  }

  // Whether the piece is a word, a period, or both; a name with a period or a growth is one too.
  bool take_piece(std::string_view piece) {
    const std::string plain = plain_name(piece);
    if (take_word(plain) || take_when(plain)) return true;
    if (is_calendar_period(plain) || is_relative_period(plain)) return take_period(piece);
    const std::string_view relative = relative_period_before(plain);
    if (!relative.empty() && take_word(std::string_view(plain).substr(relative.size()))) {
      return take_period(relative);
    }
    for (const std::string_view word : {"截至", "截止", "至"}) {
      heading_.is_until = take(piece, word) || heading_.is_until;
    }
    for (const Dated& way : ways_to_date(piece)) {
      if (take_dated(way)) return true;
    }
    const auto ending = find_ending(plain);
    if (!ending || !heading_.name.empty() || names_.has("indicator", piece)) return false;
    merge(ending->word);
    heading_.name =
        trim_marks(piece.substr(0, piece.size() - (plain.size() - ending->rest.size())));
    return true;
  }

  bool take_word(std::string_view plain) {
    const auto word = find_word(plain);
    if (!word || (plain.size() == 1 && is_letter(plain.front()) && heading_.period.empty()))
      return false;
    merge(*word);
    return true;
  }

  bool take_period(std::string_view period) {
    if (!heading_.period.empty() && heading_.period != period) {
      heading_.period += ' ';  // two periods are none
    }
    heading_.period += heading_.period == period ? "" : period;
    return true;
  }

  // 计划开工时间, 实际竣工时间, 计划投产
  bool take_when(std::string_view plain) {
    for (const auto& [opening, when] : {std::pair<std::string_view, When>("计划", When::planned),
                                        {"预计", When::planned},
                                        {"规划", When::planned},
                                        {"拟", When::planned},
                                        {"planned", When::planned},
                                        {"实际", When::actual},
                                        {"已", When::actual},
                                        {"actual", When::actual}}) {
      std::string_view rest = plain;
      if (!take(rest, opening)) continue;
      const auto word = find_word(rest);
      if (!word || word->sense != Sense::milestone) continue;
      heading_.when = when;
      merge(*word);
      return true;
    }
    return false;
  }

  // A name may stand beside a period only where that names its year: 十五 opens 十五分钟生活圈.
  bool take_dated(const Dated& dated) {
    const std::string rest = plain_name(dated.rest);
    const std::string before = heading_.period;
    take_period(dated.period);
    if (rest.empty() || take_word(rest) || take_when(rest)) return true;
    if (const std::string_view relative = relative_period_before(rest); relative == rest)
      return true;
    if (const auto ending = find_ending(rest); ending && take_word(ending->rest)) {
      merge(ending->word);
      return true;
    }
    if (names_year(dated.period) && heading_.name.empty() && !find_number_name(dated)) {
      heading_.name = dated.rest;
      return true;
    }
    heading_.period = before;
    return false;
  }

  // `2000 people`: the number may be part of the name.
  static bool find_number_name(const Dated& dated) {
    return dated.period.size() == 4 && is_digit(dated.period.front());
  }

  void merge(const Word& word) {
    Heading& to = heading_;
    if (!word.status.empty()) to.status = word.status;
    if (!word.milestone.empty()) to.milestone = word.milestone;
    const Sense now = to.sense, next = word.sense;
    if (now == Sense::none || now == Sense::value) {
      to.sense = next;
      return;
    }
    if (now == next || next == Sense::value) return;
    if (is_growth(now) || is_growth(next)) {
      const Sense other = is_growth(now) ? next : now;
      to.sense = is_growth(now) ? now : next;
      to.is_growth_target = to.is_growth_target || other == Sense::target;
      to.mentions_sums = to.mentions_sums || other == Sense::cumulative;
    } else if (now == Sense::milestone || next == Sense::milestone) {
      const Sense other = now == Sense::milestone ? next : now;
      to.sense = Sense::milestone;
      to.when = other == Sense::target || to.status == "P" ? When::planned : When::actual;
    } else if (is_money(now) || is_money(next)) {
      const Sense other = is_money(now) ? next : now;
      if (other == Sense::target) to.sense = Sense::planned_money;
      if (other == Sense::actual) to.sense = Sense::spent_money;
    } else {
      to.sense = next;  // the lower row of a header says more
    }
  }

  Heading finish() {
    if (heading_.sense == Sense::none && !heading_.period.empty()) heading_.sense = Sense::value;
    if (heading_.sense == Sense::cumulative && heading_.period.empty()) heading_.period = "累计";
    return std::move(heading_);
  }

  const KnownNames& names_;
  Heading heading_;
  bool has_code_ = false;  // which says what the rest of the name says
};

std::string without_quotes(std::string_view text) {
  std::string plain;
  const std::string folded = fold(text).value_or(std::string());
  for (std::string_view rest = folded; !rest.empty();) {
    if (take(rest, "“") || take(rest, "”") || take(rest, "\"")) continue;
    if (take(rest, "〔") || take(rest, "【")) {
      plain += '[';
    } else if (take(rest, "〕") || take(rest, "】")) {
      plain += ']';
    } else {
      plain += rest.front();
      rest.remove_prefix(1);
    }
  }
  return plain;
}

}  // namespace

bool Heading::is_plain() const {
  const bool bare = unit.empty() && status.empty() && !mentions_sums && !is_growth_target;
  const bool only_period = sense == Sense::value && !period.empty() && name.empty();
  const bool only_name = sense == Sense::none && period.empty() && !name.empty();
  return bare && (only_period || only_name);
}

std::string_view bare_name(std::string_view column) {
  const std::size_t mark = column.rfind('#');
  if (mark == std::string_view::npos || mark + 1 == column.size()) return column;
  const bool counts = count_digits(column.substr(mark + 1)) == column.size() - mark - 1;
  return counts ? column.substr(0, mark) : column;
}

Heading read_heading(std::string_view column, const KnownNames& names) {
  const std::string_view bare = bare_name(column);
  Heading heading;
  if (trim(bare).empty()) {
    heading.sense = Sense::empty;
    return heading;
  }
  const std::string text = without_quotes(bare);
  const std::string plain = plain_name(text);
  const auto word = plain.size() > 1 || plain == "#" ? find_word(plain) : std::nullopt;
  if (word && word->milestone.empty() && word->sense != Sense::cumulative) {
    heading.sense = word->sense;
    heading.status = word->status;
    return heading;
  }
  if (names.has("indicator", bare) || names.has("entity", bare)) {
    const auto parts = names.split_unit(bare);
    heading.name = parts.name;
    heading.unit = parts.unit;
    return heading;
  }
  return HeadingReader(names).read(text);
}

bool is_period_text(std::string_view text) {
  const std::string plain = plain_name(text);
  return is_calendar_period(plain) || is_relative_period(plain);
}

bool is_spread_over(std::string_view kind, const Heading& heading) {
  return heading.is_plain() && (kind == "period") == (heading.sense == Sense::value);
}

}  // namespace planfile
