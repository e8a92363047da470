#include "functions.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "sql_api.h"

namespace planfile {
namespace {

constexpr std::string_view kNames[] = {
    "cagr",        "corr",         "median",      "parse_period", "parse_value",
    "period_end",  "period_fault", "period_kind", "period_start", "quantile",
    "slope",       "stddev",       "stddev_pop",  "unit_convert", "value_comparator",
    "value_fault", "value_high",   "value_meets", "value_number", "value_unit"};

bool same_letters(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == b;
  });
}

}  // namespace

int register_functions(sqlite3* connection) {
  for (const auto add : {add_period_functions, add_value_functions, add_number_functions}) {
    if (const int code = add(connection); code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

bool is_own_function(std::string_view name) {
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view own) { return same_letters(name, own); });
}

}  // namespace planfile
