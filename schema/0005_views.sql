-- 0005_views: the public SQL interface. One row a fact, codes and names spelled out.

CREATE VIEW observations AS
SELECT i.code AS indicator, i.name AS indicator_name, i.name_en AS indicator_name_en,
       e.code AS entity, e.name AS entity_name, e.name_en AS entity_name_en,
       c.code AS scope, s.measure, a.code AS among,
       p.code AS period, p.starts, p.ends,
       o.value, o.high, o.comparator, u.code AS unit, o.status,
       d.code AS source, o.locator,
       -- A plain number is stored once, as the value; whole ones print without a decimal point.
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END)
         || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
       o.note, o.import_id AS import
  FROM observation AS o
  JOIN series AS s ON s.id = o.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = o.period_id
  JOIN source AS d ON d.id = o.source_id
  LEFT JOIN entity AS a ON a.id = s.among_id;

-- The row that speaks for each series and period: a number before a wording, an exact value before a bound, a final value
-- before a provisional one, a newer source before an older one.
CREATE VIEW best AS
SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.high, o.comparator, o.status, o.printed,
       o.printed_unit, o.note, o.import_id
  FROM observation AS o
 WHERE (o.source_id, o.locator) IN (
         SELECT o2.source_id, o2.locator
           FROM observation AS o2
           JOIN status AS t2 ON t2.code = o2.status
           JOIN source AS d2 ON d2.id = o2.source_id
          WHERE o2.series_id = o.series_id AND o2.period_id = o.period_id
          ORDER BY o2.value IS NULL, o2.comparator <> '=', t2.precedence,
                   d2.published DESC NULLS LAST, d2.code, o2.locator
          LIMIT 1);

-- The best current value of each series and period, spelled out as `observations` does.
CREATE VIEW latest AS
SELECT i.code AS indicator, i.name AS indicator_name, i.name_en AS indicator_name_en,
       e.code AS entity, e.name AS entity_name, e.name_en AS entity_name_en,
       c.code AS scope, s.measure, a.code AS among,
       p.code AS period, p.starts, p.ends,
       o.value, o.high, o.comparator, u.code AS unit, o.status,
       d.code AS source, o.locator,
       coalesce(o.printed,
                CASE WHEN o.value = CAST(o.value AS INTEGER) THEN CAST(CAST(o.value AS INTEGER) AS TEXT)
                     ELSE CAST(o.value AS TEXT) END)
         || iif(o.value IS NULL, '', ifnull(' ' || o.printed_unit, '')) AS printed,
       o.note, o.import_id AS import
  FROM best AS o
  JOIN series AS s ON s.id = o.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = o.period_id
  JOIN source AS d ON d.id = o.source_id
  LEFT JOIN entity AS a ON a.id = s.among_id;

CREATE VIEW targets AS
SELECT n.code AS plan, n.name AS plan_name, n.name_en AS plan_name_en,
       i.code AS indicator, i.name AS indicator_name, i.name_en AS indicator_name_en,
       e.code AS entity, e.name AS entity_name, e.name_en AS entity_name_en,
       c.code AS scope, s.measure, a.code AS among,
       p.code AS period, p.starts, p.ends,
       t.value, t.high, t.comparator, u.code AS unit, t.wording, t.nature,
       t.base_value, t.base_comparator, b.code AS base_period, t.claim,
       t.category, t.number, d.code AS source, t.locator,
       coalesce(t.printed, t.wording,
                CASE WHEN t.value = CAST(t.value AS INTEGER) THEN CAST(CAST(t.value AS INTEGER) AS TEXT)
                     ELSE CAST(t.value AS TEXT) END)
         || iif(t.value IS NULL, '', ifnull(' ' || t.printed_unit, '')) AS printed,
       t.base_printed, t.note, t.import_id AS import
  FROM target AS t
  JOIN plan AS n ON n.id = t.plan_id
  JOIN series AS s ON s.id = t.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
  JOIN entity AS e ON e.id = s.entity_id
  JOIN scope AS c ON c.id = s.scope_id
  JOIN unit AS u ON u.id = s.unit_id
  JOIN period AS p ON p.id = t.period_id
  JOIN source AS d ON d.id = t.source_id
  LEFT JOIN period AS b ON b.id = t.base_period_id
  LEFT JOIN entity AS a ON a.id = s.among_id;

CREATE VIEW projects AS
SELECT j.code AS project, j.name, j.name_en,
       e.code AS entity, e.name AS entity_name, e.name_en AS entity_name_en,
       j.sector, j.kind, j.stage,
       j.investment, j.investment_high, j.investment_comparator, u.code AS unit, j.investment_printed,
       k.code AS parent, d.code AS source, j.locator, j.note, j.import_id AS import
  FROM project AS j
  JOIN entity AS e ON e.id = j.entity_id
  JOIN source AS d ON d.id = j.source_id
  LEFT JOIN unit AS u ON u.id = j.unit_id
  LEFT JOIN project AS k ON k.id = j.parent_id;

CREATE VIEW milestones AS
SELECT j.code AS project, j.name AS project_name, j.name_en AS project_name_en, m.kind,
       pl.code AS planned, pl.starts AS planned_starts, pl.ends AS planned_ends,
       ac.code AS actual, ac.starts AS actual_starts, ac.ends AS actual_ends,
       d.code AS source, m.locator, m.note, m.import_id AS import
  FROM milestone AS m
  JOIN project AS j ON j.id = m.project_id
  JOIN source AS d ON d.id = m.source_id
  LEFT JOIN period AS pl ON pl.id = m.planned_id
  LEFT JOIN period AS ac ON ac.id = m.actual_id;

CREATE VIEW outlays AS
SELECT j.code AS project, j.name AS project_name, j.name_en AS project_name_en,
       p.code AS period, p.starts, p.ends,
       y.planned, y.planned_comparator, y.spent, y.spent_comparator, u.code AS unit,
       d.code AS source, y.locator, y.planned_printed, y.spent_printed, y.note, y.import_id AS import
  FROM outlay AS y
  JOIN project AS j ON j.id = y.project_id
  JOIN period AS p ON p.id = y.period_id
  JOIN unit AS u ON u.id = y.unit_id
  JOIN source AS d ON d.id = y.source_id;
