// SQLite's plan of a query, as people read it.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "planfile/table.h"

namespace planfile {

// Whether a result is that of EXPLAIN QUERY PLAN.
bool is_query_plan(const Table& table);

// One step of a plan in words: `SCAN o` is "read all of o".
std::string step_in_words(std::string_view detail, std::string_view lang);

// The plan as a tree of steps, one a line, those within another under it.
void print_query_plan(const Table& plan, std::string_view lang, std::ostream& out);

}  // namespace planfile
