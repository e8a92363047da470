-- name: value-provenance
-- family: quality
-- about: Where each figure comes from: source and place in it, the text as printed, the import that brought it, and what stood there before.
--   One row a figure as it stands (state current), followed by its former values, the latest first (state former), with the import or the time by which each was replaced.
--   speaks: 1 for the figure that speaks for its line and period where several sources or places tell it: a number before a wording, an exact value before a bound,
--   a final one before a provisional one, a newer source before an older one.
--   A figure without an import came with the book from which the file was built, or was written by hand: then came_at tells when. Former values are as they were
--   written then.
-- about_zh: 每个数据的来历：来源及其中的位置、印出的原文、带来它的导入，以及此前的值。
--   先列现值（state 为 current），再列其历次旧值（former，新的在前），注明被哪次导入或何时替换。
--   speaks：同一线、同一时期有几处数据的，1 为据以采用的一处：数字先于文字，确数先于界限值，正式数先于初步数，新来源先于旧来源。
--   没有导入的数据随建库的册子而来，或由手工写入（此时 came_at 为写入时间）。旧值照当时所写列出。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- param: period text = null  | 时期，如 2022、2022-Q3、2022-01/2022-08；空为全部 | the period, such as 2022, 2022-Q3, 2022-01/2022-08; default: every one
-- param: source text = null in source  | 来源：代码或标题；空为全部 | source: code or title; default: every one
-- columns: indicator_name, entity_name, scope, measure, among, period, state, printed, unit, status, source, locator, speaks, published,
--   import, file, came_at, replaced_by, replaced_at, source_title, note, value, high, comparator,
--   indicator_name_en, entity_name_en, indicator, entity
-- shown: indicator_name, entity_name, scope, measure, period, state, printed, source, locator, speaks, file, came_at
-- column: state | 状态：current 现值，former 旧值 | current, or a former value
-- column: speaks | 采用：1 为该线该时期据以采用的数据 | 1: the figure that speaks for its line and period
-- column: published | 来源的发布日期 | day the source was published
-- column: import | 带来它的导入的编号；手工写入为空 | number of the import that brought it; empty when written by hand
-- column: file | 导入的文件 | file of that import
-- column: came_at | 写入时间：导入或手工写入的时间（UTC） | time of that import, or at which it was written by hand, UTC
-- column: replaced_by | 替换它的导入的编号；手工修改为空 | number of the import that replaced it; empty when changed by hand
-- column: replaced_at | 被替换的时间（UTC） | time at which it was replaced, UTC
-- column: source_title | 来源标题 | title of the source
-- column: value | 数值，单位见 unit；旧值不重算 | number in `unit`; not reckoned again for former values
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator, CAST(:entity AS TEXT) AS entity, CAST(:period AS TEXT) AS period,
         CAST(:source AS TEXT) AS source
),
wanted_indicator AS (
  SELECT i.id
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
wanted_entity AS (
  SELECT e.id, e.code
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- The series asked for: by their indicators, or by the entity where only that is given.
wanted AS (
  SELECT s.id, s.indicator_id, s.entity_id, s.scope_id, s.measure, s.among_id, s.unit_id
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL)
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
  UNION ALL
  SELECT s.id, s.indicator_id, s.entity_id, s.scope_id, s.measure, s.among_id, s.unit_id
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL
),
-- Former values name their row by codes, the indicator first, so that the index finds those of an indicator.
indicator_of AS (
  SELECT i.id, '{"indicator":' || json_quote(i.code) || ',' AS begins
    FROM indicator AS i
   WHERE i.id IN (SELECT w.indicator_id FROM wanted AS w)
),
-- A state begins with the change before it: `by_hand` is when that was made by hand.
revised AS (
  SELECT i.id AS indicator_id, r.id, r.key, r.former, r.import_id AS replaced_by, r.at,
         lag(r.at) OVER (PARTITION BY r.key ORDER BY r.id) AS by_hand,
         row_number() OVER (PARTITION BY r.key ORDER BY r.id DESC) AS place
    FROM indicator_of AS i
    CROSS JOIN revision AS r
      ON r.table_name = 'observation' AND r.key >= i.begins AND r.key < i.begins || '~'
),
changed AS MATERIALIZED (
  SELECT r.indicator_id, e.id AS entity_id, c.id AS scope_id, r.key ->> 'measure' AS measure, nullif(r.key ->> 'among', '') AS among,
         s.id AS series_id, s.unit_id, p.id AS period_id, d.id AS source_id, r.key ->> 'locator' AS locator,
         r.id AS revision, r.former, r.replaced_by, r.at, r.by_hand, r.place
    FROM revised AS r
    JOIN entity AS e ON e.code = r.key ->> 'entity'
    JOIN scope AS c ON c.code = r.key ->> 'scope'
    JOIN period AS p ON p.code = r.key ->> 'period'
    JOIN source AS d ON d.code = r.key ->> 'source'
    LEFT JOIN entity AS a ON a.code = nullif(r.key ->> 'among', '')
    LEFT JOIN series AS s
      ON s.indicator_id = r.indicator_id AND s.entity_id = e.id AND s.scope_id = c.id AND s.measure = r.key ->> 'measure'
     AND s.among_id IS a.id
),
-- The figures that were last changed by hand. Grouped, so that SQLite looks them up by an index.
by_hand AS (
  SELECT h.series_id, h.period_id, h.source_id, h.locator, max(h.at) AS at
    FROM changed AS h
   WHERE h.place = 1 AND h.at IS NOT NULL
   GROUP BY h.series_id, h.period_id, h.source_id, h.locator
),
told AS (
  -- Most periods of a series have one figure, which then speaks.
  SELECT w.indicator_id, w.entity_id, w.scope_id, w.measure, a.code AS among, w.unit_id, o.period_id, o.source_id, o.locator,
         'current' AS state, NULL AS revision, o.printed, o.printed_unit, o.status, o.note, o.value, o.high, o.comparator,
         CASE WHEN EXISTS (SELECT 1 FROM observation AS x
                            WHERE x.series_id = o.series_id AND x.period_id = o.period_id
                              AND (x.source_id <> o.source_id OR x.locator <> o.locator))
              THEN (o.source_id, o.locator) IN (SELECT x.source_id, x.locator
                                                  FROM observation AS x
                                                  JOIN status AS t ON t.code = x.status
                                                  JOIN source AS d ON d.id = x.source_id
                                                 WHERE x.series_id = o.series_id AND x.period_id = o.period_id
                                                 ORDER BY x.value IS NULL, x.comparator <> '=', t.precedence,
                                                          d.published DESC NULLS LAST, d.code, x.locator
                                                 LIMIT 1)
              ELSE 1 END AS speaks,
         CASE WHEN h.at IS NULL THEN o.import_id END AS import_id, h.at AS by_hand, NULL AS replaced_by, NULL AS at
    FROM parameter AS q
    CROSS JOIN wanted AS w
    CROSS JOIN observation AS o ON o.series_id = w.id
    LEFT JOIN entity AS a ON a.id = w.among_id
    LEFT JOIN by_hand AS h
      ON h.series_id = o.series_id AND h.period_id = o.period_id AND h.source_id = o.source_id AND h.locator = o.locator
   WHERE q.period IS NULL OR o.period_id IN (SELECT p.id FROM period AS p WHERE p.code = q.period)
  UNION ALL
  SELECT c.indicator_id, c.entity_id, c.scope_id, c.measure, c.among, c.unit_id, c.period_id, c.source_id, c.locator,
         'former', c.revision, c.former ->> 'value' || ifnull(' ' || nullif(c.former ->> 'unit', ''), ''), NULL,
         c.former ->> 'status', nullif(c.former ->> 'note', ''), NULL, NULL, NULL, NULL,
         CASE WHEN c.by_hand IS NULL THEN CAST(nullif(c.former ->> 'import', '') AS INTEGER) END, c.by_hand, c.replaced_by, c.at
    FROM parameter AS q
    CROSS JOIN changed AS c
   WHERE c.former IS NOT NULL
     AND (q.period IS NULL OR c.period_id IN (SELECT p.id FROM period AS p WHERE p.code = q.period))
     AND (q.entity IS NULL OR c.entity_id IN (SELECT w.id FROM wanted_entity AS w))
)
SELECT i.name AS indicator_name, e.name AS entity_name, c.code AS scope, t.measure, t.among, p.code AS period, t.state,
       coalesce(t.printed,
                CASE WHEN t.value = CAST(t.value AS INTEGER) THEN CAST(CAST(t.value AS INTEGER) AS TEXT)
                     ELSE CAST(t.value AS TEXT) END) || iif(t.value IS NULL, '', ifnull(' ' || t.printed_unit, '')) AS printed,
       u.code AS unit, t.status, d.code AS source, t.locator, t.speaks,
       d.published, t.import_id AS import, b.file, coalesce(b.at, t.by_hand) AS came_at, t.replaced_by, coalesce(r.at, t.at) AS replaced_at,
       d.title AS source_title, t.note, t.value, t.high, t.comparator,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, i.code AS indicator, e.code AS entity
  FROM parameter AS q
  CROSS JOIN told AS t
  JOIN indicator AS i ON i.id = t.indicator_id
  JOIN entity AS e ON e.id = t.entity_id
  JOIN scope AS c ON c.id = t.scope_id
  JOIN period AS p ON p.id = t.period_id
  JOIN source AS d ON d.id = t.source_id
  LEFT JOIN unit AS u ON u.id = t.unit_id
  LEFT JOIN import AS b ON b.id = t.import_id
  LEFT JOIN import AS r ON r.id = t.replaced_by
 WHERE q.source IS NULL OR q.source IN (d.code, d.title, d.title_en)
 ORDER BY i.code, e.code, c.code, t.measure, t.among, p.starts, p.ends, d.code, t.locator, t.state, t.revision DESC;
