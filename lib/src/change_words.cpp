#include "change_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "layout.h"
#include "words.h"

namespace planfile {
namespace {

struct KindWord {
  std::string_view kind, plural, zh;
};
constexpr KindWord kKinds[] = {
    {"source", "sources", "来源"},       {"entity", "entities", "对象"},
    {"indicator", "indicators", "指标"}, {"unit", "units", "单位"},
    {"scope", "scopes", "口径"},         {"alias", "aliases", "别名"},
    {"formula", "formulas", "公式"},     {"plan", "plans", "规划"},
    {"target", "targets", "目标"},       {"observation", "observations", "数据"},
    {"project", "projects", "项目"},     {"milestone", "milestones", "节点"},
    {"outlay", "outlays", "资金"},       {"query", "queries", "查询"},
    {"import", "imports", "导入"}};

const KindWord* find_kind(std::string_view kind) {
  const auto* found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](const KindWord& word) { return word.kind == kind; });
  return found == std::end(kKinds) ? nullptr : found;
}

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

// "Implementation" within a sentence.
std::string lower_first(std::string text) {
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
  return text;
}

// The Chinese name without what stands in brackets behind it.
std::string bare(const std::string& text) { return text.substr(0, text.find("（")); }

constexpr std::string_view kNames =
    "SELECT 'indicator', code, name, name_en FROM indicator "
    "UNION ALL SELECT 'entity', code, name, name_en FROM entity "
    "UNION ALL SELECT 'project', code, name, name_en FROM project "
    "UNION ALL SELECT 'plan', code, name, name_en FROM plan "
    "UNION ALL SELECT 'scope', code, name, name_en FROM scope "
    "UNION ALL SELECT 'source', code, title, title_en FROM source "
    "UNION ALL SELECT 'stage', code, name, name_en FROM stage "
    "UNION ALL SELECT 'sector', code, name, name_en FROM sector "
    "UNION ALL SELECT 'status', code, name, name_en FROM status";

Told told(std::string_view name, const std::string& where) {
  return {fmt::format("{} ({})", name, where), fmt::format("{}（{}）", name, where)};
}

// Parts of a subject's brackets, without the empty ones.
class Places {
 public:
  void add(const Told& part) {
    if (part.en.empty()) return;
    en_ += (en_.empty() ? "" : ", ") + part.en;
    zh_ += (zh_.empty() ? "" : "，") + part.zh;
  }
  void add(const std::string& part) { add(Told{part, part}); }
  [[nodiscard]] Told behind(const Told& name) const {
    return {fmt::format("{} ({})", name.en, en_), fmt::format("{}（{}）", name.zh, zh_)};
  }

 private:
  std::string en_, zh_;
};

template <class Fact>
void add_series(Places& places, const Fact& fact, const Vocabulary& words) {
  if (!fact.scope.empty()) places.add(words.name("scope", fact.scope));
  if (fact.measure != "level") places.add(words.cell("observation", "measure", fact.measure));
  if (!fact.among.empty()) places.add(words.name("entity", fact.among));
}

Told subject_of(const Observation& fact, const Vocabulary& words) {
  Places places;
  places.add(words.name("entity", fact.entity));
  places.add(to_text(fact.period));
  add_series(places, fact, words);
  places.add(fact.source);
  places.add(fact.locator);
  return places.behind(words.name("indicator", fact.indicator));
}

Told subject_of(const Target& fact, const Vocabulary& words) {
  Places places;
  if (words.entity_of_plan(fact.plan) != fact.entity) {
    places.add(words.name("entity", fact.entity));
  }
  places.add(fact.plan);
  places.add(to_text(fact.period));
  add_series(places, fact, words);
  return places.behind(words.name("indicator", fact.indicator));
}

Told subject_of(const Milestone& fact, const Vocabulary& words) {
  Places places;
  places.add(words.cell("milestone", "kind", fact.kind));
  places.add(fact.source);
  return places.behind(words.name("project", fact.project));
}

Told subject_of(const Outlay& fact, const Vocabulary& words) {
  Places places;
  places.add(to_text(fact.period));
  places.add(fact.source);
  return places.behind(words.name("project", fact.project));
}

Told subject_of(const Alias& fact, const Vocabulary&) {
  const Told kind = kind_word(fact.kind);
  return {fmt::format("\"{}\" ({})", fact.name, kind.en),
          fmt::format("“{}”（{}）", fact.name, kind.zh)};
}

Told subject_of(const Formula& fact, const Vocabulary& words) {
  Places places;
  places.add({fact.role, word_of_code("formula", "role", fact.role)});
  places.add(words.name("indicator", fact.operand));
  return places.behind(words.name("indicator", fact.indicator));
}

Told subject_of(const Unit& fact, const Vocabulary&) { return {fact.code, fact.code}; }
Told subject_of(const SavedQuery& fact, const Vocabulary&) { return {fact.name, fact.name}; }
Told subject_of(const Source& fact, const Vocabulary&) { return told(fact.title, fact.code); }

// What has a code and a name.
template <class Fact>
Told subject_of(const Fact& fact, const Vocabulary&) {
  return told(fact.name, fact.code.empty() ? "\"\"" : fact.code);
}

std::string signed_number(double number, int digits) {
  std::string text = fmt::format("{:+.{}g}", number, digits);
  if (text.find('e') == std::string::npos) return text;
  return (number > 0 ? "+" : "") + to_text(number);
}

}  // namespace

Told kind_word(std::string_view kind) {
  const KindWord* found = find_kind(kind);
  return {std::string(kind), std::string(found == nullptr ? kind : found->zh)};
}

std::string plural_of(std::string_view kind) {
  const KindWord* found = find_kind(kind);
  return std::string(found == nullptr ? kind : found->plural);
}

Vocabulary::Vocabulary(std::span<Database* const> files) {
  for (Database* file : files) file->guarded([&] { learn(*file); });
}

void Vocabulary::learn(Database& file) {
  SQLite::Database& db = file.sqlite();
  const auto or_else = [](const std::string& text, const std::string& other) {
    return text.empty() ? other : text;
  };
  SQLite::Statement names(db, std::string(kNames));
  while (names.executeStep()) {
    const std::string zh = names.getColumn(2).getString();
    names_.insert_or_assign(Key(names.getColumn(0).getString(), names.getColumn(1).getString()),
                            Told{or_else(names.getColumn(3).getString(), zh), zh});
  }
  SQLite::Statement columns(db, "SELECT table_name, column_name, title_en, title FROM dictionary");
  while (columns.executeStep()) {
    columns_.insert_or_assign(
        Key(columns.getColumn(0).getString(), columns.getColumn(1).getString()),
        Told{lower_first(columns.getColumn(2).getString()), columns.getColumn(3).getString()});
  }
  SQLite::Statement units(
      db, "SELECT i.code, u.code FROM indicator AS i JOIN unit AS u ON u.id = i.unit_id");
  while (units.executeStep()) {
    units_.insert_or_assign(units.getColumn(0).getString(), units.getColumn(1).getString());
  }
  SQLite::Statement plans(
      db, "SELECT p.code, e.code FROM plan AS p JOIN entity AS e ON e.id = p.entity_id");
  while (plans.executeStep()) {
    plans_.insert_or_assign(plans.getColumn(0).getString(), plans.getColumn(1).getString());
  }
}

Told Vocabulary::name(std::string_view table, const std::string& code) const {
  const auto found = names_.find(Key(table, code));
  return found == names_.end() ? Told{code, code} : found->second;
}

Told Vocabulary::column(std::string_view table, std::string_view column) const {
  for (const std::string& name : {std::string(column), std::string(column) + "_id"}) {
    const auto found = columns_.find(Key(table, name));
    if (found != columns_.end()) return found->second;
  }
  return {spaced(std::string(column)), std::string(column)};
}

Told Vocabulary::cell(std::string_view table, std::string_view column,
                      const std::string& text) const {
  if (text.empty()) return {"(none)", "（无）"};
  if (column == "stage" || column == "status" || column == "sector") {
    const Told found = name(column, text);
    return {lower_first(found.en), bare(found.zh)};
  }
  if (column == "entity" || column == "parent" || column == "successor" || column == "unit") {
    const bool is_own = column == "parent" || column == "successor";
    return name(is_own ? table : column, text);
  }
  const std::string word = word_of_code(table, column, text);
  return {word == text ? text : spaced(text), word};
}

std::string Vocabulary::unit(const std::string& indicator, std::string_view measure) const {
  const auto found = units_.find(indicator);
  return found == units_.end() ? std::string() : series_unit(measure, found->second);
}

std::string Vocabulary::entity_of_plan(const std::string& plan) const {
  const auto found = plans_.find(plan);
  return found == plans_.end() ? std::string() : found->second;
}

template <class Fact>
Told subject(const Fact& fact, const Vocabulary& words) {
  return subject_of(fact, words);
}

std::string shown(const Figure& figure) {
  if (!figure.printed.empty()) return figure.printed;
  if (!figure.wording.empty()) return figure.wording;
  if (!figure.value) return {};
  if (figure.high) return fmt::format("{}~{}", to_text(*figure.value), to_text(*figure.high));
  const std::string_view sign =
      figure.comparator == Comparator::equal ? "" : to_text(figure.comparator);
  return fmt::format("{}{}", sign, to_text(*figure.value));
}

Told step(const Figure& before, const Figure& after, const std::string& unit) {
  if (!before.value || !after.value || *before.value == *after.value) return {};
  const std::string by = signed_number(*after.value - *before.value, 10);
  if (unit == "%") {
    return {fmt::format(" ({} percentage points)", by), fmt::format("（{}个百分点）", by)};
  }
  if (*before.value == 0) return {fmt::format(" ({})", by), fmt::format("（{}）", by)};
  constexpr double kHundred = 100;
  const double share = kHundred * (*after.value - *before.value) / std::fabs(*before.value);
  const std::string relative = signed_number(share, 3);
  return {fmt::format(" ({}, {}%)", by, relative), fmt::format("（{}，{}%）", by, relative)};
}

#define PLANFILE_TELLS(Fact) template Told subject(const Fact&, const Vocabulary&);
PLANFILE_TELLS(Source)
PLANFILE_TELLS(Entity)
PLANFILE_TELLS(Scope)
PLANFILE_TELLS(Unit)
PLANFILE_TELLS(Indicator)
PLANFILE_TELLS(Alias)
PLANFILE_TELLS(Formula)
PLANFILE_TELLS(Plan)
PLANFILE_TELLS(Observation)
PLANFILE_TELLS(Target)
PLANFILE_TELLS(Project)
PLANFILE_TELLS(Milestone)
PLANFILE_TELLS(Outlay)
PLANFILE_TELLS(SavedQuery)
#undef PLANFILE_TELLS

}  // namespace planfile
