-- name: value-single-period
-- family: comparison
-- about: Single quarters or months (当季, 当月) from year-to-date figures (累计). Each is the running total less the one before it in the year.
--   The first quarter is its own running total, and so is January; January and February, usually published as one, stay one figure
--   unless January is there too. A year's figure is the running total of December. Only years with a running total shorter than the year count.
--   Figures that count: the best number of each period, final or provisional, no forecasts; 约, 近, 左右 count as their number.
--   `rounding` is how far the result may be off because both totals were printed rounded (half a unit of the last digit of each).
--   `stated` is the single figure where one was published, and `gap` that figure less the result.
--   Reasons for an empty value: missing_before (no running total one step earlier); bound_value, bound_before (a bound or range);
--   not_flow (a stock or ratio does not add up over the year) and not_level (growth rates, ranks and gaps are never differenced): such
--   a series is told in one row, its newest running figure.
--   Remarks: falling (the total fell: revised, or a net flow), mixed_sources (the two totals are of different sources).
-- about_zh: 由累计数推算单季或单月。本期累计减同年上一累计。一季度、1月就是其累计；1—2月通常合并公布，没有1月数的仍作一个数。
--   年度数即12月累计。只看有短于全年的累计数的年份。采用的数据：每期最可信的数，正式数或初步数，不用预测数；“约、近、左右”按其数。
--   rounding 为两个累计数四舍五入可能造成的误差（各按末位的半个单位）；stated 为另行公布的单期数，gap 为公布数减推算数。
--   空缺的原因：missing_before 缺上一累计数，bound_value、bound_before 是界限值或范围，not_flow 存量和比率不能累计，
--   not_level 增速、位次、差距不得相减（后两种每个序列只列最新一行）。
--   备注：falling 累计数下降（经修订，或为净额），mixed_sources 两个累计数来源不同。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: step text = 'quarter' in ('quarter', 'month')  | 推算单季还是单月 | single quarters or single months
-- param: since text = null  | 起点：末日不早于此的时期(2021、2021-06)；空为不限 | periods that end then or later (2021, 2021-06); default: no limit
-- columns: indicator_name, entity_name, scope, measure, period, value, unit, rounding, calculation, stated, gap, reason, remark,
--   total_period, total, before_period, before, status, before_status, source, locator, before_source, before_locator,
--   indicator_name_en, entity_name_en, indicator, entity
-- shown: indicator_name, entity_name, scope, period, value, unit, rounding, calculation, stated, gap, reason, remark
-- chart: bar x=period y=value by=entity_name
-- column: period | 单季、单月 | the single quarter or month
-- column: value | 推算的单期数，单位同 unit，六位小数 | the single figure, in `unit`, six decimals
-- column: rounding | 舍入误差最大多少，单位同 unit | the most that rounding of the totals can make it differ, in `unit`
-- column: calculation | 算式：累计数（如印） | the calculation, with the totals as printed
-- column: stated | 另行公布的单期数，单位同 unit | the single figure as published apart, in `unit`
-- column: gap | 差额：公布的单期数减推算的，单位同 unit | the published figure less the result, in `unit`
-- column: reason | 原因：空缺的原因代码 | why the value is empty: the reason's code, see above
-- column: remark | 备注 | remark, see above
-- column: total_period | 累计数的时期 | period of the running total
-- column: total | 累计数，单位同 unit | the running total, in `unit`
-- column: before_period | 上一累计数的时期 | period of the total before it
-- column: before | 上一累计数，单位同 unit | the total before it, in `unit`
-- column: before_status | 上一累计数的状态 | status of the total before
-- column: before_source | 上一累计数的来源 | source of the total before
-- column: before_locator | 上一累计数在来源中的位置 | place of the total before in its source
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(:since, '') AS since,
         CASE coalesce(:step, 'quarter') WHEN 'month' THEN 1 ELSE 3 END AS months
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
-- The series asked for: by their indicators, or by the entity where only that is given.
wanted AS (
  SELECT s.id, s.indicator_id, s.measure
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL)
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
  UNION ALL
  SELECT s.id, s.indicator_id, s.measure
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL
),
classed AS MATERIALIZED (
  SELECT w.id, CASE WHEN w.measure <> 'level' THEN 'not_level' WHEN i.kind <> 'flow' THEN 'not_flow' END AS refused
    FROM wanted AS w
    CROSS JOIN indicator AS i ON i.id = w.indicator_id
),
-- The spans from 1 January to the end of a month of the same year; `month` is the last one.
running AS (
  SELECT p.id, p.kind, p.ends, substr(p.ends, 1, 4) AS year, substr(p.ends, 6, 2) + 0 AS month
    FROM period AS p
   WHERE p.kind NOT IN ('day', 'days', 'years') AND p.starts LIKE '%-01-01' AND substr(p.starts, 1, 4) = substr(p.ends, 1, 4)
),
-- Each with the total one step before and with the single period itself, where the file knows such periods.
calendar AS MATERIALIZED (
  SELECT r.id, r.kind, r.year, r.month, r.ends, b.id AS before_id, b.month AS before_month,
         CASE WHEN r.month > q.months THEN x.id END AS single_id, q.months AS step
    FROM parameter AS q
    CROSS JOIN running AS r
    LEFT JOIN running AS b ON b.year = r.year AND b.month = r.month - q.months
    LEFT JOIN period AS x ON x.ends = r.ends AND x.kind = CASE q.months WHEN 1 THEN 'month' ELSE 'quarter' END
   WHERE r.month % q.months = 0 AND r.ends >= q.since
),
counted AS (
  SELECT t.code FROM status AS t WHERE t.precedence < 3
),
-- The running totals with what goes before and with what was published for the single period. Most have one figure each.
filled AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, b.period_id AS before_id, b.source_id AS before_source_id,
         b.locator AS before_locator, x.period_id AS single_id, x.source_id AS single_source_id, x.locator AS single_locator,
         count(*) AS figures
    FROM observation AS o
    CROSS JOIN calendar AS k ON k.id = o.period_id
    LEFT JOIN observation AS b
      ON b.series_id = o.series_id AND b.period_id = k.before_id
     AND b.value IS NOT NULL AND b.status IN (SELECT t.code FROM counted AS t)
    LEFT JOIN observation AS x
      ON x.series_id = o.series_id AND x.period_id = k.single_id
     AND x.value IS NOT NULL AND x.status IN (SELECT t.code FROM counted AS t)
   WHERE o.series_id IN (SELECT c.id FROM classed AS c WHERE c.refused IS NULL)
     AND o.value IS NOT NULL AND o.status IN (SELECT t.code FROM counted AS t)
   GROUP BY o.series_id, o.period_id
),
-- Where there are several, those that speak for their periods stand first, as in the view `latest`.
contested AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, b.period_id AS before_id, b.source_id AS before_source_id,
         b.locator AS before_locator, x.period_id AS single_id, x.source_id AS single_source_id, x.locator AS single_locator,
         row_number() OVER (PARTITION BY o.series_id, o.period_id
                            ORDER BY o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code, o.locator,
                                     b.comparator <> '=', u.precedence, y.published DESC NULLS LAST, y.code, b.locator,
                                     x.comparator <> '=', v.precedence, z.published DESC NULLS LAST, z.code, x.locator) AS choice
    FROM filled AS f
    CROSS JOIN observation AS o ON o.series_id = f.series_id AND o.period_id = f.period_id AND o.value IS NOT NULL
    CROSS JOIN status AS t ON t.code = o.status AND t.precedence < 3
    JOIN source AS d ON d.id = o.source_id
    LEFT JOIN observation AS b
      ON b.series_id = f.series_id AND b.period_id = f.before_id
     AND b.value IS NOT NULL AND b.status IN (SELECT c.code FROM counted AS c)
    LEFT JOIN status AS u ON u.code = b.status
    LEFT JOIN source AS y ON y.id = b.source_id
    LEFT JOIN observation AS x
      ON x.series_id = f.series_id AND x.period_id = f.single_id
     AND x.value IS NOT NULL AND x.status IN (SELECT c.code FROM counted AS c)
    LEFT JOIN status AS v ON v.code = x.status
    LEFT JOIN source AS z ON z.id = x.source_id
   WHERE f.figures > 1
),
figure AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.before_id, f.before_source_id, f.before_locator,
         f.single_id, f.single_source_id, f.single_locator
    FROM filled AS f
   WHERE f.figures = 1
   UNION ALL
  SELECT c.series_id, c.period_id, c.source_id, c.locator, c.before_id, c.before_source_id, c.before_locator,
         c.single_id, c.single_source_id, c.single_locator
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
measured AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.before_id, f.before_source_id, f.before_locator,
         k.year, k.month, k.step, o.status, b.status AS before_status, o.value AS total, b.value AS before, x.value AS stated,
         o.exact, b.exact AS before_exact, x.exact AS stated_exact, o.printed, b.printed AS before_printed,
         o.half, b.half AS before_half,
         k.month = k.step OR k.step = 1 AND k.month = 2 AND f.before_id IS NULL AS alone
    FROM figure AS f
    CROSS JOIN calendar AS k ON k.id = f.period_id
    CROSS JOIN rounded AS o
      ON o.series_id = f.series_id AND o.period_id = f.period_id AND o.source_id = f.source_id AND o.locator = f.locator
    LEFT JOIN rounded AS b
      ON b.series_id = f.series_id AND b.period_id = f.before_id AND b.source_id = f.before_source_id AND b.locator = f.before_locator
    LEFT JOIN rounded AS x
      ON x.series_id = f.series_id AND x.period_id = f.single_id AND x.source_id = f.single_source_id AND x.locator = f.single_locator
   -- A year alone is no running total.
   WHERE k.month < 12 OR f.before_id IS NOT NULL
         OR (f.series_id, k.year) IN (SELECT y.series_id, j.year
                                        FROM filled AS y
                                        CROSS JOIN calendar AS j ON j.id = y.period_id
                                       WHERE j.month < 12)
),
-- The single figure is the running total where that stands `alone`.
single AS (
  SELECT m.series_id, m.period_id, m.source_id, m.locator, m.before_id, m.before_source_id, m.before_locator, m.status,
         m.before_status, m.total, m.before, m.month,
         CASE WHEN m.alone THEN m.exact ELSE m.exact - m.before_exact END AS value,
         CASE WHEN m.alone THEN m.half ELSE m.half + m.before_half END AS rounding,
         CASE WHEN m.step = 3 THEN m.year || '-Q' || (m.month / 3)
              WHEN m.alone AND m.month = 2 THEN m.year || '-01/' || m.year || '-02'
              ELSE m.year || printf('-%02d', m.month) END AS period,
         CASE WHEN m.alone THEN m.printed
              WHEN m.before_id IS NOT NULL THEN m.printed || ' - ' || m.before_printed END AS calculation,
         m.stated, m.stated_exact,
         CASE WHEN NOT m.alone AND m.before_id IS NULL THEN 'missing_before'
              WHEN m.exact IS NULL THEN 'bound_value'
              WHEN NOT m.alone AND m.before_exact IS NULL THEN 'bound_before' END AS reason,
         CASE WHEN m.exact < m.before_exact THEN 'falling'
              WHEN m.source_id <> m.before_source_id THEN 'mixed_sources' END AS remark
    FROM measured AS m
),
-- What is not differenced is told by its newest running figure.
refused AS (
  SELECT o.series_id, o.period_id, c.refused AS reason, max(k.ends) AS ends
    FROM classed AS c
    CROSS JOIN observation AS o ON o.series_id = c.id
    CROSS JOIN calendar AS k ON k.id = o.period_id AND k.kind = 'months'
   WHERE c.refused IS NOT NULL
   GROUP BY o.series_id
),
told (series_id, period_id, period, value, rounding, calculation, stated, gap, reason, remark, total, before_id, before,
      status, before_status, source_id, locator, before_source_id, before_locator) AS (
  SELECT s.series_id, s.period_id, s.period, round(s.value, 6), CASE WHEN s.reason IS NULL THEN round(s.rounding, 6) END, s.calculation,
         s.stated, round(s.stated_exact - s.value, 6) + 0.0, s.reason, s.remark, s.total, s.before_id, s.before,
         s.status, s.before_status, s.source_id, s.locator, s.before_source_id, s.before_locator
    FROM single AS s
  UNION ALL
  SELECT r.series_id, r.period_id, NULL, NULL, NULL, NULL, NULL, NULL, r.reason, NULL, NULL, NULL, NULL,
         NULL, NULL, NULL, NULL, NULL, NULL
    FROM refused AS r
)
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, t.period, t.value, u.code AS unit, t.rounding,
       t.calculation, t.stated, t.gap, t.reason, t.remark, p.code AS total_period, t.total, b.code AS before_period, t.before,
       t.status, t.before_status, d.code AS source, t.locator, y.code AS before_source, t.before_locator,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM told AS t
  CROSS JOIN series AS s ON s.id = t.series_id
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  CROSS JOIN entity AS e ON e.id = s.entity_id
  CROSS JOIN scope AS c ON c.id = s.scope_id
  CROSS JOIN unit AS u ON u.id = s.unit_id
  CROSS JOIN period AS p ON p.id = t.period_id
  LEFT JOIN period AS b ON b.id = t.before_id
  LEFT JOIN source AS d ON d.id = t.source_id
  LEFT JOIN source AS y ON y.id = t.before_source_id
 ORDER BY i.code, e.code, c.code, s.measure, s.among_id, p.ends, t.period_id;
