// What the names of a CSV's columns say, in Chinese and English.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "known_names.h"

namespace planfile {

// What a column is, by its name alone.
enum class Sense {
  none,   // its name is no word for a column: an indicator's, an entity's, anything
  empty,  // it has no name
  name,   // 名称: of whatever the rows are about
  indicator,
  indicator_code,
  entity,
  entity_code,
  place,  // 建设地点, 所在地
  period,
  year,
  quarter,
  month,
  value,  // a figure: 数值, 绝对值, or a period alone: 2023年
  yoy,
  cagr,
  mean,  // 年均: the growth of amounts, but the level of rates
  change,
  rank,
  cumulative,  // 累计
  target,
  base,
  actual,
  progress,  // 完成率: follows from other columns
  claim,
  nature,
  plan,
  unit,
  scope,
  measure,
  among,
  status,
  source,
  locator,
  note,
  number,  // 序号
  category,
  project,
  project_code,
  investment,
  planned_money,
  spent_money,
  spent_in_all,  // since the project began
  milestone,
  stage,
  sector,
  build_kind,  // 建设性质
  owner,       // 责任单位
  content,     // 建设内容
  build_span,  // 建设起止年限
};

struct Heading {
  Sense sense = Sense::none;
  std::string name;  // what no word explains: `地区生产总值` of `2023年地区生产总值(亿元)`
  std::string period;     // as written: `2023年`, `1-8月`, `上年同期`
  std::string unit;       // as written
  std::string status;     // P of 预计值, 初步数 and `2023E`, F of 预测值
  std::string milestone;  // its kind
  enum class When { unsaid, planned, actual } when = When::unsaid;
  bool is_until = false;          // 截至2023年底…
  bool is_growth_target = false;  // of `目标/年均增长`
  bool mentions_sums = false;     // [累计]: figures in square brackets are sums

  // Whether the column's name is a period, or a name, and nothing else.
  [[nodiscard]] bool is_plain() const;
};

// Reads a column's name, in which `/` parts the rows of a header of two. A known name is never
// taken apart.
Heading read_heading(std::string_view column, const KnownNames& names);

// The name of a column as the CSV has it: 增长 of `增长#2`, nothing of `#3`.
std::string_view bare_name(std::string_view column);

// Whether a text names a period, be it one that titles must complete: `1-8月`, `本月`, `上年同期`.
bool is_period_text(std::string_view text);

// What a column spread over "period", "entity" or "indicator" must be.
bool is_spread_over(std::string_view kind, const Heading& heading);

// The column of the table `table` that a heading names, for tables of things rather than figures:
// `代码` is `code`. Empty when it is none.
std::string_view column_of_thing(std::string_view table, std::string_view heading);

}  // namespace planfile
