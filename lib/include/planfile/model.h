#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "planfile/error.h"
#include "planfile/period.h"
#include "planfile/unit.h"
#include "planfile/value.h"

// What a plan file holds, as plain data. A struct is one row of the table of the same name and of
// the CSV of that name in a book; its members are the columns, in the CSV's order. What refers to
// another thing holds that thing's code. An empty string is "not given".
namespace planfile {

struct Source {
  std::string code, title, title_en, publisher;
  std::string published;  // ISO 8601 day
  std::string kind;       // plan, report, yearbook, bulletin, news, dataset, other
  std::string note;
};

struct Entity {
  std::string code;  // GB/T 2260 for regions
  std::string name, name_en;
  std::string kind;                  // district, zone, enterprise, group, ...
  std::string parent;                // entity
  std::string successor;             // entity; of a retired code
  std::string valid_from, valid_to;  // year or ISO 8601 day
  std::string note;
};

struct Scope {
  std::string code, name, name_en, definition;
};

struct Indicator {
  std::string code, name, name_en;
  std::string unit;  // of its levels
  std::string category;
  std::string direction;  // higher, lower, neither: which is better
  std::string kind;       // flow, stock, ratio, rank
  std::string definition, definition_en, note;
};

struct Alias {
  std::string kind;  // indicator, entity, unit, project
  std::string code;  // of the thing
  std::string name;  // its other name
};

// One operand of an indicator's derivation: sum(numerators) / sum(denominators), in base units.
struct Formula {
  std::string indicator;
  std::string role;     // numerator, denominator
  std::string operand;  // indicator
  double coefficient = 1;
  std::string note;
};

struct Plan {
  std::string code, name, name_en;
  std::string entity;
  Period period;  // the span it covers
  std::string source;
  std::string parent;  // the plan it is under
  std::string note;
};

// `value` is in the series' unit once checked; `unit` then names the unit as printed where that
// was another.
struct Observation {
  std::string indicator, entity;
  Period period;
  Figure value;
  std::string unit, scope;
  std::string measure;  // level, yoy, change, growth, multiple, cagr, rank, yoy_rank, gap, yoy_gap
  std::string among;    // entity: the group ranked in or compared with
  std::string status;   // SDMX CL_OBS_STATUS
  std::string source, locator, note;
  std::optional<std::int64_t> import;
};

struct Target {
  std::string plan, indicator, entity;
  Period period;
  Figure value;  // a number, a wording, or a mark
  std::string unit, scope, measure, among;
  std::string nature;  // expected, binding
  Figure base_value;
  std::optional<Period> base_period;
  std::string claim;             // met, partly_met, not_met, not_assessed
  std::string category, number;  // the plan's own grouping and numbering
  std::string source, locator, note;
  std::optional<std::int64_t> import;
};

struct Project {
  std::string code, name, name_en;
  std::string entity;  // where it is
  std::string sector;  // OC4IDS projectSector
  std::string kind;    // project, bundle, platform, park, facility, line, programme
  std::string stage;   // OC4IDS projectStatus
  Figure investment;   // total, in `unit`
  std::string unit;
  std::string parent;  // project
  std::string source, locator, note;
  std::optional<std::int64_t> import;
};

struct Milestone {
  std::string project, kind;
  std::optional<Period> planned, actual;
  std::string source, locator, note;
  std::optional<std::int64_t> import;
};

struct Outlay {
  std::string project;
  Period period;
  Figure planned, spent;  // in `unit`
  std::string unit, source, locator, note;
  std::optional<std::int64_t> import;
};

// One import into a file. `number` is its id, which the rows it brought carry.
struct Import {
  std::int64_t number = 0;
  std::string at;  // UTC, "2026-03-01T08:00:00Z"
  std::string table_name;
  std::string file;    // name without folder
  std::string sha256;  // of the file's bytes, in hex
  std::int64_t rows = 0, added = 0, changed = 0;
  std::string mapping;  // JSON: how the file was read
  std::string notes;    // what stood above and below its table
  std::string version;  // of planfile
};

// A former state of a row, key and state as JSON by CSV column. Without a state there was no such
// row before.
struct Revision {
  std::int64_t number = 0;
  std::optional<std::int64_t> import;  // the one that changed it; none: by hand
  std::string at;                      // UTC; when it was changed by hand
  std::string table_name, key, former;
};

// A saved query of the user's own. planfile's are not part of a book.
struct SavedQuery {
  std::string name, text;
};

// What a file knows by name: input may call a thing by its code, name or alias.
struct Catalogue {
  // Every accepted name of one kind of thing, and the code it stands for. A code always stands for
  // itself; any other name that stands for several has an empty code.
  using Names = std::map<std::string, std::string, std::less<>>;

  std::map<std::string, Names, std::less<>> names;          // by table: "indicator", "entity", ...
  std::map<std::string, Unit, std::less<>> units;           // by code
  std::map<std::string, std::string, std::less<>> unit_of;  // unit code by indicator code
  std::map<std::string, Plan, std::less<>> plans;           // by code
  std::vector<std::string> missing_statuses;                // codes that say "no value"

  void add(std::string_view table, std::string_view name, std::string_view code);
};

// The code that `name` stands for in `table`; the reason names the nearest known ones.
Parsed<std::string> resolve(const Catalogue& known, std::string_view table, std::string_view name);

// The unit of a series' values: it follows from the measure and the unit of the indicator's levels.
std::string series_unit(std::string_view measure, std::string_view level_unit);

}  // namespace planfile
