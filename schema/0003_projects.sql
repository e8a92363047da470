-- 0003_projects: projects, platforms and programmes, their dated steps and their money.

-- OC4IDS projectStatus.
CREATE TABLE stage (
  code     TEXT PRIMARY KEY CHECK (code <> ''),
  name     TEXT NOT NULL CHECK (name <> ''),
  name_en  TEXT NOT NULL CHECK (name_en <> ''),
  position INTEGER NOT NULL UNIQUE,                 -- along a project's life; cancelled stands last
  terminal INTEGER NOT NULL CHECK (terminal IN (0, 1))
) STRICT, WITHOUT ROWID;

-- OC4IDS projectSector; a dotted code is part of the one before the dot.
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
CREATE INDEX project_entity ON project (entity_id);
CREATE INDEX project_parent ON project (parent_id);

-- A dated step. Dates are periods, so that a step known to the month or year is no false day.
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

-- Money of a project in a period: planned and spent line up.
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
