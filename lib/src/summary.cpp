#include "summary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <limits>
#include <map>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "by_id.h"
#include "series_rows.h"

namespace planfile {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::optional<double> number_or_none(double number) {
  return std::isnan(number) ? std::nullopt : std::optional(number);
}

// A period as far as its place among others goes.
struct Span {
  std::chrono::sys_days starts, ends;
  PeriodKind kind = PeriodKind::year;
  std::int64_t length = 0;  // less one: in months, of days and spans of days in days
};

std::int64_t months_of(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return 12 * static_cast<int>(date.year()) + static_cast<int>(static_cast<unsigned>(date.month()));
}

Span span_of(const Period& period) {
  const PeriodKind shape = kind(period);
  const bool in_days = shape == PeriodKind::day || shape == PeriodKind::days;
  const std::int64_t length = in_days ? (period.ends - period.starts).count()
                                      : months_of(period.ends) - months_of(period.starts);
  return {period.starts, period.ends, shape, length};
}

// Of periods that end on one day, which speaks first.
int turn_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::year:
      return 1;
    case PeriodKind::half:
      return 2;
    case PeriodKind::months:
      return 3;
    case PeriodKind::quarter:
      return 4;
    case PeriodKind::month:
      return 5;
    case PeriodKind::years:
      return 6;
    case PeriodKind::day:
      return 7;
    case PeriodKind::days:
      break;
  }
  return 8;
}

// How well an observation speaks for its period: less is better. Of equals, which are of one
// source, the first in the order of the key speaks.
struct Standing {
  bool no_number = true, not_exact = true;
  std::int64_t precedence = 0;
  std::size_t source = 0;  // the newest is first

  auto operator<=>(const Standing&) const = default;
};

// The observation that speaks for a period.
struct Best {
  std::int64_t period = 0, source = 0;
  const Span* span = nullptr;
  Standing standing;
  double value = kNone;
  std::string locator;
};

bool is_earlier(const Best& a, const Best& b) {
  return std::pair(a.span->ends, b.span->starts) < std::pair(b.span->ends, a.span->starts);
}

// Final and provisional figures are news alike; forecasts and missing marks stand behind them.
std::int64_t class_of(const Best& best) {
  constexpr std::int64_t kFigure = 2;
  return std::max(best.standing.precedence, kFigure);
}

// Whether `a` is the later news of the two.
bool is_newer(const Best& a, const Best& b) {
  if (class_of(a) != class_of(b)) return class_of(a) < class_of(b);
  if (a.span->ends != b.span->ends) return a.span->ends > b.span->ends;
  return std::pair(turn_of(a.span->kind), a.span->starts) <
         std::pair(turn_of(b.span->kind), b.span->starts);
}

Error damaged(Database& database, std::string_view what) {
  return {Errc::not_a_plan_file, fmt::format("{}: damaged: {}", database.name(), what)};
}

}  // namespace

struct Summarizer::State {
  explicit State(Database& file) : database(file) {
    SQLite::Statement periods(file.sqlite(), "SELECT id, code FROM period");
    while (periods.executeStep()) {
      const auto read = parse_period(periods.getColumn(1).getString());
      if (!read) throw damaged(file, "period: " + read.reason);
      spans.put(periods.getColumn(0).getInt64(), span_of(*read));
    }
    SQLite::Statement dated(file.sqlite(),
                            "SELECT id FROM source ORDER BY published DESC NULLS LAST, code");
    for (std::size_t rank = 0; dated.executeStep(); ++rank) {
      sources.put(dated.getColumn(0).getInt64(), rank);
    }
    SQLite::Statement known(file.sqlite(), "SELECT code, precedence FROM status");
    while (known.executeStep()) {
      precedences.emplace(known.getColumn(0).getString(), known.getColumn(1).getInt64());
    }
    set_single_letters();
  }

  void set_single_letters() {
    for (const auto& [code, precedence] : precedences) {
      if (code.size() == 1) letters[static_cast<unsigned char>(code[0])] = &precedence;
    }
  }

  [[nodiscard]] std::int64_t precedence(std::string_view status) const {
    const std::int64_t* found = nullptr;
    if (status.size() == 1) {
      found = letters[static_cast<unsigned char>(status[0])];
    } else if (const auto at = precedences.find(status); at != precedences.end()) {
      found = &at->second;
    }
    if (found == nullptr) throw damaged(database, fmt::format("no status \"{}\"", status));
    return *found;
  }

  Database& database;
  ById<Span> spans;
  ById<std::size_t> sources;  // their rank, the newest first
  std::map<std::string, std::int64_t, std::less<>> precedences;
  std::array<const std::int64_t*, 256> letters{};  // those of statuses of one letter

  Summary summary;          // counts and extremes so far
  std::vector<Best> bests;  // one a period
};

Summarizer::Summarizer(Database& database)
    : state_(database.guarded([&] { return std::make_unique<State>(database); })) {}
Summarizer::~Summarizer() = default;

void Summarizer::learn(std::int64_t id, const Period& period) {
  state_->spans.put(id, span_of(period));
}

void Summarizer::add(const SummaryRow& row) {
  State& state = *state_;
  const std::size_t* source = state.sources.find(row.source);
  if (source == nullptr) throw damaged(state.database, "an observation without a source");
  const Standing standing{std::isnan(row.value), row.comparator != "=",
                          state.precedence(row.status), *source};
  ++state.summary.observations;
  if (!standing.no_number) {
    Summary& so_far = state.summary;
    if (!so_far.lowest || row.value < *so_far.lowest) so_far.lowest = row.value;
    if (!so_far.highest || row.value > *so_far.highest) so_far.highest = row.value;
  }
  const bool is_next = state.bests.empty() || state.bests.back().period != row.period;
  if (is_next) {
    const Span* span = state.spans.find(row.period);
    if (span == nullptr) throw damaged(state.database, "an observation without a period");
    state.bests.emplace_back().span = span;
  } else if (standing >= state.bests.back().standing) {
    return;
  }
  Best& best = state.bests.back();
  best.period = row.period;
  best.source = row.source;
  best.standing = standing;
  best.value = row.value;
  best.locator = row.locator;
}

Summary Summarizer::take() {
  const std::vector<Best>& bests = state_->bests;
  const Best *first = nullptr, *last = nullptr, *previous = nullptr;
  for (const Best& best : bests) {
    if (!best.standing.no_number && (first == nullptr || is_earlier(best, *first))) first = &best;
    if (last == nullptr || is_newer(best, *last)) last = &best;
  }
  for (const Best& best : bests) {
    const bool is_alike = best.span->kind == last->span->kind &&
                          best.span->length == last->span->length &&
                          best.span->ends < last->span->ends;
    if (is_alike && (previous == nullptr || previous->span->ends < best.span->ends)) {
      previous = &best;
    }
  }
  Summary summary = std::exchange(state_->summary, {});
  if (first != nullptr) {
    summary.first_period = first->period;
    summary.first_value = number_or_none(first->value);
  }
  if (last != nullptr) {
    summary.last_period = last->period;
    summary.last_source = last->source;
    summary.last_locator = last->locator;
    summary.last_value = number_or_none(last->value);
  }
  if (previous != nullptr) {
    summary.previous_period = previous->period;
    summary.previous_value = number_or_none(previous->value);
  }
  state_->bests.clear();
  return summary;
}

void bind_summary(SQLite::Statement& statement, int at, const Summary& summary) {
  const auto put = [&](const auto& value) {
    if (value) {
      statement.bind(at++, *value);
    } else {
      statement.bind(at++);
    }
  };
  statement.bind(at++, summary.observations);
  put(summary.first_period);
  put(summary.first_value);
  put(summary.last_period);
  put(summary.last_source);
  put(summary.last_period ? std::optional(summary.last_locator) : std::nullopt);
  put(summary.last_value);
  put(summary.previous_period);
  put(summary.previous_value);
  put(summary.lowest);
  put(summary.highest);
}

SummaryWriter::SummaryWriter(Database& database)
    : update_(database.sqlite(),
              fmt::format("UPDATE series SET ({}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?",
                          kSummaryColumns)) {}

void SummaryWriter::put(std::int64_t series, const Summary& summary) {
  bind_summary(update_, 1, summary);
  update_.bind(kSummaryCount + 1, series);
  update_.exec();
  update_.reset();
}

void summarize(Database& database, std::span<const std::int64_t> series) {
  database.guarded([&] {
    std::vector<std::int64_t> named(series.begin(), series.end());
    if (named.empty()) {
      SQLite::Statement all(database.sqlite(), "SELECT id FROM series ORDER BY id");
      while (all.executeStep()) named.push_back(all.getColumn(0).getInt64());
    }
    Summarizer summarizer(database);
    SeriesRows rows(database);
    SummaryWriter writer(database);
    for (const std::int64_t id : named) {
      rows.open(id);
      while (rows.next()) summarizer.add(rows.row());
      rows.close();
      writer.put(id, summarizer.take());
    }
  });
}

}  // namespace planfile
