#include "query_plan.h"

#include <array>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace planfile {
namespace {

// What a step begins with, and what that means. {} stands for what follows.
struct Wording {
  std::string_view begins, en, zh;
};

constexpr std::array<Wording, 24> kWordings = {{
    {"SCAN CONSTANT ROW", "take a single row of constants", "取一行常量"},
    {"SCAN ", "read all of {}", "通读 {}"},
    {"SEARCH ", "look up in {}", "查找 {}"},
    {"USE TEMP B-TREE FOR ORDER BY", "sort for ORDER BY", "为 ORDER BY 排序"},
    {"USE TEMP B-TREE FOR GROUP BY", "sort for GROUP BY", "为 GROUP BY 排序"},
    {"USE TEMP B-TREE FOR DISTINCT", "sort for DISTINCT", "为 DISTINCT 排序"},
    {"USE TEMP B-TREE FOR ", "sort for {}", "为 {} 排序"},
    {"CORRELATED SCALAR SUBQUERY ", "for each row, work out subquery {}", "逐行计算子查询 {}"},
    {"CORRELATED LIST SUBQUERY ", "for each row, list subquery {}", "逐行列出子查询 {}"},
    {"SCALAR SUBQUERY ", "once, work out subquery {}", "计算一次子查询 {}"},
    {"LIST SUBQUERY ", "once, list subquery {}", "列出一次子查询 {}"},
    {"REUSE SUBQUERY ", "use subquery {} again", "再用子查询 {}"},
    {"REUSE LIST SUBQUERY ", "use the list of subquery {} again", "再用子查询 {} 的清单"},
    {"CO-ROUTINE ", "row by row, work out {}", "逐行产生 {}"},
    {"MATERIALIZE ", "once, work out and keep {}", "计算一次并保存 {}"},
    {"MULTI-INDEX OR", "look up by several indexes, either of which may find the row",
     "用多个索引查找，任一命中即可"},
    {"INDEX ", "index {}", "索引 {}"},
    {"COMPOUND QUERY", "put several queries together", "合并多个查询"},
    {"LEFT-MOST SUBQUERY", "the first query", "第一个查询"},
    {"UNION ALL", "then the next query", "接着下一个查询"},
    {"UNION USING TEMP B-TREE", "then the next query, each row once", "接着下一个查询，去掉重复行"},
    {"RECURSIVE STEP", "again and again, with the rows found so far", "用已得的行反复执行"},
    {"SETUP", "to begin with", "开始"},
    {"MERGE (", "merge sorted queries ({}", "归并已排序的查询 ({}"},
}};

// What follows the name of a table: how its rows are found.
constexpr std::array<Wording, 6> kManners = {{
    {" USING AUTOMATIC COVERING INDEX ", " by an index made for this query ",
     "，用为此查询临时建的索引 "},
    {" USING AUTOMATIC PARTIAL COVERING INDEX ", " by an index made for this query ",
     "，用为此查询临时建的索引 "},
    {" USING INTEGER PRIMARY KEY ", " by its id ", "，按编号 "},
    {" USING PRIMARY KEY ", " by its key ", "，按主键 "},
    {" USING COVERING INDEX ", " by index alone: ", "，只用索引 "},
    {" USING INDEX ", " by index ", "，用索引 "},
}};

std::string filled(std::string_view wording, std::string_view with) {
  const std::size_t hole = wording.find("{}");
  if (hole == wording.npos) return fmt::format("{}{}", wording, with);
  return fmt::format("{}{}{}", wording.substr(0, hole), with, wording.substr(hole + 2));
}

std::string with_manner(std::string_view text, std::string_view lang) {
  for (const Wording& manner : kManners) {
    const std::size_t at = text.find(manner.begins);
    if (at == text.npos) continue;
    return fmt::format("{}{}{}", text.substr(0, at), lang == "zh" ? manner.zh : manner.en,
                       text.substr(at + manner.begins.size()));
  }
  return std::string(text);
}

using Steps = std::multimap<std::int64_t, std::pair<std::int64_t, std::string>>;

void print_steps(const Steps& steps, std::int64_t parent, const std::string& indent,
                 std::string_view lang, std::ostream& out) {
  const auto [first, last] = steps.equal_range(parent);
  for (auto step = first; step != last; ++step) {
    const bool is_last = std::next(step) == last;
    fmt::print(out, "{}{}{}\n", indent, is_last ? "└─ " : "├─ ",
               step_in_words(step->second.second, lang));
    if (step->second.first <= parent) continue;  // SQLite counts up; a ring would never end
    print_steps(steps, step->second.first, indent + (is_last ? "   " : "│  "), lang, out);
  }
}

}  // namespace

bool is_query_plan(const Table& table) {
  return table.columns == std::vector<std::string>{"id", "parent", "notused", "detail"};
}

std::string step_in_words(std::string_view detail, std::string_view lang) {
  for (const Wording& wording : kWordings) {
    if (!detail.starts_with(wording.begins)) continue;
    const std::string rest = with_manner(detail.substr(wording.begins.size()), lang);
    return filled(lang == "zh" ? wording.zh : wording.en, rest);
  }
  return with_manner(detail, lang);
}

void print_query_plan(const Table& plan, std::string_view lang, std::ostream& out) {
  Steps steps;
  for (const auto& row : plan.rows) {
    const auto number = [&](std::size_t at) {
      const auto* id = std::get_if<std::int64_t>(&row[at]);
      return id == nullptr ? 0 : *id;
    };
    steps.emplace(number(1), std::pair(number(0), to_text(row[3])));
  }
  print_steps(steps, 0, "", lang, out);
}

}  // namespace planfile
