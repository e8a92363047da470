-- name: indicator-coverage
-- family: quality
-- about: Which years have figures: per indicator, entity and kind of period the first and last year, the years there, the years missing and their share.
--   share = years with a figure / years from the first to the last · 100. The first and last are the line's own, or (span = indicator) those of all
--   lines of the indicator in that measure and kind of period, so that an entity that lacks the newest years shows; from_year and to_year set them outright.
--   Years, quarters, months and years to date are lines of their own: a figure of January to August covers no year. A span of years, and a day, count for the
--   year in which they end. A figure is a number that is final or provisional. Forecasts, wordings and missing marks do not cover a year and are counted apart.
--   Scopes, measures and comparison groups are lines of their own, too. Without any such figure the share is empty: no_figure.
--   The worst covered come first.
-- about_zh: 哪些年份有数：按指标、对象和时期类型列出首年、末年、有数年数、缺数年份和覆盖率。
--   覆盖率 share＝有数年数÷首年至末年的年数×100。首末年为该线自身的，span 为 indicator 时为同一指标、计量、时期类型所有线的，以显出谁缺最近几年；也可用 from_year、to_year 指定。
--   年、季、月、累计月份各自成线：1—8月的数不算该年有数；多年和某日的数计入其末日所在年。有数指正式或初步的数字；预测数、文字和缺失符号不算，另行计数。
--   口径、计量、比较组也各自成线。一个数都没有的不计算覆盖率：no_figure。覆盖最差的在前。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: period_kind text = null in ('year', 'half', 'quarter', 'month', 'months', 'years', 'day', 'days')
--   | 时期类型；空为全部 | kind of period; default: every one
-- param: span text = 'own' in ('own', 'indicator')  | 首末年取该线自身的，还是同一指标所有线的 | first and last year: the line's own, or those of all lines of the indicator
-- param: from_year integer = null  | 从哪一年起；空按 span | the first year; default: by `span`
-- param: to_year integer = null  | 到哪一年止；空按 span | the last year; default: by `span`
-- columns: indicator_name, entity_name, scope, measure, among, period_kind, first_year, last_year, years, years_missing, missing, share,
--   figures, forecasts, without_number, reason, from_year, to_year, indicator_name_en, entity_name_en, indicator, entity
-- shown: indicator_name, entity_name, scope, measure, period_kind, first_year, last_year, years, years_missing, missing, share
-- chart: bar x=indicator_name y=share by=entity_name
-- column: period_kind | 时期类型 | kind of period
-- column: first_year | 有数的首年 | first year with a figure
-- column: last_year | 有数的末年 | last year with a figure
-- column: years | 有数的年数 | years with a figure
-- column: years_missing | 缺数的年数 | years without one
-- column: missing | 缺数的年份 | the years without one
-- column: share | 覆盖率（%），一位小数 | share of the years that have a figure, %, to 0.1
-- column: figures | 有数的时期个数 | periods with a figure
-- column: forecasts | 只有预测数的时期个数 | periods with a forecast only
-- column: without_number | 只有文字或缺失符号的时期个数 | periods with a wording or a missing mark only
-- column: reason | 原因：没有覆盖率的原因 | why there is no share
-- column: from_year | 应有数的首年 | first of the years looked at
-- column: to_year | 应有数的末年 | last of the years looked at
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, CAST(:period_kind AS TEXT) AS period_kind,
         coalesce(:span, 'own') AS span, CAST(:from_year AS INTEGER) AS from_year, CAST(:to_year AS INTEGER) AS to_year
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
-- The series asked for, by their indicators or by the entity where only that is given; with span = indicator
-- also the entity's indicators' other series, for their years.
wanted AS MATERIALIZED (
  SELECT s.id, s.indicator_id, s.measure, q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w) AS shown
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE q.indicator IS NOT NULL OR q.entity IS NULL
  UNION ALL
  SELECT s.id, s.indicator_id, s.measure, 1
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL AND q.span = 'own'
  UNION ALL
  SELECT s.id, s.indicator_id, s.measure, s.entity_id IN (SELECT w.id FROM wanted_entity AS w)
    FROM parameter AS q
    CROSS JOIN (SELECT DISTINCT m.indicator_id
                  FROM wanted_entity AS e
                  CROSS JOIN series AS m ON m.entity_id = e.id) AS i
    CROSS JOIN series AS s ON s.indicator_id = i.indicator_id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL AND q.span = 'indicator'
),
-- Years outside those asked for count nothing, yet keep their line.
calendar AS MATERIALIZED (
  SELECT p.id, p.kind, CAST(substr(p.ends, 1, 4) AS INTEGER) AS year,
         CAST(substr(p.ends, 1, 4) AS INTEGER) BETWEEN coalesce(q.from_year, 0) AND coalesce(q.to_year, 9999) AS asked
    FROM parameter AS q
    CROSS JOIN period AS p
   WHERE q.period_kind IS NULL OR p.kind = q.period_kind
),
forecast AS (
  SELECT t.code FROM status AS t WHERE t.precedence >= 3
),
-- Which periods a series has, and what: a row is three for a figure, two for a forecast, one for neither, and four times its period.
-- Of many series few differ in this, so that what follows is worked out once for each different one, for the first that has it.
shaped AS MATERIALIZED (
  SELECT w.id, w.indicator_id, w.measure, w.shown,
         (SELECT group_concat(DISTINCT 4 * o.period_id + CASE WHEN o.value IS NULL THEN 1
                                                              WHEN o.status IN (SELECT f.code FROM forecast AS f) THEN 2 ELSE 3 END)
            FROM observation AS o
           WHERE o.series_id = w.id) AS figures
    FROM wanted AS w
),
shape AS MATERIALIZED (
  SELECT min(s.id) AS id, s.figures FROM shaped AS s WHERE s.figures IS NOT NULL GROUP BY s.figures
),
-- What the best of each period's figures is, in the same numbers.
told AS (
  SELECT o.series_id AS id, o.period_id,
         max(CASE WHEN o.value IS NULL THEN 1 WHEN o.status IN (SELECT f.code FROM forecast AS f) THEN 2 ELSE 3 END) AS what
    FROM observation AS o
   WHERE o.series_id IN (SELECT h.id FROM shape AS h)
   GROUP BY o.series_id, o.period_id
),
tallied AS MATERIALIZED (
  SELECT o.id, k.kind, k.year, sum(k.asked AND o.what = 3) AS figures, sum(k.asked AND o.what = 2) AS forecasts,
         sum(k.asked AND o.what = 1) AS without_number
    FROM told AS o
    CROSS JOIN calendar AS k ON k.id = o.period_id
   GROUP BY o.id, k.kind, k.year
),
own AS MATERIALIZED (
  SELECT t.id, t.kind, min(t.year) FILTER (WHERE t.figures > 0) AS first_year,
         max(t.year) FILTER (WHERE t.figures > 0) AS last_year, sum(t.figures > 0) AS years,
         sum(t.figures) AS figures, sum(t.forecasts) AS forecasts, sum(t.without_number) AS without_number
    FROM tallied AS t
   GROUP BY t.id, t.kind
),
-- First and last year of all lines of an indicator.
reach AS MATERIALIZED (
  SELECT s.indicator_id, s.measure, o.kind, min(o.first_year) AS first_year, max(o.last_year) AS last_year
    FROM parameter AS q
    CROSS JOIN (SELECT DISTINCT x.indicator_id, x.measure, x.figures FROM shaped AS x) AS s
    JOIN shape AS h ON h.figures = s.figures
    JOIN own AS o ON o.id = h.id
   WHERE q.span = 'indicator'
   GROUP BY s.indicator_id, s.measure, o.kind
),
-- A line: a series in one kind of period, with the years looked at.
line AS MATERIALIZED (
  SELECT s.id AS series_id, o.id, o.kind, o.first_year, o.last_year, o.years, o.figures, o.forecasts, o.without_number,
         coalesce(q.from_year, CASE q.span WHEN 'own' THEN o.first_year ELSE r.first_year END) AS from_year,
         coalesce(q.to_year, CASE q.span WHEN 'own' THEN o.last_year ELSE r.last_year END) AS to_year
    FROM parameter AS q
    CROSS JOIN shaped AS s
    JOIN shape AS h ON h.figures = s.figures
    JOIN own AS o ON o.id = h.id
    LEFT JOIN reach AS r ON r.indicator_id = s.indicator_id AND r.measure = s.measure AND r.kind = o.kind
   WHERE s.shown
),
-- Of those with gaps: the years without a figure, from the year after one that has it to the year before the next.
gapped AS MATERIALIZED (
  SELECT DISTINCT l.id, l.kind, l.from_year, l.to_year FROM line AS l WHERE l.years < l.to_year - l.from_year + 1
),
edge AS (
  SELECT g.id, g.kind, g.from_year, g.to_year, t.year
    FROM gapped AS g
    JOIN tallied AS t ON t.id = g.id AND t.kind = g.kind AND t.figures > 0
  UNION ALL
  SELECT g.id, g.kind, g.from_year, g.to_year, g.from_year - 1 FROM gapped AS g
  UNION ALL
  SELECT g.id, g.kind, g.from_year, g.to_year, g.to_year + 1 FROM gapped AS g
),
gap AS (
  SELECT e.id, e.kind, e.from_year, e.to_year, e.year - 1 AS ends,
         lag(e.year) OVER (PARTITION BY e.id, e.kind, e.from_year, e.to_year ORDER BY e.year) + 1 AS starts
    FROM edge AS e
),
spelled AS (
  SELECT g.id, g.kind, g.from_year, g.to_year,
         group_concat(CASE WHEN g.ends > g.starts THEN g.starts || '-' || g.ends ELSE CAST(g.starts AS TEXT) END, ', ')
           OVER (PARTITION BY g.id, g.kind, g.from_year, g.to_year ORDER BY g.starts
                 ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS missing,
         row_number() OVER (PARTITION BY g.id, g.kind, g.from_year, g.to_year ORDER BY g.starts) AS place
    FROM gap AS g
   WHERE g.ends >= g.starts
),
missed AS MATERIALIZED (
  SELECT s.id, s.kind, s.from_year, s.to_year, max(s.missing) AS missing FROM spelled AS s GROUP BY s.id, s.kind, s.from_year, s.to_year
),
full AS MATERIALIZED (
  SELECT l.series_id, l.kind, l.first_year, l.last_year, l.years, l.figures, l.forecasts, l.without_number, l.from_year, l.to_year,
         m.missing
    FROM line AS l
    LEFT JOIN missed AS m ON m.id = l.id AND m.kind = l.kind AND m.from_year = l.from_year AND m.to_year = l.to_year
)
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, s.measure, a.code AS among, l.kind AS period_kind,
       l.first_year, l.last_year, l.years, l.to_year - l.from_year + 1 - l.years AS years_missing, l.missing,
       round(100.0 * l.years / (l.to_year - l.from_year + 1), 1) AS share,
       l.figures, l.forecasts, l.without_number,
       CASE WHEN l.from_year IS NULL OR l.to_year IS NULL THEN 'no_figure' END AS reason, l.from_year, l.to_year,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM full AS l
  CROSS JOIN series AS s ON s.id = l.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  LEFT JOIN entity AS a ON a.id = s.among_id
 ORDER BY share NULLS LAST, years_missing DESC, i.code, e.code, c.code, s.measure, a.code, l.kind;
