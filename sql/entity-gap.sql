-- name: entity-gap
-- about: How far entities are apart, and whether they come closer: each one against the best, the average and a reference entity, over
--   time.
--   Ratios are value / best, value / average, value / reference; differences are value less theirs. The average is the plain mean of the
--   entities.
--   Spread: highest / lowest, and the coefficient of variation, standard deviation / mean, in % (σ convergence; of the population, or of a
--   sample).
--   Compared are entities of one rank (districts, counties and county-level cities are one), one scope and one period; the reference may be
--   of any rank.
--   With `other` the figure is the ratio of two indicators of the same entity in base units, such as urban over rural income, and `apart`
--   their difference; of such a ratio the lower is the better unless `better` says otherwise.
--   course, of an entity: whether its ratio to the reference (without one: to the best; with `other`: the ratio of the two indicators) came
--   nearer to 1 than in the newest earlier period of the same kind and length: narrowing, widening, unchanged. course_of_all: the same of the
--   coefficient of variation, if the same entities had figures then.
--   Forecasts do not count; bounds and ranges are left out; 约 and 近 count as their number. Without an indicator: the ten that most entities
--   have figures of, the newest period of two entities each; with one, every period.
--   An entity has a row in the periods of its own figures. Reasons: textual_value, bound_value; missing_other, bound_other, zero_other,
--   unit_mismatch (the two indicators are not of one dimension); too_few (no second entity to compare with: no best, average or spread);
--   not_positive (a value, or what it is compared with, is zero or below: no ratio there, and no variation); missing_reference.
-- about_zh: 对象之间差距多大、是否缩小：各对象与最好者、平均、参照对象的比和差，逐期列出。
--   比为数值 ÷ 最好值、÷ 平均值、÷ 参照值；差为数值减之。平均为各对象的简单平均。
--   离散程度：最高 ÷ 最低；变异系数 = 标准差 ÷ 平均（%），即 σ 收敛，标准差按总体或样本。
--   只比同级别（市辖区、县、县级市为同一级别）、同口径、同时期的对象；参照对象不限级别。
--   给出 other 时，数值为同一对象两个指标之比（按基本单位，如城镇收入 ÷ 农村收入，即城乡居民收入比），apart 为两者之差；这种比以低为好，better 可改。
--   course：该对象与参照（未给则与最好者；给出 other 时为两指标）之比是否比同类型、同长短的上一时期更接近 1：narrowing 缩小、widening 扩大、unchanged 不变。
--   course_of_all：两期有数的对象相同时，变异系数的变化。
--   不用预测数；界限值和范围不算；“约”“近”按其数。未给指标时列出数据对象最多的十个指标、各取至少两个对象有数的最新时期；给出指标时列出各期。
--   对象只在自己有数据的时期有行。原因：textual_value 文字数据，bound_value 界限值；missing_other 缺另一指标，bound_other 另一指标是界限值，zero_other 另一指标为零，unit_mismatch 两指标量纲不同；
--   too_few 没有第二个对象可比；not_positive 数值或对照值不大于零，不算其比和变异系数；missing_reference 缺参照数。
-- family: comparison
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为数据对象最多的十个
--   | indicator: code, name or alias; default: the ten that most entities have
-- param: other text = null in indicator  | 与哪个指标相比（同一对象，如城镇比农村）；空为不比
--   | indicator that the first is divided by, of the same entity; default: none
-- param: reference text = null in entity  | 参照对象；空为无 | the entity compared with; default: none
-- param: entity text = null in entity  | 只列这一对象；空为全部 | only this entity's rows; default: every one
-- param: among text = null in entity  | 只比某地区以内的对象（各级下属）；空为不限 | only entities within this one, at any depth; default: no limit
-- param: period text = null  | 时期，如 2022；newest 最新，every 各期；空见说明 | the period, such as 2022, or newest, or every; default: see above
-- param: better text = null in ('higher', 'lower')  | 以高还是以低为好；空按指标方向 | what the best is; default: the indicator's direction
-- param: deviation text = 'population' in ('population', 'sample')  | 标准差：总体（除以 n）或样本（除以 n-1） | standard deviation over n, or over n - 1
-- columns: indicator_name, other_name, scope, rank_of, period, entity_name, value, unit, apart, best_name, to_best, ratio_to_best, average,
--   to_average,
--   ratio_to_average, reference_name, reference_value, to_reference, ratio_to_reference, course, entities, highest_to_lowest, deviation,
--   variation, course_of_all, previous_period, deviations_to_best, reason, indicator_name_en, other_name_en, entity_name_en, best_name_en,
--   reference_name_en, indicator, other, entity, best, reference
-- shown: indicator_name, scope, period, entity_name, value, unit, best_name, ratio_to_best, ratio_to_average, ratio_to_reference, course,
--   variation,
--   course_of_all, reason
-- column: indicator_name | 指标 | the indicator
-- column: entity_name | 对象 | the entity
-- column: period | 时期 | the period
-- column: unit | 数值的单位 | unit of the values
-- column: entity | 对象的代码 | code of the entity
-- column: other_name | 另一指标 | the second indicator
-- column: rank_of | 同级对象：county 为区县，其余为对象类别 | who is compared: county for districts, counties and cities, else the kind
-- column: value | 数值；或两指标之比（unit 为倍），四位小数 | the value; or the ratio of the two indicators (unit 倍, times), to 4 decimals
-- column: apart | 两指标之差，单位同第一个指标，六位小数 | difference of the two indicators, in the first one's unit, to 6 decimals
-- column: best_name | 最好的对象 | the best entity
-- column: to_best | 比最好者，单位同 unit，六位小数 | value less the best, in `unit`, to 6 decimals
-- column: ratio_to_best | 对最好之比：对最好者之比，四位小数 | value over the best, to 4 decimals
-- column: average | 各对象的简单平均，单位同 unit，六位小数 | plain mean of the entities, in `unit`, to 6 decimals
-- column: to_average | 比平均，单位同 unit，六位小数 | value less the average, in `unit`, to 6 decimals
-- column: ratio_to_average | 对平均之比，四位小数 | value over the average, to 4 decimals
-- column: reference_name | 参照对象 | the reference entity
-- column: reference_value | 参照对象的数值，单位同 unit | value of the reference, in `unit`
-- column: to_reference | 比参照，单位同 unit，六位小数 | value less the reference, in `unit`, to 6 decimals
-- column: ratio_to_reference | 对参照之比，四位小数 | value over the reference, to 4 decimals
-- column: course | 该对象的差距：narrowing 缩小、widening 扩大、unchanged 不变 | of the entity's gap: narrowing, widening or unchanged
-- column: entities | 有数的对象数 | entities with a number
-- column: highest_to_lowest | 最高 ÷ 最低，四位小数 | highest over lowest, to 4 decimals
-- column: deviation | 标准差，单位同 unit，六位小数 | standard deviation, in `unit`, to 6 decimals
-- column: variation | 变异系数（%），四位小数 | coefficient of variation, %, to 4 decimals
-- column: course_of_all | 全体的差距（变异系数） | of the gap of all, by the coefficient of variation
-- column: previous_period | 对比的上一时期 | the period before
-- column: deviations_to_best | 距最好者几个标准差，四位小数 | distance to the best in standard deviations, to 4 decimals
-- column: reason | 原因 | the reason's code, see above
-- column: other_name_en | 另一指标的英文名 | the second indicator in English
-- column: best_name_en | 最好的对象的英文名 | the best entity in English
-- column: reference_name_en | 参照对象的英文名 | the reference entity in English
-- column: other | 另一指标的代码 | code of the second indicator
-- column: best | 最好的对象的代码 | code of the best entity
-- column: reference | 参照对象的代码 | code of the reference entity
-- chart: line x=period y=value by=entity_name
WITH RECURSIVE
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:other AS TEXT) AS other, CAST(:reference AS TEXT) AS reference,
         CAST(:entity AS TEXT) AS entity, CAST(:among AS TEXT) AS among, CAST(:better AS TEXT) AS better,
         coalesce(CAST(:period AS TEXT), iif(:indicator IS NULL, 'newest', 'every')) AS period,
         coalesce(:deviation, 'population') = 'sample' AS is_sample
),
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
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
reference AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.reference IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.reference)
),
-- Of one entity asked for only its rank matters.
ranked_entity AS (
  SELECT e.id, e.rank, max(e.id IN (SELECT w.id FROM wanted_entity AS w)) OVER (PARTITION BY e.rank) AS matters
    FROM (SELECT e.id, CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END AS rank
            FROM parameter AS q
            CROSS JOIN entity AS e
           WHERE q.among IS NULL OR e.id IN (SELECT w.id FROM within AS w WHERE NOT w.itself)) AS e
),
peer AS (
  SELECT e.id, e.rank FROM ranked_entity AS e WHERE e.matters
),
popular AS (
  SELECT c.indicator_id
    -- IN and the plus signs keep to the index by indicator, in whose order counting needs no sort.
    FROM (SELECT s.indicator_id, count(DISTINCT s.entity_id) AS entities
            FROM series AS s
           WHERE s.indicator_id IN (SELECT i.id
                                      FROM parameter AS q
                                      CROSS JOIN indicator AS i
                                     WHERE q.indicator IS NULL AND i.kind <> 'rank'
                                       AND (q.entity IS NULL
                                            OR i.id IN (SELECT x.indicator_id FROM series AS x WHERE x.entity_id IN (SELECT w.id FROM wanted_entity AS w))))
             AND +s.measure = 'level' AND +s.entity_id IN (SELECT e.id FROM peer AS e)
           GROUP BY s.indicator_id) AS c
    JOIN indicator AS i ON i.id = c.indicator_id
   WHERE c.entities > 1
   ORDER BY c.entities DESC, i.code
   LIMIT 10
),
wanted_indicator AS (
  SELECT i.id, CASE coalesce(q.better, iif(q.other IS NULL, i.direction, 'lower')) WHEN 'lower' THEN -1 ELSE 1 END AS sign
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM parameter AS p JOIN alias AS a ON a.kind = 'indicator' AND a.name = p.indicator)
         OR i.id IN (SELECT p.indicator_id FROM popular AS p)
),
divisor AS (
  SELECT i.id
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.other IS NOT NULL
     AND (q.other IN (i.code, i.name, i.name_en)
          OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.other))
),
-- The reference stands apart, of whatever rank; it may also be one of the peers, who stand in numbered lists.
member AS (
  SELECT s.id AS series_id, s.indicator_id, s.scope_id, s.entity_id, i.sign, u.code AS unit, u.dimension, u.factor, p.rank,
         CASE WHEN p.id IS NOT NULL THEN dense_rank() OVER (ORDER BY s.indicator_id, s.scope_id, p.rank) END AS list,
         r.id IS NOT NULL AS is_reference,
         d.id AS other_id, o.id AS other_series_id, v.dimension AS other_dimension, v.factor AS other_factor
    FROM wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
    JOIN unit AS u ON u.id = s.unit_id
    LEFT JOIN peer AS p ON p.id = s.entity_id
    LEFT JOIN reference AS r ON r.id = s.entity_id
    LEFT JOIN divisor AS d
    LEFT JOIN series AS o
      ON o.indicator_id = d.id AND o.entity_id = s.entity_id AND o.scope_id = s.scope_id AND o.measure = 'level'
    LEFT JOIN unit AS v ON v.id = o.unit_id
   WHERE p.id IS NOT NULL OR r.id IS NOT NULL
),
span AS (
  SELECT p.id, p.code, p.starts, p.ends,
         p.kind || CASE WHEN p.kind = 'days' THEN julianday(p.ends) - julianday(p.starts)
                        ELSE 12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts))
                             + strftime('%m', p.ends) - strftime('%m', p.starts) END
           || CASE WHEN p.kind = 'months' THEN strftime('-%m', p.starts) ELSE '' END AS alike,
         CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5
                     WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END AS preference
    FROM period AS p
),
-- The best current figure of each series and period, in the order of the view `latest`. Most periods of a series have one.
figure AS NOT MATERIALIZED (
  SELECT o.series_id, o.period_id, o.value,
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
-- What each entity is compared by: the value, or the ratio of two.
compared AS MATERIALIZED (
  SELECT m.list, m.indicator_id, m.scope_id, m.rank, m.sign, m.series_id, m.entity_id, m.other_id, m.is_reference, f.period_id,
         iif(m.other_id IS NULL, m.unit, '倍') AS unit,
         CASE WHEN m.other_id IS NULL THEN f.exact
              WHEN m.dimension = m.other_dimension THEN f.exact * m.factor / nullif(x.exact * m.other_factor, 0) END AS value,
         CASE WHEN m.dimension = m.other_dimension THEN f.exact - x.exact * m.other_factor / m.factor END AS apart,
         CASE WHEN f.value IS NULL THEN 'textual_value'
              WHEN f.exact IS NULL THEN 'bound_value'
              WHEN m.other_id IS NULL THEN NULL
              WHEN m.dimension <> m.other_dimension THEN 'unit_mismatch'
              WHEN x.value IS NULL THEN 'missing_other'
              WHEN x.exact IS NULL THEN 'bound_other'
              WHEN x.exact = 0 THEN 'zero_other' END AS reason
    FROM member AS m
    CROSS JOIN figure AS f ON f.series_id = m.series_id
    LEFT JOIN figure AS x ON x.series_id = m.other_series_id AND x.period_id = f.period_id
),
referred AS MATERIALIZED (
  SELECT c.indicator_id, c.scope_id, c.period_id, c.entity_id, c.value FROM compared AS c WHERE c.is_reference
),
-- A list in one period is a party, whose mean and best take two numbers. `present`: who has one, in the order of `compared`.
gathered AS (
  SELECT c.list, c.indicator_id, c.scope_id, c.rank, c.period_id, count(c.value) AS entities, max(c.value) AS highest, min(c.value) AS lowest,
         CASE WHEN count(c.value) > 1 THEN avg(c.value) END AS average,
         CASE WHEN count(c.value) > 1 THEN iif(c.sign = 1, max(c.value), min(c.value)) END AS best_value,
         group_concat(CASE WHEN c.value IS NOT NULL THEN c.entity_id END) AS present
    FROM compared AS c
   WHERE c.list IS NOT NULL
   GROUP BY c.list, c.period_id
),
-- The period stands first, so that SQLite expects many parties, and looks them up by key below.
party AS MATERIALIZED (
  SELECT g.list, g.indicator_id, g.scope_id, g.rank, g.period_id, k.code AS period, k.starts, k.ends, k.alike,
         g.entities, g.highest, g.lowest, g.average, g.best_value, g.present,
         lag(g.period_id) OVER line AS previous_id, lag(k.code) OVER line AS previous_period,
         row_number() OVER newest AS age, first_value(g.entities) OVER newest AS most
    FROM span AS k
    CROSS JOIN gathered AS g ON g.period_id = k.id
  WINDOW line AS (PARTITION BY g.list, k.alike ORDER BY k.starts),
         newest AS (PARTITION BY g.list ORDER BY min(g.entities, 2) DESC, k.ends DESC, k.preference, k.starts)
),
spread AS (
  SELECT c.list, c.period_id, min(CASE WHEN c.value = p.best_value THEN (SELECT e.code FROM entity AS e WHERE e.id = c.entity_id) END) AS best,
         CASE WHEN p.entities > 1
              THEN sqrt(sum((c.value - p.average) * (c.value - p.average)) / (p.entities - q.is_sample)) END AS deviation
    FROM parameter AS q
    CROSS JOIN compared AS c
    CROSS JOIN party AS p ON p.list = c.list AND p.period_id = c.period_id
   GROUP BY c.list, c.period_id
),
varied AS (
  SELECT p.list, p.indicator_id, p.scope_id, p.rank, p.period_id, p.period, p.starts, p.ends, p.entities, p.highest, p.lowest,
         p.average, p.best_value, s.best, s.deviation, p.previous_id, p.previous_period, p.age, p.most,
         CASE WHEN p.lowest >= 0 AND p.average > 0 THEN 100 * s.deviation / p.average END AS variation,
         lag(CASE WHEN p.lowest >= 0 AND p.average > 0 THEN 100 * s.deviation / p.average END) OVER line AS previous_variation,
         lag(p.best_value) OVER line AS previous_best, p.present = lag(p.present) OVER line AS is_same_party,
         max(p.most) OVER (PARTITION BY p.indicator_id) AS most_of_all
    FROM spread AS s
    CROSS JOIN party AS p ON p.list = s.list AND p.period_id = s.period_id
  WINDOW line AS (PARTITION BY p.list, p.alike ORDER BY p.starts)
),
-- The parties told, in their order; one of one entity where two indicators are compared, or where there is no other. `aim`: what
-- an entity's gap is to.
told AS MATERIALIZED (
  SELECT v.list, v.period_id, v.previous_id, row_number() OVER (ORDER BY i.code, c.code, v.rank, v.ends, v.starts) AS position,
         i.name AS indicator_name, c.code AS scope, v.rank, v.period, x.name AS best_name, v.best_value,
         CASE WHEN v.best_value > 0 THEN v.best_value END AS positive_best, v.average,
         CASE WHEN v.average > 0 THEN v.average END AS positive_average, r.entity_id AS reference_id, r.value AS reference_value,
         CASE WHEN r.value > 0 THEN r.value END AS positive_reference,
         CASE WHEN q.other IS NOT NULL THEN 1
              WHEN q.reference IS NOT NULL THEN CASE WHEN r.value > 0 THEN r.value END
              WHEN v.best_value > 0 THEN v.best_value END AS aim,
         CASE WHEN q.other IS NOT NULL THEN 1
              WHEN q.reference IS NOT NULL THEN CASE WHEN y.value > 0 THEN y.value END
              WHEN v.previous_best > 0 THEN v.previous_best END AS previous_aim,
         v.entities, CASE WHEN v.entities > 1 AND v.lowest > 0 THEN round(v.highest / v.lowest, 4) END AS highest_to_lowest,
         v.deviation, round(v.variation, 4) AS variation,
         CASE WHEN v.is_same_party IS NOT 1 THEN NULL
              WHEN v.variation < v.previous_variation - 1e-9 THEN 'narrowing'
              WHEN v.variation > v.previous_variation + 1e-9 THEN 'widening'
              WHEN v.variation IS NOT NULL AND v.previous_variation IS NOT NULL THEN 'unchanged' END AS course_of_all,
         v.previous_period,
         CASE WHEN v.entities < 2 AND r.value IS NULL THEN 'too_few'
              WHEN q.reference IS NOT NULL AND r.value IS NULL THEN 'missing_reference'
              WHEN v.lowest < 0 OR v.highest <= 0 OR v.best_value <= 0 OR r.value <= 0 THEN 'not_positive'
              WHEN v.entities < 2 THEN 'too_few' END AS reason,
         i.name_en AS indicator_name_en, x.name_en AS best_name_en, i.code AS indicator, x.code AS best
    FROM parameter AS q
    CROSS JOIN varied AS v
    CROSS JOIN indicator AS i ON i.id = v.indicator_id
    CROSS JOIN scope AS c ON c.id = v.scope_id
    LEFT JOIN entity AS x ON x.code = v.best
    LEFT JOIN referred AS r ON r.indicator_id = v.indicator_id AND r.scope_id = v.scope_id AND r.period_id = v.period_id
    LEFT JOIN referred AS y ON y.indicator_id = v.indicator_id AND y.scope_id = v.scope_id AND y.period_id = v.previous_id
   WHERE (v.most > 1 OR q.indicator IS NOT NULL AND (q.other IS NOT NULL OR v.most_of_all < 2))
     AND CASE q.period WHEN 'every' THEN 1 WHEN 'newest' THEN v.age = 1 ELSE v.period = q.period END
)
-- Rounding noise, 1e-9, is no course.
SELECT t.indicator_name, d.name AS other_name, t.scope, t.rank AS rank_of, t.period, e.name AS entity_name,
       iif(d.id IS NULL, c.value, round(c.value, 4)) AS value, c.unit, round(c.apart, 6) AS apart,
       t.best_name, round(c.value - t.best_value, 6) AS to_best,
       CASE WHEN c.value >= 0 THEN round(c.value / t.positive_best, 4) END AS ratio_to_best,
       round(t.average, 6) AS average, round(c.value - t.average, 6) AS to_average,
       CASE WHEN c.value >= 0 THEN round(c.value / t.positive_average, 4) END AS ratio_to_average,
       r.name AS reference_name, iif(d.id IS NULL, t.reference_value, round(t.reference_value, 4)) AS reference_value,
       round(c.value - t.reference_value, 6) AS to_reference,
       CASE WHEN c.value >= 0 THEN round(c.value / t.positive_reference, 4) END AS ratio_to_reference,
       CASE WHEN q.other IS NULL AND (c.value < 0 OR b.value < 0) THEN NULL
            WHEN abs(c.value / t.aim - 1) < abs(b.value / t.previous_aim - 1) - 1e-9 THEN 'narrowing'
            WHEN abs(c.value / t.aim - 1) > abs(b.value / t.previous_aim - 1) + 1e-9 THEN 'widening'
            WHEN c.value / t.aim IS NOT NULL AND b.value / t.previous_aim IS NOT NULL THEN 'unchanged' END AS course,
       t.entities, t.highest_to_lowest, round(t.deviation, 6) AS deviation, t.variation, t.course_of_all, t.previous_period,
       round(abs(c.value - t.best_value) / nullif(t.deviation, 0), 4) AS deviations_to_best, coalesce(c.reason, t.reason) AS reason,
       t.indicator_name_en, d.name_en AS other_name_en, e.name_en AS entity_name_en, t.best_name_en, r.name_en AS reference_name_en,
       t.indicator, d.code AS other, e.code AS entity, t.best, r.code AS reference
  FROM parameter AS q
  CROSS JOIN compared AS c
  CROSS JOIN told AS t ON t.list = c.list AND t.period_id = c.period_id
  LEFT JOIN compared AS b ON b.series_id = c.series_id AND b.period_id = t.previous_id
  CROSS JOIN entity AS e ON e.id = c.entity_id
  LEFT JOIN indicator AS d ON d.id = c.other_id
  LEFT JOIN entity AS r ON r.id = t.reference_id
 WHERE e.id IN (SELECT w.id FROM wanted_entity AS w)
 ORDER BY t.position, e.code;
