#include "planfile/error.h"

#include <fmt/format.h>

#include <iterator>

namespace planfile {

std::string to_text(const Issue& issue) {
  std::string place = issue.file;
  const auto add = [&place](std::size_t number) {
    fmt::format_to(std::back_inserter(place), "{}{}", place.empty() ? "" : ":", number);
  };
  if (issue.line > 0) add(issue.line);
  if (issue.line > 0 && issue.position > 0) add(issue.position);
  return fmt::format("{}{}{}{}{}", place, place.empty() ? "" : ": ", issue.column,
                     issue.column.empty() ? "" : ": ", issue.message);
}

}  // namespace planfile
