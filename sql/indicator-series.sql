-- name: indicator-series
-- family: lookup
-- about: Every figure of an indicator, series by series and period by period, with where it stands.
--   Nothing is chosen: figures of one period from several sources are rows of their own.
-- about_zh: 一个指标的全部数据，按序列和时期排列，并注明出处。不作取舍：同一时期不同来源的数据各占一行。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- columns: indicator_name, entity_name, scope, measure, among, period, value, high, comparator, unit,
--   status, printed, source, locator, note, indicator_name_en, entity_name_en, indicator, entity
-- shown: entity_name, scope, measure, among, period, printed, unit, status, source, locator
-- chart: line x=period y=value by=entity_name
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity
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
SELECT o.indicator_name, o.entity_name, o.scope, o.measure, o.among, o.period, o.value, o.high, o.comparator,
       o.unit, o.status, o.printed, o.source, o.locator, o.note,
       o.indicator_name_en, o.entity_name_en, o.indicator, o.entity
  FROM observations AS o
 WHERE o.indicator IN (SELECT w.code FROM wanted_indicator AS w)
   AND o.entity IN (SELECT w.code FROM wanted_entity AS w)
 ORDER BY o.indicator, o.entity, o.scope, o.measure, o.among, o.starts, o.ends, o.source, o.locator;
