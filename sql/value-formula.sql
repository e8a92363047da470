-- name: value-formula
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
-- column: class | 类别 | the class, see above
-- column: reason | 无法计算的原因 | why it is not computable
-- column: recomputed | 用分项重新计算的值，单位同 unit | value recomputed from the parts, in `unit`
-- column: gap | 印出的值减重新计算的值，单位同 unit | printed value less the recomputed one, in `unit`
-- column: gap_pct | 差额占重新计算值的百分之几 | the gap in per cent of the recomputed value
-- column: calculation | 算式：各分项（如印） | the calculation, with the parts as printed
-- column: least | 分项舍入前推算值最小可能 | the least the value can be, had the parts been rounded
-- column: most | 分项舍入前推算值最大可能 | the most the value can be, had the parts been rounded
-- column: operand_places | 各分项的来源和位置 | source and place of each part
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity
),
wanted_indicator AS (
  SELECT i.code
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE i.id IN (SELECT f.indicator_id FROM formula AS f)
     AND (q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
          OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator))
),
wanted_entity AS (
  SELECT e.code
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- The parts of each formula.
part AS (
  SELECT i.code AS indicator, f.role, f.coefficient, o.code AS operand, o.name AS operand_name
    FROM formula AS f
    JOIN indicator AS i ON i.id = f.indicator_id
    JOIN indicator AS o ON o.id = f.operand_id
   WHERE i.code IN (SELECT w.code FROM wanted_indicator AS w)
),
-- Every number that takes part, as a value or as an operand, with its text from the first digit on.
figure AS (
  SELECT o.indicator, o.indicator_name, o.indicator_name_en, o.entity, o.entity_name, o.entity_name_en, o.scope,
         o.period, o.starts, o.ends, o.value, o.unit, o.status, o.printed, o.source, o.locator,
         o.comparator <> '=' OR o.high IS NOT NULL AS bounded,
         replace(replace(o.printed, ',', ''), '，', '') AS text
    FROM observations AS o
   WHERE o.measure = 'level' AND o.value IS NOT NULL
     AND o.entity IN (SELECT w.code FROM wanted_entity AS w)
     AND o.indicator IN (SELECT p.indicator FROM part AS p UNION SELECT p.operand FROM part AS p)
),
digits AS (
  SELECT f.indicator, f.indicator_name, f.indicator_name_en, f.entity, f.entity_name, f.entity_name_en, f.scope,
         f.period, f.starts, f.ends, f.value, f.unit, f.status, f.printed, f.source, f.locator, f.bounded,
         substr(f.text, (SELECT min(nullif(instr(f.text, n.value), 0))
                           FROM json_each('["0","1","2","3","4","5","6","7","8","9"]') AS n)) AS text
    FROM figure AS f
),
-- Half a unit of the last printed decimal: 0.005 for 1.60, 50 for 6.19 万元 stored in 元. The printed number may be in
-- another unit than the value, so it is scaled by what lies between them.
rounded AS MATERIALIZED (
  SELECT d.indicator, d.indicator_name, d.indicator_name_en, d.entity, d.entity_name, d.entity_name_en, d.scope,
         d.period, d.starts, d.ends, d.value, d.unit, u.factor, d.status, t.precedence, d.printed, d.source, s.published,
         d.locator, d.bounded,
         CASE WHEN CAST(d.text AS REAL) > 0 AND d.value <> 0 THEN abs(d.value) / CAST(d.text AS REAL) ELSE 1 END
           * 0.5 * pow(10, -CASE WHEN d.text GLOB '*[0-9].[0-9]*'
                                 THEN length(substr(d.text, instr(d.text, '.') + 1))
                                      - length(ltrim(substr(d.text, instr(d.text, '.') + 1), '0123456789'))
                                 ELSE 0 END) AS half
    FROM digits AS d
    JOIN unit AS u ON u.code = d.unit
    JOIN status AS t ON t.code = d.status
    JOIN source AS s ON s.code = d.source
),
derived AS (
  SELECT row_number() OVER (ORDER BY r.indicator, r.entity, r.scope, r.starts, r.ends, r.source, r.locator) AS derived,
         r.indicator, r.indicator_name, r.indicator_name_en, r.entity, r.entity_name, r.entity_name_en, r.scope,
         r.period, r.value, r.unit, r.factor, r.status, r.precedence, r.printed, r.source, r.locator, r.bounded, r.half
    FROM rounded AS r
   WHERE r.indicator IN (SELECT w.code FROM wanted_indicator AS w)
),
-- The figures that may stand for each part; none leaves a row without a figure.
candidate AS (
  SELECT d.derived, p.role, p.operand, p.operand_name, p.coefficient, o.value, o.factor, o.half, o.bounded, o.printed,
         o.source, o.locator,
         row_number() OVER (PARTITION BY d.derived, p.role, p.operand
                            ORDER BY o.bounded, o.source = d.source DESC, CASE WHEN o.source = d.source THEN o.half END,
                                     o.precedence, o.published DESC NULLS LAST, o.source, o.locator) AS place
    FROM derived AS d
    JOIN part AS p ON p.indicator = d.indicator
    LEFT JOIN rounded AS o
      ON o.indicator = p.operand AND o.entity = d.entity AND o.scope = d.scope AND o.period = d.period
     AND (o.precedence < 3 OR o.precedence = d.precedence)
),
-- The parts side by side, numerator first, as words; a coefficient is told where it is not 1.
worded AS (
  SELECT c.derived, c.role, c.operand,
         replace(replace(group_concat(CASE WHEN c.coefficient = 1 THEN '' ELSE printf('%g × ', c.coefficient) END
                                        || c.operand_name || ' ' || coalesce(c.printed, '?'), ' + ') OVER run,
                         ' + -1 × ', ' - '), ' + -', ' - ') AS parts,
         group_concat(c.operand || ': ' || coalesce(rtrim(c.source || ' ' || c.locator), '?'), '; ') OVER run AS places,
         count(*) OVER run > 1 AS several
    FROM candidate AS c
   WHERE c.place = 1
  WINDOW run AS (PARTITION BY c.derived, c.role ORDER BY c.operand
                 ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
),
-- Numerator and denominator in base units, with what rounding leaves open. Without a denominator the value is a sum.
summed AS (
  SELECT c.derived,
         sum(c.value IS NULL) AS missing, sum(c.bounded) AS bounds,
         sum(CASE WHEN c.role = 'numerator' THEN c.coefficient * c.value * c.factor END) AS top,
         sum(CASE WHEN c.role = 'numerator' THEN abs(c.coefficient) * c.half * c.factor END) AS top_half,
         coalesce(sum(CASE WHEN c.role = 'denominator' THEN c.coefficient * c.value * c.factor END), 1) AS bottom,
         coalesce(sum(CASE WHEN c.role = 'denominator' THEN abs(c.coefficient) * c.half * c.factor END), 0) AS bottom_half
    FROM candidate AS c
   WHERE c.place = 1
   GROUP BY c.derived
),
recomputed AS (
  SELECT d.derived, d.value, d.half,
         CASE WHEN s.missing > 0 THEN 'missing_operand'
              WHEN s.bounds > 0 THEN 'bound_operand'
              WHEN abs(s.bottom) <= s.bottom_half THEN 'zero_denominator'
              WHEN d.bounded THEN 'bound_value' END AS reason,
         CASE WHEN s.missing = 0 AND s.bounds = 0 AND abs(s.bottom) > s.bottom_half
              THEN s.top / s.bottom / d.factor END AS result,
         min((s.top - s.top_half) / (s.bottom - s.bottom_half), (s.top - s.top_half) / (s.bottom + s.bottom_half),
             (s.top + s.top_half) / (s.bottom - s.bottom_half), (s.top + s.top_half) / (s.bottom + s.bottom_half))
           / d.factor AS least,
         max((s.top - s.top_half) / (s.bottom - s.bottom_half), (s.top - s.top_half) / (s.bottom + s.bottom_half),
             (s.top + s.top_half) / (s.bottom - s.bottom_half), (s.top + s.top_half) / (s.bottom + s.bottom_half))
           / d.factor AS most
    FROM summed AS s
    CROSS JOIN derived AS d ON d.derived = s.derived
),
-- A trace more than half a digit, for binary fractions.
classed AS (
  SELECT r.derived, r.reason, r.result, r.least, r.most,
         CASE WHEN r.reason IS NOT NULL THEN 'not_computable'
              WHEN abs(r.value - r.result) <= r.half * (1 + 1e-9) THEN 'closes'
              WHEN r.least <= r.value + r.half * (1 + 1e-9) AND r.most >= r.value - r.half * (1 + 1e-9) THEN 'rounding'
              ELSE 'differs' END AS class
    FROM recomputed AS r
)
SELECT c.class, c.reason, d.indicator_name, d.entity_name, d.scope, d.period, d.printed,
       round(c.result, 6) AS recomputed, d.unit,
       CASE WHEN c.reason IS NULL THEN round(d.value - c.result, 6) END AS gap,
       CASE WHEN c.reason IS NULL THEN round(100 * (d.value - c.result) / abs(nullif(c.result, 0)), 2) END AS gap_pct,
       CASE WHEN b.parts IS NULL THEN t.parts
            ELSE iif(t.several, '(' || t.parts || ')', t.parts) || ' / '
                   || iif(b.several, '(' || b.parts || ')', b.parts) END AS calculation,
       CASE WHEN c.result IS NOT NULL THEN round(c.least, 6) END AS least,
       CASE WHEN c.result IS NOT NULL THEN round(c.most, 6) END AS most,
       d.value, d.status, d.source, d.locator, t.places || ifnull('; ' || b.places, '') AS operand_places,
       d.indicator_name_en, d.entity_name_en, d.indicator, d.entity
  FROM classed AS c
  JOIN derived AS d ON d.derived = c.derived
  LEFT JOIN (SELECT DISTINCT w.derived, w.parts, w.places, w.several FROM worded AS w WHERE w.role = 'numerator') AS t
    ON t.derived = c.derived
  LEFT JOIN (SELECT DISTINCT w.derived, w.parts, w.places, w.several FROM worded AS w WHERE w.role = 'denominator') AS b
    ON b.derived = c.derived
 ORDER BY CASE c.class WHEN 'differs' THEN 1 WHEN 'rounding' THEN 2 WHEN 'closes' THEN 3 ELSE 4 END, c.derived;
