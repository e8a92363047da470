// Tables of observations: tidy rows, and periods, entities, indicators or measures across.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "planfile/period.h"
#include "growth.h"
#include "infer_study.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

using Says = std::map<std::string, std::string, std::less<>>;

bool is_figure_sense(Sense sense) {
  return sense == Sense::value || sense == Sense::base || sense == Sense::actual ||
         sense == Sense::cumulative || is_growth(sense);
}

// Names that end as regions do, for tables whose names are not known.
bool looks_like_region(std::string_view name) {
  constexpr std::string_view kKinds[] = {"省",   "市", "区", "县", "镇", "乡",
                                         "街道", "村", "州", "盟", "旗"};
  return std::any_of(std::begin(kKinds), std::end(kKinds),
                     [&](std::string_view kind) { return name.ends_with(kind); });
}

class FiguresReader {
 public:
  explicit FiguresReader(const Study& study) : study_(study), draft_(study) {}

  // The columns with figures; none: the table is none of observations.
  bool find_values() {
    for (std::size_t at = 0; at < study_.size(); ++at) {
      const Heading& heading = study_.headings[at];
      if (is_figure_sense(heading.sense)) values_.push_back(at);
    }
    const bool has_level = std::any_of(values_.begin(), values_.end(), [&](std::size_t at) {
      return !is_growth(heading(at).sense) || !heading(at).name.empty();
    });
    if (!has_level) find_named();
    return !values_.empty();
  }

  Inference read() && {
    rule_.table = "observation";
    report_near_misses(study_, "observation", draft_);
    find_kind();
    const bool is_tidy = values_.size() == 1 && is_tidy_value(values_.front());
    if (is_tidy) {
      take_value(values_.front());
    } else {
      rule_.columns.emplace("value", kFromCell);
    }
    if (kind_ != "indicator") add_key("indicator", find_indicator(study_, draft_));
    if (kind_ != "entity") add_key("entity", find_entity(study_, draft_));
    if (needs_period()) add_period(study_, rule_, draft_);
    add_year_of_rows();
    add_unit();
    add_remarks(study_, rule_, draft_);
    if (!is_tidy) spread();
    require_source(study_, rule_, draft_);
    draft_.add(std::move(rule_));
    return std::move(draft_).finish();
  }

 private:
  [[nodiscard]] const Heading& heading(std::size_t at) const { return study_.headings[at]; }

  void add_key(const std::string& column, std::optional<Origin> origin) {
    if (origin) rule_.columns.insert_or_assign(column, *origin);
  }

  // Columns of figures under names that are no words: of indicators, or of entities.
  void find_named() {
    for (std::size_t at = 0; at < study_.size(); ++at) {
      const bool is_named = heading(at).sense == Sense::none && !heading(at).name.empty();
      if (is_named && study_.is_of_figures(at)) values_.push_back(at);
    }
    std::sort(values_.begin(), values_.end());
  }

  // What a column of figures is named after: growth without a name after the column to its left.
  [[nodiscard]] std::string name_of(std::size_t at) const {
    std::string name = heading(at).name;
    for (const std::size_t other : values_) {
      const bool leads = other < at && heading(at).name.empty() && is_growth(heading(at).sense);
      if (leads && !heading(other).name.empty()) name = heading(other).name;
    }
    return name;
  }

  [[nodiscard]] bool is_tidy_value(std::size_t at) const {
    return heading(at).sense == Sense::value && heading(at).period.empty() &&
           heading(at).name.empty() && !heading(at).mentions_sums;
  }

  // What the names of value columns are of: "indicator", "entity", or empty where they have none.
  void find_kind() {
    std::size_t named = 0, indicators = 0, entities = 0, regions = 0, units = 0;
    for (const std::size_t at : values_) {
      const std::string& name = heading(at).name;
      if (name.empty()) continue;
      ++named;
      if (study_.names.has("indicator", name)) ++indicators;
      if (study_.names.has("entity", name)) ++entities;
      if (looks_like_region(name)) ++regions;
      if (!heading(at).unit.empty()) ++units;
    }
    if (named == 0) return;
    const auto indicator = indicator_column(study_), entity = entity_column(study_);
    if ((indicator && indicators > 0) || (entity && entities > 0) || (indicator && entity)) {
      return draft_.fault(
          "rows and columns both name the indicator, or both whom it is about; say in "
          "a mapping (--map) what the columns are");
    }
    if (entity || (indicators > 0 && entities == 0)) {
      kind_ = "indicator";
    } else if (entities > 0 && indicators == 0) {
      kind_ = "entity";
    } else if (indicators > 0) {
      refuse_kind(indicators, entities);
    } else if (indicator || study_.is_said("indicator")) {
      kind_ = "entity";
      if (regions < named) refuse_names();
    } else if (units > 0 || study_.is_said("entity")) {
      kind_ = "indicator";
    } else if (regions == named) {
      kind_ = "entity";
    } else {
      refuse_kind(indicators, entities);
    }
  }

  void refuse_kind(std::size_t indicators, std::size_t entities) {
    draft_.excuse("indicator");
    draft_.excuse("entity");
    draft_.fault(
        fmt::format("the columns may be indicators or entities ({} known as the one, {} as the "
                    "other); say which in a mapping (--map)",
                    indicators, entities));
  }

  // Columns beside indicators that may be of entities, or of anything else.
  void refuse_names() {
    for (const std::size_t at : values_) {
      if (heading(at).name.empty()) continue;
      draft_.fault(fmt::format("\"{}\" is no known entity; add it to the file first, or say in a "
                               "mapping (--map) what it is",
                               heading(at).name),
                   study_.column(at));
    }
  }

  // Whether a value column leaves its period to the rows or the titles.
  [[nodiscard]] bool needs_period() const {
    return std::any_of(values_.begin(), values_.end(), [&](std::size_t at) {
      return heading(at).period.empty() && !leading_period(study_, values_, at);
    });
  }

  // Months across and years down: 年份, 1月, 2月, ...
  void add_year_of_rows() {
    const auto year =
        study_.has(Sense::year) ? study_.first_of(Sense::year) : study_.first_of(Sense::period);
    const bool lacks_year = std::any_of(values_.begin(), values_.end(), [&](std::size_t at) {
      return !heading(at).period.empty() && !parse_period(heading(at).period);
    });
    if (!year || !lacks_year || rule_.columns.contains("period")) return;
    rule_.columns.emplace(kYear, from_merged(study_, *year));
    draft_.mean(*year, "year of the periods");
  }

  void take_value(std::size_t at) {
    rule_.columns.emplace("value", from_column(study_, at));
    draft_.mean(at, "value");
    if (!heading(at).unit.empty()) rule_.columns.emplace("unit", from_text(heading(at).unit));
  }

  void add_unit() {
    const auto at = study_.first_of(Sense::unit);
    const bool is_entity = at && entity_column(study_) == at;
    if (at && !is_entity && study_.cells(*at).filled > 0) {
      if (rule_.columns.contains("unit")) {
        draft_.fault(fmt::format("two units: of the column {}, and in the header of the figures",
                                 quoted(study_.column(*at))));
      }
      rule_.columns.insert_or_assign("unit", from_column(study_, *at));
      draft_.mean(*at, "unit");
      return;
    }
    const bool all_told = std::all_of(values_.begin(), values_.end(), [&](std::size_t value) {
      return !heading(value).unit.empty() || is_growth(heading(value).sense);
    });
    const bool open = !rule_.columns.contains("unit") && !study_.is_said("unit");
    if (!all_told && open && study_.titles.say("unit")) {
      rule_.columns.emplace("unit", kFromTitle);
    }
  }

  void spread() {
    check_periods();
    if (is_plain()) {
      rule_.spread_over = kind_.empty() ? "period" : kind_;
      for (const std::size_t at : values_) {
        const std::string& name = kind_.empty() ? heading(at).period : heading(at).name;
        draft_.mean(at, kind_.empty() ? fmt::format("value of {}", name)
                                      : fmt::format("value of the {} {}", kind_, name));
      }
      return;
    }
    std::set<Says> taken;
    for (const std::size_t at : values_) {
      if (heading(at).sense == Sense::rank) continue;
      const auto says = says_of(at);
      if (!says) continue;
      if (!taken.insert(*says).second) {
        draft_.fault("two columns say the same", study_.column(at));
      }
      draft_.mean(at, meaning_of(*says));
      rule_.spread.push_back({study_.column(at), *says});
    }
  }

  // A period of the header beside one of the rows: which holds can't be told.
  void check_periods() {
    const auto period = rule_.columns.find("period");
    if (period == rule_.columns.end() || period->second.from == Origin::From::title) return;
    for (const std::size_t at : values_) {
      if (heading(at).period.empty()) continue;
      draft_.fault(fmt::format("two periods: in the column {}, and in the header of the figures",
                               quoted(period->second.text)),
                   study_.column(at));
      return;
    }
  }

  // Whether `spread_over` takes exactly the columns of figures: no others would read so.
  [[nodiscard]] bool is_plain() const {
    const std::string_view kind = kind_.empty() ? "period" : std::string_view(kind_);
    std::set<std::string_view> named;
    for (const auto& [column, origin] : rule_.columns) named.insert(origin.text);
    std::vector<std::size_t> taken;
    for (std::size_t at = 0; at < study_.size(); ++at) {
      if (!named.contains(study_.column(at)) && is_spread_over(kind, heading(at)))
        taken.push_back(at);
    }
    const bool all_read = std::all_of(values_.begin(), values_.end(), [&](std::size_t at) {
      return heading(at).period.empty() || rule_.columns.contains(kYear) ||
             study_.titles.complete(heading(at).period);
    });
    return taken == values_ && all_read;
  }

  // What a column says of its facts; nothing, and a fault, when it says too little.
  std::optional<Says> says_of(std::size_t at) {
    const Heading& own = heading(at);
    Says says;
    const std::string name = name_of(at);
    if (!name.empty()) says[kind_.empty() ? "indicator" : kind_] = name;
    if (name.empty() && !kind_.empty()) {
      draft_.fault(fmt::format("of which {}? say so in the header, or in a mapping (--map)", kind_),
                   study_.column(at));
    }
    if (!own.unit.empty()) says["unit"] = own.unit;
    if (!own.status.empty()) says["status"] = own.status;
    const auto leading = leading_period(study_, values_, at);
    if (!own.period.empty() || leading) says["period"] = own.period.empty() ? *leading : own.period;
    if (says.contains("period") && !rule_.columns.contains(kYear)) {
      if (const auto read = study_.titles.complete(says["period"]); !read) {
        draft_.fault(read.reason + "; name the period in a mapping (--map)", study_.column(at));
      }
    }
    if (is_growth(own.sense)) return with_growth(at, std::move(says));
    return says;
  }

  std::optional<Says> with_growth(std::size_t at, Says says) {
    const auto growth = growth_of(study_, values_, at);
    if (!growth) {
      draft_.fault(growth.reason, study_.column(at));
      return std::nullopt;
    }
    says["measure"] = growth->measure;
    if (!growth->period.empty()) says["period"] = growth->period;
    const bool takes_unit = rule_.columns.contains("unit") && !says.contains("unit");
    if (takes_unit && growth->measure != "change") says["unit"] = "%";
    return says;
  }

  static std::string meaning_of(const Says& says) {
    std::string meaning = "value";
    for (const std::string_view column :
         {"indicator", "entity", "period", "measure", "unit", "status"}) {
      const auto said = says.find(column);
      if (said == says.end()) continue;
      meaning += meaning == "value" ? " of " : ", ";
      meaning += column == "status" ? "status " + said->second : said->second;
    }
    return meaning;
  }

  const Study& study_;
  Sketch draft_;
  Rule rule_;
  std::vector<std::size_t> values_;
  std::string kind_;
};

}  // namespace

std::optional<Inference> infer_figures(const Study& study) {
  if (!study.wants("observation")) return std::nullopt;
  FiguresReader reader(study);
  if (!reader.find_values()) return std::nullopt;
  return std::move(reader).read();
}

}  // namespace planfile
