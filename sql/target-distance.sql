-- name: target-distance
-- family: evaluation
-- about: How far each place is from its target, in standard deviations of the places compared: OECD's distance to target.
--   distance = what is missing to the target / the standard deviation of the compared places' figures in the reference year; 0 where the
--   target is met. Missing is T - c where higher is better, c - T where lower is, else how far c lies outside the target, either way.
--   Compared are the places of the rank of the target's entity (districts, counties and county-level cities are one) that have a figure of
--   the same indicator and scope in that year. The reference year is the newest one, up to the target's, with figures of two of them.
--   of=own holds each place against its own targets only, of=every all compared places against each target.
--   by=category gives each place's simple mean of the distances of a category's indicators.
--   class: 0 met, then 1, 2, 3 up to the limits near, middle and far, 4 beyond.
--   Only levels of whole years count, final and provisional; forecasts do not. Bounds and ranges take no part in the deviation; 约 and 近
--   count as their number. Where one plan has a target twice, the newer source counts.
--   Reasons: not_a_level, not_yearly, missing_target, textual_target, no_year (no year with two figures), too_few (of fewer than two places
--   in the year asked for), no_observation, textual_value, bound_value (not met for certain), no_spread (all figures are equal);
--   no_distance, of a category without any; some_distances, where some of its indicators have none.
-- about_zh: 各地距目标有多远，以相比各地数据的标准差为单位，即经合组织（OECD）的“距目标距离”。
--   距离＝还差多少÷基准年各地数据的标准差，已达到为 0。还差多少：越高越好的为 T－c，越低越好的为 c－T，其余为 c 在目标之外多远。
--   相比的是与目标对象同级（市辖区、县、县级市为同一级别）、该年有同一指标同一口径数据的各地。基准年取不晚于目标年、至少两地有数据的最近一年。
--   of=own 各地只对自己的目标，of=every 相比各地都对每个目标。by=category 为各地每一类指标距离的简单平均。
--   class：0 已达到，1、2、3 依次不超过 near、middle、far，4 更远。
--   只用整年的水平值，正式数和初步数，不用预测数；界限值和范围不计入标准差，“约”“近”按其数。同一规划中重复的目标，以较新的来源为准。
--   原因：not_a_level 不是水平值，not_yearly 不是年度目标，missing_target 无目标值，textual_target 文字目标，no_year 没有两地都有数据的年份，
--   too_few 所选年份不足两地有数据，no_observation 无数据，textual_value 文字数据，bound_value 界限值、不能断定达到，no_spread 各地数据相同；
--   no_distance 该类都算不出，some_distances 该类有的指标算不出。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 只列这一对象；空为全部 | only this entity's rows; default: every one
-- param: among text = null in entity  | 只比某地区以内的对象（各级下属）；空为不限 | only entities within this one, at any depth; default: no limit
-- param: of text = 'own' in ('own', 'every')  | 只对自己的目标，或对每个目标 | against own targets only, or every target
-- param: by text = 'indicator' in ('indicator', 'category')  | 逐项指标，或各类平均 | each indicator, or means of categories
-- param: show text = 'all' in ('all', 'judged')  | 全部，或只列算得出距离的 | every row, or only those with a distance
-- param: year integer = null  | 基准年；空见说明 | the reference year; default: see above
-- param: deviation text = 'population' in ('population', 'sample')  | 标准差：总体（除以 n）或样本（除以 n-1） | standard deviation over n, or over n - 1
-- param: near number = 0.5  | 第 1 档的上限 | upper limit of class 1
-- param: middle number = 1.5  | 第 2 档的上限 | upper limit of class 2
-- param: far number = 3  | 第 3 档的上限 | upper limit of class 3
-- columns: plan, entity_name, category, indicator_name, scope, distance, class, missing, deviation, places, year, value, target, target_year,
--   unit, met, reason, indicators, counted, rule, entity_name_en, indicator_name_en, entity, indicator, of_entity, source, value_source
-- shown: plan, entity_name, category, indicator_name, distance, class, missing, deviation, places, year, value, target, unit, indicators, reason
-- chart: bar x=entity_name y=distance by=indicator_name
-- column: entity_name | 对象 | the place
-- column: distance | 距离，标准差的倍数，不舍入；按类别时为平均 | the distance in standard deviations, unrounded; of a category the mean
-- column: class | 档次：0 已达到，1 至 4 由近到远 | class: 0 met, 1 to 4 from near to far
-- column: missing | 还差多少，单位同 unit | what is missing, in `unit`
-- column: deviation | 标准差，单位同 unit | the standard deviation, in `unit`
-- column: places | 对象数：计入标准差的对象数 | places in the deviation
-- column: year | 基准年 | the reference year
-- column: value | 基准年的数据（如印） | the figure of that year, as printed
-- column: target | 目标（如印） | target as printed
-- column: target_year | 目标年 | year of the target
-- column: met | 1 已达到，0 未达到，空为不能断定 | 1 met, 0 not met, empty where it can't be told
-- column: indicators | 该类的目标数 | targets of the category
-- column: counted | 其中算出距离的 | those that have a distance
-- column: rule | 方法 | the method
-- column: of_entity | 目标的对象 | the entity whose target it is
-- column: source | 目标的来源 | source of the target
-- column: value_source | 数据的来源 | source of the figure
WITH RECURSIVE
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         CAST(:among AS TEXT) AS among, coalesce(:of, 'own') AS of, coalesce(:by, 'indicator') AS sorted_by,
         coalesce(:show, 'all') = 'all' AS every_one,
         CAST(:year AS INTEGER) AS year, coalesce(:deviation, 'population') = 'sample' AS sample,
         coalesce(CAST(:near AS REAL), 0.5) AS near, coalesce(CAST(:middle AS REAL), 1.5) AS middle, coalesce(CAST(:far AS REAL), 3.0) AS far
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
wanted_indicator AS (
  SELECT i.id, i.direction, i.kind
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
place AS MATERIALIZED (
  SELECT e.id, CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.among IS NULL OR e.id IN (SELECT w.id FROM within AS w WHERE NOT w.itself)
),
-- The targets asked for, of each series and year the newest source's. `aims`: 1 up, -1 down, 0 at the value.
stated AS (
  SELECT t.id AS goal, s.indicator_id, s.scope_id, s.entity_id, e.rank, t.value, coalesce(t.high, t.value) AS high, t.comparator,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN w.direction = 'higher' THEN 1
              WHEN w.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         CASE WHEN s.measure <> 'level' OR w.kind = 'rank' THEN 'not_a_level'
              WHEN p.kind <> 'year' THEN 'not_yearly'
              WHEN t.value IS NULL THEN iif(t.wording IS NULL, 'missing_target', 'textual_target') END AS reason,
         CAST(substr(p.ends, 1, 4) AS INTEGER) AS target_year,
         row_number() OVER (PARTITION BY t.plan_id, t.series_id, t.period_id
                            ORDER BY d.published DESC NULLS LAST, d.code, t.locator, t.id) AS turn
    FROM parameter AS q
    CROSS JOIN target AS t
    CROSS JOIN series AS s ON s.id = t.series_id
    JOIN wanted_indicator AS w ON w.id = s.indicator_id
    JOIN place AS e ON e.id = s.entity_id
    JOIN plan AS n ON n.id = t.plan_id
    JOIN period AS p ON p.id = t.period_id
    JOIN source AS d ON d.id = t.source_id
   WHERE q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en)
),
asked AS MATERIALIZED (
  SELECT g.goal, g.indicator_id, g.scope_id, g.entity_id, g.rank, g.value, g.high, g.comparator, g.aims, g.reason, g.target_year
    FROM stated AS g
   WHERE g.turn = 1
),
-- The compared places' figures by year, of each the best as in the view `latest`; `exact` ones are told in numbers.
pool AS MATERIALIZED (
  SELECT DISTINCT a.indicator_id, a.scope_id, a.rank
    FROM asked AS a
   WHERE a.reason IS NULL
),
ranked AS (
  SELECT l.indicator_id, l.scope_id, l.rank, s.entity_id, CAST(p.code AS INTEGER) AS year, o.value, o.high, o.comparator,
         o.value IS NOT NULL AND o.high IS NULL AND o.comparator IN ('=', '~', '~<') AS exact, d.code AS source,
         CASE WHEN o.value IS NULL THEN o.printed
              ELSE coalesce(o.printed, format('%.15g', o.value)) || ifnull(' ' || o.printed_unit, '') END AS printed,
         row_number() OVER (PARTITION BY s.id, o.period_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence,
                                     d.published DESC NULLS LAST, d.code, o.locator) AS turn
    FROM pool AS l
    CROSS JOIN series AS s ON s.indicator_id = l.indicator_id AND s.scope_id = l.scope_id AND s.measure = 'level'
    JOIN place AS e ON e.id = s.entity_id AND e.rank = l.rank
    JOIN observation AS o ON o.series_id = s.id
    JOIN period AS p ON p.id = o.period_id AND p.kind = 'year'
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE t.precedence < 3
),
figure AS MATERIALIZED (
  SELECT r.indicator_id, r.scope_id, r.rank, r.entity_id, r.year, r.value, r.high, r.comparator, r.exact, r.source, r.printed
    FROM ranked AS r
   WHERE r.turn = 1
),
centre AS (
  SELECT f.indicator_id, f.scope_id, f.rank, f.year, count(*) AS places, avg(f.value) AS mean
    FROM figure AS f
   WHERE f.exact
   GROUP BY f.indicator_id, f.scope_id, f.rank, f.year
),
spread AS MATERIALIZED (
  SELECT c.indicator_id, c.scope_id, c.rank, c.year, c.places,
         iif(c.places > 1 AND min(f.value) < max(f.value), sqrt(sum((f.value - c.mean) * (f.value - c.mean)) / (c.places - q.sample)), 0.0)
           AS deviation
    FROM parameter AS q
    CROSS JOIN centre AS c
    JOIN figure AS f ON f.indicator_id = c.indicator_id AND f.scope_id = c.scope_id AND f.rank = c.rank AND f.year = c.year AND f.exact
   GROUP BY c.indicator_id, c.scope_id, c.rank, c.year
),
dated AS MATERIALIZED (
  SELECT a.goal, coalesce(q.year, (SELECT max(s.year)
                                     FROM spread AS s
                                    WHERE s.indicator_id = a.indicator_id AND s.scope_id = a.scope_id AND s.rank = a.rank
                                      AND s.year <= a.target_year AND s.places > 1)) AS year
    FROM parameter AS q
    CROSS JOIN asked AS a
),
-- Each place that is held against a target. Met as the target's sign says; a bound must lie wholly inside.
held AS (
  SELECT a.goal, a.entity_id
    FROM asked AS a
  UNION
  SELECT a.goal, f.entity_id
    FROM parameter AS q
    CROSS JOIN asked AS a
    JOIN figure AS f ON f.indicator_id = a.indicator_id AND f.scope_id = a.scope_id AND f.rank = a.rank
   WHERE q.of = 'every' AND a.reason IS NULL
),
paired AS MATERIALIZED (
  SELECT h.goal, h.entity_id, a.reason AS target_reason, y.year, s.places, s.deviation, f.entity_id IS NOT NULL AS known, f.value, f.exact,
         f.printed, f.source, max(iif(a.aims = -1, 0.0, a.value - f.value), iif(a.aims = 1, 0.0, f.value - a.high), 0.0) AS missing,
         (a.aims = -1 OR f.comparator NOT IN ('<', '<=') AND (f.value, (f.comparator = '>') - (f.comparator = '~<'))
                         >= (a.value, (a.comparator = '>') + 0))
           AND (a.aims = 1 OR f.comparator NOT IN ('>', '>=')
                AND (coalesce(f.high, f.value), -(f.comparator IN ('<', '~<'))) <= (a.high, -(a.comparator = '<'))) AS inside
    FROM held AS h
    JOIN asked AS a ON a.goal = h.goal
    JOIN dated AS y ON y.goal = h.goal
    LEFT JOIN spread AS s ON s.indicator_id = a.indicator_id AND s.scope_id = a.scope_id AND s.rank = a.rank AND s.year = y.year
    LEFT JOIN figure AS f ON f.indicator_id = a.indicator_id AND f.scope_id = a.scope_id AND f.entity_id = h.entity_id AND f.year = y.year
   WHERE h.entity_id IN (SELECT w.id FROM wanted_entity AS w)
),
judged AS MATERIALIZED (
  SELECT p.goal, p.entity_id, p.year, p.places, p.deviation, p.printed, p.source, p.missing,
         CASE WHEN p.value IS NULL THEN NULL WHEN p.inside THEN 1 WHEN p.exact THEN 0 END AS met,
         CASE WHEN p.target_reason IS NOT NULL THEN p.target_reason
              WHEN p.year IS NULL THEN 'no_year'
              WHEN coalesce(p.places, 0) < 2 THEN 'too_few'
              WHEN NOT p.known THEN 'no_observation'
              WHEN p.value IS NULL THEN 'textual_value'
              WHEN NOT p.exact AND NOT p.inside THEN 'bound_value'
              WHEN p.deviation = 0 THEN 'no_spread' END AS reason
    FROM paired AS p
),
measured AS MATERIALIZED (
  SELECT j.goal, j.entity_id, j.year, j.places, j.deviation, j.printed, j.source, j.met, j.reason,
         CASE WHEN j.met THEN 0.0 WHEN j.reason IN ('bound_value', 'textual_value', 'no_observation') THEN NULL ELSE j.missing END AS missing,
         CASE WHEN j.reason IS NULL THEN iif(j.met, 0.0, j.missing / j.deviation) END AS distance
    FROM judged AS j
),
-- One row an indicator, or a category with the mean of those that have a distance.
listed AS (
  SELECT m.goal, m.entity_id, t.plan_id, t.category, m.distance, m.met, m.reason, NULL AS indicators, NULL AS counted
    FROM parameter AS q
    CROSS JOIN measured AS m
    JOIN target AS t ON t.id = m.goal
   WHERE q.sorted_by = 'indicator'
  UNION ALL
  SELECT NULL, m.entity_id, t.plan_id, t.category, avg(m.distance), iif(count(m.distance) = 0, NULL, max(m.distance) = 0 AND min(m.met)),
         CASE count(m.distance) WHEN 0 THEN 'no_distance' WHEN count(*) THEN NULL ELSE 'some_distances' END, count(*), count(m.distance)
    FROM parameter AS q
    CROSS JOIN measured AS m
    JOIN target AS t ON t.id = m.goal
   WHERE q.sorted_by = 'category'
   GROUP BY m.entity_id, t.plan_id, t.category
)
SELECT n.code AS plan, e.name AS entity_name, l.category, i.name AS indicator_name, c.code AS scope, l.distance,
       CASE WHEN l.distance IS NULL THEN NULL
            WHEN l.distance = 0 AND l.met THEN 0
            WHEN l.distance <= q.near THEN 1
            WHEN l.distance <= q.middle THEN 2
            WHEN l.distance <= q.far THEN 3
            ELSE 4 END AS class,
       m.missing, m.deviation, m.places, m.year, m.printed AS value,
       CASE WHEN t.value IS NULL THEN coalesce(t.printed, t.wording)
            ELSE coalesce(t.printed, format('%.15g', t.value)) || ifnull(' ' || t.printed_unit, '') END AS target,
       CAST(substr(p.ends, 1, 4) AS INTEGER) AS target_year, u.code AS unit, l.met, l.reason, l.indicators, l.counted,
       'oecd: ' || iif(q.sample, 'sample', 'population') || ' deviation'
         || iif(q.sorted_by = 'category', ', simple mean', '') AS rule,
       e.name_en AS entity_name_en, i.name_en AS indicator_name_en, e.code AS entity, i.code AS indicator, o.code AS of_entity,
       d.code AS source, m.source AS value_source
  FROM parameter AS q
  CROSS JOIN listed AS l
  JOIN plan AS n ON n.id = l.plan_id
  JOIN entity AS e ON e.id = l.entity_id
  LEFT JOIN measured AS m ON m.goal = l.goal AND m.entity_id = l.entity_id
  LEFT JOIN target AS t ON t.id = l.goal
  LEFT JOIN series AS s ON s.id = t.series_id
  LEFT JOIN indicator AS i ON i.id = s.indicator_id
  LEFT JOIN scope AS c ON c.id = s.scope_id
  LEFT JOIN unit AS u ON u.id = s.unit_id
  LEFT JOIN entity AS o ON o.id = s.entity_id
  LEFT JOIN period AS p ON p.id = t.period_id
  LEFT JOIN source AS d ON d.id = t.source_id
 WHERE q.every_one OR l.distance IS NOT NULL
 ORDER BY n.code, e.code, l.category, i.code, c.code, o.code, p.starts, p.ends, s.measure,
          (SELECT x.code FROM entity AS x WHERE x.id = s.among_id);
