-- name: target-method
-- family: evaluation
-- about: Progress towards each target by a published international method, with its label, value and score.
--   All reckon in years: b the base, c the newest figure, T the target, yb, yc, yT their years, d = 1 where higher is better, else -1.
--   growth = (c / b)^(1 / (yc - yb)) - 1, required = (T / b)^(1 / (yT - yb)) - 1.
--   open_sdg (Open SDG 2.4, after Statistics Canada): a met target is achieved, whatever the trend. With a target value = s·d·growth /
--   |required|, s = -1 below zero, labels from 0.95, 0.60 and 0; without one value = s·d·growth, labels from 0.015, 0.005 and 0, times C near
--   a natural `limit` L: C = 1 - (|b| / L)^4.44. Score -5 to 5. `zero` stands for a base or target of 0.
--   eurostat: value = d·growth / |required|, labels from 0.95, 0.60 and 0; without a target d·growth, from 1 %, 0 and above -1 %; the base
--   is five years before the newest figure (`window`).
--   un_chart (UN progress chart, 2023): expected = c·(1 + growth)^(yT - yc), value = (expected - b) / (T - b); score 3 when met or from
--   0.95, 2 from 0.10, else 1; without a target d·growth, from 0.02 and 0.005; within one point of 0 % or 100 % counts as met.
--   escap (Current Status Index): value = 10·d·(c - b) / |T - b|; 10 is reached, 0 no change.
--   escap_outlook (Anticipated Progress Index): expected = weighted straight line through the years at yT, value = 0 when it meets T, else
--   100·|T - expected| / |T - b|.
--   Base: the target's own, else the first figure from its year on (un_chart: the nearest), and where none is named from the year before
--   the plan begins; `base_year` and `window` override. Only levels of whole years count, final and provisional. A target in words is
--   judged as none. Where neither direction is better, x is read as T + |x - T|, lower is better; with two_sided=parity and a
--   target of 1 as max(x, 1/x), where 0.97 to 1.03 count as 1 and 0 as `zero`.
--   Of several series of an indicator target-score gives the mean; OECD's distance is in target-distance.
--   Reasons: no_observation, textual_value, bound_value, not_a_level, not_yearly, range_target, missing_target, no_direction, missing_base,
--   bound_base, single_year, older_than_base, zero_base, zero_target, negative_base, sign_change, at_target_at_base.
-- about_zh: 按国际上公布的方法评价各项目标的进展，给出档次、数值和评分。
--   一律按年计算：b 基期值，c 最新值，T 目标值，yb、yc、yT 各自年份，越高越好 d 为 1，否则为 -1。
--   年均增长 growth＝(c÷b)^(1/(yc－yb))－1；所需年均增长 required＝(T÷b)^(1/(yT－yb))－1。
--   open_sdg（Open SDG 2.4，源自加拿大统计局）：已达到目标的，不论走势都算实现。有目标时 value＝s·d·growth÷|required|（负值 s 为 -1），
--   分档 0.95、0.60、0；没有目标值时 value＝s·d·growth，分档 0.015、0.005、0，接近自然极限 limit 时乘以 C＝1－(|b|÷L)^4.44。
--   评分 -5 至 5。基期或目标为 0 时以 zero 代替。
--   eurostat：value＝d·growth÷|required|，分档 0.95、0.60、0；没有目标值时 d·growth，分档 1%、0、-1%；基期取最新数据之前五年（window）。
--   un_chart（联合国进展图 2023）：expected＝c·(1＋growth)^(yT－yc)，value＝(expected－b)÷(T－b)；已达到或不低于 0.95 得 3 分，
--   不低于 0.10 得 2 分，其余 1 分；没有目标值时 d·growth，分档 0.02、0.005；距 0% 或 100% 的目标不超过 1 个点算达到。
--   escap（现状指数）：value＝10·d·(c－b)÷|T－b|，10 为达到，0 为没有变化。
--   escap_outlook（预期进展指数）：expected 为各年加权直线推到目标年的值，达到为 0，否则 value＝100·|T－expected|÷|T－b|。
--   基期：目标自带的基期值；没有则取基期年起最早的数据（un_chart 取最近的），未注明基期的从规划开始前一年起；可用 base_year、window 另定。
--   只用整年的水平值，正式数和初步数；文字目标按没有目标值评价；既不越高也不越低越好的，x 读作 T＋|x－T|，越低越好；
--   two_sided=parity 且目标为 1 的读作 max(x, 1÷x)，0.97 至 1.03 算作 1，0 以 zero 代替。
--   一项指标多个序列的平均见 target-score，经合组织的距离见 target-distance。
--   原因：no_observation 无数据，textual_value 文字数据，bound_value 界限值，not_a_level 不是水平值，not_yearly 不是年度目标，
--   range_target 范围目标，missing_target 无目标值，no_direction 无方向，missing_base 无基期值，bound_base 基期是界限值，single_year 只有一年，
--   older_than_base 数据早于基期，zero_base 基期为零，zero_target 目标为零，negative_base 基期为负，sign_change 正负不同，
--   at_target_at_base 目标等于基期值。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: method text = 'open_sdg' in ('open_sdg', 'eurostat', 'un_chart', 'escap', 'escap_outlook')  | 方法 | the method
-- param: show text = 'all' in ('all', 'judged')  | 全部目标，或只列能评价的 | every target, or only what can be judged
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为不限
--   | the last day of figures looked at (a year or month: its last day); default: no limit
-- param: base_year integer = null  | 基期年；空为各目标自己的 | base year; default: each target's own
-- param: window integer = null  | 基期为最新数据之前几年；空为所选方法的（eurostat 为 5，长期为 15）
--   | base so many years before the newest figure; default: the method's own (eurostat 5, long term 15)
-- param: high number = null  | 有目标时最高档的下限；空为公布的值 | lower limit of the best label with a target; default: the published one
-- param: medium number = null  | 有目标时第二档的下限 | lower limit of the second label with a target
-- param: growth_high number = null  | 没有目标值时最高档的下限 | lower limit of the best label without a target
-- param: growth_medium number = null  | 没有目标值时第二档的下限 | lower limit of the second label without a target
-- param: limit number = null  | 自然极限（比重为 100），只用于 open_sdg、没有目标值的 | natural limit, 100 for shares; open_sdg without a target
-- param: zero number = 0.001  | 基期或目标为 0 时的代替值（open_sdg） | what stands for a base or target of 0 (open_sdg)
-- param: two_sided text = 'distance' in ('distance', 'parity')  | 既不越高也不越低越好的怎样读：distance 与目标的距离，parity 均等指数
--   | how x is read where neither direction is better: distance to the target, or parity index
-- param: neutral text = 'no' in ('no', 'yes')  | 恰好没有变化的是否单列一档（eurostat 后来的版本）
--   | whether exactly no change is a label of its own (later editions of eurostat)
-- param: weight number = 0.9  | 每早一年的权重为后一年的几倍（escap_outlook） | weight of a year in terms of the next one's (escap_outlook)
-- param: maintain number = 10  | 不超过此数为 maintain（escap_outlook） | values up to this are labelled maintain (escap_outlook)
-- param: reverse number = 100  | 超过此数为 reverse（escap_outlook） | values above this are labelled reverse (escap_outlook)
-- columns: plan, number, indicator_name, entity_name, scope, label_name, label, value, score, reason, base, base_year, latest, latest_year,
--   target, target_year, unit, higher, growth, required, expected, coefficient, rule, nature, category,
--   label_name_en, indicator_name_en, entity_name_en, indicator, entity, among, source, locator, base_source, latest_source, latest_locator
-- shown: number, indicator_name, base, base_year, latest, latest_year, target, target_year, unit, value, score, label_name, reason
-- chart: bar x=indicator_name y=value by=label
-- column: label_name | 档次 | the label in Chinese
-- column: label | 档次代码 | the label's code
-- column: value | 数值：该方法的数值，不舍入；比值为倍数，增长为每年的比例（0.01 即 1%） | the method's value, unrounded; ratios and growth are fractions
-- column: score | 评分：open_sdg -5 至 5，un_chart 1 至 3 | score: -5 to 5 in open_sdg, 1 to 3 in un_chart
-- column: reason | 原因：不能评价的原因 | why it is not available
-- column: base | 所用基期值，单位同 unit | the base used, in `unit`
-- column: base_year | 基期年 | its year
-- column: latest | 最新值，单位同 unit | the newest figure, in `unit`
-- column: latest_year | 数据年份：最新值的年份 | its year
-- column: target | 目标（如印） | target as printed
-- column: target_year | 目标年 | year of the target
-- column: higher | 1 越高越好，0 越低越好 | 1 where higher is better, 0 where lower is
-- column: growth | 基期以来年均增长，比例，不舍入 | growth a year since the base, a fraction, unrounded
-- column: required | 从基期到目标所需年均增长，比例，不舍入 | growth a year from base to target, a fraction, unrounded
-- column: expected | 推算的目标年的值，单位同 unit；两头都不好的为目标加距离
--   | value expected in the target's year, in `unit`; where neither direction is better, target plus distance
-- column: coefficient | 极限系数 C | the coefficient C near a limit
-- column: rule | 方法和所用界限 | the method and its limits
-- column: label_name_en | 档次英文 | the label in English
-- column: base_source | 基期值的来源；目标自带的为目标的来源 | source of the base; of a target's own the target's
-- column: latest_source | 最新数据的来源 | source of the newest figure
-- column: latest_locator | 最新数据在来源中的位置 | place of the newest figure in its source
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity,
         coalesce(:method, 'open_sdg') AS method, coalesce(:show, 'all') AS show, coalesce(:as_of, '9999') || '~' AS until,
         CAST(:base_year AS INTEGER) AS base_year,
         coalesce(CAST(:window AS INTEGER), iif(:method = 'eurostat', 5, NULL)) AS years,
         coalesce(CAST(:high AS REAL), 0.95) AS high,
         coalesce(CAST(:medium AS REAL), iif(:method = 'un_chart', 0.10, 0.60)) AS medium,
         coalesce(CAST(:growth_high AS REAL), CASE :method WHEN 'eurostat' THEN 0.01 WHEN 'un_chart' THEN 0.02 ELSE 0.015 END)
           AS growth_high,
         coalesce(CAST(:growth_medium AS REAL), iif(:method = 'eurostat', 0.0, 0.005)) AS growth_medium,
         CASE WHEN coalesce(:method, 'open_sdg') = 'open_sdg' THEN abs(CAST(:limit AS REAL)) END AS natural_limit,
         coalesce(CAST(:zero AS REAL), 0.001) AS zero, coalesce(:two_sided, 'distance') = 'parity' AS parity, coalesce(:neutral, 'no') = 'yes' AS neutral,
         coalesce(CAST(:weight AS REAL), 0.9) AS weight, coalesce(CAST(:maintain AS REAL), 10.0) AS maintain,
         coalesce(CAST(:reverse AS REAL), 100.0) AS reverse
),
-- The labels' words: Open SDG's as on its sites, the others' as published or, of the current status, as its readings.
word (method, label, name, name_en) AS (
  VALUES ('open_sdg', 'target_achieved', '已实现', 'Target achieved'),
         ('open_sdg', 'substantial_progress', '进展顺利', 'On track'),
         ('open_sdg', 'moderate_progress', '有进展，需加快', 'Progress made but acceleration needed'),
         ('open_sdg', 'limited_progress', '进展有限', 'Limited progress'),
         ('open_sdg', 'deterioration', '倒退', 'Deterioration'),
         ('eurostat', 'significant_progress', '进展显著', 'Significant progress'),
         ('eurostat', 'moderate_progress', '进展中等', 'Moderate progress'),
         ('eurostat', 'insufficient_progress', '进展不足', 'Insufficient progress'),
         ('eurostat', 'movement_away', '偏离目标', 'Movement away'),
         ('eurostat', 'no_change', '没有变化', 'No change'),
         ('eurostat', 'moderate_movement_away', '中等偏离', 'Moderate movement away'),
         ('eurostat', 'significant_movement_away', '显著偏离', 'Significant movement away'),
         ('un_chart', 'met_or_on_track', '已实现或按期', 'Met or on track'),
         ('un_chart', 'fair_progress', '有进展，需加快', 'Fair progress, acceleration needed'),
         ('un_chart', 'stagnation_or_regression', '停滞或倒退', 'Stagnation or regression'),
         ('escap', 'reached', '已达到', 'Reached'),
         ('escap', 'progressed', '有进展', 'Progressed'),
         ('escap', 'no_change', '没有变化', 'No change'),
         ('escap', 'regressed', '倒退', 'Regressed'),
         ('escap_outlook', 'maintain', '保持', 'Maintain'),
         ('escap_outlook', 'accelerate', '需加快', 'Accelerate'),
         ('escap_outlook', 'reverse', '须扭转', 'Reverse')
),
wanted_indicator AS (
  SELECT i.id, i.direction, i.kind
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
-- The targets asked for. `aims`: 1 up, -1 down, 0 at the value.
asked AS MATERIALIZED (
  SELECT t.id AS goal, t.series_id, t.value, coalesce(t.high, t.value) AS high, t.comparator, u.code = '%' AS percent,
         CASE WHEN s.measure <> 'level' OR i.kind = 'rank' THEN 'not_a_level'
              WHEN p.kind <> 'year' THEN 'not_yearly'
              WHEN t.value IS NULL AND (t.wording IS NULL OR q.method LIKE 'escap%') THEN 'missing_target' END AS reason,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         CAST(substr(p.ends, 1, 4) AS INTEGER) AS target_year, p.ends,
         t.base_value, t.base_comparator, CASE WHEN b.kind = 'year' THEN CAST(b.code AS INTEGER) END AS own_year,
         substr(m.starts, 1, 4) - 1 AS year_before, d.code AS source, q.until
    FROM parameter AS q
    CROSS JOIN target AS t
    CROSS JOIN series AS s ON s.id = t.series_id
    JOIN wanted_indicator AS w ON w.id = s.indicator_id
    JOIN indicator AS i ON i.id = s.indicator_id
    JOIN unit AS u ON u.id = s.unit_id
    JOIN plan AS n ON n.id = t.plan_id
    JOIN period AS m ON m.id = n.period_id
    JOIN period AS p ON p.id = t.period_id
    JOIN source AS d ON d.id = t.source_id
    LEFT JOIN period AS b ON b.id = t.base_period_id
   WHERE s.entity_id IN (SELECT e.id FROM wanted_entity AS e)
     AND (q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en))
),
-- The series' years, of each the best figure as in the view `latest`.
yearly AS MATERIALIZED (
  SELECT a.goal, CAST(p.code AS INTEGER) AS year, o.value, o.high, o.comparator, d.code AS source, o.locator,
         row_number() OVER (PARTITION BY a.goal, o.period_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence,
                                     d.published DESC NULLS LAST, d.code, o.locator) AS place
    FROM asked AS a
    JOIN observation AS o ON o.series_id = a.series_id
    JOIN period AS p ON p.id = o.period_id AND p.kind = 'year'
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE a.reason IS NULL AND p.ends <= a.until AND p.ends <= a.ends AND t.precedence < 3
),
current AS MATERIALIZED (
  SELECT y.goal, y.year, y.value, y.high, y.comparator, y.source, y.locator,
         row_number() OVER (PARTITION BY y.goal ORDER BY y.year DESC) AS place
    FROM yearly AS y
   WHERE y.place = 1
),
-- Where to begin: the target's own base or a year's figure, from the year wanted on; for the progress chart the nearest to it.
-- `x`: where neither direction is better, as it is read.
beginning AS MATERIALIZED (
  SELECT g.goal, g.year, g.value, g.own, g.source,
         CASE WHEN a.aims <> 0 OR a.value IS NULL THEN g.value
              WHEN NOT q.parity OR a.value <> 1 OR a.high <> 1 THEN a.value + abs(g.value - a.value)
              WHEN g.value BETWEEN 0.97 AND 1.03 THEN 1.0
              WHEN g.value < 0 THEN g.value
              ELSE max(g.value, 1 / iif(g.value = 0, q.zero, g.value)) END AS x
    FROM parameter AS q
    CROSS JOIN (SELECT o.goal, o.own_year AS year, o.base_value AS value, 1 AS own, o.source
                  FROM asked AS o
                 WHERE o.base_value IS NOT NULL AND o.own_year IS NOT NULL AND o.base_comparator IN ('=', '~', '~<')
                UNION ALL
                SELECT y.goal, y.year, y.value, 0, y.source
                  FROM yearly AS y
                 WHERE y.place = 1 AND y.value IS NOT NULL AND y.high IS NULL AND y.comparator IN ('=', '~', '~<')) AS g
    JOIN asked AS a ON a.goal = g.goal
),
wanted AS (
  SELECT n.goal, n.year AS latest_year, coalesce(q.base_year, n.year - q.years, a.own_year, a.year_before) AS year
    FROM parameter AS q
    CROSS JOIN asked AS a
    JOIN current AS n ON n.goal = a.goal AND n.place = 1
),
base AS MATERIALIZED (
  SELECT b.goal, b.year, b.value, b.x, b.source, w.latest_year,
         row_number() OVER (PARTITION BY b.goal
                            ORDER BY iif(q.method = 'un_chart', abs(b.year - w.year), b.year), b.year, b.own DESC) AS place
    FROM parameter AS q
    CROSS JOIN beginning AS b
    JOIN wanted AS w ON w.goal = b.goal
   WHERE CASE WHEN q.method = 'un_chart' THEN b.year < w.latest_year
              WHEN q.base_year IS NULL AND q.years IS NOT NULL THEN b.year = w.year
              ELSE b.year >= w.year END
),
-- Base, newest figure and target side by side. Met as the target's sign says; a bound must lie wholly inside. `fold`: neither
-- direction is better, so all three are read by their distance from the target.
paired AS MATERIALIZED (
  SELECT a.goal, a.reason, a.aims, a.value IS NOT NULL AS aimed, a.high > a.value AS range, a.percent, a.target_year,
         a.base_value IS NOT NULL AND a.base_comparator NOT IN ('=', '~', '~<') AS bound_base,
         n.year AS latest_year, n.value AS figure, n.high IS NULL AND n.comparator IN ('=', '~', '~<') AS exact,
         b.year AS base_year, b.source AS base_source, n.source AS latest_source, n.locator AS latest_locator,
         iif(a.aims = 0, -1, a.aims) AS d,
         a.aims = 0 AND a.value IS NOT NULL AS fold,
         iif(a.aims = -1, a.high, a.value) AS target,
         b.x AS base, coalesce(x.x, n.value) AS latest, b.value AS base_figure,
         n.value IS NOT NULL
           AND (a.aims = 0 AND coalesce(x.x = a.value, 0)
                OR (a.aims = -1 OR n.comparator NOT IN ('<', '<=') AND (n.value, (n.comparator = '>') - (n.comparator = '~<'))
                                   >= (a.value, (a.comparator = '>') + 0))
                   AND (a.aims = 1 OR n.comparator NOT IN ('>', '>=')
                        AND (coalesce(n.high, n.value), -(n.comparator IN ('<', '~<'))) <= (a.high, -(a.comparator = '<'))))
           AS met
    FROM asked AS a
    LEFT JOIN current AS n ON n.goal = a.goal AND n.place = 1
    LEFT JOIN beginning AS x ON x.goal = n.goal AND x.year = n.year AND NOT x.own
    LEFT JOIN base AS b ON b.goal = a.goal AND b.place = 1
),
-- Sums of the weighted straight line, counted from the newest year.
line AS (
  SELECT y.goal, sum(pow(q.weight, -y.x)) AS w, sum(pow(q.weight, -y.x) * y.x) AS x, sum(pow(q.weight, -y.x) * y.value) AS v,
         sum(pow(q.weight, -y.x) * y.x * y.x) AS xx, sum(pow(q.weight, -y.x) * y.x * y.value) AS xv
    FROM parameter AS q
    CROSS JOIN (SELECT b.goal, b.year - b.latest_year AS x, b.x AS value
                  FROM base AS b
                 WHERE b.place = 1
                UNION ALL
                SELECT b.goal, g.year - b.latest_year, g.x
                  FROM beginning AS g
                  CROSS JOIN base AS b ON b.goal = g.goal AND b.place = 1 AND g.year > b.year
                 WHERE NOT g.own) AS y
   WHERE q.method = 'escap_outlook'
   GROUP BY y.goal
),
-- Why a method has nothing to say; a target that is met is so all the same. 0 as base or target is replaced in open_sdg only.
checked AS MATERIALIZED (
  SELECT p.goal, p.aimed, p.met OR q.method = 'un_chart' AND p.percent AND p.target IN (0, 100) AND abs(p.latest - p.target) <= 1 AS met,
         p.d, iif(p.exact, p.latest, NULL) AS latest, p.base_figure, p.base_year, p.base_source, p.figure, p.latest_year,
         p.latest_source, p.latest_locator, p.target_year, iif(p.aims = 0, NULL, p.aims = 1) AS higher,
         p.base = 0 OR p.target = 0 AS zeroed,
         iif(p.base = 0 AND q.method = 'open_sdg', q.zero, p.base) AS base,
         iif(p.target = 0 AND q.method = 'open_sdg', q.zero, p.target) AS target,
         CASE WHEN p.reason IS NOT NULL THEN p.reason
              WHEN NOT p.aimed AND p.aims = 0 THEN 'no_direction'
              WHEN p.latest_year IS NULL THEN 'no_observation'
              WHEN p.figure IS NULL THEN 'textual_value'
              WHEN p.range AND p.fold THEN 'range_target'
              WHEN NOT p.exact THEN 'bound_value'
              WHEN p.base_year IS NULL THEN iif(p.bound_base, 'bound_base', 'missing_base')
              WHEN p.base_year > p.latest_year THEN 'older_than_base'
              WHEN p.base_year = p.latest_year THEN iif(p.bound_base, 'bound_base', 'single_year')
              WHEN p.target = p.base THEN 'at_target_at_base'
              WHEN q.method LIKE 'escap%' THEN NULL
              WHEN p.base = 0 AND q.method <> 'open_sdg' THEN 'zero_base'
              WHEN p.base < 0 AND q.method <> 'open_sdg' THEN 'negative_base'
              WHEN p.target = 0 AND q.method = 'eurostat' THEN 'zero_target'
              WHEN p.base < 0 AND (p.latest > 0 OR p.target >= 0 AND p.aimed) THEN 'sign_change'
              WHEN p.base >= 0 AND (p.latest < 0 OR p.target < 0 AND q.method <> 'un_chart') THEN 'sign_change' END AS reason
    FROM parameter AS q
    CROSS JOIN paired AS p
),
reckoned AS MATERIALIZED (
  SELECT c.goal, c.reason, c.aimed, c.met, c.d, c.base, c.latest, c.target,
         c.base_figure, c.base_year, c.base_source, c.figure, c.latest_year, c.latest_source, c.latest_locator,
         c.target_year, c.higher, c.zeroed,
         CASE WHEN c.latest / c.base >= 0 AND c.latest_year > c.base_year
              THEN pow(c.latest / c.base, 1.0 / (c.latest_year - c.base_year)) - 1 END AS growth,
         CASE WHEN c.target / c.base >= 0 AND c.target_year > c.base_year
              THEN pow(c.target / c.base, 1.0 / (c.target_year - c.base_year)) - 1 END AS required,
         CASE WHEN c.aimed OR q.natural_limit IS NULL OR abs(c.base) >= 2 * q.natural_limit THEN 1.0
              WHEN abs(c.base) <= q.natural_limit THEN 1 - pow(abs(c.base) / q.natural_limit, 4.44)
              ELSE 1 - pow((2 * q.natural_limit - abs(c.base)) / q.natural_limit, 4.44) END AS coefficient,
         (l.v + (l.w * l.xv - l.x * l.v) / (l.w * l.xx - l.x * l.x) * (l.w * (c.target_year - c.latest_year) - l.x)) / l.w AS on_line,
         c.target_year - c.latest_year AS remaining
    FROM parameter AS q
    CROSS JOIN checked AS c
    LEFT JOIN line AS l ON l.goal = c.goal
),
valued AS MATERIALIZED (
  SELECT r.goal, r.reason, r.aimed, r.met, r.d, r.base, r.target, r.growth, r.required, r.coefficient,
         r.base_figure, r.base_year, r.base_source, r.figure, r.latest_year, r.latest_source, r.latest_locator,
         r.target_year, r.higher, r.zeroed,
         CASE q.method WHEN 'un_chart' THEN iif(r.aimed, r.latest * pow(1 + r.growth, r.remaining), NULL)
                       WHEN 'escap_outlook' THEN r.on_line END AS expected,
         CASE WHEN r.reason IS NOT NULL THEN NULL
              WHEN q.method = 'escap' THEN 10 * r.d * (r.latest - r.base) / abs(r.target - r.base)
              WHEN q.method = 'escap_outlook'
              THEN iif(r.d * (r.on_line - r.target) >= 0, 0.0, 100 * abs(r.target - r.on_line) / abs(r.target - r.base))
              WHEN NOT r.aimed THEN iif(r.base < 0, -1, 1) * r.d * r.growth
              WHEN q.method = 'un_chart' THEN (r.latest * pow(1 + r.growth, r.remaining) - r.base) / (r.target - r.base)
              ELSE iif(r.base < 0, -1, 1) * r.d * r.growth / abs(r.required) END AS value
    FROM parameter AS q
    CROSS JOIN reckoned AS r
),
-- A target that was met at the base and is lost is a regression, whatever the chart's ratio says.
labelled AS MATERIALIZED (
  SELECT v.goal, v.aimed, v.growth, v.required, v.expected, v.coefficient, v.value,
         v.base_figure, v.base_year, v.base_source, v.figure, v.latest_year, v.latest_source, v.latest_locator,
         v.target_year, v.higher, v.zeroed,
         CASE WHEN q.method = 'open_sdg' AND v.met THEN 'target_achieved'
              WHEN q.method = 'un_chart' AND v.met THEN 'met_or_on_track'
              WHEN q.method = 'escap' AND v.met THEN 'reached'
              WHEN v.reason IS NOT NULL OR v.value IS NULL THEN 'not_available'
              WHEN q.method = 'escap' THEN CASE WHEN v.value < 0 THEN 'regressed' WHEN v.value = 0 THEN 'no_change' ELSE 'progressed' END
              WHEN q.method = 'escap_outlook'
              THEN CASE WHEN v.value <= q.maintain + 1e-9 THEN 'maintain'
                        WHEN v.value <= q.reverse + 1e-9 THEN 'accelerate'
                        ELSE 'reverse' END
              WHEN q.method = 'un_chart'
              THEN CASE WHEN v.d * (v.target - v.base) < 0 THEN 'stagnation_or_regression'
                        WHEN v.value >= iif(v.aimed, q.high, q.growth_high) THEN 'met_or_on_track'
                        WHEN v.value >= iif(v.aimed, q.medium, q.growth_medium) THEN 'fair_progress'
                        ELSE 'stagnation_or_regression' END
              WHEN q.method = 'open_sdg'
              THEN CASE WHEN v.value >= iif(v.aimed, q.high, q.growth_high * v.coefficient) THEN 'substantial_progress'
                        WHEN v.value >= iif(v.aimed, q.medium, q.growth_medium * v.coefficient) THEN 'moderate_progress'
                        WHEN v.value >= 0 THEN 'limited_progress'
                        ELSE 'deterioration' END
              WHEN v.aimed
              THEN CASE WHEN v.value >= q.high THEN 'significant_progress'
                        WHEN v.value >= q.medium THEN 'moderate_progress'
                        WHEN v.value >= 0 THEN 'insufficient_progress'
                        ELSE 'movement_away' END
              ELSE CASE WHEN v.value = 0 AND q.neutral THEN 'no_change'
                        WHEN v.value >= q.growth_high THEN 'significant_progress'
                        WHEN v.value >= q.growth_medium THEN 'moderate_progress'
                        WHEN v.value > -q.growth_high THEN 'moderate_movement_away'
                        ELSE 'significant_movement_away' END END AS label,
         v.reason
    FROM parameter AS q
    CROSS JOIN valued AS v
),
-- Open SDG's score is piecewise straight; its constants have the four decimals of its code.
scored AS (
  SELECT l.goal, l.aimed, l.label, l.value, l.growth, l.required, l.expected, l.coefficient, l.reason,
         l.base_figure, l.base_year, l.base_source, l.figure, l.latest_year, l.latest_source, l.latest_locator,
         l.target_year, l.higher, l.zeroed,
         CASE WHEN q.method = 'un_chart'
              THEN CASE l.label WHEN 'met_or_on_track' THEN 3 WHEN 'fair_progress' THEN 2 WHEN 'stagnation_or_regression' THEN 1 END
              WHEN q.method <> 'open_sdg' OR l.label = 'not_available' THEN NULL
              WHEN l.label = 'target_achieved' THEN 5.0
              WHEN l.aimed THEN iif(l.value >= 0.6, min(7.1429 * l.value - 4.2857, 5.0), max(4.1667 * l.value - 2.5, -5.0))
              WHEN l.value < 0 THEN max(125 * l.value - 2.5, -5.0)
              WHEN l.coefficient = 0 THEN 5.0
              WHEN l.label = 'substantial_progress' THEN min(500 * l.value / l.coefficient - 5, 5.0)
              WHEN l.label = 'moderate_progress' THEN 250 * l.value / l.coefficient - 1.25
              ELSE 500 * l.value / l.coefficient - 2.5 END AS score
    FROM parameter AS q
    CROSS JOIN labelled AS l
)
SELECT n.code AS plan, t.number, i.name AS indicator_name, e.name AS entity_name, c.code AS scope,
       ifnull(w.name, '无法评估') AS label_name, x.label, x.value, x.score, x.reason,
       x.base_figure AS base, x.base_year, x.figure AS latest, x.latest_year,
       coalesce(t.printed, t.wording, format('%.15g', t.value))
         || iif(t.value IS NULL, '', ifnull(' ' || t.printed_unit, '')) AS target,
       x.target_year, u.code AS unit, x.higher,
       x.growth, x.required, x.expected, iif(q.natural_limit IS NULL OR x.aimed, NULL, x.coefficient) AS coefficient,
       CASE q.method
            WHEN 'escap' THEN 'escap: 10 = reached'
            WHEN 'escap_outlook' THEN format('escap_outlook: maintain <= %g, reverse > %g; weight %g', q.maintain, q.reverse, q.weight)
            ELSE format('%s: %s', q.method,
                        CASE WHEN x.aimed AND q.method = 'un_chart' THEN format('ratio >= %g, %g', q.high, q.medium)
                             WHEN x.aimed THEN format('ratio >= %g, %g, 0', q.high, q.medium)
                             WHEN q.method = 'eurostat' THEN format('growth >= %g, %g, > %g', q.growth_high, q.growth_medium, -q.growth_high)
                             WHEN q.method = 'un_chart' THEN format('growth >= %g, %g', q.growth_high, q.growth_medium)
                             ELSE format('growth >= %g, %g, 0', q.growth_high, q.growth_medium) END)
                 || iif(q.method = 'open_sdg' AND x.zeroed, format('; 0 read as %g', q.zero), '') END AS rule,
       t.nature, t.category, ifnull(w.name_en, 'Unable to assess') AS label_name_en,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity, a.code AS among,
       d.code AS source, t.locator, x.base_source, x.latest_source, x.latest_locator
  FROM scored AS x
  CROSS JOIN target AS t ON t.id = x.goal
  CROSS JOIN plan AS n ON n.id = t.plan_id
  CROSS JOIN series AS s ON s.id = t.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS y ON y.id = t.period_id
  JOIN source AS d ON d.id = t.source_id
  LEFT JOIN entity AS a ON a.id = s.among_id
  CROSS JOIN parameter AS q
  LEFT JOIN word AS w ON w.method = q.method AND w.label = x.label
 WHERE q.show = 'all' OR x.label <> 'not_available'
 ORDER BY n.code, t.number IS NULL, CAST(t.number AS INTEGER), t.number,
          i.code, e.code, c.code, s.measure, a.code, y.code, d.code, t.locator;
