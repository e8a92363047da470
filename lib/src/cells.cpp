#include "cells.h"

#include <initializer_list>

namespace planfile {

std::string cell_text(const Figure& figure) {
  if (!figure.printed.empty()) return figure.printed;
  if (!figure.wording.empty()) return figure.wording;
  return figure.value ? to_text(*figure.value) : std::string();
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces[] = {" ", "\t", "\n", "\r", "\u3000", "\u00a0"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view space : kSpaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), again = true;
      if (text.ends_with(space)) text.remove_suffix(space.size()), again = true;
    }
  }
  return text;
}

}  // namespace planfile
