#include "known_names.h"

#include <algorithm>
#include <cctype>

#include "planfile/unit.h"
#include "text.h"

namespace planfile {
namespace {

// 浙江省 and 浙江 are one; 县 alone is left as it is.
std::string_view short_region(std::string_view name) {
  constexpr std::size_t kTwoCharacters = 6;
  for (const std::string_view kind : {"省", "市", "区", "县"}) {
    std::string_view rest = name;
    if (take_last(rest, kind) && rest.size() >= kTwoCharacters) return rest;
  }
  return name;
}

std::string comparable(std::string_view table, std::string_view name) {
  std::string plain = plain_name(name);
  if (table != "entity") return plain;
  return std::string(short_region(plain));
}

// Where the bracket opens that the text ends with; npos when it ends with none.
std::size_t last_bracket(std::string_view text) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>("(", ")"),
                                    {"（", "）"},
                                    {"(", "）"},
                                    {"（", ")"}}) {
    if (text.ends_with(close)) {
      const std::size_t at = text.rfind(open);
      if (at != std::string_view::npos && at > 0) return at;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  const std::string folded = fold(name).value_or(std::string());
  for (std::string_view rest = folded; !rest.empty();) {
    if (take(rest, " ") || take(rest, "\"") || take(rest, "“") || take(rest, "”")) continue;
    plain += static_cast<char>(std::tolower(static_cast<unsigned char>(rest.front())));
    rest.remove_prefix(1);
  }
  return plain;
}

const KnownNames::Plain& KnownNames::plain(std::string_view table) const {
  const auto made = plain_.find(table);
  if (made != plain_.end()) return made->second;
  Plain& names = plain_[std::string(table)];
  const auto known = known_.names.find(table);
  if (known == known_.names.end()) return names;
  for (const auto& [name, code] : known->second) names.insert(comparable(table, name));
  return names;
}

bool KnownNames::has(std::string_view table, std::string_view name) const {
  const auto names = known_.names.find(table);
  if (names == known_.names.end() || trim(name).empty()) return false;
  if (names->second.contains(name)) return true;
  if (plain(table).contains(comparable(table, name))) return true;
  const std::string_view bare = split_unit(name).name;
  return bare.size() < name.size() && plain(table).contains(comparable(table, bare));
}

bool KnownNames::is_unit(std::string_view text) const {
  const std::string unit = plain_name(text);
  if (unit.empty()) return false;
  if (plain("unit").contains(unit)) return true;
  const Multiplied parts = split_multiplier(unit);
  return parts.multiplier != 1 && plain("unit").contains(std::string(parts.rest));
}

KnownNames::Parts KnownNames::split_unit(std::string_view name) const {
  name = trim(name);
  const std::size_t open = last_bracket(name);
  if (open == std::string_view::npos) return {name, {}};
  std::string_view inner = name.substr(open);
  if (!take(inner, "（")) take(inner, "(");
  if (!take_last(inner, "）")) take_last(inner, ")");
  for (const std::string_view label : {"单位：", "单位:", "单位"}) take(inner, label);
  inner = trim(inner);
  if (!is_unit(inner)) return {name, {}};
  return {trim(name.substr(0, open)), inner};
}

}  // namespace planfile
