-- name: entity-detail
-- family: lookup
-- about: All that the file knows of an entity itself, one fact a row: names, kind, what it is within and what is within it, what it
--   became, how many figures there are, its plans and its projects by stage. Its figures are in entity-indicators.
-- about_zh: 一个对象本身的全部信息，每行一项：名称、类型、所属、下属、沿革，数据多少，其规划，及各阶段的项目。
--   数据见 entity-indicators。
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- columns: entity_name, attribute, attribute_zh, item, value, value_en, count, entity_name_en, entity
-- shown: attribute, item, value, count
-- column: attribute | 内容 | what the row tells
-- column: item | 细目 | which one: a code
-- column: value | 说明 | the text or name
-- column: count | 数量 | how many
WITH RECURSIVE
parameter AS (
  SELECT CAST(:entity AS TEXT) AS entity
),
chosen AS (
  SELECT e.id, e.code, e.name, e.name_en, e.kind, e.parent_id, e.successor_id, e.valid_from, e.valid_to, e.note
    FROM parameter AS q
    CROSS JOIN entity AS e
   WHERE q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
         OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity)
),
-- UNION, so that a circle of parents ends.
above (id, parent_id, depth) AS (
  SELECT c.id, c.parent_id, 1 FROM chosen AS c WHERE c.parent_id IS NOT NULL
  UNION
  SELECT v.id, e.parent_id, v.depth + 1
    FROM above AS v
    JOIN entity AS e ON e.id = v.parent_id
   WHERE e.parent_id IS NOT NULL AND v.depth < 20
),
figured AS (
  SELECT c.id, sum(s.observations) AS figures,
         count(DISTINCT CASE WHEN s.observations > 0 THEN s.indicator_id END) AS indicators,
         min(f.starts) AS first, max(l.ends) AS last
    FROM chosen AS c
    JOIN series AS s ON s.entity_id = c.id
    LEFT JOIN period AS f ON f.id = s.first_period_id
    LEFT JOIN period AS l ON l.id = s.last_period_id
   GROUP BY c.id
),
within AS (
  SELECT c.id, e.kind, e.name, coalesce(e.name_en, e.name) AS name_en,
         row_number() OVER (PARTITION BY c.id, e.kind ORDER BY e.code) AS place, count(*) OVER (PARTITION BY c.id, e.kind) AS size
    FROM chosen AS c
    JOIN entity AS e ON e.parent_id = c.id
),
-- The first few names of each kind.
parts AS (
  SELECT w.id, w.kind, max(w.size) AS size, group_concat(w.name, '、') AS names, group_concat(w.name_en, ', ') AS names_en
    FROM (SELECT id, kind, place, size, name, name_en FROM within WHERE place <= 6 ORDER BY id, kind, place) AS w
   GROUP BY w.id, w.kind
),
fact (id, position, day, attribute, attribute_zh, item, value, value_en, count) AS (
  SELECT c.id, 1, '', 'name', '名称', c.code, c.name, c.name_en, NULL FROM chosen AS c
  UNION ALL
  SELECT c.id, 2, '', 'other name', '别名', NULL, a.name, NULL, NULL
    FROM chosen AS c
    JOIN alias AS a ON a.kind = 'entity' AND a.entity_id = c.id
  UNION ALL
  SELECT c.id, 3, '', 'kind', '类型', NULL, c.kind, NULL, NULL FROM chosen AS c
  UNION ALL
  SELECT c.id, 4, '', 'valid', '存续', NULL, ifnull(c.valid_from, '') || ' – ' || ifnull(c.valid_to, ''), NULL, NULL
    FROM chosen AS c WHERE coalesce(c.valid_from, c.valid_to) IS NOT NULL
  UNION ALL
  SELECT c.id, 5, '', 'became', '后为', e.code, e.name, e.name_en, NULL
    FROM chosen AS c
    JOIN entity AS e ON e.id = c.successor_id
  UNION ALL
  SELECT c.id, 6, '', 'was before', '前身', e.code, e.name, e.name_en, NULL
    FROM chosen AS c
    JOIN entity AS e ON e.successor_id = c.id
  UNION ALL
  SELECT v.id, 7, char(64 + v.depth), 'within', '属于', e.code, e.name, e.name_en, NULL
    FROM above AS v
    JOIN entity AS e ON e.id = v.parent_id
  UNION ALL
  SELECT w.id, 8, '', 'within it', '下属', w.kind, w.names || CASE WHEN w.size > 6 THEN '……' ELSE '' END,
         w.names_en || CASE WHEN w.size > 6 THEN ', ...' ELSE '' END, w.size
    FROM parts AS w
  UNION ALL
  SELECT c.id, 9, '', 'note', '备注', NULL, c.note, NULL, NULL FROM chosen AS c WHERE c.note IS NOT NULL
  UNION ALL
  SELECT x.id, 10, '', 'figures', '数据', NULL, x.first || ' – ' || x.last, NULL, x.figures FROM figured AS x WHERE x.figures > 0
  UNION ALL
  SELECT x.id, 11, '', 'indicators', '指标', NULL, NULL, NULL, x.indicators FROM figured AS x WHERE x.figures > 0
  UNION ALL
  SELECT c.id, 12, p.starts || p.ends, 'plan', '规划', n.code, n.name, n.name_en,
         (SELECT count(*) FROM target AS t WHERE t.plan_id = n.id)
    FROM chosen AS c
    JOIN plan AS n ON n.entity_id = c.id
    JOIN period AS p ON p.id = n.period_id
  UNION ALL
  SELECT c.id, 13, printf('%03d', ifnull(g.position, 999)), 'projects', '项目', j.stage, ifnull(g.name, '阶段不明'),
         ifnull(g.name_en, 'stage not told'), count(*)
    FROM chosen AS c
    JOIN project AS j ON j.entity_id = c.id
    LEFT JOIN stage AS g ON g.code = j.stage
   GROUP BY c.id, j.stage
)
SELECT c.name AS entity_name, f.attribute, f.attribute_zh, f.item, f.value, f.value_en, f.count,
       c.name_en AS entity_name_en, c.code AS entity
  FROM fact AS f
  JOIN chosen AS c ON c.id = f.id
 ORDER BY c.code, f.position, f.day, f.item, f.value;
