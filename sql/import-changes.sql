-- name: import-changes
-- family: lookup
-- about: What an import changed, one row a column: the value before it, and the one it brought. `now` is 1 where the file still
--   has that value, 0 where it was changed again, empty where the row is gone. Values are as a book writes them.
-- about_zh: 一次导入改了什么，每列一行：此前的值、导入带来的值；now 为 1 表示文件中仍是该值，0 表示后来又改过，
--   空表示该行已不在。值的写法同数据册。
-- param: import integer = null  | 导入的编号；空为全部 | number of the import; default: every one
-- columns: import, table_name, thing, column_name, former, became, now, key, revision
-- shown: table_name, thing, column_name, former, became, now
-- column: import | 导入 | number of the import
-- column: table_name | 表 | table of the row
-- column: thing | 数据行 | which row: the codes of its key
-- column: column_name | 列 | column that was changed
-- column: former | 原值 | value before the import
-- column: became | 新值 | value that the import brought
-- column: now | 现值 | 1: the file has it still
-- column: key | 键 | the row's key as JSON
-- column: revision | 修订编号 | number of the former state in table revision
WITH
parameter AS (
  SELECT CAST(:import AS INTEGER) AS import
),
changed AS (
  SELECT r.id, r.import_id, r.table_name, r.key, r.former
    FROM parameter AS q
    CROSS JOIN revision AS r
   WHERE r.import_id IS NOT NULL AND r.former IS NOT NULL AND (q.import IS NULL OR r.import_id = q.import)
),
-- What came after: the former state of the next change, or the row as it is.
followed AS (
  SELECT c.id, c.import_id, c.table_name, c.key, c.former,
         (SELECT n.former
            FROM revision AS n
           WHERE n.table_name = c.table_name AND n.key = c.key AND n.id > c.id
           ORDER BY n.id
           LIMIT 1) AS later
    FROM changed AS c
),
-- Rows as they are, as a book would hold them; empty cells are left out. A number alone is written as it is stored.
present AS (
  SELECT f.id, json_object('value', coalesce(o.printed, CASE WHEN o.value = CAST(o.value AS INTEGER)
                                                             THEN CAST(CAST(o.value AS INTEGER) AS TEXT) ELSE CAST(o.value AS TEXT) END),
                           'unit', o.printed_unit, 'status', o.status, 'note', o.note) AS state
    FROM followed AS f
    JOIN indicator AS i ON i.code = f.key ->> 'indicator'
    JOIN entity AS e ON e.code = f.key ->> 'entity'
    JOIN scope AS c ON c.code = f.key ->> 'scope'
    LEFT JOIN entity AS a ON a.code = f.key ->> 'among'
    JOIN series AS s ON s.indicator_id = i.id AND s.entity_id = e.id AND s.scope_id = c.id AND s.measure = f.key ->> 'measure'
                    AND s.among_id IS a.id
    JOIN period AS p ON p.code = f.key ->> 'period'
    JOIN source AS d ON d.code = f.key ->> 'source'
    JOIN observation AS o ON o.series_id = s.id AND o.period_id = p.id AND o.source_id = d.id AND o.locator = f.key ->> 'locator'
   WHERE f.table_name = 'observation'
  UNION ALL
  SELECT f.id, json_object('value', coalesce(t.printed, t.wording, CASE WHEN t.value = CAST(t.value AS INTEGER)
                                                                        THEN CAST(CAST(t.value AS INTEGER) AS TEXT) ELSE CAST(t.value AS TEXT) END),
                           'unit', t.printed_unit, 'nature', t.nature,
                           'base_value', coalesce(t.base_printed, CASE WHEN t.base_value = CAST(t.base_value AS INTEGER)
                                                                       THEN CAST(CAST(t.base_value AS INTEGER) AS TEXT)
                                                                       ELSE CAST(t.base_value AS TEXT) END),
                           'base_period', b.code, 'claim', t.claim, 'category', t.category, 'number', t.number, 'note', t.note)
    FROM followed AS f
    JOIN plan AS n ON n.code = f.key ->> 'plan'
    JOIN indicator AS i ON i.code = f.key ->> 'indicator'
    JOIN entity AS e ON e.code = f.key ->> 'entity'
    JOIN scope AS c ON c.code = f.key ->> 'scope'
    LEFT JOIN entity AS a ON a.code = f.key ->> 'among'
    JOIN series AS s ON s.indicator_id = i.id AND s.entity_id = e.id AND s.scope_id = c.id AND s.measure = f.key ->> 'measure'
                    AND s.among_id IS a.id
    JOIN period AS p ON p.code = f.key ->> 'period'
    JOIN source AS d ON d.code = f.key ->> 'source'
    JOIN target AS t ON t.plan_id = n.id AND t.series_id = s.id AND t.period_id = p.id AND t.source_id = d.id
                    AND t.locator = f.key ->> 'locator'
    LEFT JOIN period AS b ON b.id = t.base_period_id
   WHERE f.table_name = 'target'
  UNION ALL
  SELECT f.id, json_object('name', j.name, 'name_en', j.name_en, 'entity', e.code, 'sector', j.sector, 'kind', j.kind, 'stage', j.stage,
                           'investment', coalesce(j.investment_printed, CASE WHEN j.investment = CAST(j.investment AS INTEGER)
                                                                             THEN CAST(CAST(j.investment AS INTEGER) AS TEXT)
                                                                             ELSE CAST(j.investment AS TEXT) END),
                           'unit', u.code, 'parent', k.code, 'source', d.code, 'locator', j.locator, 'note', j.note)
    FROM followed AS f
    JOIN project AS j ON j.code = f.key ->> 'code'
    JOIN entity AS e ON e.id = j.entity_id
    JOIN source AS d ON d.id = j.source_id
    LEFT JOIN unit AS u ON u.id = j.unit_id
    LEFT JOIN project AS k ON k.id = j.parent_id
   WHERE f.table_name = 'project'
  UNION ALL
  SELECT f.id, json_object('planned', pl.code, 'actual', ac.code, 'note', m.note)
    FROM followed AS f
    JOIN project AS j ON j.code = f.key ->> 'project'
    JOIN source AS d ON d.code = f.key ->> 'source'
    JOIN milestone AS m ON m.project_id = j.id AND m.kind = f.key ->> 'kind' AND m.source_id = d.id AND m.locator = f.key ->> 'locator'
    LEFT JOIN period AS pl ON pl.id = m.planned_id
    LEFT JOIN period AS ac ON ac.id = m.actual_id
   WHERE f.table_name = 'milestone'
  UNION ALL
  SELECT f.id, json_object('planned', coalesce(y.planned_printed, CASE WHEN y.planned = CAST(y.planned AS INTEGER)
                                                                       THEN CAST(CAST(y.planned AS INTEGER) AS TEXT)
                                                                       ELSE CAST(y.planned AS TEXT) END),
                           'spent', coalesce(y.spent_printed, CASE WHEN y.spent = CAST(y.spent AS INTEGER)
                                                                   THEN CAST(CAST(y.spent AS INTEGER) AS TEXT)
                                                                   ELSE CAST(y.spent AS TEXT) END),
                           'unit', u.code, 'note', y.note)
    FROM followed AS f
    JOIN project AS j ON j.code = f.key ->> 'project'
    JOIN period AS p ON p.code = f.key ->> 'period'
    JOIN source AS d ON d.code = f.key ->> 'source'
    JOIN outlay AS y ON y.project_id = j.id AND y.period_id = p.id AND y.source_id = d.id AND y.locator = f.key ->> 'locator'
    JOIN unit AS u ON u.id = y.unit_id
   WHERE f.table_name = 'outlay'
  UNION ALL
  SELECT f.id, json_object('title', d.title, 'title_en', d.title_en, 'publisher', d.publisher, 'published', d.published, 'kind', d.kind,
                           'note', d.note)
    FROM followed AS f
    JOIN source AS d ON d.code = f.key ->> 'code'
   WHERE f.table_name = 'source'
  UNION ALL
  SELECT f.id, json_object('name', e.name, 'name_en', e.name_en, 'kind', e.kind, 'parent', k.code, 'successor', s.code,
                           'valid_from', e.valid_from, 'valid_to', e.valid_to, 'note', e.note)
    FROM followed AS f
    JOIN entity AS e ON e.code = f.key ->> 'code'
    LEFT JOIN entity AS k ON k.id = e.parent_id
    LEFT JOIN entity AS s ON s.id = e.successor_id
   WHERE f.table_name = 'entity'
  UNION ALL
  SELECT f.id, json_object('name', i.name, 'name_en', i.name_en, 'unit', u.code, 'category', i.category, 'direction', i.direction,
                           'kind', i.kind, 'definition', i.definition, 'definition_en', i.definition_en, 'note', i.note)
    FROM followed AS f
    JOIN indicator AS i ON i.code = f.key ->> 'code'
    JOIN unit AS u ON u.id = i.unit_id
   WHERE f.table_name = 'indicator'
  UNION ALL
  SELECT f.id, json_object('name', n.name, 'name_en', n.name_en, 'entity', e.code, 'period', p.code, 'source', d.code, 'parent', k.code,
                           'note', n.note)
    FROM followed AS f
    JOIN plan AS n ON n.code = f.key ->> 'code'
    JOIN entity AS e ON e.id = n.entity_id
    JOIN period AS p ON p.id = n.period_id
    JOIN source AS d ON d.id = n.source_id
    LEFT JOIN plan AS k ON k.id = n.parent_id
   WHERE f.table_name = 'plan'
  UNION ALL
  SELECT f.id, json_object('name', c.name, 'name_en', c.name_en, 'definition', c.definition)
    FROM followed AS f
    JOIN scope AS c ON c.code = f.key ->> 'code'
   WHERE f.table_name = 'scope'
  UNION ALL
  SELECT f.id, json_object('name_en', u.name_en, 'dimension', u.dimension, 'base', u.base, 'factor', CAST(u.factor AS TEXT), 'note', u.note)
    FROM followed AS f
    JOIN unit AS u ON u.code = f.key ->> 'code'
   WHERE f.table_name = 'unit'
),
stated AS (
  SELECT f.id, f.import_id, f.table_name, f.key, f.former, coalesce(f.later, p.state) AS became, p.state AS present
    FROM followed AS f
    LEFT JOIN present AS p ON p.id = f.id
)
SELECT s.import_id AS import, s.table_name,
       (SELECT group_concat(k.value, ' ') FROM json_each(s.key) AS k WHERE k.value NOT IN ('', 'level')) AS thing,
       c.key AS column_name, nullif(c.value, '') AS former, nullif(s.became ->> c.key, '') AS became,
       CASE WHEN s.present IS NOT NULL THEN nullif(s.present ->> c.key, '') IS nullif(s.became ->> c.key, '') END AS now,
       s.key, s.id AS revision
  FROM stated AS s
  JOIN json_each(s.former) AS c
 WHERE c.key <> 'import' AND json_extract(s.key, '$.' || c.key) IS NULL AND s.became IS NOT NULL
   AND nullif(c.value, '') IS NOT nullif(s.became ->> c.key, '')
 ORDER BY s.import_id, s.table_name, s.key, s.id, c.id;
