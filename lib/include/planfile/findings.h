#pragma once

#include <string>
#include <vector>

#include "planfile/query.h"

namespace planfile {

// Something that a query which checks the file found: one of its rows.
struct Finding {
  Severity severity = Severity::note;
  std::string query;
  std::string kind;           // its class, as the query names it
  std::string kind_zh;        // that in Chinese, where the file's code lists name it, else `kind`
  std::string text, text_zh;  // one sentence
};

// Runs every saved query that tells findings, or those of these names alone, with its defaults, and
// returns what they found: errors first, then by query, then in the order of its rows. A row whose
// class the query gives no severity is no finding. Errc::usage for a query that tells none.
std::vector<Finding> find_faults(Reader& reader, const std::vector<std::string>& queries = {});

}  // namespace planfile
