-- name: value-pace
-- family: evaluation
-- about: The year's target against the running total so far (时序进度 within the year). The newest year-to-date figure of the target's own
--   series, the share of the target it makes up, the share due by then, and the difference in percentage points, rounded once at the end.
--   The share due is even, month / 12, or with due = last_year the share that last year's total had reached in the same month, where both
--   figures are known and above zero (else even; `due_basis` says which). `projected`: the year's total if the rest runs as the share due says.
--   A year's growth (同比) and the level of a ratio do not add up: their figure to date is held against the target itself.
--   Stocks, ranks, multiples and targets of other spans are for target-progress. Figures that count: final or provisional, no forecasts.
--   A target printed without a sign is read by the indicator's direction. Of a range, the end that must be reached (or not passed) counts;
--   左右 counts as its number before the year's end.
--   Verdicts: met (also before time); on_pace, behind (of a ceiling: used up faster than time) before the year's end; not_met at its
--   end, or when a ceiling is broken; not_computable. Reasons: missing_target, textual_target, no_observation, bound_undecidable (a bound such as >500
--   does not decide), no_direction (neither more nor less is better), zero_target, negative_target, about_target (左右, missed by less
--   than anyone said).
-- about_zh: 年度目标的序时进度。目标所属序列的最新累计数、占目标的百分比、此时应达的百分比及其差（百分点，最后一次舍入）。
--   应达比例按月均匀推进（月数/12）；due = last_year 时取上年同月累计占上年全年的比例（两数都有且为正，否则仍按均匀；due_basis 注明）。
--   projected 为其余月份照此节奏时的全年数。年度增速（同比）和比率不能累计，直接以累计数对目标。
--   存量、位次、倍数和其他期限的目标见 target-progress。采用正式数或初步数，不用预测数。没有符号的目标按指标方向理解；
--   范围目标按须达到（或不得超过）的一端；“左右”在年终前按其数。
--   结论：met 已完成（含提前）；年终前 on_pace 符合序时、behind 滞后（上限类为用得过快）；not_met 年终未完成，或上限已突破；not_computable 无法判断。
--   原因：missing_target 无目标值，textual_target 文字目标，no_observation 无累计数，bound_undecidable 界限值不足以判断，
--   no_direction 指标无方向，zero_target、negative_target 目标为零或为负，about_target“左右”的目标差多少算完成没有规定。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: verdict text = null in ('judged', 'met', 'on_pace', 'behind', 'not_met', 'not_computable')
--   | 只看一种结论；judged 为所有能判断的；空为全部
--   | only one verdict; judged: all but not_computable; default: every one
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为最新累计数
--   | the last day of figures looked at (a year or month: its last day); default: the newest figure
-- param: due text = 'even' in ('even', 'last_year')  | 应达比例：按月均匀，或上年同月的比例
--   | the share due: even, month / 12, or last year's share in the same month
-- param: tolerance number = 0  | 落后几个百分点仍算符合序时 | percentage points behind that still count as on pace
-- columns: plan, number, indicator_name, entity_name, scope, measure, verdict, reason, target, target_period, unit,
--   to_date, to_date_period, share_done, share_due, due_basis, ahead, due_value, average_per_month, needed_per_month, projected,
--   nature, category, target_value, target_high, to_date_value, last_year_to_date, last_year_total, status,
--   indicator_name_en, entity_name_en, indicator, entity, source, locator, to_date_source, to_date_locator
-- shown: number, indicator_name, measure, target, unit, to_date, to_date_period, share_done, share_due, ahead, needed_per_month, verdict,
--   reason
-- chart: bar x=indicator_name y=share_done target=share_due
-- column: verdict | 结论 | the verdict, see above
-- column: reason | 原因 | the reason's code, see above
-- column: target | 目标（如印） | target as printed
-- column: target_period | 目标年度 | the target's year
-- column: to_date | 最新累计数（如印） | newest year-to-date figure as printed
-- column: to_date_period | 数据时期：累计数的时期 | period of that figure
-- column: share_done | 完成比例（%），两位小数 | share of the target reached, %, two decimals
-- column: share_due | 应达比例（%），两位小数 | share due by the end of that period, %, two decimals
-- column: due_basis | 应达比例的依据：even、last_year | what the share due is based on: even, last_year
-- column: ahead | 超序时（百分点），负数为落后；增速和比率为与目标之差，单位同 unit
--   | share done less share due, percentage points, negative is behind; of growth and ratios the figure less the target, in its unit
-- column: due_value | 应达值，单位同 unit | value due by then, in `unit`
-- column: average_per_month | 已过各月的月均，单位同 unit | average of the months gone, in `unit`
-- column: needed_per_month | 每月还需：余下各月每月还需，单位同 unit；已完成为空 | needed in each month left, in `unit`; empty once reached
-- column: projected | 照应达比例推算的全年数，单位同 unit | the year's total in step with the share due, in `unit`
-- column: target_value | 目标的数值，单位同 unit；范围的低端 | target in `unit`; the low end of a range
-- column: target_high | 范围目标的高端 | high end of a target that is a range
-- column: to_date_value | 累计数的数值，单位同 unit | the figure to date in `unit`
-- column: last_year_to_date | 上年同期累计，单位同 unit | last year's figure in the same month, in `unit`
-- column: last_year_total | 上年全年，单位同 unit | last year's total, in `unit`
-- column: status | 累计数的状态 | status of the figure to date
-- column: to_date_source | 累计数的来源 | source of the figure to date
-- column: to_date_locator | 累计数在来源中的位置 | place of the figure to date in its source
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         CAST(:verdict AS TEXT) AS verdict, coalesce(:as_of, '9999') || '~' AS until, coalesce(:due, 'even') AS due,
         coalesce(CAST(:tolerance AS REAL), 0.0) AS tolerance
),
wanted_indicator AS (
  SELECT i.id, i.kind, i.direction
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
-- The targets of single years asked for. `adds_up`: through the year. `aims`: 1 up, -1 down, 0 neither. `mark`: what must be
-- reached or not be passed.
goal AS MATERIALIZED (
  SELECT t.id, t.plan_id, t.series_id, t.period_id, substr(p.starts, 1, 4) + 0 AS year, t.comparator,
         s.measure = 'level' AND i.kind = 'flow' AS adds_up,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         t.value, t.high, t.wording
    FROM parameter AS q
    CROSS JOIN target AS t
    CROSS JOIN series AS s ON s.id = t.series_id
    CROSS JOIN period AS p ON p.id = t.period_id AND p.kind = 'year'
    JOIN wanted_indicator AS i ON i.id = s.indicator_id
    JOIN plan AS n ON n.id = t.plan_id
   WHERE (s.measure = 'level' AND i.kind IN ('flow', 'ratio') OR s.measure = 'yoy')
     AND s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
     AND (q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en))
),
-- The spans from 1 January to the end of a month of the same year; `month` is the last one.
calendar AS MATERIALIZED (
  SELECT p.id, p.ends, substr(p.ends, 1, 4) + 0 AS year, substr(p.ends, 6, 2) + 0 AS month
    FROM period AS p
   WHERE p.kind NOT IN ('day', 'days', 'years') AND p.starts LIKE '%-01-01' AND substr(p.starts, 1, 4) = substr(p.ends, 1, 4)
),
-- The running totals of those series, the one that speaks for its period first, as in the view `latest`.
figure AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, k.year, k.month, k.ends, o.value, o.high, o.comparator, o.status,
         coalesce(o.printed,
                  CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                       ELSE CAST(o.value AS TEXT) END) || ifnull(' ' || o.printed_unit, '') AS printed,
         d.code AS source,
         row_number() OVER (PARTITION BY o.series_id, o.period_id
                            ORDER BY o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code, o.locator) AS choice
    FROM observation AS o
    CROSS JOIN calendar AS k ON k.id = o.period_id
    JOIN status AS t ON t.code = o.status AND t.precedence < 3
    JOIN source AS d ON d.id = o.source_id
   WHERE o.series_id IN (SELECT g.series_id FROM goal AS g) AND o.value IS NOT NULL
),
known AS MATERIALIZED (
  SELECT f.series_id, f.period_id, f.source, f.locator, f.year, f.month, f.ends, f.value, f.high, f.comparator, f.status, f.printed,
         CASE WHEN f.comparator IN ('=', '~', '~<') AND f.high IS NULL THEN f.value END AS exact
    FROM figure AS f
   WHERE f.choice = 1
),
newest AS (
  SELECT g.id, b.period_id, b.source, b.locator, b.year, b.month, b.value, b.high, b.comparator, b.status, b.printed, b.exact,
         row_number() OVER (PARTITION BY g.id ORDER BY b.month DESC) AS age
    FROM parameter AS q
    CROSS JOIN goal AS g
    JOIN known AS b ON b.series_id = g.series_id AND b.year = g.year
   WHERE b.ends <= q.until
),
-- Target and figure side by side, the figure as a span of the number line. A `side` is -1 just under the number, 1 just over it.
side_by_side AS (
  SELECT g.id, g.adds_up, g.aims, g.comparator, g.value AS target_value, g.wording,
         CASE WHEN g.aims = -1 THEN coalesce(g.high, g.value) ELSE g.value END AS mark,
         CASE g.comparator WHEN '>' THEN 1 WHEN '<' THEN -1 ELSE 0 END AS mark_side,
         o.period_id, o.source, o.locator, o.month, o.value, o.status, o.printed, o.exact,
         CASE WHEN o.comparator NOT IN ('<', '<=') THEN o.value END AS low,
         CASE o.comparator WHEN '>' THEN 1 WHEN '~<' THEN -1 ELSE 0 END AS low_side,
         CASE WHEN o.comparator NOT IN ('>', '>=') THEN coalesce(o.high, o.value) END AS high,
         CASE WHEN o.comparator IN ('<', '~<') THEN -1 ELSE 0 END AS high_side,
         a.value AS last_to_date, z.value AS last_total,
         CASE WHEN q.due = 'last_year' AND a.exact > 0 AND z.exact > 0 THEN a.exact / z.exact END AS last_share,
         q.tolerance
    FROM parameter AS q
    CROSS JOIN goal AS g
    LEFT JOIN newest AS o ON o.id = g.id AND o.age = 1
    LEFT JOIN known AS a ON a.series_id = g.series_id AND a.year = g.year - 1 AND a.month = o.month AND g.adds_up
    LEFT JOIN known AS z ON z.series_id = g.series_id AND z.year = g.year - 1 AND z.month = 12 AND g.adds_up
),
-- Met: 1 the figure lies wholly inside what is asked, 0 wholly outside, NULL undecided.
met AS (
  SELECT s.id, s.adds_up, s.aims, s.comparator, s.target_value, s.wording, s.mark, s.period_id, s.source, s.locator, s.month, s.value,
         s.status, s.printed, s.exact, s.low, s.high, s.last_to_date, s.last_total, s.tolerance,
         CASE WHEN s.month = 12 THEN 1.0 ELSE coalesce(s.last_share, s.month / 12.0) END AS share_due,
         CASE WHEN s.month < 12 AND s.last_share IS NOT NULL THEN 'last_year' ELSE 'even' END AS due_basis,
         CASE s.aims WHEN 1 THEN CASE WHEN (s.low, s.low_side) >= (s.mark, s.mark_side) THEN 1
                                      WHEN (s.high, s.high_side) < (s.mark, s.mark_side) THEN 0 END
                     WHEN -1 THEN CASE WHEN (s.high, s.high_side) <= (s.mark, s.mark_side) THEN 1
                                       WHEN (s.low, s.low_side) > (s.mark, s.mark_side) THEN 0 END END AS met
    FROM side_by_side AS s
),
-- Rounding noise of the shares, 1e-9, is no lag.
judged AS (
  SELECT m.id, m.adds_up, m.aims, m.target_value, m.wording, m.mark, m.period_id, m.source, m.locator, m.month, m.value, m.status,
         m.printed, m.exact, m.last_to_date, m.last_total, m.share_due, m.due_basis, m.met, m.comparator,
         CASE WHEN m.target_value IS NULL OR m.value IS NULL OR m.aims = 0 OR m.adds_up AND m.mark <= 0 THEN 'not_computable'
              WHEN m.met = 1 AND (m.month = 12 OR m.adds_up AND m.aims = 1) THEN 'met'
              WHEN m.met = 0 AND m.month = 12 AND m.comparator IN ('~', '~<') THEN 'not_computable'
              WHEN m.met = 0 AND (m.month = 12 OR m.adds_up AND m.aims = -1) THEN 'not_met'
              WHEN m.month = 12 THEN 'not_computable'
              WHEN m.adds_up AND m.aims = 1 THEN
                   CASE WHEN 100 * m.low / m.mark >= 100 * m.share_due - m.tolerance - 1e-9 THEN 'on_pace'
                        WHEN 100 * m.high / m.mark < 100 * m.share_due - m.tolerance - 1e-9 THEN 'behind'
                        ELSE 'not_computable' END
              WHEN m.adds_up THEN
                   CASE WHEN 100 * m.high / m.mark <= 100 * m.share_due + m.tolerance + 1e-9 THEN 'on_pace'
                        WHEN 100 * m.low / m.mark > 100 * m.share_due + m.tolerance + 1e-9 THEN 'behind'
                        ELSE 'not_computable' END
              WHEN m.met = 1 OR m.aims = 1 AND m.low >= m.mark - m.tolerance - 1e-9 AND m.tolerance > 0
                   OR m.aims = -1 AND m.high <= m.mark + m.tolerance + 1e-9 AND m.tolerance > 0 THEN 'on_pace'
              WHEN m.met = 0 THEN 'behind'
              ELSE 'not_computable' END AS verdict
    FROM met AS m
)
SELECT n.code AS plan, t.number, i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, j.verdict,
       CASE WHEN j.target_value IS NULL THEN iif(j.wording IS NULL, 'missing_target', 'textual_target')
            WHEN j.value IS NULL THEN 'no_observation'
            WHEN j.verdict <> 'not_computable' THEN NULL
            WHEN j.aims = 0 THEN 'no_direction'
            WHEN j.adds_up AND j.mark = 0 THEN 'zero_target'
            WHEN j.adds_up AND j.mark < 0 THEN 'negative_target'
            WHEN j.exact IS NULL THEN 'bound_undecidable'
            ELSE 'about_target' END AS reason,
       coalesce(t.printed, t.wording,
                CASE WHEN t.value = CAST(t.value AS INTEGER) THEN CAST(CAST(t.value AS INTEGER) AS TEXT)
                     ELSE CAST(t.value AS TEXT) END)
         || iif(t.value IS NULL, '', ifnull(' ' || t.printed_unit, '')) AS target,
       p.code AS target_period, u.code AS unit, j.printed AS to_date, k.code AS to_date_period,
       CASE WHEN j.adds_up AND j.mark > 0 THEN round(100 * j.exact / j.mark, 2) END AS share_done,
       CASE WHEN j.adds_up AND j.mark > 0 THEN round(100 * j.share_due, 2) END AS share_due,
       CASE WHEN j.adds_up AND j.mark > 0 AND j.month IS NOT NULL THEN j.due_basis END AS due_basis,
       CASE WHEN NOT j.adds_up THEN round(j.exact - j.mark, 6)
            WHEN j.mark > 0 THEN round(100 * (j.exact / j.mark - j.share_due), 2) END AS ahead,
       CASE WHEN j.adds_up AND j.mark > 0 THEN round(j.mark * j.share_due, 4) END AS due_value,
       CASE WHEN j.adds_up THEN round(j.exact / j.month, 4) END AS average_per_month,
       CASE WHEN j.adds_up AND j.mark > j.exact AND j.month < 12 THEN round((j.mark - j.exact) / (12 - j.month), 4) END
         AS needed_per_month,
       CASE WHEN j.adds_up THEN round(j.exact / j.share_due, 4) END AS projected,
       t.nature, t.category, t.value AS target_value, t.high AS target_high, j.value AS to_date_value,
       j.last_to_date AS last_year_to_date, j.last_total AS last_year_total, j.status,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity,
       d.code AS source, t.locator, j.source AS to_date_source, j.locator AS to_date_locator
  FROM parameter AS q
  CROSS JOIN judged AS j
  CROSS JOIN target AS t ON t.id = j.id
  CROSS JOIN plan AS n ON n.id = t.plan_id
  CROSS JOIN series AS s ON s.id = t.series_id
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  CROSS JOIN entity AS e ON e.id = s.entity_id
  CROSS JOIN scope AS c ON c.id = s.scope_id
  CROSS JOIN unit AS u ON u.id = s.unit_id
  CROSS JOIN period AS p ON p.id = t.period_id
  CROSS JOIN source AS d ON d.id = t.source_id
  LEFT JOIN period AS k ON k.id = j.period_id
 WHERE q.verdict IS NULL OR q.verdict = j.verdict OR (q.verdict = 'judged' AND j.verdict <> 'not_computable')
 ORDER BY n.code, t.number IS NULL, CAST(t.number AS INTEGER), t.number, i.code, e.code, c.code, s.measure, p.starts,
          d.code, t.locator;
