// Former states of rows, as `revision` keeps them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "planfile/model.h"
#include "reader.h"

namespace planfile {

// The fact that a former state tells of; the reason where it can't be one any more.
template <class Fact>
Parsed<Fact> fact_of(const std::string& former, const Catalogue& known) {
  const auto cells = nlohmann::ordered_json::parse(former, nullptr, false);
  if (!cells.is_object()) return Parsed<Fact>::fault("not a state of a row: " + former);
  CellsOf<Fact> texts;
  std::size_t at = 0;
  std::apply(
      [&](const auto&... column) {
        const auto text_of = [&](std::string_view name) -> std::string_view {
          const auto cell = cells.find(name);
          if (cell == cells.end() || !cell->is_string()) return {};
          return cell->template get_ref<const std::string&>();
        };
        ((texts[at++] = text_of(column.name)), ...);
      },
      columns_of<Fact>);
  std::vector<Fault> faults;
  auto fact = read_fact<Fact>(texts, known, {}, faults);
  if (fact && faults.empty()) return std::move(*fact);
  return Parsed<Fact>::fault(
      faults.empty() ? former
                     : fmt::format("{}: {}", faults.front().column, faults.front().message));
}

}  // namespace planfile
