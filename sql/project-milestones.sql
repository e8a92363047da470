-- name: project-milestones
-- family: projects
-- about: The dated steps of projects in the order of their dates, planned against actual.
--   `days` counts from the project's step before to this one, both as they happened, and is empty unless both are
--   known to the day. `slippage` counts the days from the planned period's last day to the actual day: 0 within the planned period, negative
--   when early (to its first day), empty without a plan or an exact day.
-- about_zh: 项目的节点按日期排列，计划与实际对照。
--   days 为本节点距上一节点的实际天数，两者都精确到日才计算；slippage 为实际日期比计划时期末日晚的天数：
--   在计划时期内为 0，早于其首日为负，没有计划或实际日期不到日则空。
-- param: project text = null in project  | 项目：代码、名称或别名；空为全部 | project: code, name or alias; default: every one
-- columns: project_name, kind, planned, actual, since, days, slippage, source, locator, note, project_name_en, project
-- shown: project_name, kind, planned, actual, days, slippage, source, locator
-- column: since | 上一节点的类型 | kind of the step before
-- column: days | 距上一节点的天数 | days since the step before
-- column: slippage | 比计划晚的天数，负数为提前 | days later than planned; negative is early
WITH
parameter AS (
  SELECT CAST(:project AS TEXT) AS project
),
wanted_project AS (
  SELECT j.code
    FROM parameter AS q
    CROSS JOIN project AS j
   WHERE q.project IS NULL OR q.project IN (j.code, j.name, j.name_en)
         OR j.id IN (SELECT a.project_id FROM alias AS a WHERE a.kind = 'project' AND a.name = q.project)
),
-- A step that several sources state alike is one step. Two on one day keep the order of a project's life.
step AS (
  SELECT DISTINCT m.project, m.kind, m.actual, m.actual_starts, m.actual_ends,
         CASE m.kind WHEN 'identified' THEN 1 WHEN 'signed' THEN 2 WHEN 'approved' THEN 3 WHEN 'land' THEN 4
                     WHEN 'start' THEN 5 WHEN 'topped_out' THEN 6 WHEN 'commissioned' THEN 7
                     WHEN 'completed' THEN 8 WHEN 'accepted' THEN 9 WHEN 'opened' THEN 10
                     WHEN 'production' THEN 11 ELSE 12 END AS position
    FROM wanted_project AS w
    JOIN milestones AS m ON m.project = w.code
   WHERE m.actual IS NOT NULL
),
paced AS (
  SELECT s.project, s.kind, s.actual, lag(s.kind) OVER life AS since,
         CASE WHEN s.actual_starts = s.actual_ends
                   AND lag(s.actual_starts) OVER life = lag(s.actual_ends) OVER life
              THEN CAST(julianday(s.actual_ends) - julianday(lag(s.actual_ends) OVER life) AS INTEGER) END AS days
    FROM step AS s
  WINDOW life AS (PARTITION BY s.project ORDER BY s.actual_starts, s.actual_ends, s.position)
)
SELECT m.project_name, m.kind, m.planned, m.actual, p.since, p.days,
       CASE WHEN m.actual_starts <> m.actual_ends THEN NULL
            WHEN m.actual_ends > m.planned_ends
            THEN CAST(julianday(m.actual_ends) - julianday(m.planned_ends) AS INTEGER)
            WHEN m.actual_ends < m.planned_starts
            THEN CAST(julianday(m.actual_ends) - julianday(m.planned_starts) AS INTEGER)
            WHEN m.planned IS NOT NULL AND m.actual IS NOT NULL THEN 0 END AS slippage,
       m.source, m.locator, m.note, m.project_name_en, m.project
  FROM wanted_project AS w
  JOIN milestones AS m ON m.project = w.code
  LEFT JOIN paced AS p ON p.project = m.project AND p.kind = m.kind AND p.actual = m.actual
 ORDER BY coalesce(m.actual_starts, m.planned_starts), coalesce(m.actual_ends, m.planned_ends),
          m.project, m.kind, m.source, m.locator;
