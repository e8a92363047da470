-- 0009_passing: which planfile brought the file to its schema, and what it held when it was shipped.
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

INSERT INTO dictionary (table_name, column_name, title, title_en, about, about_en) VALUES
  ('file', '', '文件', 'File',
   '哪个版本的 planfile 把本文件更新到当前结构，仅一行。',
   'Which planfile brought this file to its schema; one row.'),
  ('file', 'id', '编号', 'Number',
   '恒为 1。',
   'Always 1.'),
  ('file', 'schema', '结构版本', 'Schema version',
   '与 PRAGMA user_version 相同。',
   'The same as PRAGMA user_version.'),
  ('file', 'version', '软件版本', 'Version',
   '写入本结构的 planfile 的版本。',
   'The version of planfile that wrote this schema.'),
  ('manifest', '', '清单', 'Manifest',
   '本文件发出（ship）时的内容，供 verify 核对；未发出过的文件没有清单。',
   'What the file held when it was shipped, for verify to compare; empty in a file that never was.'),
  ('manifest', 'table_name', '表', 'Table',
   '表名；整个文件的一行为空。',
   'The table; empty for the whole file.'),
  ('manifest', 'key', '自然键', 'Key',
   '行的自然键，JSON 数组；观测值按序列（指标、对象、口径、度量、比较范围）；整张表的一行为空。',
   'The row''s natural key as a JSON array; observations by series (indicator, entity, scope, measure, among); empty for the whole table.'),
  ('manifest', 'rows', '行数', 'Rows',
   '行数。',
   'How many rows.'),
  ('manifest', 'hash', '校验值', 'Hash',
   '各行内容的校验值之和（XXH3，128 位），与顺序和编号无关；整个文件为 SHA-256。',
   'The sum of the rows'' hashes (XXH3, 128 bits), whatever their order and ids; of the whole file SHA-256.'),
  ('manifest', 'marks', '行标记', 'Marks',
   '序列中每行的期间、来源和短校验值，用来指出是哪一行变了。',
   'Period, source and a short hash of each row of a series, to tell which one differs.');
