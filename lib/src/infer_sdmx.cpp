// SDMX-CSV 1.0 (first column DATAFLOW) and 2.x (STRUCTURE, STRUCTURE_ID, ACTION).
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "infer_study.h"
#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

// The column's id, in capitals: FREQ of `FREQ: Frequency`, `FREQ:Frequency` and `freq`.
std::string id_of(std::string_view column) {
  std::string id(trim(column.substr(0, column.find(':'))));
  std::transform(id.begin(), id.end(), id.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return id;
}

bool is_any(std::string_view id, std::string_view ids) {
  return (" " + std::string(ids) + " ").find(" " + std::string(id) + " ") != std::string::npos;
}

class SdmxReader {
 public:
  explicit SdmxReader(const Study& study) : study_(study), draft_(study) {
    for (const std::string& column : study.sheet.columns) ids_.push_back(id_of(column));
    labels_ =
        std::any_of(study.sheet.columns.begin(), study.sheet.columns.end(),
                    [](const std::string& column) { return column.find(':') != column.npos; });
  }

  // By their first column, which the standard fixes.
  [[nodiscard]] bool is_sdmx() const {
    const bool opens = ids_.size() > 2 && (ids_[0] == "DATAFLOW" || ids_[0] == "STRUCTURE" ||
                                           ids_[0].starts_with("STRUCTURE["));
    return opens && at("OBS_VALUE") && at("TIME_PERIOD");
  }

  Inference read() && {
    rule_.table = "observation";
    pass_over_frame();
    take("TIME_PERIOD", "period");
    take("OBS_VALUE", "value");
    take("REF_AREA GEO GEO_PICT REGION COUNTRY", "entity");
    take("INDICATOR SERIES SUBJECT", "indicator");
    take("UNIT_MEASURE UNIT", "unit");
    take("UNIT_MULT", kUnitMult);
    take("OBS_STATUS OBS_FLAG", "status");
    take("COMMENT_OBS OBS_COMMENT OBS_NOTE", "note");
    take("SOURCE DATA_SOURCE", "source");
    check_power();
    take_dimensions();
    if (!rule_.columns.contains("entity")) add_key("entity", find_entity(study_, draft_));
    if (!rule_.columns.contains("indicator")) add_key("indicator", find_indicator(study_, draft_));
    require_source(study_, rule_, draft_);
    draft_.add(std::move(rule_));
    return std::move(draft_).finish();
  }

 private:
  [[nodiscard]] std::optional<std::size_t> at(std::string_view ids) const {
    for (std::size_t column = 0; column < ids_.size(); ++column) {
      if (is_any(ids_[column], ids)) return column;
    }
    return std::nullopt;
  }

  void take(std::string_view ids, std::string_view column) {
    const auto found = at(ids);
    if (!found || !study_.may_tell(*found)) return;
    const bool has_codes = labels_ && column != "value" && column != "note" && column != "period";
    rule_.columns.emplace(column, Origin{has_codes ? Origin::From::code : Origin::From::column,
                                         study_.column(*found)});
    draft_.mean(*found, column == kUnitMult ? "power of ten of the unit" : column);
  }

  void add_key(const std::string& column, std::optional<Origin> origin) {
    if (origin) rule_.columns.emplace(column, *origin);
  }

  // A power of ten is of a unit that must be told, be it of the indicator or not.
  void check_power() {
    const auto power = at("UNIT_MULT");
    if (!power || rule_.columns.contains("unit")) return;
    for (const std::string& text : study_.samples(*power)) {
      if (text.starts_with('0')) continue;
      draft_.fault(
          "a power of ten without a column UNIT_MEASURE; name the unit in a mapping (--map)",
          study_.column(*power));
      return;
    }
  }

  // What frames the message rather than being of it.
  void pass_over_frame() {
    for (std::size_t column = 0; column < ids_.size(); ++column) {
      if (is_any(ids_[column],
                 "DATAFLOW STRUCTURE STRUCTURE_ID STRUCTURE_NAME SERIES_KEY SERIESKEY "
                 "OBS_KEY") ||
          ids_[column].starts_with("STRUCTURE[")) {
        draft_.pass_over(column, "names the data set");
      } else if (ids_[column] == "FREQ") {
        draft_.pass_over(column, "the period tells it");
      } else if (ids_[column] == "ACTION") {
        pass_over_action(column);
      } else if (is_any(ids_[column],
                        "CONF_STATUS DECIMALS LAST_UPDATE UPDATED TITLE COMPILING_ORG "
                        "TIME_FORMAT COLL_PERIOD EMBARGO_DATE") ||
                 ids_[column] == "LAST UPDATE") {
        draft_.pass_over(column, "a remark on the series");
      }
    }
  }

  void pass_over_action(std::size_t column) {
    draft_.pass_over(column, "every row adds or renews");
    for (const std::string& action : study_.samples(column)) {
      if (!action.starts_with('D')) continue;
      draft_.fault("rows that delete (ACTION D) can't be imported", study_.column(column));
    }
  }

  // What else stands before the value is a dimension. It must not vary, or different things would
  // fall into one series; a lone one that does is what is measured, where no column else tells it.
  void take_dimensions() {
    std::vector<std::size_t> varying;
    const std::size_t value = *at("OBS_VALUE");
    for (std::size_t column = 0; column < value; ++column) {
      if (draft_.has_meaning(column)) continue;
      const Study::Cells& cells = study_.cells(column);
      const bool names_the_last = labels_by_name(column);
      if (names_the_last) {
        draft_.pass_over(column,
                         fmt::format("{} says the same", quoted(study_.column(column - 1))));
      } else if (cells.constant) {
        draft_.pass_over(column, cells.filled == 0 ? "empty" : "the same in every row");
      } else {
        varying.push_back(column);
      }
    }
    if (varying.size() == 1 && !rule_.columns.contains("indicator")) {
      take(ids_[varying.front()], "indicator");
      return;
    }
    for (const std::size_t column : varying) {
      draft_.pass_over(column, "a dimension with several values");
      draft_.fault(
          "a dimension with several values, which would fall into one series: keep one of "
          "them, or give the column a meaning in a mapping (--map)",
          study_.column(column));
    }
  }

  // With labels=name the column behind a code has its name: `FREQ,Frequency of observation`.
  [[nodiscard]] bool labels_by_name(std::size_t column) const {
    const std::string& name = study_.column(column);
    const bool is_text = std::any_of(name.begin(), name.end(),
                                     [](unsigned char c) { return std::islower(c) || c == ' '; });
    return column > 0 && at("STRUCTURE_NAME") && is_text && name.find('_') == std::string::npos;
  }

  const Study& study_;
  Sketch draft_;
  Rule rule_;
  std::vector<std::string> ids_;
  bool labels_ = false;
};

}  // namespace

std::optional<Inference> infer_sdmx(const Study& study) {
  SdmxReader reader(study);
  if (!reader.is_sdmx() || !study.wants("observation")) return std::nullopt;
  return std::move(reader).read();
}

}  // namespace planfile
