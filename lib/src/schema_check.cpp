#include "schema_check.h"

#include <map>
#include <mutex>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "embedded.h"
#include "migrate.h"

namespace planfile {
namespace {

// What a file says of each thing, as one text to be compared.
using Said = std::map<SchemaItem, std::string>;

// SQLite's own tables and the indexes that a table's constraints bring have no text that could
// differ, or are made by ANALYZE.
constexpr const char* kObjects =
    "SELECT type, name, iif(type IN ('index', 'trigger'), tbl_name, ''), sql FROM sqlite_schema "
    "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
constexpr const char* kDictionary =
    "SELECT 'dictionary', table_name || iif(column_name = '', '', '.' || column_name), '', "
    "quote(title) || quote(title_en) || quote(about) || quote(about_en) FROM dictionary";
constexpr const char* kCodes =
    "SELECT 'code', codelist || '.' || code, '', quote(name) || quote(name_en) FROM code";
constexpr const char* kQueries = "SELECT 'query', name, '', origin || ' ' || text FROM query";

void hear(SQLite::Database& db, const char* statement, Said& said) {
  SQLite::Statement rows(db, statement);
  while (rows.executeStep()) {
    said.emplace(SchemaItem{rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                            rows.getColumn(2).getString()},
                 rows.getColumn(3).getString());
  }
}

bool has_table(const Said& said, const std::string& name) {
  return said.contains({"table", name, ""});
}

// What the file says; a table that it should have and lacks says nothing.
Said said_by(Database& database) {
  return database.guarded([&] {
    Said said;
    SQLite::Database& db = database.sqlite();
    hear(db, kObjects, said);
    if (has_table(said, "dictionary")) hear(db, kDictionary, said);
    if (has_table(said, "code")) hear(db, kCodes, said);
    if (has_table(said, "query")) hear(db, kQueries, said);
    return said;
  });
}

// What a new file of that schema version says.
const Said& expected(int version) {
  static std::mutex mutex;
  static std::map<int, Said> known;
  const std::scoped_lock lock(mutex);
  const auto found = known.find(version);
  if (found != known.end()) return found->second;
  Database fresh(":memory:", Database::Access::create);
  migrate(fresh, embedded_migrations().first(static_cast<std::size_t>(version)));
  Said said = said_by(fresh);
  if (version != newest_schema()) {
    std::erase_if(said, [](const auto& one) { return one.first.kind == "query"; });
  }
  return known.emplace(version, std::move(said)).first->second;
}

}  // namespace

SchemaCheck check_schema(Database& database) {
  check_version(database);
  const int version = database.schema_version();
  const Said& due = expected(version);
  const Said said = said_by(database);
  SchemaCheck check;
  for (const auto& [item, text] : due) {
    const auto found = said.find(item);
    if (found == said.end()) {
      check.differences.push_back({item, SchemaDifference::How::missing});
    } else if (found->second != text) {
      check.differences.push_back({item, SchemaDifference::How::changed});
    }
  }
  for (const auto& [item, text] : said) {
    if (due.contains(item)) continue;
    const bool is_planfiles = item.kind == "query" && text.starts_with("planfile ");
    if (!is_planfiles) {
      check.own.push_back(item);
    } else if (version == newest_schema()) {
      check.differences.push_back({item, SchemaDifference::How::unknown});
    }
  }
  return check;
}

}  // namespace planfile
