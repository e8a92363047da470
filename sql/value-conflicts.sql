-- name: value-conflicts
-- family: honesty
-- about: Figures of one indicator, entity, measure and period that differ between sources, between places of a source or between scopes,
--   pair by pair. Equal figures are no conflict; wordings and missing marks are not compared.
--   Classes, the gravest first: real (nothing below explains it); status (of two sources one has it provisional or as
--   a forecast and the other has not; a source does not revise itself);
--   bound (a bound, range or 约, 近, 左右 that agrees with the other figure); rounding (one figure is the other rounded
--   to its own printed precision); scope (the scopes differ, so the figures may). The first that applies counts, in the order
--   scope, bound, rounding, status, real.
-- about_zh: 同一指标、对象、计量、时期的数据，在来源之间、同一来源的不同位置之间或口径之间不一致的，逐对列出。
--   相同的数据不算冲突；文字和缺失不比较。类别由重到轻：real 实质冲突（以下都不能解释）；status 两个来源中一为初步或预测数、另一不是（同一来源不算修订）；
--   bound 界限值、范围或约数，与另一数据并不矛盾；rounding 一个是另一个按其印出精度四舍五入的结果；scope 口径不同，数据可以不同。
--   判定按 scope、bound、rounding、status、real 的顺序，取最先成立的一类。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: near number = 5  | “约、近、左右”的数与另一数相差不超过百分之几算不矛盾
--   | per cent within which a figure with 约, 近 or 左右 agrees with another
-- columns: class, indicator_name, entity_name, measure, period, unit,
--   scope, printed, source, locator, other_scope, other_printed, other_source, other_locator,
--   difference, difference_pct, value, other_value, status, other_status,
--   indicator_name_en, entity_name_en, indicator, entity, among
-- shown: class, indicator_name, period, unit, scope, printed, locator, other_scope, other_printed,
--   other_locator, difference_pct
-- severity: class | error: real | note: status, bound, rounding, scope
-- finding: {entity_name}{period} {indicator_name}（{measure}）两处不一：{printed}（{source} {locator}）与 {other_printed}（{other_source} {other_locator}），{class}
--   | {indicator_name_en} of {entity_name_en} in {period}, {measure}: {printed} ({source} {locator}) against {other_printed} ({other_source} {other_locator}), {class}
-- column: class | 冲突类别 | class of the conflict, see above
-- column: other_scope | 另一口径：另一数据的口径 | scope of the other figure
-- column: other_printed | 另一数据（如印） | the other figure as printed
-- column: other_source | 另一数据的来源 | source of the other figure
-- column: other_locator | 另一出处：另一数据在来源中的位置 | place of the other figure in its source
-- column: difference | 另一数据减本数据，单位同 unit；其一是界限值或范围时为空
--   | the other figure less this one, in `unit`; empty when one is a bound or a range
-- column: difference_pct | 相差%：相差百分之几（以本数据为 100） | difference in per cent of this figure
-- column: other_value | 另一数据的数值，单位同 unit | the other figure in `unit`
-- column: other_status | 另一数据的状态 | status of the other figure
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(CAST(:near AS REAL), 5.0) / 100 AS near
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
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL)
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
  UNION ALL
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL
),
-- Most periods of a series have one figure, which has nothing to differ from.
crowded AS (
  SELECT o.series_id, o.period_id
    FROM observation AS o
   WHERE o.series_id IN (SELECT w.id FROM wanted AS w)
   GROUP BY o.series_id, o.period_id
  HAVING count(*) > 1
),
-- Series that differ in nothing but their scope.
twin AS (
  SELECT s.id, z.id AS other_id
    FROM wanted AS w
    CROSS JOIN series AS s ON s.id = w.id
    CROSS JOIN series AS z
      ON z.indicator_id = s.indicator_id AND z.entity_id = s.entity_id AND z.measure = s.measure AND z.among_id IS s.among_id
     AND z.scope_id <> s.scope_id
    JOIN scope AS c ON c.id = s.scope_id
    JOIN scope AS d ON d.id = z.scope_id
   WHERE c.code < d.code
),
-- Two rows on one number are the same figure only when sign and range agree, too.
met AS (
  SELECT a.series_id, a.period_id, a.source_id, a.locator, b.series_id AS other_id, b.source_id AS other_source_id,
         b.locator AS other_locator
    FROM crowded AS x
    CROSS JOIN observation AS a ON a.series_id = x.series_id AND a.period_id = x.period_id
    CROSS JOIN observation AS b ON b.series_id = x.series_id AND b.period_id = x.period_id
    JOIN source AS c ON c.id = a.source_id
    JOIN source AS d ON d.id = b.source_id
   WHERE (c.code, a.locator) < (d.code, b.locator)
     AND (a.value <> b.value OR a.value = b.value AND (a.high IS NOT b.high OR a.comparator <> b.comparator))
  UNION ALL
  SELECT a.series_id, a.period_id, a.source_id, a.locator, b.series_id, b.source_id, b.locator
    FROM twin AS x
    CROSS JOIN observation AS a ON a.series_id = x.id
    CROSS JOIN observation AS b ON b.series_id = x.other_id AND b.period_id = a.period_id
   WHERE a.value <> b.value OR a.value = b.value AND (a.high IS NOT b.high OR a.comparator <> b.comparator)
),
pair AS (
  SELECT i.code AS indicator, i.name AS indicator_name, i.name_en AS indicator_name_en, e.code AS entity, e.name AS entity_name,
         e.name_en AS entity_name_en, s.measure, g.code AS among, p.code AS period, u.code AS unit,
         f.code AS scope, a.value, a.high, a.comparator, a.status, c.code AS source, a.locator,
         coalesce(a.printed,
                  CASE WHEN a.value = CAST(a.value AS INTEGER) THEN CAST(CAST(a.value AS INTEGER) AS TEXT)
                       ELSE CAST(a.value AS TEXT) END) || ifnull(' ' || a.printed_unit, '') AS printed,
         h.code AS other_scope, b.value AS other_value, b.high AS other_high, b.comparator AS other_comparator,
         b.status AS other_status, d.code AS other_source, b.locator AS other_locator,
         coalesce(b.printed,
                  CASE WHEN b.value = CAST(b.value AS INTEGER) THEN CAST(CAST(b.value AS INTEGER) AS TEXT)
                       ELSE CAST(b.value AS TEXT) END) || ifnull(' ' || b.printed_unit, '') AS other_printed
    FROM met AS m
    CROSS JOIN observation AS a
      ON a.series_id = m.series_id AND a.period_id = m.period_id AND a.source_id = m.source_id AND a.locator = m.locator
    CROSS JOIN observation AS b
      ON b.series_id = m.other_id AND b.period_id = m.period_id AND b.source_id = m.other_source_id AND b.locator = m.other_locator
    CROSS JOIN series AS s ON s.id = m.series_id
    CROSS JOIN series AS z ON z.id = m.other_id
    JOIN indicator AS i ON i.id = s.indicator_id
    JOIN entity AS e ON e.id = s.entity_id
    JOIN scope AS f ON f.id = s.scope_id
    JOIN scope AS h ON h.id = z.scope_id
    JOIN unit AS u ON u.id = s.unit_id
    JOIN period AS p ON p.id = m.period_id
    JOIN source AS c ON c.id = m.source_id
    JOIN source AS d ON d.id = m.other_source_id
    LEFT JOIN entity AS g ON g.id = s.among_id
),
-- Both figures as spans of the number line; a `side` is -1 just under the number, 1 just over it.
-- A figure that is about a number spans the tolerance around it.
span AS (
  SELECT row_number() OVER (ORDER BY p.indicator, p.entity, p.measure, p.among, p.period, p.scope, p.source, p.locator,
                                     p.other_scope, p.other_source, p.other_locator) AS pair,
         p.scope = p.other_scope AS same_scope,
         p.comparator IN ('=', '~', '~<') AND p.other_comparator IN ('=', '~', '~<')
           AND p.high IS NULL AND p.other_high IS NULL AS measurable,
         p.comparator <> '=' OR p.other_comparator <> '='
           OR p.high IS NOT NULL OR p.other_high IS NOT NULL AS bounded,
         CASE WHEN p.comparator IN ('~', '~<') THEN p.value - abs(p.value) * q.near
              WHEN p.comparator NOT IN ('<', '<=') THEN p.value ELSE -9e999 END AS low,
         CASE p.comparator WHEN '>' THEN 1 ELSE 0 END AS low_side,
         CASE WHEN p.comparator = '~' THEN p.value + abs(p.value) * q.near
              WHEN p.comparator NOT IN ('>', '>=') THEN coalesce(p.high, p.value) ELSE 9e999 END AS high,
         CASE WHEN p.comparator IN ('<', '~<') THEN -1 ELSE 0 END AS high_side,
         CASE WHEN p.other_comparator IN ('~', '~<') THEN p.other_value - abs(p.other_value) * q.near
              WHEN p.other_comparator NOT IN ('<', '<=') THEN p.other_value ELSE -9e999 END AS other_low,
         CASE p.other_comparator WHEN '>' THEN 1 ELSE 0 END AS other_low_side,
         CASE WHEN p.other_comparator = '~' THEN p.other_value + abs(p.other_value) * q.near
              WHEN p.other_comparator NOT IN ('>', '>=') THEN coalesce(p.other_high, p.other_value) ELSE 9e999 END AS other_high,
         CASE WHEN p.other_comparator IN ('<', '~<') THEN -1 ELSE 0 END AS other_high_side,
         p.indicator, p.indicator_name, p.indicator_name_en, p.entity, p.entity_name, p.entity_name_en,
         p.measure, p.among, p.period, p.unit, p.scope, p.value, p.status, p.printed, p.source, p.locator,
         p.other_scope, p.other_value, p.other_status, p.other_printed, p.other_source, p.other_locator
    FROM parameter AS q
    CROSS JOIN pair AS p
),
-- The text of each figure from its first digit on, without thousands separators.
side AS (
  SELECT s.pair, 1 AS side, abs(s.value) AS size, replace(replace(s.printed, ',', ''), '，', '') AS text FROM span AS s
  UNION ALL
  SELECT s.pair, 2, abs(s.other_value), replace(replace(s.other_printed, ',', ''), '，', '') FROM span AS s
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
  SELECT s.pair, s.measurable, s.indicator, s.indicator_name, s.indicator_name_en, s.entity, s.entity_name, s.entity_name_en,
         s.measure, s.among, s.period, s.unit, s.scope, s.value, s.status, s.printed, s.source, s.locator,
         s.other_scope, s.other_value, s.other_status, s.other_printed, s.other_source, s.other_locator,
         CASE WHEN NOT s.same_scope THEN 'scope'
              WHEN s.bounded AND (s.low, s.low_side) <= (s.other_high, s.other_high_side)
                   AND (s.other_low, s.other_low_side) <= (s.high, s.high_side) THEN 'bound'
              -- Half the coarser step, and a trace more for binary fractions.
              WHEN NOT s.bounded AND a.step <> b.step
                   AND abs(s.value - s.other_value) <= max(a.step, b.step) * (0.5 + 1e-9) THEN 'rounding'
              WHEN s.source <> s.other_source AND t.precedence <> u.precedence THEN 'status'
              ELSE 'real' END AS class
    FROM span AS s
    JOIN precision AS a ON a.pair = s.pair AND a.side = 1
    JOIN precision AS b ON b.pair = s.pair AND b.side = 2
    JOIN status AS t ON t.code = s.status
    JOIN status AS u ON u.code = s.other_status
)
SELECT c.class, c.indicator_name, c.entity_name, c.measure, c.period, c.unit,
       c.scope, c.printed, c.source, c.locator, c.other_scope, c.other_printed, c.other_source, c.other_locator,
       CASE WHEN c.measurable THEN round(c.other_value - c.value, 4) END AS difference,
       CASE WHEN c.measurable AND c.value <> 0
            THEN round(100 * (c.other_value - c.value) / abs(c.value), 2) END AS difference_pct,
       c.value, c.other_value, c.status, c.other_status,
       c.indicator_name_en, c.entity_name_en, c.indicator, c.entity, c.among
  FROM classed AS c
 ORDER BY CASE c.class WHEN 'real' THEN 1 WHEN 'status' THEN 2 WHEN 'bound' THEN 3 WHEN 'rounding' THEN 4 ELSE 5 END,
          c.pair;
