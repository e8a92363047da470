// What in a file's schema, stored queries, dictionary and code lists is not as planfile makes it.
#pragma once

#include <string>
#include <vector>

#include "database.h"

namespace planfile {

// Something that SQLite or planfile knows by a name.
struct SchemaItem {
  std::string kind;  // table, index, view, trigger, query; dictionary or code: one of its rows
  std::string
      name;  // of a row of the dictionary "table.column" or "table", of a code "codelist.code"
  std::string table;  // that an index or trigger belongs to; empty for the others

  auto operator<=>(const SchemaItem&) const = default;
};

struct SchemaDifference {
  enum class How {
    missing,  // planfile makes it, the file lacks it
    changed,  // it is there, but reads otherwise
    unknown,  // a query that calls itself planfile's and is not
  };
  SchemaItem item;
  How how = How::missing;

  auto operator<=>(const SchemaDifference&) const = default;
};

struct SchemaCheck {
  std::vector<SchemaDifference> differences;  // none: all that planfile makes is as it makes it
  std::vector<SchemaItem> own;                // what else is there: of the file's users
};

// Holds the file against what planfile of the file's own schema version makes: each table, index,
// view and trigger by its text in sqlite_schema, each row of the dictionary and of the code lists,
// each of planfile's queries. Of an older version the queries are left out: this planfile no longer
// has their texts. What it is held against is made once in a process and takes some milliseconds;
// the rest takes less than one. Errc::not_a_plan_file when the file is damaged where it tells of
// its schema.
SchemaCheck check_schema(Database& database);

}  // namespace planfile
