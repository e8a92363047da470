-- name: target-progress
-- about: How far each target is on its way, judged by the newest figure of the same series.
--   The pace: from the base to the target the value due moves in step with time (linear) or at a constant
--   yearly rate (compound); due, shares and verdict are of the day on which the newest figure's period ends.
--   Figures that count: final and provisional ones, no forecasts; for a year's target the figures of years (of a stock also those of
--   a day, month, quarter or half-year), for growth and any other span only figures of that span.
--   A flow asked for over several years counts from zero and compares with totals from the same first day.
--   A target printed without a sign is read by the indicator's direction: reach it, or stay under it; of ranks the lower is better.
--   Verdicts: met (also before its time); on_pace, behind, moved_away (worse than the base) before the
--   target's period ends; not_met when it has ended; not_computable.
--   Reason: why there is no verdict or, beside a verdict, why figures of the row are empty:
--   missing_target, textual_target, no_observation, textual_value; bound_undecidable (a bound such as <35 does not decide
--   against 28), about_target (左右: give a tolerance), total_runs_on (a ceiling on a total is judged at its end);
--   missing_base, missing_base_period, bound_base, at_target_at_base (the base already met it: only
--   holding counts), base_is_latest, older_than_base; bound_value; zero_base, negative_base, sign_change (no rates);
--   beyond_target (neither direction is better, and it was overshot).
-- about_zh: 逐项目标的进展，以同一序列最新数据为准。
--   时序应达值：从基期到目标期按时间直线推算（linear），或按固定年率推算（compound）；应达值、完成比例和结论都以最新数据所属时期的末日为准。
--   采用的数据：正式数和初步数，不用预测数；年度目标只比年度数据（存量指标也可用某日、某月、季、半年的数据），增速等只比同一时期的数据；
--   多年累计的流量目标从零起算，只比同一起点的累计数。没有符号的目标按指标方向理解：越高越好的须达到，越低越好的须不超过；位次越低越好。
--   结论：met 已实现（含提前）；目标期未到时 on_pace 符合时序、behind 滞后、moved_away 比基期倒退；到期 not_met 未实现；not_computable 无法判断。
--   原因：无法判断的原因；有结论时，是行内数字空缺的原因：missing_target 无目标值，textual_target 文字目标，no_observation 无数据，
--   textual_value 文字数据，bound_undecidable 界限值（如 <35 对 28）不足以判断，about_target“左右”须给出容差，total_runs_on 累计上限到期才能判断，
--   missing_base 无基期值，missing_base_period 无基期，bound_base 基期是界限值，at_target_at_base 基期已达到、只看保持，
--   base_is_latest 最新数据就是基期，older_than_base 数据早于基期，bound_value 最新数据是界限值，
--   zero_base 基期为零、negative_base 基期为负、sign_change 正负不同（均无年率），beyond_target 超出既不越高也不越低越好的目标。
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
-- columns: plan, number, indicator_name, entity_name, scope, measure, verdict, reason,
--   base, base_period, latest, latest_period, latest_status, target, target_period, unit,
--   due, share_done, share_of_time, ahead, required_rate, actual_rate, nature,
--   base_value, latest_value, target_value, target_high, category, indicator_name_en, entity_name_en,
--   indicator, entity, among, source, locator, latest_source, latest_locator
-- shown: number, indicator_name, base, latest, latest_period, target, unit, due, share_done,
--   share_of_time, ahead, verdict, reason
-- column: verdict | 结论 | the verdict, see above
-- column: reason | 原因代码 | the reason's code, see above
-- column: base | 基期值（如印） | base value as printed
-- column: latest | 最新数据（如印） | newest figure as printed
-- column: latest_period | 最新数据的时期 | period of the newest figure
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
-- column: latest_source | 最新数据的来源 | source of the newest figure
-- column: latest_locator | 最新数据在来源中的位置 | place of the newest figure in its source
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         coalesce(:as_of, '9999') || '~' AS until, coalesce(CAST(:tolerance AS REAL), 0.0) AS tolerance,
         coalesce(:method, 'linear') AS method, CAST(:verdict AS TEXT) AS verdict
),
wanted_indicator AS (
  SELECT i.code, i.direction, i.kind
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
wanted_entity AS (
  SELECT e.code
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- Begin and end of each period in years: whole months are exact twelfths, days are parts of their month.
clock AS (
  SELECT p.code, p.kind,
         strftime('%Y', p.starts) + (strftime('%m', p.starts) - 1) / 12.0
           + (strftime('%d', p.starts) - 1) / 12.0
             / (julianday(p.starts, 'start of month', '+1 month') - julianday(p.starts, 'start of month')) AS began,
         strftime('%Y', p.ends, '+1 day') + (strftime('%m', p.ends, '+1 day') - 1) / 12.0
           + (strftime('%d', p.ends, '+1 day') - 1) / 12.0
             / (julianday(p.ends, '+1 day', 'start of month', '+1 month')
                - julianday(p.ends, '+1 day', 'start of month')) AS ended
    FROM period AS p
),
-- The targets asked for. `cumulative`: a total over several years. `aims`: 1 up, -1 down, 0 at the value.
goal AS (
  SELECT row_number() OVER (ORDER BY t.plan, t.indicator, t.entity, t.scope, t.measure, t.among, t.period,
                                     t.source, t.locator) AS goal,
         t.plan, t.category, t.number, t.indicator, t.indicator_name, t.indicator_name_en,
         t.entity, t.entity_name, t.entity_name_en, t.scope, t.measure, t.among,
         t.period, t.starts, t.ends, k.kind AS period_kind, k.began, k.ended,
         t.value, coalesce(t.high, t.value) AS high, t.high AS printed_high, t.comparator, t.wording, t.printed,
         t.unit, t.nature, t.base_value, t.base_comparator, t.base_period, t.base_printed, t.source, t.locator, q.until,
         i.kind AS indicator_kind,
         t.measure = 'level' AND i.kind = 'flow' AND k.kind = 'years' AS cumulative,
         t.measure IN ('level', 'rank', 'gap') AS has_base,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN t.measure IN ('rank', 'yoy_rank') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         CASE WHEN t.comparator IN ('~', '~<') THEN abs(t.value) * q.tolerance / 100 ELSE 0 END AS slack
    FROM parameter AS q
    CROSS JOIN targets AS t
    JOIN wanted_indicator AS i ON i.code = t.indicator
    JOIN clock AS k ON k.code = t.period
   WHERE t.entity IN (SELECT w.code FROM wanted_entity AS w)
     AND (q.plan IS NULL OR q.plan IN (t.plan, t.plan_name, t.plan_name_en))
),
-- The figures a target may be compared with, the newest first. Of figures that end on one day the
-- one of the target's own kind of period stands first, then the longest.
candidate AS (
  SELECT g.goal, o.period, o.value, o.high, o.comparator, o.status, o.printed, o.source, o.locator, k.ended,
         row_number() OVER (PARTITION BY g.goal
                            ORDER BY o.ends DESC, k.kind = g.period_kind DESC, o.starts) AS place
    FROM goal AS g
    JOIN latest AS o
      ON o.indicator = g.indicator AND o.entity = g.entity AND o.scope = g.scope
     AND o.measure = g.measure AND o.among IS g.among
    JOIN clock AS k ON k.code = o.period
    JOIN status AS t ON t.code = o.status
   WHERE o.ends <= g.until AND o.ends <= g.ends
     AND t.precedence < 3
     AND CASE WHEN g.cumulative OR g.measure = 'cagr' THEN o.starts = g.starts AND k.kind IN ('year', 'years')
              WHEN NOT g.has_base OR g.period_kind <> 'year' THEN o.period = g.period
              WHEN g.measure = 'level' AND g.indicator_kind = 'stock' THEN k.kind NOT IN ('years', 'months', 'days')
              ELSE k.kind = 'year' END
),
-- Target, base and newest figure side by side, each as a span of the number line. A `side` is -1 just
-- under the number, 1 just over it: >99 lies in a span from (99, 1), and <35 ends at (35, -1).
side_by_side AS (
  SELECT g.goal, g.aims, g.cumulative, g.has_base, g.slack, g.ended, o.ended AS latest_ended,
         CASE WHEN g.aims >= 0 THEN g.value - g.slack END AS floor,
         CASE WHEN g.comparator = '>' THEN 1 ELSE 0 END AS floor_side,
         CASE WHEN g.aims <= 0 THEN g.high + g.slack END AS ceiling,
         CASE WHEN g.comparator = '<' THEN -1 ELSE 0 END AS ceiling_side,
         g.comparator IN ('~', '~<') AND g.slack = 0 AS about,
         CASE WHEN o.comparator NOT IN ('<', '<=') THEN o.value END AS low,
         CASE o.comparator WHEN '>' THEN 1 WHEN '~<' THEN -1 ELSE 0 END AS low_side,
         CASE WHEN o.comparator NOT IN ('>', '>=') THEN coalesce(o.high, o.value) END AS high,
         CASE WHEN o.comparator IN ('<', '~<') THEN -1 ELSE 0 END AS high_side,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS exact,
         o.ended = g.ended AS over,
         -- A ceiling on a total has no pace: less is better, yet it can only grow.
         CASE WHEN g.cumulative AND g.aims = 1 THEN 0.0
              WHEN g.cumulative THEN NULL
              WHEN g.has_base AND g.base_comparator IN ('=', '~', '~<') THEN g.base_value END AS base,
         CASE WHEN g.cumulative THEN g.began ELSE b.ended END AS base_ended,
         -- The end of a range that is nearer to the base is where the way ends.
         CASE WHEN g.aims = 1 THEN g.value
              WHEN g.aims = -1 THEN g.high
              WHEN g.base_value > g.high THEN g.high
              ELSE g.value END AS aim
    FROM goal AS g
    LEFT JOIN candidate AS o ON o.goal = g.goal AND o.place = 1
    LEFT JOIN clock AS b ON b.code = g.base_period
),
-- Met: 1 wholly inside what is asked, 0 wholly outside, NULL undecided. Kept as a table, here and in `pace`,
-- lest the steps behind repeat its arithmetic in each of their columns.
met AS MATERIALIZED (
  SELECT s.goal, s.aims, s.cumulative, s.has_base, s.over, s.low, s.high, s.exact, s.base, s.aim,
         s.latest_ended - s.base_ended AS elapsed, s.ended - s.base_ended AS total,
         s.ended - s.latest_ended AS remaining,
         CASE WHEN (s.aims = -1 OR (s.low, s.low_side) >= (s.floor, s.floor_side))
               AND (s.aims = 1 OR (s.high, s.high_side) <= (s.ceiling, s.ceiling_side)) THEN 1
              WHEN s.about THEN NULL
              WHEN (s.high, s.high_side) < (s.floor, s.floor_side)
                OR (s.low, s.low_side) > (s.ceiling, s.ceiling_side) THEN 0 END AS met,
         NOT s.cumulative
           AND (s.aims = -1 OR (s.base, 0) >= (s.floor, s.floor_side))
           AND (s.aims = 1 OR (s.base, 0) <= (s.ceiling, s.ceiling_side)) AS held_at_base,
         s.about
    FROM side_by_side AS s
),
-- The way from base to target: 0 at the base, 1 at the target. There is none when the base is at or beyond it.
way AS (
  SELECT m.goal, m.met, m.aims, m.cumulative, m.has_base, m.over, m.about, m.exact, m.base, m.aim,
         m.elapsed, m.remaining,
         m.held_at_base OR m.aim = m.base AS at_target_at_base,
         CASE WHEN m.elapsed >= 0 AND m.total > 0 THEN m.elapsed / m.total END AS time_gone,
         CASE WHEN NOT m.held_at_base AND m.aim <> m.base THEN m.aim - m.base END AS length,
         m.low, m.high
    FROM met AS m
),
pace AS MATERIALIZED (
  SELECT w.goal, w.met, w.aims, w.cumulative, w.has_base, w.over, w.about, w.exact, w.base, w.aim,
         w.elapsed, w.remaining, w.at_target_at_base, w.length, w.low, w.high,
         w.time_gone,
         -- Compound growth needs a base and a target of one sign.
         CASE WHEN w.elapsed <= 0 OR w.length IS NULL THEN NULL
              WHEN q.method = 'linear' OR w.cumulative THEN w.base + w.length * w.time_gone
              WHEN w.base > 0 AND w.aim > 0 THEN w.base * pow(w.aim / w.base, w.time_gone) END AS due,
         CASE WHEN w.length > 0 THEN (w.low - w.base) / w.length ELSE (w.high - w.base) / w.length END AS least_done,
         CASE WHEN w.length > 0 THEN (w.high - w.base) / w.length ELSE (w.low - w.base) / w.length END AS most_done,
         q.tolerance / 100 AS tolerance
    FROM parameter AS q
    CROSS JOIN way AS w
),
-- Rounding noise of the shares, 1e-9, is no lag.
judged AS (
  SELECT p.goal, p.met, p.exact, p.base, p.aim, p.elapsed, p.remaining, p.at_target_at_base, p.length,
         p.time_gone, p.cumulative, p.has_base, p.over, p.about, p.aims, p.due,
         CASE WHEN p.elapsed >= 0 THEN (p.exact - p.base) / p.length END AS done,
         (p.due - p.base) / p.length AS done_due,
         CASE WHEN p.met = 1 AND (p.over OR p.has_base AND (NOT p.cumulative OR p.aims = 1)) THEN 'met'
              WHEN p.met = 0 AND (p.over OR p.cumulative AND p.aims = -1) THEN 'not_met'
              WHEN p.over OR p.cumulative AND p.aims <> 1 THEN 'not_computable'
              -- An average rate asked for over the whole span is due at any time within it.
              WHEN NOT p.has_base THEN CASE p.met WHEN 1 THEN 'on_pace' WHEN 0 THEN 'behind' ELSE 'not_computable' END
              WHEN p.at_target_at_base AND p.elapsed > 0 AND p.met = 0
                   AND (p.low > p.base AND p.aims <= 0 OR p.high < p.base AND p.aims >= 0) THEN 'moved_away'
              WHEN p.due IS NULL THEN 'not_computable'
              WHEN p.most_done < -1e-9 THEN 'moved_away'
              WHEN p.least_done >= (p.due - p.base) / p.length - p.tolerance - 1e-9 THEN 'on_pace'
              WHEN p.most_done < (p.due - p.base) / p.length - p.tolerance - 1e-9 THEN 'behind'
              ELSE 'not_computable' END AS verdict
    FROM pace AS p
)
SELECT g.plan, g.number, g.indicator_name, g.entity_name, g.scope, g.measure,
       j.verdict,
       CASE WHEN g.value IS NULL THEN CASE WHEN g.wording IS NULL THEN 'missing_target' ELSE 'textual_target' END
            WHEN o.goal IS NULL THEN 'no_observation'
            WHEN o.value IS NULL THEN 'textual_value'
            WHEN j.verdict = 'not_computable' AND j.met IS NULL AND j.exact IS NULL THEN 'bound_undecidable'
            WHEN j.verdict = 'not_computable' AND j.met IS NULL AND j.over THEN 'about_target'
            WHEN j.verdict = 'not_computable' AND j.cumulative AND j.aims <> 1 THEN 'total_runs_on'
            WHEN NOT j.has_base OR j.cumulative AND j.aims <> 1 THEN NULL
            WHEN NOT j.cumulative AND g.base_value IS NULL THEN 'missing_base'
            WHEN NOT j.cumulative AND g.base_period IS NULL THEN 'missing_base_period'
            WHEN j.base IS NULL THEN 'bound_base'
            WHEN j.at_target_at_base THEN 'at_target_at_base'
            WHEN j.elapsed = 0 THEN 'base_is_latest'
            WHEN j.elapsed < 0 THEN 'older_than_base'
            WHEN j.exact IS NULL THEN 'bound_value'
            WHEN j.cumulative THEN NULL
            WHEN j.verdict <> 'not_computable' AND (g.measure <> 'level' OR g.indicator_kind = 'rank') THEN NULL
            WHEN j.base = 0 THEN 'zero_base'
            WHEN j.base < 0 THEN 'negative_base'
            WHEN j.aim <= 0 OR j.exact <= 0 THEN 'sign_change'
            WHEN j.aims = 0 AND j.done > 1 AND j.met = 0 THEN 'beyond_target' END AS reason,
       coalesce(g.base_printed,
                CASE WHEN g.base_value = CAST(g.base_value AS INTEGER)
                     THEN CAST(CAST(g.base_value AS INTEGER) AS TEXT)
                     ELSE CAST(g.base_value AS TEXT) END) AS base,
       g.base_period,
       o.printed AS latest, o.period AS latest_period, o.status AS latest_status,
       g.printed AS target, g.period AS target_period, g.unit,
       round(j.due, 4) AS due,
       round(100 * j.done, 2) AS share_done,
       round(100 * j.time_gone, 2) AS share_of_time,
       round(100 * (j.done - j.done_due), 2) AS ahead,
       CASE WHEN j.met IS NOT 1 AND j.has_base AND g.measure = 'level' AND g.indicator_kind <> 'rank'
                 AND NOT j.cumulative AND j.remaining > 0 AND j.aim > 0 AND j.exact > 0
            THEN round(100 * (pow(j.aim / j.exact, 1 / j.remaining) - 1), 2) END AS required_rate,
       CASE WHEN g.measure = 'level' AND g.indicator_kind <> 'rank'
                 AND NOT j.cumulative AND j.elapsed > 0 AND j.base > 0 AND j.exact > 0
            THEN round(100 * (pow(j.exact / j.base, 1 / j.elapsed) - 1), 2) END AS actual_rate,
       g.nature, g.base_value, o.value AS latest_value, g.value AS target_value, g.printed_high AS target_high,
       g.category, g.indicator_name_en, g.entity_name_en, g.indicator, g.entity, g.among,
       g.source, g.locator, o.source AS latest_source, o.locator AS latest_locator
  FROM goal AS g
  JOIN judged AS j ON j.goal = g.goal
  LEFT JOIN candidate AS o ON o.goal = g.goal AND o.place = 1
  CROSS JOIN parameter AS q
 WHERE q.verdict IS NULL OR q.verdict = j.verdict
       OR (q.verdict = 'judged' AND j.verdict <> 'not_computable')
 ORDER BY g.plan, g.number IS NULL, CAST(g.number AS INTEGER), g.number,
          g.indicator, g.entity, g.scope, g.measure, g.among, g.period, g.source, g.locator;
