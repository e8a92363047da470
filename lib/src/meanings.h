// What the cells of observations stand for, each text looked up once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "conversions.h"
#include "lookup.h"
#include "planfile/model.h"
#include "registry.h"

namespace planfile {

// A cell that stands for nothing, which is mostly a fault: read_fact() tells.
inline constexpr std::uint32_t kUnknown = Conversions::kUnknown;

struct IndicatorMeaning {
  std::uint32_t id = 0;
  std::uint32_t unit = 0;                        // number of the one behind the name; 0: none
  const std::string* level_unit = nullptr;       // code; none where its own row was at fault
  std::uint32_t context = kUnknown, family = 0;  // for which it was asked last
};
struct PeriodMeaning {
  Period period;
  std::uint32_t id = 0;  // 0: not asked for yet
};
struct StatusMeaning {
  std::uint32_t number = 0;  // counts the texts up from 1; 0: nothing was said
  bool missing = false;      // says "no value"
  std::string code;
};

// Of what a row's cells mean only what needs no other cell. Null or kUnknown for a cell without
// meaning; what is pointed to holds until the next call for that column.
class Meanings {
 public:
  // Its arguments must outlive it.
  Meanings(const Catalogue& known, const Registry& registry, Conversions& units);

  IndicatorMeaning* indicator(std::string_view cell);
  PeriodMeaning* period(std::string_view cell);

  // For a blank cell these give what the column has otherwise.
  std::uint32_t entity(std::string_view cell) { return entities_.of(cell, kUnknown, *this); }
  std::uint32_t among(std::string_view cell) { return groups_.of(cell, 0, *this); }
  std::uint32_t scope(std::string_view cell) { return scopes_.of(cell, default_scope_, *this); }
  std::uint32_t source(std::string_view cell, std::uint32_t otherwise) {
    return sources_.of(cell, otherwise, *this);
  }
  std::uint32_t unit(std::string_view cell);
  std::uint32_t measure(std::string_view cell);
  [[nodiscard]] std::string_view measure_code(std::uint32_t number) const {
    return measure_codes_[number];
  }
  const StatusMeaning* status(std::string_view cell);  // without a code for a blank cell
  [[nodiscard]] bool is_missing(std::string_view status) const;

  // Whether a text is a mark for "no value".
  bool is_mark(std::string_view text);

 private:
  struct IdColumn {
    std::uint32_t of(std::string_view cell, std::uint32_t blank, const Meanings& all);

    std::string_view column, table;
    TextTable<std::uint32_t> ids = {};
  };

  const Catalogue& known_;
  const Registry& registry_;
  Conversions& conversions_;
  std::uint32_t default_scope_ = 0;
  std::vector<std::string> measure_codes_ = {"level"};  // by number
  const StatusMeaning unsaid_{};
  IdColumn entities_{"entity", "entity"}, groups_{"among", "entity"}, scopes_{"scope", "scope"},
      sources_{"source", "source"};
  TextTable<IndicatorMeaning> indicators_;
  TextTable<PeriodMeaning> periods_;
  TextTable<std::uint32_t> units_;
  TextTable<std::uint32_t> measures_;
  TextTable<StatusMeaning> statuses_;
  std::uint32_t status_count_ = 0;
  TextTable<bool> marks_;
  std::size_t mark_count_ = 0;
};

}  // namespace planfile
