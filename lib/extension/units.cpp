#include "units.h"

#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "embedded.h"
#include "planfile/unit.h"

#include "sql_api.h"

namespace planfile {
namespace {

constexpr const char* kUnits = "SELECT code, dimension, base, factor FROM main.unit LIMIT 100000";
constexpr const char* kAliases =
    "SELECT a.name, u.code FROM main.alias AS a JOIN main.unit AS u ON u.id = a.unit_id "
    "WHERE a.kind = 'unit' LIMIT 100000";

struct Finalizer {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
struct Closer {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};

std::string text_at(sqlite3_stmt* statement, int at) {
  const unsigned char* text = sqlite3_column_text(statement, at);
  return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
}

// Calls `use` for each row; false when the statement does not compile, as where a table is missing.
template <class Use>
bool each_row(sqlite3* connection, const char* sql, Use&& use) {
  sqlite3_stmt* compiled = nullptr;
  int code = sqlite3_prepare_v2(connection, sql, -1, &compiled, nullptr);
  const std::unique_ptr<sqlite3_stmt, Finalizer> statement(compiled);
  if ((code & 0xff) == SQLITE_ERROR) return false;
  if (code == SQLITE_OK) {
    while ((code = sqlite3_step(compiled)) == SQLITE_ROW) use(compiled);
  }
  if (code != SQLITE_OK && code != SQLITE_DONE) {
    throw Error(Errc::storage, fmt::format("units: {}", sqlite3_errmsg(connection)));
  }
  return true;
}

// Nothing when the connection has no such table.
std::optional<Catalogue> units_in(sqlite3* connection) {
  Catalogue known;
  const auto add = [&](sqlite3_stmt* row) {
    Unit unit{.code = text_at(row, 0),
              .name_en = {},
              .dimension = text_at(row, 1),
              .base = text_at(row, 2),
              .factor = sqlite3_column_double(row, 3),
              .note = {}};
    if (unit.code.empty() || !(unit.factor > 0) || !std::isfinite(unit.factor)) return;
    known.add("unit", unit.code, unit.code);
    known.units.emplace(unit.code, std::move(unit));
  };
  if (!each_row(connection, kUnits, add)) return std::nullopt;
  each_row(connection, kAliases,
           [&](sqlite3_stmt* row) { known.add("unit", text_at(row, 0), text_at(row, 1)); });
  return known;
}

// What a new plan file knows: the schema's own rows.
Catalogue new_file_units() {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const std::unique_ptr<sqlite3, Closer> memory(opened);
  if (code != SQLITE_OK) throw std::bad_alloc();
  for (const EmbeddedText& step : embedded_migrations()) {
    if (sqlite3_exec(opened, std::string(step.text).c_str(), nullptr, nullptr, nullptr) !=
        SQLITE_OK) {
      throw Error(Errc::storage, fmt::format("units: {}", sqlite3_errmsg(opened)));
    }
  }
  return units_in(opened).value_or(Catalogue());
}

// As a unit of its own: 万人 where 人 is known.
Unit whole(const UnitText& text) {
  Unit unit = *text.unit;
  unit.factor *= text.multiplier;
  return unit;
}

}  // namespace

Units::State Units::state() const {
  State now;
  sqlite3_file_control(connection_, "main", SQLITE_FCNTL_DATA_VERSION, &now.version);
  now.changes = sqlite3_total_changes(connection_);
  return now;
}

void Units::refresh() {
  // A hostile file may have a view `unit` that calls the very function which reads it.
  if (loading_) throw Error(Errc::usage, "units: the table \"unit\" is a view that needs itself");
  const bool is_settled = sqlite3_get_autocommit(connection_) != 0;
  const State now = state();
  if (is_settled && loaded_ == now) return;
  loaded_.reset();
  loading_ = true;
  try {
    load();
  } catch (...) {
    loading_ = false;
    throw;
  }
  loading_ = false;
  if (is_settled) loaded_ = now;
}

void Units::load() {
  auto own = units_in(connection_);
  has_own_ = own.has_value();
  if (own) known_ = std::move(*own);
  if (!own && !built_in_) built_in_ = new_file_units();
}

std::optional<UnitText> Units::seek(std::string_view text) const {
  return find_unit(known(), text);
}

UnitText Units::find(std::string_view text) const {
  auto unit = seek(text);
  if (!unit) throw Error(Errc::usage, resolve(known(), "unit", text).reason);
  return *std::move(unit);
}

std::optional<Figure> Units::told_in(const Figure& figure, const UnitText& given,
                                     const UnitText& wanted) const {
  if (!figure.value) return std::nullopt;
  UnitText own = given;
  if (!figure.unit.empty()) {
    const Multiplied parts = split_multiplier(figure.unit);
    if (auto found = seek(figure.unit)) {
      own = *std::move(found);
    } else if (parts.multiplier != 1 && parts.rest.empty()) {
      own.multiplier *= parts.multiplier;
    } else {
      return std::nullopt;
    }
  }
  const Unit from = whole(own), to = whole(wanted);
  Figure told = figure;
  told.value = convert(*figure.value, from, to);
  if (figure.high) told.high = convert(*figure.high, from, to);
  if (!told.value || !std::isfinite(*told.value) || !std::isfinite(told.high.value_or(0))) {
    return std::nullopt;
  }
  return told;
}

}  // namespace planfile
