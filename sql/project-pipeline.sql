-- name: project-pipeline
-- about: How many projects stand at each stage of their life, by sector, and the investment they come to in 亿元.
--   A project that is listed with its parts is counted by its parts only: it and its own investment are in the columns
--   split_projects and split_investment. Investment in another currency than 元 is not converted but counted apart;
--   a bound, range or 约 goes into the sum with the printed number (the low end) and is counted in `inexact`.
-- about_zh: 处在各阶段的项目个数（分行业）和以亿元计的投资。
--   列有子项目的项目只计其子项目，它本身和它的投资另列于 split_projects、split_investment。非人民币投资不换算，另行计数；
--   界限值、范围和约数按印出的数（范围取低端）计入，并在 inexact 中计数。
-- param: entity text = null in entity  | 所在地（含下属）：代码、名称或别名；空为全部
--   | place, with all below it: code, name or alias; default: every one
-- columns: stage_name, sector_name, projects, investment, without_figure, inexact, other_currency,
--   split_projects, split_investment, stage_name_en, sector_name_en, stage, sector
-- shown: stage_name, sector_name, projects, investment, without_figure, inexact, other_currency
-- column: stage_name | 项目阶段 | stage of the projects
-- column: sector_name | 行业 | sector of the projects
-- column: projects | 项目个数（不含列有子项目的） | projects, without those that are counted by their parts
-- column: investment | 投资合计，亿元 | their investment, 亿元
-- column: without_figure | 其中没有投资额的个数 | those of them without an investment figure
-- column: inexact | 其中投资额为界限值、范围或约数的个数 | those whose figure is a bound, a range or about
-- column: other_currency | 其中投资为非人民币的个数，不在合计内 | those with investment in another currency, not in the sum
-- column: split_projects | 按子项目计数的项目个数 | projects counted by their parts instead
-- column: split_investment | 这些项目本身的投资，亿元 | investment stated for them, 亿元
-- column: stage_name_en | 项目阶段英文 | stage in English
-- column: sector_name_en | 行业英文 | sector in English
WITH RECURSIVE
parameter AS (
  SELECT CAST(:entity AS TEXT) AS entity
),
-- The place asked for and every entity below it; UNION ends a loop of parents.
place AS (
  SELECT e.id, e.code
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
  UNION
  SELECT c.id, c.code
    FROM place AS p
    JOIN entity AS c ON c.parent_id = p.id
),
listed AS (
  SELECT j.stage, j.sector, j.investment,
         EXISTS (SELECT 1 FROM projects AS c WHERE c.parent = j.project) AS split,
         CASE WHEN u.dimension = 'currency_cny' THEN j.investment * u.factor END AS yuan,
         j.investment_comparator <> '=' OR j.investment_high IS NOT NULL AS inexact
    FROM projects AS j
    LEFT JOIN unit AS u ON u.code = j.unit
   WHERE j.entity IN (SELECT p.code FROM place AS p)
)
SELECT coalesce(s.name, '未注明') AS stage_name, coalesce(c.name, '未注明') AS sector_name,
       sum(NOT l.split) AS projects,
       round(sum(l.yuan) FILTER (WHERE NOT l.split) / 1e8, 4) AS investment,
       sum(NOT l.split AND l.investment IS NULL) AS without_figure,
       sum(NOT l.split AND l.yuan IS NOT NULL AND l.inexact) AS inexact,
       sum(NOT l.split AND l.investment IS NOT NULL AND l.yuan IS NULL) AS other_currency,
       sum(l.split) AS split_projects,
       round(sum(l.yuan) FILTER (WHERE l.split) / 1e8, 4) AS split_investment,
       coalesce(s.name_en, 'not stated') AS stage_name_en, coalesce(c.name_en, 'not stated') AS sector_name_en,
       l.stage, l.sector
  FROM listed AS l
  LEFT JOIN stage AS s ON s.code = l.stage
  LEFT JOIN sector AS c ON c.code = l.sector
 GROUP BY l.stage, l.sector
 ORDER BY s.position NULLS LAST, l.sector NULLS LAST;
