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
    -- The plus signs keep to the index by indicator, in whose order counting needs no sort.
    FROM (SELECT x.indicator_id, count(*) AS entities
            FROM (SELECT DISTINCT s.indicator_id, s.entity_id
                    FROM parameter AS q
                    CROSS JOIN series AS s
                   WHERE q.indicator IS NULL AND +s.measure = 'level' AND +s.entity_id IN (SELECT e.id FROM peer AS e)
                     AND (q.entity IS NULL
                          OR s.indicator_id IN (SELECT x.indicator_id FROM series AS x WHERE x.entity_id IN (SELECT w.id FROM wanted_entity AS w)))
                 ) AS x
           GROUP BY x.indicator_id) AS c
    JOIN indicator AS i ON i.id = c.indicator_id AND i.kind <> 'rank'
   WHERE c.entities > 1
   ORDER BY c.entities DESC, i.code
   LIMIT 10
),
wanted_indicator AS (
  SELECT i.id, CASE coalesce(q.better, iif(q.other IS NULL, i.direction, 'lower')) WHEN 'lower' THEN -1 ELSE 1 END AS sign
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
         OR i.id IN (SELECT p.indicator_id FROM popular AS p)
),
divisor AS (
  SELECT i.id
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.other IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.other)
),
-- The reference stands apart, of whatever rank; it may also be one of the peers.
member AS (
  SELECT s.id AS series_id, s.indicator_id, s.scope_id, s.entity_id, e.code, i.sign, u.code AS unit, u.dimension, u.factor,
         p.rank, r.id IS NOT NULL AS is_reference,
         d.id AS other_id, o.id AS other_series_id, v.dimension AS other_dimension, v.factor AS other_factor
    FROM wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
    JOIN entity AS e ON e.id = s.entity_id
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
  SELECT m.indicator_id, m.other_id, m.scope_id, m.rank, m.entity_id, m.code, m.is_reference, m.sign, f.period_id,
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
-- Each party of peers in each period: who is best, and the mean, about which the squares are summed next.
meant AS (
  SELECT c.indicator_id, c.scope_id, c.rank, c.entity_id, c.period_id, c.value,
         avg(c.value) OVER party AS average,
         first_value(c.entity_id) OVER by_worth AS best_id, first_value(c.value) OVER by_worth AS best_value
    FROM compared AS c
   WHERE c.rank IS NOT NULL
  WINDOW party AS (PARTITION BY c.indicator_id, c.scope_id, c.rank, c.period_id),
         by_worth AS (party ORDER BY c.value IS NULL, c.sign * c.value DESC, c.code)
),
spread AS (
  SELECT m.indicator_id, m.scope_id, m.rank, m.period_id, count(m.value) AS entities, max(m.value) AS highest, min(m.value) AS lowest,
         m.average, m.best_id, m.best_value,
         CASE WHEN count(m.value) > 1
              THEN sqrt(sum((m.value - m.average) * (m.value - m.average)) / (count(m.value) - q.is_sample)) END AS deviation
    FROM parameter AS q
    CROSS JOIN meant AS m
   GROUP BY m.indicator_id, m.scope_id, m.rank, m.period_id
),
varied AS (
  SELECT s.indicator_id, s.scope_id, s.rank, s.period_id, k.code AS period, k.starts, k.ends, s.entities, s.highest, s.lowest,
         s.average, s.best_id, s.best_value, s.deviation,
         CASE WHEN s.lowest >= 0 AND s.average > 0 THEN 100 * s.deviation / s.average END AS variation,
         lag(s.period_id) OVER line AS previous_id, lag(k.code) OVER line AS previous_period, lag(s.entities) OVER line AS previous_entities,
         lag(s.best_value) OVER line AS previous_best, lag(s.lowest) OVER line AS previous_lowest,
         lag(s.average) OVER line AS previous_average, lag(s.deviation) OVER line AS previous_deviation,
         row_number() OVER (PARTITION BY s.indicator_id, s.scope_id, s.rank
                            ORDER BY min(s.entities, 2) DESC, k.ends DESC, k.preference, k.starts) AS age,
         -- A party of one is told where two indicators are compared, or where there is no other party.
         max(s.entities) OVER (PARTITION BY s.indicator_id, s.scope_id, s.rank) AS most,
         max(s.entities) OVER (PARTITION BY s.indicator_id) AS most_of_all
    FROM spread AS s
    JOIN span AS k ON k.id = s.period_id
  WINDOW line AS (PARTITION BY s.indicator_id, s.scope_id, s.rank, k.alike ORDER BY k.starts)
),
chosen AS (
  SELECT v.indicator_id, v.scope_id, v.rank, v.period_id, v.period, v.starts, v.ends, v.entities, v.highest, v.lowest, v.average,
         v.best_id, v.best_value, v.deviation, v.variation, v.previous_id, v.previous_period, v.previous_entities, v.previous_best,
         CASE WHEN v.previous_lowest >= 0 AND v.previous_average > 0 THEN 100 * v.previous_deviation / v.previous_average END
           AS previous_variation
    FROM varied AS v
    CROSS JOIN parameter AS q
   WHERE (v.most > 1 OR q.indicator IS NOT NULL AND (q.other IS NOT NULL OR v.most_of_all < 2))
     AND CASE q.period WHEN 'every' THEN 1 WHEN 'newest' THEN v.age = 1 ELSE v.period = q.period END
),
-- Each entity beside best, mean and reference, now and in the period before.
beside AS (
  SELECT h.indicator_id, c.other_id, h.scope_id, h.rank, h.period, h.starts, h.ends, c.entity_id, c.unit, c.value, c.apart,
         h.entities, h.highest, h.lowest, h.deviation, h.variation, h.previous_period, h.previous_variation,
         h.entities = h.previous_entities AND h.entities = count(CASE WHEN c.value IS NOT NULL THEN b.value END) OVER party
           AS is_same_party,
         CASE WHEN h.entities > 1 THEN h.best_id END AS best_id, CASE WHEN h.entities > 1 THEN h.best_value END AS best_value,
         CASE WHEN h.entities > 1 THEN h.average END AS average,
         r.entity_id AS reference_id, r.value AS reference_value,
         CASE WHEN c.value >= 0 AND h.best_value > 0 AND h.entities > 1 THEN c.value / h.best_value END AS ratio_to_best,
         CASE WHEN c.value >= 0 AND h.average > 0 AND h.entities > 1 THEN c.value / h.average END AS ratio_to_average,
         CASE WHEN c.value >= 0 AND r.value > 0 THEN c.value / r.value END AS ratio_to_reference,
         CASE WHEN q.other IS NOT NULL THEN abs(c.value - 1)
              WHEN q.reference IS NOT NULL THEN CASE WHEN c.value >= 0 AND r.value > 0 THEN abs(c.value / r.value - 1) END
              WHEN c.value >= 0 AND h.best_value > 0 AND h.entities > 1 THEN abs(c.value / h.best_value - 1) END AS gap,
         CASE WHEN q.other IS NOT NULL THEN abs(b.value - 1)
              WHEN q.reference IS NOT NULL THEN CASE WHEN b.value >= 0 AND y.value > 0 THEN abs(b.value / y.value - 1) END
              WHEN b.value >= 0 AND h.previous_best > 0 AND h.previous_entities > 1 THEN abs(b.value / h.previous_best - 1) END
           AS previous_gap,
         CASE WHEN c.reason IS NOT NULL THEN c.reason
              WHEN h.entities < 2 AND r.value IS NULL THEN 'too_few'
              WHEN q.reference IS NOT NULL AND r.value IS NULL THEN 'missing_reference'
              WHEN h.lowest < 0 OR h.best_value <= 0 OR r.value <= 0 THEN 'not_positive'
              WHEN h.entities < 2 THEN 'too_few' END AS reason
    FROM parameter AS q
    CROSS JOIN chosen AS h
    JOIN compared AS c
      ON c.indicator_id = h.indicator_id AND c.scope_id = h.scope_id AND c.rank = h.rank AND c.period_id = h.period_id
    LEFT JOIN compared AS b
      ON b.indicator_id = h.indicator_id AND b.scope_id = h.scope_id AND b.entity_id = c.entity_id AND b.period_id = h.previous_id
    LEFT JOIN referred AS r ON r.indicator_id = h.indicator_id AND r.scope_id = h.scope_id AND r.period_id = h.period_id
    LEFT JOIN referred AS y ON y.indicator_id = h.indicator_id AND y.scope_id = h.scope_id AND y.period_id = h.previous_id
  WINDOW party AS (PARTITION BY h.indicator_id, h.scope_id, h.rank, h.period_id)
)
-- Rounding noise, 1e-9, is no course.
SELECT i.name AS indicator_name, d.name AS other_name, c.code AS scope, b.rank AS rank_of, b.period, e.name AS entity_name,
       iif(d.id IS NULL, b.value, round(b.value, 4)) AS value, b.unit, round(b.apart, 6) AS apart,
       x.name AS best_name, round(b.value - b.best_value, 6) AS to_best, round(b.ratio_to_best, 4) AS ratio_to_best,
       round(b.average, 6) AS average, round(b.value - b.average, 6) AS to_average, round(b.ratio_to_average, 4) AS ratio_to_average,
       r.name AS reference_name, iif(d.id IS NULL, b.reference_value, round(b.reference_value, 4)) AS reference_value,
       round(b.value - b.reference_value, 6) AS to_reference, round(b.ratio_to_reference, 4) AS ratio_to_reference,
       CASE WHEN b.gap < b.previous_gap - 1e-9 THEN 'narrowing'
            WHEN b.gap > b.previous_gap + 1e-9 THEN 'widening'
            WHEN b.gap IS NOT NULL AND b.previous_gap IS NOT NULL THEN 'unchanged' END AS course,
       b.entities, CASE WHEN b.entities > 1 AND b.lowest > 0 THEN round(b.highest / b.lowest, 4) END AS highest_to_lowest,
       round(b.deviation, 6) AS deviation, round(b.variation, 4) AS variation,
       CASE WHEN b.is_same_party IS NOT 1 THEN NULL
            WHEN b.variation < b.previous_variation - 1e-9 THEN 'narrowing'
            WHEN b.variation > b.previous_variation + 1e-9 THEN 'widening'
            WHEN b.variation IS NOT NULL AND b.previous_variation IS NOT NULL THEN 'unchanged' END AS course_of_all,
       b.previous_period, round(abs(b.value - b.best_value) / nullif(b.deviation, 0), 4) AS deviations_to_best, b.reason,
       i.name_en AS indicator_name_en, d.name_en AS other_name_en, e.name_en AS entity_name_en, x.name_en AS best_name_en,
       r.name_en AS reference_name_en, i.code AS indicator, d.code AS other, e.code AS entity, x.code AS best, r.code AS reference
  FROM beside AS b
  CROSS JOIN indicator AS i ON i.id = b.indicator_id
  JOIN entity AS e ON e.id = b.entity_id
  JOIN scope AS c ON c.id = b.scope_id
  LEFT JOIN indicator AS d ON d.id = b.other_id
  LEFT JOIN entity AS x ON x.id = b.best_id
  LEFT JOIN entity AS r ON r.id = b.reference_id
 WHERE e.id IN (SELECT w.id FROM wanted_entity AS w)
 ORDER BY i.code, c.code, b.rank, b.ends, b.starts, e.code;
