-- name: entity-kinds
-- family: lookup
-- about: Whom the file tells of, by kind, the kinds with most figures first: how many entities, how many of them have figures,
--   targets or projects, and the three of each kind with the most figures.
-- about_zh: 对象按类型计数，数据多的在前：对象数，其中有数据、有目标、有项目的，及数据最多的三个。
-- columns: kind, entities, with_figures, with_targets, with_projects, figures, most, most_en
-- shown: kind, entities, with_figures, with_targets, with_projects, most
-- column: kind | 类型 | kind of entity
-- column: entities | 对象数 | number of entities
-- column: with_figures | 有数据 | those that have figures
-- column: with_targets | 有目标 | those that have targets
-- column: with_projects | 有项目 | those where projects are
-- column: figures | 数据数 | number of figures
-- column: most | 数据最多的 | names of those with most figures
WITH
used AS (
  SELECT s.entity_id, sum(s.observations) AS figures
    FROM series AS s
   GROUP BY s.entity_id
),
aimed AS (
  SELECT DISTINCT s.entity_id
    FROM target AS t
    JOIN series AS s ON s.id = t.series_id
),
built AS (
  SELECT DISTINCT j.entity_id FROM project AS j
),
ranked AS (
  SELECT e.kind, e.name, coalesce(e.name_en, e.name) AS name_en, nullif(u.figures, 0) AS figures, a.entity_id AS aimed,
         b.entity_id AS built,
         row_number() OVER (PARTITION BY e.kind ORDER BY ifnull(u.figures, 0) DESC, e.code) AS place
    FROM entity AS e
    LEFT JOIN used AS u ON u.entity_id = e.id
    LEFT JOIN aimed AS a ON a.entity_id = e.id
    LEFT JOIN built AS b ON b.entity_id = e.id
)
SELECT r.kind, count(*) AS entities, count(r.figures) AS with_figures, count(r.aimed) AS with_targets,
       count(r.built) AS with_projects, ifnull(sum(r.figures), 0) AS figures,
       max(CASE WHEN r.place = 1 AND r.figures > 0 THEN r.name END)
         || ifnull('、' || max(CASE WHEN r.place = 2 AND r.figures > 0 THEN r.name END), '')
         || ifnull('、' || max(CASE WHEN r.place = 3 AND r.figures > 0 THEN r.name END), '') AS most,
       max(CASE WHEN r.place = 1 AND r.figures > 0 THEN r.name_en END)
         || ifnull(', ' || max(CASE WHEN r.place = 2 AND r.figures > 0 THEN r.name_en END), '')
         || ifnull(', ' || max(CASE WHEN r.place = 3 AND r.figures > 0 THEN r.name_en END), '') AS most_en
  FROM ranked AS r
 GROUP BY r.kind
 ORDER BY ifnull(sum(r.figures), 0) DESC, count(*) DESC, r.kind;
