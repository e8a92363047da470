#include "planfile/mapping.h"

#include <fmt/format.h>

#include "planfile/nearest.h"
#include "infer_study.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

// What to say of a table that has no shape.
Inference refuse(const Study& study) {
  Sketch sketch(study);
  const std::string table = study.wish.table.empty() ? "observation" : study.wish.table;
  if (const ImportTable* known = table_to_import(table)) {
    report_near_misses(study, known->name, sketch);
    sketch.fault(no_facts(study.wish.table));
  } else {
    std::vector<std::string_view> names;
    for (const ImportTable& other : tables_to_import()) names.push_back(other.name);
    sketch.fault(fmt::format("no such table: {}{}", quoted(table), did_you_mean(table, names)));
  }
  return std::move(sketch).finish();
}

}  // namespace

Inference infer(const Sheet& sheet, const std::vector<SheetRow>& data, const Catalogue& known,
                const Wish& wish) {
  const Study study(sheet, data, known, wish);
  for (const auto& infer_shape :
       {infer_own, infer_sdmx, infer_projects, infer_plan, infer_figures}) {
    if (auto inference = infer_shape(study)) return std::move(*inference);
  }
  return refuse(study);
}

}  // namespace planfile
