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
  SELECT i.id, i.code
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
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_indicator AS i
    CROSS JOIN series AS s ON s.indicator_id = i.id
   WHERE (q.indicator IS NOT NULL OR q.entity IS NULL)
     AND (q.entity IS NULL OR s.entity_id IN (SELECT w.id FROM wanted_entity AS w))
  UNION ALL
  SELECT s.id
    FROM parameter AS q
    CROSS JOIN wanted_entity AS e
    CROSS JOIN series AS s ON s.entity_id = e.id
   WHERE q.indicator IS NULL AND q.entity IS NOT NULL
),
wanted_period AS (
  SELECT p.id FROM parameter AS q CROSS JOIN period AS p WHERE q.period IS NULL OR p.code = q.period
),
current AS (
  SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.high, o.comparator, o.status, o.printed, o.printed_unit,
         o.note, o.import_id,
         row_number() OVER (PARTITION BY o.series_id, o.period_id
                            ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code,
                                     o.locator) = 1 AS speaks
    FROM wanted AS w
    CROSS JOIN observation AS o ON o.series_id = w.id
    JOIN status AS t ON t.code = o.status
    JOIN source AS d ON d.id = o.source_id
   WHERE o.period_id IN (SELECT p.id FROM wanted_period AS p)
),
-- Former values name their row by codes, the indicator first, so that the index finds those of an indicator.
indicator_of AS (
  SELECT DISTINCT i.id, i.code, '{"indicator":' || json_quote(i.code) || ',' AS begins
    FROM wanted AS w
    JOIN series AS s ON s.id = w.id
    JOIN indicator AS i ON i.id = s.indicator_id
),
-- A state begins with the change before it: `by_hand` is when that was made by hand.
changed AS MATERIALIZED (
  SELECT i.id AS indicator_id, i.code AS indicator, r.id, r.key ->> 'entity' AS entity, r.key ->> 'scope' AS scope,
         r.key ->> 'measure' AS measure, nullif(r.key ->> 'among', '') AS among, r.key ->> 'period' AS period,
         r.key ->> 'source' AS source, r.key ->> 'locator' AS locator, r.former, r.import_id AS replaced_by, r.at,
         lag(r.at) OVER (PARTITION BY r.key ORDER BY r.id) AS by_hand,
         row_number() OVER (PARTITION BY r.key ORDER BY r.id DESC) AS place
    FROM indicator_of AS i
    CROSS JOIN revision AS r
      ON r.table_name = 'observation' AND r.key >= i.begins AND r.key < i.begins || '~'
),
former AS (
  SELECT c.indicator_id, c.indicator, c.id, c.entity, c.scope, c.measure, c.among, c.period, c.source, c.locator,
         c.former ->> 'value' || ifnull(' ' || nullif(c.former ->> 'unit', ''), '') AS printed, c.former ->> 'status' AS status,
         nullif(c.former ->> 'note', '') AS note,
         CASE WHEN c.by_hand IS NULL THEN CAST(nullif(c.former ->> 'import', '') AS INTEGER) END AS import_id,
         c.by_hand, c.replaced_by, c.at
    FROM changed AS c
   WHERE c.former IS NOT NULL
),
told AS (
  SELECT i.code AS indicator, e.code AS entity, c.code AS scope, s.measure, a.code AS among, p.code AS period, 1 AS is_current, NULL AS revision,
         coalesce(o.printed,
                  CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                       ELSE CAST(o.value AS TEXT) END) || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
         s.unit_id, o.status, d.code AS source, o.locator, o.speaks,
         CASE WHEN h.at IS NULL THEN o.import_id END AS import_id, h.at AS by_hand, NULL AS replaced_by, NULL AS at, o.note,
         o.value, o.high, o.comparator
    FROM current AS o
    CROSS JOIN series AS s ON s.id = o.series_id
    JOIN indicator AS i ON i.id = s.indicator_id
    JOIN entity AS e ON e.id = s.entity_id
    JOIN scope AS c ON c.id = s.scope_id
    JOIN period AS p ON p.id = o.period_id
    JOIN source AS d ON d.id = o.source_id
    LEFT JOIN entity AS a ON a.id = s.among_id
    LEFT JOIN changed AS h
      ON h.place = 1 AND h.indicator_id = s.indicator_id AND h.entity = e.code AND h.scope = c.code AND h.measure = s.measure
     AND h.among IS a.code AND h.period = p.code AND h.source = d.code AND h.locator = o.locator
  UNION ALL
  SELECT f.indicator, f.entity, f.scope, f.measure, f.among, f.period, 0, f.id, f.printed, s.unit_id, f.status, f.source, f.locator,
         NULL, f.import_id, f.by_hand, f.replaced_by, f.at, f.note, NULL, NULL, NULL
    FROM parameter AS q
    CROSS JOIN former AS f
    JOIN entity AS e ON e.code = f.entity
    JOIN scope AS c ON c.code = f.scope
    LEFT JOIN entity AS a ON a.code = f.among
    LEFT JOIN series AS s
      ON s.indicator_id = f.indicator_id AND s.entity_id = e.id AND s.scope_id = c.id AND s.measure = f.measure AND s.among_id IS a.id
   WHERE (q.period IS NULL OR f.period = q.period)
     AND (q.entity IS NULL OR f.entity IN (SELECT w.code FROM wanted_entity AS w))
)
SELECT i.name AS indicator_name, e.name AS entity_name, t.scope, t.measure, t.among, t.period,
       CASE t.is_current WHEN 1 THEN 'current' ELSE 'former' END AS state, t.printed, u.code AS unit, t.status, t.source, t.locator, t.speaks,
       d.published, t.import_id AS import, b.file, coalesce(b.at, t.by_hand) AS came_at, t.replaced_by, coalesce(r.at, t.at) AS replaced_at,
       d.title AS source_title, t.note, t.value, t.high, t.comparator,
       i.name_en AS indicator_name_en, e.name_en AS entity_name_en, t.indicator, t.entity
  FROM parameter AS q
  CROSS JOIN told AS t
  JOIN indicator AS i ON i.code = t.indicator
  JOIN entity AS e ON e.code = t.entity
  JOIN period AS p ON p.code = t.period
  JOIN source AS d ON d.code = t.source
  LEFT JOIN unit AS u ON u.id = t.unit_id
  LEFT JOIN import AS b ON b.id = t.import_id
  LEFT JOIN import AS r ON r.id = t.replaced_by
 WHERE q.source IS NULL OR q.source IN (d.code, d.title, d.title_en)
 ORDER BY t.indicator, t.entity, t.scope, t.measure, t.among, p.starts, p.ends, t.source, t.locator, t.is_current DESC, t.revision DESC;
