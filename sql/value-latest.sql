-- name: value-latest
-- family: comparison
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
-- chart: bar x=entity_name y=value by=indicator_name
WITH
-- '~' sorts behind every digit and '-', so that a year or a month stands for its last day.
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, CAST(:measure AS TEXT) AS measure,
         coalesce(:as_of, '9999') || '~' AS until
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
),
-- The series asked for: by their indicators, or by the entity where only that is given.
wanted AS (
  SELECT s.id, s.last_period_id, s.last_source_id, s.last_locator
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL)
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
     AND (q.measure IS NULL OR s.measure = q.measure)
  UNION ALL
  SELECT s.id, s.last_period_id, s.last_source_id, s.last_locator
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL
     AND (q.measure IS NULL OR s.measure = q.measure)
),
-- The periods until then, the newest first.
calendar AS MATERIALIZED (
  SELECT p.id, row_number() OVER (ORDER BY p.ends DESC,
                                           CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3
                                                       WHEN 'quarter' THEN 4 WHEN 'month' THEN 5 WHEN 'years' THEN 6
                                                       WHEN 'day' THEN 7 ELSE 8 END,
                                           p.starts) AS place
    FROM parameter AS q
    CROSS JOIN period AS p
   WHERE p.ends <= q.until
),
-- Of the series that run on beyond the day: their periods until then, most of which have one figure.
filled AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.status, count(*) AS figures
    FROM observation AS o
    CROSS JOIN calendar AS k ON k.id = o.period_id
   WHERE o.series_id IN (SELECT w.id
                           FROM parameter AS q
                           CROSS JOIN wanted AS w
                           CROSS JOIN period AS l ON l.id = w.last_period_id AND l.ends > q.until)
   GROUP BY o.series_id, o.period_id
),
-- Where there are several, the one that speaks for the period stands first, as in the view `latest`.
contested AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.status,
         row_number() OVER (PARTITION BY o.series_id, o.period_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code,
                                     o.locator) AS choice
    FROM filled AS f
    CROSS JOIN observation AS o ON o.series_id = f.series_id AND o.period_id = f.period_id
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE f.figures > 1
),
figure AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, f.status FROM filled AS f WHERE f.figures = 1
  UNION ALL
  SELECT c.series_id, c.period_id, c.source_id, c.locator, c.status FROM contested AS c WHERE c.choice = 1
),
-- The other columns are those of the row with the least order, which no two figures of a series share.
ranked AS (
  SELECT f.series_id, f.period_id, f.source_id, f.locator, min(max(t.precedence, 2) * 1000000000 + k.place) AS place
    FROM figure AS f
    JOIN status AS t ON t.code = f.status
    JOIN calendar AS k ON k.id = f.period_id
   GROUP BY f.series_id
),
-- Each series knows its newest figure, by this same order.
newest AS (
  SELECT w.id AS series_id, w.last_period_id AS period_id, w.last_source_id AS source_id, w.last_locator AS locator
    FROM parameter AS q
    CROSS JOIN wanted AS w
    CROSS JOIN period AS l ON l.id = w.last_period_id AND l.ends <= q.until
  UNION ALL
  SELECT r.series_id, r.period_id, r.source_id, r.locator
    FROM ranked AS r
)
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, a.code AS among, p.code AS period,
       o.value, o.high, o.comparator, u.code AS unit, o.status,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END)
         || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
       d.code AS source, o.locator, i.name_en AS indicator_name_en, e.name_en AS entity_name_en,
       i.code AS indicator, e.code AS entity
  FROM newest AS n
  CROSS JOIN observation AS o
    ON o.series_id = n.series_id AND o.period_id = n.period_id AND o.source_id = n.source_id AND o.locator = n.locator
  CROSS JOIN series AS s ON s.id = n.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = n.period_id
  JOIN source AS d ON d.id = n.source_id
  LEFT JOIN entity AS a ON a.id = s.among_id
 ORDER BY i.code, e.code, c.code, s.measure, a.code;
