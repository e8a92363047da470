-- 0001_facts: who and what is measured, and every observed value with where it came from.

-- A document or data set that facts are taken from.
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

-- Whom a figure is about. Regions carry their GB/T 2260 code, all else a code of its own.
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
CREATE INDEX entity_parent ON entity (parent_id);

-- A coverage (口径). The scope with the empty code is the default: the whole entity.
CREATE TABLE scope (
  id         INTEGER PRIMARY KEY,
  code       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL CHECK (name <> ''),
  name_en    TEXT CHECK (name_en <> ''),
  definition TEXT CHECK (definition <> '')
) STRICT;

-- A unit; two units convert into each other only within one dimension.
CREATE TABLE unit (
  id        INTEGER PRIMARY KEY,
  code      TEXT NOT NULL UNIQUE CHECK (code <> ''),
  name_en   TEXT CHECK (name_en <> ''),
  dimension TEXT NOT NULL CHECK (dimension <> ''),
  base      TEXT NOT NULL CHECK (base <> ''),     -- the dimension's base unit
  factor    REAL NOT NULL CHECK (factor > 0),     -- one of this unit in base units
  note      TEXT CHECK (note <> '')
) STRICT;

-- SDMX CL_OBS_STATUS.
CREATE TABLE status (
  code       TEXT PRIMARY KEY CHECK (code <> ''),
  name       TEXT NOT NULL CHECK (name <> ''),
  name_en    TEXT NOT NULL CHECK (name_en <> ''),
  missing    INTEGER NOT NULL CHECK (missing IN (0, 1)),
  precedence INTEGER NOT NULL   -- which value stands first in `latest`: 1 final, 2 provisional, 3 forecast, 9 missing
) STRICT, WITHOUT ROWID;

-- What is measured.
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

-- How an indicator derives from others: one row an operand.
-- value = sum(numerators * coefficient) / sum(denominators * coefficient), both in base units.
CREATE TABLE formula (
  id           INTEGER PRIMARY KEY,
  indicator_id INTEGER NOT NULL REFERENCES indicator (id),
  role         TEXT NOT NULL CHECK (role IN ('numerator', 'denominator')),
  operand_id   INTEGER NOT NULL REFERENCES indicator (id) CHECK (operand_id <> indicator_id),
  coefficient  REAL NOT NULL DEFAULT 1 CHECK (coefficient <> 0),
  note         TEXT CHECK (note <> ''),
  UNIQUE (indicator_id, role, operand_id)
) STRICT;

-- A span of days. Its code is the canonical text of the span, so one span has one row.
CREATE TABLE period (
  id     INTEGER PRIMARY KEY,
  code   TEXT NOT NULL UNIQUE CHECK (code <> ''),
  kind   TEXT NOT NULL CHECK (kind IN ('year', 'half', 'quarter', 'month', 'day', 'years', 'months', 'days')),
  starts TEXT NOT NULL CHECK (starts IS date(starts)),                     -- first day
  ends   TEXT NOT NULL CHECK (ends IS date(ends) AND ends >= starts),      -- last day
  UNIQUE (starts, ends)
) STRICT;

-- What belongs to one line of figures: nothing in a series differs in meaning but the period.
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
CREATE UNIQUE INDEX series_key ON series (indicator_id, entity_id, scope_id, measure, ifnull(among_id, 0));
CREATE INDEX series_entity ON series (entity_id);

-- One import into this file; a book's own rows belong to none.
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

-- One value of a series in a period from a place in a source.
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
