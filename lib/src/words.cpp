#include "words.h"

#include <algorithm>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

#include <utf8proc.h>

#include "text.h"

namespace planfile {
namespace {

// A code and the words that stand for it, parted by bars.
struct Words {
  std::string_view code, words;
};

constexpr Words kNatures[] = {
    {"expected", "预期性|预期|预期性指标|预期指标|anticipated|indicative"},
    {"binding", "约束性|约束|约束性指标|约束指标|obligatory|mandatory"}};

constexpr Words kClaims[] = {
    {"met",
     "完成|已完成|完成目标|超额完成|提前完成|达到|已达到|达标|已达标|实现|已实现|achieved|"
     "completed"},
    {"partly_met", "基本完成|基本达到|基本实现|部分完成|partly met|partially met|mostly met"},
    {"not_met", "未完成|没有完成|未达到|未达标|未实现|not met|not achieved"},
    {"not_assessed", "未评估|不评估|不作评估|未考核|not assessed"}};

constexpr Words kMeasures[] = {
    {"level", "总量|绝对值|绝对数|绝对量|数值|实绩|value|total"},
    {"yoy",
     "同比|增速|增幅|同比增长|同比增速|同比增幅|同比增长率|比上年增长|较上年增长|比去年增长|"
     "比上年同期增长|较上年同期增长|year-on-year|year on year|y/y|growth rate"},
    {"change", "增减量|增加量"},
    {"multiple", "倍数"},
    {"cagr",
     "年均|年均增长|年均增速|年均增长率|复合增长率|average annual growth|average annual growth "
     "rate"},
    {"rank", "排名|位次|名次|总量排名|总量位次|ranking"},
    {"yoy_rank", "增速排名|增速位次|增幅排名|增幅位次"},
    {"gap", "差距"},
    {"yoy_gap", "增速差距"}};

// As the mapping of Chinese stages goes that OC4IDS is used with: 投产 ends the building.
constexpr Words kStages[] = {
    {"identification", "谋划|储备|谋划储备|谋划阶段|储备项目|项目提出"},
    {"preparation", "前期|前期阶段|前期工作|前期准备|前期项目|开展前期"},
    {"implementation",
     "在建|在建项目|续建|新开工|开工|已开工|实施|实施中|建设中|施工|under construction|ongoing"},
    {"completion", "竣工|已竣工|建成|已建成|完工|已完工|投产|已投产|completed"},
    {"maintenance", "运营|运营中|运营维护|运维|in operation"},
    {"decommissioned", "退役|已退役"},
    {"cancelled", "取消|已取消|终止|已终止|canceled"}};

constexpr Words kMilestones[] = {
    {"identified", "谋划|项目提出|入库"},
    {"signed", "签约|合同签订"},
    {"approved", "批复|立项|核准|备案|可研批复|立项批复"},
    {"land", "供地|拿地|摘牌|土地出让|取得用地|取得土地|land acquired"},
    {"start", "开工|动工|开工建设|开工时间|start of construction"},
    {"topped_out", "结顶|封顶|主体结顶|主体封顶|topped out"},
    {"commissioned", "调试|投运|调试投运|试运行|commissioning"},
    {"completed", "竣工|完工|建成|竣工时间|完工时间|completion"},
    {"accepted", "验收|竣工验收|acceptance"},
    {"opened", "开通|通车|开放|开通开放|开业|开园|启用|opening"},
    {"production", "投产|投产时间|production begins"},
    {"cancelled", "取消|终止|canceled"}};

constexpr Words kStatuses[] = {
    {"A", "正常|正常值|正式数|最终数|决算数|实际|final|actual|normal"},
    {"P", "初步|初步数|初步核算|初步统计|快报|快报数|预计|预计数|预计值|provisional|preliminary"},
    {"E", "估计|估计值|估算|推算|estimate|estimated"},
    {"F", "预测|预测值|预测数|预期|forecast"},
    {"O", "缺|缺失|missing"},
    {"M", "不适用|not applicable"},
    {"Q", "保密|suppressed"}};

constexpr Words kSectors[] = {
    {"education", "教育"},
    {"health", "卫生健康|卫生|医疗|医疗卫生"},
    {"energy", "能源"},
    {"energy.solar", "太阳能|光伏|solar energy"},
    {"energy.wind", "风能|风电|wind energy"},
    {"energy.hydropower", "水电|hydropower|hydropower energy"},
    {"energy.biomass", "生物质能|biomass energy"},
    {"energy.geothermal", "地热能|geothermal energy"},
    {"communications", "通信"},
    {"waterAndWaste", "给排水和废弃物处理|给排水|water and waste"},
    {"governance", "公共治理"},
    {"economy", "经济与产业|经济|产业|工业"},
    {"cultureSportsAndRecreation",
     "文化、体育和休闲|文化|体育|文化体育|culture, sports and recreation"},
    {"transport", "交通运输|交通"},
    {"transport.air", "航空运输|航空|air transport"},
    {"transport.water", "水路运输|水运|water transport"},
    {"transport.rail", "铁路运输|铁路|rail transport"},
    {"transport.road", "道路运输|道路|公路|road transport"},
    {"transport.urban", "城市交通|urban transport"},
    {"transport.lowCarbon", "低碳交通|low-carbon transport"},
    {"socialHousing", "保障性住房|保障房|social housing"},
    {"naturalResources", "自然资源|natural resources"},
    {"naturalResources.floodProtection", "防洪|flood protection"}};

constexpr Words kEntityKinds[] = {{"country", "国家"},
                                  {"region", "地区|区域"},
                                  {"province", "省|省份|省级|直辖市|自治区"},
                                  {"prefecture", "地级市|设区市|设区的市"},
                                  {"district", "市辖区|区"},
                                  {"county", "县|自治县"},
                                  {"city", "县级市"},
                                  {"zone", "开发区|功能区|新区"},
                                  {"town", "镇|乡|街道|乡镇|镇街|乡镇街道|township|subdistrict"},
                                  {"village", "村|行政村|社区"},
                                  {"platform", "平台"},
                                  {"enterprise", "企业|公司|company"},
                                  {"institution", "机构"},
                                  {"facility", "设施"},
                                  {"industry", "行业|产业"},
                                  {"group", "群体"}};

constexpr Words kProjectKinds[] = {{"project", "项目"},
                                   {"bundle", "项目包|打包项目"},
                                   {"platform", "平台"},
                                   {"park", "园区|产业园"},
                                   {"facility", "设施"},
                                   {"line", "线路"},
                                   {"programme", "计划|专项|行动|program"}};

constexpr Words kSourceKinds[] = {{"plan", "规划|规划纲要|计划"}, {"report", "报告|政府工作报告"},
                                  {"yearbook", "年鉴|统计年鉴"},  {"bulletin", "公报|统计公报"},
                                  {"news", "新闻|报道"},          {"dataset", "数据集|data set"},
                                  {"other", "其他|其它"}};

constexpr Words kDirections[] = {{"higher", "越高越好|正向|正向指标"},
                                 {"lower", "越低越好|逆向|负向|逆向指标"},
                                 {"neither", "中性"}};

constexpr Words kIndicatorKinds[] = {{"flow", "流量|时期数"},
                                     {"stock", "存量|时点数"},
                                     {"ratio", "比率|比例|比重"},
                                     {"rank", "排名|位次"}};

constexpr Words kAliasKinds[] = {
    {"indicator", "指标"}, {"entity", "实体|地区"}, {"unit", "单位"}, {"project", "项目"}};

constexpr Words kRoles[] = {{"numerator", "分子"}, {"denominator", "分母"}};

struct List {
  std::string_view table, column;
  std::span<const Words> words;
};

// Which words go with which column.
constexpr List kLists[] = {{"target", "nature", kNatures},
                           {"target", "claim", kClaims},
                           {"target", "measure", kMeasures},
                           {"observation", "measure", kMeasures},
                           {"observation", "status", kStatuses},
                           {"project", "stage", kStages},
                           {"project", "sector", kSectors},
                           {"project", "kind", kProjectKinds},
                           {"milestone", "kind", kMilestones},
                           {"entity", "kind", kEntityKinds},
                           {"source", "kind", kSourceKinds},
                           {"indicator", "direction", kDirections},
                           {"indicator", "kind", kIndicatorKinds},
                           {"alias", "kind", kAliasKinds},
                           {"formula", "role", kRoles}};

using Codes = std::unordered_map<std::string, std::string_view>;

Codes by_word(std::span<const Words> list) {
  Codes codes;
  for (const auto& [code, words] : list) {
    for (std::string_view rest = words; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      codes.emplace(loosened(rest.substr(0, end)), code);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return codes;
}

const Codes* codes_of(std::string_view table, std::string_view column) {
  static const auto all = [] {
    std::map<std::pair<std::string_view, std::string_view>, Codes> made;
    for (const List& list : kLists)
      made.emplace(std::pair(list.table, list.column), by_word(list.words));
    return made;
  }();
  const auto found = all.find({table, column});
  return found == all.end() ? nullptr : &found->second;
}

bool is_mark(char32_t point) {
  constexpr std::u32string_view kMarks = U" ()[]{}\"'`“”‘’「」『』《》〈〉【】〔〕";
  return kMarks.find(point) != std::u32string_view::npos;
}

// Chinese has none.
bool has_capitals(char32_t point) { return point < 0x2E80; }

void append_small(std::string& text, char32_t point) {
  utf8proc_uint8_t bytes[4];
  const auto size =
      utf8proc_encode_char(utf8proc_tolower(static_cast<utf8proc_int32_t>(point)), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

}  // namespace

std::string loosened(std::string_view text, Capitals capitals) {
  const auto folded = fold(text);
  if (!folded) return std::string(text);
  std::string plain;
  plain.reserve(folded->size());
  for (std::string_view rest = *folded; !rest.empty();) {
    const std::string_view before = rest;
    const char32_t point = take_point(rest);
    if (is_mark(point)) continue;
    if (capitals == Capitals::ignored && has_capitals(point)) {
      append_small(plain, point);
    } else {
      plain += before.substr(0, before.size() - rest.size());
    }
  }
  return plain;
}

std::optional<std::string_view> code_of_word(std::string_view table, std::string_view column,
                                             std::string_view word) {
  const Codes* codes = codes_of(table, column);
  if (codes == nullptr) return std::nullopt;
  const auto found = codes->find(loosened(word));
  if (found == codes->end()) return std::nullopt;
  return found->second;
}

std::string word_of_code(std::string_view table, std::string_view column, std::string_view code) {
  for (const List& list : kLists) {
    if (list.table != table || list.column != column) continue;
    for (const Words& entry : list.words) {
      if (entry.code == code) return std::string(entry.words.substr(0, entry.words.find('|')));
    }
  }
  return std::string(code);
}

}  // namespace planfile
