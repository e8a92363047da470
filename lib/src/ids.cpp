#include "ids.h"

#include <fmt/format.h>

namespace planfile {

std::int64_t add_period(SQLite::Database& db, const Period& period,
                        std::optional<std::int64_t> id) {
  SQLite::Statement put(db,
                        "INSERT INTO period (id, code, kind, starts, ends) VALUES (?, ?, ?, ?, ?)");
  if (id) put.bind(1, *id);
  put.bind(2, to_text(period));
  put.bind(3, std::string(to_text(kind(period))));
  put.bind(4, to_text(period.starts));
  put.bind(5, to_text(period.ends));
  put.exec();
  return db.getLastInsertRowid();
}

Ids::ByCode& Ids::codes(std::string_view table) {
  const auto found = codes_.find(table);
  if (found != codes_.end()) return found->second;
  ByCode& known = codes_[std::string(table)];
  SQLite::Statement rows(database_.sqlite(), fmt::format("SELECT code, id FROM \"{}\"", table));
  while (rows.executeStep()) {
    known.emplace(rows.getColumn(0).getString(), rows.getColumn(1).getInt64());
  }
  return known;
}

std::optional<std::int64_t> Ids::find(std::string_view table, const std::string& code) {
  const ByCode& known = codes(table);
  const auto found = known.find(code);
  if (found == known.end()) return std::nullopt;
  return found->second;
}

std::int64_t Ids::of(std::string_view table, const std::string& code) {
  const auto id = find(table, code);
  if (!id) throw Error(Errc::refused, fmt::format("unknown {}: \"{}\"", table, code));
  return *id;
}

void Ids::add(std::string_view table, const std::string& code, std::int64_t id) {
  codes(table).insert_or_assign(code, id);
}

std::int64_t Ids::of(const Period& period) {
  SQLite::Database& db = database_.sqlite();
  if (!periods_) {
    periods_.emplace();
    SQLite::Statement rows(db, "SELECT code, id FROM period");
    while (rows.executeStep()) {
      const auto known = parse_period(rows.getColumn(0).getString());
      if (!known) throw Error(Errc::not_a_plan_file, "damaged: period: " + known.reason);
      periods_->emplace(*known, rows.getColumn(1).getInt64());
    }
  }
  const auto found = periods_->find(period);
  if (found != periods_->end()) return found->second;
  return periods_->emplace(period, add_period(db, period)).first->second;
}

void Ids::load_series() {
  series_.emplace();
  SQLite::Statement rows(
      database_.sqlite(),
      "SELECT indicator_id, entity_id, scope_id, measure, ifnull(among_id, 0), id "
      "FROM series");
  while (rows.executeStep()) {
    series_->emplace(SeriesKey(rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64(),
                               rows.getColumn(2).getInt64(), rows.getColumn(3).getString(),
                               rows.getColumn(4).getInt64()),
                     rows.getColumn(5).getInt64());
  }
}

template <class Fact>
std::int64_t Ids::of_series(const Fact& fact) {
  if (!series_) load_series();
  const SeriesKey key(of("indicator", fact.indicator), of("entity", fact.entity),
                      of("scope", fact.scope), fact.measure,
                      fact.among.empty() ? 0 : of("entity", fact.among));
  const auto found = series_->find(key);
  return found != series_->end() ? found->second : add_series(key, fact.indicator);
}

void Ids::forget() {
  periods_.reset();
  series_.reset();
}

std::int64_t Ids::add_series(const SeriesKey& key, std::string_view indicator) {
  SQLite::Database& db = database_.sqlite();
  SQLite::Statement level(db,
                          "SELECT u.code FROM indicator AS i JOIN unit AS u ON u.id = i.unit_id "
                          "WHERE i.code = ?");
  level.bind(1, std::string(indicator));
  level.executeStep();
  const auto& [indicator_id, entity_id, scope_id, measure, among_id] = key;
  SQLite::Statement put(db,
                        "INSERT INTO series (indicator_id, entity_id, scope_id, measure, among_id, "
                        "unit_id) VALUES (?, ?, ?, ?, nullif(?, 0), ?)");
  put.bind(1, indicator_id);
  put.bind(2, entity_id);
  put.bind(3, scope_id);
  put.bind(4, measure);
  put.bind(5, among_id);
  put.bind(6, of("unit", series_unit(measure, level.getColumn(0).getString())));
  put.exec();
  return series_->emplace(key, db.getLastInsertRowid()).first->second;
}

template std::int64_t Ids::of_series(const Observation&);
template std::int64_t Ids::of_series(const Target&);

}  // namespace planfile
