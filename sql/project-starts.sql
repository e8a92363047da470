-- name: project-starts
-- family: projects
-- about: How many projects have started, are completed, produce or are in use, of those planned for the year and of all in the list.
--   Rates: 开工率 (start), 竣工率 (completed), 投产率 (production), 投用率 (opened), each by two denominators: planned_rate = done of the year's
--   list / planned for the year · 100; listed_rate = done of the whole list / all projects of the list · 100.
--   The year's list of a step: the projects that any source plans to take it within the year, so that putting off a project does not mend the rate
--   (put_off counts those whose newest plan lies after the year). A plan for several years names no year: it is counted in plan_unsure.
--   Early steps count only if they are in the year's list (early, of planned_done). Done without being planned for the year: outside, in no planned rate.
--   Done: an actual date, by the last day looked at. A later step, such as completion for start, shows it too; so does a stage (by_stage), unless the day
--   looked at is before the newest news of the project. Dates of which only a part lies before that day are counted in done_unsure, not as done.
--   Bundles are split before counting: what has parts is not counted, its parts are; a part without a date of its own takes that planned for its bundle.
--   Cancelled projects stay in both denominators. No rate: missing_plan, missing_project (an empty denominator), year_not_begun.
--   Published bulletins sometimes truncate; here the rate is rounded half away from zero to one decimal.
-- about_zh: 项目开工率、竣工率、投产率、投用率：按两种分母计算，一是当年计划，二是清单全部项目。
--   planned_rate＝年度清单内已完成个数÷当年计划个数×100；listed_rate＝已完成个数÷清单全部个数×100。
--   年度清单：任一来源列入当年计划的项目，推迟计划不能改善比率（put_off 为最新计划已推到年后的个数）。跨年的计划不指明年份，计入 plan_unsure。
--   提前完成的只有在年度清单内才进分子（early，含在 planned_done 内）；不在年度清单而当年完成的列于 outside，不计入。
--   已完成：截至日之前有实际日期；其后的节点（如竣工之于开工）和项目阶段（by_stage）也可证明，但截至日早于该项目最新消息的不以阶段为证。
--   日期跨越截至日的计入 done_unsure，不算完成。
--   打包项目先拆分后计数：有子项目的不计，子项目各计一个；子项目没有自己计划日期的，取打包项目的。
--   已取消的项目仍在两个分母内。没有比率的原因：missing_plan 无当年计划，missing_project 无项目，year_not_begun 截至日在年初之前。
--   有的公报截去尾数；这里四舍五入，保留一位小数。
-- param: year integer = null  | 年度；空为截至日所在年 | the year; default: that of the last day looked at
-- param: entity text = null in entity  | 所在地（含下属）：代码、名称或别名；空为全部
--   | place, with all below it: code, name or alias; default: every one
-- param: parent text = null in project  | 清单：只看列在这一项目（规划、打包、年度清单）之下的；空为全部
--   | only the projects listed under this one (a programme, bundle or year's list); default: every one
-- param: kind text = null in ('project', 'bundle', 'platform', 'park', 'facility', 'line', 'programme')
--   | 项目类型；空为除 programme（行动、政策、规划）以外的全部 | kind of project; default: all but programmes, which are not built
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日；now 为今天)；空为文件中项目消息的最新一天，但不晚于 year 的末日
--   | the last day looked at (a year or month: its last day; now: today);
--   default: the newest day of which the file knows anything of a project, but no later than the end of `year`
-- param: by text = 'total' in ('total', 'entity', 'sector')  | 合计之外另按所在地或行业分组 | groups beside the total
-- columns: step_name, name, planned, planned_done, planned_rate, listed, listed_done, listed_rate, early, outside, put_off,
--   plan_unsure, done_unsure, by_stage, planned_reason, listed_reason, as_of, year, level, planned_rate_exact, listed_rate_exact,
--   step_name_en, name_en, step, code
-- shown: step_name, name, planned, planned_done, planned_rate, listed, listed_done, listed_rate, early, outside, put_off, as_of
-- chart: bar x=name y=planned_rate by=step_name
-- column: step_name | 比率名称 | name of the rate
-- column: name | 所在地或行业；合计 | place or sector; the total
-- column: planned | 当年计划：计划当年开工（竣工、投产、投用）的项目个数 | projects planned to take the step this year
-- column: planned_done | 计划内完成：其中已完成的个数 | those of them that have taken it
-- column: planned_rate | 计划完成率：按当年计划计算的比率（%），一位小数，四舍五入 | rate by the year's plan, %, rounded half away from zero to 0.1
-- column: listed | 清单项目：清单全部项目个数（拆分后） | all projects of the list, after splitting
-- column: listed_done | 其中完成：其中已完成的个数 | those of them that have taken the step
-- column: listed_rate | 全部完成率：按全部项目计算的比率（%），一位小数 | rate by all projects, %, to 0.1
-- column: early | 提前完成：年度清单内在年前就已完成的个数 | of planned_done: done before the year began
-- column: outside | 清单外完成：当年完成但不在年度清单内的个数 | done within the year without being planned for it
-- column: put_off | 推到年后：年度清单内最新计划推到年后的个数 | of the planned: the newest plan lies after the year
-- column: plan_unsure | 计划时期跨年、无法断定的个数 | projects whose plan covers more than the year
-- column: done_unsure | 实际日期跨越截至日、无法断定的个数 | projects whose date lies only partly before the last day
-- column: by_stage | listed_done 中只凭项目阶段认定的个数 | of listed_done: known by the stage alone
-- column: planned_reason | 没有 planned_rate 的原因 | why there is no planned_rate
-- column: listed_reason | 没有 listed_rate 的原因 | why there is no listed_rate
-- column: as_of | 截至日 | last day looked at
-- column: year | 年度 | the year
-- column: level | 行的层次：total 合计，entity 所在地，sector 行业 | what the row is
-- column: planned_rate_exact | planned_rate，未舍入 | planned_rate, not rounded
-- column: listed_rate_exact | listed_rate，未舍入 | listed_rate, not rounded
-- column: step_name_en | 比率英文名称 | name of the rate in English
-- column: name_en | 所在地或行业英文名称 | name in English
-- column: step | 节点类型 | kind of the step
-- column: code | 所在地或行业代码 | code of the place or sector
WITH RECURSIVE
-- What is known of each project, and by when: the day its source was published, or the last day of what happened.
-- A whole year that a document tells of before it is over is known to the document's day only.
news AS MATERIALIZED (
  SELECT j.id, d.published AS day
    FROM project AS j
    JOIN source AS d ON d.id = j.source_id
  UNION ALL
  SELECT m.project_id,
         CASE WHEN p.id IS NULL THEN d.published
              WHEN p.kind IN ('year', 'years') AND d.published BETWEEN p.starts AND p.ends THEN d.published
              ELSE max(p.ends, ifnull(d.published, p.ends)) END
    FROM milestone AS m
    JOIN source AS d ON d.id = m.source_id
    LEFT JOIN period AS p ON p.id = m.actual_id
  UNION ALL
  SELECT y.project_id,
         CASE WHEN y.spent IS NULL THEN d.published
              WHEN p.kind IN ('year', 'years') AND d.published BETWEEN p.starts AND p.ends THEN d.published
              ELSE max(p.ends, ifnull(d.published, p.ends)) END
    FROM outlay AS y
    JOIN source AS d ON d.id = y.source_id
    JOIN period AS p ON p.id = y.period_id
),
asked AS (
  SELECT CAST(:year AS INTEGER) AS year,
         -- What is no day stops the query: json_extract refuses it with this text.
         coalesce(CASE length(:as_of) WHEN 4 THEN date(:as_of || '-12-31')
                                      WHEN 7 THEN date(:as_of || '-01', '+1 month', '-1 day')
                       ELSE date(:as_of) END,
                  CASE WHEN :as_of IS NULL THEN (SELECT max(n.day) FROM news AS n)
                       ELSE json_extract('{}', 'as_of is no day: ' || :as_of) END) AS as_of
),
parameter AS MATERIALIZED (
  SELECT CAST(:entity AS TEXT) AS entity, CAST(:parent AS TEXT) AS parent, CAST(:kind AS TEXT) AS kind,
         coalesce(:by, 'total') AS view,
         coalesce(a.year, CAST(strftime('%Y', a.as_of) AS INTEGER)) AS year,
         coalesce(a.year || '-01-01', strftime('%Y-01-01', a.as_of)) AS begins,
         coalesce(a.year || '-12-31', strftime('%Y-12-31', a.as_of)) AS ends,
         CASE WHEN :as_of IS NULL AND a.year IS NOT NULL THEN min(a.as_of, a.year || '-12-31') ELSE a.as_of END AS as_of
    FROM asked AS a
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
listed AS MATERIALIZED (
  SELECT j.id, j.entity_id, j.sector, j.stage, b.id AS bundle_id, max(n.day) AS known_until
    FROM parameter AS q
    CROSS JOIN project AS j
    LEFT JOIN project AS b ON b.id = j.parent_id AND b.kind = 'bundle'
    LEFT JOIN news AS n ON n.id = j.id
   WHERE CASE WHEN q.kind IS NULL THEN j.kind <> 'programme' ELSE j.kind = q.kind END
     AND j.entity_id IN (SELECT p.id FROM place AS p)
     AND j.id IN (SELECT m.id FROM member AS m)
     AND NOT EXISTS (SELECT 1 FROM project AS c WHERE c.parent_id = j.id)
   GROUP BY j.id
),
-- The steps asked about, and the steps that show that each was taken.
step (step, position, name, name_en) AS (
  VALUES ('start', 1, '开工率', 'Started'), ('completed', 2, '竣工率', 'Completed'),
         ('production', 3, '投产率', 'In production'), ('opened', 4, '投用率', 'In use')
),
proof (step, kind) AS (
  SELECT s.step, s.step FROM step AS s
  UNION ALL
  VALUES ('start', 'topped_out'), ('start', 'commissioned'), ('start', 'completed'), ('start', 'accepted'),
         ('start', 'opened'), ('start', 'production'), ('completed', 'accepted')
),
planned AS (
  SELECT l.id, m.kind AS step, p.starts, p.ends, d.published, d.code AS source, m.locator
    FROM listed AS l
    JOIN milestone AS m ON m.project_id = l.id
    JOIN period AS p ON p.id = m.planned_id
    JOIN source AS d ON d.id = m.source_id
  UNION ALL
  SELECT l.id, m.kind, p.starts, p.ends, d.published, d.code, m.locator
    FROM listed AS l
    JOIN milestone AS m ON m.project_id = l.bundle_id
    JOIN period AS p ON p.id = m.planned_id
    JOIN source AS d ON d.id = m.source_id
   WHERE NOT EXISTS (SELECT 1 FROM milestone AS o
                      WHERE o.project_id = l.id AND o.kind = m.kind AND o.planned_id IS NOT NULL)
),
-- The newest plan: of the newest source, and of one source the most exact.
ranked AS (
  SELECT p.id, p.step, p.starts, p.ends,
         row_number() OVER (PARTITION BY p.id, p.step
                            ORDER BY p.published DESC NULLS LAST, julianday(p.ends) - julianday(p.starts), p.starts,
                                     p.source, p.locator) AS place
    FROM planned AS p
),
due AS MATERIALIZED (
  SELECT r.id, r.step,
         max(r.starts >= q.begins AND r.ends <= q.ends) AS in_year,
         max(r.starts <= q.ends AND r.ends >= q.begins) AS touches_year,
         max(r.place = 1 AND r.starts > q.ends) AS put_off
    FROM parameter AS q
    CROSS JOIN ranked AS r
   GROUP BY r.id, r.step
),
taken AS MATERIALIZED (
  SELECT l.id, f.step, max(p.ends <= q.as_of) AS done, max(p.starts <= q.as_of) AS perhaps,
         max(p.ends < q.begins) AS before_year,
         max(m.kind = f.step AND p.starts >= q.begins AND p.ends <= min(q.ends, q.as_of)) AS within_year
    FROM parameter AS q
    CROSS JOIN listed AS l
    JOIN milestone AS m ON m.project_id = l.id
    JOIN proof AS f ON f.kind = m.kind
    JOIN period AS p ON p.id = m.actual_id
   GROUP BY l.id, f.step
),
-- One row a project and step.
taking AS (
  SELECT l.id, s.step, l.entity_id, l.sector,
         ifnull(CASE s.step WHEN 'start' THEN l.stage IN ('implementation', 'completion', 'maintenance',
                                                          'decommissioning', 'decommissioned')
                            WHEN 'completed' THEN l.stage IN ('completion', 'maintenance', 'decommissioning', 'decommissioned')
                            ELSE 0 END AND q.as_of >= ifnull(l.known_until, ''), 0) AS by_stage
    FROM parameter AS q
    CROSS JOIN listed AS l
    CROSS JOIN step AS s
),
state AS MATERIALIZED (
  SELECT g.step, g.entity_id, g.sector,
         ifnull(d.in_year, 0) AS in_year,
         ifnull(d.touches_year AND NOT d.in_year, 0) AS plan_unsure,
         ifnull(d.in_year AND d.put_off, 0) AS put_off,
         ifnull(t.done, 0) OR g.by_stage AS done,
         NOT ifnull(t.done, 0) AND g.by_stage AS by_stage,
         ifnull(t.perhaps AND NOT t.done, 0) AND NOT g.by_stage AS done_unsure,
         ifnull(t.before_year, 0) AS before_year,
         ifnull(t.within_year AND NOT t.before_year, 0) AS within_year
    FROM taking AS g
    LEFT JOIN due AS d ON d.id = g.id AND d.step = g.step
    LEFT JOIN taken AS t ON t.id = g.id AND t.step = g.step
),
counted AS (
  SELECT s.step, g.level, CASE g.level WHEN 'entity' THEN s.entity_id WHEN 'sector' THEN s.sector END AS thing,
         count(*) AS listed, sum(s.done) AS listed_done, sum(s.in_year) AS planned, sum(s.in_year AND s.done) AS planned_done,
         sum(s.in_year AND s.done AND s.before_year) AS early, sum(NOT s.in_year AND s.within_year) AS outside,
         sum(s.put_off) AS put_off, sum(s.plan_unsure) AS plan_unsure, sum(s.done_unsure) AS done_unsure, sum(s.by_stage) AS by_stage
    FROM (SELECT 'total' AS level UNION SELECT q.view FROM parameter AS q) AS g
    CROSS JOIN state AS s
   GROUP BY s.step, g.level, CASE g.level WHEN 'entity' THEN s.entity_id WHEN 'sector' THEN s.sector END
)
SELECT s.name AS step_name, CASE WHEN c.level IS NULL OR c.level = 'total' THEN '合计' ELSE coalesce(n.name, x.name, '未注明') END AS name,
       ifnull(c.planned, 0) AS planned, ifnull(c.planned_done, 0) AS planned_done,
       CASE WHEN q.as_of >= q.begins THEN round(100.0 * c.planned_done / nullif(c.planned, 0), 1) END AS planned_rate,
       ifnull(c.listed, 0) AS listed, ifnull(c.listed_done, 0) AS listed_done,
       round(100.0 * c.listed_done / c.listed, 1) AS listed_rate,
       ifnull(c.early, 0) AS early, ifnull(c.outside, 0) AS outside, ifnull(c.put_off, 0) AS put_off,
       ifnull(c.plan_unsure, 0) AS plan_unsure, ifnull(c.done_unsure, 0) AS done_unsure, ifnull(c.by_stage, 0) AS by_stage,
       CASE WHEN ifnull(c.planned, 0) = 0 THEN 'missing_plan'
            WHEN q.as_of < q.begins THEN 'year_not_begun' END AS planned_reason,
       CASE WHEN c.listed IS NULL THEN 'missing_project' END AS listed_reason,
       q.as_of, q.year, ifnull(c.level, 'total') AS level,
       CASE WHEN q.as_of >= q.begins THEN 100.0 * c.planned_done / nullif(c.planned, 0) END AS planned_rate_exact,
       100.0 * c.listed_done / c.listed AS listed_rate_exact,
       s.name_en AS step_name_en,
       CASE WHEN c.level IS NULL OR c.level = 'total' THEN 'Total' ELSE coalesce(n.name_en, x.name_en, 'not stated') END AS name_en,
       s.step, coalesce(n.code, x.code) AS code
  FROM parameter AS q
  CROSS JOIN step AS s
  LEFT JOIN counted AS c ON c.step = s.step
  LEFT JOIN entity AS n ON c.level = 'entity' AND n.id = c.thing
  LEFT JOIN sector AS x ON c.level = 'sector' AND x.code = c.thing
 ORDER BY s.position, c.level <> 'total', planned_rate_exact DESC NULLS LAST, listed_rate_exact DESC NULLS LAST, code;
