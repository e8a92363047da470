// Brings a file to the newest schema, step by step.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "database.h"
#include "embedded.h"

namespace planfile {

// The schema version that this planfile writes.
int newest_schema();

// Errc::newer_file when a later planfile wrote the file, not_a_plan_file when none did.
void check_version(Database& database, int newest = newest_schema());

// The version of planfile that wrote the file's schema; empty in files of schema 8 or older.
std::string version_of(Database& database);

// A copy in memory, brought to the newest schema.
std::unique_ptr<Database> upgraded_copy(Database& database);

// Applies the steps after the file's own version, then stores the built-in queries; all in one
// transaction. A file that is newest already is left as it is. Errc::newer_file as above.
void migrate(Database& database, std::span<const EmbeddedText> steps = embedded_migrations());

}  // namespace planfile
