#include "series_rows.h"

#include <cmath>
#include <cstddef>
#include <limits>

#include <sqlite3.h>

namespace planfile {
namespace {

constexpr std::string_view kRows =
    "SELECT series_id, period_id, source_id, locator, comparator, status, value, high, printed, "
    "printed_unit, note, import_id FROM observation WHERE series_id BETWEEN ? AND ? "
    "ORDER BY series_id, period_id, source_id, locator";

std::string_view text_at(sqlite3_stmt* row, int column) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

// NULL reads as 0, so only that is looked at twice.
double number_at(sqlite3_stmt* row, int column) {
  const double number = sqlite3_column_double(row, column);
  const bool is_null = number == 0 && sqlite3_column_type(row, column) == SQLITE_NULL;
  return is_null ? std::numeric_limits<double>::quiet_NaN() : number;
}

}  // namespace

void SeriesRows::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SeriesRows::SeriesRows(Database& database) : database_(database) {
  sqlite3* db = database.sqlite().getHandle();
  sqlite3_stmt* made = nullptr;
  const int code = sqlite3_prepare_v3(db, kRows.data(), static_cast<int>(kRows.size()),
                                      SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  statement_.reset(made);
  if (code != SQLITE_OK) throw database.error(code, sqlite3_errmsg(db));
}

void SeriesRows::open(std::int64_t first, std::int64_t last) {
  sqlite3_reset(statement_.get());
  sqlite3_bind_int64(statement_.get(), 1, first);
  sqlite3_bind_int64(statement_.get(), 2, last);
}

bool SeriesRows::next() {
  sqlite3_stmt* at = statement_.get();
  const int code = sqlite3_step(at);
  if (code == SQLITE_DONE) return false;
  if (code != SQLITE_ROW) {
    throw database_.error(code, sqlite3_errmsg(database_.sqlite().getHandle()));
  }
  row_.series = sqlite3_column_int64(at, 0);
  row_.period = sqlite3_column_int64(at, 1);
  row_.source = sqlite3_column_int64(at, 2);
  row_.locator = text_at(at, 3);
  row_.comparator = text_at(at, 4);
  row_.status = text_at(at, 5);
  row_.value = number_at(at, 6);
  row_.high = number_at(at, 7);
  row_.printed = text_at(at, 8);
  row_.printed_unit = text_at(at, 9);
  row_.note = text_at(at, 10);
  row_.import.reset();
  if (sqlite3_column_type(at, 11) != SQLITE_NULL) row_.import = sqlite3_column_int64(at, 11);
  return true;
}

void SeriesRows::close() { sqlite3_reset(statement_.get()); }

}  // namespace planfile
