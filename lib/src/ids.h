// From codes to the ids that rows hold.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "database.h"
#include "planfile/model.h"

namespace planfile {

// Adds a period, under that id if one is given; returns its id.
std::int64_t add_period(SQLite::Database& db, const Period& period,
                        std::optional<std::int64_t> id = std::nullopt);

// The ids of what facts refer to, looked up once each and created where a fact brings them along
// (periods and series).
class Ids {
 public:
  explicit Ids(Database& database) : database_(database) {}

  // The id of the row with that code; Errc::refused when there is none.
  std::int64_t of(std::string_view table, const std::string& code);
  // The same, but nothing for an empty or unknown code.
  std::optional<std::int64_t> find(std::string_view table, const std::string& code);
  void add(std::string_view table, const std::string& code, std::int64_t id);

  std::int64_t of(const Period& period);

  template <class Fact>
  std::int64_t of_series(const Fact& fact);

  // Forgets series and periods: others came or went by another hand.
  void forget();

 private:
  using ByCode = std::map<std::string, std::int64_t, std::less<>>;
  // indicator, entity, scope, measure, among (0 for none)
  using SeriesKey = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::string, std::int64_t>;

  ByCode& codes(std::string_view table);
  void load_series();
  std::int64_t add_series(const SeriesKey& key, std::string_view indicator);

  Database& database_;
  std::map<std::string, ByCode, std::less<>> codes_;
  std::optional<std::map<Period, std::int64_t>> periods_;
  std::optional<std::map<SeriesKey, std::int64_t>> series_;
};

}  // namespace planfile
