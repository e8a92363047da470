-- name: target-progress
-- family: evaluation
-- about: How far each target is on its way, judged by the newest figure of the same series.
--   The pace (时序进度): from the base to the target the value due moves in step with time (linear) or at a constant
--   yearly rate (compound); due, shares and verdict are of the day on which the newest figure's period ends.
--   share_done = (latest - base) / (target - base), share_of_time = time gone / whole time, ahead = share_done - the share due.
--   Figures that count: final and provisional ones, no forecasts; for a year's target the figures of years (of a stock also those of
--   a day, month, quarter or half-year), for a rate of growth and any other span only figures of that span.
--   Counted from zero are a flow asked for over several years, against a total from the same first day or, where no source states one,
--   the sum of its single years; a flow of part of the target's year, against that share of the year (a ratio or a stock is never cut
--   down so); and growth over several years, against growth since the same start.
--   A target printed without a sign is read by the indicator's direction: reach it, or stay under it; of ranks the lower is better.
--   Verdicts: met (also before its time); on_pace, behind, moved_away (worse than the base) before the
--   target's period ends; not_met when it has ended; not_computable.
--   Reason: why there is no verdict or, beside a verdict, why figures of the row are empty:
--   missing_target, textual_target, no_observation, textual_value; bound_undecidable (a bound such as <35 does not decide
--   against 28), about_target (左右: give a tolerance), total_runs_on (a ceiling on a total is judged at its end);
--   missing_base, missing_base_period, bound_base, at_target_at_base (the base already met it: only
--   holding counts), base_is_latest, older_than_base; bound_value; zero_base, negative_base, sign_change (no rates);
--   beyond_target (neither direction is better, and it was overshot: as far off as if it were as much short).
--   year_to_date and summed_years say that the figure is a total of part of the year, or the sum of single years.
--   The international methods are in target-method.
-- about_zh: 逐项目标的进展，以同一序列最新数据为准。
--   时序应达值：从基期到目标期按时间直线推算（linear），或按固定年率推算（compound）；应达值、完成比例和结论都以最新数据所属时期的末日为准。
--   完成比例＝（最新－基期）÷（目标－基期）；时间进度＝已过时间÷全部时间；超时序＝完成比例－应完成比例。
--   采用的数据：正式数和初步数，不用预测数；年度目标只比年度数据（存量指标也可用某日、某月、季、半年的数据），增速等只比同一时期的数据。
--   从零起算的：多年累计的流量目标，比同一起点的累计数，来源没有累计数时用逐年之和；目标当年的累计流量（如 1—8 月），比全年目标中
--   按时间应占的份额（比率和存量不这样折算）；多年累计增降幅，比同一起点以来的增降幅。
--   没有符号的目标按指标方向理解：越高越好的须达到，越低越好的须不超过；位次越低越好。
--   结论：met 已实现（含提前）；目标期未到时 on_pace 符合时序、behind 滞后、moved_away 比基期倒退；到期 not_met 未实现；not_computable 无法判断。
--   原因：无法判断的原因；有结论时，是行内数字空缺的原因：missing_target 无目标值，textual_target 文字目标，no_observation 无数据，
--   textual_value 文字数据，bound_undecidable 界限值（如 <35 对 28）不足以判断，about_target“左右”须给出容差，total_runs_on 累计上限到期才能判断，
--   missing_base 无基期值，missing_base_period 无基期，bound_base 基期是界限值，at_target_at_base 基期已达到、只看保持，
--   base_is_latest 最新数据就是基期，older_than_base 数据早于基期，bound_value 最新数据是界限值，
--   zero_base 基期为零、negative_base 基期为负、sign_change 正负不同（均无年率），
--   beyond_target 超出既不越高也不越低越好的目标（超出多少，按还差多少计）；
--   year_to_date 用的是当年累计数，summed_years 用的是逐年之和。国际方法见 target-method。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: verdict text = null in ('judged', 'met', 'on_pace', 'behind', 'moved_away', 'not_met', 'not_computable')
--   | 只看一种结论；judged 为所有能判断的；空为全部
--   | only one verdict; judged: all but not_computable; default: every one
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为最新数据所到之日
--   | the day to judge at (a year or month: its last day); default: the day the newest figure ends
-- param: tolerance number = 0  | 容差：落后时序不超过几个百分点仍算符合；“左右”的目标相差不超过百分之几算实现
--   | percentage points behind time that still count as on pace; per cent within which a target of 左右 counts as met
-- param: method text = 'linear' in ('linear', 'compound')  | 应达值的推算：直线或固定年率
--   | how the value due moves: in step with time, or at a constant yearly rate
-- param: digits integer = 2  | 比例和年率保留几位小数；应达值多保留两位 | decimals of shares and rates; the value due has two more
-- columns: plan, number, indicator_name, entity_name, scope, measure, verdict, reason,
--   base, base_period, latest, latest_period, latest_status, target, target_period, unit,
--   due, share_done, share_of_time, ahead, required_rate, actual_rate, nature,
--   base_value, latest_value, target_value, target_high, rule, category, indicator_name_en, entity_name_en,
--   indicator, entity, among, source, locator, latest_source, latest_locator
-- shown: number, indicator_name, base, latest, latest_period, target, unit, due, share_done,
--   share_of_time, ahead, verdict, reason
-- chart: bar x=indicator_name y=share_done target=share_of_time
-- column: verdict | 结论 | the verdict, see above
-- column: reason | 原因 | the reason's code, see above
-- column: base | 基期值（如印） | base value as printed
-- column: latest | 最新数据（如印；逐年之和列出各年） | newest figure as printed; of a sum its years
-- column: latest_period | 数据时期：最新数据的时期 | period of the newest figure
-- column: latest_status | 最新数据的状态 | status of the newest figure
-- column: target | 目标（如印） | target as printed
-- column: target_period | 目标期 | period by which the target is due
-- column: due | 时序应达值，单位同 unit | value due by the end of the newest figure's period, in `unit`
-- column: share_done | 完成比例（%）：已走过从基期到目标的百分之几 | way from base to target that is done, %
-- column: share_of_time | 时间进度（%） | time from base to target that is gone, %
-- column: ahead | 超时序（百分点），负数为落后 | share done less the share due, percentage points; negative is behind
-- column: required_rate | 从最新数据到目标所需年均增长（%）；已实现为空
--   | rate needed from the newest figure to the target, % a year; empty once met
-- column: actual_rate | 基期以来年均增长（%） | rate from the base to the newest figure, % a year
-- column: latest_value | 最新数据的数值，单位同 unit | newest figure in `unit`
-- column: target_value | 目标的数值，单位同 unit；范围的低端 | target in `unit`; the low end of a range
-- column: target_high | 范围目标的高端 | high end of a target that is a range
-- column: rule | 方法和容差：linear 直线、compound 固定年率；from zero 从零起算；at any time 期间任何时候；at the end 到期才判
--   | the method and its tolerance; whether it counts from zero, holds at any time or only at the end
-- column: latest_source | 最新数据的来源 | source of the newest figure
-- column: latest_locator | 最新数据在来源中的位置 | place of the newest figure in its source
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         coalesce(:as_of, '9999') || '~' AS until, coalesce(CAST(:tolerance AS REAL), 0.0) AS tolerance,
         coalesce(:method, 'linear') AS method, CAST(:verdict AS TEXT) AS verdict,
         coalesce(CAST(:digits AS INTEGER), 2) AS digits
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
-- Begin and end of each period in years: whole months are exact twelfths, days are parts of their month.
clock AS MATERIALIZED (
  SELECT p.id, p.code, p.kind, p.starts, p.ends,
         strftime('%Y', p.starts) + (strftime('%m', p.starts) - 1) / 12.0
           + (strftime('%d', p.starts) - 1) / 12.0
             / (julianday(p.starts, 'start of month', '+1 month') - julianday(p.starts, 'start of month')) AS began,
         strftime('%Y', p.ends, '+1 day') + (strftime('%m', p.ends, '+1 day') - 1) / 12.0
           + (strftime('%d', p.ends, '+1 day') - 1) / 12.0
             / (julianday(p.ends, '+1 day', 'start of month', '+1 month')
                - julianday(p.ends, '+1 day', 'start of month')) AS ended
    FROM period AS p
),
-- The targets asked for. `aims`: 1 up, -1 down, 0 at the value. `way`, how a figure becomes the target: from the base; as a
-- total over years or as growth since the start, both from zero; as an average rate, due all the time; or only at the end.
-- Targets of one `shape` look at the same periods. `last_period_id` is where the series' summary says its newest figure is.
-- `lacks`: what it has not got. Numbers and ids alone go from step to step; names and texts are joined to the rows in the end.
goal AS MATERIALIZED (
  SELECT t.id AS goal, t.series_id, s.last_period_id, t.period_id, t.value, coalesce(t.high, t.value) AS high, t.comparator,
         t.base_value, t.base_comparator, t.base_period_id, s.measure, i.kind AS indicator_kind,
         t.period_id || s.measure || i.kind AS shape, s.measure = 'level' AND i.kind = 'flow' AND k.kind = 'year' AS by_year,
         CASE WHEN s.measure = 'level' AND i.kind = 'flow' AND k.kind = 'years' THEN 'total'
              WHEN s.measure = 'growth' AND k.kind = 'years' THEN 'growth'
              WHEN s.measure IN ('level', 'rank', 'gap') THEN 'base'
              WHEN s.measure = 'cagr' THEN 'rate'
              ELSE 'end' END AS way,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN s.measure IN ('rank', 'yoy_rank') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         CASE WHEN t.comparator IN ('~', '~<') THEN abs(t.value) * q.tolerance / 100 ELSE 0 END AS slack,
         CASE WHEN t.value IS NULL THEN iif(t.wording IS NULL, 'missing_target', 'textual_target')
              WHEN t.base_value IS NULL THEN 'missing_base'
              WHEN t.base_period_id IS NULL THEN 'missing_base_period' END AS lacks,
         s.measure = 'level' AND i.kind <> 'rank' AS rated
    FROM parameter AS q
    CROSS JOIN target AS t
    CROSS JOIN series AS s ON s.id = t.series_id
    JOIN wanted_indicator AS i ON i.id = s.indicator_id
    JOIN plan AS n ON n.id = t.plan_id
    JOIN period AS k ON k.id = t.period_id
   WHERE s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
     AND (q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en))
),
-- The periods that the targets of one shape may be compared with, the newest first; of those that end on one day the one of
-- the target's own kind of period stands first, then the longest.
allowed AS MATERIALIZED (
  SELECT g.shape, p.id AS period_id, p.kind, p.starts, p.ends, p.kind = k.kind AS own_kind, p.starts = k.starts AS from_start,
         row_number() OVER newest_first AS place, first_value(p.ends) OVER newest_first AS newest
    FROM (SELECT DISTINCT x.shape, x.way, x.measure, x.indicator_kind, x.period_id FROM goal AS x) AS g
    CROSS JOIN parameter AS q
    CROSS JOIN period AS k ON k.id = g.period_id
    CROSS JOIN period AS p
      ON p.ends <= q.until AND p.ends <= k.ends
     AND CASE WHEN g.way = 'total' THEN p.starts = k.starts OR p.starts > k.starts AND p.kind = 'year'
              WHEN g.way IN ('growth', 'rate') THEN p.starts = k.starts AND p.kind IN ('year', 'years')
              WHEN g.way = 'end' OR k.kind <> 'year' THEN p.id = k.id
              WHEN g.measure = 'level' AND g.indicator_kind = 'stock' THEN p.kind NOT IN ('years', 'months', 'days')
              ELSE p.kind = 'year' OR g.measure = 'level' AND g.indicator_kind = 'flow' AND p.starts = k.starts END
  WINDOW newest_first AS (PARTITION BY g.shape ORDER BY p.ends DESC, p.kind = k.kind DESC, p.starts)
),
-- Those among which the newest figure nearly always is: none that ends before the summary's.
likely AS MATERIALIZED (
  SELECT g.shape, g.last_period_id, a.period_id, a.place
    FROM (SELECT DISTINCT x.shape, x.last_period_id FROM goal AS x WHERE x.way <> 'total') AS g
    CROSS JOIN period AS l ON l.id = g.last_period_id
    CROSS JOIN allowed AS a ON a.shape = g.shape
   WHERE a.ends >= min(l.ends, a.newest)
),
-- The figures of totals over years, which may have to be summed. Where a period has several, here and below: a number before words,
-- an exact one before a bound, a final before a provisional one, a newer source before an older.
figure AS (
  SELECT g.goal, o.period_id, o.source_id, o.locator, o.value, o.high, o.comparator,
         k.starts AS since, a.kind, a.starts, a.ends, a.own_kind, a.from_start,
         row_number() OVER (PARTITION BY g.goal, o.period_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence,
                                     d.published DESC NULLS LAST, d.code, o.locator) AS place
    FROM goal AS g
    CROSS JOIN period AS k ON k.id = g.period_id
    CROSS JOIN allowed AS a ON a.shape = g.shape
    CROSS JOIN observation AS o ON o.series_id = g.series_id AND o.period_id = a.period_id
    CROSS JOIN status AS t ON t.code = o.status AND t.precedence < 3
    CROSS JOIN source AS d ON d.id = o.source_id
   WHERE g.way = 'total'
),
-- A total over years is what a source states of it up to then or, where none does, that of its single years, as far as none is missing.
summed AS (
  SELECT f.goal, f.period_id, f.since, f.starts, f.ends, f.own_kind, f.from_start,
         round(sum(f.value) FILTER (WHERE f.kind = 'year') OVER so_far, 9) AS total,
         group_concat(format('%.15g', f.value), ' + ') FILTER (WHERE f.kind = 'year') OVER so_far AS terms,
         min(f.value IS NOT NULL AND f.high IS NULL AND f.comparator = '=') FILTER (WHERE f.kind = 'year') OVER so_far AS exact,
         count(*) FILTER (WHERE f.kind = 'year') OVER so_far AS years
    FROM figure AS f
   WHERE f.place = 1
  WINDOW so_far AS (PARTITION BY f.goal ORDER BY f.starts)
),
-- Of totals that end on one day the one of the target's own kind of period stands first, then the longest, then what is printed.
ranked AS MATERIALIZED (
  SELECT s.goal, s.period_id, iif(s.from_start, NULL, s.total) AS total, iif(s.from_start, NULL, s.terms) AS terms,
         row_number() OVER (PARTITION BY s.goal
                            ORDER BY s.ends DESC, s.own_kind DESC, iif(s.from_start, s.starts, s.since), NOT s.from_start) AS place
    FROM summed AS s
   WHERE s.from_start OR s.exact AND s.years > 1 AND s.years = substr(s.ends, 1, 4) - substr(s.since, 1, 4) + 1
),
-- Each target and its newest figure (`latest`; of a sum the row of its last year), none where there is none. It is looked for where it
-- nearly always is, then in the whole series. One of part of the target's year is a total to date.
newest AS (
  SELECT g.goal, g.lacks, g.rated, g.aims, g.value, g.high, g.comparator, g.slack, k.began, k.ended,
         g.base_value, g.base_comparator, b.ended AS base_ended,
         CASE WHEN g.by_year AND p.kind <> 'year' THEN 'to_date' ELSE g.way END AS way,
         p.ended AS latest_ended, coalesce(r.total, o.value) AS latest, o.high AS latest_high, o.comparator AS latest_comparator,
         o.period_id, o.source_id, o.locator, r.terms
    FROM goal AS g
    CROSS JOIN clock AS k ON k.id = g.period_id
    LEFT JOIN clock AS b ON b.id = g.base_period_id
    LEFT JOIN ranked AS r ON r.goal = g.goal AND r.place = 1
    LEFT JOIN observation AS o
      ON o.series_id = g.series_id
     AND o.period_id = CASE WHEN g.way = 'total' THEN r.period_id ELSE
         coalesce((SELECT x.period_id
                     FROM likely AS x
                     CROSS JOIN observation AS y ON y.series_id = g.series_id AND y.period_id = x.period_id
                    WHERE x.shape = g.shape AND x.last_period_id = g.last_period_id
                      AND y.status IN (SELECT t.code FROM status AS t WHERE t.precedence < 3)
                    ORDER BY x.place LIMIT 1),
                  (SELECT x.period_id
                     FROM observation AS y
                     CROSS JOIN allowed AS x ON x.shape = g.shape AND x.period_id = y.period_id
                    WHERE y.series_id = g.series_id AND y.status IN (SELECT t.code FROM status AS t WHERE t.precedence < 3)
                    ORDER BY x.place LIMIT 1)) END
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
    LEFT JOIN clock AS p ON p.id = o.period_id
),
-- Target, base and newest figure side by side, each as a span of the number line. A `side` is -1 just
-- under the number, 1 just over it: >99 lies in a span from (99, 1), and <35 ends at (35, -1).
-- LIMIT -1 OFFSET 0 leaves nothing out: like MATERIALIZED, but without a table, it keeps later steps from repeating this arithmetic.
side_by_side AS (
  SELECT n.goal, n.period_id, n.source_id, n.locator, n.terms, n.latest, n.lacks, n.rated,
         n.aims, n.way, n.way IN ('total', 'to_date') AS cumulative, n.ended, n.latest_ended,
         CASE WHEN n.aims >= 0 THEN n.value - n.slack END AS floor,
         CASE WHEN n.comparator = '>' THEN 1 ELSE 0 END AS floor_side,
         CASE WHEN n.aims <= 0 THEN n.high + n.slack END AS ceiling,
         CASE WHEN n.comparator = '<' THEN -1 ELSE 0 END AS ceiling_side,
         n.value AS target_low, n.high AS target_high, n.comparator IN ('~', '~<') AND n.slack = 0 AS about,
         CASE WHEN n.latest_comparator NOT IN ('<', '<=') THEN n.latest END AS low,
         CASE n.latest_comparator WHEN '>' THEN 1 WHEN '~<' THEN -1 ELSE 0 END AS low_side,
         CASE WHEN n.latest_comparator NOT IN ('>', '>=') THEN coalesce(n.latest_high, n.latest) END AS high,
         CASE WHEN n.latest_comparator IN ('<', '~<') THEN -1 ELSE 0 END AS high_side,
         CASE WHEN n.latest_comparator IN ('=', '~', '~<') AND n.latest_high IS NULL THEN n.latest END AS exact,
         n.latest_ended = n.ended AS over,
         -- A ceiling on a total has no pace: less is better, yet it can only grow.
         CASE WHEN n.way = 'growth' OR n.way IN ('total', 'to_date') AND n.aims = 1 THEN 0.0
              WHEN n.way = 'base' AND n.base_comparator IN ('=', '~', '~<') THEN n.base_value END AS base,
         CASE WHEN n.way IN ('total', 'to_date', 'growth') THEN n.began ELSE n.base_ended END AS base_ended,
         -- The end of a range that is nearer to the base is where the way ends.
         CASE WHEN n.aims = 1 THEN n.value
              WHEN n.aims = -1 THEN n.high
              WHEN n.base_value > n.high THEN n.high
              ELSE n.value END AS aim
    FROM newest AS n
   LIMIT -1 OFFSET 0
),
-- Met: 1 wholly inside what is asked, 0 wholly outside, NULL undecided.
met AS (
  SELECT s.goal, s.period_id, s.source_id, s.locator, s.terms, s.latest, s.lacks, s.rated,
         s.aims, s.way, s.cumulative, s.over, s.low, s.high, s.target_low, s.target_high, s.exact, s.base, s.aim,
         s.latest_ended - s.base_ended AS elapsed, s.ended - s.base_ended AS total,
         s.ended - s.latest_ended AS remaining,
         CASE WHEN (s.aims = -1 OR (s.low, s.low_side) >= (s.floor, s.floor_side))
               AND (s.aims = 1 OR (s.high, s.high_side) <= (s.ceiling, s.ceiling_side)) THEN 1
              WHEN s.about THEN NULL
              WHEN (s.high, s.high_side) < (s.floor, s.floor_side)
                OR (s.low, s.low_side) > (s.ceiling, s.ceiling_side) THEN 0 END AS met,
         NOT s.cumulative
           AND (s.aims = -1 OR (s.base, 0) >= (s.floor, s.floor_side))
           AND (s.aims = 1 OR (s.base, 0) <= (s.ceiling, s.ceiling_side)) AS held_at_base
    FROM side_by_side AS s
),
-- The way from base to target: 0 at the base, 1 at the target. There is none when the base is at or beyond it.
-- Where neither direction is better, a figure that overshot is as far off (`reach`) as one as much short; `edge` is what it is nearer to.
span AS (
  SELECT m.goal, m.period_id, m.source_id, m.locator, m.terms, m.latest, m.lacks, m.rated,
         m.met, m.aims, m.way, m.cumulative, m.over, m.exact, m.base, m.aim, m.elapsed, m.remaining,
         CASE WHEN m.aims <> 0 OR m.met IS NOT 0 THEN m.exact
              WHEN m.base < m.target_low AND m.exact > m.target_high THEN m.aim - (m.exact - m.target_high)
              WHEN m.base > m.target_high AND m.exact < m.target_low THEN m.aim + (m.target_low - m.exact)
              ELSE m.exact END AS reach,
         CASE WHEN m.aims <> 0 THEN m.aim
              WHEN m.exact > m.target_high THEN m.target_high
              WHEN m.exact < m.target_low THEN m.target_low
              ELSE m.aim END AS edge,
         m.held_at_base OR m.aim = m.base AS at_target_at_base, m.low, m.high,
         CASE WHEN m.elapsed >= 0 AND m.total > 0 THEN m.elapsed / m.total END AS time_gone,
         CASE WHEN NOT m.held_at_base AND m.aim <> m.base THEN m.aim - m.base END AS length
    FROM met AS m
   LIMIT -1 OFFSET 0
),
pace AS (
  SELECT w.goal, w.period_id, w.source_id, w.locator, w.terms, w.latest, w.lacks, w.rated,
         w.met, w.aims, w.way, w.cumulative, w.over, w.exact, w.reach, w.base, w.aim, w.edge,
         w.elapsed, w.remaining, w.at_target_at_base, w.length, w.low, w.high, w.time_gone,
         -- Compound growth needs a base and a target of one sign.
         CASE WHEN w.elapsed <= 0 OR w.length IS NULL THEN NULL
              WHEN q.method = 'linear' OR w.cumulative THEN w.base + w.length * w.time_gone
              WHEN w.way = 'growth' AND w.aim > -100 THEN 100 * (pow(1 + w.aim / 100, w.time_gone) - 1)
              WHEN w.base > 0 AND w.aim > 0 THEN w.base * pow(w.aim / w.base, w.time_gone) END AS due,
         (coalesce(w.reach, iif(w.length > 0, w.low, w.high)) - w.base) / w.length AS least_done,
         (coalesce(w.reach, iif(w.length > 0, w.high, w.low)) - w.base) / w.length AS most_done,
         q.tolerance / 100 AS tolerance
    FROM span AS w
    CROSS JOIN parameter AS q
),
-- Rounding noise of the shares, 1e-9, is no lag.
judged AS MATERIALIZED (
  SELECT p.goal, p.period_id, p.source_id, p.locator, p.terms, p.latest, p.lacks, p.rated,
         p.met, p.exact, p.reach, p.base, p.aim, p.edge, p.elapsed, p.remaining, p.at_target_at_base, p.length,
         p.time_gone, p.way, p.cumulative, p.over, p.aims, p.due, p.most_done,
         CASE WHEN p.elapsed >= 0 THEN (p.reach - p.base) / p.length END AS done,
         (p.due - p.base) / p.length AS done_due,
         CASE WHEN p.met = 1 AND (p.over OR p.way NOT IN ('rate', 'end') AND (NOT p.cumulative OR p.aims = 1)) THEN 'met'
              WHEN p.met = 0 AND (p.over OR p.cumulative AND p.aims = -1) THEN 'not_met'
              WHEN p.over OR p.cumulative AND p.aims <> 1 THEN 'not_computable'
              -- An average rate asked for over the whole span is due at any time within it.
              WHEN p.way IN ('rate', 'end') THEN CASE p.met WHEN 1 THEN 'on_pace' WHEN 0 THEN 'behind' ELSE 'not_computable' END
              WHEN p.at_target_at_base AND p.elapsed > 0 AND p.met = 0
                   AND (p.low > p.base AND p.aims <= 0 OR p.high < p.base AND p.aims >= 0) THEN 'moved_away'
              WHEN p.due IS NULL THEN 'not_computable'
              WHEN p.most_done < -1e-9 THEN 'moved_away'
              WHEN p.least_done >= (p.due - p.base) / p.length - p.tolerance - 1e-9 THEN 'on_pace'
              WHEN p.most_done < (p.due - p.base) / p.length - p.tolerance - 1e-9 THEN 'behind'
              ELSE 'not_computable' END AS verdict
    FROM pace AS p
),
-- Why there is no verdict or, beside a verdict, why figures of the row are empty or otherwise reckoned.
reasoned AS (
  SELECT j.goal, j.period_id, j.source_id, j.locator, j.terms, j.latest, j.verdict, j.way, j.rated, j.cumulative, j.aims, j.over, j.met,
         j.exact, j.reach, j.base, j.aim, j.edge, j.elapsed, j.remaining, j.time_gone, j.due, j.done, j.done_due, j.most_done,
         CASE WHEN j.lacks IN ('missing_target', 'textual_target') THEN j.lacks
              WHEN j.period_id IS NULL THEN 'no_observation'
              WHEN j.latest IS NULL THEN 'textual_value'
              WHEN j.verdict = 'not_computable' AND j.met IS NULL AND j.exact IS NULL THEN 'bound_undecidable'
              WHEN j.verdict = 'not_computable' AND j.met IS NULL AND j.over THEN 'about_target'
              WHEN j.verdict = 'not_computable' AND j.cumulative AND j.aims <> 1 THEN 'total_runs_on'
              WHEN j.way = 'to_date' THEN 'year_to_date'
              WHEN j.terms IS NOT NULL THEN 'summed_years'
              WHEN j.way IN ('rate', 'end') OR j.cumulative AND j.aims <> 1 THEN NULL
              WHEN j.way = 'base' AND j.lacks IS NOT NULL THEN j.lacks
              WHEN j.base IS NULL THEN 'bound_base'
              WHEN j.at_target_at_base THEN 'at_target_at_base'
              WHEN j.elapsed = 0 THEN 'base_is_latest'
              WHEN j.elapsed < 0 THEN 'older_than_base'
              WHEN j.exact IS NULL THEN 'bound_value'
              WHEN j.way <> 'base' THEN NULL
              WHEN NOT j.rated AND j.verdict <> 'not_computable' THEN NULL
              WHEN j.base = 0 THEN 'zero_base'
              WHEN j.base < 0 THEN 'negative_base'
              WHEN j.aim <= 0 OR j.exact <= 0 THEN 'sign_change'
              WHEN j.reach <> j.exact THEN 'beyond_target' END AS reason
    FROM judged AS j
)
SELECT n.code AS plan, t.number, i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure,
       r.verdict, r.reason,
       coalesce(t.base_printed, iif(t.base_value IS NULL, NULL, format('%.15g', t.base_value))) AS base, b.code AS base_period,
       CASE WHEN r.terms IS NOT NULL THEN r.terms
            WHEN o.value IS NULL THEN o.printed
            ELSE coalesce(o.printed, format('%.15g', o.value)) || ifnull(' ' || o.printed_unit, '') END AS latest,
       iif(r.terms IS NULL, l.code, substr(p.starts, 1, 4) || '/' || substr(l.ends, 1, 4)) AS latest_period, o.status AS latest_status,
       coalesce(t.printed, t.wording, format('%.15g', t.value))
         || iif(t.value IS NULL, '', ifnull(' ' || t.printed_unit, '')) AS target,
       p.code AS target_period, u.code AS unit,
       round(r.due, q.digits + 2) AS due,
       round(100 * r.done, q.digits) AS share_done,
       round(100 * r.time_gone, q.digits) AS share_of_time,
       round(100 * (r.done - r.done_due), q.digits) + 0.0 AS ahead,
       CASE WHEN r.met IS NOT 1 AND r.way = 'base' AND r.rated AND r.remaining > 0 AND r.edge > 0 AND r.exact > 0
            THEN round(100 * (pow(r.edge / r.exact, 1 / r.remaining) - 1), q.digits) END AS required_rate,
       CASE WHEN r.way = 'base' AND r.rated AND r.elapsed > 0 AND r.base > 0 AND r.exact > 0
            THEN round(100 * (pow(r.exact / r.base, 1 / r.elapsed) - 1), q.digits) END AS actual_rate,
       t.nature, t.base_value, r.latest AS latest_value, t.value AS target_value, t.high AS target_high,
       CASE WHEN r.cumulative THEN 'linear from zero'
            WHEN r.way = 'growth' THEN q.method || ' from zero'
            WHEN r.way = 'rate' THEN 'at any time'
            WHEN r.way = 'end' THEN 'at the end'
            ELSE q.method END
         || (SELECT format('; tolerance %g pp, 左右 %g %%', x.tolerance, x.tolerance) FROM parameter AS x) AS rule,
       t.category, i.name_en AS indicator_name_en, e.name_en AS entity_name_en,
       i.code AS indicator, e.code AS entity, a.code AS among,
       d.code AS source, t.locator, v.code AS latest_source, r.locator AS latest_locator
  FROM reasoned AS r
  CROSS JOIN target AS t ON t.id = r.goal
  CROSS JOIN plan AS n ON n.id = t.plan_id
  CROSS JOIN series AS s ON s.id = t.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = t.period_id
  JOIN source AS d ON d.id = t.source_id
  LEFT JOIN period AS b ON b.id = t.base_period_id
  LEFT JOIN entity AS a ON a.id = s.among_id
  LEFT JOIN observation AS o
    ON o.series_id = s.id AND o.period_id = r.period_id AND o.source_id = r.source_id AND o.locator = r.locator
  LEFT JOIN period AS l ON l.id = r.period_id
  LEFT JOIN source AS v ON v.id = r.source_id
  CROSS JOIN parameter AS q
 WHERE q.verdict IS NULL OR q.verdict = r.verdict
       OR (q.verdict = 'judged' AND r.verdict <> 'not_computable')
 ORDER BY n.code, t.number IS NULL, CAST(t.number AS INTEGER), t.number,
          i.code, e.code, c.code, s.measure, a.code, p.code, d.code, t.locator;
