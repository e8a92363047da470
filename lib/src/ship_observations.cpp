#include "ship_observations.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <sqlite3.h>

#include "observation_hash.h"
#include "series_rows.h"
#include "worker.h"

namespace planfile {
namespace {

// A text in those of its batch.
struct Place {
  std::size_t at = 0, size = 0;
};

// One row with the ids of the copy.
struct CopiedRow {
  std::int64_t series = 0, period = 0, source = 0;
  double value = 0, high = 0;  // NaN: none
  std::optional<std::int64_t> import;
  Place locator, comparator, status, printed, printed_unit, note;  // of size 0: none
  Hash128 hash;
};

struct CopyBatch {
  std::vector<CopiedRow> rows;
  std::string texts;

  [[nodiscard]] std::string_view text(const Place& place) const {
    return std::string_view(texts).substr(place.at, place.size);
  }
};

// Takes batches into the table.
class ObservationInsert {
 public:
  explicit ObservationInsert(Database& to) : to_(to) {
    constexpr std::string_view kInsert =
        "INSERT INTO observation (series_id, period_id, source_id, locator, value, high, "
        "comparator, status, printed, printed_unit, note, import_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sqlite3* db = to.sqlite().getHandle();
    sqlite3_stmt* made = nullptr;
    const int code =
        sqlite3_prepare_v2(db, kInsert.data(), static_cast<int>(kInsert.size()), &made, nullptr);
    statement_.reset(made);
    if (code != SQLITE_OK) throw to.error(code, sqlite3_errmsg(db));
  }

  void put(const CopyBatch& batch) {
    sqlite3_stmt* put = statement_.get();
    for (const CopiedRow& row : batch.rows) {
      sqlite3_bind_int64(put, 1, row.series);
      sqlite3_bind_int64(put, 2, row.period);
      sqlite3_bind_int64(put, 3, row.source);
      bind(4, batch.text(row.locator));
      bind(5, row.value);
      bind(6, row.high);
      bind(7, batch.text(row.comparator));
      bind(8, batch.text(row.status));
      bind_or_null(9, batch.text(row.printed));
      bind_or_null(10, batch.text(row.printed_unit));
      bind_or_null(11, batch.text(row.note));
      if (row.import) {
        sqlite3_bind_int64(put, 12, *row.import);
      } else {
        sqlite3_bind_null(put, 12);
      }
      sqlite3_step(put);
      const int code = sqlite3_reset(put);
      if (code != SQLITE_OK) throw to_.error(code, sqlite3_errmsg(to_.sqlite().getHandle()));
    }
  }

 private:
  // The batch outlives the statement's use of its texts.
  void bind(int at, std::string_view text) {
    sqlite3_bind_text(statement_.get(), at, text.data(), static_cast<int>(text.size()),
                      SQLITE_STATIC);
  }
  void bind_or_null(int at, std::string_view text) {
    if (text.empty()) {
      sqlite3_bind_null(statement_.get(), at);
    } else {
      bind(at, text);
    }
  }
  void bind(int at, double number) {
    if (std::isnan(number)) {
      sqlite3_bind_null(statement_.get(), at);
    } else {
      sqlite3_bind_double(statement_.get(), at, number);
    }
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Database& to_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// The natural keys of series.
class SeriesNames {
 public:
  explicit SeriesNames(SQLite::Database& db)
      : find_(db,
              "SELECT i.code, e.code, c.code, s.measure, a.code FROM series AS s "
              "LEFT JOIN indicator AS i ON i.id = s.indicator_id "
              "LEFT JOIN entity AS e ON e.id = s.entity_id "
              "LEFT JOIN scope AS c ON c.id = s.scope_id "
              "LEFT JOIN entity AS a ON a.id = s.among_id WHERE s.id = ?") {}

  SeriesCodes of(std::int64_t id) {
    find_.reset();
    find_.bind(1, id);
    SeriesCodes codes;
    if (!find_.executeStep()) return codes;
    int at = 0;
    for (std::string* text :
         {&codes.indicator, &codes.entity, &codes.scope, &codes.measure, &codes.among}) {
      *text = find_.getColumn(at++).getString();
    }
    return codes;
  }

 private:
  SQLite::Statement find_;
};

class ObservationCopy {
 public:
  ObservationCopy(Database& from, Database& to, const CopyRules& rules, const NewIds& ids,
                  ContentReader& reader)
      : rules_(rules),
        ids_(ids),
        reader_(reader),
        names_(from.sqlite()),
        rows_(from),
        hash_(from),
        insert_(to),
        writer_([this](const CopyBatch& batch) { insert_.put(batch); }) {
    for (const Redaction& one : rules.redactions) {
      without_note_ = without_note_ || (one.table == "observation" && one.column == "note");
    }
  }

  // `series` are old ids by new ones.
  ObservationSums copy(const std::vector<std::pair<std::int64_t, std::int64_t>>& series) {
    constexpr std::size_t kRows = 1 << 15, kTexts = 1 << 26;
    for (const auto& [now, before] : series) {
      copy_series(now, before);
      if (batch_.rows.size() < kRows && batch_.texts.size() < kTexts) continue;
      writer_.put(std::exchange(batch_, {}));
      batch_.rows.reserve(kRows);
    }
    writer_.put(std::exchange(batch_, {}));
    writer_.drain();
    return sums_;
  }

 private:
  void copy_series(std::int64_t now, std::int64_t before) {
    const std::size_t first = batch_.rows.size();
    const SeriesCodes codes = names_.of(before);
    hash_.begin(codes);
    rows_.open(before);
    while (rows_.next()) {
      const bool goes =
          !rules_.selection.sources || rules_.selection.sources->contains(rows_.row().source);
      if (goes) add(now, redacted(rows_.row()));
    }
    rows_.close();
    const auto rows = std::span(batch_.rows).subspan(first);
    if (rows.empty()) return;  // of targets only
    const auto comes_before = [&](const CopiedRow& a, const CopiedRow& b) {
      return std::tuple(a.period, a.source, batch_.text(a.locator)) <
             std::tuple(b.period, b.source, batch_.text(b.locator));
    };
    if (!std::is_sorted(rows.begin(), rows.end(), comes_before)) {
      std::sort(rows.begin(), rows.end(), comes_before);
    }
    tell(now, codes, rows);
  }

  [[nodiscard]] SeriesRow redacted(SeriesRow row) const {
    if (without_note_) row.note = {};
    if (rules_.history == History::leave) row.import.reset();
    return row;
  }

  void add(std::int64_t series, const SeriesRow& row) {
    CopiedRow& one = batch_.rows.emplace_back();
    one.series = series;
    // A reference that leads nowhere stays so, for verify to tell.
    one.period = ids_.find("period", row.period).value_or(0);
    one.source = ids_.find("source", row.source).value_or(0);
    one.value = row.value;
    one.high = row.high;
    one.import = row.import;
    one.locator = placed(row.locator);
    one.comparator = placed(row.comparator);
    one.status = placed(row.status);
    one.printed = placed(row.printed);
    one.printed_unit = placed(row.printed_unit);
    one.note = placed(row.note);
    one.hash = hash_.of(row);
  }

  Place placed(std::string_view text) {
    const Place place{batch_.texts.size(), text.size()};
    batch_.texts += text;
    return place;
  }

  void tell(std::int64_t series, const SeriesCodes& codes, std::span<const CopiedRow> rows) {
    RowSum sum;
    marks_.clear();
    for (const CopiedRow& row : rows) {
      sum.add(row.hash);
      if (row.import) sums_.brought.add(pair_.of(row.hash, *row.import));
      marks_.push_back({row.period, row.source, std::string(batch_.text(row.locator)), row.hash});
    }
    sums_.rows.add(sum);
    reader_.series(series, key_of(codes), sum, marks_);
  }

  const CopyRules& rules_;
  const NewIds& ids_;
  ContentReader& reader_;
  SeriesNames names_;
  SeriesRows rows_;
  ObservationHash hash_;
  BroughtHash pair_;
  bool without_note_ = false;
  CopyBatch batch_;
  std::vector<SeriesMark> marks_;
  ObservationSums sums_;
  ObservationInsert insert_;
  Worker<CopyBatch> writer_;  // the last one, as its thread uses the others
};

}  // namespace

ObservationSums copy_observations(Database& from, Database& to, const CopyRules& rules,
                                  const NewIds& ids, ContentReader& reader) {
  std::vector<std::pair<std::int64_t, std::int64_t>> series;
  {
    SQLite::Statement all(from.sqlite(), "SELECT id FROM series");
    while (all.executeStep()) {
      const std::int64_t before = all.getColumn(0).getInt64();
      if (const auto now = ids.find("series", before)) series.emplace_back(*now, before);
    }
  }
  std::sort(series.begin(), series.end());
  return ObservationCopy(from, to, rules, ids, reader).copy(series);
}

}  // namespace planfile
