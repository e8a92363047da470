-- name: entity-indicators
-- family: lookup
-- about: What is known of an entity: the newest level of each indicator, one row a scope, by the indicators' categories.
--   Growth, ranks and other measures are left out (see value-latest). Among figures that end on one day a year's
--   stands before a half-year's, a year to date, a quarter's, a month's, a span of years and a day's; a forecast or a missing mark is
--   shown only where there is nothing else.
-- about_zh: 一个对象的概况：每个指标（每个口径一行）的最新水平值，按指标类别排列；增速、位次等不在内（见 value-latest）。
--   末日相同时依次取年度、半年、累计月份、季度、月度、多年、日的数据；预测数和缺失符号只在没有别的数据时列出。
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- columns: entity_name, category, indicator_name, scope, period, value, high, comparator, unit, status,
--   printed, source, locator, entity_name_en, indicator_name_en, entity, indicator
-- shown: category, indicator_name, scope, period, printed, unit, status, source, locator
-- column: category | 指标类别 | category of the indicator
WITH
parameter AS (
  SELECT CAST(:entity AS TEXT) AS entity
),
wanted_entity AS (
  SELECT e.code
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
ranked AS (
  SELECT o.entity, o.entity_name, o.entity_name_en, o.indicator, o.indicator_name, o.indicator_name_en, o.scope,
         o.period, o.value, o.high, o.comparator, o.unit, o.status, o.printed, o.source, o.locator,
         row_number() OVER (PARTITION BY o.indicator, o.entity, o.scope
                            ORDER BY max(t.precedence, 2), o.ends DESC,
                                     CASE k.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3
                                                 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5 WHEN 'years' THEN 6
                                                 WHEN 'day' THEN 7 ELSE 8 END,
                                     o.starts) AS place
    FROM latest AS o
    JOIN period AS k ON k.code = o.period
    JOIN status AS t ON t.code = o.status
   WHERE o.entity IN (SELECT w.code FROM wanted_entity AS w)
     AND o.measure = 'level'
)
SELECT r.entity_name, i.category, r.indicator_name, r.scope, r.period, r.value, r.high, r.comparator, r.unit, r.status,
       r.printed, r.source, r.locator, r.entity_name_en, r.indicator_name_en, r.entity, r.indicator
  FROM ranked AS r
  JOIN indicator AS i ON i.code = r.indicator
 WHERE r.place = 1
 ORDER BY r.entity, i.category, r.indicator, r.scope;
