-- name: import-facts
-- family: lookup
-- about: What the file holds of an import, the first rows of each table: figures, targets, projects, milestones and money that it
--   brought and that no later import replaced.
-- about_zh: 文件中来自一次导入、未被后来的导入替换的内容，各表列前若干行：数据、目标、项目、节点、资金。
-- param: import integer = null  | 导入的编号；空为最后一次 | number of the import; default: the last one
-- param: most integer = 5  | 每个表至多几行 | rows of each table at most
-- columns: table_name, indicator_name, indicator_name_en, entity_name, entity_name_en, period, printed, unit, source, locator, item, import
-- shown: table_name, indicator_name, entity_name, period, printed, unit, source, locator
-- column: table_name | 表 | table of the row
-- column: indicator_name | 指标或项目 | indicator or project
-- column: entity_name | 对象 | entity; of a target its plan is in item
-- column: item | 细目 | the plan of a target, the kind of a milestone, the stage of a project
WITH
parameter AS (
  SELECT coalesce(CAST(:import AS INTEGER), (SELECT max(m.id) FROM import AS m)) AS import, coalesce(CAST(:most AS INTEGER), 5) AS most
),
fact AS (
  SELECT 1 AS position, 'observation' AS table_name, i.name, i.name_en, e.name AS entity_name, e.name_en AS entity_name_en,
         p.code AS period, p.starts,
         coalesce(o.printed, CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                                  ELSE CAST(o.value AS TEXT) END) AS printed,
         coalesce(o.printed_unit, u.code) AS unit, d.code AS source, o.locator, s.measure AS item, i.code AS thing
    FROM (SELECT b.series_id, b.period_id, b.source_id, b.locator, b.value, b.printed, b.printed_unit
            FROM observation AS b
           WHERE b.import_id = (SELECT q.import FROM parameter AS q)
           LIMIT (SELECT q.most FROM parameter AS q)) AS o
    JOIN series AS s ON s.id = o.series_id
    JOIN indicator AS i ON i.id = s.indicator_id
    JOIN entity AS e ON e.id = s.entity_id
    JOIN unit AS u ON u.id = s.unit_id
    JOIN period AS p ON p.id = o.period_id
    JOIN source AS d ON d.id = o.source_id
  UNION ALL
  SELECT 2, 'target', t.indicator_name, t.indicator_name_en, t.entity_name, t.entity_name_en, t.period, t.starts, t.printed, t.unit,
         t.source, t.locator, t.plan, t.indicator
    FROM (SELECT x.plan, x.indicator, x.indicator_name, x.indicator_name_en, x.entity_name, x.entity_name_en, x.period,
                                x.starts, x.printed, x.unit, x.source, x.locator
                           FROM targets AS x
                          WHERE x.import = (SELECT q.import FROM parameter AS q)
                          ORDER BY x.plan, x.indicator, x.entity, x.starts, x.ends, x.scope, x.measure, x.source, x.locator
                          LIMIT (SELECT q.most FROM parameter AS q)) AS t
  UNION ALL
  SELECT 3, 'project', j.name, j.name_en, j.entity_name, j.entity_name_en, NULL, NULL, j.investment_printed, j.unit, j.source, j.locator,
         j.stage, j.project
    FROM (SELECT x.project, x.name, x.name_en, x.entity_name, x.entity_name_en, x.stage, x.source, x.locator, x.unit,
                 coalesce(x.investment_printed, CASE WHEN x.investment = CAST(x.investment AS INTEGER)
                                                     THEN CAST(CAST(x.investment AS INTEGER) AS TEXT)
                                                     ELSE CAST(x.investment AS TEXT) END) AS investment_printed
            FROM projects AS x
           WHERE x.import = (SELECT q.import FROM parameter AS q)
           ORDER BY x.project
           LIMIT (SELECT q.most FROM parameter AS q)) AS j
  UNION ALL
  SELECT 4, 'milestone', m.project_name, m.project_name_en, NULL, NULL, coalesce(m.actual, m.planned), NULL, NULL, NULL, m.source, m.locator,
         m.kind, m.project
    FROM (SELECT x.project, x.project_name, x.project_name_en, x.kind, x.actual, x.planned, x.source, x.locator
            FROM milestones AS x
           WHERE x.import = (SELECT q.import FROM parameter AS q)
           ORDER BY x.project, x.kind, x.source, x.locator
           LIMIT (SELECT q.most FROM parameter AS q)) AS m
  UNION ALL
  SELECT 5, 'outlay', y.project_name, y.project_name_en, NULL, NULL, y.period, y.starts, y.printed, y.unit, y.source, y.locator,
         y.item, y.project
    FROM (SELECT x.project, x.project_name, x.project_name_en, x.period, x.starts, x.unit, x.source, x.locator,
                 CASE WHEN x.spent IS NULL THEN 'planned' ELSE 'spent' END AS item,
                 coalesce(x.spent_printed, CAST(x.spent AS TEXT), x.planned_printed, CAST(x.planned AS TEXT)) AS printed
            FROM outlays AS x
           WHERE x.import = (SELECT q.import FROM parameter AS q)
           ORDER BY x.project, x.period, x.source, x.locator
           LIMIT (SELECT q.most FROM parameter AS q)) AS y
)
SELECT f.table_name, f.name AS indicator_name, f.name_en AS indicator_name_en, f.entity_name, f.entity_name_en, f.period, f.printed,
       f.unit, f.source, f.locator, f.item, q.import
  FROM parameter AS q
  CROSS JOIN fact AS f
 ORDER BY f.position, f.thing, f.entity_name, f.starts, f.period, f.source, f.locator, f.item, f.printed;
