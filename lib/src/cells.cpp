#include "cells.h"

namespace planfile {

std::string cell_text(const Figure& figure) {
  if (!figure.printed.empty()) return figure.printed;
  if (!figure.wording.empty()) {
    const auto read = parse_value(figure.wording);
    return read && read->wording == figure.wording ? figure.wording : "“" + figure.wording + "”";
  }
  return figure.value ? to_text(*figure.value) : std::string();
}

}  // namespace planfile
