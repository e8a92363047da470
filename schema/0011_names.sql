-- 0011_names: every name in the file and every text about a thing, one row each, for finding things.

-- `code` leads to the thing; of a column it is table.column. Queries have their name alone.
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
UNION ALL SELECT 'column', t.table_name || '.' || t.column_name, t.title_en, 'name_en' FROM dictionary AS t WHERE t.column_name <> '';

-- Definitions, notes and the like. Notes of figures and targets count to their indicator, those of milestones and outlays to
-- their project. A query's `about` is taken out of its header; one without such a line is here whole.
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
UNION ALL SELECT 'project', j.code, y.note, 'outlay' FROM outlay AS y JOIN project AS j ON j.id = y.project_id WHERE y.note IS NOT NULL;

-- So that notes are found without reading every figure.
CREATE INDEX observation_note ON observation (note) WHERE note IS NOT NULL;

INSERT INTO dictionary (table_name, column_name, title, title_en, about, about_en) VALUES
  ('names', '', '名称一览', 'Names',
   '文件中每个事物的每个名称：指标、对象、规划、项目、来源、口径、单位、查询、表和列；用于按名称查找代码。',
   'Every name of every indicator, entity, plan, project, source, scope, unit, query, table and column: to find a code by a name.'),
  ('names', 'kind', '种类', 'Kind',
   'indicator 指标，entity 对象，plan 规划，project 项目，source 来源，scope 口径，unit 单位，query 查询，table 表或视图，column 列。',
   'One of indicator, entity, plan, project, source, scope, unit, query, table (or view), column.'),
  ('names', 'code', '代码', 'Code',
   '事物的代码；查询为其名称，列为“表名.列名”。',
   'Code of the thing; the name of a query; table.column of a column.'),
  ('names', 'name', '名称', 'Name', '名称、标题或别名。', 'A name, title or alias.'),
  ('names', 'which', '哪种名称', 'Which name',
   'name 中文名称，name_en 英文名称，alias 别名。',
   'name (Chinese), name_en (English) or alias.'),
  ('texts', '', '说明文字一览', 'Texts',
   '关于各事物的文字：定义、说明、备注、文字目标；数据和目标的备注归入指标，节点和资金的备注归入项目。',
   'Texts about things: definitions, explanations, notes, goals in words; notes of figures and targets count to their indicator, '
   || 'those of milestones and outlays to their project.'),
  ('texts', 'kind', '种类', 'Kind', '同 names。', 'As in names.'),
  ('texts', 'code', '代码', 'Code', '同 names。', 'As in names.'),
  ('texts', 'text', '文字', 'Text', '文字全文。', 'The whole text.'),
  ('texts', 'which', '哪种文字', 'Which text',
   'definition 定义，about 说明（加 _en 为英文），category 类别，note 备注，publisher 发布单位，formula 公式备注，figure 数据备注，'
   || 'target 目标备注，wording 文字目标，milestone 节点备注，outlay 资金备注，text 没有说明行的查询的全文。',
   'definition or about (with _en in English), category, note, publisher; note of a formula, figure, target, milestone or outlay; '
   || 'wording of a target; text of a query that has no about.');
