#include "sheet_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <vector>

#include "planfile/period.h"
#include "planfile/unit.h"
#include "text.h"

namespace planfile {
namespace {

using Words = std::span<const std::string_view>;

// Folded, in small letters.
std::string plain(std::string_view text) {
  std::string folded = fold(text).value_or(std::string());
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return folded;
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

bool is_any(std::string_view text, Words words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Whether the text is one of the words and a colon, with or without more behind it.
bool opens_with_label(std::string_view text, Words words) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && is_any(trim(text.substr(0, colon)), words);
}

bool ends_in_any(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.ends_with(word); });
}

// Asked of every row: how the cell opens decides for nearly all.
bool may_be_total(std::string_view cell) {
  switch (cell.empty() ? '\0' : cell.front()) {
    case '\xE5':
      return cell.starts_with("合") || cell.starts_with("小") || cell.starts_with("共");
    case '\xE6':
      return cell.starts_with("总");
    case 'T':
    case 't':
      return cell.size() > 4 && (cell[1] == 'o' || cell[1] == 'O');
    case 'S':
    case 's':
      return cell.size() > 7 && (cell[1] == 'u' || cell[1] == 'U');
    case 'G':
    case 'g':
      return cell.size() > 9 && (cell[1] == 'r' || cell[1] == 'R');
    case '\xE3':  // a wide space
    case '\xEF':  // a wide bracket
    case '(':
    case ' ':
    case '\t':
      return true;
    default:
      return false;
  }
}

// The text in brackets, or the text itself.
std::string_view unbracketed(std::string_view text) {
  if (text.size() > 1 && (text.front() == '(' || text.front() == '[')) {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

}  // namespace

bool is_note_text(std::string_view cell) {
  constexpr std::string_view kLabels[] = {
      "注",          "注释",     "附注",    "备注",        "说明",
      "资料来源",    "数据来源", "来源",    "出处",        "note",
      "notes",       "source",   "sources", "data source", "data from database",
      "last updated"};
  const std::string text = without_spaces(plain(cell));
  if (opens_with_label(text, kLabels) || opens_with_label(plain(cell), kLabels)) return true;
  if (unbracketed(text) == "续表") return true;
  std::string_view rest = text;  // 注1：…, 注2、…
  return take(rest, "注") && !rest.empty() && is_digit(rest.front());
}

bool is_title_text(std::string_view cell) {
  constexpr std::string_view kLabels[] = {
      "单位",     "计量单位", "数据库",   "时间",     "指标",
      "地区",     "表号",     "制表机关", "制表单位", "填报单位",
      "编制单位", "发布单位", "发布时间", "更新时间", "发布日期",
      "统计时间", "制表日期", "填报日期", "unit",     "units",
      "title",    "database", "released", "updated",  "last updated date",
      "table"};
  constexpr std::string_view kWhole[] = {"data source", "last updated date", "last updated"};
  const std::string text = plain(cell);
  if (is_any(text, kWhole) || text.starts_with("(单位:")) return true;
  return is_note_text(cell) || opens_with_label(text, kLabels);
}

bool is_total_text(std::string_view cell) {
  if (!may_be_total(cell)) return false;
  if (cell.size() > 40) return false;
  constexpr std::string_view kTotals[] = {"合计",   "总计",     "小计",      "共计",      "total",
                                          "totals", "subtotal", "sub-total", "grandtotal"};
  std::string text = without_spaces(plain(cell));
  while (!text.empty() && (text.back() == ':' || text.back() == ')')) text.pop_back();
  return is_any(text.starts_with('(') ? std::string_view(text).substr(1) : text, kTotals);
}

bool is_number_text(std::string_view cell) {
  constexpr std::string_view kMarks = "0123456789.,+-%<>=~()[]/: *";
  constexpr std::array<std::string_view, 8> kSigns = {"≥", "≤", "—", "…", "±", "‰", "⋯", "·"};
  constexpr std::size_t kRegionCode = 6;
  const std::string folded = plain(cell);
  std::string_view rest = folded;
  if (rest.empty()) return false;
  while (!rest.empty()) {
    if (kMarks.find(rest.front()) != std::string_view::npos) {
      rest.remove_prefix(1);
    } else if (std::none_of(kSigns.begin(), kSigns.end(),
                            [&](std::string_view sign) { return take(rest, sign); })) {
      return false;
    }
  }
  if (folded == "%" || folded == "(%)" || folded == "‰" || folded == "(‰)") return false;
  const bool is_code = count_digits(folded) == kRegionCode && folded.size() == kRegionCode;
  return !is_code && !parse_period(folded);
}

bool is_unit_text(std::string_view cell) {
  constexpr std::string_view kUnits[] = {
      "元",   "美元", "人", "人次",   "户",       "%",      "‰",      "吨",    "公斤",
      "千克", "公顷", "亩", "平方米", "平方公里", "立方米", "千瓦时", "千瓦",  "公里",
      "米",   "个",   "件", "家",     "所",       "辆",     "台",     "套",    "张",
      "倍",   "岁",   "年", "天",     "分",       "度",     "项",     "百分点"};
  constexpr std::string_view kKinds[] = {"绝对值", "绝对数", "总量", "数值", "比重", "占比",
                                         "位次",   "排名",   "同比", "增长", "增速", "增幅",
                                         "完成",   "实际",   "目标", "计划", "预计", "level",
                                         "growth", "value",  "yoy"};
  const std::string text = without_spaces(plain(cell));
  const std::string_view inner = unbracketed(text);
  const std::string_view rest = split_multiplier(inner).rest;
  if (is_any(inner, kUnits) || is_any(rest, kUnits) || inner.find('/') != std::string_view::npos) {
    return true;
  }
  return std::any_of(std::begin(kKinds), std::end(kKinds),
                     [&](std::string_view kind) { return inner.starts_with(kind); });
}

std::string unit_of_title(std::string_view title) {
  constexpr std::string_view kOffices[] = {"局",   "委",   "办", "府", "会",
                                           "中心", "公司", "院", "厅", "部门"};
  constexpr std::string_view kOthers[] = {"填报", "制表", "编制", "发布", "主办", "报送", "编报"};
  const std::string text = fold(title).value_or(std::string());
  for (const std::string_view label : {"单位:", "单位 :", "Unit:", "Units:", "unit:", "units:"}) {
    const std::size_t at = text.find(label);
    if (at == std::string::npos || ends_in_any(std::string_view(text).substr(0, at), kOthers))
      continue;
    const std::string_view rest = trim(std::string_view(text).substr(at + label.size()));
    const bool is_chinese = label.starts_with("单位");
    std::string_view list = rest.substr(0, rest.find_first_of(is_chinese ? ") ;" : ");"));
    std::vector<std::string_view> units;
    while (!list.empty()) {
      const std::size_t mark = std::min(list.find("、"), list.find(','));
      const std::string_view unit = trim(list.substr(0, mark));
      if (!unit.empty()) units.push_back(unit);
      list = mark == std::string_view::npos ? std::string_view() : list.substr(mark);
      if (!take(list, "、")) take(list, ",");
    }
    if (units.size() > 1) std::erase(units, "%");
    if (units.size() == 1 && !ends_in_any(units.front(), kOffices))
      return std::string(units.front());
  }
  return {};
}

}  // namespace planfile
