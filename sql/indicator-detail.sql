-- name: indicator-detail
-- family: lookup
-- about: All that the file knows of an indicator itself, one fact a row: names, unit, category, direction, kind, definition, formula,
--   the indicators that derive from it, how many figures and targets there are and from where. Its figures are in indicator-series.
--   Sources are counted for an indicator that is named.
-- about_zh: 一个指标本身的全部信息，每行一项：名称、单位、类别、方向、类型、定义、公式、由它推算的指标，
--   数据和目标各有多少、出自何处。数据见 indicator-series；指定了指标才列各来源。
-- param: indicator text = null in indicator  | 指标：代码、名称或别名；空为全部 | indicator: code, name or alias; default: every one
-- columns: indicator_name, attribute, attribute_zh, item, value, value_en, count, indicator_name_en, indicator
-- shown: attribute, item, value, count
-- column: attribute | 内容 | what the row tells
-- column: item | 细目 | which one: a code
-- column: value | 说明 | the text or name
-- column: count | 数量 | how many
WITH
parameter AS (
  SELECT CAST(:indicator AS TEXT) AS indicator
),
chosen AS (
  SELECT i.id, i.code, i.name, i.name_en, i.unit_id, i.category, i.direction, i.kind, i.definition, i.definition_en, i.note
    FROM parameter AS q
    CROSS JOIN indicator AS i
   WHERE q.indicator IS NULL OR q.indicator IN (i.code, i.name, i.name_en)
         OR i.id IN (SELECT a.indicator_id FROM alias AS a WHERE a.kind = 'indicator' AND a.name = q.indicator)
),
told AS (
  SELECT c.id, d.code, d.title, d.title_en, d.published, count(*) AS figures
    FROM parameter AS q
    CROSS JOIN chosen AS c
    CROSS JOIN series AS s ON s.indicator_id = c.id
    CROSS JOIN observation AS o ON o.series_id = s.id
    JOIN source AS d ON d.id = o.source_id
   WHERE q.indicator IS NOT NULL
   GROUP BY c.id, d.id
),
spanned AS (
  SELECT c.id, sum(s.observations) AS figures, count(nullif(s.observations, 0)) AS lines,
         count(DISTINCT CASE WHEN s.observations > 0 THEN s.entity_id END) AS entities,
         min(f.starts) AS first, max(l.ends) AS last
    FROM chosen AS c
    JOIN series AS s ON s.indicator_id = c.id
    LEFT JOIN period AS f ON f.id = s.first_period_id
    LEFT JOIN period AS l ON l.id = s.last_period_id
   GROUP BY c.id
),
fact (id, position, day, attribute, attribute_zh, item, value, value_en, count) AS (
  SELECT c.id, 1, '', 'name', '名称', c.code, c.name, c.name_en, NULL FROM chosen AS c
  UNION ALL
  SELECT c.id, 2, '', 'other name', '别名', NULL, a.name, NULL, NULL
    FROM chosen AS c
    JOIN alias AS a ON a.kind = 'indicator' AND a.indicator_id = c.id
  UNION ALL
  SELECT c.id, 3, '', 'unit', '单位', u.code, u.code, u.name_en, NULL FROM chosen AS c JOIN unit AS u ON u.id = c.unit_id
  UNION ALL
  SELECT c.id, 4, '', 'category', '类别', NULL, c.category, NULL, NULL FROM chosen AS c WHERE c.category IS NOT NULL
  UNION ALL
  SELECT c.id, 5, '', 'direction', '方向', c.direction,
         CASE c.direction WHEN 'higher' THEN '越高越好' WHEN 'lower' THEN '越低越好' ELSE '不分好坏' END,
         CASE c.direction WHEN 'higher' THEN 'higher is better' WHEN 'lower' THEN 'lower is better'
                          ELSE 'neither is better' END, NULL
    FROM chosen AS c
  UNION ALL
  SELECT c.id, 6, '', 'kind', '类型', c.kind,
         CASE c.kind WHEN 'flow' THEN '时期数，年内累计' WHEN 'stock' THEN '时点数' WHEN 'ratio' THEN '比率' ELSE '位次' END,
         CASE c.kind WHEN 'flow' THEN 'accumulates through the year' WHEN 'stock' THEN 'as of a day' WHEN 'ratio' THEN 'a ratio'
                     ELSE 'a place' END, NULL
    FROM chosen AS c
  UNION ALL
  SELECT c.id, 7, '', 'definition', '定义', NULL, coalesce(c.definition, c.definition_en), c.definition_en, NULL
    FROM chosen AS c WHERE coalesce(c.definition, c.definition_en) IS NOT NULL
  UNION ALL
  SELECT c.id, 8, '', 'note', '备注', NULL, c.note, NULL, NULL FROM chosen AS c WHERE c.note IS NOT NULL
  UNION ALL
  SELECT c.id, CASE f.role WHEN 'numerator' THEN 9 ELSE 10 END, '',
         CASE f.role WHEN 'numerator' THEN 'is the sum of' ELSE 'divided by' END,
         CASE f.role WHEN 'numerator' THEN '等于以下之和' ELSE '除以' END, o.code,
         iif(f.coefficient = 1, '', printf('%!.15g', f.coefficient) || ' × ') || o.name,
         iif(f.coefficient = 1, '', printf('%!.15g', f.coefficient) || ' × ') || coalesce(o.name_en, o.name), NULL
    FROM chosen AS c
    JOIN formula AS f ON f.indicator_id = c.id
    JOIN indicator AS o ON o.id = f.operand_id
  UNION ALL
  SELECT DISTINCT c.id, 11, '', 'part of', '用于推算', i.code, i.name, i.name_en, NULL
    FROM chosen AS c
    JOIN formula AS f ON f.operand_id = c.id
    JOIN indicator AS i ON i.id = f.indicator_id
  UNION ALL
  SELECT x.id, 12, '', 'figures', '数据', NULL, x.first || ' – ' || x.last, NULL, x.figures FROM spanned AS x WHERE x.figures > 0
  UNION ALL
  SELECT x.id, 13, '', 'entities', '对象', NULL, NULL, NULL, x.entities FROM spanned AS x WHERE x.figures > 0
  UNION ALL
  SELECT y.id, 14, ifnull(y.published, ''), 'source', '来源', y.code, y.title, y.title_en, y.figures FROM told AS y
  UNION ALL
  SELECT c.id, 15, min(p.starts), 'targets of', '目标出自', n.code, n.name, n.name_en, count(*)
    FROM chosen AS c
    JOIN series AS s ON s.indicator_id = c.id
    JOIN target AS t ON t.series_id = s.id
    JOIN plan AS n ON n.id = t.plan_id
    JOIN period AS p ON p.id = n.period_id
   GROUP BY c.id, n.id
)
SELECT c.name AS indicator_name, f.attribute, f.attribute_zh, f.item, f.value, f.value_en, f.count,
       c.name_en AS indicator_name_en, c.code AS indicator
  FROM fact AS f
  JOIN chosen AS c ON c.id = f.id
 ORDER BY c.code, f.position, f.day, f.item, f.value;
