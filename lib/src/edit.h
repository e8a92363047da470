// What the library's own parts may do within an edit, beyond what everyone may.
#pragma once

#include "database.h"
#include "planfile/file.h"

namespace planfile {

struct EditAccess {
  static Database& database(Edit& edit);

  // The running import, to be completed before the next begins or the edit is committed.
  static Import& running(Edit& edit);

  // Counts rows that were stored past the edit, and forgets the ids that it may have learnt before.
  static void stored(Edit& edit, const Changes& changes);

  // There is something to commit.
  static void touch(Edit& edit);
};

}  // namespace planfile
