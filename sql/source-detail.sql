-- name: source-detail
-- family: lookup
-- about: All that the file knows of a source, one fact a row: title, publisher, date, and what the file has of it: plans, figures by
--   indicators' categories, targets, projects and their milestones. What it has not is not listed.
-- about_zh: 一个来源的全部信息，每行一项：标题、发布单位、日期，以及文件取自它的规划、数据（按指标类别）、目标、项目和节点；没有的不列。
-- param: source text = null in source  | 来源：代码或标题；空为全部 | source: code or title; default: every one
-- columns: title, attribute, attribute_zh, item, value, value_en, count, title_en, source
-- shown: attribute, item, value, count
-- column: attribute | 内容 | what the row tells
-- column: item | 细目 | which one: a code
-- column: value | 说明 | the text or name
-- column: count | 数量 | how many
WITH
parameter AS (
  SELECT CAST(:source AS TEXT) AS source
),
chosen AS (
  SELECT d.id, d.code, d.title, d.title_en, d.publisher, d.published, d.kind, d.note
    FROM parameter AS q
    CROSS JOIN source AS d
   WHERE q.source IS NULL OR q.source IN (d.code, d.title, d.title_en)
),
-- One pass over the figures.
figured AS MATERIALIZED (
  SELECT o.source_id, o.series_id, o.period_id, count(*) AS figures
    FROM observation AS o
   WHERE o.source_id IN (SELECT c.id FROM chosen AS c)
   GROUP BY o.source_id, o.series_id, o.period_id
),
fact (id, position, attribute, attribute_zh, item, value, value_en, count) AS (
  SELECT c.id, 1, 'title', '标题', c.code, c.title, c.title_en, NULL FROM chosen AS c
  UNION ALL
  SELECT c.id, 2, 'publisher', '发布单位', NULL, c.publisher, NULL, NULL FROM chosen AS c WHERE c.publisher IS NOT NULL
  UNION ALL
  SELECT c.id, 3, 'published', '发布日期', NULL, c.published, NULL, NULL FROM chosen AS c WHERE c.published IS NOT NULL
  UNION ALL
  SELECT c.id, 4, 'kind', '类型', NULL, c.kind, NULL, NULL FROM chosen AS c
  UNION ALL
  SELECT c.id, 5, 'note', '备注', NULL, c.note, NULL, NULL FROM chosen AS c WHERE c.note IS NOT NULL
  UNION ALL
  SELECT c.id, 6, 'plan', '规划', n.code, n.name, n.name_en, NULL FROM chosen AS c JOIN plan AS n ON n.source_id = c.id
  UNION ALL
  SELECT f.source_id, 7, 'figures', '数据', NULL, min(p.starts) || ' – ' || max(p.ends), NULL, sum(f.figures)
    FROM figured AS f
    JOIN period AS p ON p.id = f.period_id
   GROUP BY f.source_id
  UNION ALL
  SELECT f.source_id, 8, 'figures of', '数据类别', NULL, i.category, NULL, sum(f.figures)
    FROM figured AS f
    JOIN series AS s ON s.id = f.series_id
    JOIN indicator AS i ON i.id = s.indicator_id
   WHERE i.category IS NOT NULL
   GROUP BY f.source_id, i.category
  UNION ALL
  SELECT t.source_id, 9, 'targets', '目标', NULL, NULL, NULL, count(*) FROM target AS t GROUP BY t.source_id
  UNION ALL
  SELECT j.source_id, 10, 'projects', '项目', NULL, NULL, NULL, count(*) FROM project AS j GROUP BY j.source_id
  UNION ALL
  SELECT m.source_id, 11, 'milestones', '节点', NULL, NULL, NULL, count(*) FROM milestone AS m GROUP BY m.source_id
  UNION ALL
  SELECT y.source_id, 12, 'outlays', '项目资金', NULL, NULL, NULL, count(*) FROM outlay AS y GROUP BY y.source_id
)
SELECT c.title, f.attribute, f.attribute_zh, f.item, f.value, f.value_en, f.count, c.title_en, c.code AS source
  FROM fact AS f
  JOIN chosen AS c ON c.id = f.id
 ORDER BY c.code, f.position, f.count DESC, f.item, f.value;
