#include "planfile/model.h"
#include "planfile/nearest.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace planfile {

void Catalogue::add(std::string_view table, std::string_view name, std::string_view code) {
  if (name.empty()) return;
  auto [at, is_new] = names[std::string(table)].try_emplace(std::string(name), code);
  if (is_new || at->second == code || at->second == name) return;
  at->second = name == code ? code : std::string_view();
}

Parsed<std::string> resolve(const Catalogue& known, std::string_view table, std::string_view name) {
  const auto names = known.names.find(table);
  if (names == known.names.end()) {
    return Parsed<std::string>::fault(fmt::format("unknown {}: \"{}\"", table, name));
  }
  const auto found = names->second.find(name);
  if (found != names->second.end()) {
    if (!found->second.empty()) return found->second;
    return Parsed<std::string>::fault(
        fmt::format("\"{}\" names more than one {}; give its code", name, table));
  }
  std::vector<std::string_view> candidates;
  for (const auto& [other, code] : names->second) candidates.push_back(other);
  return Parsed<std::string>::fault(
      fmt::format("unknown {}: \"{}\"{}", table, name, did_you_mean(name, candidates)));
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
