#include "binding.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include <fmt/format.h>

#include "planfile/nearest.h"
#include "planfile/period.h"
#include "headings.h"
#include "known_names.h"
#include "table_columns.h"
#include "text.h"
#include "titles.h"

namespace planfile {
namespace {

using From = Origin::From;

// The columns of a fact whose cells tell whether a row has it, as far as any of them is bound to
// the row; none: all that are bound to it.
std::vector<std::string_view> telling_columns(std::string_view table, bool is_spread) {
  if (table == "observation" && is_spread) return {"value"};
  if (table == "observation") return {"value", "status"};  // a missing value may have a status
  if (table == "target") return {"value"};
  if (table == "milestone") return {"planned", "actual"};
  if (table == "outlay") return {"planned", "spent"};
  if (table == "project") return {"entity", "stage", "sector", "investment", "parent", "note"};
  return {};
}

class Binder {
 public:
  Binder(const Mapping& mapping, const Sheet& sheet, const Catalogue& known)
      : mapping_(mapping), sheet_(sheet), names_(known), titles_(sheet, names_) {
    for (std::size_t at = 0; at < sheet.columns.size(); ++at) place_.emplace(sheet.columns[at], at);
    named_.resize(sheet.columns.size());
    bound_.used.resize(sheet.columns.size());
  }

  Bound bind() && {
    for (const Rule& rule : mapping_.rules) note_names(rule);
    for (const Rule& rule : mapping_.rules) bind_rule(rule);
    for (const BoundRule& fact : bound_.rules) {
      for (const auto& [name, column] : fact.columns) {
        if (column.column != kNoColumn) bound_.used[column.column] = true;
      }
    }
    std::sort(bound_.carried.begin(), bound_.carried.end());
    const auto twice = std::unique(bound_.carried.begin(), bound_.carried.end());
    bound_.carried.erase(twice, bound_.carried.end());
    return std::move(bound_);
  }

 private:
  void refuse(std::string message, std::string column = {}) {
    bound_.issues.push_back({{}, sheet_.header_line, 0, std::move(column), std::move(message)});
  }

  // The columns that rules name are not for `spread_over`.
  void note_names(const Rule& rule) {
    for (const auto& [name, origin] : rule.columns) {
      const bool of_row =
          origin.from == From::column || origin.from == From::above || origin.from == From::code;
      if (of_row) note_name(origin.text);
    }
    for (const Spread& spread : rule.spread) note_name(spread.column);
  }

  void note_name(const std::string& column) {
    const auto found = place_.find(column);
    if (found != place_.end()) named_[found->second] = true;
  }

  std::size_t place(const std::string& column) {
    const auto found = place_.find(column);
    if (found != place_.end()) return found->second;
    if (missing_.insert(column).second) {
      const std::vector<std::string_view> columns(sheet_.columns.begin(), sheet_.columns.end());
      refuse(fmt::format("the header has no column {}{}", planfile::quoted(column),
                         did_you_mean(column, columns)));
    }
    return kNoColumn;
  }

  // What a column of a fact is to take; `spread_over` is the column that a `cell` is of.
  BoundColumn bind_origin(const std::string& name, const Origin& origin, std::size_t spread_over) {
    switch (origin.from) {
      case From::text:
        return {.text = origin.text};
      case From::cell:
        return {.column = spread_over, .text = {}};
      case From::title:
        return bind_title(name);
      case From::column:
      case From::above:
      case From::code:
        break;
    }
    const std::size_t column = place(origin.text);
    if (origin.from == From::above && column != kNoColumn) bound_.carried.push_back(column);
    BoundColumn bound{.column = column, .text = {}, .takes_code = origin.from == From::code};
    if (name == "unit" && column != kNoColumn) {
      if (const auto titled = titles_.say(name)) {
        bound.text = *titled;
        bound.is_titled = true;
      }
    }
    return bound;
  }

  BoundColumn bind_title(const std::string& name) {
    const auto said = titles_.say(name);
    if (!said) refuse(said.reason, name);
    return {.text = said ? *said : std::string(), .is_titled = name == "unit"};
  }

  // What a spread says, its period completed unless the rule has the year for it.
  std::string said_text(const Rule& rule, const std::string& name, const std::string& text) {
    if (name != "period" || rule.columns.contains(kYear)) return text;
    const auto period = titles_.complete(text);
    if (!period) refuse(period.reason, name);
    return period ? *period : std::string();
  }

  std::vector<Spread> spreads_of(const Rule& rule) {
    if (rule.spread_over.empty()) return rule.spread;
    std::vector<Spread> spreads = rule.spread;
    for (std::size_t at = 0; at < sheet_.columns.size(); ++at) {
      if (named_[at]) continue;
      const std::string& column = sheet_.columns[at];
      const Heading heading = read_heading(column, names_);
      if (!is_spread_over(rule.spread_over, heading)) continue;
      const bool is_period = rule.spread_over == "period";
      spreads.push_back({column, {{rule.spread_over, is_period ? heading.period : heading.name}}});
    }
    if (spreads.empty()) {
      refuse(fmt::format("no column reads as a{} {}", rule.spread_over == "period" ? "" : "n",
                         rule.spread_over));
    }
    return spreads;
  }

  void bind_rule(const Rule& rule) {
    const bool has_cell =
        std::any_of(rule.columns.begin(), rule.columns.end(),
                    [](const auto& item) { return item.second.from == From::cell; });
    const bool is_spread = !rule.spread.empty() || !rule.spread_over.empty();
    if (has_cell != is_spread) {
      return refuse(is_spread
                        ? "a rule that is spread over columns has \"cell\" for none of its own"
                        : "a rule with \"cell\" is spread over no columns");
    }
    if (!is_spread) {
      bound_.rules.push_back(bind_fact(rule, nullptr));
      return;
    }
    for (const Spread& spread : spreads_of(rule)) bound_.rules.push_back(bind_fact(rule, &spread));
  }

  BoundRule bind_fact(const Rule& rule, const Spread* spread) {
    BoundRule fact;
    fact.table = rule.table;
    const std::size_t spread_over = spread == nullptr ? kNoColumn : place(spread->column);
    for (const auto& [name, origin] : rule.columns) {
      if (spread != nullptr && spread->says.contains(name)) continue;
      fact.columns.emplace_back(name, bind_origin(name, origin, spread_over));
    }
    if (spread != nullptr) {
      for (const auto& [name, text] : spread->says) {
        fact.columns.emplace_back(name, BoundColumn{.text = said_text(rule, name, text)});
      }
    }
    add_year(rule, fact);
    for (const auto& [name, origin] : rule.bracketed) {
      fact.bracketed.emplace_back(name, bind_origin(name, origin, spread_over));
    }
    fact.value_cells = value_cells(fact, spread != nullptr);
    return fact;
  }

  // The titles' year completes periods of the rows.
  void add_year(const Rule& rule, BoundRule& fact) {
    const auto period = rule.columns.find("period");
    const bool of_row = period != rule.columns.end() &&
                        (period->second.from == From::column || period->second.from == From::above);
    if (!of_row || rule.columns.contains(kYear) || !titles_.year()) return;
    fact.columns.emplace_back(kYear, BoundColumn{.text = std::to_string(*titles_.year())});
  }

  static std::vector<std::size_t> value_cells(const BoundRule& fact, bool is_spread) {
    const auto telling = telling_columns(fact.table, is_spread);
    std::vector<std::size_t> cells, all;
    for (const auto& [name, column] : fact.columns) {
      if (column.column == kNoColumn) continue;
      all.push_back(column.column);
      if (std::find(telling.begin(), telling.end(), name) != telling.end()) {
        cells.push_back(column.column);
      }
    }
    return cells.empty() ? all : cells;
  }

  const Mapping& mapping_;
  const Sheet& sheet_;
  const KnownNames names_;
  const Titles titles_;
  std::map<std::string, std::size_t, std::less<>> place_;
  std::set<std::string> missing_;
  std::vector<bool> named_;  // by a rule; what `spread_over` leaves alone
  Bound bound_;
};

}  // namespace

Bound bind_mapping(const Mapping& mapping, const Sheet& sheet, const Catalogue& known) {
  return Binder(mapping, sheet, known).bind();
}

std::string period_in_year(std::string_view period, std::string_view year) {
  const auto whole = parse_period(year);
  if (!whole || kind(*whole) != PeriodKind::year || parse_period(period))
    return std::string(period);
  const int number = static_cast<int>(std::chrono::year_month_day{whole->starts}.year());
  std::string text(trim(period));
  if (!text.empty() && text.size() <= 2 && count_digits(text) == text.size()) text += "月";
  const auto read = parse_period(text, number);
  return read ? to_text(*read) : std::string(period);
}

std::string_view code_of(std::string_view cell) { return trim(cell.substr(0, cell.find(": "))); }

std::optional<std::string_view> unbracketed(std::string_view cell) {
  std::string_view inner = trim(cell);
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>("[", "]"),
                                    {"〔", "〕"},
                                    {"【", "】"},
                                    {"［", "］"}}) {
    if (inner.size() > open.size() + close.size() && take(inner, open)) {
      if (!take_last(inner, close)) return std::nullopt;
      return trim(inner);
    }
  }
  return std::nullopt;
}

}  // namespace planfile
