#include "language.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace planfile {
namespace {

using Columns = std::span<const std::string>;

std::optional<std::size_t> place_of(Columns columns, const std::string& name) {
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

// The name without its language, where the result has a column of that name as well.
std::string stem_of(Columns columns, const std::string& name) {
  for (const std::string_view ending : {"_en", "_zh"}) {
    if (!name.ends_with(ending)) continue;
    std::string stem = name.substr(0, name.size() - ending.size());
    if (place_of(columns, stem)) return stem;
  }
  return name;
}

bool is_empty(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return std::holds_alternative<std::monostate>(cell) || (text != nullptr && text->empty());
}

}  // namespace

void add_language(CLI::App& command, std::string& lang) {
  command.add_option("--lang", lang, "Language of what people read; by default the locale's")
      ->check(CLI::IsMember({"zh", "en"}));
}

std::string_view language(const std::string& asked) {
  if (!asked.empty()) return asked == "zh" ? "zh" : "en";
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') {
      return std::string_view(value).starts_with("zh") ? "zh" : "en";
    }
  }
  return "en";
}

LanguageChoice::LanguageChoice(RowSink& to, Columns columns, Columns wanted, std::string_view lang)
    : to_(to) {
  for (const std::string& name : wanted) {
    const std::string stem = stem_of(columns, name);
    const bool is_there = std::any_of(places_.begin(), places_.end(),
                                      [&](const Place& place) { return place.name == stem; });
    if (is_there) continue;
    const std::size_t own = place_of(columns, stem).value();
    const auto twin = place_of(columns, stem + (lang == "zh" ? "_zh" : "_en"));
    const auto other = place_of(columns, stem + (lang == "zh" ? "_en" : "_zh"));
    if (twin) {
      places_.push_back({stem, *twin, own});
    } else {
      places_.push_back({stem, own, other.value_or(own)});
    }
  }
}

void LanguageChoice::head(Columns /*columns*/) {
  std::vector<std::string> names;
  for (const Place& place : places_) names.push_back(place.name);
  to_.head(names);
}

void LanguageChoice::row(std::span<const Cell> cells) {
  std::vector<Cell> chosen;
  for (const auto& [name, first, second] : places_) {
    chosen.push_back(is_empty(cells[first]) ? cells[second] : cells[first]);
  }
  to_.row(chosen);
}

}  // namespace planfile
