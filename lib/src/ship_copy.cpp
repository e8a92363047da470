#include "ship_copy.h"

#include <algorithm>
#include <string_view>

#include "ship_history.h"
#include "ship_observations.h"
#include "ship_tables.h"
#include "summary.h"

namespace planfile {
namespace {

// Whether the newest source may be another one in the copy.
bool redacts_dates(const CopyRules& rules) {
  return std::any_of(rules.redactions.begin(), rules.redactions.end(), [](const Redaction& one) {
    return one.table == "source" && one.column == "published";
  });
}

}  // namespace

ObservationSums copy_rows(Database& from, Database& to, const CopyRules& rules,
                          ContentReader& reader) {
  const Unchecked unchecked(to);
  return to.guarded([&] {
    NewIds ids = copy_tables(from.sqlite(), to.sqlite(), rules);
    const ObservationSums sums = copy_observations(from, to, rules, ids, reader);
    if (rules.history == History::keep) copy_history(from, to, rules, ids);
    if (!rules.selection.whole || redacts_dates(rules)) summarize(to, {});
    return sums;
  });
}

}  // namespace planfile
