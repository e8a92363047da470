-- name: import-detail
-- family: lookup
-- about: All that the file knows of an import, one fact a row: when, from which file, what the file still holds of it by table, how many
--   rows it changed, the names it brought, the notes around its table, and how the table was read.
--   What it changed is in import-changes, what it brought in import-facts.
-- about_zh: 一次导入的全部信息，每行一项：时间、文件、各表中仍来自它的行数、更改的行数、带来的新名称、表格上下的注释、读表的方式。
--   更改见 import-changes，带来的内容见 import-facts。
-- param: import integer = null  | 导入的编号；空为全部 | number of the import; default: every one
-- columns: import, attribute, attribute_zh, item, value, count
-- shown: attribute, item, value, count
-- column: import | 导入 | number of the import
-- column: attribute | 内容 | what the row tells
-- column: item | 细目 | which one: a table
-- column: value | 说明 | the text
-- column: count | 数量 | how many
WITH
parameter AS (
  SELECT CAST(:import AS INTEGER) AS import
),
chosen AS (
  SELECT m.id, m.at, m.table_name, m.file, m.sha256, m.rows, m.added, m.changed, m.mapping, m.notes, m.version
    FROM parameter AS q
    CROSS JOIN import AS m
   WHERE q.import IS NULL OR m.id = q.import
),
held AS (
  SELECT o.import_id, 1 AS position, 'observation' AS table_name, count(*) AS rows
    FROM observation AS o
   WHERE o.import_id IN (SELECT c.id FROM chosen AS c)
   GROUP BY o.import_id
  UNION ALL SELECT t.import_id, 2, 'target', count(*) FROM target AS t WHERE t.import_id IS NOT NULL GROUP BY t.import_id
  UNION ALL SELECT j.import_id, 3, 'project', count(*) FROM project AS j WHERE j.import_id IS NOT NULL GROUP BY j.import_id
  UNION ALL SELECT m.import_id, 4, 'milestone', count(*) FROM milestone AS m WHERE m.import_id IS NOT NULL GROUP BY m.import_id
  UNION ALL SELECT y.import_id, 5, 'outlay', count(*) FROM outlay AS y WHERE y.import_id IS NOT NULL GROUP BY y.import_id
),
fact (id, position, line, attribute, attribute_zh, item, value, count) AS (
  SELECT c.id, 1, 0, 'file', '文件', NULL, c.file, NULL FROM chosen AS c
  UNION ALL SELECT c.id, 2, 0, 'at', '时间（UTC）', NULL, c.at, NULL FROM chosen AS c
  UNION ALL SELECT c.id, 3, 0, 'into', '导入的表', NULL, c.table_name, NULL FROM chosen AS c
  UNION ALL SELECT c.id, 4, 0, 'rows', '文件行数', NULL, NULL, c.rows FROM chosen AS c
  UNION ALL SELECT c.id, 5, 0, 'added', '新增', NULL, NULL, c.added FROM chosen AS c
  UNION ALL SELECT c.id, 6, 0, 'changed', '更改', NULL, NULL, c.changed FROM chosen AS c
  UNION ALL SELECT h.import_id, 7, h.position, 'still holds', '现存', h.table_name, NULL, h.rows FROM held AS h
  UNION ALL
  SELECT r.import_id, 8, r.id, 'new name', '新名称', r.table_name,
         (SELECT group_concat(k.value, ' ') FROM json_each(r.key) AS k WHERE k.value <> ''), NULL
    FROM revision AS r
   WHERE r.import_id IS NOT NULL AND r.former IS NULL
     AND r.table_name NOT IN ('observation', 'target', 'milestone', 'outlay')
  UNION ALL SELECT c.id, 9, 0, 'notes', '注释', NULL, c.notes, NULL FROM chosen AS c WHERE c.notes IS NOT NULL
  UNION ALL
  SELECT c.id, 10, 0, 'read by', '读表方式', NULL, iif(json_valid(c.mapping), json(c.mapping), c.mapping), NULL
    FROM chosen AS c WHERE c.mapping IS NOT NULL
  UNION ALL SELECT c.id, 11, 0, 'sha256', 'SHA-256', NULL, c.sha256, NULL FROM chosen AS c
  UNION ALL SELECT c.id, 12, 0, 'planfile', 'planfile 版本', NULL, c.version, NULL FROM chosen AS c
)
SELECT c.id AS import, f.attribute, f.attribute_zh, f.item, f.value, f.count
  FROM fact AS f
  JOIN chosen AS c ON c.id = f.id
 ORDER BY c.id, f.position, f.line, f.item, f.value;
