-- name: target-score
-- family: evaluation
-- about: The score of each indicator by Open SDG's method: the mean over its series, from -5 to 5, with its label.
--   A series is an indicator's target for one entity and scope by one year; each is scored as in target-method with method open_sdg.
--   The mean is of the scores that exist. 2.5 and more is substantial_progress, 0 and more moderate_progress, -2.5 and more
--   limited_progress, less deterioration; target_achieved only where every series has achieved its target.
--   With first=entity or first=scope the series of each entity or scope make a mean of their own, and the score is the mean of those means.
--   Where one plan has a target twice, the newer source counts. Only levels of whole years count, final and provisional.
--   Reason: no_score, where no series has one; some_scores, where some have none (target-method with show=all says why).
-- about_zh: 按 Open SDG 方法给各项指标评分：取其各序列评分的平均，-5 至 5，并给出档次。
--   序列是一项指标对一个对象、一个口径、到一个年份的目标，评分同 target-method 的 open_sdg。
--   只平均有评分的序列。平均分不低于 2.5 为 substantial_progress，不低于 0 为 moderate_progress，不低于 -2.5 为 limited_progress，
--   更低为 deterioration；全部序列都已实现目标的才是 target_achieved。
--   first=entity 或 first=scope 时，先在每个对象或口径内平均，再对这些平均数求平均。
--   同一规划中重复的目标，以较新的来源为准。只用整年的水平值，正式数和初步数。
--   原因：no_score 各序列都没有评分；some_scores 有的序列没有评分（原因见 target-method，show=all）。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: first text = 'none' in ('none', 'entity', 'scope')  | 先按什么平均 | what to average by first
-- param: show text = 'all' in ('all', 'judged')  | 全部指标，或只列有评分的 | every indicator, or only those with a score
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为不限
--   | the last day of figures looked at (a year or month: its last day); default: no limit
-- param: base_year integer = null  | 基期年；空为各目标自己的 | base year; default: each target's own
-- param: limit number = null  | 自然极限（比重为 100），只用于没有目标值的 | natural limit, 100 for shares; only without a target
-- param: zero number = 0.001  | 基期或目标为 0 时的代替值 | what stands for a base or target of 0
-- param: two_sided text = 'distance' in ('distance', 'parity')  | 既不越高也不越低越好的怎样读：distance 与目标的距离，parity 均等指数
--   | how x is read where neither direction is better, as in target-method
-- columns: plan, indicator_name, target_year, score, label_name, label, reason, series, scored, achieved, lowest, highest, groups,
--   rule, category, label_name_en, indicator_name_en, indicator
-- shown: plan, indicator_name, target_year, score, label_name, series, scored, achieved, reason
-- chart: bar x=indicator_name y=score by=label
-- column: target_year | 目标年 | year of the target
-- column: score | 评分，-5 至 5，不舍入 | the score, -5 to 5, unrounded
-- column: label_name | 档次 | the label in Chinese
-- column: label | 档次代码 | the label's code
-- column: reason | 原因：没有评分或评分不全的原因 | why there is no score, or not of every series
-- column: series | 序列数 | series with a target
-- column: scored | 有评分：有评分的序列数 | those that have a score
-- column: achieved | 已实现目标的序列数 | those that have achieved their target
-- column: lowest | 各序列评分的最低 | the lowest score of a series
-- column: highest | 各序列评分的最高 | the highest
-- column: groups | 先行平均的组数 | groups averaged first
-- column: rule | 方法和平均方式 | the method and how it averages
-- column: label_name_en | 档次英文 | the label in English
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, coalesce(:first, 'none') AS first,
         coalesce(:show, 'all') = 'all' AS every_one,
         coalesce(:as_of, '9999') || '~' AS until, CAST(:base_year AS INTEGER) AS base_year,
         abs(CAST(:limit AS REAL)) AS natural_limit, coalesce(CAST(:zero AS REAL), 0.001) AS zero,
         coalesce(:two_sided, 'distance') = 'parity' AS parity
),
word (label, name, name_en) AS (
  VALUES ('target_achieved', '已实现', 'Target achieved'),
         ('substantial_progress', '进展顺利', 'On track'),
         ('moderate_progress', '有进展，需加快', 'Progress made but acceleration needed'),
         ('limited_progress', '进展有限', 'Limited progress'),
         ('deterioration', '倒退', 'Deterioration'),
         ('not_available', '无法评估', 'Unable to assess')
),
wanted_indicator AS (
  SELECT i.id, i.direction, i.kind
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
-- The targets asked for, of each series and year the newest source's. `aims`: 1 up, -1 down, 0 at the value.
stated AS (
  SELECT t.id AS goal, t.plan_id, t.series_id, s.indicator_id, s.entity_id, s.scope_id, t.period_id, t.category,
         t.value, coalesce(t.high, t.value) AS high, t.comparator, t.wording, t.base_value, t.base_comparator, t.base_period_id,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN w.direction = 'higher' THEN 1
              WHEN w.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         s.measure = 'level' AND w.kind <> 'rank' AND p.kind = 'year' AND coalesce(t.value, t.wording) IS NOT NULL AS fits,
         CAST(substr(p.ends, 1, 4) AS INTEGER) AS target_year, p.ends, q.until,
         row_number() OVER (PARTITION BY t.plan_id, t.series_id, t.period_id
                            ORDER BY d.published DESC NULLS LAST, d.code, t.locator, t.id) AS place
    FROM parameter AS q
    CROSS JOIN target AS t
    CROSS JOIN series AS s ON s.id = t.series_id
    JOIN wanted_indicator AS w ON w.id = s.indicator_id
    JOIN plan AS n ON n.id = t.plan_id
    JOIN period AS p ON p.id = t.period_id
    JOIN source AS d ON d.id = t.source_id
   WHERE q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en)
),
asked AS MATERIALIZED (
  SELECT g.goal, g.series_id, g.value, g.high, g.comparator, g.aims, g.fits, g.target_year, g.ends, g.until,
         g.aims = 0 AND g.value IS NOT NULL AS fold, g.aims = 0 AND q.parity AND g.value = 1 AND g.high = 1 AS parity,
         g.base_value, g.base_comparator, CASE WHEN b.kind = 'year' THEN CAST(b.code AS INTEGER) END AS own_year,
         substr(m.starts, 1, 4) - 1 AS year_before
    FROM parameter AS q
    CROSS JOIN stated AS g
    JOIN plan AS n ON n.id = g.plan_id
    JOIN period AS m ON m.id = n.period_id
    LEFT JOIN period AS b ON b.id = g.base_period_id
   WHERE g.place = 1
),
-- The series' years, of each the best figure as in the view `latest`; `exact` ones are told in numbers.
yearly AS MATERIALIZED (
  SELECT a.goal, CAST(p.code AS INTEGER) AS year, o.value, o.high, o.comparator,
         o.value IS NOT NULL AND o.high IS NULL AND o.comparator IN ('=', '~', '~<') AS exact,
         row_number() OVER (PARTITION BY a.goal, o.period_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence,
                                     d.published DESC NULLS LAST, d.code, o.locator) AS place
    FROM asked AS a
    JOIN observation AS o ON o.series_id = a.series_id
    JOIN period AS p ON p.id = o.period_id AND p.kind = 'year'
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE a.fits AND p.ends <= a.until AND p.ends <= a.ends AND t.precedence < 3
),
current AS MATERIALIZED (
  SELECT y.goal, y.year, y.value, y.high, y.comparator, y.exact, row_number() OVER (PARTITION BY y.goal ORDER BY y.year DESC) AS place
    FROM yearly AS y
   WHERE y.place = 1
),
-- The base: the target's own or a year's figure, the first from the year wanted on.
beginning AS (
  SELECT a.goal, a.own_year AS year, a.base_value AS value, 1 AS own
    FROM asked AS a
   WHERE a.base_value IS NOT NULL AND a.own_year IS NOT NULL AND a.base_comparator IN ('=', '~', '~<')
  UNION ALL
  SELECT y.goal, y.year, y.value, 0
    FROM yearly AS y
   WHERE y.place = 1 AND y.exact
),
base AS MATERIALIZED (
  SELECT b.goal, b.year, b.value, row_number() OVER (PARTITION BY b.goal ORDER BY b.year, b.own DESC) AS place
    FROM parameter AS q
    CROSS JOIN beginning AS b
    JOIN asked AS a ON a.goal = b.goal
   WHERE b.year >= coalesce(q.base_year, a.own_year, a.year_before)
),
-- Base, newest figure and target side by side. Where neither direction is better, base and figure are read as their distance from
-- the target, or as parity: max(x, 1/x), from 0.97 to 1.03 as 1.
paired AS MATERIALIZED (
  SELECT a.goal, a.aims, a.value IS NOT NULL AS aimed, a.high > a.value AND a.fold AS no_value, a.target_year,
         iif(a.aims = 0, -1, a.aims) AS d, iif(a.aims = -1, a.high, a.value) AS target, n.year AS latest_year, b.year AS base_year,
         CASE WHEN a.parity THEN CASE WHEN b.value BETWEEN 0.97 AND 1.03 THEN 1.0
                                      WHEN b.value < 0 THEN b.value
                                      ELSE max(b.value, 1 / iif(b.value = 0, q.zero, b.value)) END
              WHEN a.fold THEN a.value + abs(b.value - a.value) ELSE b.value END AS base,
         CASE WHEN NOT n.exact THEN NULL
              WHEN a.parity THEN CASE WHEN n.value BETWEEN 0.97 AND 1.03 THEN 1.0
                                      WHEN n.value < 0 THEN n.value
                                      ELSE max(n.value, 1 / iif(n.value = 0, q.zero, n.value)) END
              WHEN a.fold THEN a.value + abs(n.value - a.value) ELSE n.value END AS latest,
         n.value IS NOT NULL
           AND (a.parity AND n.exact AND n.value BETWEEN 0.97 AND 1.03
                OR (a.aims = -1 OR n.comparator NOT IN ('<', '<=') AND (n.value, (n.comparator = '>') - (n.comparator = '~<'))
                                   >= (a.value, (a.comparator = '>') + 0))
                   AND (a.aims = 1 OR n.comparator NOT IN ('>', '>=')
                        AND (coalesce(n.high, n.value), -(n.comparator IN ('<', '~<'))) <= (a.high, -(a.comparator = '<'))))
           AS met
    FROM parameter AS q
    CROSS JOIN asked AS a
    LEFT JOIN current AS n ON n.goal = a.goal AND n.place = 1
    LEFT JOIN base AS b ON b.goal = a.goal AND b.place = 1
),
-- What the method can reckon with; 0 as base or target is replaced.
checked AS MATERIALIZED (
  SELECT p.goal, p.aimed, p.aims, p.met, p.d, p.latest, p.base_year, p.latest_year, p.target_year,
         iif(p.base = 0, q.zero, p.base) AS base, iif(p.target = 0, q.zero, p.target) AS target,
         p.no_value OR p.latest IS NULL OR p.base IS NULL OR p.base_year >= p.latest_year
           OR NOT p.aimed AND p.aims = 0 OR p.aimed AND p.target = p.base
           OR p.base < 0 AND (p.latest > 0 OR p.aimed AND p.target >= 0)
           OR p.base >= 0 AND (p.latest < 0 OR p.aimed AND p.target < 0) AS unable
    FROM parameter AS q
    CROSS JOIN paired AS p
),
valued AS MATERIALIZED (
  SELECT c.goal, c.aimed, c.met,
         CASE WHEN NOT c.unable AND c.latest / c.base >= 0
              THEN iif(c.base < 0, -1, 1) * c.d * (pow(c.latest / c.base, 1.0 / (c.latest_year - c.base_year)) - 1) END AS rate,
         CASE WHEN NOT c.unable AND c.aimed AND c.target / c.base >= 0 AND c.target_year > c.base_year
              THEN abs(pow(c.target / c.base, 1.0 / (c.target_year - c.base_year)) - 1) END AS required,
         CASE WHEN q.natural_limit IS NULL OR abs(c.base) >= 2 * q.natural_limit THEN 1.0
              WHEN abs(c.base) <= q.natural_limit THEN 1 - pow(abs(c.base) / q.natural_limit, 4.44)
              ELSE 1 - pow((2 * q.natural_limit - abs(c.base)) / q.natural_limit, 4.44) END AS coefficient
    FROM parameter AS q
    CROSS JOIN checked AS c
),
-- Open SDG's score is piecewise straight; its constants have the four decimals of its code.
scored AS MATERIALIZED (
  SELECT v.goal, coalesce(v.met, 0) AS met,
         CASE WHEN v.met THEN 5.0
              WHEN v.aimed THEN iif(v.rate / v.required >= 0.6, min(7.1429 * v.rate / v.required - 4.2857, 5.0),
                                    max(4.1667 * v.rate / v.required - 2.5, -5.0))
              WHEN v.rate < 0 THEN max(125 * v.rate - 2.5, -5.0)
              WHEN v.rate IS NULL THEN NULL
              WHEN v.coefficient = 0 THEN 5.0
              WHEN v.rate >= 0.015 * v.coefficient THEN min(500 * v.rate / v.coefficient - 5, 5.0)
              WHEN v.rate >= 0.005 * v.coefficient THEN 250 * v.rate / v.coefficient - 1.25
              ELSE 500 * v.rate / v.coefficient - 2.5 END AS score
    FROM valued AS v
),
-- A mean for each group, or for each series where none is asked for.
grouped AS (
  SELECT g.plan_id, g.indicator_id, g.period_id, g.target_year, min(g.category) AS category, avg(s.score) AS score,
         count(*) AS series, count(s.score) AS scored, sum(s.met) AS achieved, min(s.score) AS lowest, max(s.score) AS highest
    FROM parameter AS q
    CROSS JOIN scored AS s
    JOIN stated AS g ON g.goal = s.goal
   GROUP BY g.plan_id, g.indicator_id, g.period_id,
            CASE q.first WHEN 'entity' THEN g.entity_id WHEN 'scope' THEN g.scope_id ELSE g.goal END
),
meant AS MATERIALIZED (
  SELECT g.plan_id, g.indicator_id, g.period_id, g.target_year, min(g.category) AS category, avg(g.score) AS score,
         sum(g.series) AS series, sum(g.scored) AS scored, sum(g.achieved) AS achieved,
         min(g.lowest) AS lowest, max(g.highest) AS highest, count(*) AS groups
    FROM grouped AS g
   GROUP BY g.plan_id, g.indicator_id, g.period_id
),
labelled AS (
  SELECT m.plan_id, m.indicator_id, m.period_id, m.target_year, m.category, m.score, m.series, m.scored, m.achieved,
         m.lowest, m.highest, m.groups,
         CASE WHEN m.score IS NULL THEN 'not_available'
              WHEN m.achieved = m.series THEN 'target_achieved'
              WHEN m.score >= 2.5 THEN 'substantial_progress'
              WHEN m.score >= 0 THEN 'moderate_progress'
              WHEN m.score >= -2.5 THEN 'limited_progress'
              ELSE 'deterioration' END AS label
    FROM meant AS m
)
SELECT n.code AS plan, i.name AS indicator_name, l.target_year, l.score, w.name AS label_name, l.label,
       CASE WHEN l.scored = 0 THEN 'no_score' WHEN l.scored < l.series THEN 'some_scores' END AS reason,
       l.series, l.scored, l.achieved, l.lowest, l.highest, iif(q.first = 'none', NULL, l.groups) AS groups,
       'open_sdg: mean of ' || iif(q.first = 'none', 'series', 'means by ' || q.first) AS rule,
       l.category, w.name_en AS label_name_en, i.name_en AS indicator_name_en, i.code AS indicator
  FROM parameter AS q
  CROSS JOIN labelled AS l
  JOIN word AS w ON w.label = l.label
  JOIN plan AS n ON n.id = l.plan_id
  JOIN indicator AS i ON i.id = l.indicator_id
  JOIN period AS p ON p.id = l.period_id
 WHERE q.every_one OR l.scored > 0
 ORDER BY n.code, i.code, p.starts, p.ends;
