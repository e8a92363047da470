// Charts in a terminal: bars of block characters; lines and points by chart_canvas.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "chart_canvas.h"
#include "chart_plot.h"
#include "writers.h"

namespace planfile {
namespace {

constexpr std::size_t kWidth = 80;  // where there is no terminal

// The signs of which bars are made; plain ones where others have no sure width.
struct BarSigns {
  std::string_view full, target, zero, none;
  bool has_eighths;
};
constexpr BarSigns kBlocks{"█", "┃", "│", "—", true};
constexpr BarSigns kPlain{"#", "|", ":", "-", false};

// A line of cells, each one column wide.
using Cells = std::vector<std::string>;

class Bars {
 public:
  Bars(const Plot& plot, const WriteOptions& options)
      : plot_(plot),
        ambiguous_(ambiguous_of(options)),
        signs_(options.wide_ambiguous ? kPlain : kBlocks),
        has_names_(!(plot.series.size() == 1 && plot.series.front().empty())) {
    const std::size_t width = options.width == 0 ? kWidth : options.width;
    std::size_t label = 0, value = width_of(signs_.none, ambiguous_);
    for (const PlotMark& mark : plot.marks) {
      label = std::max(label, width_of(name_of(mark), ambiguous_));
      if (mark.y) value = std::max(value, short_number(*mark.y).size());
    }
    label_ = std::min(label, std::max<std::size_t>(width * 2 / 5, 8));
    const std::size_t taken = label_ + 2 + 1 + value;
    room_ = std::max<std::size_t>(width > taken ? width - taken : 0, 10);
    const double extent = plot.highest - plot.lowest;
    scale_ = extent > 0 ? static_cast<double>(room_) / extent : 0;
    zero_ = static_cast<std::size_t>(std::lround(-plot.lowest * scale_));
  }

  std::string draw() const {
    std::string text;
    std::string group;
    for (const PlotMark& mark : plot_.marks) {
      if (has_names_ && (&mark == plot_.marks.data() || mark.label != group)) {
        group = mark.label;
        text += clean(group, kForTerminal) + '\n';
      }
      text += line(mark);
    }
    return text;
  }

  [[nodiscard]] std::string_view target_sign() const { return signs_.target; }

 private:
  // What stands before a bar: its series below its group, else its label.
  [[nodiscard]] std::string name_of(const PlotMark& mark) const {
    return clean(has_names_ ? "  " + plot_.series[mark.series] : mark.label, kForTerminal);
  }

  [[nodiscard]] std::string line(const PlotMark& mark) const {
    Cells cells(room_ + 1, " ");
    if (plot_.lowest < 0) cells[std::min(zero_, room_)] = signs_.zero;
    if (mark.y) fill(cells, *mark.y);
    std::size_t end = mark.y && *mark.y > 0 ? cell_of(*mark.y) : zero_;
    if (mark.target) {
      const std::size_t at = std::min(cell_of(*mark.target), room_);
      cells[at] = signs_.target;
      end = std::max(end, at);
    }
    while (end < room_ && cells[end] != " ") ++end;
    std::string text =
        padded(shortened(name_of(mark), label_, ambiguous_), label_, ambiguous_) + "  ";
    for (std::size_t at = 0; at < end; ++at) text += cells[at];
    if (cells[end] != " ") text += cells[end];
    text += ' ';
    text += mark.y ? short_number(*mark.y) : std::string(signs_.none);
    return text + '\n';
  }

  [[nodiscard]] std::size_t cell_of(double value) const {
    return static_cast<std::size_t>(std::max(0.0, std::floor((value - plot_.lowest) * scale_)));
  }

  void fill(Cells& cells, double value) const {
    constexpr std::string_view kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (value < 0) {
      const auto from = static_cast<std::size_t>(std::lround((value - plot_.lowest) * scale_));
      for (std::size_t at = from; at < zero_; ++at) cells[at] = signs_.full;
      return;
    }
    const double length = value * scale_;
    const auto full = static_cast<std::size_t>(length);
    const auto part = static_cast<std::size_t>((length - static_cast<double>(full)) * 8);
    for (std::size_t at = 0; at < full && zero_ + at < cells.size(); ++at) {
      cells[zero_ + at] = signs_.full;
    }
    if (signs_.has_eighths && part > 0 && zero_ + full < cells.size()) {
      cells[zero_ + full] = kEighths[part];
    }
  }

  const Plot& plot_;
  Ambiguous ambiguous_;
  BarSigns signs_;
  bool has_names_;
  std::size_t label_ = 0, room_ = 0, zero_ = 0;
  double scale_ = 0;
};

// What is drawn, and what marks the target.
std::string heading(const Plot& plot, std::string_view target_sign) {
  std::string text = plot.title.empty() ? "" : clean(plot.title, kForTerminal) + '\n';
  text += clean(plot.values, kForTerminal) + '\n';
  if (!plot.has_targets) return text;
  return text + fmt::format("{} {}\n", target_sign, clean(plot.targets, kForTerminal));
}

}  // namespace

std::string draw_text(const Plot& plot, const WriteOptions& options) {
  const std::string end =
      plot.cut_after ? cut_note(*plot.cut_after, options.lang) + '\n' : std::string();
  if (plot.chart.kind == "bar") {
    const Bars bars(plot, options);
    return heading(plot, bars.target_sign()) + bars.draw() + end;
  }
  return heading(plot, kTargetSign) + draw_canvas(plot, options) + end;
}

std::unique_ptr<RowSink> make_chart_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<ChartSink>(out, options, draw_text);
}

}  // namespace planfile
