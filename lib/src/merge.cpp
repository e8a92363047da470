#include "planfile/merge.h"

#include <memory>

#include <fmt/format.h>

#include "merging.h"
#include "migrate.h"
#include "planfile/draft.h"

namespace planfile {
namespace {

void require_newest(const File& file) {
  Database& database = FileAccess::database(file);
  const int version = database.schema_version();
  if (version == newest_schema()) return;
  throw Error(
      Errc::newer_file,
      fmt::format("{} is of schema {}, which this planfile merges only once it is of schema {}: "
                  "bring it up to date first",
                  database.name(), version, newest_schema()));
}

// Which changes of another program the file has seen; counts up.
int version_of(const File& file) {
  Database& database = FileAccess::database(file);
  return database.guarded(
      [&] { return database.sqlite().execAndGet("PRAGMA data_version").getInt(); });
}

void require_sound(const File& file) {
  Database& database = FileAccess::database(file);
  database.guarded([&] {
    SQLite::Statement whole(database.sqlite(), "PRAGMA quick_check(1)");
    whole.executeStep();
    SQLite::Statement keys(database.sqlite(), "PRAGMA foreign_key_check");
    const bool is_whole = whole.getColumn(0).getString() == "ok";
    if (is_whole && !keys.executeStep()) return;
    throw Error(Errc::storage, "the merged file is not sound; nothing was written");
  });
}

bool is_clear(const Merged& merged) { return merged.conflicts.empty() && merged.issues.empty(); }

}  // namespace

Merged merge(const File* base, const File& ours, const File& theirs,
             const std::filesystem::path& out, Existing existing,
             const std::vector<Choice>& choices) {
  for (const File* file : {base, &ours, &theirs}) {
    if (file != nullptr) require_newest(*file);
  }
  Draft draft(out, existing);
  if (existing == Existing::replace && std::filesystem::exists(out)) require_plan_file(out);
  const int copied = version_of(ours);
  Merged merged;
  draft.write([&] {
    ours.copy_to(draft.path());
    File file = File::open(draft.path(), File::Access::write);
    merged = FileAccess::database(file).guarded([&] {
      std::vector<std::unique_ptr<Snapshot>> whole;
      for (const File* one : {base, &ours, &theirs}) {
        if (one != nullptr) whole.push_back(std::make_unique<Snapshot>(FileAccess::database(*one)));
      }
      if (version_of(ours) != copied) {
        throw Error(Errc::storage, fmt::format("{}: another program changed it meanwhile",
                                               FileAccess::database(ours).name()));
      }
      return Merging(base, ours, theirs, file, choices).run();
    });
    if (is_clear(merged)) require_sound(file);
  });
  if (!is_clear(merged)) return merged;
  draft.publish();
  return merged;
}

}  // namespace planfile
