-- name: value-growth
-- family: comparison
-- about: Growth of levels, by one of five methods. yoy (同比): on the same period a year before; previous (环比): on the period just before,
--   of the same kind and length; compound: from the first figure of the window to the last, (last / first) ^ (1 / years) - 1;
--   exponential: ln(last / first) / years; least_squares: e ^ slope - 1 of the line through ln(value) over the year, all figures used.
--   Only periods of one kind and place in the year meet (years; second quarters; January to August), and only one scope, and
--   nothing but levels: published growth stands apart (see growth-conflicts). Current prices stay current prices: the growth of money
--   is nominal. Years are the difference of the years, however many figures lie between.
--   Figures that count: the best number of each period, final or provisional, no forecasts; 约, 近, 左右 count as their number.
--   A share in % or ‰ changes in percentage points: it has a change and no growth in per cent.
--   Reasons for an empty growth or rate: missing_base; single_period (one figure in the window); year_to_date (a running total has no period
--   just before it, see value-single-period); span_of_years (a total of several years has no year before); bound_base, bound_value (a bound or
--   range); percentage_points; zero_base, negative_base, sign_change (a loss where there was a gain); zero_value (no logarithm); not_positive
--   (least squares needs every figure above zero); too_sparse (more than half of the window's years have no figure).
--   `turn` says in words what a percentage can't: to_gain 扭亏为盈, less_loss 减亏, more_loss 增亏, to_loss 由盈转亏.
-- about_zh: 水平值的增长，五种算法。yoy 同比（比上年同期）；previous 环比（比上一期，类型和长短相同）；
--   compound 年均增长：窗口内首期到末期，(末/首)^(1/年数)-1；exponential 指数增长率：ln(末/首)/年数；
--   least_squares 最小二乘：ln(值) 对年份回归，e^斜率-1，窗口内数据全部采用。
--   只有类型和在年内位置相同的时期（年度、各年第二季度、各年1—8月）、同一口径相比；只算水平值，公布的增速另列（见 growth-conflicts）。
--   现价数据算出的是名义增长。年数为年份之差，与中间有几个数据无关。
--   采用的数据：每期最可信的数，正式数或初步数，不用预测数；“约、近、左右”按其数。单位为 % 或 ‰ 的比率只算变动百分点，不算百分比增速。
--   增速或年率空缺的原因：missing_base 缺基期数据，single_period 窗口内只有一个数据，year_to_date 累计数没有“上一期”（见 value-single-period），
--   span_of_years 多年合计没有“上年同期”，bound_base、bound_value 基期或本期是界限值或范围，percentage_points 比率只算百分点，
--   zero_base 基期为零，negative_base 基期为负，sign_change 由正转负，zero_value 为零无对数，not_positive 最小二乘要求各数为正，
--   too_sparse 窗口内半数以上年份缺数据。
--   turn 用文字说明百分比不能表示的变化：to_gain 扭亏为盈，less_loss 减亏，more_loss 增亏，to_loss 由盈转亏。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: method text = 'yoy' in ('yoy', 'previous', 'compound', 'exponential', 'least_squares')
--   | 算法：同比、环比、年均（复合）、指数、最小二乘 | how growth is reckoned, see above
-- param: since text = null  | 窗口起点：末日不早于此的时期(2015、2015-06)，同比、环比的基期可以更早；空为不限
--   | the window's begin: periods that end then or later (2015, 2015-06), the base of yoy and previous may be older; default: no limit
-- param: until text = null  | 窗口终点：末日不晚于此的时期(只写年或年月即到其末日)；空为不限
--   | the window's end: periods that end then or before (a year or month: its last day); default: no limit
-- param: show text = 'all' in ('all', 'newest', 'computed')  | 列出：全部；各序列各类时期的最新一期；能算出变动的
--   | which rows: all; the newest of each series and kind of period; those with a change
-- columns: indicator_name, entity_name, scope, base_period, base, period, printed, unit, change, change_unit, growth, rate, years, points,
--   reason, turn, base_value, value, base_status, status, growth_exact, rate_exact, base_source, base_locator, source, locator,
--   indicator_name_en, entity_name_en, indicator, entity
-- shown: indicator_name, entity_name, scope, base_period, base, period, printed, unit, change, growth, rate, reason
-- chart: line x=period y=growth by=entity_name
-- column: base_period | 基期 | period that growth starts from
-- column: base | 基期数据（如印） | figure of that period as printed
-- column: change | 变动，单位 change_unit，六位小数 | the figure less its base, in `change_unit`, six decimals
-- column: change_unit | change 的单位：% 的比率为百分点 | unit of `change`: percentage points for a share in %
-- column: growth | 增长%：从基期到本期的增长（%），两位小数 | growth from the base to this period, %, two decimals
-- column: rate | 折成每年的增长（%），两位小数；环比为年化 | the same per year by the method, %, two decimals; of `previous`, annualised
-- column: years | 相隔年数 | years between base and this period
-- column: points | 采用的数据个数 | figures used
-- column: reason | 原因：增速或年率空缺的原因代码 | why growth or rate is empty: the reason's code, see above
-- column: turn | 盈亏变化 | how a gain or loss turned, see above
-- column: base_value | 基期数值，单位同 unit | number of the base in `unit`
-- column: base_status | 基期数据的状态 | status of the base
-- column: growth_exact | 增长（%），未舍入 | growth, %, not rounded
-- column: rate_exact | 每年的增长（%），未舍入 | rate, % a year, not rounded
-- column: base_source | 基期数据的来源 | source of the base
-- column: base_locator | 基期数据在来源中的位置 | place of the base in its source
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(:method, 'yoy') AS method,
         coalesce(:since, '') AS since, coalesce(:until, '9999') || '~' AS until, coalesce(:show, 'all') AS show
),
wanted_indicator AS (
  SELECT i.id, i.kind
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
-- The series asked for: by their indicators, or by the entity where only that is given.
wanted AS (
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL) AND i.kind <> 'rank'
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
  UNION ALL
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id AND s.measure = 'level'
    CROSS JOIN indicator AS i ON i.id = s.indicator_id AND i.kind <> 'rank'
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL
),
-- `track`: the periods that are compared with one another, by kind and place in the year, or for the period just before by
-- kind and length. `mark`: a period on its track; `wants`: the mark of the one it grows from. `unfit`: why it has none.
span AS (
  SELECT p.id, p.kind, p.ends, strftime('%Y', p.ends) + 0 AS year, p.starts LIKE '%-01-01' AS from_january,
         12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts)) + strftime('%m', p.ends) - strftime('%m', p.starts) + 1 AS months,
         CASE WHEN q.method <> 'previous'
              THEN p.kind || strftime('%m-%d', p.starts) || strftime('%m-%d', p.ends, '+1 day')
                     || (strftime('%Y', p.ends) - strftime('%Y', p.starts))
              WHEN p.kind IN ('day', 'days') THEN p.kind || (julianday(p.ends) - julianday(p.starts))
              ELSE p.kind || (12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts))
                                + strftime('%m', p.ends) - strftime('%m', p.starts)) END AS track,
         p.starts, date(p.ends, '+1 day') AS follows, q.method
    FROM parameter AS q
    CROSS JOIN period AS p
),
marked AS (
  SELECT x.id, x.kind, x.ends, x.year, x.track, CASE WHEN x.kind IN ('day', 'days') THEN NULL ELSE x.months END AS months,
         x.track || ' ' || CASE x.method WHEN 'yoy' THEN x.year WHEN 'previous' THEN x.follows END AS mark,
         CASE WHEN x.method = 'yoy' AND x.kind <> 'years' THEN x.track || ' ' || (x.year - 1)
              WHEN x.method = 'previous' AND NOT (x.kind = 'months' AND x.from_january) THEN x.track || ' ' || x.starts END AS wants,
         CASE WHEN x.method = 'yoy' AND x.kind = 'years' THEN 'span_of_years'
              WHEN x.method = 'previous' AND x.kind = 'months' AND x.from_january THEN 'year_to_date' END AS unfit
    FROM span AS x
),
calendar AS MATERIALIZED (
  SELECT m.id, m.kind, m.ends, m.year, m.track, m.unfit, b.id AS base_id,
         CASE q.method WHEN 'yoy' THEN 1 ELSE m.months / 12.0 END AS years
    FROM parameter AS q
    CROSS JOIN marked AS m
    LEFT JOIN marked AS b ON b.mark = m.wants
   WHERE m.ends >= q.since AND m.ends <= q.until
),
counted AS (
  SELECT t.code FROM status AS t WHERE t.precedence < 3
),
-- The figure that speaks for its series and period stands first, as in the view `latest`; most periods have only one. 约 and its
-- like count as their number. Told anew wherever it is read, since keeping all of them costs more than finding them.
figure AS NOT MATERIALIZED (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.printed, o.printed_unit, o.status,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS exact
    FROM observation AS o
   WHERE o.value IS NOT NULL AND o.status IN (SELECT t.code FROM counted AS t)
     AND CASE WHEN EXISTS (SELECT 1 FROM observation AS x
                            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
                              AND (x.source_id <> o.source_id OR x.locator <> o.locator))
              THEN (o.source_id, o.locator) IN (SELECT x.source_id, x.locator
                                                  FROM observation AS x
                                                  JOIN status AS t ON t.code = x.status
                                                  JOIN source AS d ON d.id = x.source_id
                                                 WHERE x.series_id = o.series_id AND x.period_id = o.period_id
                                                   AND x.value IS NOT NULL AND t.precedence < 3
                                                 ORDER BY x.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code,
                                                          x.locator
                                                 LIMIT 1)
              ELSE 1 END
),
-- Year on year and on the period before.
step AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.value, f.printed, f.printed_unit, f.status, f.exact,
         b.period_id AS base_id, b.source_id AS base_source_id, b.locator AS base_locator, b.value AS base_value,
         b.printed AS base_printed, b.printed_unit AS base_printed_unit, b.status AS base_status, b.exact AS base,
         k.years, 2 AS points, NULL AS slope, coalesce(k.unfit, iif(b.period_id IS NULL, 'missing_base', NULL)) AS unfit
    FROM wanted AS w
    CROSS JOIN figure AS f ON f.series_id = w.id
    CROSS JOIN calendar AS k ON k.id = f.period_id
    LEFT JOIN figure AS b ON b.series_id = f.series_id AND b.period_id = k.base_id
   WHERE (SELECT q.method FROM parameter AS q) IN ('yoy', 'previous')
     AND ((SELECT q.show FROM parameter AS q) <> 'newest'
          OR (f.series_id, k.kind, k.ends) IN (SELECT x.series_id, y.kind, max(y.ends)
                                                 FROM wanted AS v
                                                 CROSS JOIN observation AS x
                                                   ON x.series_id = v.id AND x.value IS NOT NULL
                                                  AND x.status IN (SELECT t.code FROM counted AS t)
                                                 CROSS JOIN calendar AS y ON y.id = x.period_id
                                                GROUP BY x.series_id, y.kind))
),
-- The other methods: the first and the last figure of each track, and what least squares needs of those that are numbers, no
-- bounds or ranges. Years are counted from 2000.
exact AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, k.track, k.ends, k.year, k.year - 2000 AS x, f.exact AS value
    FROM wanted AS w
    CROSS JOIN figure AS f ON f.series_id = w.id
    CROSS JOIN calendar AS k ON k.id = f.period_id
   WHERE (SELECT q.method FROM parameter AS q) NOT IN ('yoy', 'previous')
),
track AS (
  SELECT e.series_id, e.period_id, e.source_id, e.locator, e.year, last_value(e.period_id) OVER run AS base_id,
         last_value(e.source_id) OVER run AS base_source_id, last_value(e.locator) OVER run AS base_locator,
         last_value(e.year) OVER run AS base_year, row_number() OVER (PARTITION BY e.series_id, e.track ORDER BY e.ends DESC) AS age,
         count(e.value) OVER run AS points, min(e.value) OVER run AS least,
         sum(CASE WHEN e.value > 0 THEN e.x END) OVER run AS x, sum(CASE WHEN e.value > 0 THEN e.x * e.x END) OVER run AS xx,
         sum(CASE WHEN e.value > 0 THEN ln(e.value) END) OVER run AS y,
         sum(CASE WHEN e.value > 0 THEN e.x * ln(e.value) END) OVER run AS xy
    FROM exact AS e
  WINDOW run AS (PARTITION BY e.series_id, e.track ORDER BY e.ends DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
-- `unfit`: why there is nothing to compare with, or no line to draw. `slope`: of the line through the logarithms.
paired AS (
  SELECT s.series_id, s.period_id, s.source_id, s.locator, s.value, s.printed, s.printed_unit, s.status, s.exact, s.base_id,
         s.base_source_id, s.base_locator, s.base_value, s.base_printed, s.base_printed_unit, s.base_status, s.base, s.years,
         s.points, s.slope, s.unfit
    FROM step AS s
  UNION ALL
  SELECT t.series_id, t.period_id, t.source_id, t.locator, f.value, f.printed, f.printed_unit, f.status, f.exact, b.period_id,
         b.source_id, b.locator, b.value, b.printed, b.printed_unit, b.status, b.exact, t.year - t.base_year,
         CASE q.method WHEN 'least_squares' THEN t.points ELSE 2 END,
         CASE WHEN q.method = 'least_squares' AND t.least > 0 AND t.points > 1
              THEN (t.points * t.xy - t.x * t.y) / (t.points * t.xx - t.x * t.x) END,
         CASE WHEN t.base_id = t.period_id THEN 'single_period'
              WHEN q.method <> 'least_squares' THEN NULL
              WHEN t.least <= 0 THEN 'not_positive'
              -- The window may be wider than the figures.
              WHEN t.points < 2
                   OR 2 * t.points < coalesce(nullif(CAST(q.until AS INTEGER), 9999), t.year)
                                       - coalesce(nullif(CAST(q.since AS INTEGER), 0), t.base_year) + 1 THEN 'too_sparse' END
    FROM parameter AS q
    CROSS JOIN track AS t
    CROSS JOIN figure AS f ON f.series_id = t.series_id AND f.period_id = t.period_id
    LEFT JOIN figure AS b ON b.series_id = t.series_id AND b.period_id = nullif(t.base_id, t.period_id)
   WHERE t.age = 1
),
-- Growth and yearly rate as fractions.
grown AS (
  SELECT n.series_id, n.period_id, n.source_id, n.locator, n.base_id, n.base_source_id, n.base_locator, n.points, u.code AS unit,
         n.value, n.printed, n.printed_unit, n.status, n.base_value, n.base_printed, n.base_printed_unit, n.base_status,
         CASE WHEN n.base_id IS NOT NULL THEN n.years END AS years, n.exact - n.base AS change,
         CASE WHEN NOT u.code IN ('%', '‰') AND n.base > 0 AND n.exact >= 0 THEN n.exact / n.base - 1 END AS growth,
         CASE WHEN u.code IN ('%', '‰') OR n.unfit IS NOT NULL OR NOT (n.base > 0 AND n.exact >= 0) THEN NULL
              WHEN (SELECT q.method FROM parameter AS q) = 'least_squares' THEN exp(n.slope) - 1
              WHEN (SELECT q.method FROM parameter AS q) = 'exponential' THEN CASE WHEN n.exact > 0 THEN ln(n.exact / n.base) / n.years END
              WHEN n.years = 1 THEN n.exact / n.base - 1
              ELSE pow(n.exact / n.base, 1.0 / n.years) - 1 END AS rate,
         CASE WHEN n.base_id IS NULL THEN n.unfit
              WHEN n.exact IS NULL THEN 'bound_value'
              WHEN n.base IS NULL THEN 'bound_base'
              WHEN u.code IN ('%', '‰') THEN 'percentage_points'
              WHEN n.base = 0 THEN 'zero_base'
              WHEN n.base < 0 THEN 'negative_base'
              WHEN n.exact < 0 THEN 'sign_change'
              WHEN n.unfit IS NOT NULL THEN n.unfit
              WHEN (SELECT q.method FROM parameter AS q) = 'exponential' AND n.exact = 0 THEN 'zero_value' END AS reason,
         CASE WHEN u.code IN ('%', '‰') THEN NULL
              WHEN n.base < 0 AND n.exact >= 0 THEN 'to_gain'
              WHEN n.base < 0 AND n.exact > n.base THEN 'less_loss'
              WHEN n.base < 0 AND n.exact < n.base THEN 'more_loss'
              WHEN n.base >= 0 AND n.exact < 0 THEN 'to_loss' END AS turn
    FROM paired AS n
    CROSS JOIN series AS s ON s.id = n.series_id
    CROSS JOIN unit AS u ON u.id = s.unit_id
)
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, b.code AS base_period,
       coalesce(g.base_printed,
                CASE WHEN g.base_value = CAST(g.base_value AS INTEGER) THEN CAST(CAST(g.base_value AS INTEGER) AS TEXT)
                     ELSE CAST(g.base_value AS TEXT) END) || ifnull(' ' || g.base_printed_unit, '') AS base,
       p.code AS period,
       coalesce(g.printed,
                CASE WHEN g.value = CAST(g.value AS INTEGER) THEN CAST(CAST(g.value AS INTEGER) AS TEXT)
                     ELSE CAST(g.value AS TEXT) END) || ifnull(' ' || g.printed_unit, '') AS printed,
       g.unit, round(g.change, 6) AS change, CASE WHEN g.change IS NOT NULL THEN iif(g.unit = '%', '百分点', g.unit) END AS change_unit,
       round(100 * g.growth, 2) AS growth, round(100 * g.rate, 2) AS rate, g.years,
       CASE WHEN g.change IS NOT NULL OR (SELECT q.method FROM parameter AS q) = 'least_squares' AND g.base_id IS NOT NULL THEN g.points END AS points, g.reason, g.turn,
       g.base_value, g.value, g.base_status, g.status, 100 * g.growth AS growth_exact, 100 * g.rate AS rate_exact,
       y.code AS base_source, g.base_locator, d.code AS source, g.locator,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM grown AS g
  CROSS JOIN series AS s ON s.id = g.series_id
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  CROSS JOIN entity AS e ON e.id = s.entity_id
  CROSS JOIN scope AS c ON c.id = s.scope_id
  CROSS JOIN period AS p ON p.id = g.period_id
  CROSS JOIN source AS d ON d.id = g.source_id
  LEFT JOIN period AS b ON b.id = g.base_id
  LEFT JOIN source AS y ON y.id = g.base_source_id
 WHERE (SELECT q.show FROM parameter AS q) <> 'computed' OR g.change IS NOT NULL
 ORDER BY i.code, e.code, c.code,
          CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5
                      WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END,
          p.ends, p.starts;
