#include "observation_reading.h"

#include <cmath>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "planfile/model.h"
#include "planfile/period.h"
#include "row.h"

namespace planfile {
namespace {

constexpr const char* kSeries =
    "SELECT s.id, i.code, e.code, c.code, s.measure, a.code, u.code, l.code, "
    "s.observations, s.first_period_id, s.first_value, s.last_period_id, s.last_source_id, "
    "s.last_locator, s.last_value, s.previous_period_id, s.previous_value, s.lowest, s.highest "
    "FROM series AS s LEFT JOIN indicator AS i ON i.id = s.indicator_id "
    "LEFT JOIN entity AS e ON e.id = s.entity_id LEFT JOIN scope AS c ON c.id = s.scope_id "
    "LEFT JOIN entity AS a ON a.id = s.among_id LEFT JOIN unit AS u ON u.id = s.unit_id "
    "LEFT JOIN unit AS l ON l.id = i.unit_id WHERE s.id BETWEEN ? AND ? ORDER BY s.id";

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

std::optional<double> number_in(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getDouble());
}

std::optional<std::int64_t> id_in(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional<std::int64_t>(column.getInt64());
}

bool same(const Summary& a, const Summary& b) {
  const auto texts = [](const Summary& one) {
    return std::tie(one.observations, one.first_period, one.first_value, one.last_period,
                    one.last_source, one.last_locator, one.last_value, one.previous_period,
                    one.previous_value, one.lowest, one.highest);
  };
  return texts(a) == texts(b);
}

bool is_comparator(std::string_view text) {
  return text == "=" || text == "<" || text == "<=" || text == ">" || text == ">=" || text == "~" ||
         text == "~<";
}

}  // namespace

ObservationReading::SeriesSaid ObservationReading::series_in(SQLite::Statement& row) {
  int at = 0;
  SeriesSaid said;
  said.id = row.getColumn(at++).getInt64();
  SeriesCodes& codes = said.codes;
  for (std::string* text : {&codes.indicator, &codes.entity, &codes.scope, &codes.measure,
                            &codes.among, &said.unit, &said.level_unit}) {
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

bool periods_are_sound(Database& database, FaultSink& faults) {
  bool all_are_read = true;
  SQLite::Statement rows(database.sqlite(), "SELECT code, kind, starts, ends FROM period");
  while (rows.executeStep()) {
    const std::string code = rows.getColumn(0).getString();
    const auto read = parse_period(code);
    if (!read) {
      all_are_read = false;
      faults.fault(Check::derived, fmt::format("period: {}", read.reason));
    } else if (to_text(*read) != code || to_text(kind(*read)) != rows.getColumn(1).getString() ||
               to_text(read->starts) != rows.getColumn(2).getString() ||
               to_text(read->ends) != rows.getColumn(3).getString()) {
      faults.fault(Check::derived,
                   fmt::format("period \"{}\": its kind or days are not those of its code", code));
    }
  }
  return all_are_read;
}

ObservationReading::ObservationReading(Database& database, ContentReader* reader, Rules rules)
    : reader_(reader),
      rules_(rules),
      imports_(all_of<std::int64_t>(database.sqlite(), "SELECT id FROM import")),
      statuses_(all_of<std::string>(database.sqlite(), "SELECT code FROM status")),
      units_(all_of<std::string>(database.sqlite(), "SELECT code FROM unit")),
      all_series_(database.sqlite(), kSeries),
      rows_(database),
      hash_(database) {
  if (rules == Rules::all) summarizer_.emplace(database);
}

ObservationSums ObservationReading::read(std::int64_t first, std::int64_t last, FaultSink* faults) {
  faults_ = faults;
  sums_ = {};
  all_series_.reset();
  all_series_.bind(1, first);
  all_series_.bind(2, last);
  advance();
  rows_.open(first, last);
  while (rows_.next()) {
    const std::int64_t id = rows_.row().series;
    if (!said_ || said_->id != id) {
      finish();
      begin_series(id);
    }
    take(rows_.row());
  }
  rows_.close();
  finish();
  while (!at_end_) pass_empty_series();
  return sums_;
}

// To the next series of the table.
void ObservationReading::advance() {
  at_end_ = !all_series_.executeStep();
  if (!at_end_) next_ = series_in(all_series_);
}

void ObservationReading::pass_empty_series() {
  if (summarizer_) compare(next_, {});
  advance();
}

// Begins the series of the row at hand.
void ObservationReading::begin_series(std::int64_t id) {
  while (!at_end_ && next_.id < id) pass_empty_series();
  said_.emplace();
  said_->id = id;
  const bool is_there = !at_end_ && next_.id == id;
  if (is_there) {
    said_ = std::move(next_);
    advance();
  }
  hash_.begin(said_->codes);
  sum_ = {};
  marks_.clear();
  if (!is_there) fault(Check::references, "there is no such series");
}

void ObservationReading::take(const SeriesRow& row) {
  const Hash128 hash = hash_.of(row);
  sum_.add(hash);
  if (row.import) sums_.brought.add(pair_.of(hash, *row.import));
  if (reader_ != nullptr && reader_->wants_marks()) {
    marks_.push_back({row.period, row.source, std::string(row.locator), hash});
  }
  if (faults_ == nullptr || rules_ == Rules::none) return;
  const bool is_sound = hash_.knows(row.period, row.source);
  if (!is_sound) fault(Check::references, "its period or source is not there");
  hold_against_rules(row);
  if (summarizer_ && is_sound && is_status(row.status)) summarizer_->add(row);
}

// Most rows have the status of the one before.
bool ObservationReading::is_status(std::string_view text) {
  if (text != status_ || text.empty()) {
    if (!statuses_.contains(text)) return false;
    status_ = text;
  }
  return true;
}

bool ObservationReading::is_import(std::int64_t id) {
  if (import_ != id) {
    if (!imports_.contains(id)) return false;
    import_ = id;
  }
  return true;
}

// The CHECKs of the table, which SQLite would take a microsecond each for.
void ObservationReading::hold_against_rules(const SeriesRow& row) {
  const bool has_value = !std::isnan(row.value), has_high = !std::isnan(row.high);
  if (!is_comparator(row.comparator)) {
    fault(Check::integrity, fmt::format("no comparator \"{}\"", row.comparator));
  }
  if (!is_status(row.status)) {
    fault(Check::references, fmt::format("no status \"{}\"", row.status));
  }
  if (has_high && !(has_value && row.comparator == "=" && row.high > row.value)) {
    fault(Check::integrity, "the high end of its range does not fit");
  }
  if (!has_value && row.printed.data() == nullptr && !is_missing_status(row.status)) {
    fault(Check::integrity, "it says nothing, and its status does not say why");
  }
  for (const std::string_view text : {row.printed, row.printed_unit, row.note}) {
    if (text.data() != nullptr && text.empty()) fault(Check::integrity, "an empty text");
  }
  const bool has_unit = row.printed_unit.data() != nullptr;
  if (has_unit && (row.printed.data() == nullptr || !units_.contains(row.printed_unit))) {
    fault(Check::integrity, "the unit that it was printed in does not fit");
  }
  if (row.import && !is_import(*row.import)) {
    fault(Check::references, fmt::format("there is no import {}", *row.import));
  }
}

void ObservationReading::finish() {
  if (!said_) return;
  sums_.rows.rows += sum_.rows;
  sums_.rows.hash += sum_.hash;
  if (reader_ != nullptr) reader_->series(said_->id, key_of(said_->codes), sum_, marks_);
  if (summarizer_) compare(*said_, summarizer_->take());
  said_.reset();
}

void ObservationReading::compare(const SeriesSaid& said, const Summary& due) {
  const SeriesCodes& codes = said.codes;
  const auto tell = [&](std::string_view what) {
    faults_->fault(Check::derived, fmt::format("series {} ({}, {}, {}): {}", said.id,
                                               codes.indicator, codes.entity, codes.measure, what));
  };
  if (!same(said.summary, due)) tell("its summary does not follow from its observations");
  if (said.unit != series_unit(codes.measure, said.level_unit)) {
    tell("its unit does not follow from its indicator's");
  }
}

void ObservationReading::fault(Check check, const std::string& what) {
  if (faults_ == nullptr) return;
  const SeriesRow& row = rows_.row();
  faults_->fault(check,
                 fmt::format("observation of series {} ({}, {}), period {}, source {}{}{}: {}",
                             said_->id, said_->codes.indicator, said_->codes.entity, row.period,
                             row.source, row.locator.empty() ? "" : ", ", row.locator, what));
}

}  // namespace planfile
