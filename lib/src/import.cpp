#include "planfile/import.h"
#include "planfile/nearest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "cells.h"
#include "layout.h"
#include "settle.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kAbsent = std::numeric_limits<std::size_t>::max();

// A cell's text as a member of a fact; the reason where it can't be.
std::string read_cell(std::string_view text, double& number) {
  const auto figure = parse_value(text);
  if (!figure) return figure.reason;
  const bool is_plain = figure->value && !figure->high && !figure->period && figure->unit.empty() &&
                        figure->comparator == Comparator::equal;
  if (!is_plain) {
    return fmt::format("not a number: \"{}\"", text);
  }
  number = *figure->value;
  return {};
}

std::string read_cell(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? "" : fmt::format("not a whole number: \"{}\"", text);
}

std::string read_cell(std::string_view text, Period& period) {
  auto read = parse_period(text);
  if (!read) return read.reason;
  period = *read;
  return {};
}

std::string read_cell(std::string_view text, Figure& figure) {
  auto read = parse_value(text);
  if (!read) return read.reason;
  figure = std::move(*read.value);
  return {};
}

template <class T>
std::string read_cell(std::string_view text, std::optional<T>& value) {
  T read{};
  auto reason = read_cell(text, read);
  if (reason.empty()) value = read;
  return reason;
}

bool is_one_of(std::string_view word, std::string_view choices) {
  while (!choices.empty()) {
    const std::size_t end = std::min(choices.find(' '), choices.size());
    if (choices.substr(0, end) == word) return true;
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return false;
}

std::string listed(std::string_view choices) {
  std::string text;
  for (const char c : choices) text += c == ' ' ? std::string(", ") : std::string(1, c);
  return text;
}

// A day, or a year where the form allows it, in its canonical text.
std::string read_dated(std::string_view text, Form form, std::string& day) {
  const auto period = parse_period(text);
  if (!period) return period.reason;
  const PeriodKind found = kind(*period);
  if (found != PeriodKind::day && !(found == PeriodKind::year && form == Form::year_or_day)) {
    return fmt::format("not a day: \"{}\"", text);
  }
  day = to_text(*period);
  return {};
}

template <class Fact, class Value>
std::string read_column(const Column<Fact, Value>& column, std::string_view cell, Fact& fact,
                        const Catalogue& known) {
  const std::string_view text = trim(cell);
  Value& member = fact.*column.member;
  if constexpr (std::is_same_v<Value, std::string>) {
    if (text.empty()) return {};
    if (!column.refers.empty()) {
      auto code = resolve(known, column.refers, text);
      if (code) member = *code;
      return code.reason;
    }
    if (!column.choices.empty() && !is_one_of(text, column.choices)) {
      return fmt::format("not a {}: \"{}\"; one of: {}", column.name, text, listed(column.choices));
    }
    if (column.form != Form::any) return read_dated(text, column.form, member);
    member = column.presence == Presence::optional ? cell : text;
    return {};
  } else {
    if (text.empty() && !std::is_same_v<Value, Figure>) return {};
    return read_cell(text, member);
  }
}

// What the rows of some tables add to what is known by name.
template <class Fact>
void learn(Catalogue&, const Fact&) {}
void learn(Catalogue& known, const Unit& unit) { known.units.insert_or_assign(unit.code, unit); }
void learn(Catalogue& known, const Plan& plan) { known.plans.insert_or_assign(plan.code, plan); }
void learn(Catalogue& known, const Indicator& row) {
  known.unit_of.insert_or_assign(row.code, row.unit);
}
void learn(Catalogue& known, const Alias& row) { known.add(row.kind, row.name, row.code); }
void learn(Catalogue& known, const Import& row) {
  const auto number = std::to_string(row.number);
  known.add("import", number, number);
}

// Told once: a file in another encoding would have the fault in nearly every cell.
bool is_encoding(const Issue& issue) { return issue.message.starts_with("not UTF-8"); }

template <class Fact>
class Checker {
 public:
  Checker(const Csv& csv, Catalogue& known, const Defaults& defaults)
      : csv_(csv), known_(known), defaults_(defaults) {
    for (const Issue& issue : csv.issues) {
      const bool again = is_encoding(issue) &&
                         std::any_of(checked_.issues.begin(), checked_.issues.end(), is_encoding);
      if (!again) checked_.issues.push_back(issue);
    }
    const auto first = std::find_if(checked_.issues.begin(), checked_.issues.end(), is_encoding);
    if (first != checked_.issues.end()) {
      first->message += "; if the file is in another encoding (GB18030?), save it as UTF-8";
    }
  }

  Checked<Fact> run() && {
    if (csv_.records.empty()) {
      if (csv_.issues.empty()) report(1, "", "empty: not even a header");
      return std::move(checked_);
    }
    if (!read_header()) return std::move(checked_);
    each_column([&](const auto& column, std::size_t index) {
      if (place_[index] != kAbsent) checked_.columns.emplace_back(column.name);
    });
    introduce();
    for (std::size_t row = 1; row < csv_.records.size(); ++row) read_row(csv_.records[row]);
    std::stable_sort(checked_.issues.begin(), checked_.issues.end(),
                     [](const Issue& a, const Issue& b) { return a.line < b.line; });
    return std::move(checked_);
  }

 private:
  static constexpr const auto& kColumns = columns_of<Fact>;
  static constexpr std::size_t kCount = std::tuple_size_v<std::remove_cvref_t<decltype(kColumns)>>;

  // Calls `use(column, index)` for each column of the table.
  template <class Use>
  static void each_column(Use&& use) {
    std::size_t index = 0;
    std::apply([&](const auto&... column) { (use(column, index++), ...); }, kColumns);
  }

  void report(std::size_t line, std::string_view column, const std::string& message) {
    checked_.issues.push_back({.file = {},
                               .line = line,
                               .position = 0,
                               .column = std::string(column),
                               .message = message});
  }

  // Finds each column's place; false when the header itself is at fault.
  bool read_header() {
    const Record& header = csv_.records.front();
    const std::size_t faults = checked_.issues.size();
    std::vector<std::string_view> names;
    each_column([&](const auto& column, std::size_t) { names.push_back(column.name); });
    place_.fill(kAbsent);
    for (std::size_t at = 0; at < header.fields.size(); ++at) {
      const std::string_view name = trim(header.fields[at].text);
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) {
        report(header.line, "",
               fmt::format("unknown column \"{}\"{}; {} has: {}", name, did_you_mean(name, names),
                           table_of<Fact>, fmt::join(names, ", ")));
        continue;
      }
      std::size_t& place = place_[static_cast<std::size_t>(found - names.begin())];
      if (place != kAbsent) report(header.line, name, "the column stands twice in the header");
      place = at;
    }
    each_column([&](const auto& column, std::size_t index) {
      const bool needed = column.presence == kRequired || column.presence == kKey;
      if (needed && place_[index] == kAbsent && !has_default(column.name)) {
        report(header.line, "",
               fmt::format("no column \"{}\", which {} needs", column.name, table_of<Fact>));
      }
    });
    return checked_.issues.size() == faults;
  }

  bool has_default(std::string_view column) const {
    return (column == "source" && !defaults_.source.empty()) ||
           (column == "plan" && !defaults_.plan.empty());
  }

  std::string_view cell(const Record& record, std::string_view name) const {
    std::string_view text;
    each_column([&](const auto& column, std::size_t index) {
      if (column.name != name || place_[index] >= record.fields.size()) return;
      text = trim(record.fields[place_[index]].text);
    });
    return text;
  }

  // Makes the rows' names known before any is read: a row may refer to a later one.
  void introduce() {
    if constexpr (requires(Fact fact) {
                    fact.code;
                    fact.name;
                  } &&
                  !std::is_same_v<Fact, Alias>) {
      for (std::size_t row = 1; row < csv_.records.size(); ++row) {
        const std::string_view code = cell(csv_.records[row], "code");
        known_.add(table_of<Fact>, code, code);
        known_.add(table_of<Fact>, cell(csv_.records[row], "name"), code);
        known_.add(table_of<Fact>, cell(csv_.records[row], "name_en"), code);
      }
    } else if constexpr (requires(Fact fact) { fact.code; } && !std::is_same_v<Fact, Alias>) {
      for (std::size_t row = 1; row < csv_.records.size(); ++row) {
        const std::string_view code = cell(csv_.records[row], "code");
        known_.add(table_of<Fact>, code, code);
      }
    }
  }

  void read_row(const Record& record) {
    const std::size_t width = csv_.records.front().fields.size();
    if (record.fields.size() != width) {
      report(record.line, "",
             fmt::format("{} cells where the header has {}", record.fields.size(), width));
      return;
    }
    const std::size_t faults = checked_.issues.size();
    Fact fact{};
    each_column([&](const auto& column, std::size_t index) {
      if (place_[index] == kAbsent) return;
      const Field& field = record.fields[place_[index]];
      std::string reason = read_column(column, field.text, fact, known_);
      const bool needed = column.presence == kRequired || column.presence == kKey;
      const bool is_figure =
          std::is_same_v<std::remove_cvref_t<decltype(fact.*column.member)>, Figure>;
      if (needed && !is_figure && trim(field.text).empty() && !has_default(column.name)) {
        reason = "empty";
      }
      if (!reason.empty()) report(field.line, column.name, reason);
    });
    if (checked_.issues.size() != faults) return;
    for (const Fault& fault : settle(fact, known_, defaults_)) {
      report(line_of(record, fault.column), fault.column, fault.message);
    }
    learn(known_, fact);
    if (checked_.issues.size() != faults || !is_first(fact, record.line)) return;
    checked_.facts.push_back(std::move(fact));
  }

  std::size_t line_of(const Record& record, std::string_view name) const {
    std::size_t line = record.line;
    each_column([&](const auto& column, std::size_t index) {
      if (column.name == name && place_[index] != kAbsent) line = record.fields[place_[index]].line;
    });
    return line;
  }

  // Whether no row before had this natural key.
  bool is_first(const Fact& fact, std::size_t line) {
    std::string key, shown;
    each_column([&](const auto& column, std::size_t) {
      if (column.presence != kKey && column.presence != kKeyed) return;
      const std::string text = cell_text(fact.*column.member);
      key += text;
      key += '\x1f';
      if (!text.empty()) shown += (shown.empty() ? "" : ", ") + text;
    });
    const auto [at, is_new] = lines_.try_emplace(std::move(key), line);
    if (!is_new) report(line, "", fmt::format("the same as line {}: {}", at->second, shown));
    return is_new;
  }

  const Csv& csv_;
  Catalogue& known_;
  const Defaults& defaults_;
  std::array<std::size_t, kCount> place_{};
  std::unordered_map<std::string, std::size_t> lines_;  // of each key's first row
  Checked<Fact> checked_;
};

}  // namespace

template <class Fact>
Checked<Fact> check(const Csv& csv, Catalogue& known, const Defaults& defaults) {
  return Checker<Fact>(csv, known, defaults).run();
}

template Checked<Source> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Entity> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Scope> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Unit> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Indicator> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Alias> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Formula> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Plan> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Observation> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Target> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Project> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Milestone> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Outlay> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Import> check(const Csv&, Catalogue&, const Defaults&);
template Checked<Revision> check(const Csv&, Catalogue&, const Defaults&);
template Checked<SavedQuery> check(const Csv&, Catalogue&, const Defaults&);

}  // namespace planfile
