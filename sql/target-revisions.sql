-- name: target-revisions
-- family: evaluation
-- about: How targets were changed: what each was before an import or a hand replaced it, and what later plans and documents ask instead.
--   Kinds: import and hand (one target of the file, replaced: the state before against the next one, in the end the present one); later_plan
--   (the same series and period in a plan whose document is newer, as after a mid-term adjustment) and later_source (in a newer document on
--   the same plan). A document without a date counts from the first day of its plan; of more than two each is held against the next.
--   Effect, by the sign of the target or the indicator's direction: stricter, looser, same (only something else changed), unclear (words,
--   ranges and the like). Differences are new less former. A former value is read as a number only where it is printed as one, a sign before it
--   allowed; its printed unit is converted. What did not change is not listed, nor are targets that were only added.
-- about_zh: 目标的调整：导入或手工改动之前的目标，以及后来的规划、文件对同一事项的目标。
--   类型：import 导入改动、hand 手工改动（同一目标，改动前与其后的状态相比，最后与现状相比）；later_plan 同一序列、同一时期，文件更新的另一规划
--   （如中期调整）；later_source 同一规划的较新文件。没有日期的文件按其规划的首日计；多于两个的逐个与后一个相比。
--   松紧按目标的符号或指标方向判定：stricter 加严，looser 放宽，same 数值未变、其他内容有变，unclear 文字、范围等无法判定。
--   差额为新减旧。原目标只在印成数字（可带符号）时才作为数，所印单位按单位表换算。没有变化的不列，新增的目标不列。
-- param: plan text = null in plan  | 规划：其一出自该规划；空为全部 | plan that one of the two is of; default: every one
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- columns: plan, indicator_name, entity_name, scope, measure, period, kind, at, former, became, unit, difference, difference_pct,
--   effect, changed, former_nature, became_nature, former_base, became_base, became_plan, import, file,
--   indicator_name_en, entity_name_en, indicator, entity, among, source, locator, became_source, became_locator
-- shown: plan, indicator_name, entity_name, period, kind, at, former, became, unit, difference, effect, changed
-- column: kind | 类型 | the kind, see above
-- column: at | 何时：改动的时间（UTC）或较新文件的日期 | when: the change's time, UTC, or the newer document's date
-- column: former | 原目标（如印） | the former target as printed
-- column: became | 改后的目标（如印）；已删去的为空 | the target it became, as printed; empty when it was removed
-- column: difference | 改后减原目标，单位同 unit | new less former, in `unit`
-- column: difference_pct | 相差百分之几（以原目标为 100） | difference in per cent of the former
-- column: effect | 松紧：stricter、looser、same、unclear | stricter, looser, same or unclear
-- column: changed | 变了哪些栏 | which columns changed
-- column: former_nature | 原属性 | former nature
-- column: became_nature | 改后的属性 | nature it became
-- column: former_base | 原基期值（如印） | former base value as printed
-- column: became_base | 改后的基期值（如印） | base value it became, as printed
-- column: became_plan | 后来的规划 | the later plan
-- column: import | 改动它的那次导入 | the import that changed it
-- column: file | 该次导入的文件 | that import's file
-- column: became_source | 后来的目标的来源 | source of the later target
-- column: became_locator | 后来的目标在来源中的位置 | place of the later target in its source
WITH
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity
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
-- The targets' present states, written as a revision keeps them.
present AS MATERIALIZED (
  SELECT t.id AS target, t.plan_id, t.series_id, t.period_id, d.code AS source, t.locator,
         coalesce(d.published, m.starts) AS dated, iif(t.high IS NULL, t.value, NULL) AS value,
         json_object('value', coalesce(t.printed, t.wording, format('%.15g', t.value)), 'unit', ifnull(t.printed_unit, ''),
                     'nature', ifnull(t.nature, ''), 'base_value',
                     coalesce(t.base_printed, iif(t.base_value IS NULL, '', format('%.15g', t.base_value))),
                     'base_period', ifnull(b.code, ''), 'claim', ifnull(t.claim, ''), 'category', ifnull(t.category, ''),
                     'number', ifnull(t.number, ''), 'note', ifnull(t.note, '')) AS state
    FROM target AS t
    CROSS JOIN series AS s ON s.id = t.series_id
    JOIN wanted_indicator AS i ON i.id = s.indicator_id
    JOIN source AS d ON d.id = t.source_id
    JOIN plan AS n ON n.id = t.plan_id
    JOIN period AS m ON m.id = n.period_id
    LEFT JOIN period AS b ON b.id = t.base_period_id
   WHERE s.entity_id IN (SELECT e.id FROM wanted_entity AS e)
),
-- Each replaced state and the one that came next: that of the next revision, or the present one.
replaced AS (
  SELECT r.id, r.key, r.import_id, coalesce(m.at, r.at) AS at, m.file, r.former,
         lead(r.former) OVER (PARTITION BY r.key ORDER BY r.id) AS next
    FROM revision AS r
    LEFT JOIN import AS m ON m.id = r.import_id
   WHERE r.table_name = 'target'
),
-- A revision's key names its row by codes; the series and all else follow from them.
edited AS (
  SELECT r.id AS turn, iif(r.import_id IS NULL, 'hand', 'import') AS kind, r.at, r.import_id, r.file,
         n.id AS plan_id, s.id AS series_id, p.id AS period_id,
         json_extract(r.key, '$.source') AS source, json_extract(r.key, '$.locator') AS locator,
         NULL AS next_plan, NULL AS next_source, NULL AS next_locator, NULL AS former_value, NULL AS became_value,
         r.former, coalesce(r.next, t.state) AS became
    FROM replaced AS r
    JOIN plan AS n ON n.code = json_extract(r.key, '$.plan')
    JOIN period AS p ON p.code = json_extract(r.key, '$.period')
    JOIN indicator AS i ON i.code = json_extract(r.key, '$.indicator')
    JOIN entity AS e ON e.code = json_extract(r.key, '$.entity')
    JOIN scope AS c ON c.code = json_extract(r.key, '$.scope')
    LEFT JOIN entity AS a ON a.code = json_extract(r.key, '$.among')
    JOIN series AS s
      ON s.indicator_id = i.id AND s.entity_id = e.id AND s.scope_id = c.id
     AND s.measure = json_extract(r.key, '$.measure') AND ifnull(s.among_id, 0) = ifnull(a.id, 0)
    JOIN wanted_indicator AS wi ON wi.id = i.id
    LEFT JOIN present AS t
      ON t.plan_id = n.id AND t.series_id = s.id AND t.period_id = p.id
     AND t.source = json_extract(r.key, '$.source') AND t.locator = json_extract(r.key, '$.locator')
   WHERE r.former IS NOT NULL
     AND e.id IN (SELECT w.id FROM wanted_entity AS w)
),
-- Targets for one thing in the order of their documents.
ordered AS MATERIALIZED (
  SELECT t.target, t.plan_id, t.series_id, t.period_id, t.source, t.locator, t.dated, t.value, t.state,
         dense_rank() OVER (PARTITION BY t.series_id, t.period_id ORDER BY t.dated) AS turn
    FROM present AS t
),
succeeded AS (
  SELECT b.target AS turn, iif(a.plan_id = b.plan_id, 'later_source', 'later_plan') AS kind, b.dated AS at,
         NULL AS import_id, NULL AS file, a.plan_id, a.series_id, a.period_id, a.source, a.locator,
         b.plan_id AS next_plan, b.source AS next_source, b.locator AS next_locator,
         a.value AS former_value, b.value AS became_value, a.state AS former, b.state AS became
    FROM ordered AS a
    JOIN ordered AS b ON b.series_id = a.series_id AND b.period_id = a.period_id AND b.turn = a.turn + 1
),
change AS (
  SELECT d.turn, d.kind, d.at, d.import_id, d.file, d.plan_id, d.series_id, d.period_id, d.source, d.locator,
         d.next_plan, d.next_source, d.next_locator, d.former_value, d.became_value, d.former, d.became FROM edited AS d
  UNION ALL
  SELECT g.turn, g.kind, g.at, g.import_id, g.file, g.plan_id, g.series_id, g.period_id, g.source, g.locator,
         g.next_plan, g.next_source, g.next_locator, g.former_value, g.became_value, g.former, g.became FROM succeeded AS g
),
-- Two states of one target may differ in any column, targets of two documents in what they ask. A printed number is read
-- without sign, 以上, 以内, 以下 and thousands separators.
told AS MATERIALIZED (
  SELECT c.turn, c.kind, c.at, c.import_id, c.file, c.plan_id, c.series_id, c.period_id, c.source, c.locator,
         c.next_plan, c.next_source, c.next_locator, c.former, c.became, c.former_value, c.became_value, u.code AS unit,
         CASE WHEN t.comparator IN ('>', '>=') THEN 1
              WHEN t.comparator IN ('<', '<=') THEN -1
              WHEN s.measure IN ('rank', 'yoy_rank') THEN -1
              WHEN i.direction = 'higher' THEN 1
              WHEN i.direction = 'lower' THEN -1
              ELSE 0 END AS aims,
         replace(json_extract(c.former, '$.value'), ',', '') AS former_printed,
         replace(json_extract(c.became, '$.value'), ',', '') AS became_printed,
         rtrim(ltrim(replace(json_extract(c.former, '$.value'), ',', ''), '≥≤><=＞＜'), '以上内下') AS former_text,
         rtrim(ltrim(replace(json_extract(c.became, '$.value'), ',', ''), '≥≤><=＞＜'), '以上内下') AS became_text,
         iif(json_extract(c.former, '$.unit') = '', 1, fu.factor / u.factor) AS former_factor,
         iif(json_extract(c.became, '$.unit') = '', 1, bu.factor / u.factor) AS became_factor,
         CASE WHEN c.became IS NULL THEN 'removed' ELSE
         substr(iif(json_extract(c.former, '$.value') IS NOT json_extract(c.became, '$.value'), ', value', '')
                || iif(json_extract(c.former, '$.unit') IS NOT json_extract(c.became, '$.unit'), ', unit', '')
                || iif(json_extract(c.former, '$.nature') IS NOT json_extract(c.became, '$.nature'), ', nature', '')
                || iif(json_extract(c.former, '$.base_value') IS NOT json_extract(c.became, '$.base_value'), ', base_value', '')
                || iif(json_extract(c.former, '$.base_period') IS NOT json_extract(c.became, '$.base_period'), ', base_period', '')
                || CASE WHEN c.kind IN ('import', 'hand')
                        THEN iif(json_extract(c.former, '$.claim') IS NOT json_extract(c.became, '$.claim'), ', claim', '')
                             || iif(json_extract(c.former, '$.category') IS NOT json_extract(c.became, '$.category'), ', category', '')
                             || iif(json_extract(c.former, '$.number') IS NOT json_extract(c.became, '$.number'), ', number', '')
                             || iif(json_extract(c.former, '$.note') IS NOT json_extract(c.became, '$.note'), ', note', '')
                        ELSE '' END, 3) END AS changed
    FROM change AS c
    JOIN series AS s ON s.id = c.series_id
    JOIN indicator AS i ON i.id = s.indicator_id
    JOIN unit AS u ON u.id = s.unit_id
    JOIN source AS d ON d.code = c.source
    LEFT JOIN unit AS fu ON fu.code = json_extract(c.former, '$.unit') AND fu.dimension = u.dimension
    LEFT JOIN unit AS bu ON bu.code = json_extract(c.became, '$.unit') AND bu.dimension = u.dimension
    LEFT JOIN target AS t
      ON t.plan_id = coalesce(c.next_plan, c.plan_id) AND t.series_id = c.series_id AND t.period_id = c.period_id
     AND t.source_id = d.id AND t.locator = coalesce(c.next_locator, c.locator)
),
measured AS (
  SELECT o.turn, o.kind, o.at, o.import_id, o.file, o.plan_id, o.series_id, o.period_id, o.source, o.locator,
         o.next_plan, o.next_source, o.next_locator, o.former, o.became, o.unit, o.aims, o.changed,
         replace(o.former_printed, o.former_text, '') = replace(o.became_printed, o.became_text, '') AS same_sign,
         coalesce(o.former_value, CASE WHEN o.kind IN ('import', 'hand') AND (o.former_text GLOB '[0-9]*' OR o.former_text GLOB '-[0-9]*')
                                            AND substr(o.former_text, 2) NOT GLOB '*[^0-9.]*'
                                       THEN CAST(o.former_text AS REAL) * o.former_factor END) AS former_value,
         coalesce(o.became_value, CASE WHEN o.kind IN ('import', 'hand') AND (o.became_text GLOB '[0-9]*' OR o.became_text GLOB '-[0-9]*')
                                            AND substr(o.became_text, 2) NOT GLOB '*[^0-9.]*'
                                       THEN CAST(o.became_text AS REAL) * o.became_factor END) AS became_value
    FROM told AS o
   WHERE o.changed <> ''
)
SELECT n.code AS plan, i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, p.code AS period,
       x.kind, x.at,
       json_extract(x.former, '$.value') || rtrim(' ' || json_extract(x.former, '$.unit')) AS former,
       json_extract(x.became, '$.value') || rtrim(' ' || json_extract(x.became, '$.unit')) AS became,
       x.unit,
       round(x.became_value - x.former_value, 4) + 0.0 AS difference,
       round(100 * (x.became_value - x.former_value) / abs(nullif(x.former_value, 0)), 2) + 0.0 AS difference_pct,
       CASE WHEN x.changed NOT LIKE 'value%' AND x.changed NOT LIKE 'unit%' AND x.changed <> 'removed' THEN 'same'
            WHEN x.former_value IS NULL OR x.became_value IS NULL THEN 'unclear'
            WHEN abs(x.became_value - x.former_value) <= 1e-9 * abs(x.former_value)
            THEN iif(x.same_sign, 'same', 'unclear')
            WHEN x.aims = 0 THEN 'unclear'
            ELSE iif((x.became_value - x.former_value) * x.aims > 0, 'stricter', 'looser') END AS effect,
       x.changed,
       nullif(json_extract(x.former, '$.nature'), '') AS former_nature, nullif(json_extract(x.became, '$.nature'), '') AS became_nature,
       nullif(json_extract(x.former, '$.base_value'), '') AS former_base,
       nullif(json_extract(x.became, '$.base_value'), '') AS became_base,
       b.code AS became_plan, x.import_id AS import, x.file,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity, a.code AS among,
       x.source, x.locator, x.next_source AS became_source, x.next_locator AS became_locator
  FROM measured AS x
  CROSS JOIN plan AS n ON n.id = x.plan_id
  CROSS JOIN series AS s ON s.id = x.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN period AS p ON p.id = x.period_id
  LEFT JOIN entity AS a ON a.id = s.among_id
  LEFT JOIN plan AS b ON b.id = x.next_plan
  CROSS JOIN parameter AS q
 WHERE q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en, b.code, b.name, b.name_en)
 ORDER BY n.code, i.code, e.code, c.code, s.measure, a.code, p.starts, p.ends, x.source, x.locator, x.kind, x.turn, x.next_source;
