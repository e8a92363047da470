// What the titles above a table's header say of all its rows.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "planfile/mapping.h"
#include "known_names.h"

namespace planfile {

class Titles {
 public:
  // Both must outlive it.
  Titles(const Sheet& sheet, const KnownNames& names);

  // What they say for a column of a fact: "unit", "indicator", "entity", "plan" (as known names;
  // `指标：` and `地区：` may name unknown ones) or "period" (canonical). The reason when they say
  // nothing, or two things.
  [[nodiscard]] Parsed<std::string> say(std::string_view column) const;

  // The year that completes `8月`, where they name one.
  [[nodiscard]] std::optional<int> year() const;

  // A period as a header has it (`2023年`, `1-8月`, `本月`, `上年同期`), canonical; those without a
  // year by what the titles say.
  [[nodiscard]] Parsed<std::string> complete(std::string_view period) const;

  // Whether one of these words stands in them.
  [[nodiscard]] bool mention(std::string_view words) const;

 private:
  [[nodiscard]] Parsed<std::string> say_period() const;
  [[nodiscard]] Parsed<std::string> say_name(std::string_view table) const;
  [[nodiscard]] Parsed<std::string> say_unit() const;

  const Sheet& sheet_;
  const KnownNames& names_;
};

}  // namespace planfile
