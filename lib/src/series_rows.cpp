#include "series_rows.h"

#include <cstddef>
#include <limits>

#include <fmt/format.h>
#include <sqlite3.h>

namespace planfile {
namespace {

std::string_view text_at(sqlite3_stmt* row, int column) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

double number_at(sqlite3_stmt* row, int column) {
  return sqlite3_column_type(row, column) == SQLITE_NULL ? std::numeric_limits<double>::quiet_NaN()
                                                         : sqlite3_column_double(row, column);
}

}  // namespace

void SeriesRows::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

SeriesRows::SeriesRows(Database& database)
    : database_(database),
      of_series_(prepared("series_id = ?1")),
      of_period_(prepared("series_id = ?1 AND period_id = ?2")) {}

SeriesRows::Statement SeriesRows::prepared(std::string_view where) const {
  const std::string text = fmt::format(
      "SELECT period_id, source_id, locator, comparator, status, value, high, printed, "
      "printed_unit, "
      "note FROM observation WHERE {} ORDER BY period_id, source_id, locator",
      where);
  sqlite3* db = database_.sqlite().getHandle();
  sqlite3_stmt* made = nullptr;
  const int code =
      sqlite3_prepare_v3(db, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  Statement statement(made);
  if (code != SQLITE_OK) throw database_.error(code, sqlite3_errmsg(db));
  return statement;
}

void SeriesRows::open(std::int64_t series) {
  close();
  open_ = of_series_.get();
  sqlite3_bind_int64(open_, 1, series);
}

void SeriesRows::open(std::int64_t series, std::int64_t period) {
  close();
  open_ = of_period_.get();
  sqlite3_bind_int64(open_, 1, series);
  sqlite3_bind_int64(open_, 2, period);
}

bool SeriesRows::next() {
  const int code = sqlite3_step(open_);
  if (code == SQLITE_DONE) return false;
  if (code != SQLITE_ROW) {
    throw database_.error(code, sqlite3_errmsg(database_.sqlite().getHandle()));
  }
  row_.period = sqlite3_column_int64(open_, 0);
  row_.source = sqlite3_column_int64(open_, 1);
  row_.locator = text_at(open_, 2);
  row_.comparator = text_at(open_, 3);
  row_.status = text_at(open_, 4);
  row_.value = number_at(open_, 5);
  row_.high = number_at(open_, 6);
  row_.printed = text_at(open_, 7);
  row_.printed_unit = text_at(open_, 8);
  row_.note = text_at(open_, 9);
  return true;
}

void SeriesRows::close() {
  if (open_ != nullptr) sqlite3_reset(open_);
}

}  // namespace planfile
