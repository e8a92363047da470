-- name: entity-permu
-- about: Enterprises (or zones, towns) scored by output per mu and the like, and put into the classes A to D (亩均论英雄).
--   Ratio: the score is the sum of weight * value / baseline over the items; where lower is better, weight * baseline / value. An item given
--   without a baseline is measured by the mean of all but the ungraded. Min-max: weight * (base + (100 - base) * (value - min) / (max - min))
--   / 100, the other way round where lower is better; where all are equal, the whole weight (no_spread in `explained`).
--   `weights` lists the items: indicator=weight:baseline unit:rule, separated by commas; baseline, unit and rule may be left out. The unit is
--   that of the baseline, by default the indicator's; values are converted to it. The rule says what an entity without that figure gets: mean
--   (the mean score of those that have it), zero, or ungraded; by default what `missing` says. The default are six indicators of Zhejiang's
--   industrial enterprises above designated size with the weights and baselines that one district published for 2022.
--   `cap` and `floor` bound the score of each item, in times its weight: cap 1.5 lets no item give more than one and a half times its weight,
--   floor 0 none take away. None is the default, as counties differ.
--   Classes by place among the graded: A the first 20 %, B to 60 %, C to 95 %, D the rest; the ends are counted in entities and rounded as
--   `rounding` says (half away from zero by default). Equal scores share a place and a class, the better one; a class may so get one more.
--   class_c = 100 leaves no D.
--   Vetoed entities are in D without a place and do not count in the shares; those in `ungraded` (utilities, young firms) are in T, and are
--   left out of means, minima and maxima too. Figures: final or provisional, of one period and scope; 约 and 近 count as their number.
--   Reasons: veto, ungraded, missing_item (a figure is missing, a bound or a wording, and no rule fills it), unknown_entity (in a list, not
--   in the file or not alone of that name); where an item can't be used nothing is scored, and the rows tell which: bad_item (not of the form
--   above), unknown_indicator, unit_mismatch (the unit is unknown or of another dimension), bad_baseline (not above zero), no_observation
--   (nobody has a figure).
-- about_zh: “亩均论英雄”：对企业（或开发区、乡镇）按亩均税收等打分，分 A、B、C、D 四类。
--   比值法：得分为各项 权重 × 数值 ÷ 基准值 之和，越低越好的为 权重 × 基准值 ÷ 数值；未给基准值的以除 T 以外的平均为基准。
--   极差法（minmax）：权重 × (base + (100 - base) × (数值 - 最小) ÷ (最大 - 最小)) ÷ 100，越低越好的反向；全部相等的得全部权重（explained 注明 no_spread）。
--   weights 列出各项：指标=权重:基准值 单位:缺数规则，以逗号分隔；基准值、单位、规则可省。单位是基准值的单位，省略为指标单位，数值按它换算。
--   缺数规则：mean 取有数者该项得分的平均，zero 计零分，ungraded 不评；省略则按 missing。默认为浙江规上工业六项指标，权重和基准值取一个区 2022 年公布的数。
--   cap、floor 为单项得分的上限和下限，按权重的倍数：cap 1.5 为不超过权重的 1.5 倍，floor 0 为不倒扣；各地不一，默认不设。
--   分类按参评者位次：前 20% 为 A，至 60% 为 B，至 95% 为 C，其余为 D；各档止于第几家按 rounding 取整（默认四舍五入）。
--   得分相同的同位次、同类（取较好的一类），该类可多出。class_c = 100 则没有 D。一票否决（veto）的直接列 D，不排位次，不计入比例；
--   ungraded 所列（公用事业、新办企业等）列 T，也不计入平均、最大、最小。采用正式数和初步数，同一时期、同一口径；“约”“近”按其数。
--   原因：veto 一票否决，ungraded 不评，missing_item 缺数或是界限值、文字而无规则可补，unknown_entity 名单中的对象不在文件中或重名；
--   有一项不能用则都不打分，并列出该项：bad_item 写法不合，unknown_indicator 无此指标，unit_mismatch 单位不明或量纲不同，bad_baseline 基准值不大于零，no_observation 无人有数。
-- family: comparison
-- param: weights text = 'industry-tax-per-mu=30:24.097 万元/亩, industry-value-added-per-mu=20:136.16 万元/亩,
--   industry-value-added-per-energy=20:2.694 万元/吨标准煤, industry-value-added-per-emission=10:4929.81 万元/吨:mean,
--   industry-productivity=10:18.14 万元/人, industry-rd-share=10:3.02 %'
--   | 各项：指标=权重:基准值 单位:缺数规则，逗号分隔 | the items: indicator=weight:baseline unit:rule, separated by commas
-- param: method text = 'ratio' in ('ratio', 'minmax')  | 比值法或极差法 | against baselines, or between minimum and maximum
-- param: period text = null  | 时期，如 2022；空为有数的项最多的最新年度
--   | the period, such as 2022; default: the newest of the years in which most items have a figure
-- param: kind text = 'enterprise' in ('zone', 'town', 'village', 'platform', 'enterprise', 'facility', 'industry', 'district', 'county', 'city')
--   | 对象类别 | kind of entity
-- param: among text = null in entity  | 只评某地区以内的对象（各级下属）；空为不限 | only entities within this one, at any depth; default: no limit
-- param: scope text = null in scope  | 口径；空为全口径 | scope; default: the whole entity
-- param: missing text = 'ungraded' in ('ungraded', 'mean', 'zero')  | 未写规则的项缺数时：不评、取平均、计零
--   | an item without a rule of its own, where a figure is missing
-- param: cap number = null  | 单项得分上限，权重的倍数；空为不设 | most that an item may give, in times its weight; default: no limit
-- param: floor number = null  | 单项得分下限，权重的倍数；空为不设 | least that an item may give, in times its weight; default: no limit
-- param: base number = 20  | 极差法：最小值所得的百分数 | min-max: the per cent that the minimum gives
-- param: class_a number = 20  | A 类止于百分之几 | where class A ends, %
-- param: class_b number = 60  | B 类止于百分之几 | where class B ends, %
-- param: class_c number = 95  | C 类止于百分之几 | where class C ends, %
-- param: rounding text = 'round' in ('floor', 'round', 'ceil')  | 家数取整：舍去、四舍五入、进一 | of the entities in a class: down, half away from zero, up
-- param: veto text = null  | 一票否决的对象，逗号分隔 | vetoed entities, separated by commas
-- param: ungraded text = null  | 不评的对象，逗号分隔 | entities that are not graded, separated by commas
-- columns: place, entity_name, score, class, reason, period, explained, weakest, full_marks, graded, entity_name_en, explained_en,
--   weakest_en, entity
-- shown: place, entity_name, score, class, reason, period, weakest
-- column: period | 时期 | the period
-- column: entity | 对象的代码 | code of the entity
-- column: entity_name | 对象；不能用的项、未找到的名称的写法 | the entity; of an item that can't be used or a name that is not found its text
-- column: place | 位次，并列空位 | place; equal scores share it and the next is skipped
-- column: score | 得分，十位小数 | the score, to 10 decimals
-- column: class | 类别：A、B、C、D，T 不评 | class A to D, T not graded
-- column: reason | 原因 | the reason's code, see above
-- column: explained | 各项得分的算法；不能用的项的写法 | how each item's score comes about; of an item that can't be used its text
-- column: explained_en | 同上，英文 | the same in English
-- column: weakest | 最弱项：得分占权重比例最低的项 | the item that gives the least of its weight
-- column: weakest_en | 同上，英文 | the same in English
-- column: full_marks | 权重之和 | sum of the weights
-- column: graded | 有位次的对象数 | entities with a place
-- chart: bar x=entity_name y=score by=class
WITH RECURSIVE
-- The lists may be written with full-width signs.
parameter AS (
  SELECT replace(replace(replace(coalesce(:weights,
           'industry-tax-per-mu=30:24.097 万元/亩, industry-value-added-per-mu=20:136.16 万元/亩, '
             || 'industry-value-added-per-energy=20:2.694 万元/吨标准煤, industry-value-added-per-emission=10:4929.81 万元/吨:mean, '
             || 'industry-productivity=10:18.14 万元/人, industry-rd-share=10:3.02 %'),
           '，', ','), '＝', '='), '：', ':') AS weights,
         coalesce(:method, 'ratio') AS method, CAST(:period AS TEXT) AS period, coalesce(:kind, 'enterprise') AS kind,
         CAST(:among AS TEXT) AS among, coalesce(CAST(:scope AS TEXT), '') AS scope, coalesce(:missing, 'ungraded') AS missing,
         CAST(:cap AS REAL) AS cap, CAST(:floor AS REAL) AS floor, coalesce(CAST(:base AS REAL), 20.0) AS base,
         coalesce(CAST(:class_a AS REAL), 20.0) AS class_a, coalesce(CAST(:class_b AS REAL), 60.0) AS class_b,
         coalesce(CAST(:class_c AS REAL), 95.0) AS class_c, coalesce(:rounding, 'round') AS rounding,
         replace(replace(CAST(:veto AS TEXT), '，', ','), '、', ',') AS veto,
         replace(replace(CAST(:ungraded AS TEXT), '，', ','), '、', ',') AS ungraded
),
-- The lists cut at their commas, one part a row.
part (list, number, text, rest) AS (
  SELECT 'weights', 0, '', q.weights || ',' FROM parameter AS q
  UNION ALL
  SELECT 'veto', 0, '', q.veto || ',' FROM parameter AS q
  UNION ALL
  SELECT 'ungraded', 0, '', q.ungraded || ',' FROM parameter AS q
  UNION ALL
  SELECT p.list, p.number + 1, trim(substr(p.rest, 1, instr(p.rest, ',') - 1)), substr(p.rest, instr(p.rest, ',') + 1)
    FROM part AS p
   WHERE p.rest <> ''
),
-- name=weight:baseline:rule; the colons that may be missing are put at the end.
cut AS (
  SELECT p.number, p.text, trim(substr(p.text, 1, instr(p.text, '=') - 1)) AS name,
         substr(p.text, instr(p.text, '=') + 1) || '::' AS after
    FROM part AS p
   WHERE p.list = 'weights' AND p.text <> ''
),
cut_again AS (
  SELECT c.number, c.text, c.name, trim(substr(c.after, 1, instr(c.after, ':') - 1)) AS weight, substr(c.after, instr(c.after, ':') + 1) AS after
    FROM cut AS c
),
written AS (
  SELECT c.number, c.text, c.name, c.weight, trim(substr(c.after, 1, instr(c.after, ':') - 1)) AS baseline,
         trim(rtrim(substr(c.after, instr(c.after, ':') + 1), ':')) AS rule
    FROM cut_again AS c
),
-- A code stands for itself; a name or alias must be the only one.
item AS (
  SELECT w.number, w.text, i.id AS indicator_id, i.name, coalesce(i.name_en, i.name) AS name_en, i.direction,
         CAST(w.weight AS REAL) AS weight, CASE WHEN w.baseline GLOB '[0-9.]*' THEN CAST(w.baseline AS REAL) END AS baseline,
         coalesce(nullif(w.rule, ''), q.missing) AS rule,
         CASE WHEN coalesce(nullif(trim(ltrim(w.baseline, '0123456789.')), ''), u.code) = u.code THEN 1.0
              WHEN v.dimension = u.dimension THEN u.factor / v.factor END AS factor,
         CASE WHEN w.weight = '' OR w.weight GLOB '*[^0-9.]*' OR CAST(w.weight AS REAL) <= 0 OR w.name = ''
                   OR w.baseline <> '' AND w.baseline NOT GLOB '[0-9.]*' OR w.rule NOT IN ('', 'mean', 'zero', 'ungraded') THEN 'bad_item'
              WHEN i.id IS NULL THEN 'unknown_indicator' END AS reason
    FROM parameter AS q
    CROSS JOIN (SELECT x.number, x.text, x.name, x.weight, x.baseline, x.rule,
                       coalesce((SELECT n.id FROM indicator AS n WHERE n.code = x.name),
                                (SELECT iif(count(*) = 1, min(n.id), NULL)
                                   FROM indicator AS n
                                  WHERE x.name IN (n.name, n.name_en)
                                        OR n.id IN (SELECT a.indicator_id FROM alias AS a
                                                     WHERE a.kind = 'indicator' AND a.name = x.name))) AS indicator_id
                  FROM written AS x) AS w
    LEFT JOIN indicator AS i ON i.id = w.indicator_id
    LEFT JOIN unit AS u ON u.id = i.unit_id
    LEFT JOIN unit AS v ON v.code = trim(ltrim(w.baseline, '0123456789.'))
),
listed AS (
  SELECT p.list, p.text,
         coalesce((SELECT n.id FROM entity AS n WHERE n.code = p.text),
                  (SELECT iif(count(*) = 1, min(n.id), NULL)
                     FROM entity AS n
                    WHERE p.text IN (n.name, n.name_en)
                          OR n.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = p.text))) AS id
    FROM part AS p
   WHERE p.list <> 'weights' AND p.text <> ''
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
item_series AS (
  SELECT t.number, s.id, s.entity_id
    FROM parameter AS q
    CROSS JOIN item AS t
    CROSS JOIN series AS s ON s.indicator_id = t.indicator_id AND s.measure = 'level'
    JOIN scope AS c ON c.id = s.scope_id AND c.code = q.scope
    JOIN entity AS e ON e.id = s.entity_id AND e.kind = q.kind
   WHERE q.among IS NULL OR e.id IN (SELECT w.id FROM within AS w WHERE NOT w.itself)
),
-- The newest of the years in which most items have a figure.
best_year AS (
  SELECT p.code
    FROM item_series AS s
    CROSS JOIN observation AS o ON o.series_id = s.id AND o.value IS NOT NULL
    JOIN status AS t ON t.code = o.status AND t.precedence < 3
    JOIN period AS p ON p.id = o.period_id AND p.kind = 'year'
   GROUP BY p.code
   ORDER BY count(DISTINCT s.number) DESC, p.code DESC
   LIMIT 1
),
chosen AS (
  SELECT p.id, p.code
    FROM parameter AS q
    CROSS JOIN period AS p
   WHERE p.code = coalesce(q.period, (SELECT y.code FROM best_year AS y))
),
-- The best current figure of each, in the order of the view `latest`.
figure AS (
  SELECT s.number, s.entity_id, CASE WHEN o.comparator IN ('=', '~', '~<') AND o.high IS NULL THEN o.value END AS value,
         row_number() OVER (PARTITION BY s.number, o.series_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code,
                                     o.locator) AS choice
    FROM chosen AS k
    CROSS JOIN item_series AS s
    CROSS JOIN observation AS o ON o.series_id = s.id AND o.period_id = k.id
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE t.precedence < 3
),
entrant AS (
  SELECT x.id AS entity_id,
         x.id IN (SELECT l.id FROM listed AS l WHERE l.list = 'ungraded' AND l.id IS NOT NULL) AS is_ungraded,
         x.id IN (SELECT l.id FROM listed AS l WHERE l.list = 'veto' AND l.id IS NOT NULL) AS is_vetoed
    FROM (SELECT f.entity_id AS id FROM figure AS f
          UNION SELECT l.id FROM listed AS l WHERE l.id IS NOT NULL) AS x
),
-- What an item is measured by, in its baseline's unit; those in T take no part.
measured AS (
  SELECT t.number, coalesce(t.baseline, avg(f.value * t.factor)) AS baseline,
         min(f.value * t.factor) AS least, max(f.value * t.factor) AS most
    FROM item AS t
    LEFT JOIN figure AS f
      ON f.number = t.number AND f.choice = 1 AND f.entity_id NOT IN (SELECT e.entity_id FROM entrant AS e WHERE e.is_ungraded)
   GROUP BY t.number
),
checked AS (
  SELECT t.number, t.text, t.name, t.name_en, t.direction, t.weight, t.rule, t.factor, m.baseline, m.least, m.most,
         CASE WHEN t.reason IS NOT NULL THEN t.reason
              WHEN t.factor IS NULL THEN 'unit_mismatch'
              WHEN m.least IS NULL THEN 'no_observation'
              WHEN q.method = 'ratio' AND m.baseline <= 0 THEN 'bad_baseline' END AS reason
    FROM parameter AS q
    CROSS JOIN item AS t
    JOIN measured AS m ON m.number = t.number
),
-- The score of each entity in each item, within cap and floor.
scored AS (
  SELECT e.entity_id, e.is_ungraded, e.is_vetoed, t.number, t.name, t.name_en, t.weight, t.rule, t.baseline, t.least, t.most, q.method,
         f.value * t.factor AS value, t.direction,
         max(coalesce(q.floor * t.weight, -9e99), min(coalesce(q.cap * t.weight, 9e99),
             CASE WHEN q.method = 'ratio' AND t.direction = 'lower'
                  THEN CASE WHEN f.value > 0 THEN t.weight * t.baseline / (f.value * t.factor) END
                  WHEN q.method = 'ratio' THEN f.value * t.factor / t.baseline * t.weight
                  WHEN t.most = t.least THEN f.value * 0 + t.weight
                  WHEN t.direction = 'lower'
                  THEN t.weight * (q.base + (100 - q.base) * (t.most - f.value * t.factor) / (t.most - t.least)) / 100
                  ELSE t.weight * (q.base + (100 - q.base) * (f.value * t.factor - t.least) / (t.most - t.least)) / 100 END)) AS score
    FROM parameter AS q
    CROSS JOIN entrant AS e
    CROSS JOIN checked AS t
    LEFT JOIN figure AS f ON f.number = t.number AND f.entity_id = e.entity_id AND f.choice = 1
),
-- What is missing filled by its rule.
filled AS (
  SELECT s.entity_id, s.is_ungraded, s.is_vetoed, s.number, s.name, s.name_en, s.weight, s.baseline, s.least, s.most, s.method, s.direction, s.value, s.rule,
         s.score IS NULL AS is_missing,
         coalesce(s.score, CASE s.rule WHEN 'zero' THEN 0.0
                                       WHEN 'mean' THEN avg(CASE WHEN NOT s.is_ungraded THEN s.score END) OVER (PARTITION BY s.number)
                           END) AS score
    FROM scored AS s
),
-- Each entity's items in order, its marks and how they came about beside each.
worded AS (
  SELECT f.entity_id, f.is_ungraded, f.is_vetoed,
         sum(f.weight) OVER line AS full_marks, sum(f.score) OVER line AS marks, sum(f.score IS NULL) OVER line AS gaps,
         group_concat(f.name || ' ' || CASE
             WHEN f.score IS NULL THEN '缺数'
             WHEN f.is_missing THEN iif(f.rule = 'mean', '缺数，取平均 ', '缺数，计 ') || printf('%.6g', f.score)
             WHEN f.method = 'minmax' AND f.most = f.least THEN printf('%.8g（no_spread）= %.6g', f.value, f.score)
             WHEN f.method = 'minmax' THEN printf('%.8g（%.8g 至 %.8g）× %.8g = %.6g', f.value, f.least, f.most, f.weight, f.score)
             WHEN f.direction = 'lower' THEN printf('%.8g ÷ %.8g × %.8g = %.6g', f.baseline, f.value, f.weight, f.score)
             ELSE printf('%.8g ÷ %.8g × %.8g = %.6g', f.value, f.baseline, f.weight, f.score) END, '；') OVER line AS explained,
         group_concat(f.name_en || ' ' || CASE
             WHEN f.score IS NULL THEN 'missing'
             WHEN f.is_missing THEN iif(f.rule = 'mean', 'missing, the mean ', 'missing, ') || printf('%.6g', f.score)
             WHEN f.method = 'minmax' AND f.most = f.least THEN printf('%.8g (no_spread) = %.6g', f.value, f.score)
             WHEN f.method = 'minmax' THEN printf('%.8g (%.8g to %.8g) * %.8g = %.6g', f.value, f.least, f.most, f.weight, f.score)
             WHEN f.direction = 'lower' THEN printf('%.8g / %.8g * %.8g = %.6g', f.baseline, f.value, f.weight, f.score)
             ELSE printf('%.8g / %.8g * %.8g = %.6g', f.value, f.baseline, f.weight, f.score) END, '; ') OVER line AS explained_en,
         row_number() OVER (PARTITION BY f.entity_id ORDER BY f.number) AS position,
         first_value(f.name) OVER by_worth AS weakest, first_value(f.name_en) OVER by_worth AS weakest_en
    FROM filled AS f
  WINDOW line AS (PARTITION BY f.entity_id ORDER BY f.number ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
         by_worth AS (PARTITION BY f.entity_id ORDER BY f.is_missing, f.score / f.weight, f.number)
),
-- Rounding noise, 1e-10, makes no difference of places.
total AS (
  SELECT w.entity_id, w.is_ungraded, w.is_vetoed, w.full_marks, CASE WHEN w.gaps = 0 THEN round(w.marks, 10) END AS score,
         NOT w.is_ungraded AND NOT w.is_vetoed AND w.gaps = 0 AS is_graded, w.explained, w.explained_en, w.weakest, w.weakest_en
    FROM worded AS w
   WHERE w.position = 1 AND NOT EXISTS (SELECT 1 FROM checked AS c WHERE c.reason IS NOT NULL)
),
placed AS (
  SELECT t.entity_id, t.full_marks, t.score, t.is_ungraded, t.is_vetoed, t.explained, t.explained_en, t.weakest, t.weakest_en,
         CASE WHEN t.is_graded THEN rank() OVER (PARTITION BY t.is_graded ORDER BY t.score DESC) END AS place,
         sum(t.is_graded) OVER () AS graded
    FROM total AS t
),
-- Where each class ends, in entities. A whole number stays what it is, whatever noise its product has.
ended AS (
  SELECT p.entity_id, p.full_marks, p.score, p.is_ungraded, p.is_vetoed, p.place, p.graded,
         p.explained, p.explained_en, p.weakest, p.weakest_en,
         CAST(p.graded * q.class_a / 100 + x.lift AS INTEGER) AS a, CAST(p.graded * q.class_b / 100 + x.lift AS INTEGER) AS b,
         CAST(p.graded * q.class_c / 100 + x.lift AS INTEGER) AS c
    FROM parameter AS q
    JOIN (SELECT 'floor' AS rounding, 1e-9 AS lift UNION ALL SELECT 'round', 0.5 + 1e-9 UNION ALL SELECT 'ceil', 1 - 1e-9) AS x
      ON x.rounding = q.rounding
    CROSS JOIN placed AS p
),
told AS (
  SELECT iif(n.place IS NOT NULL, 2, iif(n.is_ungraded, 5, iif(n.is_vetoed, 3, 4))) AS section, 0 AS number, n.place, e.name AS entity_name,
         n.score,
         CASE WHEN n.is_ungraded THEN 'T' WHEN n.is_vetoed THEN 'D' WHEN n.place IS NULL THEN NULL
              WHEN n.place <= n.a THEN 'A' WHEN n.place <= n.b THEN 'B' WHEN n.place <= n.c THEN 'C' ELSE 'D' END AS class,
         CASE WHEN n.is_ungraded THEN 'ungraded' WHEN n.is_vetoed THEN 'veto' WHEN n.place IS NULL THEN 'missing_item' END AS reason,
         n.explained, n.weakest, n.full_marks, n.graded, e.name_en AS entity_name_en, n.explained_en, n.weakest_en, e.code AS entity
    FROM ended AS n
    JOIN entity AS e ON e.id = n.entity_id
  UNION ALL
  SELECT 1, c.number, NULL, c.text, NULL, NULL, c.reason, c.text, c.name, NULL, NULL, NULL, c.text, c.name_en, NULL
    FROM checked AS c
   WHERE c.reason IS NOT NULL
  UNION ALL
  SELECT 6, 0, NULL, l.text, NULL, NULL, 'unknown_entity', l.list, NULL, NULL, NULL, NULL, l.list, NULL, NULL
    FROM listed AS l
   WHERE l.id IS NULL
)
SELECT t.place, t.entity_name, t.score, t.class, t.reason, k.code AS period, t.explained, t.weakest, t.full_marks, t.graded,
       t.entity_name_en, t.explained_en, t.weakest_en, t.entity
  FROM told AS t
  LEFT JOIN chosen AS k
 ORDER BY t.section, t.number, t.place, t.entity, t.entity_name, t.explained;
