// Tidy tables with the columns of a table of planfile's own, by their own names; for tables of
// things (entity, indicator, source, ...) also by words for them.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "planfile/nearest.h"
#include "infer_study.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

constexpr std::string_view kImportColumn = "import";

bool has_column(const Study& study, std::string_view name) {
  const auto& columns = study.sheet.columns;
  return std::find(columns.begin(), columns.end(), name) != columns.end();
}

bool is_told(const Study& study, std::string_view column) {
  return study.is_said(column) || (column == "plan" && study.wish.has_plan) ||
         (column == "source" && study.wish.has_source);
}

// Whether every column that has a name is one of the table's own, and none that it needs is
// missing, but the source where the table is asked for: that is told apart from the columns.
bool is_own(const Study& study, const ImportTable& table) {
  bool any = false;
  for (std::size_t at = 0; at < study.size(); ++at) {
    if (study.headings[at].sense == Sense::empty && study.cells(at).filled == 0) continue;
    if (study.column(at) == kImportColumn) continue;
    if (table.column(study.column(at)) == nullptr) return false;
    any = true;
  }
  const bool is_asked_for = study.wish.table == table.name;
  return any && std::all_of(table.columns.begin(), table.columns.end(), [&](const auto& column) {
           return !column.needed() || has_column(study, column.name) ||
                  is_told(study, column.name) || (is_asked_for && column.name == "source");
         });
}

// Whether it is the table's whole header, in its order.
bool is_complete(const Study& study, const ImportTable& table) {
  return std::equal(table.columns.begin(), table.columns.end(), study.sheet.columns.begin(),
                    study.sheet.columns.end(),
                    [](const auto& column, const auto& name) { return column.name == name; });
}

// The tables whose own header this may be. A whole one is surely its table's.
std::vector<const ImportTable*> owners(const Study& study) {
  std::vector<const ImportTable*> found;
  for (const ImportTable& table : tables_to_import()) {
    if (!study.wants(table.name) || !is_own(study, table)) continue;
    if (is_complete(study, table)) return {&table};
    found.push_back(&table);
  }
  return found;
}

bool has_sources(const ImportTable& table) { return table.column("source") != nullptr; }

Inference read_own(const Study& study, const ImportTable& table) {
  Sketch sketch(study);
  Rule rule;
  rule.table = table.name;
  for (std::size_t at = 0; at < study.size(); ++at) {
    const std::string& column = study.column(at);
    if (column == kImportColumn) sketch.pass_over(at, "this import is another");
    if (table.column(column) == nullptr) continue;
    rule.columns.emplace(column, from_column(study, at));
    sketch.mean(at, column);
  }
  if (has_sources(table)) require_source(study, rule, sketch);
  sketch.add(std::move(rule));
  Inference inference = std::move(sketch).finish();
  inference.mapping.skip_totals = false;  // a book has none
  return inference;
}

Inference refuse_both(const Study& study, const std::vector<const ImportTable*>& tables) {
  Sketch sketch(study);
  std::string names;
  for (const ImportTable* table : tables) {
    names += fmt::format("{}{}", names.empty() ? "" : " or ", table->name);
  }
  sketch.fault(
      fmt::format("the header may be that of {}; say which: import FILE TABLE CSV", names));
  return std::move(sketch).finish();
}

bool is_of_things(std::string_view table) {
  constexpr std::string_view kFacts[] = {"observation", "target", "project", "milestone", "outlay"};
  return std::find(std::begin(kFacts), std::end(kFacts), table) == std::end(kFacts);
}

// A table of things by any words for its columns; only when the user asks for it.
Inference read_things(const Study& study, const ImportTable& table) {
  Sketch sketch(study);
  Rule rule;
  rule.table = table.name;
  for (std::size_t at = 0; at < study.size(); ++at) {
    const std::string_view column = column_of_thing(table.name, study.column(at));
    if (column.empty()) continue;
    if (!rule.columns.emplace(column, from_column(study, at)).second) {
      sketch.fault(fmt::format("{} and {} both read as {}",
                               quoted(rule.columns.find(column)->second.text),
                               quoted(study.column(at)), column));
    }
    sketch.mean(at, column);
  }
  report_near_misses(study, table.name, sketch);
  for (const TableColumn& column : table.columns) {
    if (!column.needed() || rule.columns.contains(column.name)) continue;
    if (is_told(study, column.name)) continue;
    sketch.miss(column.name,
                fmt::format("no column {}; call one so, or name it in a mapping (--map)",
                            quoted(column.name)));
  }
  sketch.add(std::move(rule));
  Inference inference = std::move(sketch).finish();
  inference.mapping.skip_totals = false;
  return inference;
}

}  // namespace

std::optional<Inference> infer_own(const Study& study) {
  const auto tables = owners(study);
  if (tables.size() == 1) return read_own(study, *tables.front());
  if (tables.size() > 1) return refuse_both(study, tables);
  if (study.wish.table.empty() || !is_of_things(study.wish.table)) return std::nullopt;
  const ImportTable* table = table_to_import(study.wish.table);
  if (table == nullptr) return std::nullopt;
  return read_things(study, *table);
}

}  // namespace planfile
