#include "planfile/model.h"
#include "planfile/nearest.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "text.h"
#include "words.h"

namespace planfile {
namespace {

constexpr std::size_t kMostHints = 20;  // sought in one table

// The longer of two of which one ends the other stands first.
constexpr std::string_view kRegionSuffixes[] = {
    "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "区", "县"};

Capitals capitals_in(std::string_view table) {
  return table == "unit" ? Capitals::kept : Capitals::ignored;
}

// What a name without its suffix must have at least: 区 is no name of a region, nor is 沙 of 沙市.
bool is_region(std::string_view name) {
  take_point(name);
  return !name.empty();
}

Named named(const Catalogue::Names& names, std::string_view name) {
  const auto found = names.find(name);
  if (found == names.end()) return {};
  if (!found->second) return {Named::Count::several, {}};
  return {Named::Count::one, *found->second};
}

// A region whose known name lacks the suffix that the text has. The one that is known by the same
// name with another suffix is not meant: 绍兴 is 绍兴市, so 绍兴县 is not.
Named without_suffix(const Catalogue::Names& loose, std::string_view bare) {
  const Named found = named(loose, bare);
  if (found.count != Named::Count::one) return {};
  for (const std::string_view suffix : kRegionSuffixes) {
    const Named other = named(loose, std::string(bare) + std::string(suffix));
    if (other.count == Named::Count::one && other.code == found.code) return {};
  }
  return found;
}

Named with_suffix(const Catalogue::Names& loose, const std::string& bare) {
  Named found;
  for (const std::string_view suffix : kRegionSuffixes) {
    const Named other = named(loose, bare + std::string(suffix));
    if (other.count == Named::Count::none) continue;
    const bool is_same = found.count == Named::Count::none ||
                         (other.count == Named::Count::one && other.code == found.code);
    found = is_same ? other : Named{Named::Count::several, {}};
  }
  return found;
}

Named find_region(const Catalogue::Names& loose, const std::string& name) {
  if (name.empty() || !is_region(name)) return {};
  for (const std::string_view suffix : kRegionSuffixes) {
    std::string_view bare = name;
    if (!take_last(bare, suffix)) continue;
    return !bare.empty() && is_region(bare) ? without_suffix(loose, bare) : Named{};
  }
  return with_suffix(loose, name);
}

Named find_typeset(const Catalogue& known, std::string_view table, std::string_view name) {
  const auto names = known.names.find(table);
  if (names == known.names.end()) return {};
  const Named exact = named(names->second, name);
  if (exact.count != Named::Count::none) return exact;
  const auto loose = known.loose.find(table);
  if (loose == known.loose.end()) return {};
  const std::string text = loosened(name, capitals_in(table));
  const Named found = named(loose->second, text);
  const bool is_region_sought = found.count == Named::Count::none && table == "entity";
  return is_region_sought ? find_region(loose->second, text) : found;
}

// Where a unit in brackets or behind an underscore would begin, and its text.
struct Tail {
  std::size_t at = std::string_view::npos;
  std::string_view unit;
};

Tail tail_of(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kBrackets[] = {
      {"(", ")"}, {"（", "）"}, {"（", ")"}, {"(", "）"}, {"[", "]"}, {"【", "】"}};
  for (const auto& [open, close] : kBrackets) {
    std::string_view inside = text;
    if (!take_last(inside, close)) continue;
    const std::size_t at = inside.rfind(open);
    if (at == inside.npos) continue;
    return {at, inside.substr(at + open.size())};
  }
  const std::size_t at = text.rfind('_');
  if (at == text.npos) return {};
  return {at, text.substr(at + 1)};
}

}  // namespace

void Catalogue::add(std::string_view table, std::string_view name, std::string_view code) {
  if (name.empty()) return;
  const auto put = [&](auto& tables, std::string text) {
    auto at = tables.find(table);
    if (at == tables.end()) at = tables.emplace(table, Names()).first;
    return at->second.try_emplace(std::move(text), code);
  };
  const auto [at, is_new] = put(names, std::string(name));
  if (!is_new && at->second != code && at->second != name) {
    at->second = name == code ? std::optional(std::string(code)) : std::nullopt;
  }
  const auto [loose_at, is_new_loose] = put(loose, loosened(name, capitals_in(table)));
  if (!is_new_loose && loose_at->second != code) loose_at->second.reset();
}

std::string Catalogue::Hints::near(std::string_view table, std::string_view name,
                                   const Names& among) {
  const std::lock_guard lock(mutex_);
  auto& found = found_[std::string(table)];
  const auto before = found.find(name);
  if (before != found.end()) return before->second;
  if (found.size() == kMostHints) return {};
  std::vector<std::string_view> candidates;
  candidates.reserve(among.size());
  for (const auto& [other, code] : among) candidates.push_back(other);
  return found.emplace(name, did_you_mean(name, candidates)).first->second;
}

Named find_name(const Catalogue& known, std::string_view table, std::string_view name) {
  const Named found = find_typeset(known, table, name);
  if (found.count != Named::Count::none || table != "indicator") return found;
  const NamedUnit parts = split_unit(name, known);
  return parts.unit.empty() ? found : find_typeset(known, table, parts.name);
}

std::string no_name(const Catalogue& known, std::string_view table, std::string_view name,
                    Named::Count count) {
  if (count == Named::Count::several) {
    return fmt::format("\"{}\" names more than one {}; give its code", name, table);
  }
  const auto names = known.names.find(table);
  const std::string hint =
      names == known.names.end() ? std::string() : known.hints.near(table, name, names->second);
  return fmt::format("unknown {}: \"{}\"{}", table, name, hint);
}

Parsed<std::string> resolve(const Catalogue& known, std::string_view table, std::string_view name) {
  const Named found = find_name(known, table, name);
  if (found.count == Named::Count::one) return std::string(found.code);
  return Parsed<std::string>::fault(no_name(known, table, name, found.count));
}

std::optional<UnitText> find_unit(const Catalogue& known, std::string_view text) {
  const auto unit_named = [&](std::string_view name) -> const Unit* {
    const Named found = find_name(known, "unit", name);
    if (found.count != Named::Count::one) return nullptr;
    const auto unit = known.units.find(found.code);
    return unit == known.units.end() ? nullptr : &unit->second;
  };
  if (const Unit* unit = unit_named(text)) return UnitText{unit->code, unit, 1};
  const auto [multiplier, rest] = split_multiplier(text);
  if (multiplier == 1 || rest.empty()) return std::nullopt;
  const Unit* unit = unit_named(rest);
  if (unit == nullptr) return std::nullopt;
  std::string code = std::string(text.substr(0, text.size() - rest.size())) + unit->code;
  if (const Unit* whole = unit_named(code)) return UnitText{whole->code, whole, 1};
  return UnitText{std::move(code), unit, multiplier};
}

NamedUnit split_unit(std::string_view text, const Catalogue& known) {
  const std::string_view whole = trim(text);
  const Tail tail = tail_of(whole);
  const std::string_view name = tail.at == whole.npos ? "" : trim(whole.substr(0, tail.at));
  if (name.empty()) return {std::string(whole), {}};
  std::string_view unit = trim(tail.unit);
  if (take(unit, "单位")) take(unit, "：") || take(unit, ":");
  const auto found = find_unit(known, trim(unit));
  return found ? NamedUnit{std::string(name), found->code} : NamedUnit{std::string(whole), {}};
}

std::string series_unit(std::string_view measure, std::string_view level_unit) {
  if (measure == "yoy" || measure == "growth" || measure == "cagr") return "%";
  if (measure == "multiple") return "倍";
  if (measure == "rank" || measure == "yoy_rank") return "名次";
  if (measure == "yoy_gap") return "百分点";
  const bool is_difference = measure == "change" || measure == "gap";
  return is_difference && level_unit == "%" ? "百分点" : std::string(level_unit);
}

}  // namespace planfile
