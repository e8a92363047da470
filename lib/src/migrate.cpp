#include "migrate.h"

#include <string>

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>

#include "planfile/version.h"

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

// Readable by every planfile to come: a newer file is refused with the version that wrote it.
void store_version(SQLite::Database& db, int schema) {
  if (!db.tableExists("file")) return;  // before schema 9
  SQLite::Statement put(db, "INSERT OR REPLACE INTO file (id, schema, version) VALUES (1, ?, ?)");
  put.bind(1, schema);
  put.bind(2, std::string(kVersion));
  put.exec();
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
  const std::string writer = version_of(database);
  throw Error(Errc::newer_file,
              fmt::format("{}: written by a newer planfile{}{} (schema {}, this one knows {})",
                          database.name(), writer.empty() ? "" : ", ", writer, version, newest));
}

std::string version_of(Database& database) {
  return database.guarded([&] {
    // A view of that name is another hand's.
    SQLite::Statement columns(
        database.sqlite(),
        "SELECT count(*) FROM pragma_table_list('file') AS l JOIN pragma_table_info('file') AS c "
        "WHERE l.type = 'table' AND l.schema = 'main' AND c.name IN ('id', 'version')");
    columns.executeStep();
    if (columns.getColumn(0).getInt() != 2) return std::string();
    SQLite::Statement row(database.sqlite(), "SELECT version FROM file WHERE id = 1");
    return row.executeStep() ? row.getColumn(0).getString() : std::string();
  });
}

std::unique_ptr<Database> upgraded_copy(Database& database) {
  auto copy = std::make_unique<Database>(":memory:", Database::Access::create);
  database.guarded([&] {
    SQLite::Backup whole(copy->sqlite(), database.sqlite());
    whole.executeStep();
  });
  migrate(*copy);
  return copy;
}

void migrate(Database& database, std::span<const EmbeddedText> steps) {
  const int newest = static_cast<int>(steps.size());
  const int version = database.schema_version();
  if (version != 0) check_version(database, newest);
  if (version == newest) return;
  database.guarded([&] {
    SQLite::Transaction all(database.sqlite(), SQLite::TransactionBehavior::IMMEDIATE);
    // Another program may have come first.
    const int now = database.schema_version();
    if (now != version) return check_version(database, newest);
    for (const EmbeddedText& step : steps.subspan(static_cast<std::size_t>(now))) {
      database.sqlite().exec(std::string(step.text));
    }
    store_queries(database.sqlite());
    store_version(database.sqlite(), newest);
    database.sqlite().exec(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                       kApplicationId, newest));
    all.commit();
  });
}

}  // namespace planfile
