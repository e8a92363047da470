-- name: target-conflicts
-- family: honesty
-- about: Targets for one thing (indicator, entity, measure and period) that differ between places of a source, between sources, plans or
--   scopes, pair by pair. Equal targets are no conflict; two wordings are not compared, nor missing marks.
--   Classes, the gravest first: real (nothing below explains it); comparator (one number, but another sign, such as ≥92 against >92);
--   wording (a number in one place, words in the other); rounding (one number is the other rounded to its own printed precision);
--   scope (the scopes differ, so the targets may). The first that applies counts, in the order scope, wording, comparator, rounding, real.
--   Stricter is the target that whatever meets it also meets the other: this, other, same (printed differently, but they ask
--   the same) or neither (none implies the other). A target printed without a sign is read by the indicator's direction: reach it,
--   or stay under it; of ranks the lower is better. 左右 asks a trace less than its number.
-- about_zh: 对同一事项（指标、对象、计量、时期）的目标，在同一来源的不同位置之间、来源之间、规划之间或口径之间不一致的，逐对列出。
--   相同的目标不算冲突；两处都是文字的不比较，缺失也不比较。类别由重到轻：real 实质冲突（以下都不能解释）；
--   comparator 数相同而符号不同（如 ≥92 与 >92）；wording 一处是数、另一处是文字；rounding 一个数是另一个按其印出精度四舍五入的结果；
--   scope 口径不同，目标可以不同。判定按 scope、wording、comparator、rounding、real 的顺序，取最先成立的一类。
--   较严的一个：凡达到它的也必达到另一个。this 本目标较严，other 另一目标较严，same 印法不同而要求相同，neither 互不蕴含。
--   没有符号的目标按指标方向理解：越高越好的须达到，越低越好的须不超过；位次越低越好。“左右”比其数略宽。
-- param: plan text = null in plan  | 规划：其一出自该规划；空为全部 | plan that one of the two is from; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- columns: class, indicator_name, entity_name, measure, period, unit,
--   plan, scope, printed, source, locator, other_plan, other_scope, other_printed, other_source, other_locator,
--   difference, difference_pct, stricter, value, high, comparator, nature,
--   other_value, other_high, other_comparator, other_nature, indicator_name_en, entity_name_en, indicator, entity, among
-- shown: class, indicator_name, entity_name, period, unit, scope, printed, locator, other_scope, other_printed,
--   other_locator, difference, stricter
-- severity: class | error: real | warning: comparator, wording | note: rounding, scope
-- finding: {entity_name}“{indicator_name}”{period}的目标不一致：{printed}（{plan}，{locator}）与 {other_printed}（{other_plan}，{other_locator}）
--   | {entity_name_en}, {indicator_name_en}, {period}: targets differ, {printed} ({plan}, {locator}) and {other_printed} ({other_plan}, {other_locator})
-- column: class | 冲突类别 | class of the conflict, see above
-- column: other_plan | 另一目标所在的规划 | plan of the other target
-- column: other_scope | 另一口径：另一目标的口径 | scope of the other target
-- column: other_printed | 另一目标（如印） | the other target as printed
-- column: other_source | 另一目标的来源 | source of the other target
-- column: other_locator | 另一出处：另一目标在来源中的位置 | place of the other target in its source
-- column: difference | 差额：另一目标的数减本目标的数，单位同 unit；其一是文字或范围时为空
--   | the other target's number less this one's, in `unit`; empty when one is a wording or a range
-- column: difference_pct | 相差百分之几（以本目标为 100） | difference in per cent of this target
-- column: stricter | 哪个较严：this、other、same、neither；其一是文字时为空
--   | which is stricter: this, other, same, neither; empty when one is a wording
-- column: other_value | 另一目标的数值，单位同 unit；范围的低端 | the other target in `unit`; the low end of a range
-- column: other_high | 另一目标的高端 | high end of the other target
-- column: other_comparator | 另一目标的符号 | sign of the other target
-- column: other_nature | 另一目标的属性 | nature of the other target
WITH
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity
),
wanted_indicator AS (
  SELECT i.code, i.direction
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
-- What each target asks. `aims`: 1 up, -1 down, 0 at the value.
-- Targets are few: the plus signs keep SQLite from coming to them by way of every series.
goal AS (
  SELECT t.plan, t.plan_name, t.plan_name_en, t.indicator, t.indicator_name, t.indicator_name_en,
         t.entity, t.entity_name, t.entity_name_en, t.scope, t.measure, t.among, t.period, t.starts, t.ends, t.unit,
         t.value, t.high, t.comparator, t.printed, t.nature, t.source, t.locator,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN t.measure IN ('rank', 'yoy_rank') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims
    FROM targets AS t
    JOIN wanted_indicator AS i ON i.code = +t.indicator
   WHERE +t.entity IN (SELECT w.code FROM wanted_entity AS w)
     AND (t.value IS NOT NULL OR t.wording IS NOT NULL)
),
-- The same as a span of the number line. A `side` is -1 just under the number, 1 just over it: >99 is a span from (99, 1),
-- <35 one up to (35, -1), and 5左右 of an indicator where more is better one from (5, -1).
asked AS (
  SELECT g.plan, g.plan_name, g.plan_name_en, g.indicator, g.indicator_name, g.indicator_name_en,
         g.entity, g.entity_name, g.entity_name_en, g.scope, g.measure, g.among, g.period, g.starts, g.ends, g.unit,
         g.value, g.high, g.comparator, g.printed, g.nature, g.source, g.locator,
         CASE WHEN g.aims >= 0 THEN g.value ELSE -9e999 END AS floor,
         CASE WHEN g.aims < 0 THEN 0
              WHEN g.comparator = '>' THEN 1
              WHEN g.comparator IN ('~', '~<') THEN -1 ELSE 0 END AS floor_side,
         CASE WHEN g.aims <= 0 THEN coalesce(g.high, g.value) ELSE 9e999 END AS ceiling,
         CASE WHEN g.aims > 0 THEN 0
              WHEN g.comparator = '<' THEN -1
              WHEN g.comparator = '~' THEN 1 ELSE 0 END AS ceiling_side
    FROM goal AS g
),
-- Two targets on one number are the same only when sign and range agree, too. `implies`: what meets this one meets the other.
pair AS (
  SELECT row_number() OVER (ORDER BY a.indicator, a.entity, a.measure, a.among, a.starts, a.ends, a.scope, a.plan, a.source,
                                     a.locator, b.scope, b.plan, b.source, b.locator) AS pair,
         a.indicator, a.indicator_name, a.indicator_name_en, a.entity, a.entity_name, a.entity_name_en,
         a.measure, a.among, a.period, a.unit, a.plan, a.scope, a.value, a.high, a.comparator, a.printed, a.nature,
         a.source, a.locator,
         b.plan AS other_plan, b.scope AS other_scope, b.value AS other_value, b.high AS other_high,
         b.comparator AS other_comparator, b.printed AS other_printed, b.nature AS other_nature,
         b.source AS other_source, b.locator AS other_locator,
         a.high IS NULL AND b.high IS NULL AS plain,
         (a.floor, a.floor_side) >= (b.floor, b.floor_side)
           AND (a.ceiling, a.ceiling_side) <= (b.ceiling, b.ceiling_side) AS implies,
         (b.floor, b.floor_side) >= (a.floor, a.floor_side)
           AND (b.ceiling, b.ceiling_side) <= (a.ceiling, a.ceiling_side) AS implied
    FROM parameter AS q
    CROSS JOIN asked AS a
    JOIN asked AS b
      ON b.indicator = a.indicator AND b.entity = a.entity AND b.measure = a.measure
     AND b.among IS a.among AND b.period = a.period
   WHERE (a.scope, a.plan, a.source, a.locator) < (b.scope, b.plan, b.source, b.locator)
     AND (a.value IS NOT b.value OR a.high IS NOT b.high OR a.value IS NOT NULL AND a.comparator <> b.comparator)
     AND (q.plan IS NULL OR q.plan IN (a.plan, a.plan_name, a.plan_name_en, b.plan, b.plan_name, b.plan_name_en))
),
-- The text of each number from its first digit on, without thousands separators.
side AS (
  SELECT p.pair, 1 AS side, abs(p.value) AS size, replace(replace(p.printed, ',', ''), '，', '') AS text FROM pair AS p
  UNION ALL
  SELECT p.pair, 2, abs(p.other_value), replace(replace(p.other_printed, ',', ''), '，', '') FROM pair AS p
),
digits AS (
  SELECT d.pair, d.side, d.size,
         substr(d.text, (SELECT min(nullif(instr(d.text, n.value), 0))
                           FROM json_each('["0","1","2","3","4","5","6","7","8","9"]') AS n)) AS text
    FROM side AS d
),
-- One unit of the last printed decimal: 0.01 for 1.60, 100 for 6.19 万元 stored in 元. The printed number may be in
-- another unit than the value, so it is scaled by what lies between them.
precision AS (
  SELECT d.pair, d.side,
         CASE WHEN CAST(d.text AS REAL) > 0 AND d.size > 0 THEN d.size / CAST(d.text AS REAL) ELSE 1 END
           * pow(10, -CASE WHEN d.text GLOB '*[0-9].[0-9]*'
                           THEN length(substr(d.text, instr(d.text, '.') + 1))
                                - length(ltrim(substr(d.text, instr(d.text, '.') + 1), '0123456789'))
                           ELSE 0 END) AS step
    FROM digits AS d
),
classed AS (
  SELECT p.pair, p.indicator, p.indicator_name, p.indicator_name_en, p.entity, p.entity_name, p.entity_name_en,
         p.measure, p.among, p.period, p.unit, p.plan, p.scope, p.value, p.high, p.comparator, p.printed, p.nature,
         p.source, p.locator, p.other_plan, p.other_scope, p.other_value, p.other_high, p.other_comparator,
         p.other_printed, p.other_nature, p.other_source, p.other_locator, p.plain, p.implies, p.implied,
         CASE WHEN p.scope <> p.other_scope THEN 'scope'
              WHEN p.value IS NULL OR p.other_value IS NULL THEN 'wording'
              WHEN p.value = p.other_value AND p.high IS p.other_high THEN 'comparator'
              -- Half the coarser step, and a trace more for binary fractions.
              WHEN p.plain AND a.step <> b.step
                   AND abs(p.value - p.other_value) <= max(a.step, b.step) * (0.5 + 1e-9) THEN 'rounding'
              ELSE 'real' END AS class
    FROM pair AS p
    JOIN precision AS a ON a.pair = p.pair AND a.side = 1
    JOIN precision AS b ON b.pair = p.pair AND b.side = 2
)
SELECT c.class, c.indicator_name, c.entity_name, c.measure, c.period, c.unit,
       c.plan, c.scope, c.printed, c.source, c.locator,
       c.other_plan, c.other_scope, c.other_printed, c.other_source, c.other_locator,
       CASE WHEN c.plain THEN round(c.other_value - c.value, 4) END AS difference,
       CASE WHEN c.plain AND c.value <> 0
            THEN round(100 * (c.other_value - c.value) / abs(c.value), 2) END AS difference_pct,
       CASE WHEN c.value IS NULL OR c.other_value IS NULL THEN NULL
            WHEN c.implies AND c.implied THEN 'same'
            WHEN c.implies THEN 'this'
            WHEN c.implied THEN 'other'
            ELSE 'neither' END AS stricter,
       c.value, c.high, c.comparator, c.nature, c.other_value, c.other_high, c.other_comparator, c.other_nature,
       c.indicator_name_en, c.entity_name_en, c.indicator, c.entity, c.among
  FROM classed AS c
 ORDER BY CASE c.class WHEN 'real' THEN 1 WHEN 'comparator' THEN 2 WHEN 'wording' THEN 3 WHEN 'rounding' THEN 4 ELSE 5 END,
          c.pair;
