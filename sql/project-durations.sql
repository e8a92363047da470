-- name: project-durations
-- family: projects
-- about: How long projects take from one step to another: median, quartiles and extremes, in days or months.
--   A step dated to the day gives one duration. A step known only to the month or year gives a range: from the last day of the first step's period to the
--   first day of the second's (least), and from the first day to the last (most). The median of all lies between the median of the least and that of the most;
--   where both agree it is exact. So do the quartiles.
--   Quartiles and medians lie on the line between neighbours in order (as QUARTILE.INC of spreadsheets).
--   A month is 30.436875 days, the calendar's mean; figures are rounded to 0.01, in days they are exact.
--   One duration a project: of several dates of a step the most exact speaks, then that of the newest source; of planned dates the newest source, then the most exact.
--   A bundle counts by its parts as soon as one of them has both steps. Negative: the second step came first; such projects are counted in `reversed`.
--   No figures: no_pair (no project has both steps), same_step.
-- about_zh: 项目从一个节点到另一个节点用了多久：中位数、四分位数和最短、最长，以天或月计。
--   两个节点都精确到日的，天数唯一。只知道月份或年份的，给出范围：最短 least 为前一时期末日到后一时期首日，最长 most 为前一时期首日到后一时期末日。
--   全体的中位数在最短的中位数和最长的中位数之间，两者相等即为精确值；四分位数同此。
--   中位数和四分位数按次序线性内插（同电子表格 QUARTILE.INC）。一个月按历法平均 30.436875 天；数字保留两位小数，以天计时无舍入。
--   每个项目计一次：同一节点有几个实际日期的，取最精确的，再取最新来源；计划日期取最新来源，再取最精确的。
--   打包项目只要有子项目两个节点都有日期，就按子项目计。负数表示后一节点反而在先，个数见 reversed。
--   没有数字的原因：no_pair 没有项目两个节点都有日期，same_step 两个节点相同。
-- param: from_step text = 'signed' in ('identified', 'signed', 'approved', 'land', 'start', 'topped_out', 'commissioned', 'completed',
--   'accepted', 'opened', 'production', 'cancelled')  | 从哪个节点算起 | the step counted from
-- param: to_step text = 'start' in ('identified', 'signed', 'approved', 'land', 'start', 'topped_out', 'commissioned', 'completed',
--   'accepted', 'opened', 'production', 'cancelled')  | 算到哪个节点 | the step counted to
-- param: dates text = 'actual' in ('actual', 'planned')  | 用实际日期还是计划日期 | actual or planned dates
-- param: unit text = 'day' in ('day', 'month')  | 单位：天或月 | days or months
-- param: entity text = null in entity  | 所在地（含下属）：代码、名称或别名；空为全部
--   | place, with all below it: code, name or alias; default: every one
-- param: parent text = null in project  | 清单：只看列在这一项目（规划、打包、年度清单）之下的；空为全部
--   | only the projects listed under this one (a programme, bundle or year's list); default: every one
-- param: by text = 'total' in ('total', 'entity', 'sector', 'kind', 'project')  | 合计之外的行：所在地、行业、类型、项目
--   | the rows beside the total: places, sectors, kinds of project, projects
-- columns: name, projects, inexact, median_least, median_most, q1_least, q1_most, q3_least, q3_most, shortest, longest, unit,
--   reversed, first_only, reason, from_step, to_step, level, name_en, code
-- shown: name, projects, inexact, q1_least, q1_most, median_least, median_most, q3_least, q3_most, shortest, longest, unit, first_only, reason
-- chart: bar x=name y=median_least
-- column: name | 节点间隔：合计、所在地、行业、类型或项目 | the total, a place, sector, kind or project
-- column: projects | 项目数：两个节点都有日期的项目个数 | projects with both dates
-- column: inexact | 其中日期不到日、只有范围的个数 | those of them whose dates give a range only
-- column: median_least | 中位数至少：中位数，可能的最小值，单位见 unit | median, the least it can be, in `unit`
-- column: median_most | 中位数至多：中位数，可能的最大值 | median, the most it can be
-- column: q1_least | 下四分位至少：下四分位数，可能的最小值 | first quartile, the least it can be
-- column: q1_most | 下四分位至多：下四分位数，可能的最大值 | first quartile, the most it can be
-- column: q3_least | 上四分位至少：上四分位数，可能的最小值 | third quartile, the least it can be
-- column: q3_most | 上四分位至多：上四分位数，可能的最大值 | third quartile, the most it can be
-- column: shortest | 最短，可能的最小值 | the shortest of all, at the least
-- column: longest | 最长，可能的最大值 | the longest of all, at the most
-- column: unit | 单位：天或月 | unit of the durations: 天 days, 月 months
-- column: reversed | 后一节点确定在先的个数 | projects whose second step certainly came first
-- column: first_only | 有前一节点、还没有后一节点的项目个数 | projects with the first step and without the second
-- column: reason | 原因：没有数字的原因 | why there are no figures
-- column: from_step | 起算节点 | the step counted from
-- column: to_step | 止算节点 | the step counted to
-- column: level | 行的层次：total 合计，entity 所在地，sector 行业，kind 类型，project 项目 | what the row is
-- column: name_en | 英文名称 | name in English
-- column: code | 所在地、行业、类型或项目代码 | code of the place, sector, kind or project
WITH RECURSIVE
parameter AS (
  SELECT coalesce(:from_step, 'signed') AS from_step, coalesce(:to_step, 'start') AS to_step,
         coalesce(:dates, 'actual') AS dates, coalesce(:unit, 'day') AS unit,
         CASE :unit WHEN 'month' THEN 30.436875 ELSE 1.0 END AS length,
         CAST(:entity AS TEXT) AS entity, CAST(:parent AS TEXT) AS parent, coalesce(:by, 'total') AS view
),
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
-- The date that speaks for a project and step.
dated AS (
  SELECT m.project_id, m.kind, p.starts, p.ends,
         row_number() OVER (PARTITION BY m.project_id, m.kind
                            ORDER BY CASE WHEN q.dates = 'actual' THEN julianday(p.ends) - julianday(p.starts) END,
                                     d.published DESC NULLS LAST, julianday(p.ends) - julianday(p.starts), p.starts,
                                     d.code, m.locator) AS place
    FROM parameter AS q
    CROSS JOIN milestone AS m
    JOIN period AS p ON p.id = CASE q.dates WHEN 'actual' THEN m.actual_id ELSE m.planned_id END
    JOIN source AS d ON d.id = m.source_id
   WHERE m.kind IN (q.from_step, q.to_step)
),
lasting AS MATERIALIZED (
  SELECT a.project_id, b.project_id IS NOT NULL AS paired,
         julianday(b.starts) - julianday(a.ends) AS least, julianday(b.ends) - julianday(a.starts) AS most
    FROM parameter AS q
    JOIN dated AS a ON a.kind = q.from_step AND a.place = 1
    LEFT JOIN dated AS b ON b.project_id = a.project_id AND b.kind = q.to_step AND b.place = 1
   WHERE q.from_step <> q.to_step
),
-- Whatever has a part with both steps, at any depth, counts by its parts.
split AS (
  SELECT j.parent_id AS id
    FROM lasting AS l
    JOIN project AS j ON j.id = l.project_id
   WHERE l.paired AND j.parent_id IS NOT NULL
  UNION
  SELECT j.parent_id
    FROM split AS s
    JOIN project AS j ON j.id = s.id
   WHERE j.parent_id IS NOT NULL
),
chosen AS (
  SELECT g.level, j.id, l.paired, l.least, l.most,
         CASE g.level WHEN 'entity' THEN j.entity_id WHEN 'sector' THEN j.sector WHEN 'kind' THEN j.kind
                      WHEN 'project' THEN j.id END AS thing
    FROM (SELECT 'total' AS level UNION SELECT q.view FROM parameter AS q) AS g
    CROSS JOIN lasting AS l
    JOIN project AS j ON j.id = l.project_id
   WHERE j.entity_id IN (SELECT p.id FROM place AS p)
     AND j.id IN (SELECT m.id FROM member AS m)
     AND j.id NOT IN (SELECT s.id FROM split AS s)
),
-- Least and most, each in its own order, counted from 0.
ordered AS (
  SELECT c.level, c.thing, c.paired, c.least, c.most,
         row_number() OVER (PARTITION BY c.level, c.thing, c.paired ORDER BY c.least) - 1 AS least_place,
         row_number() OVER (PARTITION BY c.level, c.thing, c.paired ORDER BY c.most) - 1 AS most_place,
         count(*) OVER (PARTITION BY c.level, c.thing, c.paired) - 1 AS last
    FROM chosen AS c
),
-- A quantile weighs the two neighbours of its place by their nearness to it.
counted AS (
  SELECT o.level, o.thing, sum(o.paired) AS projects, sum(o.paired AND o.least <> o.most) AS inexact,
         sum(o.paired AND o.most < 0) AS reversed, sum(NOT o.paired) AS first_only,
         min(o.least) AS shortest, max(o.most) AS longest,
         sum(o.least * max(0.0, 1 - abs(o.least_place - 0.25 * o.last))) AS q1_least,
         sum(o.most * max(0.0, 1 - abs(o.most_place - 0.25 * o.last))) AS q1_most,
         sum(o.least * max(0.0, 1 - abs(o.least_place - 0.5 * o.last))) AS median_least,
         sum(o.most * max(0.0, 1 - abs(o.most_place - 0.5 * o.last))) AS median_most,
         sum(o.least * max(0.0, 1 - abs(o.least_place - 0.75 * o.last))) AS q3_least,
         sum(o.most * max(0.0, 1 - abs(o.most_place - 0.75 * o.last))) AS q3_most
    FROM ordered AS o
   GROUP BY o.level, o.thing
),
kind_of_project (code, name) AS (
  VALUES ('project', '项目'), ('bundle', '打包项目'), ('platform', '平台'), ('park', '园区'), ('facility', '设施'),
         ('line', '线路'), ('programme', '规划或行动')
)
SELECT CASE WHEN c.level IS NULL OR c.level = 'total' THEN '合计'
            ELSE coalesce(n.name, s.name, j.name, k.name, '未注明') END AS name,
       ifnull(c.projects, 0) AS projects, ifnull(c.inexact, 0) AS inexact,
       round(c.median_least / q.length, 2) AS median_least, round(c.median_most / q.length, 2) AS median_most,
       round(c.q1_least / q.length, 2) AS q1_least, round(c.q1_most / q.length, 2) AS q1_most,
       round(c.q3_least / q.length, 2) AS q3_least, round(c.q3_most / q.length, 2) AS q3_most,
       round(c.shortest / q.length, 2) AS shortest, round(c.longest / q.length, 2) AS longest,
       CASE q.unit WHEN 'month' THEN '月' ELSE '天' END AS unit,
       ifnull(c.reversed, 0) AS reversed, ifnull(c.first_only, 0) AS first_only,
       CASE WHEN q.from_step = q.to_step THEN 'same_step' WHEN ifnull(c.projects, 0) = 0 THEN 'no_pair' END AS reason,
       q.from_step, q.to_step, ifnull(c.level, 'total') AS level,
       CASE WHEN c.level IS NULL OR c.level = 'total' THEN 'Total'
            ELSE coalesce(n.name_en, s.name_en, j.name_en, k.code, 'not stated') END AS name_en,
       coalesce(n.code, s.code, j.code, k.code) AS code
  FROM parameter AS q
  LEFT JOIN counted AS c ON 1
  LEFT JOIN entity AS n ON c.level = 'entity' AND n.id = c.thing
  LEFT JOIN sector AS s ON c.level = 'sector' AND s.code = c.thing
  LEFT JOIN project AS j ON c.level = 'project' AND j.id = c.thing
  LEFT JOIN kind_of_project AS k ON c.level = 'kind' AND k.code = c.thing
 ORDER BY c.level IS NOT NULL AND c.level <> 'total', c.projects = 0, c.median_least, c.median_most, code;
