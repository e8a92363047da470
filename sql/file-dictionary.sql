-- name: file-dictionary
-- family: lookup
-- about: What each table and view, and each of its columns, means; views first, columns in their declared order.
--   The row without a column is about the table or view itself.
-- about_zh: 各表、视图及其各列的含义；视图在前，列按声明的顺序。没有列名的一行说明表或视图本身。
-- param: thing text = null  | 表或视图的名称；空为全部 | name of a table or view; default: every one
-- columns: table_name, column_name, title, title_en, about, about_en
WITH
parameter AS (
  SELECT CAST(:thing AS TEXT) AS thing
)
SELECT d.table_name, d.column_name, d.title, d.title_en, d.about, d.about_en
  FROM parameter AS q
  CROSS JOIN dictionary AS d
  LEFT JOIN sqlite_schema AS s ON s.name = d.table_name AND s.type IN ('table', 'view')
  LEFT JOIN pragma_table_info(d.table_name) AS c ON c.name = d.column_name
 WHERE q.thing IS NULL OR q.thing = d.table_name COLLATE NOCASE
 ORDER BY s.type = 'view' DESC, d.table_name, d.column_name <> '', c.cid IS NULL, c.cid, d.column_name;
