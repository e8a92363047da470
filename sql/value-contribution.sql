-- name: value-contribution
-- family: comparison
-- about: What each part brought to the growth of a total: its contribution (贡献率) and its pull (拉动). A contribution is the part's increment over
--   the total's, in per cent; a pull is the percentage points of the total's growth that are the part's. Contributions add up to 100,
--   pulls to the growth, where the parts are complete: `covered` is their sum. Parts are the numerators of the total's formula, each with
--   its coefficient (a part that is taken off brings less by growing), or the entities right under the total's entity, of one kind if asked.
--   Growth is on the same period a year before, or on the period given as `base`. Levels of flows and stocks only, in the total's unit.
--   From money at current prices the result only approaches a published one, which is reckoned at constant prices: `prices` says nominal.
--   When the total fell (remark decline) a contribution is the share of the decline: positive for a part that fell, too.
--   Figures that count: the best number of each period, final or provisional, no forecasts; 约, 近, 左右 count as their number.
--   Reasons: missing_base (of the total, told only for a period asked for); missing_part, missing_part_base; bound_total, bound_part (a bound
--   or range); zero_increment (the total did not change: pulls but no contributions); zero_base, negative_base (no pull and no growth);
--   unit_mismatch. Of an indicator asked for that has no parts: not_a_sum (its formula has a denominator), not_additive (a ratio or
--   rank), no_parts.
-- about_zh: 各部分对总量增长的贡献率和拉动。贡献率为部分增量/总量增量（%），拉动为部分增量/总量基期数（百分点）。
--   各部分齐全时贡献率合计为 100，拉动合计等于总量增速；covered 为贡献率合计。部分取公式（formula 表）的分子（带系数，减项增长为负），
--   或总量所属对象的直接下级对象（可限一种类型）。增长按上年同期计，或按 base 给出的基期。只算流量和存量的水平值，单位同总量。
--   现价数据算出的与按不变价公布的只是近似，prices 注明 nominal。总量下降时（remark 为 decline），贡献率是占降幅的份额，同为下降的部分为正。
--   采用的数据：每期最可信的数，正式数或初步数，不用预测数；“约、近、左右”按其数。
--   空缺的原因：missing_base 总量缺基期（只在指定时期时列出），missing_part、missing_part_base 部分缺本期、缺基期，bound_total、bound_part 界限值或范围，
--   zero_increment 总量无增减（有拉动、无贡献率），zero_base、negative_base 总量基期为零、为负（无增速和拉动），unit_mismatch 单位不能换算。
--   指定的指标没有部分：not_a_sum 公式有分母，not_additive 比率或位次不能相加，no_parts 没有部分。
-- param: indicator text = null in indicator  | 总量指标：代码、名称或别名；空为全部 | the total: code, name or alias; default: every one
-- param: entity text = null in entity  | 总量的对象：代码、名称或别名；空为全部 | the total's entity: code, name or alias; default: every one
-- param: by text = 'formula' in ('formula', 'entity')  | 部分：公式的各项，或下级对象 | parts: those of the formula, or the entities below
-- param: kind text = null  | 下级对象的类型(district、town 等)；空为全部 | kind of the entities below (district, town, ...); default: every one
-- param: period text = null  | 只看这一时期(2024、2024-Q3)；空为全部 | only this period (2024, 2024-Q3); default: every one
-- param: base text = null  | 基期(2020)；空为上年同期 | period to grow from (2020); default: the same period a year before
-- columns: indicator_name, entity_name, scope, base_period, period, total_change, unit, total_growth, part_name, part_change, part_growth,
--   contribution, pull, covered, prices, reason, remark, contribution_exact, pull_exact, total_base, total, part_base, part_value, part_unit,
--   coefficient, source, locator, base_source, base_locator, part_source, part_locator, part_base_source, part_base_locator,
--   part_name_en, indicator_name_en, entity_name_en, part, indicator, entity
-- shown: entity_name, scope, base_period, period, total_change, unit, total_growth, part_name, part_change, part_growth, contribution,
--   pull, reason, remark
-- chart: bar x=part_name y=pull by=period
-- column: base_period | 基期 | period that growth starts from
-- column: total_change | 总量增量，单位同 unit，六位小数 | increment of the total, in `unit`, six decimals
-- column: total_growth | 总量增长（%），两位小数 | growth of the total, %, two decimals
-- column: part_name | 部分：指标或对象的名称 | the part: name of an indicator or entity
-- column: part_change | 部分增量（乘系数），单位同 unit，六位小数 | increment of the part with its coefficient, in `unit`, six decimals
-- column: part_growth | 部分自身增长（%），两位小数 | growth of the part itself, %, two decimals
-- column: contribution | 贡献率（%），两位小数 | contribution, %, two decimals
-- column: pull | 拉动（百分点），两位小数 | pull, percentage points, two decimals
-- column: covered | 各部分贡献率合计（%），有部分不能计算时为空 | sum of the contributions, %; empty when one is
-- column: prices | 价格：nominal 为现价 | prices: nominal means current
-- column: reason | 原因：空缺的原因代码 | why figures are empty: the reason's code, see above
-- column: remark | 备注：decline 总量下降 | remark: decline, the total fell
-- column: contribution_exact | 贡献率（%），未舍入 | contribution, %, not rounded
-- column: pull_exact | 拉动（百分点），未舍入 | pull, percentage points, not rounded
-- column: total_base | 总量基期数，单位同 unit | the total's base, in `unit`
-- column: total | 总量本期数，单位同 unit | the total, in `unit`
-- column: part_base | 部分基期数，单位 part_unit | the part's base, in `part_unit`
-- column: part_value | 部分本期数，单位 part_unit | the part, in `part_unit`
-- column: part_unit | 部分的单位 | unit of the part
-- column: coefficient | 部分在公式中的系数 | coefficient of the part in the formula
-- column: base_source | 总量基期数的来源 | source of the total's base
-- column: base_locator | 总量基期数在来源中的位置 | place of the total's base in its source
-- column: part_source | 部分本期数的来源 | source of the part
-- column: part_locator | 部分本期数在来源中的位置 | place of the part in its source
-- column: part_base_source | 部分基期数的来源 | source of the part's base
-- column: part_base_locator | 部分基期数在来源中的位置 | place of the part's base in its source
-- column: part_name_en | 部分的英文名称 | English name of the part
-- column: part | 部分的代码 | code of the part
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, coalesce(:by, 'formula') AS basis,
         CAST(:kind AS TEXT) AS kind, CAST(:period AS TEXT) AS period, CAST(:base AS TEXT) AS base
),
wanted_indicator AS (
  SELECT i.id, i.kind
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE (q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
          OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator))
     AND (q.indicator IS NOT NULL OR q.basis = 'entity'
          OR i.id IN (SELECT f.indicator_id FROM formula AS f) AND i.id NOT IN (SELECT f.indicator_id
                                                                                   FROM formula AS f
                                                                                  WHERE f.role = 'denominator'))
),
wanted_entity AS (
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- By entity only those with others below them have parts.
total AS MATERIALIZED (
  SELECT s.id, s.indicator_id, s.entity_id, s.scope_id, u.factor, u.dimension,
         CASE WHEN i.kind NOT IN ('flow', 'stock') THEN 'not_additive'
              WHEN q.basis = 'formula' AND i.id IN (SELECT f.indicator_id FROM formula AS f WHERE f.role = 'denominator')
              THEN 'not_a_sum' END AS refused
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.measure = 'level'
    JOIN unit AS u ON u.id = s.unit_id
   WHERE +s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
     AND (q.indicator IS NOT NULL OR q.basis = 'formula' OR s.entity_id IN (SELECT e.parent_id FROM entity AS e))
),
-- `ratio`: one unit of the part in units of the total; none where they do not convert.
part AS MATERIALIZED (
  SELECT t.id AS total_id, s.id AS part_id, f.operand_id AS indicator_id, NULL AS entity_id, f.coefficient, u.code AS unit,
         CASE WHEN u.dimension = t.dimension THEN u.factor / t.factor END AS ratio
    FROM parameter AS q
    CROSS JOIN total AS t
    CROSS JOIN formula AS f ON f.indicator_id = t.indicator_id
    CROSS JOIN indicator AS x ON x.id = f.operand_id
    CROSS JOIN unit AS u ON u.id = x.unit_id
    LEFT JOIN series AS s
      ON s.indicator_id = f.operand_id AND s.entity_id = t.entity_id AND s.scope_id = t.scope_id AND s.measure = 'level'
     AND ifnull(s.among_id, 0) = 0
   WHERE q.basis = 'formula' AND t.refused IS NULL
  UNION ALL
  SELECT t.id, s.id, NULL, e.id, 1, u.code, 1.0
    FROM parameter AS q
    CROSS JOIN total AS t
    CROSS JOIN entity AS e ON e.parent_id = t.entity_id
    CROSS JOIN series AS s
      ON s.indicator_id = t.indicator_id AND s.entity_id = e.id AND s.scope_id = t.scope_id AND s.measure = 'level'
     AND ifnull(s.among_id, 0) = 0
    CROSS JOIN unit AS u ON u.id = s.unit_id
   WHERE q.basis = 'entity' AND t.refused IS NULL AND (q.kind IS NULL OR e.kind = q.kind)
),
involved AS (
  SELECT p.total_id AS id FROM part AS p
  UNION
  SELECT p.part_id FROM part AS p WHERE p.part_id IS NOT NULL
),
-- Each period with the one it grows from: a year before (totals of several years have none), or the one asked for, where it is
-- of the same kind and length, and for a span of months of the same beginning.
calendar AS MATERIALIZED (
  SELECT p.id, b.id AS base_id
    FROM parameter AS q
    CROSS JOIN period AS p
    LEFT JOIN period AS x ON x.code = q.base
    LEFT JOIN period AS b
      ON b.starts = CASE WHEN q.base IS NULL THEN date(p.starts, '-1 year') ELSE x.starts END
     AND b.ends = CASE WHEN q.base IS NULL THEN date(p.ends, '+1 day', '-1 year', '-1 day') ELSE x.ends END
     AND (p.kind <> 'years' OR q.base IS NOT NULL)
   WHERE (q.period IS NULL OR p.code = q.period)
     AND (q.base IS NULL
          OR b.ends < p.ends AND b.kind = p.kind
             AND 12 * (strftime('%Y', p.ends) - strftime('%Y', p.starts)) + strftime('%m', p.ends) - strftime('%m', p.starts)
                 = 12 * (strftime('%Y', b.ends) - strftime('%Y', b.starts)) + strftime('%m', b.ends) - strftime('%m', b.starts)
             AND (p.kind <> 'months' OR strftime('%m', p.starts) = strftime('%m', b.starts)))
),
counted AS (
  SELECT t.code FROM status AS t WHERE t.precedence < 3
),
-- Most periods of a series have one figure.
filled AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.comparator, o.high, count(*) AS figures
    FROM observation AS o
   WHERE o.series_id IN (SELECT v.id FROM involved AS v) AND o.value IS NOT NULL AND o.status IN (SELECT t.code FROM counted AS t)
   GROUP BY o.series_id, o.period_id
),
-- Where there are several, the one that speaks for the period stands first, as in the view `latest`.
contested AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.comparator, o.high,
         row_number() OVER (PARTITION BY o.series_id, o.period_id
                            ORDER BY o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code, o.locator) AS choice
    FROM filled AS f
    CROSS JOIN observation AS o ON o.series_id = f.series_id AND o.period_id = f.period_id AND o.value IS NOT NULL
    JOIN status AS t ON t.code = o.status AND t.precedence < 3
    JOIN source AS d ON d.id = o.source_id
   WHERE f.figures > 1
),
-- `exact`: the number where it is one, not a bound or range.
figure AS MATERIALIZED (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.value,
         CASE WHEN f.comparator IN ('=', '~', '~<') AND f.high IS NULL THEN f.value END AS exact
    FROM (SELECT a.series_id, a.period_id, a.source_id, a.locator, a.value, a.comparator, a.high
            FROM filled AS a
           WHERE a.figures = 1
           UNION ALL
          SELECT c.series_id, c.period_id, c.source_id, c.locator, c.value, c.comparator, c.high
            FROM contested AS c
           WHERE c.choice = 1) AS f
),
-- The totals that grew from something.
grown AS MATERIALIZED (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.exact, k.base_id, b.period_id AS known_base_id,
         b.source_id AS base_source_id, b.locator AS base_locator, b.value AS base_value, b.exact AS base
    FROM parameter AS q
    CROSS JOIN figure AS o
    CROSS JOIN calendar AS k ON k.id = o.period_id
    LEFT JOIN figure AS b ON b.series_id = o.series_id AND b.period_id = k.base_id
   WHERE o.series_id IN (SELECT p.total_id FROM part AS p) AND (b.period_id IS NOT NULL OR q.period IS NOT NULL)
),
-- Increments in the total's unit.
joined AS (
  SELECT g.series_id, g.period_id, g.source_id, g.locator, g.value, g.exact, g.known_base_id, g.base_source_id, g.base_locator,
         g.base_value, g.base, p.indicator_id, p.entity_id, p.coefficient, p.unit AS part_unit,
         c.value AS part_value, c.source_id AS part_source_id, c.locator AS part_locator,
         v.value AS part_base_value, v.source_id AS part_base_source_id, v.locator AS part_base_locator,
         g.exact - g.base AS total_change, p.coefficient * p.ratio * (c.exact - v.exact) AS part_change,
         CASE WHEN v.exact > 0 AND c.exact >= 0 THEN c.exact / v.exact - 1 END AS part_growth,
         CASE WHEN g.known_base_id IS NULL THEN 'missing_base'
              WHEN p.ratio IS NULL THEN 'unit_mismatch'
              WHEN c.value IS NULL THEN 'missing_part'
              WHEN v.value IS NULL THEN 'missing_part_base'
              WHEN g.exact IS NULL OR g.base IS NULL THEN 'bound_total'
              WHEN c.exact IS NULL OR v.exact IS NULL THEN 'bound_part'
              WHEN g.exact = g.base THEN 'zero_increment'
              WHEN g.base = 0 THEN 'zero_base'
              WHEN g.base < 0 THEN 'negative_base' END AS reason
    FROM grown AS g
    CROSS JOIN part AS p ON p.total_id = g.series_id
    LEFT JOIN figure AS c ON c.series_id = p.part_id AND c.period_id = g.period_id
    LEFT JOIN figure AS v ON v.series_id = p.part_id AND v.period_id = g.known_base_id
),
-- Contribution and pull as fractions.
shared AS (
  SELECT j.series_id, j.period_id, j.source_id, j.locator, j.value, j.known_base_id, j.base_source_id, j.base_locator, j.base_value,
         j.indicator_id, j.entity_id, j.coefficient, j.part_unit, j.part_value, j.part_source_id, j.part_locator,
         j.part_base_value, j.part_base_source_id, j.part_base_locator, j.total_change, j.part_change, j.part_growth, j.reason,
         CASE WHEN j.base > 0 AND j.exact >= 0 THEN j.total_change / j.base END AS total_growth,
         j.part_change / nullif(j.total_change, 0) AS contribution,
         CASE WHEN j.base > 0 THEN j.part_change / j.base END AS pull,
         CASE WHEN j.total_change < 0 THEN 'decline' END AS remark
    FROM joined AS j
),
told AS (
  SELECT s.series_id, s.period_id, s.source_id, s.locator, s.value, s.known_base_id, s.base_source_id, s.base_locator, s.base_value,
         s.indicator_id, s.entity_id, s.coefficient, s.part_unit, s.part_value, s.part_source_id, s.part_locator,
         s.part_base_value, s.part_base_source_id, s.part_base_locator, s.total_change, s.part_change, s.part_growth, s.total_growth,
         s.contribution, s.pull, s.reason, s.remark,
         CASE WHEN count(s.contribution) OVER parts = count(*) OVER parts THEN sum(s.contribution) OVER parts END AS covered
    FROM shared AS s
  WINDOW parts AS (PARTITION BY s.series_id, s.period_id)
  UNION ALL
  SELECT t.id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         NULL, NULL, NULL, NULL, coalesce(t.refused, 'no_parts'), NULL, NULL
    FROM parameter AS q
    CROSS JOIN total AS t
   WHERE q.indicator IS NOT NULL AND t.id NOT IN (SELECT p.total_id FROM part AS p)
)
SELECT i.name AS indicator_name, e.name AS entity_name, z.code AS scope, b.code AS base_period, p.code AS period,
       round(t.total_change, 6) AS total_change, u.code AS unit, round(100 * t.total_growth, 2) AS total_growth,
       coalesce(x.name, y.name) AS part_name, round(t.part_change, 6) AS part_change, round(100 * t.part_growth, 2) AS part_growth,
       round(100 * t.contribution, 2) AS contribution, round(100 * t.pull, 2) AS pull, round(100 * t.covered, 2) AS covered,
       CASE WHEN u.dimension LIKE 'currency%' THEN 'nominal' END AS prices, t.reason, t.remark,
       100 * t.contribution AS contribution_exact, 100 * t.pull AS pull_exact,
       t.base_value AS total_base, t.value AS total, t.part_base_value AS part_base, t.part_value, t.part_unit, t.coefficient,
       d.code AS source, t.locator, bd.code AS base_source, t.base_locator, pd.code AS part_source, t.part_locator,
       qd.code AS part_base_source, t.part_base_locator,
       coalesce(x.name_en, y.name_en) AS part_name_en, i.name_en AS indicator_name_en, e.name_en AS entity_name_en,
       coalesce(x.code, y.code) AS part, i.code AS indicator, e.code AS entity
  FROM told AS t
  CROSS JOIN series AS s ON s.id = t.series_id
  CROSS JOIN indicator AS i ON i.id = s.indicator_id
  CROSS JOIN entity AS e ON e.id = s.entity_id
  CROSS JOIN scope AS z ON z.id = s.scope_id
  CROSS JOIN unit AS u ON u.id = s.unit_id
  LEFT JOIN period AS p ON p.id = t.period_id
  LEFT JOIN period AS b ON b.id = t.known_base_id
  LEFT JOIN indicator AS x ON x.id = t.indicator_id
  LEFT JOIN entity AS y ON y.id = t.entity_id
  LEFT JOIN source AS d ON d.id = t.source_id
  LEFT JOIN source AS bd ON bd.id = t.base_source_id
  LEFT JOIN source AS pd ON pd.id = t.part_source_id
  LEFT JOIN source AS qd ON qd.id = t.part_base_source_id
 ORDER BY i.code, e.code, z.code, p.ends, p.starts, t.part_change DESC NULLS LAST, coalesce(x.code, y.code);
