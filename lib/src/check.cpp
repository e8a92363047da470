#include "check.h"
#include "planfile/nearest.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kAbsent = std::numeric_limits<std::size_t>::max();

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
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      if (place_[index] != kAbsent) checked_.columns.emplace_back(column.name);
    });
    const auto rows = std::span(csv_.records).subspan(1);
    for (const Record& row : rows) introduce<Fact>(known_, cells_of(row));
    for (const Record& row : rows) read_row(row);
    std::stable_sort(checked_.issues.begin(), checked_.issues.end(),
                     [](const Issue& a, const Issue& b) { return a.line < b.line; });
    return std::move(checked_);
  }

 private:
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
    each_cell<Fact>([&](const auto& column, std::size_t) { names.push_back(column.name); });
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
    each_cell<Fact>([&](const auto& column, std::size_t index) {
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

  // A ragged row has the cells that it has.
  CellsOf<Fact> cells_of(const Record& record) const {
    CellsOf<Fact> cells;
    for (std::size_t index = 0; index < cells.size(); ++index) {
      if (place_[index] < record.fields.size()) cells[index] = record.fields[place_[index]].text;
    }
    return cells;
  }

  void read_row(const Record& record) {
    const std::size_t width = csv_.records.front().fields.size();
    if (record.fields.size() != width) {
      report(record.line, "",
             fmt::format("{} cells where the header has {}", record.fields.size(), width));
      return;
    }
    std::vector<Fault> faults;
    auto fact = read_cells<Fact>(cells_of(record), known_, defaults_, faults);
    if (fact) faults = settle(*fact, known_, defaults_);
    for (const Fault& fault : faults) {
      report(line_of(record, fault.column), fault.column, fault.message);
    }
    if (!fact) return;
    learn(known_, *fact);
    if (faults.empty() && is_first(*fact, record.line)) checked_.facts.push_back(std::move(*fact));
  }

  std::size_t line_of(const Record& record, std::string_view name) const {
    std::size_t line = record.line;
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      if (column.name == name && place_[index] != kAbsent) line = record.fields[place_[index]].line;
    });
    return line;
  }

  // Whether no row before had this natural key.
  bool is_first(const Fact& fact, std::size_t line) {
    FactKey key = key_of(fact);
    const auto [at, is_new] = lines_.try_emplace(std::move(key.key), line);
    if (!is_new) report(line, "", fmt::format("the same as line {}: {}", at->second, key.shown));
    return is_new;
  }

  const Csv& csv_;
  Catalogue& known_;
  const Defaults& defaults_;
  std::array<std::size_t, kColumnCount<Fact>> place_{};
  std::unordered_map<std::string, std::size_t> lines_;  // of each key's first row
  Checked<Fact> checked_;
};

}  // namespace

template <class Fact>
Checked<Fact> check(const Csv& csv, Catalogue& known, const Defaults& defaults) {
  return Checker<Fact>(csv, known, defaults).run();
}

template <class Fact>
void introduce(Catalogue& known, const CellsOf<Fact>& cells) {
  if constexpr (requires(Fact fact) { fact.code; } && !std::is_same_v<Fact, Alias>) {
    std::string_view code, names[2];
    each_cell<Fact>([&](const auto& column, std::size_t index) {
      if (column.name == "code") code = trim(cells[index]);
      if (column.name == "name") names[0] = trim(cells[index]);
      if (column.name == "name_en" && requires(Fact fact) { fact.name; }) {
        names[1] = trim(cells[index]);
      }
    });
    if (code.empty() && !std::is_same_v<Fact, Scope>) return;  // a fault of that row
    known.add(table_of<Fact>, code, code);
    for (const std::string_view name : names) known.add(table_of<Fact>, name, code);
  }
}

template <class Fact>
void learn(Catalogue& known, const Fact& fact) {
  if constexpr (std::is_same_v<Fact, Unit>) {
    known.units.insert_or_assign(fact.code, fact);
  } else if constexpr (std::is_same_v<Fact, Plan>) {
    known.plans.insert_or_assign(fact.code, fact);
  } else if constexpr (std::is_same_v<Fact, Indicator>) {
    known.unit_of.insert_or_assign(fact.code, fact.unit);
  } else if constexpr (std::is_same_v<Fact, Alias>) {
    known.add(fact.kind, fact.name, fact.code);
  } else if constexpr (std::is_same_v<Fact, Import>) {
    const auto number = std::to_string(fact.number);
    known.add("import", number, number);
  }
}

#define PLANFILE_CHECKS(Fact)                                            \
  template Checked<Fact> check(const Csv&, Catalogue&, const Defaults&); \
  template void introduce<Fact>(Catalogue&, const CellsOf<Fact>&);       \
  template void learn(Catalogue&, const Fact&);
PLANFILE_CHECKS(Source)
PLANFILE_CHECKS(Entity)
PLANFILE_CHECKS(Scope)
PLANFILE_CHECKS(Unit)
PLANFILE_CHECKS(Indicator)
PLANFILE_CHECKS(Alias)
PLANFILE_CHECKS(Formula)
PLANFILE_CHECKS(Plan)
PLANFILE_CHECKS(Observation)
PLANFILE_CHECKS(Target)
PLANFILE_CHECKS(Project)
PLANFILE_CHECKS(Milestone)
PLANFILE_CHECKS(Outlay)
PLANFILE_CHECKS(Import)
PLANFILE_CHECKS(Revision)
PLANFILE_CHECKS(SavedQuery)
#undef PLANFILE_CHECKS

}  // namespace planfile
