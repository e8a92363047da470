-- name: plan-list
-- family: lookup
-- about: The plans: whom each is for, its span, the plan it is under, its source, and how many targets it sets.
--   `main` counts the targets that the plan numbers, `in_words` those without a number.
-- about_zh: 规划一览：对象、期间、上级规划、来源和目标数。
--   main 为规划编了号的主要目标，in_words 为没有数字的文字目标。
-- param: plan text = null in plan  | 规划：代码或名称；空为全部 | plan: code or name; default: every one
-- param: entity text = null in entity  | 对象：代码、名称或别名；空为全部 | entity: code, name or alias; default: every one
-- columns: plan, plan_name, plan_name_en, entity_name, entity_name_en, period, targets, main, in_words, parent, source, entity
-- shown: plan, plan_name, entity_name, period, targets, main, in_words, parent
-- column: targets | 目标数 | number of targets
-- column: main | 有编号的 | those that are numbered
-- column: in_words | 文字目标 | those in words only
-- column: parent | 上级规划 | plan it is under
WITH
parameter AS (
  SELECT CAST(:plan AS TEXT) AS plan, CAST(:entity AS TEXT) AS entity
),
counted AS (
  SELECT t.plan_id, count(*) AS targets, count(t.number) AS main, count(t.wording) AS in_words
    FROM target AS t
   GROUP BY t.plan_id
)
SELECT n.code AS plan, n.name AS plan_name, n.name_en AS plan_name_en, e.name AS entity_name, e.name_en AS entity_name_en,
       p.code AS period, ifnull(c.targets, 0) AS targets, ifnull(c.main, 0) AS main, ifnull(c.in_words, 0) AS in_words,
       u.code AS parent, d.code AS source, e.code AS entity
  FROM parameter AS q
  CROSS JOIN plan AS n
  JOIN entity AS e ON e.id = n.entity_id
  JOIN period AS p ON p.id = n.period_id
  JOIN source AS d ON d.id = n.source_id
  LEFT JOIN plan AS u ON u.id = n.parent_id
  LEFT JOIN counted AS c ON c.plan_id = n.id
 WHERE (q.plan IS NULL OR q.plan IN (n.code, n.name, n.name_en))
   AND (q.entity IS NULL OR q.entity IN (e.code, e.name, e.name_en)
        OR e.id IN (SELECT a.entity_id FROM alias AS a WHERE a.kind = 'entity' AND a.name = q.entity))
 ORDER BY e.code, p.starts, p.ends, n.code;
