-- name: file-summary
-- about: The file at a glance: how much it holds of each thing, and the first and last day it tells of.
--   `first` and `last` are days: of publication for sources, of the import for imports, of the periods for all else.
-- about_zh: 文件概览：各类内容的数量，以及所涉及的首日和末日。来源取发布日期，导入取导入日期，其余取时期的首日、末日。
-- columns: item, item_zh, count, first, last
-- column: item | 内容（英文） | what is counted
-- column: item_zh | 内容（中文） | what is counted, in Chinese
-- column: count | 数量 | how many there are
-- column: first | 首日 | first day
-- column: last | 末日 | last day
WITH
-- A series with a figure; far fewer than figures.
used AS (
  SELECT s.id, s.indicator_id, s.entity_id
    FROM series AS s
   WHERE EXISTS (SELECT 1 FROM observation AS o WHERE o.series_id = s.id)
),
item (position, item, item_zh, count, first, last) AS (
  SELECT 1, 'sources', '来源', count(*), min(d.published), max(d.published) FROM source AS d
  UNION ALL
  SELECT 2, 'entities with figures', '有数据的对象', count(DISTINCT u.entity_id), NULL, NULL FROM used AS u
  UNION ALL
  SELECT 3, 'indicators with figures', '有数据的指标', count(DISTINCT u.indicator_id), NULL, NULL FROM used AS u
  UNION ALL
  SELECT 4, 'indicators', '指标', count(*), NULL, NULL FROM indicator AS i
  UNION ALL
  SELECT 5, 'series with figures', '有数据的序列', count(*), NULL, NULL FROM used AS u
  UNION ALL
  SELECT 6, 'observations', '数据', count(*), min(p.starts), max(p.ends)
    FROM observation AS o
    JOIN period AS p ON p.id = o.period_id
  UNION ALL
  SELECT 7, 'plans', '规划', count(*), min(p.starts), max(p.ends)
    FROM plan AS n
    JOIN period AS p ON p.id = n.period_id
  UNION ALL
  SELECT 8, 'targets', '目标', count(*), min(t.starts), max(t.ends) FROM targets AS t
  UNION ALL
  SELECT 9, 'projects', '项目', count(*), NULL, NULL FROM project AS j
  UNION ALL
  SELECT 10, 'milestones', '项目节点', count(*), min(coalesce(m.actual_starts, m.planned_starts)),
         max(coalesce(m.actual_ends, m.planned_ends))
    FROM milestones AS m
  UNION ALL
  SELECT 11, 'outlays', '项目资金', count(*), min(y.starts), max(y.ends) FROM outlays AS y
  UNION ALL
  SELECT 12, 'imports', '导入', count(*), min(date(r.at)), max(date(r.at)) FROM import AS r
)
SELECT i.item, i.item_zh, i.count, i.first, i.last
  FROM item AS i
 ORDER BY i.position;
