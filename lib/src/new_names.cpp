#include "new_names.h"

#include <type_traits>
#include <vector>

#include "layout.h"

namespace planfile {
namespace {

// The thing that a name which the file lacks stands for, as far as the CSV tells.
template <class Fact>
Fact made_of(const NewName& name);

constexpr std::string_view kMade = "由导入新建 made by an import";

template <>
Source made_of(const NewName& name) {
  Source source;
  source.code = source.title = name.name;
  source.kind = "dataset";
  source.note = kMade;
  return source;
}
template <>
Entity made_of(const NewName& name) {
  Entity entity;
  entity.code = entity.name = name.name;
  entity.kind = "region";
  entity.note = kMade;
  return entity;
}
template <>
Scope made_of(const NewName& name) {
  Scope scope;
  scope.code = scope.name = name.name;
  return scope;
}
template <>
Unit made_of(const NewName& name) {
  Unit unit;
  unit.code = unit.dimension = unit.base = name.name;
  unit.note = kMade;
  return unit;
}
template <>
Indicator made_of(const NewName& name) {
  Indicator indicator;
  indicator.code = indicator.name = name.name;
  indicator.unit = name.unit;
  indicator.direction = "neither";
  indicator.kind = "stock";
  indicator.note = kMade;
  return indicator;
}

template <class Fact>
void make(std::span<const NewName> names, Edit& edit, Catalogue& known) {
  std::vector<Fact> made;
  for (const NewName& name : names) {
    if (name.table != table_of<Fact>) continue;
    made.push_back(made_of<Fact>(name));
    known.add(name.table, name.name, name.name);
    if constexpr (std::is_same_v<Fact, Unit>) known.units.emplace(name.name, made.back());
    if constexpr (std::is_same_v<Fact, Indicator>) {
      const auto unit = resolve(known, "unit", made.back().unit);
      made.back().unit = unit ? *unit : std::string();
      known.unit_of.emplace(name.name, made.back().unit);
    }
  }
  if (!made.empty()) edit.put(std::span<const Fact>(made));
}

}  // namespace

void make_named(std::span<const NewName> names, Edit& edit, Catalogue& known) {
  make<Source>(names, edit, known);
  make<Scope>(names, edit, known);
  make<Unit>(names, edit, known);
  make<Entity>(names, edit, known);
  make<Indicator>(names, edit, known);
}

}  // namespace planfile
