// Facts as rows of their tables, both ways. Follows layout.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "ids.h"
#include "layout.h"

namespace planfile {

// One stored value: NULL, an integer, a real number, text.
using Stored = std::variant<std::monostate, std::int64_t, double, std::string>;

// Tables whose code is itself what other rows hold.
inline bool holds_code(std::string_view table, std::string_view stored) {
  return table == "status" || table == "stage" || table == "sector" || stored == "printed_unit";
}

template <class Fact>
constexpr bool kHasSeries = std::is_same_v<Fact, Observation> || std::is_same_v<Fact, Target>;

// Whether a row tells which import brought it. Of other rows `revision` keeps that.
template <class Fact>
constexpr bool kCarriesImport = requires(const Fact& fact) {
  fact.import;
};

// Whether an observation's status says why there is no value.
inline bool is_missing_status(std::string_view code) {
  return code.size() == 1 && std::string_view("HKLMOQ").find(code) != std::string_view::npos;
}

template <class Column>
bool in_key(const Column& column) {
  return column.presence == kKey || column.presence == kKeyed;
}

template <class Fact, class Use>
void each_column(Use&& use) {
  std::apply([&](const auto&... column) { (use(column), ...); }, columns_of<Fact>);
}

inline Stored text_or_null(const std::string& text) {
  return text.empty() ? Stored() : Stored(text);
}

// One column of a row about to be stored.
struct Item {
  std::string_view column;
  bool key = false;
  Stored value;
  std::string_view cell;  // the CSV column that says it
};

inline bool is_import(const Item& item) { return item.column == "import_id"; }

// Whether a CSV with these columns says anything of the item. What goes with a figure goes with
// its column: the unit, the period.
inline bool is_said(const Item& item, std::span<const std::string> columns) {
  const auto has = [&](std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  };
  if (columns.empty() || is_import(item) || has(item.cell)) return true;
  if (item.cell == "base_period") return has("base_value");
  return item.cell == "unit" && (has("value") || has("investment"));
}

// Whether a row keeps its status when nothing is said of it. A status that says why there is no
// value never stays beside one, nor the other way round.
inline bool keeps_status(std::string_view before, std::string_view now) {
  return is_missing_status(before) == is_missing_status(now);
}

// Turns one fact into the columns of its table.
template <class Fact>
class RowOf {
 public:
  RowOf(const Fact& fact, Ids& ids) : fact_(fact), ids_(ids) {
    if constexpr (kHasSeries<Fact>) push("series_id", true, ids.of_series(fact));
    each_column<Fact>([&](const auto& column) {
      if (column.of_series) return;
      const std::size_t before = items_.size();
      add(column, fact_.*column.member);
      for (std::size_t at = before; at < items_.size(); ++at) items_[at].cell = column.name;
    });
  }

  std::vector<Item> items() && { return std::move(items_); }

 private:
  void push(std::string_view column, bool key, Stored value) {
    items_.push_back({column, key, std::move(value), {}});
  }

  template <class Column>
  void add(const Column& column, const std::string& text) {
    if (std::is_same_v<Fact, Alias> && column.name == "code") return add_named(text);
    push(column.stored, in_key(column), stored(column, text));
  }

  template <class Column>
  Stored stored(const Column& column, const std::string& text) {
    if (column.refers.empty() || holds_code(column.refers, column.stored)) {
      return in_key(column) ? Stored(text) : text_or_null(text);
    }
    return text.empty() ? Stored() : Stored(ids_.of(column.refers, text));
  }

  // An alias holds the id of what it names in the column of that kind.
  void add_named(const std::string& code) {
    const auto& kind = fact_.*std::get<0>(columns_of<Fact>).member;
    if constexpr (std::is_same_v<Fact, Alias>) {
      for (const std::string_view column : {"indicator_id", "entity_id", "unit_id", "project_id"}) {
        const bool is_its = column.substr(0, column.size() - 3) == kind;
        push(column, false, is_its ? Stored(ids_.of(kind, code)) : Stored());
      }
    }
  }

  template <class Column>
  void add(const Column& column, const Figure& figure) {
    const Stored none;
    push(column.stored, false, figure.value ? Stored(*figure.value) : none);
    if (!column.high.empty()) {
      push(column.high, false, figure.high ? Stored(*figure.high) : none);
    }
    push(column.comparator, false, std::string(to_text(figure.comparator)));
    const bool is_wording = !figure.wording.empty() && !column.wording.empty();
    if (!column.wording.empty()) {
      push(column.wording, false, text_or_null(figure.wording));
    }
    push(column.printed, false, is_wording ? none : text_or_null(figure.printed));
  }

  template <class Column>
  void add(const Column& column, const Period& period) {
    push(column.stored, in_key(column), ids_.of(period));
  }
  template <class Column>
  void add(const Column& column, const std::optional<Period>& period) {
    push(column.stored, false, period ? Stored(ids_.of(*period)) : Stored());
  }
  template <class Column>
  void add(const Column& column, const std::optional<std::int64_t>& number) {
    push(column.stored, false, number ? Stored(*number) : Stored());
  }
  template <class Column, class Number>
  requires std::is_arithmetic_v<Number>
  void add(const Column& column, Number number) { push(column.stored, in_key(column), number); }

  const Fact& fact_;
  Ids& ids_;
  std::vector<Item> items_;
};

// The text of a reference, from the id that a row holds.
inline std::string reference_text(std::string_view table, std::string_view column) {
  return fmt::format("(SELECT code FROM \"{}\" WHERE id = {})", table, column);
}

template <class Fact>
std::string select_text(std::string_view where) {
  std::string list;
  const auto add = [&](const std::string& expression) {
    list += (list.empty() ? "" : ", ") + expression;
  };
  each_column<Fact>([&](const auto& column) {
    using Value = std::remove_cvref_t<decltype(std::declval<Fact>().*column.member)>;
    const auto own = fmt::format("{}.\"{}\"", column.of_series ? "s" : "t", column.stored);
    if constexpr (std::is_same_v<Value, Figure>) {
      for (const auto part :
           {column.stored, column.high, column.comparator, column.printed, column.wording}) {
        add(part.empty() ? "NULL" : fmt::format("t.\"{}\"", part));
      }
    } else if constexpr (std::is_same_v<Value, Period> ||
                         std::is_same_v<Value, std::optional<Period>>) {
      add(reference_text("period", own));
    } else if constexpr (std::is_same_v<Fact, Alias>) {
      add(column.name == "code"
              ? fmt::format(
                    "coalesce({}, {}, {}, {})", reference_text("indicator", "t.indicator_id"),
                    reference_text("entity", "t.entity_id"), reference_text("unit", "t.unit_id"),
                    reference_text("project", "t.project_id"))
              : own);
    } else {
      const bool is_id = std::is_same_v<Value, std::string> && !column.refers.empty() &&
                         !holds_code(column.refers, column.stored);
      add(is_id ? reference_text(column.refers, own) : own);
    }
  });
  const std::string_view series = kHasSeries<Fact> ? " JOIN series AS s ON s.id = t.series_id" : "";
  const std::string_view order = std::is_same_v<Fact, Observation>
                                     ? "t.series_id, t.period_id, t.source_id, t.locator"
                                 : std::is_same_v<Fact, SavedQuery> ? "t.name"
                                                                    : "t.id";
  return fmt::format("SELECT {} FROM \"{}\" AS t{} WHERE {} ORDER BY {}", list, table_of<Fact>,
                     series, where, order);
}

// Reads the columns of `select_text` back into a fact.
template <class Fact>
class FactOf {
 public:
  explicit FactOf(SQLite::Statement& row) : row_(row) {
    each_column<Fact>([&](const auto& column) { take(fact_.*column.member); });
  }
  Fact fact() && { return std::move(fact_); }

 private:
  std::string text() {
    const SQLite::Column column = row_.getColumn(next_++);
    return column.isNull() ? std::string() : column.getString();
  }
  void take(std::string& member) { member = text(); }
  void take(double& member) { member = row_.getColumn(next_++).getDouble(); }
  void take(std::int64_t& member) { member = row_.getColumn(next_++).getInt64(); }
  void take(std::optional<std::int64_t>& member) {
    const SQLite::Column column = row_.getColumn(next_++);
    if (!column.isNull()) member = column.getInt64();
  }
  void take(Period& member) { member = sound(parse_period(text())); }
  void take(std::optional<Period>& member) {
    const std::string code = text();
    if (!code.empty()) member = sound(parse_period(code));
  }
  // What planfile wrote it can read; another hand has been at it otherwise.
  template <class T>
  static T sound(const Parsed<T>& read) {
    if (read) return *read;
    throw Error(Errc::not_a_plan_file, fmt::format("damaged: {}: {}", table_of<Fact>, read.reason));
  }
  void take(Figure& figure) {
    const auto number = [&](int at) -> std::optional<double> {
      const SQLite::Column column = row_.getColumn(at);
      if (column.isNull()) return std::nullopt;
      return column.getDouble();
    };
    figure.value = number(next_++);
    figure.high = number(next_++);
    figure.comparator = sound(parse_comparator(text()));
    figure.printed = text();
    figure.wording = text();
  }

  SQLite::Statement& row_;
  int next_ = 0;
  Fact fact_{};
};

}  // namespace planfile
