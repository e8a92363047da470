#pragma once

namespace planfile {

// Every name by which a thing of a table may be called, and its code. A name may be NULL.
inline constexpr const char* kNames = R"(
SELECT 'source' AS kind, code AS name, code FROM source
UNION ALL SELECT 'source', title, code FROM source
UNION ALL SELECT 'entity', code, code FROM entity
UNION ALL SELECT 'entity', name, code FROM entity WHERE successor_id IS NULL
UNION ALL SELECT 'entity', name_en, code FROM entity WHERE successor_id IS NULL
UNION ALL SELECT 'scope', code, code FROM scope
UNION ALL SELECT 'scope', name, code FROM scope
UNION ALL SELECT 'unit', code, code FROM unit
UNION ALL SELECT 'indicator', code, code FROM indicator
UNION ALL SELECT 'indicator', name, code FROM indicator
UNION ALL SELECT 'indicator', name_en, code FROM indicator
UNION ALL SELECT 'plan', code, code FROM plan
UNION ALL SELECT 'plan', name, code FROM plan
UNION ALL SELECT 'plan', name_en, code FROM plan
UNION ALL SELECT 'project', code, code FROM project
UNION ALL SELECT 'project', name, code FROM project
UNION ALL SELECT 'project', name_en, code FROM project
UNION ALL SELECT 'status', code, code FROM status
UNION ALL SELECT 'stage', code, code FROM stage
UNION ALL SELECT 'stage', name, code FROM stage
UNION ALL SELECT 'sector', code, code FROM sector
UNION ALL SELECT 'query', name, name FROM query WHERE origin = 'planfile'
UNION ALL SELECT 'import', CAST(id AS TEXT), CAST(id AS TEXT) FROM import
UNION ALL
SELECT a.kind, a.name, coalesce(i.code, e.code, u.code, p.code)
  FROM alias AS a
  LEFT JOIN indicator AS i ON i.id = a.indicator_id
  LEFT JOIN entity AS e ON e.id = a.entity_id
  LEFT JOIN unit AS u ON u.id = a.unit_id
  LEFT JOIN project AS p ON p.id = a.project_id)";

}  // namespace planfile
