#include "heading_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "table_columns.h"
#include "text.h"

namespace planfile {
namespace {

struct Row {
  Sense sense;
  std::string_view words;  // parted by spaces
};

constexpr Row kWords[] = {
    {Sense::name, "名称 name"},
    {Sense::indicator,
     "indicator indicators indicatorname 指标 指标名称 指标名 指标项 指标项目 统计指标 主要指标 "
     "经济指标 指标内容 seriesname series variable subject 指标(单位)"},
    {Sense::indicator_code, "indicatorcode indicatorid seriescode 指标代码 指标编码 指标编号"},
    {Sense::entity,
     "entity region regionname 地区 地区名称 行政区 行政区划 行政区域 行政区划名称 区划名称 区域 "
     "区域名称 区县 县区 区县市 区、县(市) 县(市、区) 县市区 各县市区 城市 城市名称 市县 省份 省市 "
     "国家 国家/地区 国家或地区 国家和地区 country countryname countryorregion countryorarea "
     "country/region county countyname city cityname province area areaname district location "
     "geo geography refarea ref_area referencearea 单位名称 镇街 镇街名称 街道 乡镇 乡镇街道 "
     "镇(街道) 开发区 园区 园区名称 企业名称 辖区"},
    {Sense::entity_code,
     "entitycode countrycode countryisocode isocode iso3 regioncode areacode geocode 行政区划代码 "
     "行政区代码 地区代码 区划代码 行政代码"},
    {Sense::place,
     "建设地点 项目所在地 所在地 所属区域 属地 建设地址 所属镇街 所属地区 所在区域 所在地区 "
     "实施地点 "
     "项目地点 项目地址 建设位置 place"},
    {Sense::period,
     "period periods time timeperiod time_period 时间 时期 期间 统计时间 报告期 数据期 期别 日期 "
     "date "
     "数据时间 数据日期 统计周期 所属期"},
    {Sense::year, "year years 年份 年度 年 统计年度 数据年份"},
    {Sense::quarter, "quarter 季度 季"},
    {Sense::month, "month 月份 月 月度"},
    {Sense::value,
     "value values val obsvalue obs_value amount figure data 数值 值 数据 指标值 观测值 统计值 "
     "数据值 "
     "绝对值 绝对数 绝对量 总量 本期值 当期值 数额"},
    {Sense::yoy,
     "yoy growth growthrate 同比 同比增长 同比增速 同比增幅 同比增长率 增长 增速 增幅 增长率 "
     "增长速度 "
     "比上年增长 比上年同期增长 较上年增长 较上年同期增长 比去年增长 比去年同期增长 增长± 同比± "
     "同比增长± 比上年± 增减幅度 增减幅"},
    {Sense::cagr,
     "cagr 年均增长 年均增速 年均增长率 年均增幅 年均递增 年均复合增长率 平均增长 "
     "平均增长速度 "
     "年平均增长 五年年均增长 averageannualgrowth 规划期年均增长"},
    {Sense::mean, "年均 年平均 平均"},
    {Sense::change, "change 增减 增减量 增减额 增减数 同比增减 变化 变化量 比上年增减 较上年增减"},
    {Sense::rank,
     "rank ranking 位次 排名 名次 排位 全省位次 全市位次 全省排名 全市排名 全国位次 全国排名"},
    {Sense::cumulative, "累计 累计值 累计数 五年累计 规划期累计 cumulative"},
    {Sense::target,
     "target targets targetvalue goal 目标 目标值 目标数 规划目标 规划目标值 规划值 预期目标 "
     "预期目标值 "
     "计划目标 年度目标 计划 计划数 计划值 预期 预期值 目标任务 远景目标 规划数 年度计划 "
     "年度目标值"},
    {Sense::base,
     "base baseline basevalue baselinevalue 基期 基期值 基期数 基数 基准 基准值 基准年 基础值 "
     "基年"},
    {Sense::actual,
     "actual actualvalue 实际 实际值 实际数 实际完成 实际完成值 实际完成数 完成 完成值 完成数 "
     "完成量 "
     "实绩 实现值 现值 现状 现状值 期末值 已完成 累计完成"},
    {Sense::progress,
     "progress 完成率 完成进度 完成比例 完成百分比 完成程度 目标完成率 进度 执行率 时序进度 "
     "占年度目标 占全年目标 占年度计划 投资完成率 占年计划"},
    {Sense::claim,
     "claim 完成情况 完成状态 完成与否 是否完成 目标完成情况 预计完成情况 实现情况 达标情况 "
     "是否达标 "
     "评价 评价结果 评估情况 评估结果 评估结论 评价结论 自评结果"},
    {Sense::nature, "nature 属性 指标属性 性质 指标性质 目标属性 目标性质 指标类型"},
    {Sense::plan, "plan 规划 规划名称 计划名称 所属规划 所属计划"},
    {Sense::unit,
     "unit units unitmeasure unit_measure unitofmeasure uom 单位 计量单位 指标单位 数据单位"},
    {Sense::scope, "scope coverage 口径 统计口径 范围 统计范围"},
    {Sense::measure, "measure"},
    {Sense::among, "among"},
    {Sense::status, "status obsstatus obs_status obsflag obs_flag flag flags 状态 数据状态"},
    {Sense::source, "source sources 来源 资料来源 数据来源 出处 来源文件 文件来源"},
    {Sense::locator, "locator page 页 页码 位置 表号"},
    {Sense::note,
     "note notes remark remarks comment comments comment_obs obs_comment 备注 说明 注 注释 "
     "备注说明"},
    {Sense::number, "number no no. 序号 序 编号 号 行号 行次 栏次 #"},
    {Sense::category, "category 类别 分类 指标类别 指标分类 大类 类型 领域"},
    {Sense::project,
     "project projectname 项目 项目名称 工程名称 重点项目 重点项目名称 重大项目 建设项目 "
     "子项目名称 "
     "项目(工程)名称 建设项目名称"},
    {Sense::project_code, "projectcode projectid 项目代码 项目编号 项目编码 统一代码 立项编号"},
    {Sense::investment,
     "investment totalinvestment 总投资 总投资额 投资总额 计划总投资 项目总投资 概算总投资 "
     "估算总投资 "
     "总投资概算 估算投资 投资规模 投资额 项目投资"},
    {Sense::planned_money,
     "plannedinvestment 年度计划投资 计划投资 计划投资额 当年计划投资 年计划投资 本年计划投资 "
     "投资计划 "
     "年度投资计划 年度计划完成投资 计划完成投资 年度目标投资 当年投资计划 年度计划投资额"},
    {Sense::spent_money,
     "完成投资 完成投资额 实际完成投资 实际投资 年度完成投资 本年完成投资 当年完成投资 "
     "年内完成投资 "
     "今年完成投资"},
    {Sense::spent_in_all,
     "累计完成投资 累计完成投资额 累计已完成投资 已完成投资 累计投资 开工以来累计完成投资 "
     "自开工累计完成投资"},
    {Sense::stage,
     "stage 项目阶段 建设阶段 项目状态 建设状态 当前阶段 阶段 进展阶段 所处阶段 projectstatus"},
    {Sense::sector,
     "sector 行业 所属行业 行业类别 行业领域 所属领域 产业类别 产业领域 项目类别 项目类型"},
    {Sense::build_kind, "建设性质"},
    {Sense::owner,
     "责任单位 业主单位 建设单位 实施单位 牵头单位 项目单位 项目业主 业主 责任部门 责任人 联系人 "
     "联系电话 主管部门 项目法人 牵头部门 配合单位 投资主体 投资方 责任领导 联系领导"},
    {Sense::content,
     "建设内容 建设内容及规模 建设内容和规模 建设规模及内容 建设规模和内容 主要建设内容 建设规模 "
     "主要建设内容及规模 项目内容 项目概况 项目简介 形象进度 进展情况 项目进展 工作进展 "
     "年度建设内容 "
     "年度目标任务 description"},
    {Sense::build_span,
     "建设期限 建设年限 起止年限 建设起止年限 建设起止时间 起止时间 建设周期 建设工期 建设时间 "
     "实施期限 建设期"},
};

struct KindRow {
  std::string_view kind, words;
};

constexpr KindRow kMilestones[] = {
    {"identified", "谋划时间 策划时间"},
    {"signed", "签约 签约时间 签约日期 合同签订时间"},
    {"approved", "立项时间 立项日期 审批时间 核准时间 备案时间 批复时间 立项批复时间"},
    {"land", "供地时间 拿地时间 土地出让时间 摘牌时间"},
    {"start",
     "开工 开工时间 开工日期 开工年月 开工年份 开工月份 动工时间 开始时间 startdate "
     "constructionstart"},
    {"topped_out", "结顶 结顶时间 封顶 封顶时间 主体结顶时间"},
    {"commissioned", "试运行时间 试生产时间 调试时间"},
    {"completed",
     "竣工 竣工时间 竣工日期 竣工年月 竣工年份 建成 建成时间 建成年份 完工 完工时间 完工日期 "
     "completiondate enddate"},
    {"accepted", "验收时间 竣工验收时间 验收日期"},
    {"opened",
     "开业时间 开园时间 通车时间 投用时间 投入使用时间 投运时间 交付使用时间 建成投用时间 "
     "开放时间"},
    {"production", "投产 投产时间 投产日期 投产年份"},
    {"cancelled", "终止时间"},
};

constexpr KindRow kStatuses[] = {
    {"P",
     "预计 预计值 预计数 预计完成 预计完成值 预计完成数 预估 预估值 初步 初步数 初步核算 "
     "初步核算数 快报 快报数 估计 估计值 estimate estimated preliminary provisional e p"},
    {"F", "预测 预测值 forecast f"},
};

// Measures that end a name without being part of it; 增长率 may be (自然增长率).
constexpr std::string_view kEndings =
    "比上年同期增长 比去年同期增长 较上年同期增长 比上年增长 较上年增长 同比增长率 同比增长 "
    "同比增速 "
    "同比增幅 年均增长率 年均增长 年均增速 绝对值 绝对数 绝对量 当期值";

constexpr std::string_view kRelative =
    "上年同期累计 去年同期累计 上年同期数 上年同期 去年同期 自年初累计 本年累计 今年累计 年初累计 "
    "1-本月累计 1至本月 1-本月 本月累计 本季度 本季 当季 本月 当月 本期 本年 今年 累计";

// Calls `use` for each of the words.
template <class Use>
void each_word(std::string_view words, Use&& use) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    use(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

std::unordered_map<std::string_view, Word> index_words() {
  std::unordered_map<std::string_view, Word> index;
  for (const Row& row : kWords) {
    each_word(row.words, [&](std::string_view word) { index.emplace(word, Word{row.sense}); });
  }
  for (const KindRow& row : kMilestones) {
    each_word(row.words, [&](std::string_view word) {
      index.emplace(word, Word{.sense = Sense::milestone, .milestone = row.kind});
    });
  }
  for (const KindRow& row : kStatuses) {
    each_word(row.words, [&](std::string_view word) {
      index.emplace(word, Word{.sense = Sense::actual, .status = row.kind});
    });
  }
  return index;
}

}  // namespace

std::optional<Word> find_word(std::string_view text) {
  static const auto index = index_words();
  const auto found = index.find(text);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

std::optional<Ending> find_ending(std::string_view text) {
  std::optional<Ending> ending;
  each_word(kEndings, [&](std::string_view word) {
    if (ending || text.size() <= word.size() || !text.ends_with(word)) return;
    ending = Ending{text.substr(0, text.size() - word.size()), *find_word(word)};
  });
  return ending;
}

std::string_view relative_period_before(std::string_view text) {
  std::string_view found;
  each_word(kRelative, [&](std::string_view word) {
    if (found.empty() && text.starts_with(word)) found = text.substr(0, word.size());
  });
  return found;
}

bool is_relative_period(std::string_view text) {
  return !text.empty() && relative_period_before(text) == text;
}

std::string_view column_of_thing(std::string_view table, std::string_view heading) {
  struct Row {
    std::string_view column, words;
  };
  static constexpr Row kWords[] = {
      {"code", " 代码 编码 编号 id "},
      {"name", " 名称 中文名称 中文名 指标名称 地区名称 项目名称 规划名称 口径名称 别名 "},
      {"name_en", " 英文名称 英文名 英文 nameen englishname "},
      {"title", " 标题 文件名称 文件名 书名 "},
      {"title_en", " 英文标题 "},
      {"publisher", " 发布单位 发布机构 出版单位 出版社 发文单位 "},
      {"published", " 发布日期 发布时间 出版日期 发文日期 "},
      {"kind", " 类型 种类 类别 性质 "},
      {"category", " 分类 指标类别 领域 类别 "},
      {"unit", " 单位 计量单位 "},
      {"direction", " 方向 指标方向 "},
      {"definition", " 定义 指标解释 解释 口径说明 "},
      {"definition_en", " 英文定义 "},
      {"parent", " 上级 上级地区 隶属 上级规划 "},
      {"successor", " 后继 继任 "},
      {"valid_from", " 启用 启用日期 生效日期 "},
      {"valid_to", " 停用 停用日期 失效日期 "},
      {"entity", " 地区 所属地区 编制地区 "},
      {"indicator", " 指标 "},
      {"period", " 规划期 时期 期间 "},
      {"source", " 来源 资料来源 "},
      {"dimension", " 量纲 "},
      {"base", " 基本单位 "},
      {"factor", " 系数 换算系数 "},
      {"note", " 备注 说明 "},
  };
  const std::string wanted = " " + plain_name(bare_name(heading)) + " ";
  const ImportTable* known = table_to_import(table);
  if (known == nullptr || wanted.size() == 2) return {};
  for (const TableColumn& column : known->columns) {
    if (wanted.substr(1, wanted.size() - 2) == plain_name(column.name)) return column.name;
  }
  for (const auto& [column, words] : kWords) {
    if (words.find(wanted) != std::string_view::npos && known->column(column) != nullptr)
      return column;
  }
  return {};
}

}  // namespace planfile
