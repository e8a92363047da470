// What an import needs of the edit it runs in, beyond what everyone may do.
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
};

}  // namespace planfile
