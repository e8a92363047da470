-- name: target-why
-- family: lookup
-- about: The chain behind the verdict on each target, one row a step: the target as printed, what meets it, the base, the newest figure
--   that counts, the reckoning with the numbers put in, the verdict and why, and the figures that were not used.
--   The reckoning is that of target-progress, which explains it; verdict and reason are the same. A step that can't be reckoned
--   is left out, and the reason tells why.
--   Of figures not used, the newest of each series and class is shown, with the number of the others: another scope, measure or
--   group; a forecast or missing mark; after `as_of` or the target's period; of a kind of period that does not count; of the period
--   used, words, a bound, a provisional figure, another place or an older source; and older ones.
-- about_zh: 一项目标的结论从何而来，一步一行：目标原文、怎样算实现、基期、采用的最新数据、代入数字的计算、结论和原因、未采用的数据。
--   算法、结论和原因与 target-progress 相同（说明见该查询）；算不出的步骤不列，原因写在 reason 一步。
--   未采用的数据，每个序列每类列最新一个并写明另有几个：其他口径、计量、比较组；预测数、缺失符号；晚于截至日或目标期；时期种类不合；
--   与采用数同期的文字、界限值、初步数、较旧来源、同一来源的另一处；更早的数据。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: period text = null  | 目标期，如 2025 或 2021/2025；空为全部 | the target's period, such as 2025 or 2021/2025; default: every one
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为最新数据所到之日
--   | the day to judge at (a year or month: its last day); default: the day the newest figure ends
-- param: tolerance number = 0  | 容差：落后时序不超过几个百分点仍算符合；“左右”的目标相差不超过百分之几算实现
--   | percentage points behind time that still count as on pace; per cent within which a target of 左右 counts as met
-- param: method text = 'linear' in ('linear', 'compound')  | 应达值的推算：直线或固定年率
--   | how the value due moves: in step with time, or at a constant yearly rate
-- columns: subject, step, part, class, text_zh, text, value, unit, period, source, locator, subject_en,
--   plan, indicator, entity, scope, measure, among
-- shown: subject, step, part, class, text_zh, value, unit, source, locator
-- column: subject | 哪一项目标 | the target
-- column: step | 第几步 | number of the step
-- column: part | 步骤：目标、判据、基期、最新数据、完成比例、时间进度、应达值、超时序、结论、原因、未采用
--   | the step: target, threshold, base, latest, share_done, share_of_time, due, difference, verdict, reason, not_used
-- column: class | 类别：结论、原因或未采用的原因的代码 | code of the verdict, the reason, or why a figure was not used
-- column: text_zh | 这一步，一句话 | the step in a Chinese sentence
-- column: text | 这一步，一句英文 | the step in a sentence
-- column: value | 这一步的数值，单位同 unit | number of the step, in `unit`
-- column: period | 数值所属时期 | period that the number is of
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         CAST(:period AS TEXT) AS period, coalesce(:as_of, '9999') || '~' AS until,
         coalesce(CAST(:tolerance AS REAL), 0.0) AS tolerance, coalesce(:method, 'linear') AS method
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
),
-- A unit whose English name begins with a number, such as 100 million yuan, is set off from the figure.
measured AS MATERIALIZED (
  SELECT u.id, u.code, iif(u.name_en GLOB '[0-9]*', '× ', '') || coalesce(u.name_en, u.code) AS en FROM unit AS u
),
-- What each code says.
saying (code, zh, en) AS (
  VALUES ('met', '已实现，最新数据满足判据', 'met, the newest figure satisfies what is asked'),
         ('not_met', '未实现，最新数据不满足判据，已无时间或余地', 'not met, and neither time nor room is left'),
         ('on_pace', '符合时序，到此时应做到的已做到', 'on pace, what is due by then has been reached'),
         ('behind', '滞后，到此时应做到的未做到', 'behind, what is due by then has not been reached'),
         ('moved_away', '比基期倒退，离目标更远', 'moved away, further from the target than the base'),
         ('not_computable', '无法判断', 'it can''t be judged'), ('missing_target', '没有目标值', 'there is no target value'),
         ('textual_target', '目标是文字，没有数值', 'the target is in words, without a number'),
         ('no_observation', '没有可用的数据', 'there is no figure that counts'),
         ('textual_value', '最新数据是文字', 'the newest figure is in words'),
         ('bound_undecidable', '最新数据是界限值或范围，不足以判断', 'the newest figure is a bound or range that does not decide'),
         ('about_target', '“左右”的目标须给出容差', 'a target of 左右 needs a tolerance'),
         ('total_runs_on', '累计上限到期才能判断', 'a ceiling on a total is judged at its end'),
         ('year_to_date', '用的是当年累计数，比全年目标按时间应占的份额', 'the figure is a total of part of the year, held against its share of the year'),
         ('summed_years', '来源没有累计数，用逐年之和', 'no source states the total, so the single years are added up'),
         ('missing_base', '没有基期值，完成比例无从算起', 'there is no base value to measure the way from'),
         ('missing_base_period', '没有基期，时间无从算起', 'the base has no period to count time from'),
         ('bound_base', '基期值是界限值，不是确数', 'the base is a bound, not an exact number'),
         ('at_target_at_base', '基期已达到目标或与目标相等，只看保持', 'the base met or equalled the target, so only holding it counts'),
         ('base_is_latest', '最新数据就是基期的', 'the newest figure is of the base period'),
         ('older_than_base', '最新数据早于基期', 'the newest figure is older than the base'),
         ('bound_value', '最新数据是界限值或范围，算不出确切比例', 'the newest figure is a bound or range, which gives no exact share'),
         ('zero_base', '基期为零，没有年率', 'the base is zero, so there are no yearly rates'),
         ('negative_base', '基期为负，没有年率', 'the base is negative, so there are no yearly rates'),
         ('sign_change', '正负号不同，没有年率', 'the signs differ, so there are no yearly rates'),
         ('beyond_target', '超出了既不越高也不越低越好的目标，超出多少按还差多少计', 'it overshot a target where neither direction is better, and counts as that much short'),
         ('share_done', '完成比例 =（最新 - 基期）/（目标 - 基期）= %s', 'Share done = (latest - base) / (target - base) = %s'),
         ('share_of_time', '时间进度 = 已过年数 / 总年数 = %s', 'Share of time = years gone / all years = %s'),
         ('due', '应达值 = %s %s', 'Value due = %s %s'),
         ('difference', '超时序 = 完成比例 - 应完成比例 = %s 个百分点', 'Ahead of time = share done - share due = %s percentage points'),
         ('least', '不低于 %s', 'at least %s'), ('more', '大于 %s', 'more than %s'), ('most', '不超过 %s', 'at most %s'),
         ('less', '小于 %s', 'less than %s'), ('exactly', '等于 %s', 'exactly %s'), ('between', '%s 至 %s', '%s to %s'),
         ('sign', '按印出的符号', 'by the sign printed'), ('rank', '位次越低越好', 'the lower rank is better'),
         ('higher', '该指标越高越好', 'of this indicator higher is better'), ('lower', '该指标越低越好', 'of this indicator lower is better'),
         ('neither', '该指标既不越高也不越低越好', 'of this indicator neither direction is better'),
         ('any_time', '；期间任何时候都须做到', '; due at any time within its span'),
         ('at_end', '；到期或突破时才判断', '; judged at its end, or once it is passed'),
         ('before', '；此前，完成比例不低于应完成比例为符合时序', '; before its time, a share done of no less than the share due is on pace'),
         ('tolerant', '；此前，完成比例不低于应完成比例减 %g 个百分点为符合时序', '; before its time, a share done of no less than the share due less %g points is on pace'),
         ('from_zero', '从零起算', 'it counts from zero'), ('not_needed', '这样的目标不需要基期', 'such a target needs no base'),
         ('other_scope', '口径不同', 'another scope'), ('other_measure', '计量不同', 'another measure'),
         ('other_group', '比较的对象不同', 'compared with others'), ('forecast', '是预测数', 'a forecast'),
         ('missing_mark', '缺失', 'a missing mark'), ('after_as_of', '晚于截至日', 'after the day judged at'),
         ('after_target', '晚于目标期', 'after the target''s period'),
         ('other_span', '时期的种类或起止不合', 'its kind or span of period does not count here'),
         ('incomplete_sum', '累计缺年份，不能相加', 'years are missing for a total'), ('words', '同期另有数值', 'words, where there is a number'),
         ('bound', '同期另有确数', 'a bound, where there is an exact number'),
         ('provisional', '同期另有正式数', 'provisional, where there is a final figure'),
         ('later_locator', '同一来源中排在后面', 'a later place of the same source'),
         ('older_source', '来源较旧或没有日期', 'an older or undated source'), ('older', '时期较早', 'of an earlier period')
),
-- Every figure of the series, the one used without a class; and the newest of the other series of the indicator and entity.
found AS (
  SELECT g.goal, x.series_id, x.period_id, x.source_id, x.locator, p.starts, p.ends, u.terms, u.latest,
         CASE WHEN (x.period_id, x.source_id, x.locator) = (u.period_id, u.source_id, u.locator) THEN NULL
              WHEN t.missing THEN 'missing_mark'
              WHEN t.precedence >= 3 THEN 'forecast'
              WHEN p.ends > q.until THEN 'after_as_of'
              WHEN p.ends > k.ends THEN 'after_target'
              WHEN l.shape IS NULL THEN 'other_span'
              WHEN x.period_id = u.period_id AND x.value IS NULL AND y.value IS NOT NULL THEN 'words'
              WHEN x.period_id = u.period_id AND x.comparator <> '=' AND y.comparator = '=' THEN 'bound'
              WHEN x.period_id = u.period_id AND t.precedence > z.precedence THEN 'provisional'
              WHEN x.period_id = u.period_id AND x.source_id = u.source_id THEN 'later_locator'
              WHEN x.period_id = u.period_id THEN 'older_source'
              WHEN p.ends < n.ends THEN 'older'
              WHEN u.period_id IS NULL OR p.ends > n.ends THEN 'incomplete_sum'
              ELSE 'other_span' END AS class
    FROM parameter AS q
    CROSS JOIN goal AS g
    CROSS JOIN judged AS u ON u.goal = g.goal
    CROSS JOIN period AS k ON k.id = g.period_id
    CROSS JOIN observation AS x ON x.series_id = g.series_id
    CROSS JOIN period AS p ON p.id = x.period_id
    CROSS JOIN status AS t ON t.code = x.status
    LEFT JOIN period AS n ON n.id = u.period_id
    LEFT JOIN observation AS y
      ON y.series_id = g.series_id AND y.period_id = u.period_id AND y.source_id = u.source_id AND y.locator = u.locator
    LEFT JOIN status AS z ON z.code = y.status
    LEFT JOIN allowed AS l ON l.shape = g.shape AND l.period_id = x.period_id
    LEFT JOIN figure AS f
      ON f.goal = g.goal AND f.period_id = x.period_id AND f.source_id = x.source_id AND f.locator = x.locator AND f.place = 1
   WHERE (x.period_id, x.source_id, x.locator) IS (u.period_id, u.source_id, u.locator)
         OR NOT (u.terms IS NOT NULL AND f.kind IS 'year' AND p.ends <= n.ends)
  UNION ALL
  SELECT g.goal, s.id, s.last_period_id, s.last_source_id, s.last_locator, p.starts, p.ends, NULL, NULL,
         CASE WHEN s.scope_id <> o.scope_id THEN 'other_scope' WHEN s.measure <> o.measure THEN 'other_measure' ELSE 'other_group' END
    FROM goal AS g
    CROSS JOIN series AS o ON o.id = g.series_id
    CROSS JOIN series AS s ON s.indicator_id = o.indicator_id AND s.entity_id = o.entity_id AND s.id <> o.id
    CROSS JOIN period AS p ON p.id = s.last_period_id
),
-- Of those not used the newest of each class is shown.
shown AS (
  SELECT f.goal, f.class, f.series_id, f.period_id, f.source_id, f.locator, f.ends, f.terms, f.latest,
         row_number() OVER (PARTITION BY f.goal, f.series_id, f.class ORDER BY f.ends DESC, f.starts, d.code, f.locator) AS turn,
         count(*) OVER (PARTITION BY f.goal, f.series_id, f.class) AS alike
    FROM found AS f
    CROSS JOIN source AS d ON d.id = f.source_id
),
told AS (
  SELECT w.goal, w.class, w.alike, w.series_id, w.ends, d.code AS source, w.locator, d.title, coalesce(d.title_en, d.title) AS title_en,
         z.name AS status, lower(z.name_en) AS status_en, u.code AS unit,
         iif(w.terms IS NULL, p.code, substr(b.starts, 1, 4) || '/' || substr(w.ends, 1, 4)) AS period, iif(w.terms IS NULL, x.value, w.latest) AS value,
         CASE WHEN w.terms IS NOT NULL THEN w.terms || format(' = %.15g', w.latest)
              WHEN x.value IS NULL THEN coalesce(x.printed, '——')
              ELSE coalesce(x.printed, format('%.15g', x.value)) END AS printed,
         iif(x.value IS NULL, '', ' ' || coalesce(iif(w.terms IS NULL, x.printed_unit, NULL), u.code)) AS printed_unit,
         iif(x.value IS NULL, '', ' ' || coalesce(iif(w.terms IS NULL, coalesce(k.en, x.printed_unit), NULL), u.en)) AS printed_unit_en,
         CASE w.class WHEN 'other_scope' THEN '（' || c.name || '）' WHEN 'other_measure' THEN '（' || s.measure || '）'
                      WHEN 'other_group' THEN '（' || a.name || '）' ELSE '' END AS detail,
         CASE w.class WHEN 'other_scope' THEN ' (' || coalesce(c.name_en, c.name) || ')' WHEN 'other_measure' THEN ' (' || s.measure || ')'
                      WHEN 'other_group' THEN ' (' || coalesce(a.name_en, a.name) || ')' ELSE '' END AS detail_en
    FROM shown AS w
    CROSS JOIN target AS t ON t.id = w.goal
    CROSS JOIN period AS b ON b.id = t.period_id
    CROSS JOIN series AS s ON s.id = w.series_id
    CROSS JOIN observation AS x
      ON x.series_id = w.series_id AND x.period_id = w.period_id AND x.source_id = w.source_id AND x.locator = w.locator
    CROSS JOIN period AS p ON p.id = x.period_id
    CROSS JOIN status AS z ON z.code = x.status
    CROSS JOIN source AS d ON d.id = x.source_id
    CROSS JOIN measured AS u ON u.id = s.unit_id
    CROSS JOIN scope AS c ON c.id = s.scope_id
    LEFT JOIN entity AS a ON a.id = s.among_id
    LEFT JOIN measured AS k ON k.code = x.printed_unit
   WHERE w.turn = 1
),
-- The words and numbers of the steps: a the newest figure, b the base, c the target, of which negative ones stand in brackets.
fact AS MATERIALIZED (
  SELECT r.goal, r.way, r.verdict, r.reason, r.done, r.done_due, r.time_gone, r.due, r.reach <> r.exact AS beyond,
         g.value AS asked, p.starts, iif(r.terms IS NULL, l.code, substr(p.starts, 1, 4) || '/' || substr(l.ends, 1, 4)) AS latest_period, t.base_value, d.code AS source, t.locator, p.code AS period,
         u.code AS unit, u.en AS unit_en, q.tolerance, t.nature, n.name AS plan_name, coalesce(n.name_en, n.name) AS plan_name_en,
         coalesce(t.printed, t.wording, format('%.15g', t.value)) AS target,
         iif(t.value IS NULL, '', ' ' || coalesce(t.printed_unit, u.code)) AS target_unit,
         iif(t.value IS NULL, '', ' ' || coalesce(k.en, t.printed_unit, u.en)) AS target_unit_en,
         coalesce(t.base_printed, iif(t.base_value IS NULL, NULL, format('%.15g', t.base_value))) AS base,
         iif(t.base_value IS NULL, '', ' ' || coalesce(t.printed_unit, u.code)) AS base_unit,
         iif(t.base_value IS NULL, '', ' ' || coalesce(k.en, t.printed_unit, u.en)) AS base_unit_en, b.code AS base_period,
         CASE WHEN r.cumulative OR r.way = 'growth' THEN 'from_zero'
              WHEN r.way <> 'base' THEN 'not_needed'
              WHEN t.base_value IS NULL THEN 'missing_base'
              WHEN b.code IS NULL THEN 'missing_base_period'
              WHEN r.base IS NULL THEN 'bound_base' ELSE 'base' END AS start,
         format(iif(r.reach < 0, '(%.15g)', '%.15g'), r.reach) AS a, format(iif(r.base < 0, '(%.15g)', '%.15g'), r.base) AS b,
         format(iif(r.aim < 0, '(%.15g)', '%.15g'), r.aim) AS c,
         format('%.15g / %.15g', round(r.elapsed, 4), round(r.elapsed + r.remaining, 4)) AS gone,
         iif(r.cumulative OR r.way = 'growth', date(p.starts, '-1 day'), b.ends) || ' → ' || l.ends AS span,
         CASE WHEN q.method = 'linear' OR r.cumulative THEN 'linear' WHEN r.way = 'growth' THEN 'growth' ELSE 'compound' END AS pace,
         format('%.15g', iif(r.aims = -1, g.high + g.slack, g.value - g.slack)) AS floor, format('%.15g', g.high + g.slack) AS ceiling,
         CASE WHEN r.aims = 1 THEN iif(g.comparator = '>', 'more', 'least')
              WHEN r.aims = -1 THEN iif(g.comparator = '<', 'less', 'most')
              ELSE iif(g.high + g.slack > g.value - g.slack, 'between', 'exactly') END AS threshold,
         CASE WHEN g.comparator IN ('<', '<=', '>', '>=') THEN 'sign'
              WHEN g.measure IN ('rank', 'yoy_rank') THEN 'rank'
              ELSE i.direction END AS reading,
         CASE WHEN r.over THEN NULL WHEN r.way = 'rate' THEN 'any_time'
              WHEN r.way = 'end' OR r.cumulative AND r.aims <> 1 THEN 'at_end'
              ELSE iif(q.tolerance = 0, 'before', 'tolerant') END AS timing
    FROM reasoned AS r
    CROSS JOIN parameter AS q
    JOIN goal AS g ON g.goal = r.goal
    CROSS JOIN target AS t ON t.id = r.goal
    CROSS JOIN plan AS n ON n.id = t.plan_id
    CROSS JOIN series AS s ON s.id = t.series_id
    CROSS JOIN indicator AS i ON i.id = s.indicator_id
    CROSS JOIN measured AS u ON u.id = s.unit_id
    CROSS JOIN period AS p ON p.id = t.period_id
    CROSS JOIN source AS d ON d.id = t.source_id
    LEFT JOIN period AS b ON b.id = t.base_period_id
    LEFT JOIN period AS l ON l.id = r.period_id
    LEFT JOIN measured AS k ON k.code = t.printed_unit
),
-- The steps that each target has, with the reckoning in numbers (`sum`) and the code of what is said (`says`).
part (rank, part) AS (
  VALUES (10, 'target'), (20, 'threshold'), (30, 'base'), (40, 'latest'), (50, 'share_done'), (60, 'share_of_time'), (70, 'due'),
         (80, 'difference'), (90, 'verdict'), (91, 'reason')
),
reckoned AS (
  SELECT f.goal, p.rank, p.part, f.period, f.source, f.locator, f.plan_name, f.plan_name_en, f.nature, f.target, f.target_unit,
         f.target_unit_en, f.base, f.base_unit, f.base_unit_en, f.base_period, f.latest_period, f.starts, f.start, f.floor, f.ceiling,
         f.reading, f.timing, f.tolerance, f.unit AS own_unit, f.unit_en,
         CASE p.part WHEN 'threshold' THEN f.threshold WHEN 'base' THEN f.start WHEN 'latest' THEN 'no_observation'
                     WHEN 'verdict' THEN f.verdict WHEN 'reason' THEN f.reason ELSE p.part END AS says,
         CASE p.part WHEN 'target' THEN f.nature WHEN 'threshold' THEN f.way WHEN 'base' THEN nullif(f.start, 'base')
                     WHEN 'latest' THEN 'no_observation' WHEN 'share_done' THEN iif(f.beyond, 'beyond_target', NULL)
                     WHEN 'due' THEN f.pace WHEN 'verdict' THEN f.verdict WHEN 'reason' THEN f.reason END AS class,
         CASE p.part
           WHEN 'share_done' THEN format('(%s - %s) / (%s - %s) = %.15g %%', f.a, f.b, f.c, f.b, round(100 * f.done, 2))
           WHEN 'share_of_time' THEN format('%s = %.15g %% (%s)', f.gone, round(100 * f.time_gone, 2), f.span)
           WHEN 'due' THEN CASE f.pace WHEN 'linear' THEN format('%s + (%s - %s) × %s', f.b, f.c, f.b, f.gone)
                                       WHEN 'growth' THEN format('100 × ((1 + %s / 100) ^ (%s) - 1)', f.c, f.gone)
                                       ELSE format('%s × (%s / %s) ^ (%s)', f.b, f.c, f.b, f.gone) END
                             || format(' = %.15g', round(f.due, 4))
           WHEN 'difference' THEN format(iif(f.done_due < 0, '%.15g - (%.15g) = %.15g', '%.15g - %.15g = %.15g'), round(100 * f.done, 2),
                                         round(100 * f.done_due, 2), round(100 * (f.done - f.done_due), 2) + 0.0) END AS sum,
         CASE p.part WHEN 'target' THEN f.asked WHEN 'threshold' THEN f.asked WHEN 'share_done' THEN 100 * f.done
                     WHEN 'share_of_time' THEN 100 * f.time_gone WHEN 'due' THEN f.due WHEN 'difference' THEN 100 * (f.done - f.done_due)
                     WHEN 'base' THEN CASE f.start WHEN 'from_zero' THEN 0.0 WHEN 'not_needed' THEN NULL ELSE f.base_value END END AS value,
         CASE WHEN p.part IN ('target', 'threshold', 'base', 'due') THEN f.unit
              WHEN p.part IN ('share_done', 'share_of_time') THEN '%'
              WHEN p.part = 'difference' THEN '百分点' END AS unit
    FROM fact AS f
    CROSS JOIN part AS p
   WHERE CASE p.part WHEN 'target' THEN 1
                     WHEN 'threshold' THEN f.asked IS NOT NULL
                     WHEN 'base' THEN f.asked IS NOT NULL
                     WHEN 'latest' THEN f.latest_period IS NULL
                     WHEN 'share_done' THEN f.done IS NOT NULL
                     WHEN 'share_of_time' THEN f.time_gone IS NOT NULL AND f.asked IS NOT NULL
                     WHEN 'due' THEN f.due IS NOT NULL
                     WHEN 'difference' THEN f.done IS NOT NULL AND f.done_due IS NOT NULL
                     WHEN 'reason' THEN f.reason IS NOT NULL
                     ELSE 1 END
),
step (goal, rank, turn, part, class, zh, en, value, unit, period, source, locator) AS MATERIALIZED (
  SELECT r.goal, r.rank, 0, r.part, r.class,
         CASE r.part
           WHEN 'target' THEN format('目标：%s%s（%s），见%s%s', r.target, r.target_unit, r.period, r.plan_name,
                                     CASE r.nature WHEN 'binding' THEN '，约束性' WHEN 'expected' THEN '，预期性' ELSE '' END)
           WHEN 'threshold' THEN format('判据：%s %s，即为已实现（%s）%s', format(y.zh, r.floor, r.ceiling), r.own_unit, h.zh,
                                        ifnull(format(m.zh, r.tolerance), ''))
           WHEN 'base' THEN '基期：' || CASE WHEN r.start = 'from_zero' THEN r.starts || ' 起，' WHEN r.start = 'not_needed' THEN ''
                                            ELSE ifnull(r.base || r.base_unit || ifnull('（' || r.base_period || '）', '')
                                                        || iif(r.start = 'base', '', '，'), '') END || ifnull(y.zh, '')
           WHEN 'latest' THEN '最新数据：' || y.zh
           WHEN 'verdict' THEN '结论：' || y.zh
           WHEN 'reason' THEN '原因：' || y.zh
           ELSE format(y.zh, r.sum, r.own_unit) END,
         CASE r.part
           WHEN 'target' THEN format('Target: %s%s for %s, asked for by %s%s', r.target, r.target_unit_en, r.period, r.plan_name_en,
                                     CASE r.nature WHEN 'binding' THEN ', binding' WHEN 'expected' THEN ', expected' ELSE '' END)
           WHEN 'threshold' THEN format('Threshold: %s %s meets it (%s)%s', format(y.en, r.floor, r.ceiling), r.unit_en, h.en,
                                        ifnull(format(m.en, r.tolerance), ''))
           WHEN 'base' THEN 'Base: ' || CASE WHEN r.start = 'from_zero' THEN 'since ' || r.starts || ', ' WHEN r.start = 'not_needed' THEN ''
                                            ELSE ifnull(r.base || r.base_unit_en || ifnull(' in ' || r.base_period, '')
                                                        || iif(r.start = 'base', '', ', '), '') END || ifnull(y.en, '')
           WHEN 'latest' THEN 'Newest figure: ' || y.en
           WHEN 'verdict' THEN 'Verdict: ' || y.en
           WHEN 'reason' THEN 'Reason: ' || y.en
           ELSE format(y.en, r.sum, r.unit_en) END,
         r.value, r.unit,
         CASE WHEN r.part IN ('target', 'threshold') THEN r.period
              WHEN r.part = 'base' THEN iif(r.start IN ('from_zero', 'not_needed'), NULL, r.base_period)
              WHEN r.part <> 'reason' THEN r.latest_period END,
         CASE WHEN r.part = 'target' OR r.part = 'base' AND r.base IS NOT NULL AND r.start NOT IN ('from_zero', 'not_needed') THEN r.source END,
         CASE WHEN r.part = 'target' OR r.part = 'base' AND r.base IS NOT NULL AND r.start NOT IN ('from_zero', 'not_needed') THEN r.locator END
    FROM reckoned AS r
    LEFT JOIN saying AS y ON y.code = r.says
    LEFT JOIN saying AS h ON r.part = 'threshold' AND h.code = r.reading
    LEFT JOIN saying AS m ON r.part = 'threshold' AND m.code = r.timing
  UNION ALL
  SELECT w.goal, iif(w.class IS NULL, 40, 100),
         row_number() OVER (PARTITION BY w.goal, w.class IS NULL ORDER BY w.series_id <> t.series_id, w.ends DESC, w.class, w.series_id),
         iif(w.class IS NULL, 'latest', 'not_used'), w.class,
         CASE WHEN w.class IS NULL
              THEN format('最新数据：%s%s（%s），%s，出自《%s》', w.printed, w.printed_unit, w.period, w.status, w.title)
              ELSE format('未用：%s%s（%s），%s%s%s', w.printed, w.printed_unit, w.period, y.zh, w.detail,
                          iif(w.alike > 1, format('；同类另有 %d 个', w.alike - 1), '')) END,
         CASE WHEN w.class IS NULL
              THEN format('Newest figure: %s%s in %s, %s, from %s', w.printed, w.printed_unit_en, w.period, w.status_en, w.title_en)
              ELSE format('Not used: %s%s in %s, %s%s%s', w.printed, w.printed_unit_en, w.period, y.en, w.detail_en,
                          iif(w.alike > 1, format('; %d more like it', w.alike - 1), '')) END,
         w.value, w.unit, w.period, w.source, w.locator
    FROM told AS w
    CROSS JOIN target AS t ON t.id = w.goal
    LEFT JOIN saying AS y ON y.code = w.class
),
numbered AS (
  SELECT k.goal, k.part, k.class, k.zh, k.en, k.value, k.unit, k.period, k.source, k.locator,
         row_number() OVER (PARTITION BY k.goal ORDER BY k.rank, k.turn) AS step
    FROM step AS k
)
SELECT format('%s%s：%s · %s · %s%s%s', n.name, ifnull(' ' || t.number, ''), i.name, e.name, p.code,
              iif(c.code = '', '', ' · ' || c.name), iif(s.measure = 'level', '', ' · ' || s.measure)) AS subject,
       k.step, k.part, k.class, k.zh || '。' AS text_zh, k.en || '.' AS text,
       k.value, k.unit, k.period, k.source, k.locator,
       format('%s%s: %s · %s · %s%s%s', coalesce(n.name_en, n.name), ifnull(' ' || t.number, ''), coalesce(i.name_en, i.name),
              coalesce(e.name_en, e.name), p.code, iif(c.code = '', '', ' · ' || coalesce(c.name_en, c.name)),
              iif(s.measure = 'level', '', ' · ' || s.measure)) AS subject_en,
       n.code AS plan, i.code AS indicator, e.code AS entity, c.code AS scope, s.measure, a.code AS among
  FROM parameter AS q
  CROSS JOIN numbered AS k
  CROSS JOIN target AS t ON t.id = k.goal
  CROSS JOIN plan AS n ON n.id = t.plan_id
  CROSS JOIN series AS s ON s.id = t.series_id
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  CROSS JOIN entity AS e ON e.id = s.entity_id
  CROSS JOIN scope AS c ON c.id = s.scope_id
  CROSS JOIN period AS p ON p.id = t.period_id
  CROSS JOIN source AS d ON d.id = t.source_id
  LEFT JOIN entity AS a ON a.id = s.among_id
 WHERE q.period IS NULL OR q.period = p.code
 ORDER BY n.code, t.number IS NULL, CAST(t.number AS INTEGER), t.number,
          i.code, e.code, c.code, s.measure, a.code, p.code, d.code, t.locator, k.step;
