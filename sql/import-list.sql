-- name: import-list
-- family: lookup
-- about: The imports, the newest last: when, which file, into which table, how many rows it had, added and changed,
--   and how many rows of it were changed again since.
-- about_zh: 历次导入，新的在后：时间、文件、导入的表、行数、新增和更改的行数，及其中后来又被改动的行数。
-- columns: import, at, file, table_name, rows, added, changed, replaced, version
-- column: import | 导入 | number of the import
-- column: at | 时间（UTC） | when, UTC
-- column: file | 文件 | file that it read
-- column: table_name | 表 | table that it went into
-- column: rows | 行数 | rows of the file
-- column: added | 新增 | rows that it added
-- column: changed | 更改 | rows that it changed
-- column: replaced | 后被替换 | rows of it that were changed later
-- column: version | 版本 | planfile's version
WITH
replaced AS (
  SELECT CAST(r.former ->> 'import' AS INTEGER) AS import_id, count(*) AS rows
    FROM revision AS r
   WHERE r.former IS NOT NULL AND ifnull(r.former ->> 'import', '') <> ''
   GROUP BY 1
)
SELECT m.id AS import, m.at, m.file, m.table_name, m.rows, m.added, m.changed, ifnull(p.rows, 0) AS replaced, m.version
  FROM import AS m
  LEFT JOIN replaced AS p ON p.import_id = m.id
 ORDER BY m.id;
