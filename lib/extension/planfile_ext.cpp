// Where SQLite enters the loadable extension: `.load ./planfile_ext`.
#include "functions.h"

#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

namespace {

constexpr int kOldest = 3031000;  // the first to know of innocuous functions

int enter(sqlite3* connection, char** message, const sqlite3_api_routines* routines) {
  SQLITE_EXTENSION_INIT2(routines)
  if (sqlite3_libversion_number() < kOldest) {
    *message = sqlite3_mprintf("planfile_ext needs SQLite 3.31 or newer; this is %s",
                               sqlite3_libversion());
    return SQLITE_ERROR;
  }
  return planfile::register_functions(connection);
}

}  // namespace

// The first is what SQLite looks for in a file of this name, the other in one of any name.
extern "C" int sqlite3_planfileext_init(sqlite3* connection, char** message,
                                        const sqlite3_api_routines* routines) {
  return enter(connection, message, routines);
}
extern "C" int sqlite3_extension_init(sqlite3* connection, char** message,
                                      const sqlite3_api_routines* routines) {
  return enter(connection, message, routines);
}
