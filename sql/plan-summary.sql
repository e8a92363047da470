-- name: plan-summary
-- family: evaluation
-- about: How many targets of a plan stand where, by the plan's categories and by nature, as a mid-term report counts them.
--   Classes: met_early (提前实现, the target is reached before its period ends), faster (快于预期, more than `faster` points ahead of
--   time), on_pace (符合预期, up to that, and up to `tolerance` points behind), behind (滞后, the rest, those worse than the base among
--   them: moved_away), not_computable (无法判断); of targets whose period has ended met (如期实现) and not_met (未实现).
--   Shares are per cent of the row's targets. Points and verdicts are those of target-progress: share done less share due, judged by each
--   target's newest figure. A bound that is on pace counts as on_pace, since it does not tell how far ahead it is.
--   No national numbers for the bands are published; `rule` names those used.
--   Rows: each category by nature, then each nature, then the whole plan; a lone category or nature is left out. A target whose text puts
--   no nature has none. Main targets are those with a number of the plan's own; of a plan that numbers none, all of them.
-- about_zh: 一个规划的目标各处在什么进展，按规划自己的类别和属性计数，如中期评估报告的汇总表。
--   分类：met_early 提前实现（期未到已达到目标）；faster 快于预期（超时序多于 faster 个百分点）；on_pace 符合预期（至此为止，
--   且落后不多于 tolerance 个百分点）；behind 滞后（其余，其中比基期倒退的为 moved_away）；not_computable 无法判断；
--   已到期的分 met 如期实现、not_met 未实现。占比以该行目标数为 100。
--   时序和结论同 target-progress：完成比例减应完成比例，以各目标最新数据为准。足以判断符合时序的界限值不知超前多少，计入符合预期。
--   没有全国统一的界限，所用界限列于 rule。行的次序：各类别分属性、各属性合计、全规划合计，只有一个类别或属性的不另列；
--   原文未注明属性的为空。主要指标即规划自己编号的目标；没有编号的规划取全部目标。
-- param: plan text = null in plan  | 规划：代码或名称；空为各个规划 | plan: code or name; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: part text = 'main' in ('main', 'all')  | 主要指标（有编号的）或全部目标 | the main targets, which are numbered, or all
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为最新数据所到之日
--   | the day to judge at (a year or month: its last day); default: the day the newest figure ends
-- param: faster number = 5  | 超时序多于几个百分点为快于预期 | points ahead of time above which a target is faster
-- param: tolerance number = 0  | 容差：落后时序不超过几个百分点仍算符合；“左右”的目标相差不超过百分之几算实现
--   | percentage points behind time that still count as on pace; per cent within which a target of 左右 counts as met
-- param: method text = 'linear' in ('linear', 'compound')  | 应达值的推算：直线或固定年率
--   | how the value due moves: in step with time, or at a constant yearly rate
-- columns: plan, grouping, category, nature, targets, met_early, faster, on_pace, behind, moved_away, met, not_met, not_computable,
--   share_met_early, share_faster, share_on_pace, share_behind, share_met, share_not_met, share_not_computable, newest, rule,
--   plan_name, plan_name_en
-- shown: plan, grouping, category, nature, targets, met_early, faster, on_pace, behind, met, not_met, not_computable, share_behind
-- chart: bar x=category y=behind by=nature
-- column: grouping | 分组：这一行是：category 类别和属性、nature 属性合计、total 合计
--   | what the row counts: category (by nature), nature (of all categories) or total
-- column: category | 类别：规划中的类别；合计行为空 | the plan's category; empty in totals
-- column: nature | 属性：expected 预期性、binding 约束性；未注明和合计为空 | expected or binding; empty where unnamed, and in the total
-- column: targets | 目标数：目标个数 | number of targets
-- column: met_early | 提前实现：提前实现的个数 | reached before their time
-- column: faster | 快于预期：快于预期的个数 | ahead of time by more than `faster` points
-- column: on_pace | 符合预期：符合预期的个数 | in step with time
-- column: behind | 滞后：滞后的个数，含倒退 | behind time, those worse than the base among them
-- column: moved_away | 其中比基期倒退的个数 | of those behind: worse than the base
-- column: met | 已实现：已到期、实现的个数 | reached when their time was over
-- column: not_met | 已到期未实现（或累计已超上限）的个数 | missed when their time was over, or over a ceiling before
-- column: not_computable | 无法判断：无法判断的个数 | those of which nothing can be said
-- column: share_met_early | 提前实现占比（%） | share of met_early, %
-- column: share_faster | 快于预期占比（%） | share of faster, %
-- column: share_on_pace | 符合预期占比（%） | share of on_pace, %
-- column: share_behind | 滞后占比（%） | share of behind, %
-- column: share_met | 到期实现占比（%） | share of met, %
-- column: share_not_met | 未实现占比（%） | share of not_met, %
-- column: share_not_computable | 无法判断占比（%） | share of not_computable, %
-- column: newest | 所用数据最晚到哪一天 | the last day that the figures used reach
-- column: rule | 方法、所用界限、计入的目标 | the method, its limits and the targets counted
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, NULL AS indicator, CAST(:entity AS TEXT) AS entity,
         coalesce(:as_of, '9999') || '~' AS until, coalesce(CAST(:faster AS REAL), 5.0) AS faster,
         coalesce(CAST(:tolerance AS REAL), 0.0) AS tolerance, coalesce(:method, 'linear') AS method,
         coalesce(:part, 'main') AS part
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
-- How many targets of a category and nature are in each class, those with a number of their own and those without apart; rounding noise
-- of the shares, 1e-9, is no lead.
classed AS (
  SELECT t.plan_id, t.category, t.nature, t.number IS NOT NULL AS numbered, min(CAST(t.number AS INTEGER)) AS number,
         max(k.ends) AS reaches, count(*) AS targets,
         CASE WHEN j.verdict = 'met' THEN iif(j.over, 'met', 'met_early')
              WHEN j.verdict = 'on_pace' AND 100 * (j.done - j.done_due) > q.faster + 1e-9 THEN 'faster'
              ELSE j.verdict END AS class
    FROM judged AS j
    CROSS JOIN parameter AS q
    CROSS JOIN target AS t ON t.id = j.goal
    LEFT JOIN period AS k ON k.id = j.period_id
   GROUP BY t.plan_id, t.category, t.nature, numbered, class
),
-- Those asked for. `first`: where their category begins in the plan.
counted AS (
  SELECT c.plan_id, c.category, c.nature, c.class, c.reaches, c.targets, c.first
    FROM parameter AS q
    CROSS JOIN (SELECT x.plan_id, x.category, x.nature, x.numbered, x.class, x.reaches, x.targets,
                       max(x.numbered) OVER (PARTITION BY x.plan_id) AS numbers,
                       min(x.number) OVER (PARTITION BY x.plan_id, x.category) AS first
                  FROM classed AS x) AS c
   WHERE q.part = 'all' OR NOT c.numbers OR c.numbered
),
-- Each target counts in three rows.
grouped AS (
  SELECT c.plan_id, x.column1 AS grouping, CASE WHEN x.column1 = 'category' THEN c.category END AS category,
         CASE WHEN x.column1 <> 'total' THEN c.nature END AS nature, c.class, c.reaches, c.targets,
         CASE WHEN x.column1 = 'category' THEN c.first END AS first
    FROM counted AS c
    CROSS JOIN (VALUES ('category'), ('nature'), ('total')) AS x
),
summary AS (
  SELECT g.plan_id, g.grouping, g.category, g.nature, min(g.first) AS first, max(g.reaches) AS newest, sum(g.targets) AS targets,
         -- A lone category or nature only repeats the total.
         CASE g.grouping
              WHEN 'category' THEN min(ifnull(g.category, '')) OVER alike < max(ifnull(g.category, '')) OVER alike
              WHEN 'nature' THEN min(ifnull(g.nature, '')) OVER alike < max(ifnull(g.nature, '')) OVER alike
              ELSE 1 END AS tells,
         sum(iif(g.class = 'met_early', g.targets, 0)) AS met_early,
         sum(iif(g.class = 'faster', g.targets, 0)) AS faster, sum(iif(g.class = 'on_pace', g.targets, 0)) AS on_pace,
         sum(iif(g.class IN ('behind', 'moved_away'), g.targets, 0)) AS behind, sum(iif(g.class = 'moved_away', g.targets, 0)) AS moved_away,
         sum(iif(g.class = 'met', g.targets, 0)) AS met, sum(iif(g.class = 'not_met', g.targets, 0)) AS not_met,
         sum(iif(g.class = 'not_computable', g.targets, 0)) AS not_computable
    FROM grouped AS g
   GROUP BY g.plan_id, g.grouping, g.category, g.nature
  WINDOW alike AS (PARTITION BY g.plan_id, g.grouping)
)
SELECT n.code AS plan, s.grouping, s.category, s.nature, s.targets,
       s.met_early, s.faster, s.on_pace, s.behind, s.moved_away, s.met, s.not_met, s.not_computable,
       round(100.0 * s.met_early / s.targets, 2) AS share_met_early,
       round(100.0 * s.faster / s.targets, 2) AS share_faster,
       round(100.0 * s.on_pace / s.targets, 2) AS share_on_pace,
       round(100.0 * s.behind / s.targets, 2) AS share_behind,
       round(100.0 * s.met / s.targets, 2) AS share_met,
       round(100.0 * s.not_met / s.targets, 2) AS share_not_met,
       round(100.0 * s.not_computable / s.targets, 2) AS share_not_computable,
       s.newest,
       format('%s; faster > %g pp ahead, on pace to %g pp behind; 左右 %g %%; %s targets',
              q.method, q.faster, q.tolerance, q.tolerance, q.part) AS rule,
       n.name AS plan_name, n.name_en AS plan_name_en
  FROM summary AS s
  JOIN plan AS n ON n.id = s.plan_id
  CROSS JOIN parameter AS q
 WHERE s.tells
 ORDER BY n.code, CASE s.grouping WHEN 'category' THEN 1 WHEN 'nature' THEN 2 ELSE 3 END,
          s.first IS NULL, s.first, s.category IS NULL, s.category, s.nature DESC NULLS LAST;
