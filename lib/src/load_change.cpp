#include "load_change.h"

#include <cmath>
#include <limits>
#include <optional>

#include "row.h"

namespace planfile {
namespace {

bool says(std::string_view cell, std::span<const std::string> columns) {
  return is_said(Item{cell, false, {}, cell}, columns);
}

constexpr const char* kUpdate =
    "UPDATE observation SET value = ?, high = ?, comparator = ?, printed = ?, printed_unit = ?, "
    "status = ?, note = ?, import_id = ? "
    "WHERE series_id = ? AND period_id = ? AND source_id = ? AND locator = ?";

constexpr std::string_view kByKey =
    "t.series_id = ? AND t.period_id = ? AND t.source_id = ? AND t.locator = ?";

// Binds values one after the other, a missing one as NULL.
class Binder {
 public:
  explicit Binder(SQLite::Statement& statement) : statement_(statement) {}

  void number(std::optional<double> value) {
    if (value) return statement_.bind(++at_, *value);
    statement_.bind(++at_);
  }
  void text(std::string_view value) {
    if (!value.empty()) return statement_.bind(++at_, std::string(value));
    statement_.bind(++at_);
  }
  void id(std::int64_t value) { statement_.bind(++at_, value); }
  void key(const PackedFact& fact, std::string_view locator) {
    id(fact.series);
    id(fact.period);
    id(fact.source);
    statement_.bind(++at_, std::string(locator));
  }

 private:
  SQLite::Statement& statement_;
  int at_ = 0;
};

}  // namespace

LoadChange::LoadChange(Database& database, const Packer& packer, std::int64_t import,
                       std::span<const std::string> columns)
    : packer_(packer),
      import_(import),
      said_{says("value", columns), says("unit", columns), says("status", columns),
            says("note", columns)},
      former_(database.sqlite(), select_text<Observation>(kByKey)),
      update_(database.sqlite(), kUpdate),
      revisions_(database.sqlite(), import) {}

// The status that the row has once the fact is in it.
std::string_view LoadChange::status_beside(const PackedFact& fact, std::string_view before) const {
  const std::string_view status = packer_.detail(fact.detail).status;
  return !said_.status && keeps_status(before, status) ? before : status;
}

bool LoadChange::is_in(const SeriesRow& row, const PackedFact& fact) {
  const Detail& detail = packer_.detail(fact.detail);
  if (said_.figure) {
    const double high = detail.high.value_or(std::numeric_limits<double>::quiet_NaN());
    if (!same_number(fact.value, row.value) || !same_number(high, row.high) ||
        detail.comparator != row.comparator || printed_.of(detail, fact.value) != row.printed) {
      return false;
    }
  }
  return (!said_.unit || detail.printed_unit == row.printed_unit) &&
         status_beside(fact, row.status) == row.status && (!said_.note || detail.note == row.note);
}

SummaryRow LoadChange::merged(const SeriesRow& row, const PackedFact& fact) const {
  SummaryRow merged = row;
  merged.status = status_beside(fact, row.status);
  if (said_.figure) {
    merged.comparator = packer_.detail(fact.detail).comparator;
    merged.value = fact.value;
  }
  return merged;
}

Observation LoadChange::apply(const PackedFact& fact) {
  Binder(former_).key(fact, packer_.detail(fact.detail).locator);
  former_.executeStep();
  Observation before = FactOf<Observation>(former_).fact();
  former_.reset();
  revisions_.changed(before);
  update_row(fact, before);
  return before;
}

void LoadChange::update_row(const PackedFact& fact, const Observation& before) {
  const Detail& detail = packer_.detail(fact.detail);
  const Figure& figure = before.value;
  const auto value = std::isnan(fact.value) ? std::nullopt : std::optional(fact.value);
  Binder binder(update_);
  binder.number(said_.figure ? value : figure.value);
  binder.number(said_.figure ? detail.high : figure.high);
  binder.text(said_.figure ? std::string_view(detail.comparator) : to_text(figure.comparator));
  binder.text(said_.figure ? printed_.of(detail, fact.value) : std::string_view(figure.printed));
  binder.text(said_.unit ? detail.printed_unit : before.unit);
  binder.text(status_beside(fact, before.status));
  binder.text(said_.note ? detail.note : before.note);
  binder.id(import_);
  binder.key(fact, detail.locator);
  update_.exec();
  update_.reset();
}

}  // namespace planfile
