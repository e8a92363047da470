// A whole CSV of a book as facts.
#pragma once

#include <string>
#include <vector>

#include "planfile/csv.h"
#include "planfile/error.h"
#include "planfile/import.h"
#include "planfile/model.h"
#include "reader.h"

namespace planfile {

// The rows of one CSV as facts, or what is wrong with them.
template <class Fact>
struct Checked {
  std::vector<Fact> facts;           // in the order of the text
  std::vector<std::string> columns;  // those that the header names
  std::vector<Issue> issues;         // in the order of the text; `file` left empty
};

// Reads every row of `csv` as a `Fact`, which is any struct of model.h. Its header names the
// columns, in any order; columns may be left out unless they are required. Each fault is an issue:
// an unknown or doubled column, a ragged row, what read_fact() finds, a second row of the same key.
// The names that the rows bring are added to `known`, so that later tables may refer to them.
template <class Fact>
Checked<Fact> check(const Csv& csv, Catalogue& known, const Defaults& defaults = {});

// Adds the names of a row that is not read yet, so that rows before it may refer to it.
template <class Fact>
void introduce(Catalogue& known, const CellsOf<Fact>& cells);

// Adds what a fact brings besides: a unit's factor, an indicator's unit, a plan, an alias.
template <class Fact>
void learn(Catalogue& known, const Fact& fact);

}  // namespace planfile
