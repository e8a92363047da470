// A file and an edit as the library's own parts see them.
#pragma once

#include "database.h"
#include "planfile/file.h"

namespace planfile {

class Store;

struct FileAccess {
  static Database& database(const File& file);
};

struct EditAccess {
  // The file, with all summaries up to date, as a Loader relies on them.
  static Database& database(Edit& edit);

  // The running import, to be completed before the next begins or the edit is committed.
  static Import& running(Edit& edit);

  // Counts what a Loader stored for the running import. From here on `Edit::put` knows of the
  // series and periods that it brought.
  static void count(Edit& edit, const Changes& changes);

  // The store that puts its rows.
  static Store& store(Edit& edit);

  // There is something to commit.
  static void touch(Edit& edit);
};

}  // namespace planfile
