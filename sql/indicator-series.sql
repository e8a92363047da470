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
  SELECT i.id
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
)
-- Read in the order of the indicators' codes, so that only the rows of one indicator at a time are to be sorted.
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, a.code AS among, p.code AS period,
       o.value, o.high, o.comparator, u.code AS unit, o.status,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END)
         || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
       d.code AS source, o.locator, o.note,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM indicator AS i
  CROSS JOIN series AS s ON s.indicator_id = i.id
  CROSS JOIN observation AS o ON o.series_id = s.id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = o.period_id
  JOIN source AS d ON d.id = o.source_id
  LEFT JOIN entity AS a ON a.id = s.among_id
 WHERE +i.id IN (SELECT w.id FROM wanted_indicator AS w)
   AND s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
 ORDER BY i.code, e.code, c.code, s.measure, a.code, p.starts, p.ends, d.code, o.locator;
