-- name: target-slack
-- family: honesty
-- about: Targets that ask for nothing new: already met by the value they start from, or by the newest figure before the plan began.
--   Kinds, the first that applies: looser_than_base (the base is better than the target: it may even worsen), equal_to_base
--   (the target is the base), already_met_by_latest (base missing or worse, but the newest figure of the same series meets it),
--   met_in_other_scope (only the newest figure of another scope meets it: a hint, not a finding).
--   Slack is the room to worsen and still meet the target: 1.2 for <3 from 1.8. Of a base or figure that is a bound it is the least;
--   negative when the target is missed; empty where a bound does not decide. A target met by holding still may yet be hard to hold.
--   Figures that count: final and provisional ones, no forecasts, that end before the plan's first day (or by `as_of`) and before the target's
--   last, and not before the base's; of the same kind and length of period, of a stock also those of a day, month, quarter, half-year or year.
--   Growth, multiples and totals without a base of like span have no level to start from and are left out; so are wordings.
--   A target printed without a sign is read by the indicator's direction: reach it, or stay under it; of ranks the lower is better.
--   左右 counts as its number.
-- about_zh: 没有要求进步的目标：基期值，或规划开始前的最新数据，已经达到目标。
--   类型取最先成立的一类：looser_than_base 基期值优于目标，退步也算完成；equal_to_base 目标就是基期值；
--   already_met_by_latest 没有基期值或基期值较差，但同一序列的最新数据已达到；met_in_other_scope 只有另一口径的最新数据达到（提示，不作结论）。
--   余地：还可以变差多少而仍算完成，如基期 1.8、目标 <3 的余地为 1.2；基期或数据是界限值的为最小余地；未达目标的为负；界限值不足以判断的为空。
--   不要求进步的目标，保持也未必容易。
--   采用的数据：正式数和初步数，不用预测数；截止于规划首日之前（或 as_of）、早于目标期末且不早于基期；时期的类型和长短与目标期相同，存量指标也可用某日、月、季、半年、年的数据。
--   增速、倍数、没有同长基期的累计数无起点，不列；文字目标不列。没有符号的目标按指标方向理解：越高越好的须达到，越低越好的须不超过；
--   位次越低越好。“左右”按其数。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: as_of text = null  | 数据截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为规划首日之前
--   | the last day of figures looked at (a year or month: its last day); default: the day before the plan begins
-- columns: plan, number, indicator_name, entity_name, scope, measure, kind, target, target_period, unit,
--   base, base_period, base_slack, base_slack_pct, latest, latest_period, latest_scope, latest_status, latest_slack, latest_slack_pct,
--   nature, category, target_value, target_high, base_value, latest_value, indicator_name_en, entity_name_en,
--   indicator, entity, among, source, locator, latest_source, latest_locator
-- shown: number, indicator_name, scope, target, unit, base, base_period, base_slack, latest, latest_period, latest_scope,
--   latest_slack, kind
-- severity: kind | warning: looser_than_base, already_met_by_latest | note: equal_to_base, met_in_other_scope
-- finding: {plan}“{indicator_name}”的目标 {target} 没有要求进步（{kind}）
--   | {plan}, {indicator_name_en}: the target {target} asks for nothing new ({kind})
-- column: kind | 类型 | the kind, see above
-- column: target | 目标（如印） | target as printed
-- column: target_period | 目标期 | period by which the target is due
-- column: base | 基期值（如印） | base value as printed
-- column: base_slack | 基期余地：基期值比目标的余地，单位同 unit | room between base and target, in `unit`
-- column: base_slack_pct | 余地占目标的百分之几 | the same in per cent of the target
-- column: latest | 规划前数据：规划开始前的最新数据（如印） | newest figure before the plan as printed
-- column: latest_period | 数据时期：该数据的时期 | period of that figure
-- column: latest_scope | 数据口径：该数据的口径 | scope of that figure
-- column: latest_status | 该数据的状态 | status of that figure
-- column: latest_slack | 规划前余地：该数据比目标的余地，单位同 unit | room between that figure and the target, in `unit`
-- column: latest_slack_pct | 余地占目标的百分之几 | the same in per cent of the target
-- column: target_value | 目标的数值，单位同 unit；范围的低端 | target in `unit`; the low end of a range
-- column: target_high | 范围目标的高端 | high end of a target that is a range
-- column: latest_value | 该数据的数值，单位同 unit | that figure in `unit`
-- column: latest_source | 该数据的来源 | source of that figure
-- column: latest_locator | 该数据在来源中的位置 | place of that figure in its source
WITH
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         CAST(:as_of AS TEXT) AS as_of
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
-- Length of each period in months begun, and the month it begins in.
span AS (
  SELECT p.code, p.kind, p.ends, strftime('%m', p.starts) AS month,
         12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts)) + strftime('%m', p.ends) - strftime('%m', p.starts) AS months
    FROM period AS p
),
-- The targets asked for that have a number. `aims`: 1 up, -1 down, 0 at the value.
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
-- Targets are few: the plus signs keep SQLite from coming to them by way of every series.
goal AS (
  SELECT row_number() OVER (ORDER BY t.plan, t.indicator, t.entity, t.scope, t.measure, t.among, t.starts, t.ends,
                                     t.source, t.locator) AS goal,
         t.plan, t.category, t.number, t.indicator, t.indicator_name, t.indicator_name_en,
         t.entity, t.entity_name, t.entity_name_en, t.scope, t.measure, t.among, t.period, t.starts, t.ends,
         t.value, t.high, t.comparator, t.printed, t.unit, t.nature, t.base_period, t.base_printed, t.source, t.locator,
         i.kind AS indicator_kind, k.kind AS period_kind, k.month, k.months,
         coalesce(q.as_of || '~', p.starts) AS until,
         -- A total over years says nothing about the level of one year.
         CASE WHEN NOT (i.kind = 'flow' AND t.measure = 'level' AND k.kind = 'years')
                   OR b.kind = k.kind AND b.months = k.months THEN t.base_value END AS base_value,
         t.base_comparator, CASE WHEN t.base_value IS NOT NULL THEN b.ends END AS base_ends,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN t.measure = 'rank' THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims
    FROM parameter AS q
    CROSS JOIN targets AS t
    JOIN wanted_indicator AS i ON i.code = +t.indicator
    JOIN span AS k ON k.code = t.period
    JOIN plan AS n ON n.code = t.plan
    JOIN period AS p ON p.id = n.period_id
    LEFT JOIN span AS b ON b.code = t.base_period
   WHERE t.value IS NOT NULL
     AND t.measure IN ('level', 'rank', 'gap')
     AND +t.entity IN (SELECT w.code FROM wanted_entity AS w)
     AND (q.plan IS NULL OR q.plan IN (t.plan, t.plan_name, t.plan_name_en))
),
-- What is asked as a span of the number line. A `side` is -1 just under the number, 1 just over it:
-- >99 is a span from (99, 1), <35 one up to (35, -1).
asked AS (
  SELECT g.goal, g.aims, g.scope,
         g.value AS floor, CASE WHEN g.comparator = '>' THEN 1 ELSE 0 END AS floor_side,
         coalesce(g.high, g.value) AS ceiling, CASE WHEN g.comparator = '<' THEN -1 ELSE 0 END AS ceiling_side
    FROM goal AS g
),
-- The newest figure before the plan and not older than the base, in the target's own scope and in each other.
newest AS (
  SELECT g.goal, o.scope, o.period, o.value, o.high, o.comparator, o.status, o.printed, o.source, o.locator,
         row_number() OVER (PARTITION BY g.goal, o.scope
                            ORDER BY o.ends DESC, k.kind = g.period_kind DESC, o.starts) AS place
    FROM goal AS g
    JOIN latest AS o
      ON o.indicator = g.indicator AND o.entity = g.entity AND o.measure = g.measure AND o.among IS g.among
    JOIN span AS k ON k.code = o.period
    JOIN status AS t ON t.code = o.status
   WHERE o.ends < g.until AND o.ends < g.ends AND (g.base_ends IS NULL OR o.ends >= g.base_ends)
     AND t.precedence < 3
     AND (k.kind = g.period_kind AND k.months = g.months AND k.month = g.month
          OR g.measure = 'level' AND g.indicator_kind = 'stock' AND k.kind NOT IN ('years', 'months', 'days'))
),
-- Base and newest figures as spans of the number line, too. `own`: whether of the target's scope.
start AS (
  SELECT g.goal, 'base' AS start, 1 AS own, g.base_period AS period, g.scope, g.base_value AS value, NULL AS high,
         g.base_comparator AS comparator, g.base_printed AS printed, NULL AS status, NULL AS source, NULL AS locator
    FROM goal AS g
   WHERE g.base_value IS NOT NULL
  UNION ALL
  SELECT n.goal, 'latest', n.scope = g.scope, n.period, n.scope, n.value, n.high,
         n.comparator, n.printed, n.status, n.source, n.locator
    FROM newest AS n
    JOIN goal AS g ON g.goal = n.goal
   WHERE n.place = 1 AND n.value IS NOT NULL
),
bounded AS (
  SELECT s.goal, s.start, s.own, s.period, s.scope, s.value, s.printed, s.status, s.source, s.locator,
         CASE WHEN s.comparator NOT IN ('<', '<=') THEN s.value END AS low,
         CASE s.comparator WHEN '>' THEN 1 WHEN '~<' THEN -1 ELSE 0 END AS low_side,
         CASE WHEN s.comparator NOT IN ('>', '>=') THEN coalesce(s.high, s.value) END AS high,
         CASE WHEN s.comparator IN ('<', '~<') THEN -1 ELSE 0 END AS high_side
    FROM start AS s
),
-- Met: wholly inside what is asked. The room is that of the worst end.
roomed AS (
  SELECT b.goal, b.start, b.own, b.period, b.scope, b.value, b.printed, b.status, b.source, b.locator,
         (a.aims = -1 OR (b.low, b.low_side) >= (a.floor, a.floor_side))
           AND (a.aims = 1 OR (b.high, b.high_side) <= (a.ceiling, a.ceiling_side)) AS met,
         CASE a.aims WHEN 1 THEN b.low - a.floor
                     WHEN -1 THEN a.ceiling - b.high
                     ELSE min(b.low - a.floor, a.ceiling - b.high) END AS least_room,
         b.low = b.high AS exact,
         abs(CASE WHEN a.aims = 1 OR a.aims = 0 AND b.low - a.floor < a.ceiling - b.high THEN a.floor
                  ELSE a.ceiling END) AS edge
    FROM bounded AS b
    JOIN asked AS a ON a.goal = b.goal
),
-- A bound that does not meet the target has no known room.
known AS (
  SELECT r.goal, r.start, r.own, r.period, r.scope, r.value, r.printed, r.status, r.source, r.locator, r.met, r.edge,
         CASE WHEN r.met = 1 OR r.exact THEN r.least_room END AS room
    FROM roomed AS r
),
-- Of the other scopes that meet the target: the one with the most room.
elsewhere AS (
  SELECT r.goal, r.period, r.scope, r.value, r.printed, r.status, r.source, r.locator, r.room, r.edge,
         row_number() OVER (PARTITION BY r.goal ORDER BY r.room DESC, r.scope) AS place
    FROM known AS r
   WHERE r.start = 'latest' AND NOT r.own AND r.met = 1
),
found AS (
  SELECT g.goal, b.room AS base_room, b.edge AS base_edge,
         -- Rounding noise of the difference, 1e-9, is no room.
         CASE WHEN b.met = 1 AND b.room > 1e-9 THEN 'looser_than_base'
              WHEN b.met = 1 THEN 'equal_to_base'
              WHEN l.met = 1 THEN 'already_met_by_latest'
              WHEN x.goal IS NOT NULL THEN 'met_in_other_scope' END AS kind
    FROM goal AS g
    LEFT JOIN known AS b ON b.goal = g.goal AND b.start = 'base'
    LEFT JOIN known AS l ON l.goal = g.goal AND l.start = 'latest' AND l.own
    LEFT JOIN elsewhere AS x ON x.goal = g.goal AND x.place = 1
),
-- The newest figure to show: the target's own scope's, or the other that meets it.
told AS (
  SELECT r.goal, r.period, r.scope, r.value, r.printed, r.status, r.source, r.locator, r.room, r.edge
    FROM known AS r
    JOIN found AS f ON f.goal = r.goal AND f.kind <> 'met_in_other_scope'
   WHERE r.start = 'latest' AND r.own
  UNION ALL
  SELECT x.goal, x.period, x.scope, x.value, x.printed, x.status, x.source, x.locator, x.room, x.edge
    FROM elsewhere AS x
    JOIN found AS f ON f.goal = x.goal AND f.kind = 'met_in_other_scope'
   WHERE x.place = 1
)
SELECT g.plan, g.number, g.indicator_name, g.entity_name, g.scope, g.measure, f.kind,
       g.printed AS target, g.period AS target_period, g.unit,
       coalesce(g.base_printed,
                CASE WHEN g.base_value = CAST(g.base_value AS INTEGER)
                     THEN CAST(CAST(g.base_value AS INTEGER) AS TEXT)
                     ELSE CAST(g.base_value AS TEXT) END) AS base,
       g.base_period,
       round(f.base_room, 4) AS base_slack,
       round(100 * f.base_room / nullif(f.base_edge, 0), 2) AS base_slack_pct,
       l.printed AS latest, l.period AS latest_period, l.scope AS latest_scope, l.status AS latest_status,
       round(l.room, 4) AS latest_slack,
       round(100 * l.room / nullif(l.edge, 0), 2) AS latest_slack_pct,
       g.nature, g.category, g.value AS target_value, g.high AS target_high, g.base_value, l.value AS latest_value,
       g.indicator_name_en, g.entity_name_en, g.indicator, g.entity, g.among,
       g.source, g.locator, l.source AS latest_source, l.locator AS latest_locator
  FROM goal AS g
  JOIN found AS f ON f.goal = g.goal
  LEFT JOIN told AS l ON l.goal = g.goal
 WHERE f.kind IS NOT NULL
 ORDER BY g.plan, g.number IS NULL, CAST(g.number AS INTEGER), g.number, g.goal;
