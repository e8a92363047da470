CREATE TABLE source (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL UNIQUE CHECK (code <> ''),
  title     TEXT NOT NULL CHECK (title <> ''),
  title_en  TEXT CHECK (title_en <> ''),
  publisher TEXT CHECK (publisher <> ''),
  published TEXT CHECK (published IS date(published)),  -- ISO 8601 day
  kind      TEXT NOT NULL
            CHECK (kind IN ('plan', 'report', 'yearbook', 'bulletin', 'news', 'dataset', 'other')),
  note      TEXT CHECK (note <> '')
) STRICT;
CREATE TABLE entity (
  id           INTEGER PRIMARY KEY,
  code         TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name         TEXT NOT NULL CHECK (name <> ''),
  name_en      TEXT CHECK (name_en <> ''),
  kind         TEXT NOT NULL
               CHECK (kind IN ('country', 'region', 'province', 'prefecture', 'district', 'county', 'city',
                               'zone', 'town', 'village', 'platform', 'enterprise', 'institution',
                               'facility', 'industry', 'group')),
  parent_id    INTEGER REFERENCES entity (id),
  successor_id INTEGER REFERENCES entity (id),               -- of a retired code
  valid_from   TEXT CHECK (valid_from <> ''),                -- year or ISO 8601 day
  valid_to     TEXT CHECK (valid_to <> ''),                  -- last year or day of validity
  note         TEXT CHECK (note <> '')
) STRICT;
CREATE TABLE scope (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL CHECK (name <> ''),
  name_en    TEXT CHECK (name_en <> ''),
  definition TEXT CHECK (definition <> '')
) STRICT;
CREATE TABLE unit (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name_en   TEXT CHECK (name_en <> ''),
  dimension TEXT NOT NULL CHECK (dimension <> ''),
  base      TEXT NOT NULL CHECK (base <> ''),     -- the dimension's base unit
  factor    REAL NOT NULL CHECK (factor > 0),     -- one of this unit in base units
  note      TEXT CHECK (note <> '')
) STRICT;
CREATE TABLE status (
  code       TEXT PRIMARY KEY CHECK (code <> ''),
  name       TEXT NOT NULL CHECK (name <> ''),
  name_en    TEXT NOT NULL CHECK (name_en <> ''),
  missing    INTEGER NOT NULL CHECK (missing IN (0, 1)),
  precedence INTEGER NOT NULL   -- which value stands first in `latest`: 1 final, 2 provisional, 3 forecast, 9 missing
) STRICT, WITHOUT ROWID;
CREATE TABLE indicator (
  id            INTEGER PRIMARY KEY,
  code          TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name          TEXT NOT NULL CHECK (name <> ''),
  name_en       TEXT CHECK (name_en <> ''),
  unit_id       INTEGER NOT NULL REFERENCES unit (id),   -- of its levels
  category      TEXT CHECK (category <> ''),
  direction     TEXT NOT NULL CHECK (direction IN ('higher', 'lower', 'neither')),   -- which is better
  kind          TEXT NOT NULL CHECK (kind IN ('flow', 'stock', 'ratio', 'rank')),
  definition    TEXT CHECK (definition <> ''),
  definition_en TEXT CHECK (definition_en <> ''),
  note          TEXT CHECK (note <> '')
) STRICT;
CREATE TABLE formula (
  id           INTEGER PRIMARY KEY,
  indicator_id INTEGER NOT NULL REFERENCES indicator (id),
  role         TEXT NOT NULL CHECK (role IN ('numerator', 'denominator')),
  operand_id   INTEGER NOT NULL REFERENCES indicator (id) CHECK (operand_id <> indicator_id),
  coefficient  REAL NOT NULL DEFAULT 1 CHECK (coefficient <> 0),
  note         TEXT CHECK (note <> ''),
  UNIQUE (indicator_id, role, operand_id)
) STRICT;
CREATE TABLE period (
  id     INTEGER PRIMARY KEY,
  code   TEXT NOT NULL UNIQUE CHECK (code <> ''),
  kind   TEXT NOT NULL CHECK (kind IN ('year', 'half', 'quarter', 'month', 'day', 'years', 'months', 'days')),
  starts TEXT NOT NULL CHECK (starts IS date(starts)),                     -- first day
  ends   TEXT NOT NULL CHECK (ends IS date(ends) AND ends >= starts),      -- last day
  UNIQUE (starts, ends)
) STRICT;
CREATE TABLE series (
  id           INTEGER PRIMARY KEY,
  indicator_id INTEGER NOT NULL REFERENCES indicator (id),
  entity_id    INTEGER NOT NULL REFERENCES entity (id),
  scope_id     INTEGER NOT NULL REFERENCES scope (id),
  measure      TEXT NOT NULL
               CHECK (measure IN ('level',      -- the figure itself, in the indicator's unit
                                  'yoy',        -- growth on the same period a year before, %
                                  'change',     -- difference from the same period a year before
                                  'growth',     -- growth over the whole span, on the period before it, %
                                  'multiple',   -- times the value of the period before the span
                                  'cagr',       -- average yearly growth over the span, %
                                  'rank',       -- place of the level within the group `among`
                                  'yoy_rank',   -- place of the growth within the group `among`
                                  'gap',        -- level less that of the entity `among`
                                  'yoy_gap')),  -- growth less that of the entity `among`, percentage points
  among_id     INTEGER REFERENCES entity (id)   -- the group ranked in or compared with
               CHECK ((among_id IS NULL) = (measure NOT IN ('rank', 'yoy_rank', 'gap', 'yoy_gap'))),
  unit_id      INTEGER NOT NULL REFERENCES unit (id),   -- of the values; follows from indicator and measure
  -- What most questions ask of a line of figures, so that they need not read it. Follows from `observation`; see 0008.
  observations       INTEGER NOT NULL DEFAULT 0 CHECK (observations >= 0),   -- rows, of whatever source and status
  first_period_id    INTEGER REFERENCES period (id),
  first_value        REAL,
  last_period_id     INTEGER REFERENCES period (id),
  last_source_id     INTEGER REFERENCES source (id),   -- with period and locator: the row itself
  last_locator       TEXT,
  last_value         REAL,
  previous_period_id INTEGER REFERENCES period (id),   -- the newest before the last, of its kind and length
  previous_value     REAL,
  lowest             REAL,
  highest            REAL
) STRICT;
CREATE TABLE import (
  id         INTEGER PRIMARY KEY,
  at         TEXT NOT NULL CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at)),   -- UTC
  table_name TEXT NOT NULL,
  file       TEXT NOT NULL,              -- name without folder
  sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
  rows       INTEGER NOT NULL CHECK (rows >= 0),
  added      INTEGER NOT NULL CHECK (added >= 0),
  changed    INTEGER NOT NULL CHECK (changed >= 0),
  mapping    TEXT CHECK (mapping <> ''),              -- JSON: how the file was read
  notes      TEXT CHECK (notes <> ''),                -- what stood above and below its table: titles, notes, sources
  version    TEXT NOT NULL               -- of planfile
) STRICT;
CREATE TABLE observation (
  series_id  INTEGER NOT NULL REFERENCES series (id),
  period_id  INTEGER NOT NULL REFERENCES period (id),
  source_id  INTEGER NOT NULL REFERENCES source (id),
  locator    TEXT NOT NULL DEFAULT '',   -- chapter, table row or paragraph; places that agree share one row
  value      REAL,                       -- in the series' unit; the low end of a range
  high       REAL CHECK (high > value),  -- the high end of a range
  comparator TEXT NOT NULL DEFAULT '='
             CHECK (comparator IN ('=', '<', '<=', '>', '>=', '~', '~<')),   -- ~ about, ~< about from below
  status     TEXT NOT NULL DEFAULT 'A' REFERENCES status (code),
  printed    TEXT CHECK (printed <> ''),   -- as printed, where `value` alone does not say it
  printed_unit TEXT CHECK (printed_unit <> ''),   -- the unit it was printed in, where not the series' own
  note       TEXT CHECK (note <> ''),
  import_id  INTEGER REFERENCES import (id),
  PRIMARY KEY (series_id, period_id, source_id, locator),
  CHECK (value IS NOT NULL OR printed IS NOT NULL OR status IN ('H', 'K', 'L', 'M', 'O', 'Q')),
  CHECK (high IS NULL OR (value IS NOT NULL AND comparator = '=')),
  CHECK (printed_unit IS NULL OR printed IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE TABLE plan (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name      TEXT NOT NULL CHECK (name <> ''),
  name_en   TEXT CHECK (name_en <> ''),
  entity_id INTEGER NOT NULL REFERENCES entity (id),
  period_id INTEGER NOT NULL REFERENCES period (id),   -- the span it covers
  source_id INTEGER NOT NULL REFERENCES source (id),
  parent_id INTEGER REFERENCES plan (id),              -- the plan it is under
  note      TEXT CHECK (note <> '')
) STRICT;
CREATE TABLE target (
  id              INTEGER PRIMARY KEY,
  plan_id         INTEGER NOT NULL REFERENCES plan (id),
  series_id       INTEGER NOT NULL REFERENCES series (id),
  period_id       INTEGER NOT NULL REFERENCES period (id),
  source_id       INTEGER NOT NULL REFERENCES source (id),
  locator         TEXT NOT NULL DEFAULT '',
  value           REAL,                        -- in the series' unit; the low end of a range
  high            REAL CHECK (high > value),
  comparator      TEXT NOT NULL DEFAULT '='
                  CHECK (comparator IN ('=', '<', '<=', '>', '>=', '~', '~<')),
  wording         TEXT CHECK (wording <> ''),  -- of a target without a number
  printed         TEXT CHECK (printed <> ''),
  printed_unit    TEXT CHECK (printed_unit <> ''),   -- of target and base, where not the series' own
  nature          TEXT CHECK (nature IN ('expected', 'binding')),   -- 预期性, 约束性
  base_value      REAL,                        -- the value the plan starts from, in the series' unit
  base_comparator TEXT NOT NULL DEFAULT '='
                  CHECK (base_comparator IN ('=', '<', '<=', '>', '>=', '~', '~<')),
  base_period_id  INTEGER REFERENCES period (id),
  base_printed    TEXT CHECK (base_printed <> ''),
  claim           TEXT CHECK (claim IN ('met', 'partly_met', 'not_met', 'not_assessed')),   -- what the source says came of it
  category        TEXT CHECK (category <> ''),                 -- the plan's own grouping
  number          TEXT CHECK (number <> ''),                   -- the plan's own numbering
  note            TEXT CHECK (note <> ''),
  import_id       INTEGER REFERENCES import (id),
  UNIQUE (plan_id, series_id, period_id, source_id, locator),
  -- Exactly one of number, wording and missing mark: a mark (——) stands in `printed` alone.
  CHECK (value IS NULL OR wording IS NULL),
  CHECK (value IS NOT NULL OR wording IS NOT NULL OR printed IS NOT NULL),
  CHECK (high IS NULL OR (value IS NOT NULL AND comparator = '='))
) STRICT;
CREATE TABLE stage (
  code     TEXT PRIMARY KEY CHECK (code <> ''),
  name     TEXT NOT NULL CHECK (name <> ''),
  name_en  TEXT NOT NULL CHECK (name_en <> ''),
  position INTEGER NOT NULL UNIQUE,                 -- along a project's life; cancelled stands last
  terminal INTEGER NOT NULL CHECK (terminal IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TABLE sector (
  code    TEXT PRIMARY KEY CHECK (code <> ''),
  name    TEXT NOT NULL CHECK (name <> ''),
  name_en TEXT NOT NULL CHECK (name_en <> ''),
  parent  TEXT REFERENCES sector (code)
) STRICT, WITHOUT ROWID;
CREATE TABLE project (
  id                    INTEGER PRIMARY KEY,
  code                  TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name                  TEXT NOT NULL CHECK (name <> ''),
  name_en               TEXT CHECK (name_en <> ''),
  entity_id             INTEGER NOT NULL REFERENCES entity (id),   -- where it is
  sector                TEXT REFERENCES sector (code),
  kind                  TEXT NOT NULL
                        CHECK (kind IN ('project', 'bundle', 'platform', 'park', 'facility', 'line', 'programme')),
  stage                 TEXT REFERENCES stage (code),
  investment            REAL CHECK (investment >= 0),              -- total, in `unit`
  investment_high       REAL CHECK (investment_high > investment),
  investment_comparator TEXT NOT NULL DEFAULT '='
                        CHECK (investment_comparator IN ('=', '<', '<=', '>', '>=', '~', '~<')),
  investment_printed    TEXT CHECK (investment_printed <> ''),
  unit_id               INTEGER REFERENCES unit (id),
  parent_id             INTEGER REFERENCES project (id),           -- the programme or bundle it is part of
  source_id             INTEGER NOT NULL REFERENCES source (id),
  locator               TEXT CHECK (locator <> ''),
  note                  TEXT CHECK (note <> ''),
  import_id             INTEGER REFERENCES import (id),
  CHECK (investment IS NULL OR unit_id IS NOT NULL),
  CHECK (investment_high IS NULL OR (investment IS NOT NULL AND investment_comparator = '=')),
  CHECK (parent_id <> id)
) STRICT;
CREATE TABLE milestone (
  id         INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES project (id),
  kind       TEXT NOT NULL
             CHECK (kind IN ('identified', 'signed', 'approved', 'land', 'start', 'topped_out',
                             'commissioned', 'completed', 'accepted', 'opened', 'production', 'cancelled')),
  planned_id INTEGER REFERENCES period (id),
  actual_id  INTEGER REFERENCES period (id),
  source_id  INTEGER NOT NULL REFERENCES source (id),
  locator    TEXT NOT NULL DEFAULT '',
  note       TEXT CHECK (note <> ''),
  import_id  INTEGER REFERENCES import (id),
  UNIQUE (project_id, kind, source_id, locator),
  CHECK (planned_id IS NOT NULL OR actual_id IS NOT NULL)
) STRICT;
CREATE TABLE outlay (
  id                 INTEGER PRIMARY KEY,
  project_id         INTEGER NOT NULL REFERENCES project (id),
  period_id          INTEGER NOT NULL REFERENCES period (id),
  planned            REAL,                       -- in `unit`
  planned_comparator TEXT NOT NULL DEFAULT '='
                     CHECK (planned_comparator IN ('=', '<', '<=', '>', '>=', '~', '~<')),
  planned_printed    TEXT CHECK (planned_printed <> ''),
  spent              REAL,                       -- in `unit`
  spent_comparator   TEXT NOT NULL DEFAULT '='
                     CHECK (spent_comparator IN ('=', '<', '<=', '>', '>=', '~', '~<')),
  spent_printed      TEXT CHECK (spent_printed <> ''),
  unit_id            INTEGER NOT NULL REFERENCES unit (id),
  source_id          INTEGER NOT NULL REFERENCES source (id),
  locator            TEXT NOT NULL DEFAULT '',
  note               TEXT CHECK (note <> ''),
  import_id          INTEGER REFERENCES import (id),
  UNIQUE (project_id, period_id, source_id, locator),
  CHECK (planned IS NOT NULL OR spent IS NOT NULL)
) STRICT;
CREATE TABLE alias (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('indicator', 'entity', 'unit', 'project')),
  name         TEXT NOT NULL CHECK (name <> ''),
  indicator_id INTEGER REFERENCES indicator (id),
  entity_id    INTEGER REFERENCES entity (id),
  unit_id      INTEGER REFERENCES unit (id),
  project_id   INTEGER REFERENCES project (id),
  UNIQUE (kind, name),   -- a name leads to one thing of a kind
  CHECK ((indicator_id IS NOT NULL) = (kind = 'indicator')
         AND (entity_id IS NOT NULL) = (kind = 'entity')
         AND (unit_id IS NOT NULL) = (kind = 'unit')
         AND (project_id IS NOT NULL) = (kind = 'project'))
) STRICT;
CREATE TABLE revision (
  id         INTEGER PRIMARY KEY,
  import_id  INTEGER REFERENCES import (id),   -- the one that changed it; NULL: changed by hand
  at         TEXT CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at)),   -- UTC; when, where no import says it
  table_name TEXT NOT NULL CHECK (table_name <> ''),
  key        TEXT NOT NULL,    -- natural key by column, JSON
  former     TEXT,             -- the whole row as a book would hold it, JSON; NULL: there was none
  CHECK ((import_id IS NULL) = (at IS NOT NULL))
) STRICT;
CREATE TABLE query (
  name   TEXT PRIMARY KEY CHECK (name <> ''),
  origin TEXT NOT NULL CHECK (origin IN ('planfile', 'user')),
  text   TEXT NOT NULL CHECK (text <> '')
) STRICT, WITHOUT ROWID;
CREATE TABLE dictionary (
  table_name  TEXT NOT NULL,
  column_name TEXT NOT NULL,
  title       TEXT NOT NULL CHECK (title <> ''),        -- a short label in Chinese
  title_en    TEXT NOT NULL CHECK (title_en <> ''),
  about       TEXT NOT NULL CHECK (about <> ''),        -- a sentence in Chinese
  about_en    TEXT NOT NULL CHECK (about_en <> ''),
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE file (
  id      INTEGER PRIMARY KEY CHECK (id = 1),   -- there is one row
  schema  INTEGER NOT NULL CHECK (schema > 0),
  version TEXT NOT NULL CHECK (version <> '')   -- of planfile
) STRICT;
CREATE TABLE manifest (
  table_name TEXT NOT NULL,
  key        TEXT NOT NULL,   -- natural key of a row, of a series of observations, or empty for the whole table; JSON
  rows       INTEGER NOT NULL CHECK (rows >= 0),
  hash       BLOB NOT NULL CHECK (length(hash) IN (16, 32)),
  marks      BLOB,            -- of a series: which rows it has; see lib/src/marks.h
  PRIMARY KEY (table_name, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE code (
  codelist TEXT NOT NULL CHECK (codelist <> ''),
  code     TEXT NOT NULL CHECK (code <> ''),
  name     TEXT NOT NULL CHECK (name <> ''),
  name_en  TEXT NOT NULL CHECK (name_en <> ''),
  PRIMARY KEY (codelist, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_parent ON entity (parent_id);
CREATE UNIQUE INDEX series_key ON series (indicator_id, entity_id, scope_id, measure, ifnull(among_id, 0));
CREATE INDEX series_entity ON series (entity_id);
CREATE INDEX target_series ON target (series_id);
CREATE INDEX target_import ON target (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX project_entity ON project (entity_id);
CREATE INDEX project_parent ON project (parent_id);
CREATE INDEX revision_key ON revision (table_name, key);
CREATE INDEX revision_import ON revision (import_id);
CREATE INDEX observation_note ON observation (note) WHERE note IS NOT NULL;
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
  LEFT JOIN entity AS a ON a.id = s.among_id
/* observations(indicator,indicator_name,indicator_name_en,entity,entity_name,entity_name_en,scope,measure,among,period,starts,ends,value,high,comparator,unit,status,source,locator,printed,note,import) */;
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
  LEFT JOIN entity AS a ON a.id = s.among_id
/* latest(indicator,indicator_name,indicator_name_en,entity,entity_name,entity_name_en,scope,measure,among,period,starts,ends,value,high,comparator,unit,status,source,locator,printed,note,import) */;
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
  LEFT JOIN entity AS a ON a.id = s.among_id
/* targets("plan",plan_name,plan_name_en,indicator,indicator_name,indicator_name_en,entity,entity_name,entity_name_en,scope,measure,among,period,starts,ends,value,high,comparator,unit,wording,nature,base_value,base_comparator,base_period,claim,category,number,source,locator,printed,base_printed,note,import) */;
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
  LEFT JOIN project AS k ON k.id = j.parent_id
/* projects(project,name,name_en,entity,entity_name,entity_name_en,sector,kind,stage,investment,investment_high,investment_comparator,unit,investment_printed,parent,source,locator,note,import) */;
CREATE VIEW milestones AS
SELECT j.code AS project, j.name AS project_name, j.name_en AS project_name_en, m.kind,
       pl.code AS planned, pl.starts AS planned_starts, pl.ends AS planned_ends,
       ac.code AS actual, ac.starts AS actual_starts, ac.ends AS actual_ends,
       d.code AS source, m.locator, m.note, m.import_id AS import
  FROM milestone AS m
  JOIN project AS j ON j.id = m.project_id
  JOIN source AS d ON d.id = m.source_id
  LEFT JOIN period AS pl ON pl.id = m.planned_id
  LEFT JOIN period AS ac ON ac.id = m.actual_id
/* milestones(project,project_name,project_name_en,kind,planned,planned_starts,planned_ends,actual,actual_starts,actual_ends,source,locator,note,import) */;
CREATE VIEW outlays AS
SELECT j.code AS project, j.name AS project_name, j.name_en AS project_name_en,
       p.code AS period, p.starts, p.ends,
       y.planned, y.planned_comparator, y.spent, y.spent_comparator, u.code AS unit,
       d.code AS source, y.locator, y.planned_printed, y.spent_printed, y.note, y.import_id AS import
  FROM outlay AS y
  JOIN project AS j ON j.id = y.project_id
  JOIN period AS p ON p.id = y.period_id
  JOIN unit AS u ON u.id = y.unit_id
  JOIN source AS d ON d.id = y.source_id
/* outlays(project,project_name,project_name_en,period,starts,ends,planned,planned_comparator,spent,spent_comparator,unit,source,locator,planned_printed,spent_printed,note,import) */;
CREATE VIEW series_summary AS
WITH
-- How long a period is: in months where it is made of whole ones, else in days.
span AS (
  SELECT p.id, p.kind, p.ends,
         CASE WHEN p.kind IN ('day', 'days') THEN julianday(p.ends) - julianday(p.starts)
              ELSE 12 * (CAST(substr(p.ends, 1, 4) AS INTEGER) - CAST(substr(p.starts, 1, 4) AS INTEGER))
                   + CAST(substr(p.ends, 6, 2) AS INTEGER) - CAST(substr(p.starts, 6, 2) AS INTEGER) END AS length
    FROM period AS p
),
found AS (
  SELECT s.id,
         (SELECT b.period_id
            FROM best AS b
            JOIN period AS p ON p.id = b.period_id
           WHERE b.series_id = s.id AND b.value IS NOT NULL
           ORDER BY p.ends, p.starts DESC
           LIMIT 1) AS first_id,
         (SELECT b.period_id
            FROM best AS b
            JOIN period AS p ON p.id = b.period_id
            JOIN status AS t ON t.code = b.status
           WHERE b.series_id = s.id
           ORDER BY max(t.precedence, 2), p.ends DESC,
                    CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4
                                WHEN 'month' THEN 5 WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END,
                    p.starts
           LIMIT 1) AS last_id
    FROM series AS s
),
before AS (
  SELECT f.id, f.first_id, f.last_id,
         (SELECT o.period_id
            FROM span AS n
            CROSS JOIN observation AS o
            JOIN span AS p ON p.id = o.period_id
           WHERE n.id = f.last_id AND o.series_id = f.id
             AND p.kind = n.kind AND p.length = n.length AND p.ends < n.ends
           ORDER BY p.ends DESC
           LIMIT 1) AS previous_id
    FROM found AS f
)
SELECT b.id AS series_id,
       (SELECT count(*) FROM observation AS o WHERE o.series_id = b.id) AS observations,
       b.first_id AS first_period_id,
       (SELECT x.value FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.first_id) AS first_value,
       b.last_id AS last_period_id,
       (SELECT x.source_id FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.last_id) AS last_source_id,
       (SELECT x.locator FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.last_id) AS last_locator,
       (SELECT x.value FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.last_id) AS last_value,
       b.previous_id AS previous_period_id,
       (SELECT x.value FROM best AS x WHERE x.series_id = b.id AND x.period_id = b.previous_id) AS previous_value,
       (SELECT min(o.value) FROM observation AS o WHERE o.series_id = b.id) AS lowest,
       (SELECT max(o.value) FROM observation AS o WHERE o.series_id = b.id) AS highest
  FROM before AS b
/* series_summary(series_id,observations,first_period_id,first_value,last_period_id,last_source_id,last_locator,last_value,previous_period_id,previous_value,lowest,highest) */;
CREATE TRIGGER observation_added AFTER INSERT ON observation BEGIN
  UPDATE series
     SET (observations, first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value, lowest, highest)
       = (SELECT y.observations, y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value, y.lowest, y.highest
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id = NEW.series_id;
END;
CREATE TRIGGER observation_changed AFTER UPDATE ON observation BEGIN
  UPDATE series
     SET (observations, first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value, lowest, highest)
       = (SELECT y.observations, y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value, y.lowest, y.highest
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id IN (OLD.series_id, NEW.series_id);
END;
CREATE TRIGGER observation_removed AFTER DELETE ON observation BEGIN
  UPDATE series
     SET (observations, first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value, lowest, highest)
       = (SELECT y.observations, y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value, y.lowest, y.highest
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id = OLD.series_id;
END;
CREATE TRIGGER source_dated AFTER UPDATE OF published, code ON source BEGIN
  UPDATE series
     SET (first_period_id, first_value, last_period_id, last_source_id, last_locator, last_value,
          previous_period_id, previous_value)
       = (SELECT y.first_period_id, y.first_value, y.last_period_id, y.last_source_id, y.last_locator,
                 y.last_value, y.previous_period_id, y.previous_value
            FROM series_summary AS y WHERE y.series_id = series.id)
   WHERE id IN (SELECT o.series_id FROM observation AS o WHERE o.source_id = NEW.id);
END;
CREATE VIEW best AS
SELECT o.series_id, o.period_id, o.source_id, o.locator, o.value, o.high, o.comparator, o.status, o.printed,
       o.printed_unit, o.note, o.import_id
  FROM observation AS o
 WHERE CASE WHEN EXISTS (SELECT 1
                           FROM observation AS other
                          WHERE other.series_id = o.series_id AND other.period_id = o.period_id
                            AND (other.source_id <> o.source_id OR other.locator <> o.locator))
            THEN (o.source_id, o.locator) IN (
                   SELECT o2.source_id, o2.locator
                     FROM observation AS o2
                     JOIN status AS t2 ON t2.code = o2.status
                     JOIN source AS d2 ON d2.id = o2.source_id
                    WHERE o2.series_id = o.series_id AND o2.period_id = o.period_id
                    ORDER BY o2.value IS NULL, o2.comparator <> '=', t2.precedence,
                             d2.published DESC NULLS LAST, d2.code, o2.locator
                    LIMIT 1)
            ELSE 1 END
/* best(series_id,period_id,source_id,locator,value,high,comparator,status,printed,printed_unit,note,import_id) */;
CREATE VIEW names AS
SELECT 'indicator' AS kind, i.code, i.name, 'name' AS which FROM indicator AS i
UNION ALL SELECT 'indicator', i.code, i.name_en, 'name_en' FROM indicator AS i WHERE i.name_en IS NOT NULL
UNION ALL SELECT 'entity', e.code, e.name, 'name' FROM entity AS e
UNION ALL SELECT 'entity', e.code, e.name_en, 'name_en' FROM entity AS e WHERE e.name_en IS NOT NULL
UNION ALL SELECT 'plan', n.code, n.name, 'name' FROM plan AS n
UNION ALL SELECT 'plan', n.code, n.name_en, 'name_en' FROM plan AS n WHERE n.name_en IS NOT NULL
UNION ALL SELECT 'project', j.code, j.name, 'name' FROM project AS j
UNION ALL SELECT 'project', j.code, j.name_en, 'name_en' FROM project AS j WHERE j.name_en IS NOT NULL
UNION ALL SELECT 'source', d.code, d.title, 'name' FROM source AS d
UNION ALL SELECT 'source', d.code, d.title_en, 'name_en' FROM source AS d WHERE d.title_en IS NOT NULL
UNION ALL SELECT 'scope', c.code, c.name, 'name' FROM scope AS c
UNION ALL SELECT 'scope', c.code, c.name_en, 'name_en' FROM scope AS c WHERE c.name_en IS NOT NULL
UNION ALL SELECT 'unit', u.code, u.code, 'name' FROM unit AS u
UNION ALL SELECT 'unit', u.code, u.name_en, 'name_en' FROM unit AS u WHERE u.name_en IS NOT NULL
UNION ALL SELECT 'indicator', i.code, a.name, 'alias' FROM alias AS a JOIN indicator AS i ON i.id = a.indicator_id
UNION ALL SELECT 'entity', e.code, a.name, 'alias' FROM alias AS a JOIN entity AS e ON e.id = a.entity_id
UNION ALL SELECT 'unit', u.code, a.name, 'alias' FROM alias AS a JOIN unit AS u ON u.id = a.unit_id
UNION ALL SELECT 'project', j.code, a.name, 'alias' FROM alias AS a JOIN project AS j ON j.id = a.project_id
UNION ALL SELECT 'query', w.name, w.name, 'name' FROM query AS w
UNION ALL SELECT 'table', t.table_name, t.title, 'name' FROM dictionary AS t WHERE t.column_name = ''
UNION ALL SELECT 'table', t.table_name, t.title_en, 'name_en' FROM dictionary AS t WHERE t.column_name = ''
UNION ALL SELECT 'column', t.table_name || '.' || t.column_name, t.title, 'name' FROM dictionary AS t WHERE t.column_name <> ''
UNION ALL SELECT 'column', t.table_name || '.' || t.column_name, t.title_en, 'name_en' FROM dictionary AS t WHERE t.column_name <> ''
/* names(kind,code,name,which) */;
CREATE VIEW texts AS
SELECT 'indicator' AS kind, i.code, i.definition AS text, 'definition' AS which FROM indicator AS i WHERE i.definition IS NOT NULL
UNION ALL SELECT 'indicator', i.code, i.definition_en, 'definition_en' FROM indicator AS i WHERE i.definition_en IS NOT NULL
UNION ALL SELECT 'indicator', i.code, i.category, 'category' FROM indicator AS i WHERE i.category IS NOT NULL
UNION ALL SELECT 'indicator', i.code, i.note, 'note' FROM indicator AS i WHERE i.note IS NOT NULL
UNION ALL SELECT 'indicator', i.code, f.note, 'formula' FROM formula AS f JOIN indicator AS i ON i.id = f.indicator_id WHERE f.note IS NOT NULL
UNION ALL SELECT 'entity', e.code, e.note, 'note' FROM entity AS e WHERE e.note IS NOT NULL
UNION ALL SELECT 'plan', n.code, n.note, 'note' FROM plan AS n WHERE n.note IS NOT NULL
UNION ALL SELECT 'project', j.code, j.note, 'note' FROM project AS j WHERE j.note IS NOT NULL
UNION ALL SELECT 'source', d.code, d.publisher, 'publisher' FROM source AS d WHERE d.publisher IS NOT NULL
UNION ALL SELECT 'source', d.code, d.note, 'note' FROM source AS d WHERE d.note IS NOT NULL
UNION ALL SELECT 'scope', c.code, c.definition, 'definition' FROM scope AS c WHERE c.definition IS NOT NULL
UNION ALL SELECT 'unit', u.code, u.note, 'note' FROM unit AS u WHERE u.note IS NOT NULL
UNION ALL SELECT 'table', t.table_name, t.about, 'about' FROM dictionary AS t WHERE t.column_name = ''
UNION ALL SELECT 'table', t.table_name, t.about_en, 'about_en' FROM dictionary AS t WHERE t.column_name = ''
UNION ALL SELECT 'column', t.table_name || '.' || t.column_name, t.about, 'about' FROM dictionary AS t WHERE t.column_name <> ''
UNION ALL SELECT 'column', t.table_name || '.' || t.column_name, t.about_en, 'about_en' FROM dictionary AS t WHERE t.column_name <> ''
UNION ALL SELECT 'query', w.name, w.text, 'text' FROM query AS w WHERE instr(w.text, char(10) || '-- about: ') = 0
-- A line of the header that goes on with the one above is indented by two spaces.
UNION ALL
SELECT 'query', h.name, substr(h.rest, 1, instr(h.rest || char(10), char(10)) - 1), h.which
  FROM (SELECT w.name, a.column2 AS which,
               substr(replace(w.text, char(10) || '--   ', ' '),
                      instr(replace(w.text, char(10) || '--   ', ' '), char(10) || a.column1) + 1 + length(a.column1)) AS rest
          FROM query AS w
          JOIN (VALUES ('-- about: ', 'about_en'), ('-- about_zh: ', 'about')) AS a ON instr(w.text, char(10) || a.column1) > 0) AS h
UNION ALL
SELECT 'indicator', i.code, o.note, 'figure'
  FROM observation AS o
  JOIN series AS s ON s.id = o.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
 WHERE o.note IS NOT NULL
UNION ALL
SELECT 'indicator', i.code, t.note, 'target'
  FROM target AS t
  JOIN series AS s ON s.id = t.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
 WHERE t.note IS NOT NULL
UNION ALL
SELECT 'indicator', i.code, t.wording, 'wording'
  FROM target AS t
  JOIN series AS s ON s.id = t.series_id
  JOIN indicator AS i ON i.id = s.indicator_id
 WHERE t.wording IS NOT NULL
UNION ALL SELECT 'project', j.code, m.note, 'milestone' FROM milestone AS m JOIN project AS j ON j.id = m.project_id WHERE m.note IS NOT NULL
UNION ALL SELECT 'project', j.code, y.note, 'outlay' FROM outlay AS y JOIN project AS j ON j.id = y.project_id WHERE y.note IS NOT NULL
/* texts(kind,code,text,which) */;
