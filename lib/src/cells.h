// What a member of a fact looks like in a CSV cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "planfile/model.h"

namespace planfile {

inline std::string cell_text(const std::string& text) { return text; }
inline std::string cell_text(double number) { return to_text(number); }
inline std::string cell_text(std::int64_t number) { return std::to_string(number); }
inline std::string cell_text(const Period& period) { return to_text(period); }

// As printed; the number alone says it where nothing else was printed. A wording that would not
// be read as one stands in quotation marks.
std::string cell_text(const Figure& figure);

template <class T>
std::string cell_text(const std::optional<T>& value) {
  return value ? cell_text(*value) : std::string();
}

}  // namespace planfile
