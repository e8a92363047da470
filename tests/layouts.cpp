#include "layouts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <stdexcept>

#include "planfile/bytes.h"
#include "planfile/csv.h"
#include "planfile/period.h"
#include "binding.h"
#include "support.h"
#include "table_columns.h"
#include "text.h"

namespace planfile::test {
namespace {

struct Names {
  std::string_view table, code, names;  // parted by bars
};

constexpr Names kNames[] = {
    {"indicator", "gdp", "地区生产总值|国内生产总值|全区生产总值|Gross domestic product"},
    {"indicator", "gdp-per-capita", "人均生产总值|人均国内生产总值"},
    {"indicator", "population", "常住人口|年末常住人口|Permanent population"},
    {"indicator", "general-budget-revenue", "一般公共预算收入"},
    {"indicator", "retail-sales", "社会消费品零售总额"},
    {"indicator", "industry-value-added", "规模以上工业增加值|规上工业增加值"},
    {"indicator", "fixed-asset-investment", "固定资产投资"},
    {"indicator", "exports", "出口总额"},
    {"indicator", "new-urban-jobs", "新增城镇就业人数"},
    {"indicator", "forest-cover", "森林覆盖率"},
    {"indicator", "NY.GDP.MKTP.CD", "GDP in current US dollars"},
    {"indicator", "SP.POP.TOTL", "Total population"},
    {"entity", "330000", "浙江省|Zhejiang"},
    {"entity", "330100", "杭州市|Hangzhou"},
    {"entity", "330200", "宁波市|Ningbo"},
    {"entity", "330600", "绍兴市|Shaoxing"},
    {"entity", "330602", "越城区|Yuecheng"},
    {"entity", "330603", "柯桥区|Keqiao"},
    {"entity", "330604", "上虞区|Shangyu"},
    {"entity", "330624", "新昌县|Xinchang"},
    {"entity", "330681", "诸暨市|Zhuji"},
    {"entity", "330683", "嵊州市|Shengzhou"},
    {"entity", "CHN", "中国|China"},
    {"sector", "education", "教育"},
    {"sector", "health", "卫生健康"},
    {"source", "sx-yearbook", "绍兴统计年鉴"},
    {"plan", "yuecheng-13th", "越城区第十三个五年规划"},
    {"plan", "yuecheng-14th", "越城区第十四个五年规划"},
    {"plan", "keqiao-14th", "柯桥区第十四个五年规划"},
    {"plan", "xinchang-14th", "新昌县第十四个五年规划"},
};

constexpr std::string_view kUnits[] = {"元",
                                       "万元",
                                       "亿元",
                                       "%",
                                       "‰",
                                       "百分点",
                                       "人",
                                       "万人",
                                       "吨",
                                       "万吨",
                                       "公顷",
                                       "平方公里",
                                       "吨/万元",
                                       "微克/立方米",
                                       "个",
                                       "件",
                                       "家",
                                       "100 million yuan",
                                       "10 000 persons"};

Plan make_plan(std::string code, std::string entity, std::string_view years) {
  return {.code = std::move(code),
          .name = {},
          .name_en = {},
          .entity = std::move(entity),
          .period = *parse_period(years),
          .source = {},
          .parent = {},
          .note = {}};
}

Catalogue make_catalogue() {
  Catalogue known;
  for (const auto& [table, code, names] : kNames) {
    known.add(table, code, code);
    std::string_view rest = names;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      known.add(table, rest.substr(0, end), code);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  for (const std::string_view unit : kUnits) known.add("unit", unit, unit);
  for (const Plan& plan : {make_plan("yuecheng-13th", "330602", "2016/2020"),
                           make_plan("yuecheng-14th", "330602", "2021/2025"),
                           make_plan("keqiao-14th", "330603", "2021/2025"),
                           make_plan("xinchang-14th", "330624", "2021/2025")}) {
    known.plans.emplace(plan.code, plan);
  }
  return known;
}

std::string_view cell_at(const std::vector<std::string>& cells, std::size_t at) {
  return at < cells.size() ? trim(cells[at]) : std::string_view();
}

// One fact, as text; empty when the row has none.
std::string fact_of(const std::vector<std::string>& cells, const BoundRule& rule) {
  const bool exists = std::any_of(rule.value_cells.begin(), rule.value_cells.end(),
                                  [&](std::size_t at) { return !cell_at(cells, at).empty(); });
  if (!exists) return {};
  std::map<std::string, std::string> said;
  bool has_brackets = false;
  const auto take = [&](const std::string& name, const BoundColumn& from) {
    std::string_view text = from.column == kNoColumn ? from.text : cell_at(cells, from.column);
    if (from.takes_code) text = code_of(text);
    if (const auto inner = unbracketed(text); inner && !rule.bracketed.empty()) {
      has_brackets = has_brackets || name == "value";
      text = *inner;
    }
    said[name] = text;
  };
  for (const auto& [name, from] : rule.columns) take(name, from);
  if (has_brackets) {
    for (const auto& [name, from] : rule.bracketed) take(name, from);
  }
  if (const auto year = said.find(std::string(kYear)); year != said.end()) {
    said["period"] = period_in_year(said["period"], year->second);
    said.erase(year);
  }
  std::string fact = rule.table;
  for (const std::string_view name : names_of_columns(*table_to_import(rule.table))) {
    const auto found = said.find(std::string(name));
    if (found == said.end() || found->second.empty()) continue;
    fact += " " + found->first + "=" + found->second;
  }
  return fact;
}

}  // namespace

const Catalogue& layout_catalogue() {
  static const Catalogue known = make_catalogue();
  return known;
}

std::vector<SheetRow> rows_of(std::string_view text) {
  const auto bytes = text_bytes(text);
  CsvReader reader(*bytes, {.delimiter = find_delimiter(text), .encoding = "UTF-8", .valid = true});
  std::vector<SheetRow> rows;
  Row row;
  while (reader.next(row)) rows.push_back({row.line, {row.cells.begin(), row.cells.end()}});
  return rows;
}

Opened open_table(std::string_view text) {
  Opened opened;
  opened.rows = rows_of(text);
  auto sheet = find_sheet(opened.rows);
  if (!sheet) throw std::runtime_error(sheet.reason);
  opened.sheet = *sheet;
  std::copy_if(opened.rows.begin(), opened.rows.end(), std::back_inserter(opened.data),
               [&](const SheetRow& row) { return row.line >= opened.sheet.first_row; });
  return opened;
}

Opened open_layout(const std::string& name) {
  return open_table(read(root() / "tests" / "data" / "layouts" / (name + ".csv")));
}

std::vector<std::string> facts_of(const Opened& table, const Mapping& mapping) {
  const Bound bound = bind_mapping(mapping, table.sheet, layout_catalogue());
  std::vector<std::string> facts, above(table.sheet.columns.size());
  for (SheetRow row : table.data) {
    const std::vector<std::string_view> views(row.cells.begin(), row.cells.end());
    const RowKind kind = kind_of(views, table.sheet);
    if (kind == RowKind::note || kind == RowKind::header) continue;
    if (kind == RowKind::total && mapping.skip_totals) continue;
    for (const std::size_t at : bound.carried) {
      if (at >= row.cells.size()) continue;
      if (trim(row.cells[at]).empty()) row.cells[at] = above[at];
      above[at] = row.cells[at];
    }
    for (const BoundRule& rule : bound.rules) {
      const std::string fact = fact_of(row.cells, rule);
      if (!fact.empty()) facts.push_back(std::to_string(row.line) + " " + fact);
    }
  }
  return facts;
}

}  // namespace planfile::test
