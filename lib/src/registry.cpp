#include "registry.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace planfile {
namespace {

std::uint64_t key_of(std::uint32_t high, std::uint32_t low) {
  return (static_cast<std::uint64_t>(high) << 32) | low;
}

std::uint64_t key_of(const Period& period) {
  const auto day = [](std::chrono::sys_days each) {
    return static_cast<std::uint32_t>(each.time_since_epoch().count());
  };
  return key_of(day(period.starts), day(period.ends));
}

std::uint32_t id_at(SQLite::Statement& row, int column, std::int64_t least = 1) {
  const std::int64_t id = row.getColumn(column).getInt64();
  if (id >= least && id < std::numeric_limits<std::uint32_t>::max()) {
    return static_cast<std::uint32_t>(id);
  }
  throw Error(Errc::refused, fmt::format("the id {} is outside 1..4294967294", id));
}

}  // namespace

Registry::Registry(Database& database) {
  database.guarded([&] {
    SQLite::Database& db = database.sqlite();
    for (const auto table : {"indicator", "entity", "scope", "source", "unit"}) {
      load_codes(db, table);
    }
    SQLite::Statement units(
        db, "SELECT i.id, u.code FROM indicator AS i JOIN unit AS u ON u.id = i.unit_id");
    while (units.executeStep()) {
      level_units_.emplace(id_at(units, 0), units.getColumn(1).getString());
    }
    pages_of_family_ = (entity_ids_.size() >> kPageBits) + 1;
    load_periods(db);
    load_series(db);
  });
}

void Registry::load_codes(SQLite::Database& db, std::string_view table) {
  ByCode& known = codes_[std::string(table)];
  SQLite::Statement rows(db, fmt::format("SELECT code, id FROM \"{}\" ORDER BY id", table));
  while (rows.executeStep()) {
    std::uint32_t id = id_at(rows, 1);
    if (table == "entity") {
      entity_ids_.push_back(id);
      id = static_cast<std::uint32_t>(entity_ids_.size() - 1);
    }
    known.emplace(rows.getColumn(0).getString(), id);
  }
}

void Registry::load_periods(SQLite::Database& db) {
  SQLite::Statement rows(db, "SELECT code, id FROM period");
  while (rows.executeStep()) {
    const auto known = parse_period(rows.getColumn(0).getString());
    if (!known) throw Error(Errc::not_a_plan_file, "damaged: period: " + known.reason);
    const std::uint32_t id = id_at(rows, 1);
    largest_period_ = std::max(largest_period_, id);
    if (periods_.find(key_of(*known)) == 0) periods_.put(key_of(*known), id);
  }
}

void Registry::load_series(SQLite::Database& db) {
  const auto number_of = [&](std::uint32_t entity) -> std::uint32_t {
    const auto at = std::lower_bound(entity_ids_.begin() + 1, entity_ids_.end(), entity);
    if (at == entity_ids_.end() || *at != entity) return 0;
    return static_cast<std::uint32_t>(at - entity_ids_.begin());
  };
  SQLite::Statement rows(db,
                         "SELECT indicator_id, scope_id, measure, ifnull(among_id, 0), entity_id, "
                         "id FROM series ORDER BY id");
  while (rows.executeStep()) {
    largest_series_ = id_at(rows, 5);
    const std::uint32_t among = number_of(id_at(rows, 3, 0));
    const std::uint32_t number =
        family(id_at(rows, 0), context(id_at(rows, 1), rows.getColumn(2).getString(), among));
    const std::uint32_t entity = number_of(id_at(rows, 4));
    if (number != 0 && entity != 0) series_at(number, entity) = largest_series_;
  }
}

std::uint32_t Registry::find(std::string_view table, std::string_view code) const {
  const ByCode& known = codes_.find(table)->second;
  const auto found = known.find(code);
  return found == known.end() ? 0 : found->second;
}

std::uint32_t Registry::context(std::uint32_t scope, std::string_view measure,
                                std::uint32_t among) {
  Context wanted{scope, among, std::string(measure)};
  const auto next = static_cast<std::uint32_t>(contexts_.size());
  const auto [at, is_new] = context_numbers_.try_emplace(wanted, next);
  if (is_new) contexts_.push_back(std::move(wanted));
  return at->second;
}

std::uint32_t Registry::family(std::uint32_t indicator, std::uint32_t context) {
  const std::uint64_t key = key_of(indicator, context);
  if (const std::uint32_t known = family_numbers_.find(key)) return known;
  const auto level = level_units_.find(indicator);
  if (level == level_units_.end()) return 0;
  const auto& [scope, among, measure] = contexts_[context];
  const std::uint32_t unit = find("unit", series_unit(measure, level->second));
  if (unit == 0) return 0;
  const auto number = static_cast<std::uint32_t>(families_.size());
  families_.push_back({indicator, scope, among, unit, measure});
  page_numbers_.resize(families_.size() * pages_of_family_);
  family_numbers_.put(key, number);
  return number;
}

std::uint32_t& Registry::series_at(std::uint32_t family, std::uint32_t entity) {
  std::uint32_t& page = page_numbers_[family * pages_of_family_ + (entity >> kPageBits)];
  if (page == 0) {
    page = static_cast<std::uint32_t>(pages_.size());
    pages_.emplace_back();
  }
  return pages_[page][entity % Page{}.size()];
}

std::uint32_t Registry::series(std::uint32_t family, std::uint32_t entity) {
  std::uint32_t& id = series_at(family, entity);
  if (id != 0) return id;
  id = ++largest_series_;
  const Family& kin = families_[family];
  new_series_.push_back({.id = id,
                         .indicator = kin.indicator,
                         .entity = entity_ids_[entity],
                         .scope = kin.scope,
                         .among = entity_ids_[kin.among],
                         .unit = kin.unit,
                         .measure = kin.measure});
  return id;
}

std::uint32_t Registry::period(const Period& period) {
  const std::uint64_t key = key_of(period);
  if (const std::uint32_t known = periods_.find(key)) return known;
  const std::uint32_t id = ++largest_period_;
  periods_.put(key, id);
  new_periods_.push_back({id, period});
  return id;
}

std::vector<NewSeries> Registry::take_new_series() { return std::exchange(new_series_, {}); }

std::vector<NewPeriod> Registry::take_new_periods() { return std::exchange(new_periods_, {}); }

}  // namespace planfile
