// Lines and points in a terminal.
#pragma once

#include <string>
#include <string_view>

#include "chart_plot.h"

namespace planfile {

inline constexpr std::string_view kTargetSign = "x";  // stands at a target

// Axes, the lines in Braille dots (in `.` where their width is unsure), a letter of its series at
// each value, and below them what the letters mean.
std::string draw_canvas(const Plot& plot, const WriteOptions& options);

}  // namespace planfile
