// What may come next on the command line, for shells to offer.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace planfile {

struct Candidate {
  std::string text, about;

  bool operator==(const Candidate&) const = default;
};

struct Completion {
  std::vector<Candidate> candidates;  // that begin with the last word
  bool files = false;                 // the names of files may stand here
};

// What the last of `words` may become: a command, an option, one of an option's values, or a saved
// query, parameter, table, indicator or entity of the plan file named before it. `words` are those
// after the program's name; the last may be empty. A plan file that can't be read offers nothing.
Completion complete(std::span<const std::string> words);

}  // namespace planfile
