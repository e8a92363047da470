-- name: source-list
-- family: lookup
-- about: The sources, the newest first, with what the file has of each: figures, targets, projects, plans.
--   Counting figures reads every one; `figures` = skipped leaves that column empty.
-- about_zh: 来源一览，新的在前，及文件取自各来源的数据、目标、项目和规划数。
--   数据数要逐条读取；figures 取 skipped 时不计，该列为空。
-- param: source text = null in source  | 来源：代码或标题；空为全部 | source: code or title; default: every one
-- param: figures text = 'counted' in ('counted', 'skipped')  | 数据数：计或不计 | whether figures are counted
-- columns: source, title, title_en, publisher, published, kind, figures, targets, projects, plans
-- shown: source, title, published, kind, figures, targets, projects
-- column: source | 来源 | code of the source
-- column: published | 发布日期 | day of publication
-- column: kind | 类型 | kind of source
-- column: figures | 数据数 | figures taken from it
-- column: targets | 目标数 | targets taken from it
-- column: projects | 项目数 | projects taken from it
-- column: plans | 规划数 | plans taken from it
WITH
parameter AS (
  SELECT CAST(:source AS TEXT) AS source, coalesce(:figures, 'counted') AS figures
),
figured AS MATERIALIZED (
  SELECT o.source_id, count(*) AS figures
    FROM parameter AS q
    CROSS JOIN observation AS o
   WHERE q.figures = 'counted'
   GROUP BY o.source_id
)
SELECT d.code AS source, d.title, d.title_en, d.publisher, d.published, d.kind,
       CASE q.figures WHEN 'counted' THEN ifnull(f.figures, 0) END AS figures,
       (SELECT count(*) FROM target AS t WHERE t.source_id = d.id) AS targets,
       (SELECT count(*) FROM project AS j WHERE j.source_id = d.id) AS projects,
       (SELECT count(*) FROM plan AS n WHERE n.source_id = d.id) AS plans
  FROM parameter AS q
  CROSS JOIN source AS d
  LEFT JOIN figured AS f ON f.source_id = d.id
 WHERE q.source IS NULL OR q.source IN (d.code, d.title, d.title_en)
 ORDER BY d.published DESC NULLS LAST, d.code;
