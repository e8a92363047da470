// The ids that packed facts hold: taken from the file once, new ones given to what it lacks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "database.h"
#include "lookup.h"
#include "pack.h"

namespace planfile {

class Registry {
 public:
  // Reads the ids of everything in the file. Errc::refused when one has no room in 32 bits.
  explicit Registry(Database& database);

  // Series that differ in nothing but the entity.
  struct Family {
    std::uint32_t indicator = 0, scope = 0, among = 0;  // among 0: none
    std::uint32_t unit = 0;                             // of the values
    std::string measure;
  };

  // The id of a code in `indicator`, `scope`, `source` or `unit`; of `entity`, its number: they
  // count up without a gap. 0 when there is none.
  [[nodiscard]] std::uint32_t find(std::string_view table, std::string_view code) const;

  // What a family has beside the indicator: ids of a scope and an entity (0: none), and a measure.
  std::uint32_t context(std::uint32_t scope, std::string_view measure, std::uint32_t among);

  // The number of a family; 0 when the file lacks the unit that its values would have.
  std::uint32_t family(std::uint32_t indicator, std::uint32_t context);
  [[nodiscard]] const Family& about(std::uint32_t family) const { return families_[family]; }

  // New ones stand above all of the file and count up in the order in which they are asked for.
  std::uint32_t series(std::uint32_t family, std::uint32_t entity);
  std::uint32_t period(const Period& period);

  // What was new since the last call.
  std::vector<NewSeries> take_new_series();
  std::vector<NewPeriod> take_new_periods();

 private:
  using ByCode =
      std::unordered_map<std::string, std::uint32_t, Catalogue::TextHash, std::equal_to<>>;
  struct Context {
    std::uint32_t scope, among;
    std::string measure;
    auto operator<=>(const Context&) const = default;
  };
  // Neighbours among the entities: a family mostly has all of them or few.
  static constexpr std::uint32_t kPageBits = 5;
  using Page = std::array<std::uint32_t, 1U << kPageBits>;

  void load_codes(SQLite::Database& db, std::string_view table);
  void load_periods(SQLite::Database& db);
  void load_series(SQLite::Database& db);
  std::uint32_t& series_at(std::uint32_t family, std::uint32_t entity);

  std::map<std::string, ByCode, std::less<>> codes_;
  std::vector<std::uint32_t> entity_ids_ = std::vector<std::uint32_t>(1);  // by number
  std::unordered_map<std::uint32_t, std::string> level_units_;             // unit code by indicator
  std::map<Context, std::uint32_t> context_numbers_;
  std::vector<Context> contexts_;
  KeyTable family_numbers_;  // by indicator and context
  KeyTable periods_;         // by first and last day
  std::vector<Family> families_ = std::vector<Family>(1);
  // Series by family and entity. Random order reads both tables for every row, so they are small:
  // the first has the number of each page, 0 where it has no series yet.
  std::vector<std::uint32_t> page_numbers_;
  std::vector<Page> pages_ = std::vector<Page>(1);
  std::size_t pages_of_family_ = 0;
  std::uint32_t largest_series_ = 0, largest_period_ = 0;
  std::vector<NewSeries> new_series_;
  std::vector<NewPeriod> new_periods_;
};

}  // namespace planfile
