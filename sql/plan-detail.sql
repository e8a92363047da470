-- name: plan-detail
-- family: lookup
-- about: All that the file knows of a plan itself, one fact a row: names, whom it is for, its span, source, the plan it is under and those
--   under it, and how many targets it sets, by its own grouping. The targets are in indicator-targets.
-- about_zh: 一个规划本身的全部信息，每行一项：名称、对象、期间、来源、上下级规划，及按其类别的目标数。
--   目标见 indicator-targets。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- columns: plan_name, attribute, attribute_zh, item, value, value_en, count, plan_name_en, plan
-- shown: attribute, item, value, count
-- column: attribute | 内容 | what the row tells
-- column: item | 细目 | which one: a code
-- column: value | 说明 | the text or name
-- column: count | 数量 | how many
WITH
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan
),
chosen AS (
  SELECT n.id, n.code, n.name, n.name_en, n.entity_id, n.period_id, n.source_id, n.parent_id, n.note
    FROM parameter AS q
    CROSS JOIN plan AS n
   WHERE q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en)
),
fact (id, position, day, attribute, attribute_zh, item, value, value_en, count) AS (
  SELECT c.id, 1, '', 'name', '名称', c.code, c.name, c.name_en, NULL FROM chosen AS c
  UNION ALL
  SELECT c.id, 2, '', 'entity', '对象', e.code, e.name, e.name_en, NULL FROM chosen AS c JOIN entity AS e ON e.id = c.entity_id
  UNION ALL
  SELECT c.id, 3, '', 'span', '期间', p.code, p.starts || ' – ' || p.ends, NULL, NULL
    FROM chosen AS c
    JOIN period AS p ON p.id = c.period_id
  UNION ALL
  SELECT c.id, 4, '', 'source', '来源', d.code, d.title, d.title_en, NULL FROM chosen AS c JOIN source AS d ON d.id = c.source_id
  UNION ALL
  SELECT c.id, 5, '', 'under', '上级规划', n.code, n.name, n.name_en, NULL FROM chosen AS c JOIN plan AS n ON n.id = c.parent_id
  UNION ALL
  SELECT c.id, 6, '', 'under it', '下级规划', n.code, n.name, n.name_en, NULL FROM chosen AS c JOIN plan AS n ON n.parent_id = c.id
  UNION ALL
  SELECT c.id, 7, '', 'note', '备注', NULL, c.note, NULL, NULL FROM chosen AS c WHERE c.note IS NOT NULL
  UNION ALL
  SELECT c.id, 8, '', 'targets', '目标', NULL, NULL, NULL, count(*) FROM chosen AS c JOIN target AS t ON t.plan_id = c.id GROUP BY c.id
  UNION ALL
  SELECT c.id, 9, '', 'of them numbered', '其中有编号的', NULL, NULL, NULL, count(t.number)
    FROM chosen AS c
    JOIN target AS t ON t.plan_id = c.id
   GROUP BY c.id
  UNION ALL
  SELECT c.id, 10, '', 'of them in words only', '其中文字目标', NULL, NULL, NULL, count(t.wording)
    FROM chosen AS c
    JOIN target AS t ON t.plan_id = c.id
   GROUP BY c.id
  UNION ALL
  SELECT c.id, 11, '', 'targets by nature', '目标属性', t.nature, CASE t.nature WHEN 'expected' THEN '预期性' ELSE '约束性' END,
         t.nature, count(*)
    FROM chosen AS c
    JOIN target AS t ON t.plan_id = c.id
   WHERE t.nature IS NOT NULL
   GROUP BY c.id, t.nature
  UNION ALL
  SELECT c.id, 12, '', 'targets by category', '目标类别', NULL, t.category, NULL, count(*)
    FROM chosen AS c
    JOIN target AS t ON t.plan_id = c.id
   WHERE t.category IS NOT NULL
   GROUP BY c.id, t.category
)
SELECT c.name AS plan_name, f.attribute, f.attribute_zh, f.item, f.value, f.value_en, f.count, c.name_en AS plan_name_en,
       c.code AS plan
  FROM fact AS f
  JOIN chosen AS c ON c.id = f.id
 ORDER BY c.code, f.position, f.count DESC, f.item, f.value;
