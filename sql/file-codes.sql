-- name: file-codes
-- family: lookup
-- about: What the codes in tables and in results of saved queries mean.
--   A list is called like the column that holds its codes; columns such as planned_reason hold those of reason, the last part of their name.
--   Stages, sectors and statuses have tables of their own.
-- about_zh: 各表和保存的查询结果中代码的含义。代码集与使用它的列同名；planned_reason 等列用其名称最后一部分 reason 的代码。
--   项目阶段、行业、数据状态另有各自的表。
-- param: codelist text = null in (SELECT DISTINCT codelist FROM code ORDER BY codelist)  | 代码集，如 verdict；空为全部 | a code list, such as verdict; default: every one
-- columns: codelist, code, name, name_en
-- column: codelist | 代码集 | the code list
-- column: code | 代码 | the code
-- column: name | 名称 | its name in Chinese
-- column: name_en | 英文名称 | its name in English
WITH
parameter AS (
  SELECT CAST(:codelist AS TEXT) AS codelist
)
SELECT c.codelist, c.code, c.name, c.name_en
  FROM parameter AS q
  CROSS JOIN code AS c
 WHERE q.codelist IS NULL OR c.codelist = q.codelist
 ORDER BY c.codelist, c.code;
