// The columns of each table, told once: name, member, what may stand in it and where it is kept.
// Reading CSV, writing CSV, storing rows and describing a book all follow from here.
#pragma once

#include <string_view>
#include <tuple>

#include "planfile/model.h"

namespace planfile {

// Whether a cell may be empty, and whether it belongs to the row's natural key.
enum class Presence { optional, required, key, required_key };
inline constexpr auto kRequired = Presence::required;
inline constexpr auto kKeyed = Presence::key;
inline constexpr auto kKey = Presence::required_key;

// What a cell of text must look like beyond being text.
enum class Form { any, day, year_or_day };

// One column of a CSV and of its table.
template <class Fact, class Value>
struct Column {
  std::string_view name;  // in CSV
  Value Fact::*member;
  Presence presence = Presence::optional;
  std::string_view refers = {};   // the table whose code it holds
  std::string_view choices = {};  // the allowed words, separated by spaces
  Form form = Form::any;
  std::string_view stored = {};  // its column in the table
  bool of_series = false;        // it stands in the table `series`, and says which series
  std::string_view comparator = {}, high = {}, printed = {}, wording = {};  // of a figure
};

template <class Fact, class Value>
constexpr auto plain(std::string_view name, Value Fact::*member, Presence presence = {}) {
  return Column<Fact, Value>{.name = name, .member = member, .presence = presence, .stored = name};
}

template <class Fact>
constexpr auto choice(std::string_view name, std::string Fact::*member, std::string_view choices,
                      Presence presence = {}) {
  auto column = plain(name, member, presence);
  column.choices = choices;
  return column;
}

template <class Fact>
constexpr auto dated(std::string_view name, std::string Fact::*member, Form form) {
  auto column = plain(name, member);
  column.form = form;
  return column;
}

// A code of another table, kept as that row's id; in the tables of codes the code is the id.
template <class Fact, class Value>
constexpr auto refer(std::string_view name, Value Fact::*member, std::string_view table,
                     std::string_view stored, Presence presence = {}) {
  auto column = plain(name, member, presence);
  column.refers = table;
  column.stored = stored;
  return column;
}

// A period, kept as the id of its row.
template <class Fact, class Value>
constexpr auto span(std::string_view name, Value Fact::*member, std::string_view stored,
                    Presence presence = {}) {
  auto column = plain(name, member, presence);
  column.stored = stored;
  return column;
}

template <class Fact, class Value>
constexpr auto in_series(Column<Fact, Value> column) {
  column.of_series = true;
  return column;
}

template <class Fact>
inline constexpr std::string_view table_of;
template <class Fact>
inline constexpr auto columns_of = std::tuple{};

template <>
inline constexpr std::string_view table_of<Source> = "source";
template <>
inline constexpr auto columns_of<Source> = std::tuple{
    plain("code", &Source::code, kKey),
    plain("title", &Source::title, kRequired),
    plain("title_en", &Source::title_en),
    plain("publisher", &Source::publisher),
    dated("published", &Source::published, Form::day),
    choice("kind", &Source::kind, "plan report yearbook bulletin news dataset other", kRequired),
    plain("note", &Source::note),
};

template <>
inline constexpr std::string_view table_of<Entity> = "entity";
template <>
inline constexpr auto columns_of<Entity> = std::tuple{
    plain("code", &Entity::code, kKey),
    plain("name", &Entity::name, kRequired),
    plain("name_en", &Entity::name_en),
    choice("kind", &Entity::kind,
           "country region province prefecture district county city zone town village platform "
           "enterprise institution facility industry group",
           kRequired),
    refer("parent", &Entity::parent, "entity", "parent_id"),
    refer("successor", &Entity::successor, "entity", "successor_id"),
    dated("valid_from", &Entity::valid_from, Form::year_or_day),
    dated("valid_to", &Entity::valid_to, Form::year_or_day),
    plain("note", &Entity::note),
};

template <>
inline constexpr std::string_view table_of<Scope> = "scope";
template <>
inline constexpr auto columns_of<Scope> = std::tuple{
    plain("code", &Scope::code, kKeyed),
    plain("name", &Scope::name, kRequired),
    plain("name_en", &Scope::name_en),
    plain("definition", &Scope::definition),
};

template <>
inline constexpr std::string_view table_of<Unit> = "unit";
template <>
inline constexpr auto columns_of<Unit> = std::tuple{
    plain("code", &Unit::code, kKey),
    plain("name_en", &Unit::name_en),
    plain("dimension", &Unit::dimension, kRequired),
    plain("base", &Unit::base, kRequired),
    plain("factor", &Unit::factor, kRequired),
    plain("note", &Unit::note),
};

template <>
inline constexpr std::string_view table_of<Indicator> = "indicator";
template <>
inline constexpr auto columns_of<Indicator> = std::tuple{
    plain("code", &Indicator::code, kKey),
    plain("name", &Indicator::name, kRequired),
    plain("name_en", &Indicator::name_en),
    refer("unit", &Indicator::unit, "unit", "unit_id", kRequired),
    plain("category", &Indicator::category),
    choice("direction", &Indicator::direction, "higher lower neither", kRequired),
    choice("kind", &Indicator::kind, "flow stock ratio rank", kRequired),
    plain("definition", &Indicator::definition),
    plain("definition_en", &Indicator::definition_en),
    plain("note", &Indicator::note),
};

// An alias is kept in the column of the kind of thing it names: see store.cpp.
template <>
inline constexpr std::string_view table_of<Alias> = "alias";
template <>
inline constexpr auto columns_of<Alias> = std::tuple{
    choice("kind", &Alias::kind, "indicator entity unit project", kKey),
    plain("code", &Alias::code, kRequired),
    plain("name", &Alias::name, kKey),
};

template <>
inline constexpr std::string_view table_of<Formula> = "formula";
template <>
inline constexpr auto columns_of<Formula> = std::tuple{
    refer("indicator", &Formula::indicator, "indicator", "indicator_id", kKey),
    choice("role", &Formula::role, "numerator denominator", kKey),
    refer("operand", &Formula::operand, "indicator", "operand_id", kKey),
    plain("coefficient", &Formula::coefficient),
    plain("note", &Formula::note),
};

template <>
inline constexpr std::string_view table_of<Plan> = "plan";
template <>
inline constexpr auto columns_of<Plan> = std::tuple{
    plain("code", &Plan::code, kKey),
    plain("name", &Plan::name, kRequired),
    plain("name_en", &Plan::name_en),
    refer("entity", &Plan::entity, "entity", "entity_id", kRequired),
    span("period", &Plan::period, "period_id", kRequired),
    refer("source", &Plan::source, "source", "source_id", kRequired),
    refer("parent", &Plan::parent, "plan", "parent_id"),
    plain("note", &Plan::note),
};

inline constexpr std::string_view kMeasures =
    "level yoy change growth multiple cagr rank yoy_rank gap yoy_gap";

template <>
inline constexpr std::string_view table_of<Observation> = "observation";
template <>
inline constexpr auto columns_of<Observation> = std::tuple{
    in_series(refer("indicator", &Observation::indicator, "indicator", "indicator_id", kKey)),
    in_series(refer("entity", &Observation::entity, "entity", "entity_id", kKey)),
    span("period", &Observation::period, "period_id", kKey),
    Column<Observation, Figure>{.name = "value",
                                .member = &Observation::value,
                                .presence = kRequired,
                                .stored = "value",
                                .comparator = "comparator",
                                .high = "high",
                                .printed = "printed"},
    refer("unit", &Observation::unit, "unit", "printed_unit"),
    in_series(refer("scope", &Observation::scope, "scope", "scope_id", kKeyed)),
    in_series(choice("measure", &Observation::measure, kMeasures, kKeyed)),
    in_series(refer("among", &Observation::among, "entity", "among_id", kKeyed)),
    refer("status", &Observation::status, "status", "status"),
    refer("source", &Observation::source, "source", "source_id", kKeyed),
    plain("locator", &Observation::locator, kKeyed),
    plain("note", &Observation::note),
    refer("import", &Observation::import, "import", "import_id"),
};

template <>
inline constexpr std::string_view table_of<Target> = "target";
template <>
inline constexpr auto columns_of<Target> = std::tuple{
    refer("plan", &Target::plan, "plan", "plan_id", kKey),
    in_series(refer("indicator", &Target::indicator, "indicator", "indicator_id", kKey)),
    in_series(refer("entity", &Target::entity, "entity", "entity_id", kKeyed)),
    span("period", &Target::period, "period_id", kKey),
    Column<Target, Figure>{.name = "value",
                           .member = &Target::value,
                           .presence = kRequired,
                           .stored = "value",
                           .comparator = "comparator",
                           .high = "high",
                           .printed = "printed",
                           .wording = "wording"},
    refer("unit", &Target::unit, "unit", "printed_unit"),
    in_series(refer("scope", &Target::scope, "scope", "scope_id", kKeyed)),
    in_series(choice("measure", &Target::measure, kMeasures, kKeyed)),
    in_series(refer("among", &Target::among, "entity", "among_id", kKeyed)),
    choice("nature", &Target::nature, "expected binding"),
    Column<Target, Figure>{.name = "base_value",
                           .member = &Target::base_value,
                           .stored = "base_value",
                           .comparator = "base_comparator",
                           .printed = "base_printed"},
    span("base_period", &Target::base_period, "base_period_id"),
    choice("claim", &Target::claim, "met partly_met not_met not_assessed"),
    plain("category", &Target::category),
    plain("number", &Target::number),
    refer("source", &Target::source, "source", "source_id", kKeyed),
    plain("locator", &Target::locator, kKeyed),
    plain("note", &Target::note),
    refer("import", &Target::import, "import", "import_id"),
};

template <>
inline constexpr std::string_view table_of<Project> = "project";
template <>
inline constexpr auto columns_of<Project> = std::tuple{
    plain("code", &Project::code, kKey),
    plain("name", &Project::name, kRequired),
    plain("name_en", &Project::name_en),
    refer("entity", &Project::entity, "entity", "entity_id", kRequired),
    refer("sector", &Project::sector, "sector", "sector"),
    choice("kind", &Project::kind, "project bundle platform park facility line programme",
           kRequired),
    refer("stage", &Project::stage, "stage", "stage"),
    Column<Project, Figure>{.name = "investment",
                            .member = &Project::investment,
                            .stored = "investment",
                            .comparator = "investment_comparator",
                            .high = "investment_high",
                            .printed = "investment_printed"},
    refer("unit", &Project::unit, "unit", "unit_id"),
    refer("parent", &Project::parent, "project", "parent_id"),
    refer("source", &Project::source, "source", "source_id", kRequired),
    plain("locator", &Project::locator),
    plain("note", &Project::note),
    refer("import", &Project::import, "import", "import_id"),
};

template <>
inline constexpr std::string_view table_of<Milestone> = "milestone";
template <>
inline constexpr auto columns_of<Milestone> = std::tuple{
    refer("project", &Milestone::project, "project", "project_id", kKey),
    choice("kind", &Milestone::kind,
           "identified signed approved land start topped_out commissioned completed accepted "
           "opened production cancelled",
           kKey),
    span("planned", &Milestone::planned, "planned_id"),
    span("actual", &Milestone::actual, "actual_id"),
    refer("source", &Milestone::source, "source", "source_id", kKeyed),
    plain("locator", &Milestone::locator, kKeyed),
    plain("note", &Milestone::note),
    refer("import", &Milestone::import, "import", "import_id"),
};

template <>
inline constexpr std::string_view table_of<Outlay> = "outlay";
template <>
inline constexpr auto columns_of<Outlay> = std::tuple{
    refer("project", &Outlay::project, "project", "project_id", kKey),
    span("period", &Outlay::period, "period_id", kKey),
    Column<Outlay, Figure>{.name = "planned",
                           .member = &Outlay::planned,
                           .stored = "planned",
                           .comparator = "planned_comparator",
                           .printed = "planned_printed"},
    Column<Outlay, Figure>{.name = "spent",
                           .member = &Outlay::spent,
                           .stored = "spent",
                           .comparator = "spent_comparator",
                           .printed = "spent_printed"},
    refer("unit", &Outlay::unit, "unit", "unit_id", kRequired),
    refer("source", &Outlay::source, "source", "source_id", kKeyed),
    plain("locator", &Outlay::locator, kKeyed),
    plain("note", &Outlay::note),
    refer("import", &Outlay::import, "import", "import_id"),
};

template <>
inline constexpr std::string_view table_of<Import> = "import";
template <>
inline constexpr auto columns_of<Import> = std::tuple{
    span("number", &Import::number, "id", kKey),
    plain("at", &Import::at, kRequired),
    plain("table_name", &Import::table_name, kRequired),
    plain("file", &Import::file, kRequired),
    plain("sha256", &Import::sha256, kRequired),
    plain("rows", &Import::rows, kRequired),
    plain("added", &Import::added, kRequired),
    plain("changed", &Import::changed, kRequired),
    plain("mapping", &Import::mapping),
    plain("notes", &Import::notes),
    plain("version", &Import::version, kRequired),
};

template <>
inline constexpr std::string_view table_of<Revision> = "revision";
template <>
inline constexpr auto columns_of<Revision> = std::tuple{
    span("number", &Revision::number, "id", kKey),
    refer("import", &Revision::import, "import", "import_id"),
    plain("at", &Revision::at),
    plain("table_name", &Revision::table_name, kRequired),
    plain("key", &Revision::key, kRequired),
    plain("former", &Revision::former),
};

template <>
inline constexpr std::string_view table_of<SavedQuery> = "query";
template <>
inline constexpr auto columns_of<SavedQuery> = std::tuple{
    plain("name", &SavedQuery::name, kKey),
    plain("text", &SavedQuery::text, kRequired),
};

}  // namespace planfile
