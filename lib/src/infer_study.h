// What every shape of table is inferred from, and the inference while it is made.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/mapping.h"
#include "headings.h"
#include "known_names.h"
#include "titles.h"

namespace planfile {

// A table under study. All that it is made of must outlive it.
class Study {
 public:
  Study(const Sheet& sheet, const std::vector<SheetRow>& data, const Catalogue& known,
        const Wish& wish);

  const Sheet& sheet;
  const Wish& wish;
  const KnownNames names;
  const Titles titles;
  std::vector<Heading> headings;  // by column

  [[nodiscard]] std::size_t size() const { return sheet.columns.size(); }
  [[nodiscard]] const std::string& column(std::size_t at) const { return sheet.columns[at]; }

  // The columns of this sense.
  [[nodiscard]] std::vector<std::size_t> of(Sense sense) const;
  [[nodiscard]] std::optional<std::size_t> first_of(Sense sense) const;
  [[nodiscard]] bool has(Sense sense) const { return first_of(sense).has_value(); }

  // What the cells of a column are, in the rows of data that were given (of a wide table fewer).
  struct Cells {
    std::size_t filled = 0, empty = 0;  // empty: where the row has other cells
    std::size_t figures = 0, marks = 0, wordings = 0, bracketed = 0;
    std::size_t periods = 0, indicators = 0, entities = 0, units = 0, sectors = 0;
    bool begins = false;  // the first row has one
    bool constant = true;
  };
  [[nodiscard]] const Cells& cells(std::size_t at) const { return cells_[at]; }

  // The first few distinct texts of a column's cells.
  [[nodiscard]] const std::vector<std::string>& samples(std::size_t at) const {
    return samples_[at];
  }

  // Whether a column can tell a key: an empty one can't, but where there are no rows at all.
  [[nodiscard]] bool may_tell(std::size_t at) const {
    return cells_[at].filled > 0 || cells_[at].empty == 0;
  }

  // Whether a column holds figures, or nothing at all in a table of them.
  [[nodiscard]] bool is_of_figures(std::size_t at) const;

  // Whether its empty cells stand for the one above: merged cells that were taken apart.
  [[nodiscard]] bool is_merged_down(std::size_t at) const;

  [[nodiscard]] bool has_totals() const { return has_totals_; }

  // Whether the user asked for facts of this table, or for none in particular.
  [[nodiscard]] bool wants(std::string_view table) const {
    return wish.table.empty() || wish.table == table;
  }

  // Whether the user tells this column of the fact for all rows.
  [[nodiscard]] bool is_said(std::string_view wanted) const;

  // The plan that the user told.
  [[nodiscard]] const Plan* plan() const;

 private:
  void look_at(const std::vector<SheetRow>& data);
  void look_at_cell(std::size_t at, std::string_view cell);

  std::vector<Cells> cells_;
  std::vector<std::vector<std::string>> samples_;
  bool has_totals_ = false;
};

// An inference in the making.
class Sketch {
 public:
  explicit Sketch(const Study& study);

  // What a column was taken for. Several meanings are joined.
  void mean(std::size_t column, std::string_view meaning);
  void pass_over(std::size_t column, std::string_view why);
  [[nodiscard]] bool has_meaning(std::size_t column) const { return !meanings_[column].empty(); }

  void fault(std::string message, std::string column = {});

  // A column of the fact that is missing; not told where a column was near to its name.
  void miss(std::string_view wanted, std::string message);
  void excuse(std::string_view wanted) { excused_.emplace_back(wanted); }

  void add(Rule rule);

  // Names what was passed over, and why.
  Inference finish() &&;

 private:
  void refuse_unnamed(std::size_t at);

  const Study& study_;
  Inference inference_;
  std::vector<std::string> meanings_;
  std::vector<std::string> excused_;
};

// What to say of a table that makes no facts of the one asked for (empty: of any).
std::string no_facts(std::string_view table);

Origin from_column(const Study& study, std::size_t at);
// As `from_column`, or the cell above where cells were merged.
Origin from_merged(const Study& study, std::size_t at);
Origin from_text(std::string text);
inline const Origin kFromCell{Origin::From::cell, {}};
inline const Origin kFromTitle{Origin::From::title, {}};

// Faults for columns without a meaning whose names are near one that the table itself has and the
// header lacks: `indicater`.
void report_near_misses(const Study& study, std::string_view table, Sketch& sketch);

// Each takes a key of the facts from where it can be had: a column, the titles, the plan told by
// the user. Nothing when it can't; the sketch has the fault then.
std::optional<Origin> find_indicator(const Study& study, Sketch& sketch);
std::optional<Origin> find_entity(const Study& study, Sketch& sketch);
std::optional<Origin> find_period(const Study& study, Sketch& sketch);

// Puts the period into the rule, and the year that completes it where another column has that.
void add_period(const Study& study, Rule& rule, Sketch& sketch);

// The column that has the key, if one has: by its name or, where that says little, by its cells.
std::optional<std::size_t> indicator_column(const Study& study);
std::optional<std::size_t> entity_column(const Study& study);
std::optional<std::size_t> period_column(const Study& study);

// The column of the year that completes the one of the period: 年份 beside 月份.
std::optional<std::size_t> year_column(const Study& study);

// Columns that facts of a table have beside their keys and figures: scope, source, note, ...
void add_remarks(const Study& study, Rule& rule, Sketch& sketch);

// Where a row's source is not told: fault.
void require_source(const Study& study, const Rule& rule, Sketch& sketch);

// The shapes. Each answers only for tables of its own.
std::optional<Inference> infer_sdmx(const Study& study);
std::optional<Inference> infer_own(const Study& study);
std::optional<Inference> infer_projects(const Study& study);
std::optional<Inference> infer_plan(const Study& study);
std::optional<Inference> infer_figures(const Study& study);

}  // namespace planfile
