-- name: indicator-correlation
-- about: Whether two indicators go together: Pearson's and Spearman's correlation over entities in a period, or over the periods of one
--   entity.
--   Over entities (no entity given): one row a period, entities of one rank (districts, counties and county-level cities are one) and one
--   scope.
--   Over periods (an entity given): periods of one kind and length, one scope. Two lines that both rise through the years correlate highly
--   without having to do with each other; `of` = change takes each figure's difference from the one a period before instead, only where that
--   is there.
--   Pearson tells how near the pairs lie to a straight line, Spearman whether the ranks agree; equal values share their mean rank. Both lie
--   from -1 to 1.
--   t = r * sqrt((n - 2) / (1 - r^2)) of Pearson; significant is 1 where |t| is beyond the two-sided 5 % quantile for n - 2 degrees of
--   freedom.
--   Of few pairs chance alone makes high figures, and of many pairs of indicators some are always significant; none of it shows a cause.
--   Forecasts do not count; bounds and ranges are left out; 约 and 近 count as their number. Without `other`: every indicator that shares three
--   pairs with the first in the newest period in which the first has three figures; without both: the pairs among the eight indicators that
--   most entities have (of an entity: of which it has most figures).
--   Reasons: too_few (n < 3), no_variance (one of the two never changes).
-- about_zh: 两个指标是否同向变动：某时期各对象之间，或一个对象各时期之间的皮尔逊和斯皮尔曼相关系数。
--   各对象之间（未给对象）：每时期一行，同级别（市辖区、县、县级市为同一级别）、同口径。
--   各时期之间（给出对象）：同类型、同长短的时期，同口径。两个逐年上升的序列即使无关也高度相关；of = change 改用比上一期的增减，仅限上一期有数的。
--   皮尔逊系数表示各点离直线多近，斯皮尔曼系数表示名次是否一致，相等的取平均名次；都在 -1 与 1 之间。
--   t = r × √((n - 2) ÷ (1 - r²))（皮尔逊）；|t| 超过自由度 n - 2 的双侧 5% 分位数时 significant 为 1。
--   点少时偶然也会得出高值，指标对多时总有几对显著；相关不等于因果。
--   不用预测数；界限值和范围不算；“约”“近”按其数。
--   未给 other 时为与第一个指标有三对以上数据的各指标，时期取第一个指标有三个数的最新时期；都未给时为数据对象（或该对象数据）最多的八个指标两两相比。
--   原因：too_few 不足三对，no_variance 其中一个没有变化。
-- family: comparison
-- param: indicator text = null in indicator  | 第一个指标；空见说明 | the first indicator; default: see above
-- param: other text = null in indicator  | 第二个指标；空见说明 | the second indicator; default: see above
-- param: entity text = null in entity  | 对象：算它各时期之间的相关；空为各对象之间 | entity whose periods are correlated; default: over entities
-- param: among text = null in entity  | 各对象之间：只算某地区以内的对象；空为不限 | over entities: only those within this one, at any depth; default: no limit
-- param: period text = null  | 各对象之间：时期，如 2022；every 为各期；空为有三对以上的最新时期
--   | over entities: the period, such as 2022, or every; default: the newest that has three pairs
-- param: of text = 'value' in ('value', 'change')  | 各时期之间：数值，或比上一期的增减 | over periods: values, or changes since the period before
-- columns: indicator_name, other_name, across, scope, rank_of, entity_name, period, pearson, spearman, n, t, significant, reason, last_period,
--   indicator_name_en, other_name_en, entity_name_en, indicator, other, entity
-- shown: indicator_name, other_name, across, entity_name, scope, rank_of, period, last_period, n, pearson, spearman, significant, reason
-- column: indicator_name | 第一个指标 | the first indicator
-- column: entity_name | 对象：各时期之间的对象 | the entity whose periods are correlated
-- column: entity | 对象的代码 | code of the entity
-- column: other_name | 第二个指标 | the second indicator
-- column: across | 比较范围：entities 各对象之间，periods 各时期之间 | over entities or periods
-- column: rank_of | 级别：各对象之间的级别：county 为区县，其余为对象类别 | the rank of the entities: county for districts, counties and cities, else the kind
-- column: period | 时期；各时期之间的为首期 | the period; of a correlation over periods the first
-- column: last_period | 末期：各时期之间的末期 | of a correlation over periods the last
-- column: pearson | 皮尔逊相关系数，六位小数 | Pearson's correlation, to 6 decimals
-- column: spearman | 等级相关系数：斯皮尔曼等级相关系数，六位小数 | Spearman's rank correlation, to 6 decimals
-- column: n | 对数 | number of pairs
-- column: t | 皮尔逊系数的 t 值，四位小数；r 为 1 或 -1 时为空 | t of Pearson's correlation, to 4 decimals; empty where it is 1 or -1
-- column: significant | 是否显著：是否在 5% 水平上显著（1 是） | 1 when significant at 5 %
-- column: reason | 原因 | the reason's code, see above
-- column: other_name_en | 第二个指标的英文名 | the second indicator in English
-- column: other | 第二个指标的代码 | code of the second indicator
-- chart: bar x=other_name y=pearson
WITH RECURSIVE
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:other AS TEXT) AS other, CAST(:entity AS TEXT) AS entity,
         CAST(:among AS TEXT) AS among, CAST(:period AS TEXT) AS period, coalesce(:of, 'value') AS basis
),
within (id, itself) AS (
  SELECT e.id, 1
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.among IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.among)
  UNION
  SELECT e.id, 0
    FROM within AS w
    CROSS JOIN entity AS e ON e.parent_id = w.id
),
peer AS (
  SELECT e.id, CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE CASE WHEN q.entity IS NULL THEN q.among IS NULL OR e.id IN (SELECT w.id FROM within AS w WHERE NOT w.itself)
              ELSE q.entity IN (e.code, e.name, e.name_en)
                   OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity) END
),
asked AS (
  SELECT i.id, i.code,
         -- Not all have an English name, which is no reason to be neither.
         coalesce(q.indicator, q.other) IN (i.code, i.name, ifnull(i.name_en, i.code))
           OR i.id IN (SELECT a.indicator_id FROM alias AS a
                        WHERE a.kind = 'indicator' AND a.name = coalesce(q.indicator, q.other)) AS is_first,
         q.other IN (i.code, i.name, ifnull(i.name_en, i.code))
           OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.other) AS is_second,
         q.indicator IS NOT NULL AND q.other IS NOT NULL AS is_pair, q.indicator IS NULL AND q.other IS NULL AS is_open
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE i.kind <> 'rank'
),
named AS MATERIALIZED (
  SELECT a.id, a.code, a.is_first, a.is_second, a.is_pair, a.is_open, a.is_open OR a.is_first AS may_lead FROM asked AS a
),
-- The series that may be read, indicator by indicator; those of one entity are found by their narrow range.
peer_series AS NOT MATERIALIZED (
  SELECT s.id, s.indicator_id, s.entity_id, s.scope_id, s.observations, e.rank
    FROM series AS s
    JOIN peer AS e ON e.id = s.entity_id
   WHERE s.measure = 'level'
     AND s.entity_id BETWEEN (SELECT min(p.id) FROM peer AS p) AND (SELECT max(p.id) FROM peer AS p)
),
popular AS (
  SELECT c.indicator_id AS id
    FROM (SELECT s.indicator_id, count(DISTINCT s.entity_id) AS entities, max(iif(q.entity IS NULL, 0, s.observations)) AS observations
            FROM peer_series AS s
            CROSS JOIN parameter AS q
           WHERE s.indicator_id IN (SELECT n.id FROM named AS n WHERE n.is_open)
           GROUP BY s.indicator_id) AS c
    JOIN indicator AS i ON i.id = c.indicator_id
   ORDER BY c.entities DESC, c.observations DESC, i.code
   LIMIT 8
),
-- `alike`: periods of one kind and length; of spans of months also of one beginning. `after`: the day that the one before ends on.
span AS (
  SELECT p.id, p.code, p.starts, p.ends,
         p.kind || CASE WHEN p.kind = 'days' THEN julianday(p.ends) - julianday(p.starts)
                        ELSE 12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts))
                             + strftime('%m', p.ends) - strftime('%m', p.starts) END
           || CASE WHEN p.kind = 'months' THEN strftime('-%m', p.starts) ELSE '' END AS alike,
         CASE p.kind WHEN 'months' THEN date(p.ends, '+1 day', '-1 year', '-1 day') ELSE date(p.starts, '-1 day') END AS after,
         CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5
                     WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END AS preference,
         row_number() OVER (ORDER BY p.starts, p.ends) AS number
    FROM period AS p
),
-- The best current figure of each series and period, in the order of the view `latest`: first of the first indicators.
-- Most periods of a series have one.
first_figure AS MATERIALIZED (
  SELECT s.indicator_id, i.code, s.entity_id, s.scope_id, s.rank, o.series_id, o.period_id,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS value
    FROM named AS i
    CROSS JOIN peer_series AS s ON s.indicator_id = i.id
    CROSS JOIN observation AS o ON o.series_id = s.id
   WHERE i.may_lead AND (i.is_first OR i.id IN (SELECT p.id FROM popular AS p))
     AND o.status IN (SELECT t.code FROM status AS t WHERE t.precedence < 3)
     AND CASE WHEN EXISTS (SELECT 1 FROM observation AS x
                            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
                              AND (x.source_id <> o.source_id OR x.locator <> o.locator))
              THEN (o.source_id, o.locator) IN (SELECT x.source_id, x.locator
                                                  FROM observation AS x
                                                  JOIN status AS t ON t.code = x.status
                                                  JOIN source AS d ON d.id = x.source_id
                                                 WHERE x.series_id = o.series_id AND x.period_id = o.period_id AND t.precedence < 3
                                                 ORDER BY x.value IS NULL, x.comparator <> '=', t.precedence,
                                                          d.published DESC NULLS LAST, d.code, x.locator
                                                 LIMIT 1)
              ELSE 1 END
),
-- The periods looked at. Against all other indicators: the newest in which the first one has three figures.
first_period AS (
  SELECT f.indicator_id, f.scope_id, f.rank, f.period_id,
         row_number() OVER (PARTITION BY f.indicator_id, f.scope_id, f.rank
                            ORDER BY min(count(f.value), 3) DESC, k.ends DESC, k.preference, k.starts) AS age
    FROM first_figure AS f
    JOIN span AS k ON k.id = f.period_id
   GROUP BY f.indicator_id, f.scope_id, f.rank, f.period_id
),
wanted_period AS (
  SELECT DISTINCT f.scope_id, f.rank, f.period_id
    FROM parameter AS q
    CROSS JOIN first_period AS f
    JOIN span AS k ON k.id = f.period_id
   WHERE q.entity IS NOT NULL OR q.period IN (k.code, 'every')
         OR q.period IS NULL AND (q.indicator IS NOT NULL AND q.other IS NOT NULL OR f.age = 1)
),
second_figure AS NOT MATERIALIZED (
  SELECT s.indicator_id, i.code, s.entity_id, s.scope_id, o.series_id, o.period_id,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS value
    FROM named AS i
    CROSS JOIN peer_series AS s ON s.indicator_id = i.id
    CROSS JOIN wanted_period AS w ON w.scope_id = s.scope_id AND w.rank = s.rank
    CROSS JOIN observation AS o ON o.series_id = s.id AND o.period_id = w.period_id
   WHERE CASE WHEN i.is_pair THEN i.is_second
              WHEN i.is_open THEN i.id IN (SELECT p.id FROM popular AS p)
              ELSE NOT i.is_first END
     AND o.status IN (SELECT t.code FROM status AS t WHERE t.precedence < 3)
     AND CASE WHEN EXISTS (SELECT 1 FROM observation AS x
                            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
                              AND (x.source_id <> o.source_id OR x.locator <> o.locator))
              THEN (o.source_id, o.locator) IN (SELECT x.source_id, x.locator
                                                  FROM observation AS x
                                                  JOIN status AS t ON t.code = x.status
                                                  JOIN source AS d ON d.id = x.source_id
                                                 WHERE x.series_id = o.series_id AND x.period_id = o.period_id AND t.precedence < 3
                                                 ORDER BY x.value IS NULL, x.comparator <> '=', t.precedence,
                                                          d.published DESC NULLS LAST, d.code, x.locator
                                                 LIMIT 1)
              ELSE 1 END
),
-- Values, or changes where the figure a period before is there. Rounding noise, 1e-9, is no change.
first_moved AS (
  SELECT f.indicator_id, f.code, f.entity_id, f.scope_id, f.rank, f.period_id, f.value
    FROM parameter AS q
    CROSS JOIN first_figure AS f
   WHERE q.basis = 'value'
  UNION ALL
  SELECT f.indicator_id, f.code, f.entity_id, f.scope_id, f.rank, f.period_id,
         CASE WHEN lag(k.ends) OVER line = k.after THEN round(f.value - lag(f.value) OVER line, 9) END
    FROM parameter AS q
    CROSS JOIN first_figure AS f
    JOIN span AS k ON k.id = f.period_id
   WHERE q.basis <> 'value'
  WINDOW line AS (PARTITION BY f.series_id, k.alike ORDER BY k.starts)
),
second_moved AS (
  SELECT f.indicator_id, f.code, f.entity_id, f.scope_id, f.period_id, f.value
    FROM parameter AS q
    CROSS JOIN second_figure AS f
   WHERE q.basis = 'value'
  UNION ALL
  SELECT f.indicator_id, f.code, f.entity_id, f.scope_id, f.period_id,
         CASE WHEN lag(k.ends) OVER line = k.after THEN round(f.value - lag(f.value) OVER line, 9) END
    FROM parameter AS q
    CROSS JOIN second_figure AS f
    JOIN span AS k ON k.id = f.period_id
   WHERE q.basis <> 'value'
  WINDOW line AS (PARTITION BY f.series_id, k.alike ORDER BY k.starts)
),
-- The lists that samples are taken from, numbered: a period's entities of one rank, or an entity's periods of one kind and length.
listed AS (
  SELECT m.indicator_id, m.code, m.scope_id, m.entity_id, m.period_id, m.value, k.number,
         CASE WHEN q.entity IS NULL THEN m.rank END AS rank, CASE WHEN q.entity IS NOT NULL THEN m.entity_id END AS of_entity_id,
         dense_rank() OVER (ORDER BY m.indicator_id, m.scope_id,
                                     CASE WHEN q.entity IS NULL THEN m.rank END, CASE WHEN q.entity IS NULL THEN k.code ELSE k.alike END,
                                     CASE WHEN q.entity IS NOT NULL THEN m.entity_id END) AS list
    FROM parameter AS q
    CROSS JOIN first_moved AS m
    JOIN wanted_period AS w ON w.scope_id = m.scope_id AND w.rank = m.rank AND w.period_id = m.period_id
    JOIN span AS k ON k.id = m.period_id
   WHERE m.value IS NOT NULL
),
pair AS MATERIALIZED (
  SELECT x.list, y.indicator_id AS second_id, x.number, x.value AS x, y.value AS y
    FROM second_moved AS y
    CROSS JOIN parameter AS q
    CROSS JOIN listed AS x ON x.entity_id = y.entity_id AND x.scope_id = y.scope_id AND x.period_id = y.period_id
   WHERE y.value IS NOT NULL AND x.code <> y.code
     AND (q.indicator IS NOT NULL OR q.other IS NOT NULL OR x.code < y.code)
),
-- Equal values share the mean of their ranks, from the first to the last of them.
ordered AS (
  SELECT p.list, p.second_id, p.number, p.x, p.y,
         avg(p.x) OVER sample AS x_mean, avg(p.y) OVER sample AS y_mean, (count(*) OVER sample + 1) / 2.0 AS middle,
         (rank() OVER by_x + count(*) OVER by_x) / 2.0 AS x_rank, (rank() OVER by_y + count(*) OVER by_y) / 2.0 AS y_rank
    FROM pair AS p
  WINDOW sample AS (PARTITION BY p.list, p.second_id), by_x AS (sample ORDER BY p.x), by_y AS (sample ORDER BY p.y)
),
summed AS (
  SELECT o.list, o.second_id, min(o.number) AS first_number, max(o.number) AS last_number, count(*) AS n,
         min(o.x) < max(o.x) AND min(o.y) < max(o.y) AS varies,
         sum((o.x - o.x_mean) * (o.x - o.x_mean)) AS sxx, sum((o.y - o.y_mean) * (o.y - o.y_mean)) AS syy,
         sum((o.x - o.x_mean) * (o.y - o.y_mean)) AS sxy,
         sum((o.x_rank - o.middle) * (o.x_rank - o.middle)) AS rxx, sum((o.y_rank - o.middle) * (o.y_rank - o.middle)) AS ryy,
         sum((o.x_rank - o.middle) * (o.y_rank - o.middle)) AS rxy
    FROM ordered AS o
   GROUP BY o.list, o.second_id
),
sample AS (
  SELECT l.indicator_id AS first_id, s.second_id, l.scope_id, l.rank, l.of_entity_id AS entity_id, s.n, f.starts, e.ends,
         f.code AS period, e.code AS last_period, f.preference, s.varies, s.sxx, s.syy, s.sxy, s.rxx, s.ryy, s.rxy
    FROM summed AS s
    JOIN (SELECT DISTINCT l.list, l.indicator_id, l.scope_id, l.rank, l.of_entity_id FROM listed AS l) AS l ON l.list = s.list
    JOIN span AS f ON f.number = s.first_number
    JOIN span AS e ON e.number = s.last_number
),
correlated AS (
  SELECT s.first_id, s.second_id, s.scope_id, s.rank, s.entity_id, s.n, s.starts, s.ends, s.period, s.last_period,
         CASE WHEN s.n > 2 AND s.varies
              -- Rounding noise, 1e-12, is no departure from the line.
              THEN CASE WHEN s.sxy * s.sxy > (1 - 1e-12) * s.sxx * s.syy THEN iif(s.sxy > 0, 1.0, -1.0)
                        ELSE s.sxy / sqrt(s.sxx * s.syy) END END AS pearson,
         CASE WHEN s.n > 2 AND s.varies THEN max(-1.0, min(1.0, s.rxy / sqrt(s.rxx * s.ryy))) END AS spearman,
         CASE WHEN s.n < 3 THEN 'too_few' WHEN NOT s.varies THEN 'no_variance' END AS reason,
         row_number() OVER (PARTITION BY s.first_id, s.second_id, s.scope_id, s.rank
                            ORDER BY min(s.n, 3) DESC, s.ends DESC, s.preference, s.starts) AS age
    FROM sample AS s
  UNION ALL
  -- Two indicators asked for that have no pair at all.
  SELECT i.id, j.id, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 'too_few', 1
    FROM named AS i
    JOIN named AS j ON j.is_second AND j.id <> i.id
   WHERE i.is_pair AND i.is_first
),
-- A row of no pairs at all is told where there is no other.
told AS (
  SELECT s.first_id, s.second_id, s.scope_id, s.rank, s.entity_id, s.n, s.starts, s.ends, s.period, s.last_period, s.pearson, s.spearman,
         s.reason, s.age, max(s.n) OVER () AS most
    FROM correlated AS s
),
-- Two-sided 95 % quantiles of Student's t.
quantile (freedom, t) AS (
  VALUES
         (1, 12.7062047362), (2, 4.3026527297), (3, 3.1824463053), (4, 2.7764451052), (5, 2.5705818356), (6, 2.4469118511),
         (7, 2.3646242516), (8, 2.3060041352), (9, 2.2621571628), (10, 2.2281388520), (11, 2.2009851601), (12, 2.1788128297),
         (13, 2.1603686565), (14, 2.1447866879), (15, 2.1314495456), (16, 2.1199052992), (17, 2.1098155778), (18, 2.1009220402),
         (19, 2.0930240544), (20, 2.0859634473), (21, 2.0796138447), (22, 2.0738730679), (23, 2.0686576104), (24, 2.0638985616),
         (25, 2.0595385528), (26, 2.0555294386), (27, 2.0518305165), (28, 2.0484071418), (29, 2.0452296421), (30, 2.0422724563)
)
SELECT i.name AS indicator_name, j.name AS other_name, iif(q.entity IS NULL, 'entities', 'periods') AS across, c.code AS scope,
       s.rank AS rank_of, e.name AS entity_name, s.period, round(s.pearson, 6) AS pearson, round(s.spearman, 6) AS spearman, s.n,
       round(s.pearson * sqrt((s.n - 2) / nullif(1 - s.pearson * s.pearson, 0)), 4) AS t,
       -- Beyond the table: the expansion in powers of 1 / n about the normal quantile.
       CASE WHEN s.pearson IS NULL THEN NULL
            WHEN abs(s.pearson) = 1 THEN 1
            ELSE abs(s.pearson) * sqrt((s.n - 2) / (1 - s.pearson * s.pearson))
                   > coalesce(t.t, 1.959963984540054 + 2.3722712303 / (s.n - 2) + 2.8224986157 / pow(s.n - 2, 2)
                                   + 2.5558496795 / pow(s.n - 2, 3)) END AS significant,
       s.reason, CASE WHEN q.entity IS NOT NULL THEN s.last_period END AS last_period,
       i.name_en AS indicator_name_en, j.name_en AS other_name_en, e.name_en AS entity_name_en,
       i.code AS indicator, j.code AS other, e.code AS entity
  FROM parameter AS q
  CROSS JOIN told AS s
  JOIN indicator AS i ON i.id = s.first_id
  JOIN indicator AS j ON j.id = s.second_id
  LEFT JOIN scope AS c ON c.id = s.scope_id
  LEFT JOIN entity AS e ON e.id = s.entity_id
  LEFT JOIN quantile AS t ON t.freedom = s.n - 2
 WHERE (s.n > 2 OR q.indicator IS NOT NULL AND q.other IS NOT NULL AND (s.n > 0 OR s.most = 0))
   AND (q.entity IS NOT NULL OR q.period IS NOT NULL OR s.age = 1)
 ORDER BY i.code, abs(s.pearson) DESC NULLS LAST, j.code, c.code, s.rank, s.ends, s.starts, s.period;
