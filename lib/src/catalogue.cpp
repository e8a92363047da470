#include "catalogue.h"

#include <utility>

#include "names.h"
#include "store.h"

namespace planfile {

Catalogue read_catalogue(Database& database) {
  Catalogue known;
  database.guarded([&] {
    SQLite::Statement names(database.sqlite(), kNames);
    while (names.executeStep()) {
      if (names.getColumn(1).isNull()) continue;
      known.add(names.getColumn(0).getString(), names.getColumn(1).getString(),
                names.getColumn(2).getString());
    }
    SQLite::Statement missing(database.sqlite(),
                              "SELECT code FROM status WHERE missing ORDER BY code");
    while (missing.executeStep())
      known.missing_statuses.push_back(missing.getColumn(0).getString());
  });
  for (Unit& unit : all_rows<Unit>(database)) known.units.emplace(unit.code, std::move(unit));
  for (const Indicator& row : all_rows<Indicator>(database))
    known.unit_of.emplace(row.code, row.unit);
  for (Plan& plan : all_rows<Plan>(database)) known.plans.emplace(plan.code, std::move(plan));
  return known;
}

}  // namespace planfile
