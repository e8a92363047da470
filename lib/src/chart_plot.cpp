#include "chart_plot.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "planfile/nearest.h"
#include "planfile/period.h"
#include "writers.h"

namespace planfile {
namespace {

constexpr std::size_t kMostRows = 20'000;
constexpr std::size_t kMostBars = 400;
constexpr std::size_t kMostSeries = 24;

using Row = std::vector<Cell>;

[[noreturn]] void refuse(const std::string& why) { throw Error(Errc::refused, why); }

std::optional<std::size_t> find_column(const Table& table, std::string_view name) {
  const auto found = std::ranges::find(table.columns, name);
  if (found == table.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.columns.begin());
}

// A column in one language stands under the name without it (LanguageChoice in tools).
std::optional<std::size_t> place_of(const Table& table, const std::string& name) {
  if (name.empty()) return std::nullopt;
  if (const auto own = find_column(table, name)) return own;
  for (const std::string_view ending : {"_en", "_zh"}) {
    if (!name.ends_with(ending)) continue;
    const auto stem = find_column(table, name.substr(0, name.size() - ending.size()));
    if (stem) return stem;
  }
  const std::vector<std::string_view> names(table.columns.begin(), table.columns.end());
  throw Error(Errc::usage, fmt::format("the chart has no column \"{}\"{}; there are: {}", name,
                                       did_you_mean(name, names), fmt::join(names, ", ")));
}

// Where the chart's columns are.
struct Places {
  std::size_t x, y;
  std::optional<std::size_t> by, target, unit;
};

Places places_of(const Table& table, const Chart& chart) {
  Places places{*place_of(table, chart.x), *place_of(table, chart.y), place_of(table, chart.by),
                place_of(table, chart.target), std::nullopt};
  // `unit` is that of `value`; shares and the like beside it have none.
  if (table.columns[places.y] == "value") places.unit = find_column(table, "unit");
  return places;
}

// The unit of the most values: several have no common axis, so the others are left out, and told.
std::string keep_one_unit(Table& table, const Places& places, const WriteOptions& options) {
  if (!places.unit) return {};
  const std::size_t column = *places.unit;
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const Row& row : table.rows) {
    if (!number_in(row[places.y])) continue;
    const std::string unit = to_text(row[column]);
    const auto found = std::ranges::find(counts, unit, &std::pair<std::string, std::size_t>::first);
    if (found == counts.end()) {
      counts.emplace_back(unit, 1);
    } else {
      ++found->second;
    }
  }
  if (counts.empty()) return {};
  std::ranges::stable_sort(counts, std::greater(), &std::pair<std::string, std::size_t>::second);
  std::string kept = counts.front().first;
  if (counts.size() == 1) return kept;
  std::erase_if(table.rows, [&](const Row& row) { return to_text(row[column]) != kept; });
  std::string others;
  for (const auto& [unit, count] : std::span(counts).subspan(1)) {
    others += fmt::format("{}{} in {}", others.empty() ? "" : ", ", count,
                          unit.empty() ? "no unit" : unit);
  }
  if (options.tell) {
    options.tell(fmt::format("drawn are the {} values in {}; other units have no common axis: {}",
                             counts.front().second, kept.empty() ? "no unit" : kept, others));
  }
  return kept;
}

bool are_periods(const Table& table, std::size_t column) {
  return !table.rows.empty() && std::ranges::all_of(table.rows, [&](const Row& row) {
    return !is_null(row[column]) && parse_period(to_text(row[column])).value.has_value();
  });
}

bool are_numbers(const Table& table, std::size_t column) { return numeric_columns(table)[column]; }

// The values of some columns of a row, as one key.
using Key = std::vector<std::string>;
Key key_of(const Row& row, std::span<const std::size_t> columns) {
  Key key;
  for (const std::size_t column : columns) key.push_back(to_text(row[column]));
  return key;
}

bool tells_apart(const Table& table, std::span<const std::size_t> columns) {
  std::set<Key> seen;
  return std::ranges::all_of(
      table.rows, [&](const Row& row) { return seen.insert(key_of(row, columns)).second; });
}

// The column that, beside those, tells the rows apart: a name before other things.
std::optional<std::size_t> refinement(const Table& table, std::vector<std::size_t> columns,
                                      const Places& places) {
  std::vector<std::size_t> candidates;
  for (const std::string_view name : {"entity_name", "indicator_name", "plan_name", "scope",
                                      "measure", "among", "target_period", "period"}) {
    if (const auto at = find_column(table, name)) candidates.push_back(*at);
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) candidates.push_back(i);
  columns.push_back(0);
  for (const std::size_t candidate : candidates) {
    const bool is_drawn = candidate == places.x || candidate == places.y ||
                          candidate == places.by || candidate == places.target;
    columns.back() = candidate;
    if (!is_drawn && tells_apart(table, columns)) return candidate;
  }
  return std::nullopt;
}

// Gives out numbers to names, in the order of their coming.
class Names {
 public:
  std::size_t number(const std::string& name) {
    const auto [found, is_new] = numbers_.try_emplace(name, names_.size());
    if (is_new) names_.push_back(name);
    return found->second;
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return names_; }

 private:
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> names_;
};

std::string joined(const std::string& name, const std::string& more) {
  if (more.empty()) return name;
  return name.empty() ? more : name + " · " + more;
}

double place_on_axis(const std::string& text) {
  return static_cast<double>(parse_period(text)->ends.time_since_epoch().count());
}

class Plotter {
 public:
  Plotter(Table table, const WriteOptions& options, Chart chart)
      : table_(std::move(table)), options_(options), places_(places_of(table_, chart)) {
    plot_.chart = std::move(chart);
    plot_.unit = keep_one_unit(table_, places_, options_);
    plot_.title = options.caption.name;
  }

  Plot plot() {
    is_bars_ = plot_.chart.kind == "bar";
    over_time_ = !is_bars_ && are_periods(table_, places_.x);
    over_numbers_ = !is_bars_ && !over_time_ && are_numbers(table_, places_.x);
    find_refinement();
    for (const Row& row : table_.rows) add(row);
    plot_.series = names_.all();
    plot_.forms.assign(plot_.series.size(), is_bars_                     ? PlotForm::bars
                                            : plot_.chart.kind == "line" ? PlotForm::line
                                                                         : PlotForm::points);
    refuse_too_much();
    if (is_bars_) {
      group();
    } else {
      order();
    }
    find_extent();
    plot_.values = meaning(plot_.chart.y, plot_.unit);
    if (plot_.has_targets) plot_.targets = meaning(plot_.chart.target, {});
    return std::move(plot_);
  }

 private:
  // Several rows at one place would be one bar over another, or a line that jumps.
  void find_refinement() {
    std::vector<std::size_t> drawn{places_.x};
    if (places_.by) drawn.push_back(*places_.by);
    if (plot_.chart.kind == "scatter" || tells_apart(table_, drawn)) return;
    refinement_ = refinement(table_, drawn, places_);
    if (refinement_ && options_.tell) {
      options_.tell(fmt::format("drawn one for each {} as well: rows share {}{}",
                                table_.columns[*refinement_], plot_.chart.x,
                                plot_.chart.by.empty() ? "" : " and " + plot_.chart.by));
    }
  }

  void add(const Row& row) {
    PlotMark mark;
    mark.label = to_text(row[places_.x]);
    std::string series = places_.by ? to_text(row[*places_.by]) : std::string();
    const std::string more = refinement_ ? to_text(row[*refinement_]) : std::string();
    if (is_bars_) {
      mark.label = joined(mark.label, more);
    } else {
      series = joined(series, more);
    }
    if (over_time_) {
      // A year, a quarter and the months so far are never one line.
      const auto period = parse_period(mark.label);
      const std::string_view shape = to_text(kind(*period));
      shapes_.insert(std::string(shape));
      mark.x = place_on_axis(mark.label);
      series += '\n' + std::string(shape);
    } else if (over_numbers_) {
      const auto place = number_in(row[places_.x]);
      if (!place) return;
      mark.x = *place;
    } else {
      mark.x = static_cast<double>(labels_.number(mark.label));
    }
    mark.series = names_.number(series);
    mark.y = number_in(row[places_.y]);
    if (places_.target) mark.target = number_in(row[*places_.target]);
    plot_.has_targets = plot_.has_targets || mark.target.has_value();
    plot_.marks.push_back(std::move(mark));
  }

  void refuse_too_much() const {
    const std::size_t bars = plot_.marks.size();
    if (is_bars_ && bars > kMostBars) {
      refuse(fmt::format("{} bars are too many to draw: {} at most; use --limit, or ask for less",
                         bars, kMostBars));
    }
    if (plot_.series.size() > kMostSeries) {
      refuse(fmt::format("{} lines or colours are too many to draw: {} at most; ask for less",
                         plot_.series.size(), kMostSeries));
    }
  }

  // The bars of one x together, in the order in which each x came first.
  void group() {
    if (places_.by) std::ranges::stable_sort(plot_.marks, {}, &PlotMark::x);
  }

  // By series and place. What has several values at one place is no line.
  void order() {
    std::ranges::stable_sort(plot_.marks, {},
                             [](const PlotMark& mark) { return std::tuple(mark.series, mark.x); });
    for (std::size_t i = 1; i < plot_.marks.size(); ++i) {
      const PlotMark &one = plot_.marks[i - 1], &other = plot_.marks[i];
      PlotForm& form = plot_.forms[other.series];
      if (one.series != other.series || one.x != other.x || form == PlotForm::points) continue;
      form = PlotForm::points;
      if (options_.tell) {
        options_.tell(fmt::format("points without a line: several values at {}", one.label));
      }
    }
    for (std::string& name : plot_.series) {
      const std::size_t at = name.find('\n');
      const std::string shape = at == name.npos ? std::string() : name.substr(at + 1);
      name.resize(std::min(at, name.size()));
      if (shapes_.size() > 1) name = joined(name, shape);
    }
  }

  void find_extent() {
    bool found = false;
    const auto take = [&](std::optional<double> value) {
      if (!value) return;
      plot_.lowest = found ? std::min(plot_.lowest, *value) : *value;
      plot_.highest = found ? std::max(plot_.highest, *value) : *value;
      found = true;
    };
    for (const PlotMark& mark : plot_.marks) take(mark.y);
    if (!found) refuse(fmt::format("nothing to draw: no number in column \"{}\"", plot_.chart.y));
    for (const PlotMark& mark : plot_.marks) take(mark.target);
    if (!is_bars_) return;
    plot_.lowest = std::min(plot_.lowest, 0.0);
    plot_.highest = std::max(plot_.highest, 0.0);
  }

  // A column's name, its unit and what its note says.
  [[nodiscard]] std::string meaning(const std::string& column, const std::string& unit) const {
    std::string text = column;
    if (!unit.empty()) text += fmt::format(" ({})", unit);
    const auto note = options_.caption.notes.find(column);
    if (note == options_.caption.notes.end()) return text;
    return text + ": " + (options_.lang == "zh" ? note->second.about_zh : note->second.about);
  }

  Table table_;
  const WriteOptions& options_;
  Places places_;
  Plot plot_;
  Names names_, labels_;
  std::set<std::string> shapes_;  // kinds of periods
  std::optional<std::size_t> refinement_;
  bool is_bars_ = false, over_time_ = false, over_numbers_ = false;
};

}  // namespace

Parsed<Chart> guess_chart(const Table& table) {
  using Result = Parsed<Chart>;
  const auto numeric = numeric_columns(table);
  std::vector<std::size_t> numbers, words;
  for (std::size_t i = 0; i < numeric.size(); ++i) (numeric[i] ? numbers : words).push_back(i);
  if (numbers.empty()) return Result::fault("nothing to draw: no column of numbers");
  if (words.empty() && numbers.size() < 2) {
    return Result::fault("nothing to draw against: one column of numbers and no other");
  }
  Chart chart;
  const std::size_t x = words.empty() ? numbers.front() : words.front();
  const auto period =
      std::ranges::find_if(words, [&](std::size_t i) { return are_periods(table, i); });
  const bool over_time = period != words.end();
  chart.kind = words.empty() || over_time ? "line" : "bar";
  chart.x = table.columns[over_time ? *period : x];
  chart.y = table.columns[words.empty() ? numbers[1] : numbers.front()];
  const std::vector<std::size_t> drawn{over_time ? *period : x};
  if (tells_apart(table, drawn)) return chart;
  for (const std::size_t other : words) {
    const std::vector<std::size_t> both{drawn.front(), other};
    if (other == drawn.front() || !tells_apart(table, both)) continue;
    chart.by = table.columns[other];
    break;
  }
  return chart;
}

Plot plot_of(const Table& table, const WriteOptions& options) {
  if (table.rows.empty()) refuse("nothing to draw: no rows");
  if (options.chart) return Plotter(table, options, *options.chart).plot();
  const auto guessed = guess_chart(table);
  if (!guessed) refuse(guessed.reason);
  if (options.tell) options.tell("drawn as --chart '" + to_text(*guessed) + "'");
  return Plotter(table, options, *guessed).plot();
}

void ChartSink::row(std::span<const Cell> cells) {
  if (table().rows.size() == kMostRows) {
    refuse(fmt::format("more than {} rows are too many to draw; use --limit, or ask for less",
                       kMostRows));
  }
  TableSink::row(cells);
}

void ChartSink::finish() {
  Plot plot = plot_of(table(), options_);
  plot.cut_after = cut_after_;
  out_ << draw_(plot, options_);
}

}  // namespace planfile
