-- name: indicator-targets
-- family: lookup
-- about: Every target of an indicator, in every plan, with its base, what the source claims came of it and where it stands.
--   Nothing is chosen: goals that differ from place to place are rows of their own.
-- about_zh: 一个指标在各规划中的全部目标，附基期值、来源自称的完成情况和出处。不作取舍：各处不同的目标各占一行。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- columns: indicator_name, entity_name, scope, measure, among, plan_name, period, printed, comparator, value, high,
--   unit, wording, nature, base_printed, base_comparator, base_value, base_period, claim, category, number,
--   source, locator, note, indicator_name_en, entity_name_en, plan_name_en, indicator, entity, plan
-- shown: plan_name, entity_name, scope, period, printed, unit, nature, base_printed, base_period, claim,
--   locator
-- chart: bar x=plan_name y=value by=entity_name
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, CAST(:plan AS TEXT) AS plan
),
wanted_indicator AS (
  SELECT i.code
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
)
SELECT t.indicator_name, t.entity_name, t.scope, t.measure, t.among, t.plan_name, t.period, t.printed, t.comparator,
       t.value, t.high, t.unit, t.wording, t.nature, t.base_printed, t.base_comparator, t.base_value, t.base_period,
       t.claim, t.category, t.number, t.source, t.locator, t.note,
       t.indicator_name_en, t.entity_name_en, t.plan_name_en, t.indicator, t.entity, t.plan
  FROM parameter AS q
  CROSS JOIN targets AS t
 WHERE t.indicator IN (SELECT w.code FROM wanted_indicator AS w)
   AND t.entity IN (SELECT w.code FROM wanted_entity AS w)
   AND (q.plan IS NULL OR q.plan IN (t.plan, t.plan_name, t.plan_name_en))
 ORDER BY t.indicator, t.entity, t.scope, t.measure, t.among, t.starts, t.ends, t.plan, t.source, t.locator;
