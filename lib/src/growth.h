// Columns of growth: which measure they are, and of which period.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "infer_study.h"

namespace planfile {

bool is_growth(Sense sense);

inline constexpr std::string_view kVagueMean =
    "mean growth, or the mean of the levels, as rates have it? rows may differ; say in the header "
    "(年均增长), or in a mapping (--map)";

// The period of a column that names none, by the columns of figures beside it: growth is that of
// the column to its left, a lone one that of the latest. `values` are the columns of figures.
std::optional<std::string> leading_period(const Study& study, std::span<const std::size_t> values,
                                          std::size_t at);

struct Growth {
  std::string measure;  // yoy, cagr, change
  std::string period;   // of a mean growth: the years it is over; else empty
};

// The reason when it can't be told.
Parsed<Growth> growth_of(const Study& study, std::span<const std::size_t> values, std::size_t at);

// The span of a mean growth between two years: 2021/2025 from 2020 to 2025.
std::string years_between(const std::string& base, const std::string& last);

}  // namespace planfile
