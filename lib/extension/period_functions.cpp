#include "functions.h"

#include <array>

#include "planfile/period.h"

#include "sql_api.h"
#include "text.h"

namespace planfile {
namespace {

// The period in the first argument, completed by the year in a second; its fault when it is none.
// Nothing where an argument is NULL.
std::optional<Parsed<Period>> period_in(int count, sqlite3_value** arguments) {
  if (is_null(arguments[0])) return std::nullopt;
  std::optional<int> year;
  if (count == 2 && !is_null(arguments[1])) {
    if (sqlite3_value_numeric_type(arguments[1]) != SQLITE_INTEGER) {
      throw Error(Errc::usage, refusal("the year that completes a period is no whole number",
                                       text_of(arguments[1])));
    }
    year = sqlite3_value_int(arguments[1]);
  }
  return parse_period(text_of(arguments[0]), year);
}

template <auto tell>
void of_period(sqlite3_context* context, int count, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto period = period_in(count, arguments);
    if (period && *period) give(context, std::string_view(tell(**period)));
  });
}

void period_fault(sqlite3_context* context, int count, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto period = period_in(count, arguments);
    if (period && !*period) give(context, period->reason);
  });
}

std::string start_of(const Period& period) { return to_text(period.starts); }
std::string end_of(const Period& period) { return to_text(period.ends); }
std::string_view kind_of(const Period& period) { return to_text(kind(period)); }
std::string canonical(const Period& period) { return to_text(period); }

struct Entry {
  const char* name;
  Step step;
};

}  // namespace

int add_period_functions(sqlite3* connection) {
  constexpr std::array kFunctions = {
      Entry{"parse_period", of_period<canonical>}, Entry{"period_start", of_period<start_of>},
      Entry{"period_end", of_period<end_of>}, Entry{"period_kind", of_period<kind_of>},
      Entry{"period_fault", period_fault}};
  for (const auto& [name, step] : kFunctions) {
    for (const int arguments : {1, 2}) {
      const int code = sqlite3_create_function_v2(connection, name, arguments, kPure, nullptr, step,
                                                  nullptr, nullptr, nullptr);
      if (code != SQLITE_OK) return code;
    }
  }
  return SQLITE_OK;
}

}  // namespace planfile
