#include "infer_study.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "planfile/period.h"
#include "planfile/value.h"
#include "binding.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::size_t kMostSamples = 20;

// Rows of a table that are looked at: of a wide one fewer, so that the time is bounded.
std::size_t rows_to_look_at(std::size_t columns) {
  constexpr std::size_t kCells = 100'000, kFewest = 20, kMost = 300;
  return std::clamp(kCells / std::max<std::size_t>(columns, 1), kFewest, kMost);
}

}  // namespace

Study::Study(const Sheet& given, const std::vector<SheetRow>& data, const Catalogue& known,
             const Wish& wanted)
    : sheet(given), wish(wanted), names(known), titles(given, names) {
  for (const std::string& column : sheet.columns) headings.push_back(read_heading(column, names));
  cells_.resize(size());
  samples_.resize(size());
  look_at(data);
}

void Study::look_at(const std::vector<SheetRow>& data) {
  std::size_t seen = 0;
  for (const SheetRow& row : data) {
    if (seen == rows_to_look_at(size())) return;
    const std::vector<std::string_view> cells(row.cells.begin(), row.cells.end());
    const RowKind kind = kind_of(cells, sheet);
    has_totals_ = has_totals_ || kind == RowKind::total;
    const auto filled = std::count_if(cells.begin(), cells.end(),
                                      [](std::string_view cell) { return !trim(cell).empty(); });
    if (kind != RowKind::data || filled < 2) continue;  // a lone cell is a heading of its own
    for (std::size_t at = 0; at < size(); ++at) {
      const std::string_view cell = at < cells.size() ? trim(cells[at]) : std::string_view();
      if (seen == 0) cells_[at].begins = !cell.empty();
      cell.empty() ? void(++cells_[at].empty) : look_at_cell(at, cell);
    }
    ++seen;
  }
}

void Study::look_at_cell(std::size_t at, std::string_view cell) {
  Cells& cells = cells_[at];
  std::vector<std::string>& samples = samples_[at];
  const bool is_new = std::find(samples.begin(), samples.end(), cell) == samples.end();
  if (is_new && cells.filled > 0) cells.constant = false;
  if (is_new && samples.size() < kMostSamples) samples.emplace_back(cell);
  ++cells.filled;
  const auto bracketed = unbracketed(cell);
  if (bracketed) ++cells.bracketed;
  if (const auto figure = parse_value(bracketed.value_or(cell))) {
    if (figure->value) ++cells.figures;
    if (figure->missing) ++cells.marks;
    if (!figure->wording.empty()) ++cells.wordings;
  }
  if (parse_period(cell)) ++cells.periods;
  if (names.has("indicator", cell)) ++cells.indicators;
  if (names.has("entity", cell)) ++cells.entities;
  if (names.is_unit(cell)) ++cells.units;
  if (names.has("sector", cell)) ++cells.sectors;
}

std::vector<std::size_t> Study::of(Sense sense) const {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < size(); ++at) {
    if (headings[at].sense == sense) found.push_back(at);
  }
  return found;
}

std::optional<std::size_t> Study::first_of(Sense sense) const {
  const auto found = of(sense);
  if (found.empty()) return std::nullopt;
  return found.front();
}

bool Study::is_of_figures(std::size_t at) const {
  const Cells& all = cells_[at];
  return all.figures > 0 && 3 * all.figures >= 2 * (all.filled - all.marks);
}

bool Study::is_merged_down(std::size_t at) const {
  const Cells& all = cells_[at];
  return all.begins && all.empty > 0 && all.filled > 0 && !is_of_figures(at);
}

bool Study::is_said(std::string_view wanted) const {
  return std::find(wish.said.begin(), wish.said.end(), wanted) != wish.said.end();
}

const Plan* Study::plan() const {
  const auto& plans = names.catalogue().plans;
  const auto found = plans.find(wish.plan);
  return found == plans.end() ? nullptr : &found->second;
}

Sketch::Sketch(const Study& study) : study_(study), meanings_(study.size()) {}

void Sketch::mean(std::size_t column, std::string_view meaning) {
  std::string& text = meanings_[column];
  if (text.find(meaning) != std::string::npos) return;
  text += text.empty() ? "" : "; ";
  text += meaning;
}

void Sketch::pass_over(std::size_t column, std::string_view why) {
  if (!has_meaning(column)) meanings_[column] = fmt::format("passed over: {}", why);
}

void Sketch::fault(std::string message, std::string column) {
  Issue issue{{}, study_.sheet.header_line, 0, std::move(column), std::move(message)};
  auto& faults = inference_.faults;
  if (std::find(faults.begin(), faults.end(), issue) == faults.end()) {
    faults.push_back(std::move(issue));
  }
}

void Sketch::miss(std::string_view wanted, std::string message) {
  if (std::find(excused_.begin(), excused_.end(), wanted) == excused_.end())
    fault(std::move(message));
}

void Sketch::add(Rule rule) { inference_.mapping.rules.push_back(std::move(rule)); }

// What may be half of a merged header must not be dropped unseen.
void Sketch::refuse_unnamed(std::size_t at) {
  if (study_.cells(at).filled > 0 && !has_meaning(at)) {
    fault(
        fmt::format("a column without a name has cells, such as {}; name it, or leave it out in a "
                    "mapping (--map)",
                    quoted(study_.samples(at).front())),
        study_.column(at));
  }
  pass_over(at, study_.cells(at).filled == 0 ? "empty" : "without a name");
}

Inference Sketch::finish() && {
  if (inference_.mapping.rules.empty() && inference_.faults.empty()) {
    fault(no_facts(study_.wish.table));
  }
  for (std::size_t at = 0; at < study_.size(); ++at) {
    switch (study_.headings[at].sense) {
      case Sense::number:
        pass_over(at, "number of the row");
        break;
      case Sense::progress:
        pass_over(at, "follows from target and value");
        break;
      case Sense::rank:
        pass_over(at, "a rank needs the group it is within");
        break;
      case Sense::empty:
        refuse_unnamed(at);
        break;
      default:
        pass_over(at, study_.cells(at).filled == 0               ? "empty"
                      : study_.headings[at].sense == Sense::none ? "no meaning found"
                                                                 : "not for the facts read here");
    }
  }
  inference_.meanings = std::move(meanings_);
  inference_.mapping.skip_totals = study_.has_totals();
  return std::move(inference_);
}

std::string no_facts(std::string_view table) {
  return fmt::format(
      "the columns make no facts of {}: none holds figures, or nothing names what "
      "they are; give the columns its names, or write a mapping (--map)",
      table.empty() ? "any table" : table);
}

Origin from_column(const Study& study, std::size_t at) {
  return {Origin::From::column, study.column(at)};
}

Origin from_merged(const Study& study, std::size_t at) {
  const auto from = study.is_merged_down(at) ? Origin::From::above : Origin::From::column;
  return {from, study.column(at)};
}

Origin from_text(std::string text) { return {Origin::From::text, std::move(text)}; }

}  // namespace planfile
