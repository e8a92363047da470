-- name: file-summary
-- family: lookup
-- about: The file at a glance: how much it holds of each thing, and the first and last day it tells of.
--   `first` and `last` are days: of publication for sources, of the import for imports and former values, of the oldest and newest figures of the lines
--   for what has figures (a forecast counts only where a line has nothing else), of the periods for all else.
-- about_zh: 文件概览：各类内容的数量，以及所涉及的首日和末日。来源取发布日期，导入和旧值取导入日期；
--   数据取各线最早、最新数据所属时期的首日、末日（只有预测数的线才计预测数），其余取时期的首日、末日。
-- columns: item, item_zh, count, first, last
-- column: item | 内容（英文） | what is counted
-- column: item_zh | 内容（中文） | what is counted, in Chinese
-- column: count | 数量 | how many there are
-- column: first | 首日 | first day
-- column: last | 末日 | last day
WITH
-- One pass over the series: their summary says where the figures begin and end, so that those need not be read.
line AS MATERIALIZED (
  SELECT count(*) AS series, ifnull(sum(s.observations), 0) AS observations,
         min(ifnull(f.starts, l.starts)) AS first, max(l.ends) AS last
    FROM series AS s
    LEFT JOIN period AS f ON f.id = s.first_period_id
    LEFT JOIN period AS l ON l.id = s.last_period_id
   WHERE s.observations > 0
),
item (position, item, item_zh, count, first, last) AS (
  SELECT 1, 'sources', '来源', count(*), min(d.published), max(d.published) FROM source AS d
  UNION ALL
  SELECT 2, 'entities with figures', '有数据的对象', count(*), NULL, NULL
    FROM entity AS e
   WHERE EXISTS (SELECT 1 FROM series AS s WHERE s.entity_id = e.id AND s.observations > 0)
  UNION ALL
  SELECT 3, 'indicators with figures', '有数据的指标', count(*), NULL, NULL
    FROM indicator AS i
   WHERE EXISTS (SELECT 1 FROM series AS s WHERE s.indicator_id = i.id AND s.observations > 0)
  UNION ALL
  SELECT 4, 'indicators', '指标', count(*), NULL, NULL FROM indicator AS i
  UNION ALL
  SELECT 5, 'series with figures', '有数据的序列', l.series, NULL, NULL FROM line AS l
  UNION ALL
  SELECT 6, 'observations', '数据', l.observations, l.first, l.last FROM line AS l
  UNION ALL
  SELECT 7, 'plans', '规划', count(*), min(p.starts), max(p.ends)
    FROM plan AS n
    JOIN period AS p ON p.id = n.period_id
  UNION ALL
  SELECT 8, 'targets', '目标', count(*), min(p.starts), max(p.ends)
    FROM target AS t
    JOIN period AS p ON p.id = t.period_id
  UNION ALL
  SELECT 9, 'targets in words only', '文字目标', count(*), min(p.starts), max(p.ends)
    FROM target AS t
    JOIN period AS p ON p.id = t.period_id
   WHERE t.wording IS NOT NULL
  UNION ALL
  SELECT 10, 'projects', '项目', count(*), NULL, NULL FROM project AS j
  UNION ALL
  SELECT 11, 'projects with an investment', '有投资额的项目', count(*), NULL, NULL FROM project AS j WHERE j.investment IS NOT NULL
  UNION ALL
  SELECT 12, 'milestones', '项目节点', count(*), min(coalesce(a.starts, p.starts)), max(coalesce(a.ends, p.ends))
    FROM milestone AS m
    LEFT JOIN period AS a ON a.id = m.actual_id
    LEFT JOIN period AS p ON p.id = m.planned_id
  UNION ALL
  SELECT 13, 'outlays', '项目资金', count(*), min(p.starts), max(p.ends)
    FROM outlay AS y
    JOIN period AS p ON p.id = y.period_id
  UNION ALL
  SELECT 14, 'imports', '导入', count(*), min(date(r.at)), max(date(r.at)) FROM import AS r
  UNION ALL
  SELECT 15, 'former values', '旧值', count(*), min(date(ifnull(v.at, r.at))), max(date(ifnull(v.at, r.at)))
    FROM revision AS v
    LEFT JOIN import AS r ON r.id = v.import_id
   WHERE v.former IS NOT NULL
  UNION ALL
  SELECT 16, 'queries of one''s own', '自存查询', count(*), NULL, NULL FROM query AS w WHERE w.origin = 'user'
)
SELECT i.item, i.item_zh, i.count, i.first, i.last
  FROM item AS i
 ORDER BY i.position;
