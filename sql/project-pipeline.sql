-- name: project-pipeline
-- family: projects
-- about: How many projects stand at each stage of their life, by sector or by size of investment, and what they come to in 亿元.
--   Tiers of investment nest: a project of 60 亿元 counts in ≥1, ≥10 and ≥50. The row of all projects stands before them and also
--   counts those without a figure, which are in no tier.
--   A project that is listed with its parts is counted by its parts only: it and its own investment are in the columns
--   split_projects and split_investment. Investment in another currency than 元 is not converted but counted apart.
--   A bound, range or 约 goes into the sum with the printed number (the low end) and is counted in `inexact`.
--   It is in a tier only when it is there for certain: >50 is in ≥50, 40~60 is not, and is counted in `undecided`; so is 约50.
-- about_zh: 处在各阶段的项目个数，可分行业或按投资规模分档，投资以亿元计。
--   投资档次逐级包含：60 亿元的项目同时计入 ≥1、≥10、≥50 三档。分档时先列全部项目，没有投资额的只计在该行，不入任何一档。
--   列有子项目的项目只计其子项目，它本身和它的投资另列于 split_projects、split_investment。非人民币投资不换算，另行计数。
--   界限值、范围和约数按印出的数（范围取低端）计入合计，并在 inexact 中计数；确定达到的才入档：>50 属于 ≥50；
--   40~60、约50 无法断定，不入该档，计入 undecided。
-- param: entity text = null in entity  | 所在地（含下属）：代码、名称或别名；空为全部
--   | place, with all below it: code, name or alias; default: every one
-- param: parent text = null in project  | 清单：只看列在这一项目（规划、打包、年度清单）之下的；空为全部
--   | only the projects listed under this one (a programme, bundle or year's list); default: every one
-- param: by text = 'stage_sector' in ('stage_sector', 'stage', 'sector', 'tier', 'stage_tier', 'sector_tier', 'total')
--   | 分组：阶段和行业、阶段、行业、投资档次、阶段和档次、行业和档次、合计
--   | what the rows are: stages by sector, stages, sectors, tiers of investment, stages or sectors by tier, one total
-- param: tiers text = '1,10,50,100' | 投资档次的下限，亿元，用逗号隔开 | lower limits of the tiers in 亿元, between commas
-- columns: stage_name, sector_name, tier_name, projects, investment, without_figure, inexact, undecided, other_currency,
--   split_projects, split_investment, stage_name_en, sector_name_en, tier_name_en, tier, stage, sector
-- shown: stage_name, sector_name, tier_name, projects, investment, without_figure, inexact, undecided, other_currency
-- chart: bar x=stage_name y=projects by=sector_name
-- column: stage_name | 项目阶段；不分阶段时为“全部” | stage of the projects; 全部 (all) where the rows are not by stage
-- column: sector_name | 行业；不分行业时为“全部” | sector of the projects; 全部 (all) where the rows are not by sector
-- column: tier_name | 投资档次 | tier of investment
-- column: projects | 项目个数（不含列有子项目的） | projects, without those that are counted by their parts
-- column: investment | 投资合计，亿元，精确到万元 | their investment, 亿元, to the nearest 万元
-- column: without_figure | 无投资额：其中没有投资额的个数 | those of them without an investment figure
-- column: inexact | 约数个数：其中投资额为界限值、范围或约数的个数 | those whose figure is a bound, a range or about
-- column: undecided | 档次不定：投资额不足以断定是否达到本档的个数，不在 projects 内
--   | those whose figure does not tell whether they reach the tier; not in `projects`
-- column: other_currency | 外币项目：其中投资为非人民币的个数，不在合计内 | those with investment in another currency, not in the sum
-- column: split_projects | 按子项目计数的项目个数 | projects counted by their parts instead
-- column: split_investment | 这些项目本身的投资，亿元，精确到万元 | investment stated for them, 亿元, to the nearest 万元
-- column: stage_name_en | 项目阶段英文 | stage in English
-- column: sector_name_en | 行业英文 | sector in English
-- column: tier_name_en | 投资档次英文 | tier in English
-- column: tier | 本档下限，亿元 | lower limit of the tier, 亿元
WITH RECURSIVE
parameter AS (
  SELECT CAST(:entity AS TEXT) AS entity, CAST(:parent AS TEXT) AS parent, coalesce(:by, 'stage_sector') AS view,
         replace(replace(coalesce(CAST(:tiers AS TEXT), '1,10,50,100'), '，', ','), '、', ',') || ',' AS tiers
),
-- The place asked for and every entity below it; UNION ends a loop of parents.
place AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
  UNION
  SELECT c.id
    FROM place AS p
    JOIN entity AS c ON c.parent_id = p.id
),
-- The project whose list is asked for, and all parts of it at any depth.
member AS (
  SELECT j.id
    FROM parameter AS q
    CROSS JOIN project AS j
   WHERE q.parent IS NULL OR q.parent IN (j.code, j.name, j.name_en)
         OR j.id IN (SELECT a.project_id FROM alias AS a WHERE a.kind = 'project' AND a.name = q.parent)
  UNION
  SELECT c.id
    FROM member AS m
    JOIN project AS c ON c.parent_id = m.id
),
-- The list of limits, cut at its commas.
cut (piece, rest) AS (
  SELECT '', q.tiers FROM parameter AS q
  UNION
  SELECT trim(substr(c.rest, 1, instr(c.rest, ',') - 1)), substr(c.rest, instr(c.rest, ',') + 1)
    FROM cut AS c
   WHERE c.rest <> ''
),
-- The row of all projects, then one for each limit. What is no number is no limit.
tier AS (
  SELECT NULL AS least, '全部' AS name
  UNION
  SELECT CAST(c.piece AS REAL),
         '≥' || CASE WHEN CAST(c.piece AS REAL) = CAST(c.piece AS INTEGER) THEN CAST(CAST(c.piece AS INTEGER) AS TEXT)
                     ELSE CAST(CAST(c.piece AS REAL) AS TEXT) END || ' 亿元'
    FROM cut AS c
    CROSS JOIN parameter AS q
   WHERE q.view IN ('tier', 'stage_tier', 'sector_tier')
     AND c.piece GLOB '*[0-9]*' AND c.piece NOT GLOB '*[^0-9.]*' AND c.piece NOT GLOB '*.*.*'
),
-- Amounts in 元, to the 分: conversion must not push a project over a limit.
listed AS (
  SELECT CASE WHEN q.view IN ('stage_sector', 'stage', 'stage_tier') THEN j.stage END AS stage,
         CASE WHEN q.view IN ('stage_sector', 'sector', 'sector_tier') THEN j.sector END AS sector,
         j.investment, j.investment_comparator AS comparator,
         EXISTS (SELECT 1 FROM project AS c WHERE c.parent_id = j.id) AS split,
         CASE WHEN u.dimension = 'currency_cny' THEN round(j.investment * u.factor, 2) END AS yuan,
         CASE WHEN u.dimension = 'currency_cny' THEN round(j.investment_high * u.factor, 2) END AS high,
         j.investment_comparator <> '=' OR j.investment_high IS NOT NULL AS inexact
    FROM parameter AS q
    CROSS JOIN project AS j
    LEFT JOIN unit AS u ON u.id = j.unit_id
   WHERE j.entity_id IN (SELECT p.id FROM place AS p)
     AND (q.parent IS NULL OR j.id IN (SELECT m.id FROM member AS m))
),
-- Each project in each row it may belong to. `sure`: certainly at or over the limit.
placed AS (
  SELECT t.least, t.name, l.stage, l.sector, l.investment, l.split, l.yuan, l.inexact,
         CASE WHEN t.least IS NULL THEN l.split IS NOT NULL
              WHEN l.comparator IN ('<', '<=') THEN t.least = 0 AND l.yuan IS NOT NULL
              WHEN l.comparator IN ('~', '~<') THEN l.yuan > round(t.least * 1e8, 2)
              ELSE l.yuan >= round(t.least * 1e8, 2) END AS sure,
         CASE WHEN l.comparator IN ('>', '>=') THEN l.yuan IS NOT NULL
              WHEN l.comparator = '<' THEN l.yuan > round(t.least * 1e8, 2)
              WHEN l.comparator = '~<' THEN 0
              ELSE coalesce(l.high, l.yuan) >= round(t.least * 1e8, 2) END AS possible
    FROM tier AS t
    LEFT JOIN listed AS l ON 1
)
SELECT CASE WHEN q.view IN ('sector', 'tier', 'sector_tier', 'total') THEN '全部'
            ELSE coalesce(s.name, '未注明') END AS stage_name,
       CASE WHEN q.view IN ('stage', 'tier', 'stage_tier', 'total') THEN '全部'
            ELSE coalesce(c.name, '未注明') END AS sector_name,
       p.name AS tier_name,
       count(*) FILTER (WHERE p.sure AND NOT p.split) AS projects,
       round(sum(p.yuan) FILTER (WHERE p.sure AND NOT p.split) / 1e8, 4) AS investment,
       count(*) FILTER (WHERE p.sure AND NOT p.split AND p.investment IS NULL) AS without_figure,
       count(*) FILTER (WHERE p.sure AND NOT p.split AND p.yuan IS NOT NULL AND p.inexact) AS inexact,
       count(*) FILTER (WHERE p.least IS NOT NULL AND p.possible AND NOT p.sure AND NOT p.split) AS undecided,
       count(*) FILTER (WHERE p.sure AND NOT p.split AND p.investment IS NOT NULL AND p.yuan IS NULL) AS other_currency,
       count(*) FILTER (WHERE p.sure AND p.split) AS split_projects,
       round(sum(p.yuan) FILTER (WHERE p.sure AND p.split) / 1e8, 4) AS split_investment,
       CASE WHEN q.view IN ('sector', 'tier', 'sector_tier', 'total') THEN 'all'
            ELSE coalesce(s.name_en, 'not stated') END AS stage_name_en,
       CASE WHEN q.view IN ('stage', 'tier', 'stage_tier', 'total') THEN 'all'
            ELSE coalesce(c.name_en, 'not stated') END AS sector_name_en,
       iif(p.least IS NULL, 'all', p.name) AS tier_name_en, p.least AS tier, p.stage, p.sector
  FROM parameter AS q
  CROSS JOIN placed AS p
  LEFT JOIN stage AS s ON s.code = p.stage
  LEFT JOIN sector AS c ON c.code = p.sector
 WHERE p.sure OR p.least IS NOT NULL AND p.possible OR q.view IN ('tier', 'total')
 GROUP BY p.stage, p.sector, p.least
 ORDER BY s.position NULLS LAST, p.sector NULLS LAST, p.least NULLS FIRST;
