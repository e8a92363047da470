-- name: entity-ranking
-- about: The places of entities by an indicator in one period: by its value, by growth, or by how much of the year's target is done.
--   Equal results share a place and the next place is skipped: 1, 2, 2, 4. The better stands first: the highest, or the lowest where lower is
--   better; where neither is, the highest. Completion always has the highest first. Places are among the entities that have a number; those
--   without come last, without a place and with a reason. A list of places exists from two entities on.
--   Compared are entities of one rank (districts, counties and county-level cities are one rank, any other kind is its own), one scope and
--   one period.
--   growth is reckoned from the levels against the same period a year before (100 * (value / a year before - 1); of shares in % or ‰ the
--   difference in percentage points) and is nominal; yoy takes the growth that sources publish. The two are never mixed.
--   completion is 100 * value / the year's target; where lower is better 100 * target / value, of a flow only once the year is over.
--   The period is the newest in which at least two entities have a result. The change of place is against the newest earlier period of the
--   same kind and length with a list of its own; positive is a rise. Forecasts do not count; bounds and ranges (>1000) get no place; 约 and 近
--   count as their number.
--   Without an indicator: the ten that most entities have figures of, the first three places of each.
--   Reasons: no_observation, textual_value, bound_value, missing_base, bound_base, zero_base, negative_base, sign_change, missing_target,
--   textual_target, total_runs_on (a ceiling on a flow, before the year's end), no_direction (a target neither to reach nor to stay under),
--   zero_target, negative_target, zero_value, too_few (only one entity has a result).
-- about_zh: 同一指标、同一时期各对象的位次：按数值、按增速，或按年度目标完成率。
--   结果相同的并列，其后空位：1、2、2、4。越高越好的从高到低，越低越好的从低到高，既不越高也不越低越好的从高到低；完成率总是从高到低。
--   位次只在有数的对象之间；无数的排在最后，不列位次，注明原因。至少两个对象有结果才排位次。
--   只比同级别（市辖区、县、县级市为同一级别，其余各类自成一级）、同口径、同时期的对象。
--   growth 由水平值对上年同期推算：100 × (本期 ÷ 上年同期 - 1)，单位为 % 或 ‰ 的比率取百分点差，是名义增速；yoy 用来源公布的同比增速；两者从不混用。
--   completion 完成率：100 × 数值 ÷ 年度目标；越低越好的为 100 × 年度目标 ÷ 数值，流量须到年末才算。
--   时期取至少两个对象有结果的最新时期。位次变化对同类型、同长短、也排得出位次的上一时期，正数为上升。
--   不用预测数；界限值和范围（如 >1000）不排位次；“约”“近”按其数。未给指标时列出数据对象最多的十个指标，各取前三位。
--   原因：no_observation 无数据，textual_value 文字数据，bound_value 界限值，missing_base 缺上年同期数，bound_base 上年同期是界限值，zero_base 上年同期为零，
--   negative_base 上年同期为负，sign_change 由正转负，missing_target 无年度目标，textual_target 文字目标，total_runs_on 流量上限到年末才能判断，
--   no_direction 目标既非达到也非控制，zero_target 目标为零，negative_target 目标为负，zero_value 数值为零，too_few 只有一个对象有结果。
-- family: comparison
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为数据对象最多的十个
--   | indicator: code, name or alias; default: the ten that most entities have
-- param: by text = 'value' in ('value', 'growth', 'yoy', 'completion')
--   | 按什么排：数值、推算的增速、公布的同比、年度目标完成率 | what decides: value, growth reckoned, growth as published, completion of the year's target
-- param: period text = null  | 时期，如 2022、2022-Q3、2022-01/2022-08；空为至少两个对象有结果的最新时期
--   | the period, such as 2022, 2022-Q3, 2022-01/2022-08; default: the newest in which two entities have a result
-- param: before text = null  | 位次变化与哪一时期比；空为同类型、同长短的上一时期
--   | the period that places are compared with; default: the one before of the same kind and length
-- param: among text = null in entity  | 只排某地区以内的对象（各级下属）；空为不限 | only entities within this one, at any depth; default: no limit
-- param: kind text = null in ('country', 'region', 'province', 'prefecture', 'district', 'county', 'city', 'zone', 'town', 'village',
--   'platform', 'enterprise', 'institution', 'facility', 'industry', 'group')  | 只排一类对象；空为各类分别排
--   | only entities of one kind; default: each rank apart
-- param: first text = null in ('highest', 'lowest')  | 高的在前还是低的在前；空按指标方向
--   | which stands first; default: the better, by the indicator's direction
-- param: top integer = null  | 只列前几位；空为全部，未给指标时为 3 | only so many places; default: all, and 3 without an indicator
-- columns: indicator_name, scope, rank_of, period, place, entity_name, result, result_unit, printed, against, previous_place, change,
--   previous_period, ranked, unranked, reason, first, value, unit, comparator, status, against_value, against_period,
--   indicator_name_en, entity_name_en, source, locator, indicator, entity
-- shown: indicator_name, scope, period, place, entity_name, result, result_unit, against, previous_place, change, previous_period, ranked,
--   reason
-- column: indicator_name | 指标 | the indicator
-- column: entity_name | 对象 | the entity
-- column: period | 时期 | the period
-- column: value | 数值，单位同 unit；范围的低端 | the value, in `unit`; the low end of a range
-- column: unit | 数值的单位 | unit of the values
-- column: entity | 对象的代码 | code of the entity
-- column: rank_of | 同级对象：county 为区县，其余为对象类别 | who is compared: county for districts, counties and cities, else the kind
-- column: place | 位次 | place
-- column: result | 得数：据以排位的数，单位同 result_unit；增速、完成率取四位小数，位次按全精度
--   | the number that decides, in `result_unit`; growth and completion to 4 decimals, places at full precision
-- column: result_unit | 得数单位：result 的单位 | unit of `result`
-- column: printed | 数据（如印） | the figure as printed
-- column: against | 对照值：增速的上年同期数或完成率的年度目标（如印） | the figure a year before, or the year's target, as printed
-- column: previous_place | 上期位次：上一时期的位次 | place in the period before
-- column: change | 位次变化，正数为上升 | places gained since the period before; negative is lost
-- column: previous_period | 对比上期：对比的上一时期 | the period before
-- column: ranked | 参排数：排位的对象数 | entities with a place
-- column: unranked | 无位次的对象数 | entities without one
-- column: reason | 原因：无位次的原因代码 | why there is no place: the reason's code, see above
-- column: first | 高的（highest）还是低的（lowest）在前 | which stands first: the highest or the lowest
-- column: against_value | against 的数值，单位同 unit | number of `against`, in `unit`
-- column: against_period | against 的时期 | period of `against`
-- chart: bar x=entity_name y=result
WITH RECURSIVE
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, coalesce(:by, 'value') AS basis,
         CASE coalesce(:by, 'value') WHEN 'yoy' THEN 'yoy' ELSE 'level' END AS measure,
         CAST(:period AS TEXT) AS period, CAST(:before AS TEXT) AS before, CAST(:among AS TEXT) AS among,
         CAST(:kind AS TEXT) AS kind, CAST(:first AS TEXT) AS first,
         coalesce(CAST(:top AS INTEGER), CASE WHEN :indicator IS NULL THEN 3 END) AS top
),
-- The region asked for, and what lies in it.
within (id, itself) AS (
  SELECT e.id, 1
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.among IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.among)
  UNION
  SELECT e.id, 0
    FROM within AS w
    CROSS JOIN entity AS e ON e.parent_id = w.id
),
peer AS (
  SELECT e.id, e.code, e.name, e.name_en,
         CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE (q.kind IS NULL OR e.kind = q.kind)
     AND (q.among IS NULL OR e.id IN (SELECT w.id FROM within AS w WHERE NOT w.itself))
),
popular AS (
  SELECT c.indicator_id
    -- IN and the plus signs keep to the index by indicator, in whose order counting needs no sort.
    FROM (SELECT s.indicator_id, count(DISTINCT s.entity_id) AS entities
            FROM series AS s
           WHERE s.indicator_id IN (SELECT i.id FROM parameter AS q CROSS JOIN indicator AS i WHERE q.indicator IS NULL)
             AND +s.measure = (SELECT q.measure FROM parameter AS q)
             AND ((SELECT q.kind IS NULL AND q.among IS NULL FROM parameter AS q) OR +s.entity_id IN (SELECT e.id FROM peer AS e))
           GROUP BY s.indicator_id) AS c
    JOIN indicator AS i ON i.id = c.indicator_id
   WHERE c.entities > 1
   ORDER BY c.entities DESC, i.code
   LIMIT 10
),
wanted_indicator AS (
  SELECT i.id, i.kind, i.direction
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
         OR i.id IN (SELECT p.indicator_id FROM popular AS p)
),
-- Who takes part in which list, by number. A list of one is told only where there is no other.
member AS (
  SELECT s.id AS series_id, s.indicator_id, s.scope_id, e.rank, s.entity_id, i.kind, i.direction, u.code AS unit, u.factor,
         q.measure = 'level' AND u.code IN ('%', '‰') AS is_share, q.basis,
         CASE WHEN q.first = 'lowest' OR q.first IS NULL AND q.basis <> 'completion' AND i.direction = 'lower' THEN -1
              ELSE 1 END AS sign,
         dense_rank() OVER (ORDER BY s.indicator_id, s.scope_id, e.rank) AS list,
         count(*) OVER (PARTITION BY s.indicator_id, s.scope_id, e.rank) AS members
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = q.measure
    JOIN peer AS e ON e.id = s.entity_id
    JOIN unit AS u ON u.id = s.unit_id
),
-- `alike`: periods of one kind and length; of spans of months also of one beginning, as January to August of each year.
span AS MATERIALIZED (
  SELECT p.id, p.code, p.kind, p.starts, p.ends, b.id AS year_before,
         p.kind || CASE WHEN p.kind = 'days' THEN julianday(p.ends) - julianday(p.starts)
                        ELSE 12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts))
                             + strftime('%m', p.ends) - strftime('%m', p.starts) END
           || CASE WHEN p.kind = 'months' THEN strftime('-%m', p.starts) ELSE '' END AS alike,
         CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5
                     WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END AS preference
    FROM period AS p
    LEFT JOIN period AS b
      ON p.kind NOT IN ('years', 'days')
     AND b.starts = date(p.starts, '-1 year') AND b.ends = date(p.ends, '+1 day', '-1 year', '-1 day')
),
-- The best current figure of each series and period, in the order of the view `latest`. Most periods of a series have one.
figure AS NOT MATERIALIZED (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value,
         CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS exact
    FROM observation AS o
   WHERE o.status IN (SELECT t.code FROM status AS t WHERE t.precedence < 3)
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
),
-- The year's target of each series: a number before words, a newer source before an older one.
goal AS (
  SELECT m.series_id, t.id AS target_id, p.starts, p.ends, t.value, coalesce(t.high, t.value) AS high,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN m.direction = 'higher' THEN 1
              WHEN m.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         row_number() OVER (PARTITION BY m.series_id, p.id
                            ORDER BY t.value IS NULL, d.published DESC NULLS LAST, d.code, n.code, t.locator) AS choice
    FROM member AS m
    CROSS JOIN target AS t ON t.series_id = m.series_id
    JOIN period AS p ON p.id = t.period_id AND p.kind = 'year'
    JOIN source AS d ON d.id = t.source_id
    JOIN plan AS n ON n.id = t.plan_id
   WHERE m.basis = 'completion'
),
-- Each figure with its result, against the figure a year before (b) or the year's target (g), or why there is none.
-- Rounding noise, 1e-9, makes no difference of places.
scored AS NOT MATERIALIZED (
  SELECT m.list, m.series_id, m.sign, f.period_id,
         f.source_id, f.locator, b.period_id AS base_period_id, b.source_id AS base_source_id, b.locator AS base_locator, g.target_id,
         CASE WHEN m.basis IN ('value', 'yoy') THEN f.exact
              WHEN m.basis = 'growth' AND m.is_share THEN round(100 * m.factor * (f.exact - b.exact), 9)
              WHEN m.basis = 'growth' AND b.exact > 0 AND f.exact >= 0 THEN round(100 * (f.exact / b.exact - 1), 9)
              WHEN m.basis <> 'completion' OR f.exact IS NULL OR g.value <= 0 THEN NULL
              WHEN g.aims = 1 THEN round(100 * f.exact / g.value, 9)
              WHEN g.aims = -1 AND f.exact > 0 AND (m.kind <> 'flow' OR g.ends = k.ends)
              THEN round(100 * g.high / f.exact, 9) END AS result,
         CASE WHEN f.value IS NULL THEN 'textual_value'
              WHEN f.exact IS NULL THEN 'bound_value'
              WHEN m.basis = 'growth' THEN
                   CASE WHEN b.value IS NULL THEN 'missing_base'
                        WHEN b.exact IS NULL THEN 'bound_base'
                        WHEN m.is_share THEN NULL
                        WHEN b.exact = 0 THEN 'zero_base'
                        WHEN b.exact < 0 THEN 'negative_base'
                        WHEN f.exact < 0 THEN 'sign_change' END
              WHEN m.basis = 'completion' THEN
                   CASE WHEN g.value IS NULL THEN iif(g.target_id IS NULL, 'missing_target', 'textual_target')
                        WHEN g.aims = 0 THEN 'no_direction'
                        WHEN g.aims = -1 AND m.kind = 'flow' AND g.ends > k.ends THEN 'total_runs_on'
                        WHEN g.value = 0 THEN 'zero_target'
                        WHEN g.value < 0 THEN 'negative_target'
                        WHEN g.aims = -1 AND f.exact <= 0 THEN 'zero_value' END END AS reason
    FROM member AS m
    CROSS JOIN figure AS f ON f.series_id = m.series_id
    LEFT JOIN span AS k ON m.basis IN ('growth', 'completion') AND k.id = f.period_id
    LEFT JOIN figure AS b ON m.basis = 'growth' AND b.series_id = f.series_id AND b.period_id = k.year_before
    LEFT JOIN goal AS g
      ON g.series_id = f.series_id AND g.choice = 1
     AND g.starts <= k.starts AND g.ends >= k.ends AND (m.kind <> 'flow' OR g.starts = k.starts)
),
-- The figures of one period; it takes two results to make a list of places.
dated AS (
  SELECT l.list, l.results, k.id, k.code, k.alike, k.starts, first_value(k.id) OVER newest AS newest_id, first_value(k.code) OVER newest AS newest,
         first_value(k.alike) OVER newest AS newest_alike, first_value(k.starts) OVER newest AS newest_starts
    FROM span AS k
    CROSS JOIN (SELECT s.list, s.period_id, count(s.result) AS results FROM scored AS s GROUP BY s.list, s.period_id) AS l
      ON l.period_id = k.id
  WINDOW newest AS (PARTITION BY l.list ORDER BY min(l.results, 2) DESC, k.ends DESC, k.preference, k.starts)
),
earlier AS (
  SELECT d.list, d.newest_id, d.newest, d.id, d.code, d.starts,
         d.results > 1 AND CASE WHEN q.before IS NOT NULL THEN d.code = q.before
                                WHEN q.period IS NULL THEN d.alike = d.newest_alike AND d.starts < d.newest_starts
                                ELSE d.alike = a.alike AND d.starts < a.starts END AS is_earlier
    FROM parameter AS q
    CROSS JOIN dated AS d
    LEFT JOIN span AS a ON a.code = q.period
),
-- The period asked for, or else the newest, and the one before it: beside max() stand the columns of its row. Where there is no
-- list the entities are still told, with reasons.
chosen AS MATERIALIZED (
  SELECT m.list, coalesce(q.period, l.newest) AS period, CASE WHEN q.period IS NULL THEN l.newest_id ELSE a.id END AS period_id,
         l.previous_id, l.previous_period
    FROM parameter AS q
    CROSS JOIN (SELECT DISTINCT m.list FROM member AS m) AS m
    LEFT JOIN (SELECT e.list, e.newest_id, e.newest, max(CASE WHEN e.is_earlier THEN e.starts END) AS previous_starts,
                      CASE WHEN e.is_earlier THEN e.id END AS previous_id, CASE WHEN e.is_earlier THEN e.code END AS previous_period
                 FROM earlier AS e
                GROUP BY e.list) AS l ON l.list = m.list
    LEFT JOIN period AS a ON a.code = q.period
),
-- The figures of those two periods, and their places.
placed AS (
  SELECT s.series_id, x.is_now, s.result, s.source_id, s.locator, s.period_id, s.base_period_id, s.base_source_id, s.base_locator, s.target_id,
         s.reason,
         CASE WHEN s.result IS NOT NULL THEN rank() OVER (list ORDER BY s.result IS NULL, s.sign * s.result DESC) END AS place,
         count(s.result) OVER list AS ranked
    FROM chosen AS c
    CROSS JOIN (SELECT 1 AS is_now UNION ALL SELECT 0) AS x
    CROSS JOIN scored AS s ON s.list = c.list AND s.period_id = iif(x.is_now, c.period_id, c.previous_id)
  WINDOW list AS (PARTITION BY c.list, x.is_now)
),
-- Each entity with its place, and the rows behind it as they are printed.
told AS (
  SELECT m.list, m.indicator_id, m.scope_id, m.rank, m.entity_id, m.sign, m.unit, m.basis, m.is_share, m.members, c.period, s.result,
         o.value, o.comparator, o.status, s.source_id, o.locator,
         coalesce(o.printed,
                  CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                       ELSE CAST(o.value AS TEXT) END)
           || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
         coalesce(x.value, g.value) AS against_value, p.code AS against_period,
         coalesce(x.printed, g.printed, g.wording,
                  CASE WHEN coalesce(x.value, g.value) = CAST(coalesce(x.value, g.value) AS INTEGER)
                       THEN CAST(CAST(coalesce(x.value, g.value) AS INTEGER) AS TEXT)
                       ELSE CAST(coalesce(x.value, g.value) AS TEXT) END)
           || iif(coalesce(x.value, g.value) IS NULL, '', ifnull(' ' || coalesce(x.printed_unit, g.printed_unit), '')) AS against,
         CASE WHEN s.ranked > 1 THEN s.place END AS place,
         CASE WHEN s.series_id IS NULL THEN 'no_observation'
              WHEN s.place IS NOT NULL AND s.ranked = 1 THEN 'too_few'
              ELSE s.reason END AS reason,
         b.place AS previous_place, c.previous_period
    FROM member AS m
    JOIN chosen AS c ON c.list = m.list
    LEFT JOIN placed AS s ON s.series_id = m.series_id AND s.is_now
    LEFT JOIN placed AS b ON b.series_id = m.series_id AND NOT b.is_now
    LEFT JOIN observation AS o
      ON o.series_id = s.series_id AND o.period_id = s.period_id AND o.source_id = s.source_id AND o.locator = s.locator
    LEFT JOIN observation AS x
      ON x.series_id = s.series_id AND x.period_id = s.base_period_id AND x.source_id = s.base_source_id AND x.locator = s.base_locator
    LEFT JOIN target AS g ON g.id = s.target_id
    LEFT JOIN period AS p ON p.id = coalesce(s.base_period_id, g.period_id)
),
counted AS (
  SELECT t.indicator_id, t.scope_id, t.rank, t.entity_id, t.sign, t.unit, t.basis, t.is_share, t.period, t.result, t.value,
         t.printed, t.comparator, t.status, t.source_id, t.locator, t.against, t.against_value, t.against_period,
         t.place, t.reason, t.previous_place, t.previous_period,
         count(t.place) OVER list AS ranked, t.members - count(t.place) OVER list AS unranked,
         t.members > 1 OR max(t.members) OVER (PARTITION BY t.indicator_id) = 1 AS of_use
    FROM told AS t
  WINDOW list AS (PARTITION BY t.list)
)
SELECT i.name AS indicator_name, c.code AS scope, t.rank AS rank_of, t.period, t.place, e.name AS entity_name,
       iif(t.basis IN ('value', 'yoy'), t.result, round(t.result, 4)) AS result,
       CASE t.basis WHEN 'value' THEN t.unit WHEN 'growth' THEN iif(t.is_share, '百分点', '%') ELSE '%' END AS result_unit,
       t.printed, t.against, t.previous_place, t.previous_place - t.place AS change, t.previous_period,
       t.ranked, t.unranked, t.reason, iif(t.sign = 1, 'highest', 'lowest') AS first,
       t.value, t.unit, t.comparator, t.status, t.against_value, t.against_period,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, d.code AS source, t.locator,
       i.code AS indicator, e.code AS entity
  FROM parameter AS q
  CROSS JOIN counted AS t
  JOIN indicator AS i ON i.id = t.indicator_id
  JOIN entity AS e ON e.id = t.entity_id
  JOIN scope AS c ON c.id = t.scope_id
  LEFT JOIN source AS d ON d.id = t.source_id
 WHERE (q.top IS NULL OR t.place <= q.top)
   AND iif(q.indicator IS NULL, t.ranked > 1, t.of_use)
 ORDER BY i.code, c.code, t.rank, t.place NULLS LAST, e.code;
