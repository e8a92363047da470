-- name: value-formula
-- family: honesty
-- about: Derived values against their parts: each printed value of an indicator with a formula (table `formula`, such as urban income
--   over rural income) is recomputed from the figures of its parts of the same entity, scope and period.
--   A part is taken from the value's own source (there the one printed more exactly), else the best of any source; exact numbers before bounds,
--   forecasts only for a forecast. Every figure is turned into base units first.
--   Classes: differs (no rounding explains the gap); rounding (it closes only if the parts as printed were rounded); closes (the parts as
--   printed give the value to its last digit); not_computable. Rounding is half a unit of the last printed digit of each figure, a count's too.
--   Reasons of not_computable: missing_operand (? in the calculation), bound_operand (a part is printed as a bound, range or 约),
--   zero_denominator (the denominator is, or may have been rounded from, zero), bound_value (the value itself is one).
--   Levels only; wordings and missing marks are not recomputed.
-- about_zh: 推算值与其分项相对照：有公式（formula 表，如城镇收入 / 农村收入）的指标，其印出的数值用同一对象、口径、时期的分项数据重新计算。
--   分项先取与推算值同一来源的（其中取印得较精确的），再取各来源中最可信的；先确数后界限值；推算值是预测数时才用预测数。计算前都换算为基本单位。
--   类别：differs 不符，四舍五入不能解释；rounding 印出的分项经过四舍五入才相符；closes 按印出的分项计算，与末位数字相符；
--   not_computable 无法计算。四舍五入按各数末位的半个单位计，个数也如此。
--   无法计算的原因：missing_operand 缺分项数据（算式中为 ?），bound_operand 分项是界限值、范围或约数，
--   zero_denominator 分母为零或可能由零舍入而来，bound_value 推算值本身是界限值、范围或约数。
--   只算水平值；文字和缺失不算。
-- param: indicator text = null in indicator  | 推算的指标：代码、名称或别名；空为全部 | derived indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- columns: class, reason, indicator_name, entity_name, scope, period, printed, recomputed, unit, gap, gap_pct,
--   calculation, least, most, value, status, source, locator, operand_places, indicator_name_en, entity_name_en, indicator, entity
-- shown: class, reason, indicator_name, entity_name, scope, period, printed, recomputed, unit, gap, gap_pct, calculation
-- severity: class | error: differs | note: rounding, closes, not_computable
-- finding: {entity_name}{period} {indicator_name}印作 {printed}，按 {calculation} 应为 {recomputed} {unit}
--   | {indicator_name_en} of {entity_name_en} in {period}: printed {printed}, but {calculation} gives {recomputed} {unit}
-- column: class | 类别 | the class, see above
-- column: reason | 原因：无法计算的原因 | why it is not computable
-- column: recomputed | 重算值：用分项重新计算的值，单位同 unit | value recomputed from the parts, in `unit`
-- column: gap | 差额：印出的值减重新计算的值，单位同 unit | printed value less the recomputed one, in `unit`
-- column: gap_pct | 相差%：差额占重新计算值的百分之几 | the gap in per cent of the recomputed value
-- column: calculation | 算式：各分项（如印） | the calculation, with the parts as printed
-- column: least | 分项舍入前推算值最小可能 | the least the value can be, had the parts been rounded
-- column: most | 分项舍入前推算值最大可能 | the most the value can be, had the parts been rounded
-- column: operand_places | 各分项的来源和位置 | source and place of each part
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity
),
wanted_indicator AS (
  SELECT i.id
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE i.id IN (SELECT f.indicator_id FROM formula AS f)
     AND (q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
          OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator))
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
wanted AS MATERIALIZED (
  SELECT s.id, s.indicator_id, s.entity_id, s.scope_id, u.factor
    FROM wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
    JOIN unit AS u ON u.id = s.unit_id
   WHERE +s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
),
-- The parts of each series in order, with the series that gives them where there is one; first the value itself, which is
-- read likewise.
part (series_id, position, role, coefficient, operand, term, operand_id, factor) AS MATERIALIZED (
  SELECT w.id, 0, 'itself', 1, NULL, NULL, w.id, w.factor FROM wanted AS w
  UNION ALL
  SELECT w.id, row_number() OVER (PARTITION BY w.id ORDER BY f.role DESC, x.code), f.role, f.coefficient, x.code,
         CASE WHEN f.coefficient = 1 THEN '' ELSE printf('%g × ', f.coefficient) END || x.name || ' ', s.id, u.factor
    FROM wanted AS w
    JOIN formula AS f ON f.indicator_id = w.indicator_id
    JOIN indicator AS x ON x.id = f.operand_id
    LEFT JOIN series AS s
      ON s.indicator_id = f.operand_id AND s.entity_id = w.entity_id AND s.scope_id = w.scope_id AND s.measure = 'level'
     AND ifnull(s.among_id, 0) = 0
    LEFT JOIN unit AS u ON u.id = s.unit_id
),
-- Every figure that takes part, as printed; a plain number is stored once, as the value. `text`: from the first digit on,
-- without thousands separators; a plain number needs no search.
figure AS MATERIALIZED (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, t.precedence,
         o.comparator <> '=' OR o.high IS NOT NULL AS bounded,
         (SELECT count(*) FROM observation AS x WHERE x.series_id = o.series_id AND x.period_id = o.period_id) AS rivals,
         coalesce(o.printed,
                  CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                       ELSE CAST(o.value AS TEXT) END) || ifnull(' ' || o.printed_unit, '') AS printed,
         CASE WHEN o.printed IS NOT NULL
              THEN substr(replace(replace(o.printed, ',', ''), '，', ''),
                          (SELECT min(nullif(instr(replace(replace(o.printed, ',', ''), '，', ''), n.value), 0))
                             FROM json_each('["0","1","2","3","4","5","6","7","8","9"]') AS n))
              WHEN o.value <> CAST(o.value AS INTEGER) THEN CAST(abs(o.value) AS TEXT) END AS text
    FROM observation AS o
    CROSS JOIN status AS t ON t.code = o.status
   WHERE o.series_id IN (SELECT p.operand_id FROM part AS p) AND o.value IS NOT NULL
),
-- Half a unit of the last printed decimal: 0.005 for 1.60, 50 for 6.19 万元 stored in 元. The printed number may be in
-- another unit than the value, so it is scaled by what lies between them.
rounded AS MATERIALIZED (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.value, f.precedence, f.bounded, f.rivals, f.printed,
         CASE WHEN f.text IS NULL THEN 0.5
              ELSE CASE WHEN CAST(f.text AS REAL) > 0 AND f.value <> 0 THEN abs(f.value) / CAST(f.text AS REAL) ELSE 1 END
                     * 0.5 * pow(10, -CASE WHEN f.text GLOB '*[0-9].[0-9]*'
                                           THEN length(substr(f.text, instr(f.text, '.') + 1))
                                                - length(ltrim(substr(f.text, instr(f.text, '.') + 1), '0123456789'))
                                           ELSE 0 END) END AS half
    FROM figure AS f
),
-- Where a part has several figures, the one that stands first is taken.
contested AS MATERIALIZED (
  SELECT r.series_id, r.period_id, r.source_id, r.locator, r.precedence, r.bounded, r.half FROM rounded AS r WHERE r.rivals > 1
),
choice AS (
  SELECT d.series_id, d.period_id, d.source_id, d.locator, f.role, o.series_id AS operand_id,
         o.source_id AS operand_source, o.locator AS operand_locator,
         row_number() OVER (PARTITION BY d.series_id, d.period_id, d.source_id, d.locator, f.role, o.series_id
                            ORDER BY o.bounded, o.source_id = d.source_id DESC, CASE WHEN o.source_id = d.source_id THEN o.half END,
                                     o.precedence, s.published DESC NULLS LAST, s.code, o.locator) AS place
    FROM contested AS o
    CROSS JOIN series AS x ON x.id = o.series_id
    CROSS JOIN formula AS f ON f.operand_id = x.indicator_id
    CROSS JOIN series AS w
      ON w.indicator_id = f.indicator_id AND w.entity_id = x.entity_id AND w.scope_id = x.scope_id AND w.measure = 'level'
     AND ifnull(w.among_id, 0) = 0
    CROSS JOIN observation AS d ON d.series_id = w.id AND d.period_id = o.period_id AND d.value IS NOT NULL
    CROSS JOIN status AS t ON t.code = d.status AND (o.precedence < 3 OR o.precedence = t.precedence)
    JOIN source AS s ON s.id = o.source_id
),
chosen AS MATERIALIZED (
  SELECT c.series_id, c.period_id, c.source_id, c.locator, c.role, c.operand_id, c.operand_source, c.operand_locator
    FROM choice AS c
   WHERE c.place = 1
),
-- Each value with its parts, side by side as words and summed in base units, with what rounding leaves open. Without a
-- denominator the value is a sum. The parts come in the order of their positions.
summed AS (
  SELECT d.series_id, d.period_id, d.source_id, d.locator, d.value, max(CASE p.position WHEN 0 THEN o.half END) AS half,
         max(CASE p.position WHEN 0 THEN o.bounded END) AS bounded, max(CASE p.position WHEN 0 THEN p.factor END) AS factor,
         group_concat(CASE p.role WHEN 'numerator' THEN p.term || coalesce(o.printed, '?') END, ' + ') AS tops,
         group_concat(CASE p.role WHEN 'denominator' THEN p.term || coalesce(o.printed, '?') END, ' + ') AS bottoms,
         group_concat(CASE WHEN p.position > 0 THEN p.operand || ': ' || coalesce(rtrim(s.code || ' ' || o.locator), '?') END,
                      '; ') AS places,
         sum(p.role = 'numerator') > 1 AS several_tops, sum(p.role = 'denominator') > 1 AS several_bottoms,
         sum(o.value IS NULL) AS missing, sum(p.position > 0 AND o.bounded) AS bounds,
         sum(CASE p.role WHEN 'numerator' THEN p.coefficient * o.value * p.factor END) AS top,
         sum(CASE p.role WHEN 'numerator' THEN abs(p.coefficient) * o.half * p.factor END) AS top_half,
         coalesce(sum(CASE p.role WHEN 'denominator' THEN p.coefficient * o.value * p.factor END), 1) AS bottom,
         coalesce(sum(CASE p.role WHEN 'denominator' THEN abs(p.coefficient) * o.half * p.factor END), 0) AS bottom_half
    FROM observation AS d
    CROSS JOIN part AS p ON p.series_id = d.series_id
    CROSS JOIN status AS t ON t.code = d.status
    LEFT JOIN chosen AS c
      ON c.series_id = d.series_id AND c.period_id = d.period_id AND c.source_id = d.source_id AND c.locator = d.locator
     AND c.role = p.role AND c.operand_id = p.operand_id
    LEFT JOIN rounded AS o
      ON o.series_id = p.operand_id AND o.period_id = d.period_id
     AND CASE WHEN p.position = 0 THEN o.source_id = d.source_id AND o.locator = d.locator
              WHEN c.role IS NOT NULL THEN o.source_id = c.operand_source AND o.locator = c.operand_locator
              ELSE o.precedence < 3 OR o.precedence = t.precedence END
    LEFT JOIN source AS s ON s.id = o.source_id
   WHERE d.series_id IN (SELECT w.id FROM wanted AS w) AND d.value IS NOT NULL
   GROUP BY d.series_id, d.period_id, d.source_id, d.locator
),
recomputed AS MATERIALIZED (
  SELECT s.series_id, s.period_id, s.source_id, s.locator, s.value, s.half, s.places,
         replace(replace(CASE WHEN s.bottoms IS NULL THEN s.tops
                              ELSE iif(s.several_tops, '(' || s.tops || ')', s.tops) || ' / '
                                     || iif(s.several_bottoms, '(' || s.bottoms || ')', s.bottoms) END,
                         ' + -1 × ', ' - '), ' + -', ' - ') AS calculation,
         CASE WHEN s.missing > 0 THEN 'missing_operand'
              WHEN s.bounds > 0 THEN 'bound_operand'
              WHEN abs(s.bottom) <= s.bottom_half THEN 'zero_denominator'
              WHEN s.bounded THEN 'bound_value' END AS reason,
         CASE WHEN s.missing = 0 AND s.bounds = 0 AND abs(s.bottom) > s.bottom_half
              THEN s.top / s.bottom / s.factor END AS result,
         min((s.top - s.top_half) / (s.bottom - s.bottom_half), (s.top - s.top_half) / (s.bottom + s.bottom_half),
             (s.top + s.top_half) / (s.bottom - s.bottom_half), (s.top + s.top_half) / (s.bottom + s.bottom_half))
           / s.factor AS least,
         max((s.top - s.top_half) / (s.bottom - s.bottom_half), (s.top - s.top_half) / (s.bottom + s.bottom_half),
             (s.top + s.top_half) / (s.bottom - s.bottom_half), (s.top + s.top_half) / (s.bottom + s.bottom_half))
           / s.factor AS most
    FROM summed AS s
),
-- A trace more than half a digit, for binary fractions.
classed AS (
  SELECT r.series_id, r.period_id, r.source_id, r.locator, r.value, r.places, r.calculation, r.reason, r.result, r.least, r.most,
         CASE WHEN r.reason IS NOT NULL THEN 'not_computable'
              WHEN abs(r.value - r.result) <= r.half * (1 + 1e-9) THEN 'closes'
              WHEN r.least <= r.value + r.half * (1 + 1e-9) AND r.most >= r.value - r.half * (1 + 1e-9) THEN 'rounding'
              ELSE 'differs' END AS class
    FROM recomputed AS r
)
SELECT c.class, c.reason, i.name AS indicator_name, e.name AS entity_name, g.code AS scope, p.code AS period,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END) || ifnull(' ' || o.printed_unit, '') AS printed,
       round(c.result, 6) AS recomputed, u.code AS unit,
       CASE WHEN c.reason IS NULL THEN round(c.value - c.result, 6) END AS gap,
       CASE WHEN c.reason IS NULL THEN round(100 * (c.value - c.result) / abs(nullif(c.result, 0)), 2) END AS gap_pct,
       c.calculation,
       CASE WHEN c.result IS NOT NULL THEN round(c.least, 6) END AS least,
       CASE WHEN c.result IS NOT NULL THEN round(c.most, 6) END AS most,
       c.value, o.status, d.code AS source, c.locator, c.places AS operand_places,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM classed AS c
  CROSS JOIN series AS w ON w.id = c.series_id
  CROSS JOIN observation AS o
    ON o.series_id = c.series_id AND o.period_id = c.period_id AND o.source_id = c.source_id AND o.locator = c.locator
  JOIN indicator AS i ON i.id = w.indicator_id
  JOIN entity AS e ON e.id = w.entity_id
  JOIN scope AS g ON g.id = w.scope_id
  JOIN unit AS u ON u.id = w.unit_id
  JOIN period AS p ON p.id = c.period_id
  JOIN source AS d ON d.id = c.source_id
 ORDER BY CASE c.class WHEN 'differs' THEN 1 WHEN 'rounding' THEN 2 WHEN 'closes' THEN 3 ELSE 4 END,
          i.code, e.code, g.code, p.starts, p.ends, d.code, c.locator;
