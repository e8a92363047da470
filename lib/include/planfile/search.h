#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/error.h"

namespace planfile {

// What to look for in a plan file.
struct Search {
  std::vector<std::string> words;  // all of them must be found; a text with spaces is several
  std::string kind;                // only things of this kind; empty: of every kind
  std::size_t most = 0;            // hits wanted, the best; 0: all
};

// A thing that was found.
struct Hit {
  std::string kind;           // as view `names` has it: indicator, entity, plan, ...
  std::string code;           // of the thing
  std::string name, name_en;  // its own; the latter may be empty
  // What the words stand in, as views `names` and `texts` have it: name, name_en, alias,
  // definition, ...; or "code", or "pinyin" for a name by its pronunciation. Of several the one
  // that speaks least for the thing.
  std::string which;
  std::string text;                // that name or text, whole
  std::size_t begin = 0, end = 0;  // the bytes of `text` in which a word was found
};

struct Hits {
  std::vector<Hit> hits;  // the best first
  std::size_t found = 0;  // how many there are, shown or not
};

// The kinds of things that can be found.
const std::vector<std::string_view>& kinds_of_names();

// Looks through every name, code and text of things. Chinese is found inside words, traditional and
// simplified forms alike; words in letters where a word begins, in capitals or not, full-width or
// not, and as pinyin of names, whole or initials. A name that the words are stands first, then one
// that they open, one that holds them, aliases, pinyin, definitions, notes. Errc::usage without
// words and for an unknown kind; errors else as File::open.
Hits search(const std::filesystem::path& file, const Search& what);

}  // namespace planfile
