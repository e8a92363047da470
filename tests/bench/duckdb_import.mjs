// The rival: DuckDB reads the benchmark's CSV into typed, normalised tables.
//   node duckdb_import.mjs CSV DB plain|keyed
import { DuckDBInstance } from '@duckdb/node-api';

const [csv, db, form] = process.argv.slice(2);
const instance = await DuckDBInstance.create(db, { threads: '2' });
const duck = await instance.connect();
const quoted = csv.replaceAll("'", "''");
const key = form === 'keyed' ? ', PRIMARY KEY (indicator_id, region_id, period_id, source_id)' : '';
const text = ['indicator', 'region', 'period', 'unit', 'status', 'source'];
const columns = `{'indicator': 'VARCHAR', 'region': 'VARCHAR', 'period': 'VARCHAR', 'value': 'DOUBLE',
  'unit': 'VARCHAR', 'status': 'VARCHAR', 'source': 'VARCHAR'}`;
await duck.run(`CREATE TEMP TABLE raw AS FROM read_csv('${quoted}', header = true, columns = ${columns})`);
for (const name of text) {
  await duck.run(`CREATE TABLE ${name} AS
    SELECT CAST(row_number() OVER (ORDER BY code) AS INTEGER) AS id, code
      FROM (SELECT DISTINCT ${name} AS code FROM raw)`);
}
await duck.run(`CREATE TABLE observation (indicator_id INTEGER NOT NULL, region_id INTEGER NOT NULL,
  period_id INTEGER NOT NULL, source_id INTEGER NOT NULL, value DOUBLE, unit_id INTEGER, status_id INTEGER${key})`);
await duck.run(`INSERT INTO observation
  SELECT i.id, r.id, p.id, s.id, raw.value, u.id, t.id
    FROM raw
    JOIN indicator AS i ON i.code = raw.indicator
    JOIN region AS r ON r.code = raw.region
    JOIN period AS p ON p.code = raw.period
    JOIN source AS s ON s.code = raw.source
    JOIN unit AS u ON u.code = raw.unit
    JOIN status AS t ON t.code = raw.status`);
await duck.run('CHECKPOINT');
duck.closeSync();
instance.closeSync();
