#pragma once

#include <string>
#include <vector>

#include "planfile/csv.h"
#include "planfile/error.h"
#include "planfile/model.h"

namespace planfile {

// What a CSV's rows take where they say nothing.
struct Defaults {
  std::string source;  // code of a source
  std::string plan;    // code of a plan
};

// The rows of one CSV as facts, or what is wrong with them.
template <class Fact>
struct Checked {
  std::vector<Fact> facts;           // in the order of the text
  std::vector<std::string> columns;  // those that the header names
  std::vector<Issue> issues;         // in the order of the text; `file` left empty
};

// Reads every row of `csv` as a `Fact`, which is any struct of model.h. Its header names the
// columns, in any order; columns may be left out unless they are required. References are resolved
// by code, name or alias; values are converted into the unit of their series; what a column leaves
// empty takes the default of its kind (measure level, status A, the plan's entity and source,
// `defaults`). Each fault is an issue: an unknown or doubled column, a ragged row, a cell that
// can't be read, an unknown name (with the nearest known), a unit of another dimension, a second
// row of the same key. The names that the rows bring are added to `known`, so that later tables may
// refer to them.
template <class Fact>
Checked<Fact> check(const Csv& csv, Catalogue& known, const Defaults& defaults = {});

}  // namespace planfile
