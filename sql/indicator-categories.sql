-- name: indicator-categories
-- family: lookup
-- about: The indicators by their categories, the largest first: how many there are, how many have figures and targets.
-- about_zh: 指标按类别计数，多的在前：指标数，其中有数据的、有目标的。
-- columns: category, indicators, with_figures, with_targets, figures
-- column: category | 指标类别 | category; empty where indicators have none
-- column: indicators | 指标数 | number of indicators
-- column: with_figures | 有数据 | those that have figures
-- column: with_targets | 有目标 | those that have targets
-- column: figures | 数据数 | number of figures
WITH
used AS (
  SELECT s.indicator_id, sum(s.observations) AS figures
    FROM series AS s
   GROUP BY s.indicator_id
),
aimed AS (
  SELECT DISTINCT s.indicator_id
    FROM target AS t
    JOIN series AS s ON s.id = t.series_id
)
SELECT i.category, count(*) AS indicators, count(nullif(u.figures, 0)) AS with_figures,
       count(a.indicator_id) AS with_targets, ifnull(sum(u.figures), 0) AS figures
  FROM indicator AS i
  LEFT JOIN used AS u ON u.indicator_id = i.id
  LEFT JOIN aimed AS a ON a.indicator_id = i.id
 GROUP BY i.category
 ORDER BY count(*) DESC, i.category;
