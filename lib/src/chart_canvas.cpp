#include "chart_canvas.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "writers.h"

namespace planfile {
namespace {

constexpr std::size_t kWidth = 80, kHeight = 16;       // in characters
constexpr std::size_t kDotsAcross = 2, kDotsDown = 4;  // of a Braille character
constexpr std::string_view kColours[] = {"\x1B[34m", "\x1B[31m", "\x1B[32m",
                                         "\x1B[35m", "\x1B[36m", "\x1B[33m"};
constexpr std::string_view kPlainColour = "\x1B[0m";

// One character of the picture: dots, or a sign over them.
struct Spot {
  unsigned dots = 0;
  char sign = 0;
  std::size_t series = 0;
};

struct Dot {
  long across, down;
};

class Canvas {
 public:
  Canvas(std::size_t width, std::size_t height)
      : width_(width), height_(height), spots_(width * height) {}

  void set(Dot dot, std::size_t series) {
    // Bits of U+2800: dots 1 to 3 down the left, 4 to 6 down the right, then 7 and 8.
    constexpr unsigned kBits[kDotsDown][kDotsAcross] = {{1, 8}, {2, 16}, {4, 32}, {64, 128}};
    Spot& spot = at(dot);
    spot.dots |= kBits[dot.down % long{kDotsDown}][dot.across % long{kDotsAcross}];
    spot.series = series;
  }

  void sign(Dot dot, char sign, std::size_t series) {
    Spot& spot = at(dot);
    spot.sign = sign;
    spot.series = series;
  }

  // Every `step`th dot of a straight line.
  void line(Dot from, Dot to, std::size_t series, long step) {
    const long steps =
        std::max({std::labs(to.across - from.across), std::labs(to.down - from.down), 1L});
    for (long i = 0; i <= steps; i += step) {
      set({from.across + (to.across - from.across) * i / steps,
           from.down + (to.down - from.down) * i / steps},
          series);
    }
  }

  [[nodiscard]] const Spot& spot(std::size_t across, std::size_t down) const {
    return spots_[down * width_ + across];
  }

 private:
  Spot& at(Dot dot) {
    const auto across = std::min(static_cast<std::size_t>(dot.across) / kDotsAcross, width_ - 1);
    const auto down = std::min(static_cast<std::size_t>(dot.down) / kDotsDown, height_ - 1);
    return spots_[down * width_ + across];
  }

  std::size_t width_, height_;
  std::vector<Spot> spots_;
};

// Letters of series; one alone needs none.
char letter_of(const Plot& plot, std::size_t series) {
  return plot.series.size() == 1 ? 'o' : static_cast<char>('A' + series);
}

class Picture {
 public:
  Picture(const Plot& plot, const WriteOptions& options)
      : plot_(plot),
        options_(options),
        ambiguous_(ambiguous_of(options)),
        ticks_(nice_ticks(plot.lowest, plot.highest, 4)) {
    for (const double tick : ticks_.values) {
      axis_ = std::max(axis_, fmt::format("{:.{}f}", tick, ticks_.decimals).size());
    }
    const std::size_t whole = options.width == 0 ? kWidth : options.width;
    width_ = std::max<std::size_t>(whole > axis_ + 2 ? whole - axis_ - 2 : 0, 20);
    const auto [first, last] =
        std::ranges::minmax(plot.marks, {}, [](const PlotMark& mark) { return mark.x; });
    left_ = first.x;
    right_ = last.x > first.x ? last.x : first.x + 1;
  }

  std::string draw() {
    Canvas canvas(width_, kHeight);
    for (std::size_t i = 0; i < plot_.marks.size(); ++i) join_to_next(canvas, i);
    for (const PlotMark& mark : plot_.marks) {
      if (mark.target) canvas.sign(dot(mark.x, *mark.target), 'x', mark.series);
      if (mark.y) canvas.sign(dot(mark.x, *mark.y), letter_of(plot_, mark.series), mark.series);
    }
    std::string text;
    for (std::size_t down = 0; down < kHeight; ++down) text += line(canvas, down);
    text += std::string(axis_, ' ') + (is_plain() ? " +" : " └");
    for (std::size_t i = 0; i < width_; ++i) text += is_plain() ? "-" : "─";
    text += '\n' + labels() + legend();
    return text;
  }

 private:
  [[nodiscard]] bool is_plain() const { return options_.wide_ambiguous; }

  [[nodiscard]] Dot dot(double x, double y) const {
    const double low = ticks_.values.front(), high = ticks_.values.back();
    const auto across = static_cast<double>(width_ * kDotsAcross - 1);
    const auto down = static_cast<double>(kHeight * kDotsDown - 1);
    return {std::lround((x - left_) / (right_ - left_) * across),
            std::lround((high - y) / (high - low) * down)};
  }

  void join_to_next(Canvas& canvas, std::size_t i) const {
    if (i + 1 == plot_.marks.size()) return;
    constexpr long kDotted = 4;
    const PlotMark &one = plot_.marks[i], &other = plot_.marks[i + 1];
    if (one.series != other.series || plot_.forms[one.series] != PlotForm::line) return;
    if (one.target && other.target) {
      canvas.line(dot(one.x, *one.target), dot(other.x, *other.target), one.series, kDotted);
    }
    if (one.y && other.y) canvas.line(dot(one.x, *one.y), dot(other.x, *other.y), one.series, 1);
  }

  [[nodiscard]] std::string line(const Canvas& canvas, std::size_t down) const {
    std::string label(axis_, ' ');
    bool has_tick = false;
    for (const double tick : ticks_.values) {
      if (static_cast<std::size_t>(dot(left_, tick).down) / kDotsDown != down) continue;
      label = fmt::format("{:>{}.{}f}", tick, axis_, ticks_.decimals);
      has_tick = true;
    }
    std::string text = label + (is_plain() ? " |" : has_tick ? " ┤" : " │");
    std::string shown;
    std::size_t end = 0;
    for (std::size_t across = 0; across < width_; ++across) {
      const Spot& spot = canvas.spot(across, down);
      shown += show(spot);
      if (spot.dots != 0 || spot.sign != 0) end = shown.size();
    }
    return text + shown.substr(0, end) + '\n';
  }

  [[nodiscard]] std::string show(const Spot& spot) const {
    if (spot.dots == 0 && spot.sign == 0) return " ";
    std::string text;
    if (spot.sign != 0) {
      text = spot.sign;
    } else if (is_plain()) {
      text = '.';
    } else {
      text = {static_cast<char>(0xE2), static_cast<char>(0xA0 | spot.dots >> 6),
              static_cast<char>(0x80 | (spot.dots & 0x3F))};
    }
    return coloured(text, spot.series);
  }

  [[nodiscard]] std::string coloured(const std::string& text, std::size_t series) const {
    if (!options_.colour || plot_.series.size() == 1) return text;
    return fmt::format("{}{}{}", kColours[series % std::size(kColours)], text, kPlainColour);
  }

  // What x says below the axis, as far as there is room.
  [[nodiscard]] std::string labels() const {
    std::vector<const PlotMark*> marks;
    for (const PlotMark& mark : plot_.marks) marks.push_back(&mark);
    std::ranges::stable_sort(marks, {}, [](const PlotMark* mark) { return mark->x; });
    std::string text(axis_ + 2, ' ');
    std::size_t used = 0;
    for (const PlotMark* mark : marks) {
      const std::string label = shortened(clean(mark->label, kForTerminal), width_ / 3, ambiguous_);
      const std::size_t size = width_of(label, ambiguous_);
      const auto centre = static_cast<std::size_t>(dot(mark->x, plot_.lowest).across) / kDotsAcross;
      const std::size_t from = std::min(centre - std::min(centre, size / 2), width_ - size);
      if (used > 0 && from < used + 2) continue;
      text.append(from - used, ' ');
      text += label;
      used = from + size;
    }
    return text + '\n';
  }

  [[nodiscard]] std::string legend() const {
    if (plot_.series.size() == 1) return {};
    std::string text;
    for (std::size_t i = 0; i < plot_.series.size(); ++i) {
      text += coloured(std::string(1, letter_of(plot_, i)), i);
      text += ' ' + clean(plot_.series[i], kForTerminal) + '\n';
    }
    return text;
  }

  const Plot& plot_;
  const WriteOptions& options_;
  Ambiguous ambiguous_;
  Ticks ticks_;
  std::size_t axis_ = 0, width_ = 0;
  double left_ = 0, right_ = 1;
};

}  // namespace

std::string draw_canvas(const Plot& plot, const WriteOptions& options) {
  return Picture(plot, options).draw();
}

}  // namespace planfile
