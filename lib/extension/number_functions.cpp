#include "functions.h"

#include <cmath>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "planfile/error.h"

#include "moments.h"
#include "quantile.h"
#include "sql_api.h"
#include "text.h"

namespace planfile {

std::optional<double> number_of(sqlite3_value* value, const char* function) {
  const int type = sqlite3_value_numeric_type(value);
  if (type == SQLITE_NULL) return std::nullopt;
  const bool is_number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  const double number = is_number ? sqlite3_value_double(value) : 0;
  if (is_number && std::isfinite(number)) return number;
  throw Error(Errc::usage,
              fmt::format("{}: {}", function, refusal("not a number", text_of(value))));
}

namespace {

// The state of an aggregate: SQLite keeps room for a pointer to it and calls the last step for
// every group, which frees it.
template <class State>
State*& slot_of(sqlite3_context* context) {
  void* room = sqlite3_aggregate_context(context, sizeof(State*));
  if (room == nullptr) throw std::bad_alloc();
  return *static_cast<State**>(room);
}

template <class State, class... Arguments>
State& state_of(sqlite3_context* context, Arguments... arguments) {
  State*& slot = slot_of<State>(context);
  if (slot == nullptr) slot = std::make_unique<State>(arguments...).release();
  return *slot;
}

// Gives what `tell` says of the state, NULL when there was no row.
template <class State, auto tell>
void now(sqlite3_context* context) {
  guard(context, [&] {
    State* state = slot_of<State>(context);
    if (state != nullptr) give(context, tell(*state));
  });
}

template <class State, auto tell>
void finish(sqlite3_context* context) {
  now<State, tell>(context);
  guard(context, [&] { std::unique_ptr<State>(std::exchange(slot_of<State>(context), nullptr)); });
}

[[noreturn]] void refuse_distant(const char* function) {
  throw Error(
      Errc::usage,
      fmt::format("{}: numbers more than 2^400 times apart can't be reckoned with", function));
}

const char* name_of(sqlite3_context* context) {
  return static_cast<const char*>(sqlite3_user_data(context));
}

struct QuantileState {
  QuantileState(double wanted, int of_type) : p(wanted), type(of_type), numbers(wanted, of_type) {}
  double p;
  int type;
  Quantile numbers;
};

constexpr int kUsualType = 7;

// The share p and the type that a call of quantile() asks for; nothing when one is NULL.
struct Asked {
  double p;
  int type;
};
std::optional<Asked> asked_in(int count, sqlite3_value** arguments) {
  if (count == 1) return Asked{0.5, kUsualType};
  const auto p = number_of(arguments[1], "quantile");
  if (!p || (count == 3 && is_null(arguments[2]))) return std::nullopt;
  if (!(*p >= 0 && *p <= 1)) {
    throw Error(Errc::usage, refusal("quantile: not between 0 and 1", text_of(arguments[1])));
  }
  const double type = count == 3 ? *number_of(arguments[2], "quantile") : kUsualType;
  if (!(type >= 1 && type <= 9 && type == std::trunc(type))) {
    throw Error(Errc::usage, refusal("quantile: not a type from 1 to 9", text_of(arguments[2])));
  }
  return Asked{*p, static_cast<int>(type)};
}

void quantile_step(sqlite3_context* context, int count, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto asked = asked_in(count, arguments);
    const auto number = number_of(arguments[0], name_of(context));
    if (!asked || !number) return;
    auto& state = state_of<QuantileState>(context, asked->p, asked->type);
    if (state.p != asked->p || state.type != asked->type) {
      throw Error(Errc::usage, "quantile: share and type must be the same in every row");
    }
    state.numbers.add(*number);
  });
}

void quantile_back(sqlite3_context* context, int count, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto asked = asked_in(count, arguments);
    const auto number = number_of(arguments[0], name_of(context));
    if (asked && number)
      state_of<QuantileState>(context, asked->p, asked->type).numbers.remove(*number);
  });
}

std::optional<double> quantile_now(QuantileState& state) { return state.numbers.value(); }

void moments_step(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto number = number_of(arguments[0], name_of(context));
    if (number && !state_of<Moments>(context).add(*number)) refuse_distant(name_of(context));
  });
}

void moments_back(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto number = number_of(arguments[0], name_of(context));
    if (number) state_of<Moments>(context).remove(*number);
  });
}

std::optional<double> sample(Moments& state) { return state.sample_deviation(); }
std::optional<double> population(Moments& state) { return state.population_deviation(); }

void pair_step(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto x = number_of(arguments[0], name_of(context));
    const auto y = number_of(arguments[1], name_of(context));
    if (x && y && !state_of<PairMoments>(context).add(*x, *y)) refuse_distant(name_of(context));
  });
}

void pair_back(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto x = number_of(arguments[0], name_of(context));
    const auto y = number_of(arguments[1], name_of(context));
    if (x && y) state_of<PairMoments>(context).remove(*x, *y);
  });
}

std::optional<double> correlation(PairMoments& state) { return state.correlation(); }
std::optional<double> slope(PairMoments& state) { return state.slope(); }

// cagr(first, last, years): a fraction. Nothing where percentages aren't published: from 0 or
// below, to below 0, or over no time.
void cagr(sqlite3_context* context, int, sqlite3_value** arguments) {
  guard(context, [&] {
    const auto first = number_of(arguments[0], "cagr");
    const auto last = number_of(arguments[1], "cagr");
    const auto years = number_of(arguments[2], "cagr");
    if (!first || !last || !years || *first <= 0 || *last < 0 || *years <= 0) return;
    give(context, std::expm1((std::log(*last / *first)) / *years));
  });
}

struct Aggregate {
  const char* name;
  int arguments;
  Step step, back;
  Finish now, last;
};

template <class State, auto tell>
constexpr Aggregate aggregate(const char* name, int arguments, Step step, Step back) {
  return {name, arguments, step, back, now<State, tell>, finish<State, tell>};
}

constexpr Aggregate kAggregates[] = {
    aggregate<QuantileState, quantile_now>("median", 1, quantile_step, quantile_back),
    aggregate<QuantileState, quantile_now>("quantile", 2, quantile_step, quantile_back),
    aggregate<QuantileState, quantile_now>("quantile", 3, quantile_step, quantile_back),
    aggregate<Moments, sample>("stddev", 1, moments_step, moments_back),
    aggregate<Moments, population>("stddev_pop", 1, moments_step, moments_back),
    aggregate<PairMoments, correlation>("corr", 2, pair_step, pair_back),
    aggregate<PairMoments, slope>("slope", 2, pair_step, pair_back)};

}  // namespace

int add_number_functions(sqlite3* connection) {
  for (const Aggregate& made : kAggregates) {
    const int code = sqlite3_create_window_function(connection, made.name, made.arguments, kPure,
                                                    const_cast<char*>(made.name), made.step,
                                                    made.last, made.now, made.back, nullptr);
    if (code != SQLITE_OK) return code;
  }
  return sqlite3_create_function_v2(connection, "cagr", 3, kPure, nullptr, cagr, nullptr, nullptr,
                                    nullptr);
}

}  // namespace planfile
