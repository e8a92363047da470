#include "content_observations.h"

#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include "planfile/model.h"
#include "row.h"
#include "summary.h"

namespace planfile {
namespace {

constexpr const char* kSeries =
    "SELECT s.id, i.code, e.code, c.code, s.measure, a.code, u.code, l.code, "
    "s.observations, s.first_period_id, s.first_value, s.last_period_id, s.last_source_id, "
    "s.last_locator, s.last_value, s.previous_period_id, s.previous_value, s.lowest, s.highest "
    "FROM series AS s LEFT JOIN indicator AS i ON i.id = s.indicator_id "
    "LEFT JOIN entity AS e ON e.id = s.entity_id LEFT JOIN scope AS c ON c.id = s.scope_id "
    "LEFT JOIN entity AS a ON a.id = s.among_id LEFT JOIN unit AS u ON u.id = s.unit_id "
    "LEFT JOIN unit AS l ON l.id = i.unit_id ORDER BY s.id";

constexpr const char* kRows =
    "SELECT series_id, period_id, source_id, locator, value, high, comparator, status, printed, "
    "printed_unit, note, import_id FROM observation "
    "ORDER BY series_id, period_id, source_id, locator";

// The columns of kRows.
enum At { series, period, source, locator, value, high, comparator, status, printed, unit, note };
constexpr int kImport = note + 1;

using Hashes = std::unordered_map<std::int64_t, Hash128>;

Hash128 hash_of(std::string_view text) {
  RowHash row;
  row.add(text);
  return row.hash();
}

Hashes codes_of(SQLite::Database& db, const char* table) {
  Hashes hashes;
  SQLite::Statement rows(db, fmt::format("SELECT id, code FROM \"{}\"", table));
  while (rows.executeStep()) {
    hashes.emplace(rows.getColumn(0).getInt64(), hash_of(rows.getColumn(1).getString()));
  }
  return hashes;
}

template <class Value>
std::set<Value, std::less<>> all_of(SQLite::Database& db, const std::string& statement) {
  std::set<Value, std::less<>> all;
  SQLite::Statement rows(db, statement);
  while (rows.executeStep()) {
    if constexpr (std::is_same_v<Value, std::string>) {
      all.insert(rows.getColumn(0).getString());
    } else {
      all.insert(rows.getColumn(0).getInt64());
    }
  }
  return all;
}

// One series as the table says it.
struct SeriesSaid {
  std::int64_t id = 0;
  std::string indicator, entity, scope, measure, among, unit, level_unit;
  Summary summary;
};

std::optional<double> number_in(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getDouble());
}

std::optional<std::int64_t> id_in(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional<std::int64_t>(column.getInt64());
}

SeriesSaid series_in(SQLite::Statement& row) {
  int at = 0;
  SeriesSaid said;
  said.id = row.getColumn(at++).getInt64();
  for (std::string* text : {&said.indicator, &said.entity, &said.scope, &said.measure, &said.among,
                            &said.unit, &said.level_unit}) {
    *text = row.getColumn(at++).getString();
  }
  Summary& summary = said.summary;
  summary.observations = row.getColumn(at++).getInt64();
  summary.first_period = id_in(row.getColumn(at++));
  summary.first_value = number_in(row.getColumn(at++));
  summary.last_period = id_in(row.getColumn(at++));
  summary.last_source = id_in(row.getColumn(at++));
  summary.last_locator = row.getColumn(at++).getString();
  summary.last_value = number_in(row.getColumn(at++));
  summary.previous_period = id_in(row.getColumn(at++));
  summary.previous_value = number_in(row.getColumn(at++));
  summary.lowest = number_in(row.getColumn(at++));
  summary.highest = number_in(row.getColumn(at++));
  return said;
}

bool same(const Summary& a, const Summary& b) {
  const auto texts = [](const Summary& one) {
    return std::tie(one.observations, one.first_period, one.first_value, one.last_period,
                    one.last_source, one.last_locator, one.last_value, one.previous_period,
                    one.previous_value, one.lowest, one.highest);
  };
  return texts(a) == texts(b);
}

class Rows {
 public:
  explicit Rows(Database& database) : database_(database) {
    sqlite3* db = database.sqlite().getHandle();
    sqlite3_stmt* made = nullptr;
    const int code = sqlite3_prepare_v2(db, kRows, -1, &made, nullptr);
    statement_.reset(made);
    if (code != SQLITE_OK) throw database.error(code, sqlite3_errmsg(db));
  }

  bool next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw database_.error(code, sqlite3_errmsg(database_.sqlite().getHandle()));
  }

  [[nodiscard]] bool is_null(int at) const {
    return sqlite3_column_type(statement_.get(), at) == SQLITE_NULL;
  }
  [[nodiscard]] std::int64_t id(int at) const { return sqlite3_column_int64(statement_.get(), at); }
  [[nodiscard]] double number(int at) const { return sqlite3_column_double(statement_.get(), at); }
  [[nodiscard]] std::string_view text(int at) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), at));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), at))};
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Database& database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

bool is_comparator(std::string_view text) {
  return text == "=" || text == "<" || text == "<=" || text == ">" || text == ">=" || text == "~" ||
         text == "~<";
}

class ObservationReading {
 public:
  ObservationReading(Database& database, ContentReader* reader, FaultSink* faults)
      : reader_(reader),
        faults_(faults),
        periods_(codes_of(database.sqlite(), "period")),
        sources_(codes_of(database.sqlite(), "source")),
        imports_(all_of<std::int64_t>(database.sqlite(), "SELECT id FROM import")),
        statuses_(all_of<std::string>(database.sqlite(), "SELECT code FROM status")),
        units_(all_of<std::string>(database.sqlite(), "SELECT code FROM unit")),
        all_series_(database.sqlite(), kSeries),
        rows_(database) {
    if (faults != nullptr && periods_are_sound(database)) summarizer_.emplace(database);
    advance();
  }

  ObservationSums read() {
    while (rows_.next()) {
      const std::int64_t id = rows_.id(series);
      if (!said_ || said_->id != id) {
        finish();
        begin_series(id);
      }
      take();
    }
    finish();
    while (!at_end_) pass_empty_series();
    return sums_;
  }

 private:
  // Views show the days that the row says, everything else takes them from the code.
  bool periods_are_sound(Database& database) {
    bool all_are_read = true;
    SQLite::Statement rows(database.sqlite(), "SELECT code, kind, starts, ends FROM period");
    while (rows.executeStep()) {
      const std::string code = rows.getColumn(0).getString();
      const auto read = parse_period(code);
      if (!read) {
        all_are_read = false;
        faults_->fault(Check::derived, fmt::format("period: {}", read.reason));
      } else if (to_text(*read) != code ||
                 to_text(planfile::kind(*read)) != rows.getColumn(1).getString() ||
                 to_text(read->starts) != rows.getColumn(2).getString() ||
                 to_text(read->ends) != rows.getColumn(3).getString()) {
        faults_->fault(
            Check::derived,
            fmt::format("period \"{}\": its kind or days are not those of its code", code));
      }
    }
    return all_are_read;
  }

  // To the next series of the table.
  void advance() {
    at_end_ = !all_series_.executeStep();
    if (!at_end_) next_ = series_in(all_series_);
  }

  void pass_empty_series() {
    if (summarizer_) compare(next_, {});
    advance();
  }

  // Begins the series of the row at hand.
  void begin_series(std::int64_t id) {
    while (!at_end_ && next_.id < id) pass_empty_series();
    said_.emplace();
    said_->id = id;
    const bool is_there = !at_end_ && next_.id == id;
    if (is_there) {
      said_ = std::move(next_);
      advance();
    }
    begin();
    if (!is_there) fault(Check::references, "there is no such series");
  }

  void begin() {
    row_.clear();
    for (const std::string* text :
         {&said_->indicator, &said_->entity, &said_->scope, &said_->measure, &said_->among}) {
      row_.add(std::string_view(*text));
    }
    series_hash_ = row_.hash();
    sum_ = {};
    marks_.clear();
  }

  void take() {
    const auto in_period = periods_.find(rows_.id(period)), from = sources_.find(rows_.id(source));
    row_.clear();
    row_.add(series_hash_);
    row_.add(in_period == periods_.end() ? Hash128{} : in_period->second);
    row_.add(from == sources_.end() ? Hash128{} : from->second);
    for (const int at : {locator, comparator, status, printed, unit, note})
      row_.add(rows_.text(at));
    for (const int at : {value, high}) {
      if (rows_.is_null(at)) {
        row_.add_nothing();
      } else {
        row_.add(rows_.number(at));
      }
    }
    const Hash128 hash = row_.hash();
    sum_.add(hash);
    if (!rows_.is_null(kImport)) sums_.brought.add(brought_by(hash, rows_.id(kImport)));
    if (reader_ != nullptr && reader_->wants_marks()) {
      marks_.push_back(
          {rows_.id(period), rows_.id(source), std::string(rows_.text(locator)), hash});
    }
    if (faults_ == nullptr) return;
    const bool is_sound = in_period != periods_.end() && from != sources_.end();
    if (!is_sound) fault(Check::references, "its period or source is not there");
    hold_against_rules(is_sound);
  }

  // The CHECKs of the table, which SQLite would take a microsecond each for.
  void hold_against_rules(bool is_referring) {
    const std::string_view sign = rows_.text(comparator), state = rows_.text(status);
    const bool has_value = !rows_.is_null(value), has_high = !rows_.is_null(high);
    const bool has_printed = !rows_.is_null(printed), has_unit = !rows_.is_null(unit);
    if (!is_comparator(sign)) fault(Check::integrity, fmt::format("no comparator \"{}\"", sign));
    const bool is_known = statuses_.contains(state);
    if (!is_known) fault(Check::references, fmt::format("no status \"{}\"", state));
    if (has_high && !(has_value && sign == "=" && rows_.number(high) > rows_.number(value))) {
      fault(Check::integrity, "the high end of its range does not fit");
    }
    if (!has_value && !has_printed && !is_missing_status(state)) {
      fault(Check::integrity, "it says nothing, and its status does not say why");
    }
    for (const int at : {printed, unit, note}) {
      if (!rows_.is_null(at) && rows_.text(at).empty()) fault(Check::integrity, "an empty text");
    }
    if (has_unit && (!has_printed || !units_.contains(rows_.text(unit)))) {
      fault(Check::integrity, "the unit that it was printed in does not fit");
    }
    if (!rows_.is_null(kImport) && !imports_.contains(rows_.id(kImport))) {
      fault(Check::references, fmt::format("there is no import {}", rows_.id(kImport)));
    }
    if (!summarizer_ || !is_known || !is_referring) return;
    SummaryRow row;
    row.period = rows_.id(period);
    row.source = rows_.id(source);
    row.locator = rows_.text(locator);
    row.comparator = sign;
    row.status = state;
    row.value = has_value ? rows_.number(value) : std::nan("");
    summarizer_->add(row);
  }

  void finish() {
    if (!said_) return;
    sums_.rows.rows += sum_.rows;
    sums_.rows.hash += sum_.hash;
    if (reader_ != nullptr) reader_->series(said_->id, key(), sum_, marks_);
    if (summarizer_) compare(*said_, summarizer_->take());
    said_.reset();
  }

  void compare(const SeriesSaid& said, const Summary& due) {
    const std::string name =
        fmt::format("series {} ({}, {}, {})", said.id, said.indicator, said.entity, said.measure);
    if (!same(said.summary, due)) {
      faults_->fault(Check::derived, name + ": its summary does not follow from its observations");
    }
    if (said.unit != series_unit(said.measure, said.level_unit)) {
      faults_->fault(Check::derived, name + ": its unit does not follow from its indicator's");
    }
  }

  [[nodiscard]] std::string key() const {
    return nlohmann::json(
               {said_->indicator, said_->entity, said_->scope, said_->measure, said_->among})
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  void fault(Check check, const std::string& what) {
    if (faults_ == nullptr) return;
    faults_->fault(
        check,
        fmt::format("observation of series {} ({}, {}), period {}, source {}{}{}: {}", said_->id,
                    said_->indicator, said_->entity, rows_.id(period), rows_.id(source),
                    rows_.text(locator).empty() ? "" : ", ", rows_.text(locator), what));
  }

  ContentReader* reader_;
  FaultSink* faults_;
  Hashes periods_, sources_;
  std::set<std::int64_t, std::less<>> imports_;
  std::set<std::string, std::less<>> statuses_, units_;
  SQLite::Statement all_series_;
  Rows rows_;
  std::optional<Summarizer> summarizer_;
  RowHash row_;

  SeriesSaid next_;                 // the first one of the table that is not dealt with
  bool at_end_ = false;             // there is none
  std::optional<SeriesSaid> said_;  // whose observations are being read
  Hash128 series_hash_;
  RowSum sum_;
  std::vector<SeriesMark> marks_;
  ObservationSums sums_;
};

}  // namespace

ObservationSums read_observation_rows(Database& database, ContentReader* reader,
                                      FaultSink* faults) {
  return ObservationReading(database, reader, faults).read();
}

Hash128 brought_by(const Hash128& row, std::int64_t import) {
  RowHash pair;
  pair.add(row);
  pair.add(import);
  return pair.hash();
}

}  // namespace planfile
