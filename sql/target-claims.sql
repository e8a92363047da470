-- name: target-claims
-- family: honesty
-- about: What a source claims came of each target, against the figures of the same series and period.
--   The figure held against a claim is the one at the claim's own place in its source, else another of that source, else the best of any.
--   Findings: contradicted (the figure says otherwise); would_fail_in_other_scope (confirmed, but the figure of the same
--   indicator, entity and period in another scope would miss the target); would_fail_in_other_place (the same
--   for a figure of the same scope from another place or source); confirmed; unverifiable.
--   Reasons of unverifiable: not_assessed (nothing is claimed), partly_met (no single figure proves it), missing_target,
--   textual_target, no_observation, missing_value, textual_value, bound_undecidable (a bound such as <35 does not decide
--   against 28), about_target (左右: give a tolerance).
--   A target printed without a sign is read by the indicator's direction: reach it, or stay under it; of ranks the lower is better.
-- about_zh: 来源自称的完成情况与同一序列、同一时期的数据相对照。
--   对照的数据：先取自称所在之处的数据，其次同一来源的，再次为最可信的。
--   结论：contradicted 与数据不符；would_fail_in_other_scope 相符，但同一指标、对象、时期在另一口径下达不到目标；
--   would_fail_in_other_place 相符，但同口径在别处或别的来源的数据达不到；confirmed 相符；unverifiable 无法核实。
--   无法核实的原因：not_assessed 未作考核，partly_met 部分完成、单个数据不足以证明，missing_target 无目标值，textual_target 文字目标，
--   no_observation 无数据，missing_value 数据缺失，textual_value 文字数据，bound_undecidable 界限值（如 <35 对 28）不足以判断，
--   about_target“左右”须给出容差。没有符号的目标按指标方向理解：越高越好的须达到，越低越好的须不超过；位次越低越好。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: finding text = null in ('contradicted', 'would_fail_in_other_scope', 'would_fail_in_other_place',
--   'unverifiable', 'confirmed')  | 只看一种结论；空为全部 | only one finding; default: every one
-- param: tolerance number = 0  | 容差：“左右”的目标相差不超过百分之几算实现 | per cent within which a target of 左右 counts as met
-- columns: plan, number, indicator_name, entity_name, scope, measure, period, claim, finding, reason,
--   target, actual, unit, shortfall, shortfall_pct, other, other_scope, explained, explained_en,
--   target_value, target_high, actual_value, status, indicator_name_en, entity_name_en, indicator, entity, among,
--   source, locator, actual_source, actual_locator, other_source, other_locator
-- shown: number, indicator_name, scope, target, actual, unit, shortfall, shortfall_pct, finding, explained
-- severity: finding | error: contradicted | warning: would_fail_in_other_scope, would_fail_in_other_place
--   | note: unverifiable, confirmed
-- finding: {plan}“{indicator_name}”{period}：{explained}
--   | {plan}, {indicator_name_en}, {period}: {explained_en}
-- column: finding | 结论 | the finding, see above
-- column: reason | 原因：无法核实的原因 | why the claim is unverifiable
-- column: target | 目标（如印） | target as printed
-- column: actual | 对照的数据（如印） | figure held against the claim, as printed
-- column: shortfall | 差多少，单位同 unit；达到目标为空 | by how much the figure misses the target, in `unit`; empty when it does not
-- column: shortfall_pct | 相差%：差目标的百分之几（范围按所差的一端） | shortfall in per cent of the target; of a range, of the end it misses
-- column: other | 另一口径或另一处达不到目标的数据（如印） | figure of another scope or place that would miss the target, as printed
-- column: other_scope | 该数据的口径 | scope of that other figure
-- column: explained | 中文说明 | the finding in Chinese words
-- column: explained_en | 英文说明 | the finding in English words
-- column: target_value | 目标的数值，单位同 unit；范围的低端 | target in `unit`; the low end of a range
-- column: target_high | 范围目标的高端 | high end of a target that is a range
-- column: actual_value | 对照数据的数值，单位同 unit | figure held against the claim, in `unit`
-- column: actual_source | 对照数据的来源 | source of the figure
-- column: actual_locator | 对照数据在来源中的位置 | place of the figure in its source
-- column: other_source | 另一数据的来源 | source of the other figure
-- column: other_locator | 另一数据在来源中的位置 | place of the other figure in its source
WITH
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         CAST(:finding AS TEXT) AS finding, coalesce(CAST(:tolerance AS REAL), 0.0) AS tolerance
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
-- The claims asked for. `aims`: 1 up, -1 down, 0 at the value.
-- Targets are few: the plus signs keep SQLite from coming to them by way of every series.
claimed AS (
  SELECT row_number() OVER (ORDER BY t.plan, t.indicator, t.entity, t.scope, t.measure, t.among, t.period,
                                     t.source, t.locator) AS claim_id,
         t.plan, t.number, t.indicator, t.indicator_name, t.indicator_name_en, t.entity, t.entity_name,
         t.entity_name_en, t.scope, t.measure, t.among, t.period, t.claim, t.value, t.high, t.comparator,
         t.wording, t.printed, t.unit, t.source, t.locator,
         t.comparator IN ('~', '~<') AND q.tolerance = 0 AS about,
         CASE WHEN t.comparator IN ('~', '~<') THEN abs(t.value) * q.tolerance / 100 ELSE 0 END AS slack,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN t.measure IN ('rank', 'yoy_rank') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims
    FROM parameter AS q
    CROSS JOIN targets AS t
    JOIN wanted_indicator AS i ON i.code = +t.indicator
   WHERE t.claim IS NOT NULL
     AND +t.entity IN (SELECT w.code FROM wanted_entity AS w)
     AND (q.plan IS NULL OR q.plan IN (t.plan, t.plan_name, t.plan_name_en))
),
-- What is asked as a span of the number line. A `side` is -1 just under the number, 1 just over it:
-- >99 is a span from (99, 1), <35 one up to (35, -1).
asked AS (
  SELECT c.claim_id, c.aims, c.about, c.plan, c.number, c.indicator, c.entity, c.scope, c.measure, c.among, c.period, c.source,
         c.locator, c.value AS lowest, coalesce(c.high, c.value) AS highest,
         c.value - c.slack AS floor, CASE WHEN c.comparator = '>' THEN 1 ELSE 0 END AS floor_side,
         coalesce(c.high, c.value) + c.slack AS ceiling, CASE WHEN c.comparator = '<' THEN -1 ELSE 0 END AS ceiling_side
    FROM claimed AS c
),
-- Every figure of the same indicator, entity and period, in whatever scope and from wherever, as a span too.
figure AS (
  SELECT a.claim_id, a.aims, a.about, a.lowest, a.highest, a.floor, a.floor_side, a.ceiling, a.ceiling_side,
         o.scope, o.printed, o.value, o.high AS printed_high, o.comparator, o.status, o.source, o.locator,
         t.missing, t.precedence, o.scope = a.scope AS same_scope,
         o.source = a.source AS same_source,
         -- A figure stated at several places has them all in its locator, joined by '; '.
         o.source = a.source AND instr('; ' || o.locator || '; ', '; ' || a.locator || '; ') > 0 AS same_place,
         CASE WHEN o.comparator NOT IN ('<', '<=') THEN o.value END AS low,
         CASE o.comparator WHEN '>' THEN 1 WHEN '~<' THEN -1 ELSE 0 END AS low_side,
         CASE WHEN o.comparator NOT IN ('>', '>=') THEN coalesce(o.high, o.value) END AS high,
         CASE WHEN o.comparator IN ('<', '~<') THEN -1 ELSE 0 END AS high_side
    FROM asked AS a
    JOIN observations AS o
      ON o.indicator = a.indicator AND o.entity = a.entity
     AND o.measure = a.measure AND o.among IS a.among AND o.period = a.period
    JOIN status AS t ON t.code = o.status
   WHERE t.precedence < 3 OR t.missing
),
-- Met: 1 wholly inside what is asked, 0 wholly outside, NULL undecided.
tested AS (
  SELECT f.claim_id, f.aims, f.scope, f.printed, f.value, f.status, f.missing, f.source, f.locator, f.same_scope,
         CASE WHEN (f.aims = -1 OR (f.low, f.low_side) >= (f.floor, f.floor_side))
               AND (f.aims = 1 OR (f.high, f.high_side) <= (f.ceiling, f.ceiling_side)) THEN 1
              WHEN f.about THEN NULL
              WHEN f.aims >= 0 AND (f.high, f.high_side) < (f.floor, f.floor_side)
                OR f.aims <= 0 AND (f.low, f.low_side) > (f.ceiling, f.ceiling_side) THEN 0 END AS met,
         CASE WHEN f.comparator IN ('=', '~', '~<') AND f.printed_high IS NULL
              THEN CASE WHEN f.aims >= 0 AND f.value < f.lowest THEN f.lowest - f.value
                        WHEN f.aims <= 0 AND f.value > f.highest THEN f.value - f.highest
                        ELSE 0 END END AS gap,
         CASE WHEN f.aims < 0 OR f.aims = 0 AND f.value > f.highest THEN f.highest ELSE f.lowest END AS edge,
         row_number() OVER (PARTITION BY f.claim_id, f.same_scope
                            ORDER BY f.value IS NULL, f.same_place DESC, f.same_source DESC, f.precedence,
                                     f.comparator <> '=', f.source, f.locator) AS place
    FROM figure AS f
),
-- Of the other figures that would miss the target: one of the same scope first, then the plainest miss.
other AS (
  SELECT x.claim_id, x.scope, x.printed, x.source, x.locator, x.same_scope,
         row_number() OVER (PARTITION BY x.claim_id
                            ORDER BY x.same_scope DESC, x.gap DESC, x.scope, x.source, x.locator) AS place
    FROM tested AS x
   WHERE x.met = 0 AND NOT (x.same_scope AND x.place = 1)
),
found AS (
  SELECT c.claim_id, f.met, f.value, f.status, f.printed, f.source, f.locator,
         CASE WHEN f.met = 0 THEN f.gap END AS shortfall, nullif(abs(f.edge), 0) AS edge,
         CASE WHEN c.claim = 'not_assessed' THEN 'not_assessed'
              WHEN c.value IS NULL AND c.wording IS NULL THEN 'missing_target'
              WHEN c.value IS NULL THEN 'textual_target'
              WHEN f.claim_id IS NULL THEN 'no_observation'
              WHEN f.value IS NULL AND f.missing THEN 'missing_value'
              WHEN f.value IS NULL THEN 'textual_value'
              WHEN f.met IS NULL AND c.about AND f.gap IS NOT NULL THEN 'about_target'
              WHEN f.met IS NULL THEN 'bound_undecidable'
              WHEN c.claim = 'partly_met' THEN 'partly_met' END AS reason
    FROM claimed AS c
    LEFT JOIN tested AS f ON f.claim_id = c.claim_id AND f.same_scope AND f.place = 1
),
concluded AS (
  SELECT f.claim_id, f.reason, f.value, f.status, f.printed, f.source, f.locator, f.shortfall, f.edge,
         x.printed AS other, x.scope AS other_scope, x.source AS other_source, x.locator AS other_locator,
         CASE WHEN f.reason IS NOT NULL THEN 'unverifiable'
              WHEN f.met <> (c.claim = 'met') THEN 'contradicted'
              WHEN x.claim_id IS NULL THEN 'confirmed'
              WHEN x.same_scope THEN 'would_fail_in_other_place'
              ELSE 'would_fail_in_other_scope' END AS finding
    FROM found AS f
    JOIN claimed AS c ON c.claim_id = f.claim_id
    LEFT JOIN other AS x ON x.claim_id = f.claim_id AND x.place = 1 AND c.claim = 'met' AND f.met = 1
)
SELECT c.plan, c.number, c.indicator_name, c.entity_name, c.scope, c.measure, c.period, c.claim,
       k.finding, k.reason, c.printed AS target, k.printed AS actual, c.unit,
       round(k.shortfall, 4) AS shortfall,
       round(100 * k.shortfall / k.edge, 2) AS shortfall_pct,
       k.other, k.other_scope,
       CASE k.finding
            WHEN 'contradicted' THEN
                 CASE c.claim WHEN 'met' THEN '称已完成，数据 ' || k.printed || ' 未达目标 ' || c.printed
                              ELSE '称未完成，数据 ' || k.printed || ' 已达目标 ' || c.printed END
            WHEN 'would_fail_in_other_scope' THEN
                 '数据 ' || k.printed || ' 达到目标 ' || c.printed || '，另一口径的 ' || k.other || ' 则未达'
            WHEN 'would_fail_in_other_place' THEN
                 '数据 ' || k.printed || ' 达到目标 ' || c.printed || '，另一处的 ' || k.other || ' 则未达'
            WHEN 'confirmed' THEN
                 CASE c.claim WHEN 'met' THEN '称已完成，数据 ' || k.printed || ' 达到目标 ' || c.printed
                              ELSE '称未完成，数据 ' || k.printed || ' 未达目标 ' || c.printed END
            ELSE CASE k.reason
                      WHEN 'not_assessed' THEN '来源未作考核'
                      WHEN 'missing_target' THEN '没有目标值'
                      WHEN 'textual_target' THEN '目标是文字：' || c.printed
                      WHEN 'no_observation' THEN '没有同一序列、同一时期的数据'
                      WHEN 'missing_value' THEN '数据缺失' || ifnull('：' || k.printed, '')
                      WHEN 'textual_value' THEN '数据是文字：' || k.printed
                      WHEN 'about_target' THEN '目标为约数 ' || c.printed || '，须给出容差'
                      WHEN 'bound_undecidable' THEN '界限值 ' || k.printed || ' 不足以判断目标 ' || c.printed
                      WHEN 'partly_met' THEN '部分完成，单个数据 ' || k.printed || ' 不足以证明' END
            END AS explained,
       CASE k.finding
            WHEN 'contradicted' THEN
                 CASE c.claim WHEN 'met' THEN 'claimed met, but ' || k.printed || ' misses ' || c.printed
                              ELSE 'claimed not met, but ' || k.printed || ' meets ' || c.printed END
            WHEN 'would_fail_in_other_scope' THEN
                 k.printed || ' meets ' || c.printed || ', but ' || k.other || ' of another scope would not'
            WHEN 'would_fail_in_other_place' THEN
                 k.printed || ' meets ' || c.printed || ', but ' || k.other || ' of another place would not'
            WHEN 'confirmed' THEN
                 CASE c.claim WHEN 'met' THEN 'claimed met, and ' || k.printed || ' meets ' || c.printed
                              ELSE 'claimed not met, and ' || k.printed || ' misses ' || c.printed END
            ELSE CASE k.reason
                      WHEN 'not_assessed' THEN 'the source assesses nothing'
                      WHEN 'missing_target' THEN 'there is no target'
                      WHEN 'textual_target' THEN 'the target is a wording: ' || c.printed
                      WHEN 'no_observation' THEN 'no figure of the same series and period'
                      WHEN 'missing_value' THEN 'the figure is missing' || ifnull(': ' || k.printed, '')
                      WHEN 'textual_value' THEN 'the figure is a wording: ' || k.printed
                      WHEN 'about_target' THEN 'the target is about ' || c.printed || ': give a tolerance'
                      WHEN 'bound_undecidable' THEN 'the bound ' || k.printed || ' does not decide against ' || c.printed
                      WHEN 'partly_met' THEN 'partly met: the single figure ' || k.printed || ' does not prove it' END
            END AS explained_en,
       c.value AS target_value, c.high AS target_high, k.value AS actual_value, k.status,
       c.indicator_name_en, c.entity_name_en, c.indicator, c.entity, c.among,
       c.source, c.locator, k.source AS actual_source, k.locator AS actual_locator, k.other_source, k.other_locator
  FROM claimed AS c
  JOIN concluded AS k ON k.claim_id = c.claim_id
  CROSS JOIN parameter AS q
 WHERE q.finding IS NULL OR q.finding = k.finding
 ORDER BY c.plan, c.number IS NULL, CAST(c.number AS INTEGER), c.number,
          c.indicator, c.entity, c.scope, c.measure, c.among, c.period, c.source, c.locator;
