// A row's natural key as people read it: `plan=p14, indicator=gdp, period=2025`.
#pragma once

#include <string>
#include <string_view>

#include "cells.h"
#include "layout.h"

namespace planfile {

// A cell of a key; in quotation marks where it would not be told from what stands around it.
inline std::string key_cell(std::string_view text) {
  const bool is_plain = text.find_first_of(",=\"\n\r") == std::string_view::npos &&
                        !text.starts_with(' ') && !text.ends_with(' ');
  if (is_plain) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

// Without the cells that are empty.
template <class Fact>
std::string key_text(const Fact& fact) {
  std::string text;
  const auto add = [&](const auto& column) {
    if (column.presence != kKey && column.presence != kKeyed) return;
    const std::string cell = cell_text(fact.*column.member);
    if (cell.empty()) return;
    if (!text.empty()) text += ", ";
    text.append(column.name).append("=").append(key_cell(cell));
  };
  std::apply([&](const auto&... column) { (add(column), ...); }, columns_of<Fact>);
  return text.empty() ? "code=" : text;  // the whole scope has an empty code
}

}  // namespace planfile
