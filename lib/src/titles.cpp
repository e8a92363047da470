#include "titles.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "planfile/period.h"
#include "text.h"

namespace planfile {
namespace {

using std::chrono::year_month_day;

constexpr std::size_t kLongestPeriod = 48;  // bytes

// Lines that date the sheet, not its figures.
bool is_date_of_issue(std::string_view title) {
  for (const std::string_view word : {"日期", "发布时间", "更新", "制表时间", "填报时间",
                                      "数据来源", "Updated", "updated", "Released"}) {
    if (title.find(word) != std::string_view::npos) return true;
  }
  return false;
}

bool is_boundary(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// The longest period that names its year and begins here; how many bytes it takes.
struct Found {
  std::optional<Period> period;
  std::size_t size = 0;
};

Found period_at(std::string_view text) {
  for (std::size_t size = std::min(text.size(), kLongestPeriod); size > 1; --size) {
    if (!is_boundary(text, size)) continue;
    if (size < text.size() && is_digit(text[size - 1]) && is_digit(text[size])) continue;
    if (const auto period = parse_period(text.substr(0, size))) return {*period, size};
  }
  return {};
}

bool may_begin_period(std::string_view text) {
  if (is_digit(text.front())) return count_digits(text) == 4;
  for (const std::string_view opening :
       {"“", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "Q"}) {
    if (text.starts_with(opening)) return true;
  }
  return false;
}

// A bare plan like 十五 must be told apart from 十五分钟: it needs marks or a word around it.
bool is_sure(std::string_view text, std::string_view before) {
  const bool has_digit = std::any_of(text.begin(), text.end(), is_digit);
  return has_digit || text.find("年") != text.npos || text.starts_with("“") ||
         text.ends_with("时期") || text.ends_with("规划") || text.ends_with("期间") ||
         before.ends_with("“");
}

void find_periods(std::string_view title, std::vector<Period>& found) {
  std::size_t at = 0;
  while (at < title.size()) {
    const bool in_number = at > 0 && is_digit(title[at]) && is_digit(title[at - 1]);
    if (is_boundary(title, at) && !in_number && may_begin_period(title.substr(at))) {
      const auto [period, size] = period_at(title.substr(at));
      if (period && is_sure(title.substr(at, size), title.substr(0, at))) {
        if (std::find(found.begin(), found.end(), *period) == found.end()) found.push_back(*period);
        at += size;
        continue;
      }
    }
    ++at;
  }
}

// What follows a label and a colon: `指标：地区生产总值(亿元)`.
std::string_view labelled(std::string_view title, std::string_view label) {
  for (const std::string_view colon : {"：", ":"}) {
    const std::string opening = std::string(label) + std::string(colon);
    if (title.starts_with(opening)) return trim(title.substr(opening.size()));
  }
  return {};
}

bool is_word_part(std::string_view text, std::size_t at) {
  return at < text.size() && (is_letter(text[at]) || is_digit(text[at]));
}

// Whether the name stands in the title, not as a part of a Latin word, nor of an office that
// publishes: 绍兴市统计局.
bool names_it(std::string_view title, std::string_view name, std::size_t at) {
  const std::size_t end = at + name.size();
  if (at > 0 && is_word_part(title, at - 1) && is_word_part(name, 0)) return false;
  if (is_word_part(title, end) && is_word_part(name, name.size() - 1)) return false;
  const std::string_view behind = title.substr(end);
  for (const std::string_view office :
       {"统计局", "发展和改革", "发改", "人民政府", "财政局", "统计年鉴"}) {
    if (behind.starts_with(office)) return false;
  }
  return true;
}

// A known name in a title.
struct Place {
  std::size_t title, at, end;
  std::string_view name, code;
};

std::vector<Place> places_of(const std::vector<std::string>& titles,
                             const Catalogue::Names& names) {
  constexpr std::size_t kShortest = 4;  // bytes: more than one Chinese character
  std::vector<Place> places;
  for (std::size_t title = 0; title < titles.size(); ++title) {
    const std::string_view text = titles[title];
    for (const auto& [name, code] : names) {
      if (name.size() < kShortest && !(name.size() == 3 && is_letter(name.front()))) continue;
      const std::size_t at = text.find(name);
      if (at == std::string_view::npos || !names_it(text, name, at)) continue;
      places.push_back({title, at, at + name.size(), name,
                        code ? std::string_view(*code) : std::string_view(name)});
    }
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tie(a.title, a.at, a.end, a.name) < std::tie(b.title, b.at, b.end, b.name);
  });
  return places;
}

// Of names that lie within each other the longest; of regions one behind the other the last.
std::vector<Place> outer_places(const std::vector<std::string>& titles,
                                const Catalogue::Names& names, bool are_regions) {
  const std::vector<Place> places = places_of(titles, names);
  const auto is_within = [&](const Place& place) {
    return std::any_of(places.begin(), places.end(), [&](const Place& other) {
      if (other.title != place.title) return false;
      const bool longer = other.end - other.at > place.end - place.at;
      const bool covers = other.at <= place.at && place.end <= other.end && longer;
      return covers || (are_regions && other.at == place.end);
    });
  };
  std::vector<Place> outer;
  std::copy_if(places.begin(), places.end(), std::back_inserter(outer),
               [&](const Place& place) { return !is_within(place); });
  return outer;
}

std::string text_of(int year, unsigned first, unsigned last) {
  return fmt::format("{}-{:02}/{}-{:02}", year, first, year, last);
}

// `上年同期` and its fellows, told by the period of the titles.
std::string relative_to(const Period& period, std::string_view word) {
  const year_month_day starts{period.starts}, ends{period.ends};
  const int year = static_cast<int>(ends.year());
  const auto first = static_cast<unsigned>(starts.month());
  const auto last = static_cast<unsigned>(ends.month());
  const auto has = [&](std::string_view part) { return word.find(part) != std::string_view::npos; };
  if (has("同期")) return has("累计") ? text_of(year - 1, 1, last) : text_of(year - 1, first, last);
  if (has("累计") || has("1至") || has("1-")) return text_of(year, 1, last);
  if (has("月")) return text_of(year, last, last);
  if (has("季")) return text_of(year, last - (last - 1) % 3, last - (last - 1) % 3 + 2);
  if (word == "本期") return to_text(period);
  return fmt::format("{}", year);
}

}  // namespace

Titles::Titles(const Sheet& sheet, const KnownNames& names) : sheet_(sheet), names_(names) {}

Parsed<std::string> Titles::say(std::string_view column) const {
  if (column == "unit") return say_unit();
  if (column == "period") return say_period();
  return say_name(column);
}

Parsed<std::string> Titles::say_unit() const {
  if (!sheet_.unit.empty()) return sheet_.unit;
  for (const std::string& title : sheet_.titles) {
    const auto parts = names_.split_unit(title);
    if (!parts.unit.empty()) return std::string(parts.unit);
  }
  return Parsed<std::string>::fault("the titles name no unit");
}

Parsed<std::string> Titles::say_period() const {
  std::vector<Period> found;
  for (const std::string& title : sheet_.titles) {
    if (!is_date_of_issue(title)) find_periods(title, found);
  }
  if (found.empty()) return Parsed<std::string>::fault("the titles name no period");
  if (found.size() == 1) return to_text(found.front());
  return Parsed<std::string>::fault(fmt::format("the titles name several periods: {} and {}",
                                                to_text(found[0]), to_text(found[1])));
}

std::optional<int> Titles::year() const {
  const auto said = say_period();
  if (!said) return std::nullopt;
  const Period period = *parse_period(*said);
  const auto first = year_month_day{period.starts}.year();
  if (first != year_month_day{period.ends}.year()) return std::nullopt;
  return static_cast<int>(first);
}

Parsed<std::string> Titles::complete(std::string_view period) const {
  const std::string plain = plain_name(period);
  if (const auto read = parse_period(period, year())) return to_text(*read);
  if (const auto read = parse_period(plain, year())) return to_text(*read);
  const auto said = say_period();
  if (!said) {
    return Parsed<std::string>::fault(
        fmt::format("\"{}\" names no year, and {}", period, said.reason));
  }
  if (!year()) {
    return Parsed<std::string>::fault(
        fmt::format("\"{}\" names no year, and the titles' {} is longer than one", period, *said));
  }
  const auto relative = parse_period(relative_to(*parse_period(*said), plain));
  if (!relative) return Parsed<std::string>::fault(refusal("not a period", period));
  return to_text(*relative);
}

Parsed<std::string> Titles::say_name(std::string_view table) const {
  const std::string_view label = table == "indicator" ? "指标"
                                 : table == "entity"  ? "地区"
                                                      : "规划";
  for (const std::string& title : sheet_.titles) {
    const std::string_view named = names_.split_unit(labelled(title, label)).name;
    if (!named.empty()) return std::string(named);
  }
  const auto names = names_.catalogue().names.find(table);
  if (names == names_.catalogue().names.end()) {
    return Parsed<std::string>::fault(fmt::format("the titles name no {}", table));
  }
  const auto places = outer_places(sheet_.titles, names->second, table == "entity");
  if (places.empty())
    return Parsed<std::string>::fault(fmt::format("the titles name no {}", table));
  for (const Place& place : places) {
    if (place.code == places.front().code) continue;
    return Parsed<std::string>::fault(
        fmt::format("the titles name more than one {}: \"{}\", \"{}\"", table, places.front().name,
                    place.name));
  }
  return std::string(places.front().name);
}

bool Titles::mention(std::string_view words) const {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    const std::string_view word = words.substr(0, end);
    for (const std::string& title : sheet_.titles) {
      if (title.find(word) != std::string::npos) return true;
    }
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace planfile
