-- 0004_provenance: other names, former values, and the queries and dictionary that travel with the file.

-- Another name of an indicator, entity, unit or project, by which input may call it.
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

-- A former state of a row that was changed, or that a row was not there before an import brought it.
CREATE TABLE revision (
  id         INTEGER PRIMARY KEY,
  import_id  INTEGER REFERENCES import (id),   -- the one that changed it; NULL: changed by hand
  at         TEXT CHECK (at IS strftime('%Y-%m-%dT%H:%M:%SZ', at)),   -- UTC; when, where no import says it
  table_name TEXT NOT NULL CHECK (table_name <> ''),
  key        TEXT NOT NULL,    -- natural key by column, JSON
  former     TEXT,             -- the whole row as a book would hold it, JSON; NULL: there was none
  CHECK ((import_id IS NULL) = (at IS NOT NULL))
) STRICT;
CREATE INDEX revision_key ON revision (table_name, key);
CREATE INDEX revision_import ON revision (import_id);

-- A saved query. `text` holds its header too, so it is whole wherever it goes.
CREATE TABLE query (
  name   TEXT PRIMARY KEY CHECK (name <> ''),
  origin TEXT NOT NULL CHECK (origin IN ('planfile', 'user')),
  text   TEXT NOT NULL CHECK (text <> '')
) STRICT, WITHOUT ROWID;

-- What a table or view (column_name '') or one of its columns means.
CREATE TABLE dictionary (
  table_name  TEXT NOT NULL,
  column_name TEXT NOT NULL,
  title       TEXT NOT NULL CHECK (title <> ''),        -- a short label in Chinese
  title_en    TEXT NOT NULL CHECK (title_en <> ''),
  about       TEXT NOT NULL CHECK (about <> ''),        -- a sentence in Chinese
  about_en    TEXT NOT NULL CHECK (about_en <> ''),
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;
