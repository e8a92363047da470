#include "compare.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compare_figures.h"
#include "reader.h"
#include "store.h"

namespace planfile {
namespace {

// The rows of each key, gathered from tables that are small beside that of observations.
template <class Fact>
using ByKey = std::map<std::string, std::vector<std::optional<Fact>>>;

template <class Fact>
bool all_say_same(Abreast<Fact> rows) {
  for (const auto& row : rows.subspan(1)) {
    if (!says_same(rows.front(), row)) return false;
  }
  return true;
}

}  // namespace

template <class Fact>
void walk(std::span<Database* const> files, const std::function<void(Abreast<Fact>)>& use) {
  if constexpr (std::is_same_v<Fact, Observation>) {
    walk_figures(files, use);
  } else {
    ByKey<Fact> keys;
    for (std::size_t at = 0; at < files.size(); ++at) {
      for (Fact& fact : all_rows<Fact>(*files[at])) {
        auto& rows = keys[key_of(fact).key];
        rows.resize(files.size());
        rows[at] = std::move(fact);
      }
    }
    for (const auto& [key, rows] : keys) {
      if (!all_say_same<Fact>(rows)) use(rows);
    }
  }
}

#define PLANFILE_WALKS(Fact) \
  template void walk(std::span<Database* const>, const std::function<void(Abreast<Fact>)>&);
PLANFILE_WALKS(Source)
PLANFILE_WALKS(Entity)
PLANFILE_WALKS(Scope)
PLANFILE_WALKS(Unit)
PLANFILE_WALKS(Indicator)
PLANFILE_WALKS(Alias)
PLANFILE_WALKS(Formula)
PLANFILE_WALKS(Plan)
PLANFILE_WALKS(Observation)
PLANFILE_WALKS(Target)
PLANFILE_WALKS(Project)
PLANFILE_WALKS(Milestone)
PLANFILE_WALKS(Outlay)
PLANFILE_WALKS(SavedQuery)
#undef PLANFILE_WALKS

}  // namespace planfile
