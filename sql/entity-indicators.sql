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
  SELECT e.id
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
)
-- Each series knows its newest figure.
SELECT e.name AS entity_name, i.category, i.name AS indicator_name, c.code AS scope, p.code AS period, o.value, o.high, o.comparator,
       u.code AS unit, o.status,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END)
         || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
       d.code AS source, o.locator, e.name_en AS entity_name_en, i.name_en AS indicator_name_en, e.code AS entity, i.code AS indicator
  FROM wanted_entity AS w
  CROSS JOIN entity AS e ON e.id = w.id
  CROSS JOIN series AS s ON s.entity_id = w.id AND s.measure = 'level'
  CROSS JOIN observation AS o
    ON o.series_id = s.id AND o.period_id = s.last_period_id AND o.source_id = s.last_source_id AND o.locator = s.last_locator
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = o.period_id
  JOIN source AS d ON d.id = o.source_id
 ORDER BY e.code, i.category, i.code, c.code;
