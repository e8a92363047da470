#include "observation_hash.h"

#include <cmath>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace planfile {
namespace {

ById<Hash128> hashed_codes(SQLite::Database& db, const char* table) {
  ById<Hash128> hashes;
  RowHash code;
  SQLite::Statement rows(db, fmt::format("SELECT id, code FROM \"{}\"", table));
  while (rows.executeStep()) {
    code.clear();
    code.add(std::string_view(rows.getColumn(1).getString()));
    hashes.put(rows.getColumn(0).getInt64(), code.hash());
  }
  return hashes;
}

Hash128 found_in(const ById<Hash128>& hashes, std::int64_t id) {
  const Hash128* found = hashes.find(id);
  return found == nullptr ? Hash128{} : *found;
}

}  // namespace

std::string key_of(const SeriesCodes& codes) {
  return nlohmann::json({codes.indicator, codes.entity, codes.scope, codes.measure, codes.among})
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

ObservationHash::ObservationHash(Database& database)
    : periods_(hashed_codes(database.sqlite(), "period")),
      sources_(hashed_codes(database.sqlite(), "source")) {}

void ObservationHash::begin(const SeriesCodes& codes) {
  row_.clear();
  for (const std::string* text :
       {&codes.indicator, &codes.entity, &codes.scope, &codes.measure, &codes.among}) {
    row_.add(std::string_view(*text));
  }
  series_ = row_.hash();
}

Hash128 ObservationHash::of(const SeriesRow& row) {
  row_.clear();
  row_.add(series_);
  row_.add(found_in(periods_, row.period));
  row_.add(found_in(sources_, row.source));
  for (const std::string_view text :
       {row.locator, row.comparator, row.status, row.printed, row.printed_unit, row.note}) {
    row_.add(text);
  }
  for (const double number : {row.value, row.high}) {
    if (std::isnan(number)) {
      row_.add_nothing();
    } else {
      row_.add(number);
    }
  }
  return row_.hash();
}

Hash128 BroughtHash::of(const Hash128& row, std::int64_t import) {
  pair_.clear();
  pair_.add(row);
  pair_.add(import);
  return pair_.hash();
}

}  // namespace planfile
