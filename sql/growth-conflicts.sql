-- name: growth-conflicts
-- family: honesty
-- about: Stated growth against the levels. Each printed growth figure is recomputed from the levels of the same indicator, entity and scope.
--   yoy and change: the level on that of the same period a year before; growth and multiple: on the period before (of a span of years: its
--   last year on the year before its first); cagr: the same as an average yearly rate. A level is taken from the figure's own
--   source, else the best of any; exact numbers before bounds; no forecasts.
--   Classes, the gravest first: opposite (one says growth, the other decline); differs (nothing below explains the gap); confused (it
--   fits if read otherwise: hint times, N times against N times more; hint points, percentage points stated as per cent); real_terms
--   (money: real growth and current prices differ by no more than `prices` a year, a hint and no proof; `implied_prices` is that
--   price change); rounding (the levels, before they were rounded, can give it); closes; not_computable.
--   Rounding is half a unit of the last printed digit of each figure; of a figure with 约, 近 or 左右 it is `near` per cent.
--   Published growth is often in real terms or on a comparable basis (按可比口径), or the base was revised later: a gap is a question to the source.
--   Reasons of not_computable: missing_value, missing_base (no level); bound_value, bound_base; zero_base, negative_base, sign_change;
--   no_span (an average rate or a growth whose start is not told). Wordings and missing marks are left out.
-- about_zh: 公布的增长与水平值相对照。每个公布的增速、增量、倍数，用同一指标、对象、口径的水平值重新计算。
--   yoy、change 与上年同期比；growth、multiple 与上一期比（多年的：末年与首年的上一年比）；cagr 同前，折成年均。
--   水平值先取与增速同一来源的，再取各来源中最可信的；先确数后界限值；不用预测数。
--   类别由重到轻：opposite 一增一减；differs 不符且以下都不能解释；confused 换一种读法则相符（hint：times“是 N 倍”与“增长 N 倍”，points 百分点当作百分比）；
--   real_terms 金额的实际增长与现价之差每年不超过 prices（只是提示；implied_prices 为相应的价格变动）；
--   rounding 水平值四舍五入可以解释；closes 相符；not_computable 无法计算。
--   四舍五入按各数末位的半个单位计；“约、近、左右”的数按其百分之 near 计。
--   公布的增速常按不变价、可比口径计算，基数也可能事后修订：有差额只是须向来源查问的疑点。
--   无法计算的原因：missing_value、missing_base 缺水平值，bound_value、bound_base 水平值是界限值或范围，
--   zero_base、negative_base 基期为零、为负，sign_change 由正转负，no_span 没有说明起点的增速。文字和缺失不算。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: prices number = 5  | 每年价格变动百分之几以内可用实际增长解释 | per cent a year of price change that real terms may explain
-- param: near number = 5  | “约、近、左右”的数可能相差百分之几 | per cent that a figure with 约, 近 or 左右 may be off
-- columns: class, reason, hint, indicator_name, entity_name, scope, measure, period, printed, recomputed, unit, gap, least, most,
--   implied_prices, calculation, base_period, base_value, end_period, end_value, level_unit, value, status, source, locator,
--   base_source, base_locator, end_source, end_locator, indicator_name_en, entity_name_en, indicator, entity
-- shown: class, reason, hint, indicator_name, entity_name, measure, period, printed, recomputed, unit, implied_prices, calculation
-- severity: class | error: opposite | warning: differs, confused | note: real_terms, rounding, closes, not_computable
-- finding: {entity_name}{period} {indicator_name}的 {measure} 印作 {printed}，按水平值 {calculation} 应为 {recomputed} {unit}（{class}）
--   | {indicator_name_en} of {entity_name_en} in {period}: {measure} printed {printed}, but {calculation} gives {recomputed} {unit} ({class})
-- column: class | 类别 | the class, see above
-- column: reason | 原因：无法计算的原因 | why it is not computable
-- column: hint | 可能的误读：times、points | how it may have been misread: times, points
-- column: recomputed | 重算增速：用水平值重新计算的值，单位同 unit，六位小数 | value recomputed from the levels, in `unit`, six decimals
-- column: gap | 印出的值减重新计算的值：% 的为百分点，其余单位同 unit | printed value less the recomputed one: percentage points for %, else in `unit`
-- column: least | 水平值舍入前的最小可能 | the least it can be, had the levels been rounded
-- column: most | 水平值舍入前的最大可能 | the most it can be, had the levels been rounded
-- column: implied_prices | 隐含价格变动：金额：若印出的是实际增长，每年价格变动百分之几
--   | of money: price change in % a year, were the printed one in real terms
-- column: calculation | 算式：水平值（如印） | the calculation, with the levels as printed
-- column: base_period | 基期 | period that growth starts from
-- column: base_value | 基期水平值，单位 level_unit | level of the base, in `level_unit`
-- column: end_period | 末期 | period that growth ends in
-- column: end_value | 末期水平值，单位 level_unit | level of the end, in `level_unit`
-- column: level_unit | 水平值的单位 | unit of the levels
-- column: base_source | 基期水平值的来源 | source of the base
-- column: base_locator | 基期水平值在来源中的位置 | place of the base in its source
-- column: end_source | 末期水平值的来源 | source of the end
-- column: end_locator | 末期水平值在来源中的位置 | place of the end in its source
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         coalesce(CAST(:prices AS REAL), 5.0) / 100 AS prices, coalesce(CAST(:near AS REAL), 5.0) / 100 AS near
),
wanted_indicator AS (
  SELECT i.id
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
-- The series of growth asked for: by their indicators, or by the entity where only that is given.
wanted AS (
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL)
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
     AND s.measure IN ('yoy', 'change', 'growth', 'multiple', 'cagr')
  UNION ALL
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL AND s.measure IN ('yoy', 'change', 'growth', 'multiple', 'cagr')
),
-- Each with the series of its levels, where there is one.
line AS MATERIALIZED (
  SELECT s.id, s.measure, l.id AS level_id
    FROM wanted AS w
    CROSS JOIN series AS s ON s.id = w.id
    LEFT JOIN series AS l
      ON l.indicator_id = s.indicator_id AND l.entity_id = s.entity_id AND l.scope_id = s.scope_id AND l.measure = 'level'
     AND ifnull(l.among_id, 0) = 0
),
-- From which period to which a figure of each measure speaks, and over how many years.
calendar (id, measure, base_id, end_id, years) AS MATERIALIZED (
  SELECT p.id, m.value, b.id, p.id, 1
    FROM json_each('["yoy","change"]') AS m
    CROSS JOIN period AS p
    LEFT JOIN period AS b ON b.starts = date(p.starts, '-1 year') AND b.ends = date(p.ends, '+1 day', '-1 year', '-1 day')
   WHERE p.kind <> 'years'
  UNION ALL
  SELECT p.id, m.value, b.id, e.id, CASE p.kind WHEN 'years' THEN strftime('%Y', p.ends) - strftime('%Y', p.starts) + 1 ELSE 1 END
    FROM json_each('["growth","multiple","cagr"]') AS m
    CROSS JOIN period AS p
    LEFT JOIN period AS e
      ON e.starts = CASE p.kind WHEN 'years' THEN substr(p.ends, 1, 4) || '-01-01' ELSE p.starts END AND e.ends = p.ends
    LEFT JOIN period AS b
      ON b.starts = date(p.starts, CASE p.kind WHEN 'month' THEN '-1 month' WHEN 'quarter' THEN '-3 months'
                                               WHEN 'half' THEN '-6 months' ELSE '-1 year' END)
     AND b.ends = date(p.starts, '-1 day')
   WHERE p.kind = 'years' OR m.value <> 'cagr' AND p.kind IN ('year', 'half', 'quarter', 'month')
),
-- Each stated growth with the levels at both ends. Most have one level each.
filled AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, l.measure, k.years, k.id AS known,
         c.series_id AS level_id, c.period_id AS end_id, c.source_id AS end_source_id, c.locator AS end_locator,
         b.series_id AS base_level_id, b.period_id AS base_id, b.source_id AS base_source_id, b.locator AS base_locator,
         count(*) AS figures
    FROM observation AS o
    CROSS JOIN line AS l ON l.id = o.series_id
    CROSS JOIN status AS t ON t.code = o.status AND t.precedence < 3
    LEFT JOIN calendar AS k ON k.id = o.period_id AND k.measure = l.measure
    LEFT JOIN observation AS c
      ON c.series_id = l.level_id AND c.period_id = k.end_id
     AND c.value IS NOT NULL AND c.status IN (SELECT x.code FROM status AS x WHERE x.precedence < 3)
    LEFT JOIN observation AS b
      ON b.series_id = l.level_id AND b.period_id = k.base_id
     AND b.value IS NOT NULL AND b.status IN (SELECT x.code FROM status AS x WHERE x.precedence < 3)
   WHERE o.series_id IN (SELECT w.id FROM wanted AS w) AND o.value IS NOT NULL
   GROUP BY o.series_id, o.period_id, o.source_id, o.locator
),
-- Where there are several, the levels of the growth's own source stand first, then those that speak for their periods.
contested AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.measure, f.years, f.known,
         c.series_id AS level_id, c.period_id AS end_id, c.source_id AS end_source_id, c.locator AS end_locator,
         b.series_id AS base_level_id, b.period_id AS base_id, b.source_id AS base_source_id, b.locator AS base_locator,
         row_number() OVER (PARTITION BY f.series_id, f.period_id, f.source_id, f.locator
                            ORDER BY c.comparator <> '=', c.source_id = f.source_id DESC, t.precedence, d.published DESC NULLS LAST,
                                     d.code, c.locator,
                                     b.comparator <> '=', b.source_id = f.source_id DESC, u.precedence, y.published DESC NULLS LAST,
                                     y.code, b.locator) AS choice
    FROM filled AS f
    LEFT JOIN observation AS c
      ON c.series_id = f.level_id AND c.period_id = f.end_id
     AND c.value IS NOT NULL AND c.status IN (SELECT x.code FROM status AS x WHERE x.precedence < 3)
    LEFT JOIN status AS t ON t.code = c.status
    LEFT JOIN source AS d ON d.id = c.source_id
    LEFT JOIN observation AS b
      ON b.series_id = f.base_level_id AND b.period_id = f.base_id
     AND b.value IS NOT NULL AND b.status IN (SELECT x.code FROM status AS x WHERE x.precedence < 3)
    LEFT JOIN status AS u ON u.code = b.status
    LEFT JOIN source AS y ON y.id = b.source_id
   WHERE f.figures > 1
),
paired AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.measure, f.years, f.known, f.level_id, f.end_id, f.end_source_id,
         f.end_locator, f.base_level_id, f.base_id, f.base_source_id, f.base_locator
    FROM filled AS f
   WHERE f.figures = 1
   UNION ALL
  SELECT c.series_id, c.period_id, c.source_id, c.locator, c.measure, c.years, c.known, c.level_id, c.end_id, c.end_source_id,
         c.end_locator, c.base_level_id, c.base_id, c.base_source_id, c.base_locator
    FROM contested AS c
   WHERE c.choice = 1
),
-- Any figure with half a unit of its last printed digit: 0.05 for 28512.8, 50 for 6.19 万元 stored in 元. A plain number is
-- stored once, as the value, and needs no search for its first digit. The printed number may be in another unit than the
-- value, so it is scaled by what lies between them. `exact`: the number where it is one, not a bound or range.
rounded AS NOT MATERIALIZED (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.high, o.comparator, o.status,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS exact,
         coalesce(o.printed,
                  CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                       ELSE CAST(o.value AS TEXT) END) || ifnull(' ' || o.printed_unit, '') AS printed,
         CASE WHEN o.printed IS NULL AND o.value = CAST(o.value AS INTEGER) THEN 0.5
              WHEN o.printed IS NULL THEN 0.5 * pow(10, instr(CAST(o.value AS TEXT), '.') - length(CAST(o.value AS TEXT)))
              ELSE (SELECT CASE WHEN CAST(z.text AS REAL) > 0 AND o.value <> 0 THEN abs(o.value) / CAST(z.text AS REAL) ELSE 1 END
                             * 0.5 * pow(10, -CASE WHEN z.text GLOB '*[0-9].[0-9]*'
                                                   THEN length(substr(z.text, instr(z.text, '.') + 1))
                                                        - length(ltrim(substr(z.text, instr(z.text, '.') + 1), '0123456789'))
                                                   ELSE 0 END)
                      FROM (SELECT substr(replace(replace(o.printed, ',', ''), '，', ''),
                                          min(nullif(instr(replace(replace(o.printed, ',', ''), '，', ''), n.value), 0))) AS text
                              FROM json_each('["0","1","2","3","4","5","6","7","8","9"]') AS n) AS z) END AS half
    FROM observation AS o
),
-- The growth and both its levels side by side, the growth as a span of the number line.
measured AS MATERIALIZED (
  SELECT p.series_id, p.period_id, p.source_id, p.locator, p.measure, p.years, p.known, u.code AS unit, x.code AS level_unit,
         i.kind = 'flow' AND x.dimension LIKE 'currency%' AND p.measure <> 'change' AS is_money,
         g.value, g.exact, g.half, g.printed, g.status,
         CASE WHEN g.comparator IN ('<', '<=') THEN -9e999
              WHEN g.comparator IN ('~', '~<') THEN g.value - max(g.half, abs(g.value) * q.near)
              ELSE g.value - g.half END AS low,
         CASE WHEN g.comparator IN ('>', '>=') THEN 9e999
              WHEN g.comparator = '~' THEN g.value + max(g.half, abs(g.value) * q.near)
              ELSE coalesce(g.high, g.value) + g.half END AS high,
         c.series_id IS NOT NULL AS has_end, c.exact AS c,
         CASE WHEN c.comparator = '=' THEN c.half ELSE max(c.half, abs(c.value) * q.near) END AS c_half,
         c.printed AS c_printed, c.value AS c_value,
         p.end_id, p.end_source_id, p.end_locator,
         b.series_id IS NOT NULL AS has_base, b.exact AS b,
         CASE WHEN b.comparator = '=' THEN b.half ELSE max(b.half, abs(b.value) * q.near) END AS b_half,
         b.printed AS b_printed, b.value AS b_value,
         p.base_id, p.base_source_id, p.base_locator
    FROM parameter AS q
    CROSS JOIN paired AS p
    CROSS JOIN series AS s ON s.id = p.series_id
    CROSS JOIN indicator AS i ON i.id = s.indicator_id
    CROSS JOIN unit AS u ON u.id = s.unit_id
    CROSS JOIN unit AS x ON x.id = i.unit_id
    CROSS JOIN rounded AS g
      ON g.series_id = p.series_id AND g.period_id = p.period_id AND g.source_id = p.source_id AND g.locator = p.locator
    LEFT JOIN rounded AS c
      ON c.series_id = p.level_id AND c.period_id = p.end_id AND c.source_id = p.end_source_id AND c.locator = p.end_locator
    LEFT JOIN rounded AS b
      ON b.series_id = p.base_level_id AND b.period_id = p.base_id AND b.source_id = p.base_source_id AND b.locator = p.base_locator
),
-- The end over the base, and between what bounds it may lie before the levels were rounded.
ratio AS (
  SELECT m.series_id, m.period_id, m.source_id, m.locator, m.measure, m.years, m.unit, m.level_unit, m.is_money, m.value, m.exact,
         m.half, m.printed, m.status, m.low, m.high, m.c, m.b, m.c_half, m.b_half, m.c_printed, m.b_printed, m.c_value, m.b_value,
         m.end_id, m.end_source_id, m.end_locator, m.base_id, m.base_source_id, m.base_locator,
         CASE WHEN m.known IS NULL THEN 'no_span'
              WHEN NOT m.has_end THEN 'missing_value'
              WHEN NOT m.has_base THEN 'missing_base'
              WHEN m.c IS NULL THEN 'bound_value'
              WHEN m.b IS NULL THEN 'bound_base'
              WHEN m.measure = 'change' THEN NULL
              WHEN m.b = 0 THEN 'zero_base'
              WHEN m.b < 0 THEN 'negative_base'
              WHEN m.c < 0 THEN 'sign_change' END AS reason,
         CASE WHEN m.b > 0 AND m.c >= 0 THEN m.c / m.b END AS times,
         CASE WHEN m.b > 0 AND m.c >= 0 THEN max(m.c - m.c_half, 0) / (m.b + m.b_half) END AS least_times,
         CASE WHEN m.b > m.b_half AND m.c >= 0 THEN (m.c + m.c_half) / (m.b - m.b_half) END AS most_times
    FROM measured AS m
),
-- In the unit of the stated growth. A share in % is printed in percentage points more, not in per cent.
recomputed AS MATERIALIZED (
  SELECT r.series_id, r.period_id, r.source_id, r.locator, r.measure, r.years, r.unit, r.level_unit, r.is_money, r.value, r.exact,
         r.half, r.printed, r.status, r.low, r.high, r.c, r.b, r.c_half, r.b_half, r.c_printed, r.b_printed, r.c_value, r.b_value,
         r.end_id, r.end_source_id, r.end_locator, r.base_id, r.base_source_id, r.base_locator, r.reason, r.times,
         CASE r.measure WHEN 'change' THEN r.c - r.b WHEN 'multiple' THEN r.times
                        WHEN 'cagr' THEN 100 * (pow(r.times, 1.0 / r.years) - 1) ELSE 100 * (r.times - 1) END AS result,
         CASE r.measure WHEN 'change' THEN r.c - r.b - r.c_half - r.b_half WHEN 'multiple' THEN r.least_times
                        WHEN 'cagr' THEN 100 * (pow(r.least_times, 1.0 / r.years) - 1) ELSE 100 * (r.least_times - 1) END AS least,
         CASE r.measure WHEN 'change' THEN r.c - r.b + r.c_half + r.b_half WHEN 'multiple' THEN r.most_times
                        WHEN 'cagr' THEN 100 * (pow(r.most_times, 1.0 / r.years) - 1) ELSE 100 * (r.most_times - 1) END AS most,
         -- The price change a year that lies between the stated growth, were it real, and that of the levels.
         CASE WHEN r.exact IS NULL OR r.reason IS NOT NULL THEN NULL
              WHEN r.measure = 'cagr' AND r.exact > -100 THEN pow(r.times, 1.0 / r.years) / (1 + r.exact / 100) - 1
              WHEN r.measure = 'multiple' AND r.exact > 0 THEN pow(r.times / r.exact, 1.0 / r.years) - 1
              WHEN r.measure IN ('yoy', 'growth') AND r.exact > -100
              THEN pow(r.times / (1 + r.exact / 100), 1.0 / r.years) - 1 END AS prices
    FROM ratio AS r
),
-- A trace more than half a digit, for binary fractions. `other`: the number that another reading would give.
classed AS (
  SELECT r.series_id, r.period_id, r.source_id, r.locator, r.unit, r.level_unit, r.value, r.exact, r.printed, r.status,
         r.c_printed, r.b_printed, r.c_value, r.b_value, r.end_id, r.end_source_id, r.end_locator,
         r.base_id, r.base_source_id, r.base_locator, r.measure, r.years, r.reason, r.result, r.least, r.most, r.prices, r.is_money,
         r.low - 1e-9 * max(1, abs(r.value)) AS low, r.high + 1e-9 * max(1, abs(r.value)) AS high,
         CASE WHEN r.measure = 'multiple' THEN r.times - 1
              WHEN r.measure = 'growth' THEN 100 * r.times
              WHEN r.level_unit IN ('%', '‰') AND r.measure = 'yoy' THEN r.c - r.b END AS other,
         CASE WHEN r.measure IN ('multiple', 'growth') THEN 'times' ELSE 'points' END AS reading,
         CASE WHEN r.measure = 'multiple' THEN 1 ELSE 0 END AS still
    FROM recomputed AS r
),
found AS (
  SELECT c.series_id, c.period_id, c.source_id, c.locator, c.unit, c.level_unit, c.value, c.exact, c.printed, c.status,
         c.c_printed, c.b_printed, c.c_value, c.b_value, c.end_id, c.end_source_id, c.end_locator,
         c.base_id, c.base_source_id, c.base_locator, c.measure, c.years, c.reason, c.result, c.least, c.most, c.prices, c.is_money,
         c.reading,
         CASE WHEN c.reason IS NOT NULL THEN 'not_computable'
              WHEN c.result BETWEEN c.low AND c.high THEN 'closes'
              WHEN coalesce(c.least, -9e999) <= c.high AND coalesce(c.most, 9e999) >= c.low THEN 'rounding'
              WHEN c.other BETWEEN c.low AND c.high THEN 'confused'
              WHEN c.is_money AND abs(c.prices) <= q.prices THEN 'real_terms'
              WHEN c.low > c.still AND c.result < c.still OR c.high < c.still AND c.result > c.still THEN 'opposite'
              ELSE 'differs' END AS class
    FROM parameter AS q
    CROSS JOIN classed AS c
)
SELECT f.class, f.reason, CASE f.class WHEN 'confused' THEN f.reading END AS hint, i.name AS indicator_name, e.name AS entity_name,
       z.code AS scope, f.measure, p.code AS period, f.printed, CASE WHEN f.reason IS NULL THEN round(f.result, 6) END AS recomputed,
       f.unit, CASE WHEN f.reason IS NULL THEN round(f.exact - f.result, 6) + 0.0 END AS gap,
       CASE WHEN f.reason IS NULL THEN round(f.least, 6) END AS least, CASE WHEN f.reason IS NULL THEN round(f.most, 6) END AS most,
       CASE WHEN f.is_money AND f.class IN ('opposite', 'differs', 'real_terms') THEN round(100 * f.prices, 2) END AS implied_prices,
       CASE WHEN f.known_levels = 0 THEN NULL
            WHEN f.measure = 'change' THEN coalesce(f.c_printed, '?') || ' - ' || coalesce(f.b_printed, '?')
            WHEN f.measure = 'multiple' THEN coalesce(f.c_printed, '?') || ' / ' || coalesce(f.b_printed, '?')
            WHEN f.measure = 'cagr' THEN '(' || coalesce(f.c_printed, '?') || ' / ' || coalesce(f.b_printed, '?') || ') ^ (1 / '
                                           || f.years || ') - 1'
            ELSE coalesce(f.c_printed, '?') || ' / ' || coalesce(f.b_printed, '?') || ' - 1' END AS calculation,
       b.code AS base_period, f.b_value AS base_value, n.code AS end_period, f.c_value AS end_value, f.level_unit,
       f.value, f.status, d.code AS source, f.locator, bd.code AS base_source, f.base_locator, nd.code AS end_source, f.end_locator,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM (SELECT x.series_id, x.period_id, x.source_id, x.locator, x.unit, x.level_unit, x.value, x.exact, x.printed, x.status,
               x.c_printed, x.b_printed, x.c_value, x.b_value, x.end_id, x.end_source_id, x.end_locator,
               x.base_id, x.base_source_id, x.base_locator, x.measure, x.years, x.reason, x.result, x.least, x.most, x.prices,
               x.is_money, x.reading, x.class, (x.c_printed IS NOT NULL) + (x.b_printed IS NOT NULL) AS known_levels
          FROM found AS x) AS f
  CROSS JOIN series AS s ON s.id = f.series_id
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  CROSS JOIN entity AS e ON e.id = s.entity_id
  CROSS JOIN scope AS z ON z.id = s.scope_id
  CROSS JOIN period AS p ON p.id = f.period_id
  CROSS JOIN source AS d ON d.id = f.source_id
  LEFT JOIN period AS b ON b.id = f.base_id
  LEFT JOIN period AS n ON n.id = f.end_id
  LEFT JOIN source AS bd ON bd.id = f.base_source_id
  LEFT JOIN source AS nd ON nd.id = f.end_source_id
 ORDER BY CASE f.class WHEN 'opposite' THEN 1 WHEN 'differs' THEN 2 WHEN 'confused' THEN 3 WHEN 'real_terms' THEN 4
                       WHEN 'rounding' THEN 5 WHEN 'closes' THEN 6 ELSE 7 END,
          i.code, e.code, z.code, f.measure, p.starts, p.ends, d.code, f.locator;
