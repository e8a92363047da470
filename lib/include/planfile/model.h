#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };
  // Every accepted name of one kind of thing, and the code it stands for: none where it stands for
  // several. A code always stands for itself.
  using Names =
      std::unordered_map<std::string, std::optional<std::string>, TextHash, std::equal_to<>>;

  // What was found near to names that are not known. Looking through tens of thousands of names
  // takes long, so each is sought once, and in each table only the first few are.
  class Hints {
   public:
    Hints() = default;
    Hints(const Hints&) {}  // a copy finds out for itself
    Hints& operator=(const Hints&) { return *this; }

    // As did_you_mean() says it; empty where too many names were sought already.
    std::string near(std::string_view table, std::string_view name, const Names& among);

   private:
    std::mutex mutex_;
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> found_;
  };

  std::map<std::string, Names, std::less<>> names;          // by table: "indicator", "entity", ...
  std::map<std::string, Names, std::less<>> loose;          // the same names, loosened
  std::map<std::string, Unit, std::less<>> units;           // by code
  std::map<std::string, std::string, std::less<>> unit_of;  // unit code by indicator code
  std::map<std::string, Plan, std::less<>> plans;           // by code
  std::vector<std::string> missing_statuses;                // codes that say "no value"
  mutable Hints hints;

  void add(std::string_view table, std::string_view name, std::string_view code);
};

// What a name stands for.
struct Named {
  enum class Count { none, one, several };
  Count count = Count::none;
  std::string_view code;  // of the one thing; holds as long as the catalogue stays as it is
};

// What `name` stands for in `table`: as it is, else but for what only typography tells apart (full
// width, capitals, spaces, brackets and quotation marks; in units capitals matter), else, of an
// indicator, but for a unit at its end (split_unit) and, of an entity, for a 省, 市, 区, 县 or
// 自治区 that one of the two names leaves out. 绍兴县 is not 绍兴 where that is called 绍兴市 as
// well.
Named find_name(const Catalogue& known, std::string_view table, std::string_view name);

// Why a name stands for none or several; of none the nearest known ones are named.
std::string no_name(const Catalogue& known, std::string_view table, std::string_view name,
                    Named::Count count);

// The code of the one thing that a name stands for, or why there is none.
Parsed<std::string> resolve(const Catalogue& known, std::string_view table, std::string_view name);

// A unit as a text says it. 千人 is a thousand of the unit 人 where 千人 is no unit of its own.
struct UnitText {
  std::string code;  // of the unit, with the multiplier in front where there is one
  const Unit* unit = nullptr;
  double multiplier = 1;
};
std::optional<UnitText> find_unit(const Catalogue& known, std::string_view text);

// A name and the unit that stood behind it: `国内生产总值（亿元）`, `GDP (单位：亿元)`,
// `指数_上年=100`. Only what is known as a unit is taken for one: `社会消费品零售总额(1~8月)` has
// none.
struct NamedUnit {
  std::string name;
  std::string unit;  // as UnitText::code; empty without one
};
NamedUnit split_unit(std::string_view text, const Catalogue& known);

// The unit of a series' values: it follows from the measure and the unit of the indicator's levels.
std::string series_unit(std::string_view measure, std::string_view level_unit);

}  // namespace planfile
