-- name: value-latest
-- about: The newest value of each series, looking no later than one day. Among figures that end on one day a year's
--   stands before a half-year's, a year to date, a quarter's, a month's, a span of years and a day's.
--   A forecast or a missing mark is shown only where the series has nothing else.
-- about_zh: 每个序列截至某日的最新值。末日相同时依次取年度、半年、累计月份、季度、月度、多年、日的数据。
--   预测数和缺失符号只在序列没有别的数据时列出。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: measure text = null  | 计量：level、yoy、rank 等；空为全部 | measure: level, yoy, rank, ...; default: every one
-- param: as_of text = null  | 截至哪一天(YYYY-MM-DD；只写年或年月即到其末日)；空为不限
--   | the last day looked at (a year or month: its last day); default: no limit
-- columns: indicator_name, entity_name, scope, measure, among, period, value, high, comparator, unit,
--   status, printed, source, locator, indicator_name_en, entity_name_en, indicator, entity
-- shown: indicator_name, entity_name, scope, measure, period, printed, unit, status, source, locator
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, CAST(:measure AS TEXT) AS measure,
         coalesce(:as_of, '9999') || '~' AS until
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
),
ranked AS (
  SELECT o.indicator, o.indicator_name, o.indicator_name_en, o.entity, o.entity_name, o.entity_name_en,
         o.scope, o.measure, o.among, o.period, o.value, o.high, o.comparator, o.unit, o.status,
         o.printed, o.source, o.locator,
         row_number() OVER (PARTITION BY o.indicator, o.entity, o.scope, o.measure, o.among
                            ORDER BY max(t.precedence, 2), o.ends DESC,
                                     CASE k.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3
                                                 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5 WHEN 'years' THEN 6
                                                 WHEN 'day' THEN 7 ELSE 8 END,
                                     o.starts) AS place
    FROM parameter AS q
    CROSS JOIN latest AS o
    JOIN period AS k ON k.code = o.period
    JOIN status AS t ON t.code = o.status
   WHERE o.indicator IN (SELECT w.code FROM wanted_indicator AS w)
     AND o.entity IN (SELECT w.code FROM wanted_entity AS w)
     AND (q.measure IS NULL OR o.measure = q.measure)
     AND o.ends <= q.until
)
SELECT r.indicator_name, r.entity_name, r.scope, r.measure, r.among, r.period, r.value, r.high, r.comparator,
       r.unit, r.status, r.printed, r.source, r.locator, r.indicator_name_en, r.entity_name_en, r.indicator, r.entity
  FROM ranked AS r
 WHERE r.place = 1
 ORDER BY r.indicator, r.entity, r.scope, r.measure, r.among;
