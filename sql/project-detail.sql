-- name: project-detail
-- family: projects
-- about: All that the file knows of a project, one fact a row: its names, kind, sector, stage, place, investment, the programme
--   it is under, its parts, milestones, money by period, and the figures about the entity that has the project's code.
-- about_zh: 一个项目的全部信息，每行一项：名称、类型、行业、阶段、所在地、投资、所属项目、子项目、节点、
--   各时期资金，以及与项目同代码的对象的数据。
-- param: project text = null in project  | 项目：代码、名称或别名；空为全部 | project: code, name or alias; default: every one
-- columns: project_name, attribute, attribute_zh, item, value, unit, period, source, locator, project
-- shown: project_name, attribute_zh, item, value, unit, period, source, locator
-- column: attribute | 内容（英文） | what the row tells
-- column: attribute_zh | 内容（中文） | what the row tells, in Chinese
-- column: item | 细目：节点、资金的类别，指标名，或代码 | which one: the milestone, kind of money, indicator or code
-- column: value | 内容或数值（如印） | the text, or the figure as printed
WITH
parameter AS (
  SELECT CAST(:project AS TEXT) AS project
),
wanted_project AS (
  SELECT j.id, j.code
    FROM parameter AS q
    CROSS JOIN project AS j
   WHERE q.project IS NULL OR q.project IN (j.code, j.name, j.name_en)
         OR j.id IN (SELECT a.project_id FROM alias AS a WHERE a.kind = 'project' AND a.name = q.project)
),
chosen AS (
  SELECT j.project, j.name, j.name_en, j.entity, j.entity_name, j.sector, j.kind, j.stage, j.investment,
         j.investment_comparator, j.investment_high, j.investment_printed, j.unit, j.parent, j.source, j.locator, j.note
    FROM projects AS j
   WHERE j.project IN (SELECT w.code FROM wanted_project AS w)
),
-- `position` keeps the kinds of facts in order, `day` those of one kind.
fact (project, position, day, attribute, attribute_zh, item, value, unit, period, source, locator) AS (
  SELECT c.project, 1, '', 'name', '名称', 'zh', c.name, NULL, NULL, c.source, c.locator FROM chosen AS c
  UNION ALL
  SELECT c.project, 2, '', 'name', '名称', 'en', c.name_en, NULL, NULL, c.source, c.locator
    FROM chosen AS c WHERE c.name_en IS NOT NULL
  UNION ALL
  SELECT w.code, 3, '', 'alias', '别名', NULL, a.name, NULL, NULL, NULL, NULL
    FROM wanted_project AS w
    JOIN alias AS a ON a.kind = 'project' AND a.project_id = w.id
  UNION ALL
  SELECT c.project, 4, '', 'kind', '类型', NULL, c.kind, NULL, NULL, c.source, c.locator FROM chosen AS c
  UNION ALL
  SELECT c.project, 5, '', 'sector', '行业', c.sector, s.name, NULL, NULL, c.source, c.locator
    FROM chosen AS c
    JOIN sector AS s ON s.code = c.sector
  UNION ALL
  SELECT c.project, 6, '', 'stage', '阶段', c.stage, s.name, NULL, NULL, c.source, c.locator
    FROM chosen AS c
    JOIN stage AS s ON s.code = c.stage
  UNION ALL
  SELECT c.project, 7, '', 'place', '所在地', c.entity, c.entity_name, NULL, NULL, c.source, c.locator FROM chosen AS c
  UNION ALL
  SELECT c.project, 8, '', 'investment', '总投资', NULL,
         coalesce(c.investment_printed,
                  CASE WHEN c.investment = CAST(c.investment AS INTEGER) THEN CAST(CAST(c.investment AS INTEGER) AS TEXT)
                       ELSE CAST(c.investment AS TEXT) END),
         c.unit, NULL, c.source, c.locator
    FROM chosen AS c WHERE c.investment IS NOT NULL OR c.investment_printed IS NOT NULL
  UNION ALL
  SELECT c.project, 9, '', 'parent', '所属项目', j.project, j.name, NULL, NULL, c.source, c.locator
    FROM chosen AS c
    JOIN projects AS j ON j.project = c.parent
  UNION ALL
  SELECT c.project, 10, '', 'part', '子项目', j.project, j.name, NULL, NULL, j.source, j.locator
    FROM chosen AS c
    JOIN projects AS j ON j.parent = c.project
  UNION ALL
  SELECT m.project, 11, m.planned_starts, 'milestone planned', '计划节点', m.kind, m.note, NULL, m.planned,
         m.source, m.locator
    FROM milestones AS m
   WHERE m.planned IS NOT NULL AND m.project IN (SELECT w.code FROM wanted_project AS w)
  UNION ALL
  SELECT m.project, 12, m.actual_starts, 'milestone', '节点', m.kind, m.note, NULL, m.actual, m.source, m.locator
    FROM milestones AS m
   WHERE m.actual IS NOT NULL AND m.project IN (SELECT w.code FROM wanted_project AS w)
  UNION ALL
  SELECT y.project, 13, y.starts, 'outlay', '资金', 'planned',
         coalesce(y.planned_printed,
                  CASE WHEN y.planned = CAST(y.planned AS INTEGER) THEN CAST(CAST(y.planned AS INTEGER) AS TEXT)
                       ELSE CAST(y.planned AS TEXT) END),
         y.unit, y.period, y.source, y.locator
    FROM outlays AS y
   WHERE y.planned IS NOT NULL AND y.project IN (SELECT w.code FROM wanted_project AS w)
  UNION ALL
  SELECT y.project, 14, y.starts, 'outlay', '资金', 'spent',
         coalesce(y.spent_printed,
                  CASE WHEN y.spent = CAST(y.spent AS INTEGER) THEN CAST(CAST(y.spent AS INTEGER) AS TEXT)
                       ELSE CAST(y.spent AS TEXT) END),
         y.unit, y.period, y.source, y.locator
    FROM outlays AS y
   WHERE y.spent IS NOT NULL AND y.project IN (SELECT w.code FROM wanted_project AS w)
  UNION ALL
  SELECT c.project, 15, '', 'note', '备注', NULL, c.note, NULL, NULL, c.source, c.locator
    FROM chosen AS c WHERE c.note IS NOT NULL
  UNION ALL
  SELECT o.entity, 16, o.starts || o.ends || o.indicator, 'figure', '数据',
         o.indicator_name || CASE WHEN o.measure = 'level' THEN '' ELSE ' ' || o.measure END
           || ifnull(' ' || o.among, '') || CASE WHEN o.scope = '' THEN '' ELSE ' (' || o.scope || ')' END,
         o.printed, o.unit, o.period, o.source, o.locator
    FROM observations AS o
   WHERE o.entity IN (SELECT w.code FROM wanted_project AS w)
)
SELECT c.name AS project_name, f.attribute, f.attribute_zh, f.item, f.value, f.unit, f.period, f.source, f.locator,
       f.project
  FROM fact AS f
  CROSS JOIN project AS c ON c.code = f.project
 ORDER BY f.project, f.position, f.day, f.item, f.value, f.period, f.source, f.locator;
