-- name: indicator-trend
-- about: The straight line through the yearly figures of a series, where it leads by the target's year, and whether that meets the target.
--   Least squares of the value on the year (linear), or of its logarithm (exponential: a constant rate of growth). Each final or provisional
--   yearly figure that is an exact number counts (约 and 近 as their number); forecasts, bounds, ranges and wordings do not.
--   The standard error is that of a single year's value: s * sqrt(1 + 1/n + (year - mean year)^2 / sum of squares), s^2 = residuals squared /
--   (n - 2).
--   The 95 % interval is forecast ± t * standard error, t for n - 2 degrees of freedom (12.7 for three years, 4.3 for four, 2.6 for seven).
--   It supposes that the years to come are like those past; breaks, policies and changed definitions are not in it. Nothing is reckoned from
--   fewer than three years, or where more than half of the years from the first to the last are missing.
--   Verdicts: meets (the whole interval does), likely_meets (the forecast does), likely_misses (only a part of the interval does), misses.
--   A target printed without a sign is read by the indicator's direction: reach it, or stay under it; of ranks the lower is better. 左右 counts
--   as its number.
--   With an indicator all its series have a row; else only those with a trend, without an entity only those with a target.
--   Reasons: no_observation, single_year, too_few_points (two years), mostly_missing, not_positive (no logarithm); beside a trend:
--   missing_target, textual_target, target_not_ahead (its year is not after the last figure's), no_direction (neither to reach nor to stay
--   under), no_variance (all values are equal: no R²).
-- about_zh: 一个序列历年数据的趋势线，按此推到目标年是多少，是否达到目标。
--   对年份作最小二乘：数值（linear），或其对数（exponential，固定增速）。只用年度的正式数、初步数中的确数（“约”“近”按其数）；预测数、界限值、范围、文字不用。
--   标准误是单一年份数值的标准误：s × √(1 + 1/n + (年份 - 平均年份)² ÷ 年份离差平方和)，s² = 残差平方和 ÷ (n - 2)。
--   95% 区间 = 预测 ± t × 标准误，t 的自由度为 n - 2（三年 12.7，四年 4.3，七年 2.6）。它假定今后各年与以往同样，不含转折、政策和口径变化。
--   不足三年、首末年之间缺数过半的不推算。
--   结论：meets 整个区间达到，likely_meets 预测值达到，likely_misses 区间只有一部分达到，misses 整个区间达不到。
--   没有符号的目标按指标方向理解：越高越好的须达到，越低越好的须不超过；位次越低越好。“左右”按其数。
--   给出指标时列出其全部序列；否则只列能推算的，未给对象时只列有目标的。
--   原因：no_observation 无年度数据，single_year 只有一年，too_few_points 只有两年，mostly_missing 缺数过半，not_positive 有不大于零的数、不能取对数；有趋势时：
--   missing_target 无目标，textual_target 文字目标，target_not_ahead 目标年不晚于最新数据，no_direction 目标既非达到也非控制，no_variance 各年相同、无 R²。
-- family: comparison
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空见说明 | indicator: code, name or alias; default: see above
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: measure text = 'level' in ('level', 'yoy', 'change', 'rank', 'yoy_rank', 'gap', 'yoy_gap')  | 计量 | measure
-- param: form text = 'linear' in ('linear', 'exponential')  | 直线，或固定增速 | a straight line, or a constant rate of growth
-- param: since integer = null  | 从哪一年起 | the first year used; default: no limit
-- param: until integer = null  | 到哪一年止 | the last year used; default: no limit
-- param: year integer = null  | 推到哪一年；空为目标年 | the year to forecast; default: the targets' years
-- columns: indicator_name, entity_name, scope, measure, points, first_year, last_year, slope, slope_unit, r2, last_value, unit,
--   forecast_year, forecast, standard_error, low, high, target, verdict, reason, plan, nature, target_value, target_high, missing, left_out,
--   form, indicator_name_en, entity_name_en, indicator, entity, among, source, locator
-- shown: indicator_name, entity_name, points, last_year, slope, slope_unit, r2, last_value, forecast_year, forecast, low, high, target,
--   verdict,
--   reason
-- column: indicator_name | 指标 | the indicator
-- column: entity_name | 对象 | the entity
-- column: unit | 数值的单位 | unit of the values
-- column: entity | 对象的代码 | code of the entity
-- column: points | 所用年数 | years used
-- column: first_year | 首年 | the first year used
-- column: last_year | 末年 | the last year used
-- column: slope | 每年变化，单位见 slope_unit | change a year, in `slope_unit`
-- column: slope_unit | 斜率单位：slope 的单位：直线为 unit，固定增速为 % | unit of `slope`: `unit`, or % for a constant rate
-- column: r2 | 决定系数 R²（固定增速为对数的） | share of the variance that the trend explains, from 0 to 1 (exponential: of the logarithms)
-- column: last_value | 末年数值，单位同 unit | value of the last year, in `unit`
-- column: forecast_year | 推算到的年份 | the year forecast
-- column: forecast | 推算值，单位同 unit | value that the trend leads to, in `unit`
-- column: standard_error | 推算值的标准误，单位同 unit；固定增速为对数的标准误 | standard error of the forecast, in `unit`; exponential: of its logarithm
-- column: low | 95% 区间下限，单位同 unit | low end of the 95 % interval, in `unit`
-- column: high | 95% 区间上限，单位同 unit | high end of the 95 % interval, in `unit`
-- column: target | 目标（如印） | target as printed
-- column: verdict | 结论 | the verdict, see above
-- column: reason | 原因 | the reason's code, see above
-- column: target_value | 目标的数值，单位同 unit；范围的低端 | target in `unit`; the low end of a range
-- column: target_high | 范围目标的高端 | high end of a target that is a range
-- column: missing | 首末年之间缺数的年数 | years without a number between the first and the last
-- column: left_out | 未用的年数（界限值、范围、文字） | years left out: bounds, ranges, wordings
-- column: form | 趋势的形式 | form of the trend
-- column: source | 目标的来源 | source of the target
-- column: locator | 目标在来源中的位置 | place of the target in its source
-- chart: bar x=indicator_name y=forecast target=target_value
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(:measure, 'level') AS measure,
         coalesce(:form, 'linear') AS form, coalesce(CAST(:since AS INTEGER), 0) AS since,
         coalesce(CAST(:until AS INTEGER), 9999) AS until, CAST(:year AS INTEGER) AS year
),
wanted_indicator AS (
  SELECT i.id
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- By indicator, by entity, or by the targets there are: each is read by its own index.
wanted_series AS (
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE q.entity IS NULL OR s.entity_id IN (SELECT e.id FROM wanted_entity AS e)
  UNION
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL
  UNION
  SELECT t.series_id
    FROM parameter AS q
    CROSS JOIN target AS t
   WHERE q.indicator IS NULL AND q.entity IS NULL
),
-- The best current figure of each year, in the order of the view `latest`.
figure AS (
  SELECT o.series_id, CAST(strftime('%Y', p.ends) AS INTEGER) AS year,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS exact,
         row_number() OVER (PARTITION BY o.series_id, o.period_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code,
                                     o.locator) AS choice
    FROM parameter AS q
    CROSS JOIN wanted_series AS w
    CROSS JOIN series AS s ON s.id = w.id AND s.measure = q.measure
    CROSS JOIN observation AS o ON o.series_id = s.id
    CROSS JOIN period AS p ON p.id = o.period_id AND p.kind = 'year'
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE t.precedence < 3
),
-- x: the year; y: the value or its logarithm, where it has one.
point AS (
  SELECT f.series_id, f.year AS x, f.exact AS value,
         CASE WHEN q.form = 'linear' THEN f.exact WHEN f.exact > 0 THEN ln(f.exact) END AS y
    FROM parameter AS q
    CROSS JOIN figure AS f
   WHERE f.choice = 1 AND f.year BETWEEN q.since AND q.until
),
mean AS (
  SELECT p.series_id, count(p.value) AS points, count(*) - count(p.value) AS left_out, count(p.y) AS ys,
         min(CASE WHEN p.value IS NOT NULL THEN p.x END) AS first_year, max(CASE WHEN p.value IS NOT NULL THEN p.x END) AS last_year,
         avg(CASE WHEN p.value IS NOT NULL THEN p.x END) AS x, avg(p.y) AS y
    FROM point AS p
   GROUP BY p.series_id
),
-- Sums of squares and products about the means.
fitted AS (
  SELECT m.series_id, m.points, m.left_out, m.ys, m.first_year, m.last_year, m.x, m.y,
         m.points > 2 AND 2 * m.points >= m.last_year - m.first_year + 1 AND m.ys = m.points AS has_trend,
         sum((p.x - m.x) * (p.x - m.x)) AS sxx, sum((p.x - m.x) * (p.y - m.y)) AS sxy, sum((p.y - m.y) * (p.y - m.y)) AS syy,
         min(p.y) < max(p.y) AS varies, sum(CASE WHEN p.x = m.last_year THEN p.value END) AS last_value
    FROM mean AS m
    JOIN point AS p ON p.series_id = m.series_id AND p.value IS NOT NULL
   GROUP BY m.series_id
),
-- Two-sided 95 % quantiles of Student's t.
quantile (freedom, t) AS (
  VALUES
         (1, 12.7062047362), (2, 4.3026527297), (3, 3.1824463053), (4, 2.7764451052), (5, 2.5705818356), (6, 2.4469118511),
         (7, 2.3646242516), (8, 2.3060041352), (9, 2.2621571628), (10, 2.2281388520), (11, 2.2009851601), (12, 2.1788128297),
         (13, 2.1603686565), (14, 2.1447866879), (15, 2.1314495456), (16, 2.1199052992), (17, 2.1098155778), (18, 2.1009220402),
         (19, 2.0930240544), (20, 2.0859634473), (21, 2.0796138447), (22, 2.0738730679), (23, 2.0686576104), (24, 2.0638985616),
         (25, 2.0595385528), (26, 2.0555294386), (27, 2.0518305165), (28, 2.0484071418), (29, 2.0452296421), (30, 2.0422724563)
),
-- The squares that the line leaves.
residual AS (
  SELECT f.series_id, sum(pow(p.y - f.y - f.sxy / f.sxx * (p.x - f.x), 2)) AS squares
    FROM fitted AS f
    JOIN point AS p ON p.series_id = f.series_id AND p.value IS NOT NULL
   WHERE f.has_trend
   GROUP BY f.series_id
),
line AS MATERIALIZED (
  SELECT f.series_id, f.points, f.left_out, f.first_year, f.last_year, f.last_value, f.x, f.y, f.sxx, f.has_trend, f.ys,
         CASE WHEN f.has_trend THEN f.sxy / f.sxx END AS slope,
         CASE WHEN f.has_trend AND f.varies THEN 1 - r.squares / f.syy END AS r2,
         sqrt(r.squares / (f.points - 2)) AS residual,
         -- Beyond the table: the expansion in powers of 1 / n about the normal quantile, good to seven digits.
         coalesce(t.t, 1.959963984540054 + 2.3722712303 / (f.points - 2) + 2.8224986157 / pow(f.points - 2, 2)
                         + 2.5558496795 / pow(f.points - 2, 3) + 1.5895340534 / pow(f.points - 2, 4)) AS t
    FROM fitted AS f
    LEFT JOIN residual AS r ON r.series_id = f.series_id
    LEFT JOIN quantile AS t ON t.freedom = f.points - 2
),
-- The targets of a single year; `aims`: 1 up, -1 down, 0 at the value.
goal AS (
  SELECT t.series_id, CAST(strftime('%Y', p.ends) AS INTEGER) AS year, n.code AS plan, t.nature, t.value, t.high, t.comparator,
         coalesce(t.high, t.value) AS top, d.code AS source, t.locator,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN s.measure IN ('rank', 'yoy_rank') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         coalesce(t.printed, t.wording,
                  CASE WHEN t.value = CAST(t.value AS INTEGER) THEN CAST(CAST(t.value AS INTEGER) AS TEXT)
                       ELSE CAST(t.value AS TEXT) END)
           || iif(t.value IS NULL, '', ifnull(' ' || t.printed_unit, '')) AS printed
    FROM wanted_series AS w
    CROSS JOIN target AS t ON t.series_id = w.id
    JOIN series AS s ON s.id = t.series_id
    JOIN indicator AS i ON i.id = s.indicator_id
    JOIN period AS p ON p.id = t.period_id AND p.kind = 'year'
    JOIN plan AS n ON n.id = t.plan_id
    JOIN source AS d ON d.id = t.source_id
),
aimed AS (
  SELECT s.id AS series_id, l.points, l.left_out, l.first_year, l.last_year, l.last_value, l.slope, l.r2, l.has_trend, l.ys,
         coalesce(q.year, g.year) AS year, q.form,
         l.y + l.slope * (coalesce(q.year, g.year) - l.x) AS y,
         l.residual * sqrt(1 + 1.0 / l.points + pow(coalesce(q.year, g.year) - l.x, 2) / l.sxx) AS error, l.t,
         g.plan, g.nature, g.value, g.high, g.top, g.comparator, g.aims, g.printed, g.source, g.locator,
         g.series_id IS NOT NULL AS has_target
    FROM parameter AS q
    CROSS JOIN wanted_series AS w
    CROSS JOIN series AS s ON s.id = w.id AND s.measure = q.measure
    LEFT JOIN line AS l ON l.series_id = s.id
    LEFT JOIN goal AS g ON g.series_id = s.id AND (q.year IS NULL OR g.year = q.year)
   WHERE q.indicator IS NOT NULL OR l.has_trend AND (q.entity IS NOT NULL OR g.series_id IS NOT NULL)
),
forecast AS (
  SELECT a.series_id, a.points, a.left_out, a.first_year, a.last_year, a.last_value, a.slope, a.r2, a.has_trend, a.ys, a.year, a.form,
         CASE a.form WHEN 'linear' THEN a.y ELSE exp(a.y) END AS forecast, a.error,
         CASE a.form WHEN 'linear' THEN a.y - a.t * a.error ELSE exp(a.y - a.t * a.error) END AS low,
         CASE a.form WHEN 'linear' THEN a.y + a.t * a.error ELSE exp(a.y + a.t * a.error) END AS high,
         a.plan, a.nature, a.value, a.high AS target_high, a.top, a.comparator, a.aims, a.printed, a.source, a.locator, a.has_target,
         -- Rounding noise is no miss; a strict target asks for more than noise.
         1e-9 * max(1, abs(a.value)) * iif(a.comparator IN ('<', '>'), -1, 1) AS trace
    FROM aimed AS a
),
judged AS (
  SELECT f.series_id, f.points, f.left_out, f.first_year, f.last_year, f.last_value, f.slope, f.r2, f.has_trend, f.ys, f.year, f.form,
         f.forecast, f.error, f.low, f.high, f.plan, f.nature, f.value, f.target_high, f.printed, f.source, f.locator, f.aims,
         f.has_target, f.value IS NOT NULL AND f.year > f.last_year AND (f.aims <> 0 OR f.target_high IS NOT NULL) AS can_tell,
         CASE f.aims WHEN 1 THEN f.low >= f.value - f.trace WHEN -1 THEN f.high <= f.top + f.trace
                     ELSE f.low >= f.value - f.trace AND f.high <= f.top + f.trace END AS all_meets,
         CASE f.aims WHEN 1 THEN f.high < f.value - f.trace WHEN -1 THEN f.low > f.top + f.trace
                     ELSE f.high < f.value - f.trace OR f.low > f.top + f.trace END AS all_misses,
         CASE f.aims WHEN 1 THEN f.forecast >= f.value - f.trace WHEN -1 THEN f.forecast <= f.top + f.trace
                     ELSE f.forecast BETWEEN f.value - f.trace AND f.top + f.trace END AS meets
    FROM forecast AS f
)
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, coalesce(j.points, 0) AS points,
       j.first_year, j.last_year,
       round(CASE j.form WHEN 'linear' THEN j.slope ELSE 100 * (exp(j.slope) - 1) END, 6) AS slope,
       CASE WHEN j.slope IS NULL THEN NULL WHEN j.form = 'linear' THEN u.code ELSE '%' END AS slope_unit,
       round(j.r2, 6) AS r2, j.last_value, u.code AS unit, j.year AS forecast_year, round(j.forecast, 6) AS forecast,
       round(j.error, 6) AS standard_error, round(j.low, 6) AS low, round(j.high, 6) AS high, j.printed AS target,
       CASE WHEN NOT j.can_tell OR j.forecast IS NULL THEN NULL
            WHEN j.all_meets THEN 'meets' WHEN j.all_misses THEN 'misses'
            WHEN j.meets THEN 'likely_meets' ELSE 'likely_misses' END AS verdict,
       CASE WHEN coalesce(j.points, 0) = 0 THEN 'no_observation'
            WHEN j.points = 1 THEN 'single_year'
            WHEN j.points = 2 THEN 'too_few_points'
            WHEN 2 * j.points < j.last_year - j.first_year + 1 THEN 'mostly_missing'
            WHEN NOT j.has_trend THEN 'not_positive'
            WHEN NOT j.has_target THEN 'missing_target'
            WHEN j.value IS NULL THEN 'textual_target'
            WHEN j.year <= j.last_year THEN 'target_not_ahead'
            WHEN NOT j.can_tell THEN 'no_direction'
            WHEN j.r2 IS NULL THEN 'no_variance' END AS reason,
       j.plan, j.nature, j.value AS target_value, j.target_high,
       j.last_year - j.first_year + 1 - j.points AS missing, j.left_out, j.form,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity, a.code AS among,
       j.source, j.locator
  FROM judged AS j
  CROSS JOIN series AS s ON s.id = j.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  LEFT JOIN entity AS a ON a.id = s.among_id
 ORDER BY i.code, e.code, c.code, s.measure, a.code, j.year, j.plan, j.source, j.locator, j.value;
