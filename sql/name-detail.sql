-- name: name-detail
-- family: lookup
-- about: Every name of a thing and every text about it, from views names and texts: definitions, notes, explanations.
-- about_zh: 一个事物的全部名称和说明文字，取自 names 和 texts 视图：定义、备注、说明等。
-- param: kind text = 'unit' in ('indicator', 'entity', 'plan', 'project', 'source', 'scope', 'unit', 'query', 'table', 'column')
--   | 种类 | kind of thing
-- param: code text = null  | 代码；空为全部 | its code; default: every one
-- columns: kind, code, which, text
-- shown: which, text
-- column: kind | 种类 | kind of thing
-- column: code | 代码 | code of the thing
-- column: which | 哪一项 | which name or text
-- column: text | 文字 | the name or text
WITH
parameter AS (
  SELECT coalesce(CAST(:kind AS TEXT), 'unit') AS kind, CAST(:code AS TEXT) AS code
),
told AS (
  SELECT 1 AS position, n.kind, n.code, n.which, n.name AS text
    FROM parameter AS q
    CROSS JOIN names AS n
   WHERE n.kind = q.kind AND (q.code IS NULL OR n.code = q.code)
  UNION
  SELECT 2, t.kind, t.code, t.which, t.text
    FROM parameter AS q
    CROSS JOIN texts AS t
   WHERE t.kind = q.kind AND (q.code IS NULL OR t.code = q.code)
)
SELECT t.kind, t.code, t.which, t.text
  FROM told AS t
 ORDER BY t.code, t.position, CASE t.which WHEN 'name' THEN 1 WHEN 'name_en' THEN 2 ELSE 3 END, t.which, t.text;
