// Charts as SVG, that a browser, Word or a printer shows.
#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "chart_plot.h"
#include "display.h"
#include "markup.h"
#include "writers.h"

namespace planfile {
namespace {

// In pixels.
constexpr double kWidth = 900, kMargin = 20, kColumn = 7;  // of text of 13 px
constexpr double kBar = 15, kRow = 22, kPlotHeight = 380;
constexpr std::size_t kColours = 8;

constexpr std::string_view kStyle = R"css(
svg{color-scheme:light dark;--ink:#1f2328;--paper:#fff;--grid:#d8dee4;--soft:#57606a;
--c0:#0969da;--c1:#d1560c;--c2:#1a7f37;--c3:#8250df;--c4:#9a6700;--c5:#cf222e;--c6:#1b7c83;--c7:#6e7781}
@media (prefers-color-scheme:dark){svg{--ink:#e6edf3;--paper:#0d1117;--grid:#30363d;--soft:#9198a1;
--c0:#58a6ff;--c1:#f0883e;--c2:#3fb950;--c3:#bc8cff;--c4:#d29922;--c5:#ff7b72;--c6:#39c5cf;--c7:#8b949e}}
@media print{svg{--ink:#000;--paper:#fff;--grid:#ccc;--soft:#333}}
text{fill:var(--ink);font-size:13px}
.paper{fill:var(--paper)}.title{font-size:17px;font-weight:600}.soft{fill:var(--soft)}
.grid{stroke:var(--grid)}.axis{stroke:var(--ink)}.target{stroke:var(--ink);stroke-width:3}
.end{text-anchor:end}.middle{text-anchor:middle}
.line{fill:none;stroke-width:2.2;stroke-linejoin:round}.due{fill:none;stroke-width:1.6;stroke-dasharray:5 4}
)css";

double width_px(std::string_view text) {
  return static_cast<double>(width_of(text, Ambiguous::narrow)) * kColumn;
}

// How far a plot reaches, in pixels.
struct Frame {
  double left, top, right, bottom;
};

class Svg {
 public:
  Svg(const Plot& plot, const WriteOptions& options)
      : plot_(plot), options_(options), zh_(options.lang == "zh") {}

  std::string draw() {
    const bool is_bars = plot_.chart.kind == "bar";
    top_ = kMargin;
    head();
    if (is_bars) {
      draw_bars();
    } else {
      draw_lines();
    }
    if (plot_.cut_after) {
      text(kMargin, height_ + 4, "soft", cut_note(*plot_.cut_after, options_.lang));
      height_ += 20;
    }
    return opening() + body_ + "</svg>\n";
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(body_), format, std::forward<Args>(args)...);
  }

  [[nodiscard]] bool has_names() const {
    return plot_.series.size() > 1 || !plot_.series.front().empty();
  }

  // The picture in words, for whoever can't see it.
  [[nodiscard]] std::string description() const {
    std::string text = zh_ ? options_.caption.about_zh : options_.caption.about;
    text = first_sentence(text);
    if (!text.empty()) text += ' ';
    text += zh_ ? fmt::format("共 {} 项，从 {} 到 {}。", plot_.marks.size(),
                              short_number(plot_.lowest), short_number(plot_.highest))
                : fmt::format("{} values, from {} to {}.", plot_.marks.size(),
                              short_number(plot_.lowest), short_number(plot_.highest));
    return text;
  }

  [[nodiscard]] const std::string& title() const {
    return plot_.title.empty() ? plot_.values : plot_.title;
  }

  [[nodiscard]] std::string opening() const {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
        "viewBox=\"0 0 "
        "{0:.0f} {1:.0f}\" role=\"img\" aria-labelledby=\"title desc\" xml:lang=\"{2}\" "
        "lang=\"{2}\" font-family='{3}'>\n<title id=\"title\">{4}</title>\n<desc "
        "id=\"desc\">{5}</desc>\n<style>{6}</style>\n<rect class=\"paper\" width=\"{0:.0f}\" "
        "height=\"{1:.0f}\"/>\n",
        kWidth, height_, language_tag(options_.lang), kFonts, escaped(title()),
        escaped(description()), kStyle);
  }

  void text(double x, double y, std::string_view classes, std::string_view words) {
    add("<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>\n", x, y,
        classes.empty() ? "" : fmt::format(" class=\"{}\"", classes), escaped(words));
  }

  // Title, and a legend of series and target.
  void head() {
    text(kMargin, top_ + 14, "title", shortened(title(), 95, Ambiguous::narrow));
    top_ += 30;
    if (!plot_.title.empty()) {
      text(kMargin, top_ + 6, "soft", shortened(plot_.values, 120, Ambiguous::narrow));
      top_ += 20;
    }
    double x = kMargin;
    const auto entry = [&](std::string_view sign, std::string_view name) {
      const double wide = 20 + width_px(name) + 18;
      if (x + wide > kWidth - kMargin && x > kMargin) {
        x = kMargin;
        top_ += 20;
      }
      add("<g transform=\"translate({:.1f} {:.1f})\">{}</g>\n", x, top_, sign);
      text(x + 20, top_ + 11, "", name);
      x += wide;
    };
    for (std::size_t i = 0; has_names() && i < plot_.series.size(); ++i) {
      entry(fmt::format("<rect width=\"13\" height=\"13\" fill=\"var(--c{})\"/>", i % kColours),
            plot_.series[i]);
    }
    if (plot_.has_targets) {
      entry(plot_.chart.kind == "bar" ? "<line class=\"target\" x1=\"7\" x2=\"7\" y2=\"14\"/>"
                                      : "<line class=\"due axis\" y1=\"7\" x2=\"14\" y2=\"7\"/>",
            shortened(plot_.targets, 100, Ambiguous::narrow));
    }
    if (has_names() || plot_.has_targets) top_ += 28;
  }

  // Vertical lines with their values below, for bars.
  void grid_across(const Frame& frame, const Ticks& ticks) {
    for (const double tick : ticks.values) {
      const double x = across(frame, tick, ticks);
      add("<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>\n", x,
          frame.top, frame.bottom);
      text(x, frame.bottom + 17, "soft middle", fmt::format("{:.{}f}", tick, ticks.decimals));
    }
  }

  static double across(const Frame& frame, double value, const Ticks& ticks) {
    const double low = ticks.values.front(), high = ticks.values.back();
    return frame.left + (value - low) / (high - low) * (frame.right - frame.left);
  }

  void draw_bars() {
    double label = 0, rows = 0;
    for (const PlotMark& mark : plot_.marks) {
      label = std::max(label, width_px(mark.label));
      rows += kRow;
      if (begins_group(mark)) rows += has_names() ? 8 : 0;
    }
    constexpr double kWidestLabel = 300, kValue = 60;
    label = std::min(label, kWidestLabel);
    const Frame frame{kMargin + label + 10, top_, kWidth - kMargin - kValue, top_ + rows};
    const Ticks ticks = nice_ticks(plot_.lowest, plot_.highest, 6);
    grid_across(frame, ticks);
    double y = top_;
    for (const PlotMark& mark : plot_.marks) {
      if (begins_group(mark)) {
        if (has_names()) y += 8;
        const auto room = static_cast<std::size_t>(kWidestLabel / kColumn);
        text(frame.left - 8, y + 16, "end", shortened(mark.label, room, Ambiguous::narrow));
      }
      bar(frame, ticks, mark, y);
      y += kRow;
    }
    const double zero = across(frame, 0, ticks);
    add("<line class=\"axis\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>\n",
        zero, frame.top, frame.bottom);
    height_ = frame.bottom + 34;
  }

  [[nodiscard]] bool begins_group(const PlotMark& mark) const {
    return &mark == plot_.marks.data() || !has_names() || (&mark)[-1].label != mark.label;
  }

  [[nodiscard]] std::string hint(const PlotMark& mark) const {
    std::string text = mark.label;
    if (has_names()) text += " · " + plot_.series[mark.series];
    text += ": " + (mark.y ? short_number(*mark.y) : std::string("—"));
    if (mark.target)
      text += fmt::format(" ({} {})", plot_.chart.target, short_number(*mark.target));
    return text;
  }

  void bar(const Frame& frame, const Ticks& ticks, const PlotMark& mark, double y) {
    const double zero = across(frame, 0, ticks);
    double end = zero;
    if (mark.y) {
      const double x = across(frame, *mark.y, ticks);
      add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\" "
          "fill=\"var(--c{})\"><title>{}</title></rect>\n",
          std::min(x, zero), y + 3, std::abs(x - zero), kBar, mark.series % kColours,
          escaped(hint(mark)));
      end = std::max(x, zero);
    }
    if (mark.target) {
      const double x = across(frame, *mark.target, ticks);
      add("<line class=\"target\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" "
          "y2=\"{2:.1f}\"><title>{3}</title></line>\n",
          x, y + 1, y + kBar + 5, escaped(hint(mark)));
      end = std::max(end, x);
    }
    text(end + 6, y + 15, mark.y ? "" : "soft", mark.y ? short_number(*mark.y) : "—");
  }

  void draw_lines() {
    const Ticks ticks = nice_ticks(plot_.lowest, plot_.highest, 6);
    double label = 0;
    for (const double tick : ticks.values) {
      label = std::max(label, width_px(fmt::format("{:.{}f}", tick, ticks.decimals)));
    }
    frame_ = {kMargin + label + 8, top_ + 6, kWidth - kMargin - 16, top_ + 6 + kPlotHeight};
    const auto [first, last] =
        std::ranges::minmax(plot_.marks, {}, [](const PlotMark& mark) { return mark.x; });
    from_ = first.x;
    to_ = last.x > first.x ? last.x : first.x + 1;
    low_ = ticks.values.front();
    high_ = ticks.values.back();
    for (const double tick : ticks.values) {
      const double y = y_of(tick);
      add("<line class=\"grid\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\"/>\n",
          frame_.left, y, frame_.right, y);
      text(frame_.left - 8, y + 4, "soft end", fmt::format("{:.{}f}", tick, ticks.decimals));
    }
    for (std::size_t i = 0; i < plot_.series.size(); ++i) series(i);
    axis_labels();
    height_ = frame_.bottom + 40;
  }

  [[nodiscard]] double x_of(double x) const {
    return frame_.left + 10 + (x - from_) / (to_ - from_) * (frame_.right - frame_.left - 20);
  }
  [[nodiscard]] double y_of(double y) const {
    return frame_.bottom - (y - low_) / (high_ - low_) * (frame_.bottom - frame_.top);
  }

  // A path through the values of a series, broken where one is missing.
  [[nodiscard]] std::string path(std::size_t number, std::optional<double> PlotMark::*value) const {
    std::string path;
    bool is_down = false;
    for (const PlotMark& mark : plot_.marks) {
      if (mark.series != number) continue;
      const auto& at = mark.*value;
      if (at)
        path += fmt::format("{}{:.1f} {:.1f}", is_down ? " L" : " M", x_of(mark.x), y_of(*at));
      is_down = at.has_value();
    }
    return path;
  }

  void series(std::size_t number) {
    const std::string colour = fmt::format("var(--c{})", number % kColours);
    const bool is_line = plot_.forms[number] == PlotForm::line;
    if (const auto due = path(number, &PlotMark::target); is_line && !due.empty()) {
      add("<path class=\"due\" stroke=\"{}\" d=\"{}\"/>\n", colour, due.substr(1));
    }
    if (const auto values = path(number, &PlotMark::y); is_line && !values.empty()) {
      add("<path class=\"line\" stroke=\"{}\" d=\"{}\"/>\n", colour, values.substr(1));
    }
    for (const PlotMark& mark : plot_.marks) {
      if (mark.series != number) continue;
      if (mark.target) {
        add("<rect x=\"-4\" y=\"-4\" width=\"8\" height=\"8\" fill=\"var(--paper)\" stroke=\"{}\" "
            "transform=\"translate({:.1f} {:.1f}) rotate(45)\"><title>{}</title></rect>\n",
            colour, x_of(mark.x), y_of(*mark.target), escaped(hint(mark)));
      }
      if (!mark.y) continue;
      add("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\"><title>{}</title></circle>\n",
          x_of(mark.x), y_of(*mark.y), colour, escaped(hint(mark)));
    }
  }

  // What x says, as far as there is room.
  void axis_labels() {
    std::vector<const PlotMark*> marks;
    for (const PlotMark& mark : plot_.marks) marks.push_back(&mark);
    std::ranges::stable_sort(marks, {}, [](const PlotMark* mark) { return mark->x; });
    double used = 0;
    for (const PlotMark* mark : marks) {
      constexpr std::size_t kMost = 24;
      const std::string label = shortened(mark->label, kMost, Ambiguous::narrow);
      const double half = width_px(label) / 2;
      const double x = std::min(x_of(mark->x), kWidth - half - 4);
      if (x - half < used) continue;
      text(x, frame_.bottom + 20, "soft middle", label);
      used = x + half + 14;
    }
  }

  const Plot& plot_;
  const WriteOptions& options_;
  bool zh_;
  std::string body_;
  double top_ = 0, height_ = 0;
  Frame frame_{};
  double from_ = 0, to_ = 1, low_ = 0, high_ = 1;
};

}  // namespace

std::string draw_svg(const Plot& plot, const WriteOptions& options) {
  return Svg(plot, options).draw();
}

std::unique_ptr<RowSink> make_svg_writer(std::ostream& out, const WriteOptions& options) {
  return std::make_unique<ChartSink>(out, options, draw_svg);
}

}  // namespace planfile
