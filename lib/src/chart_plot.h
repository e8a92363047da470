// What a chart shows, taken from the rows of a result; drawn by chart_text and chart_svg.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/table.h"

namespace planfile {

// One row of the result.
struct PlotMark {
  std::size_t series = 0;
  std::string label;        // what x says
  double x = 0;             // its place, where places count
  std::optional<double> y;  // nothing: a gap
  std::optional<double> target;
};

// What is drawn of a series.
enum class PlotForm { bars, line, points };

struct Plot {
  Chart chart;
  std::string title;                // empty: none
  std::string values, targets;      // what y and the target are: name, unit, meaning
  std::string unit;                 // of y; empty: none is told
  std::vector<std::string> series;  // their names; one without a name where there is no `by`
  std::vector<PlotForm> forms;      // of each series
  std::vector<PlotMark> marks;      // bars: as the rows come; else by series and x
  bool has_targets = false;
  std::optional<std::size_t> cut_after;  // rows, where some were left out
  double lowest = 0, highest = 0;        // of all values and targets; bars: with 0
};

// Takes `table` for a chart. Where `options` names no chart, one is guessed and told. Errc::usage
// for a column that there is none of; Errc::refused, with the reason, for what can't be drawn.
Plot plot_of(const Table& table, const WriteOptions& options);

// The chart that suits a result whose columns nobody named.
Parsed<Chart> guess_chart(const Table& table);

// Round values for an axis from no more than `low` to no less than `high`.
struct Ticks {
  std::vector<double> values;  // at least two
  int decimals = 0;
};
Ticks nice_ticks(double low, double high, std::size_t wanted);

// A number short enough to stand beside a bar: at most six significant digits.
std::string short_number(double number);

// Keeps the rows, then has them drawn.
class ChartSink : public TableSink {
 public:
  using Draw = std::string (*)(const Plot&, const WriteOptions&);
  ChartSink(std::ostream& out, const WriteOptions& options, Draw draw)
      : out_(out), options_(options), draw_(draw) {}
  void row(std::span<const Cell> cells) override;
  void cut(std::size_t rows) override { cut_after_ = rows; }
  void finish() override;

 private:
  std::ostream& out_;
  WriteOptions options_;
  Draw draw_;
  std::optional<std::size_t> cut_after_;
};

std::string draw_text(const Plot& plot, const WriteOptions& options);
std::string draw_svg(const Plot& plot, const WriteOptions& options);

}  // namespace planfile
