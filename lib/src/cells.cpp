#include "cells.h"

namespace planfile {

std::string cell_text(const Figure& figure) {
  if (figure.value) return figure.printed.empty() ? to_text(*figure.value) : figure.printed;
  const std::string& words = figure.printed.empty() ? figure.wording : figure.printed;
  const auto read = parse_value(words);
  return read && !read->value ? words : "“" + words + "”";
}

}  // namespace planfile
