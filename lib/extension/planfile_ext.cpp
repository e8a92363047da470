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
  const int code = planfile::register_functions(connection);
  // Kept until the program ends: each loading anew would leave a block of the C++ library behind.
  return code == SQLITE_OK ? SQLITE_OK_LOAD_PERMANENTLY : code;
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
