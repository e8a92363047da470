-- 0002_plans: plans and what they ask of a series.

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

-- What a plan asks of a series by the end of a period. Goals that differ from place to place
-- in the sources are targets of their own.
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
CREATE INDEX target_series ON target (series_id);
CREATE INDEX target_import ON target (import_id) WHERE import_id IS NOT NULL;
