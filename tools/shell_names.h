// The codes and names of what a file holds, for the shell to offer within quotes.
#pragma once

#include <string_view>

#include "planfile/query.h"
#include "shell_words.h"

namespace planfile {

// What begins with `prefix` and may stand in a text that is compared with `column`: with one of
// codes a code, which its thing's name or alias finds too; with one of names a name. Without a
// known column, whatever has a name. Asks the file, up to a hundred of them.
Suggestions suggest_names(Reader& reader, std::string_view prefix, std::string_view column);

}  // namespace planfile
