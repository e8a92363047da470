#include "migrate.h"

#include <string>

#include <fmt/format.h>

namespace planfile {
namespace {

void store_queries(SQLite::Database& db) {
  db.exec("DELETE FROM query WHERE origin = 'planfile'");
  SQLite::Statement put(db,
                        "INSERT INTO query (name, origin, text) VALUES (:name, 'planfile', :text)");
  for (const EmbeddedText& query : embedded_queries()) {
    put.bind(":name", std::string(query.name));
    put.bind(":text", std::string(query.text));
    put.exec();
    put.reset();
  }
}

}  // namespace

int newest_schema() { return static_cast<int>(embedded_migrations().size()); }

void check_version(Database& database, int newest) {
  const int version = database.schema_version();
  if (version < 1) {
    throw Error(Errc::not_a_plan_file,
                fmt::format("{}: damaged: no planfile wrote schema {}", database.name(), version));
  }
  if (version <= newest) return;
  throw Error(Errc::newer_file,
              fmt::format("{}: written by a newer planfile (schema {}, this one knows {})",
                          database.name(), version, newest));
}

void migrate(Database& database, std::span<const EmbeddedText> steps) {
  const int newest = static_cast<int>(steps.size());
  const int version = database.schema_version();
  if (version != 0) check_version(database, newest);
  if (version == newest) return;
  database.guarded([&] {
    SQLite::Transaction all(database.sqlite());
    for (const EmbeddedText& step : steps.subspan(static_cast<std::size_t>(version))) {
      database.sqlite().exec(std::string(step.text));
    }
    store_queries(database.sqlite());
    database.sqlite().exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                       kApplicationId, newest));
    all.commit();
  });
}

}  // namespace planfile
