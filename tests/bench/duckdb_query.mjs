// The rival of `./dev bench query`: DuckDB with two threads and tables of its own, filled from a plan file's rows, and for each
// case the statement that answers the core of the same question. It has no summary of series: it counts on reading rows fast.
import { DuckDBInstance } from '@duckdb/node-api';
import { execFileSync } from 'node:child_process';
import { openSync, closeSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const tables = {
  observation: `series_id INTEGER, period_id INTEGER, source_id INTEGER, locator VARCHAR, value DOUBLE, high DOUBLE,
    comparator VARCHAR, status VARCHAR, printed VARCHAR`,
  series: `id INTEGER, indicator_id INTEGER, entity_id INTEGER, scope_id INTEGER, measure VARCHAR, among_id INTEGER, unit_id INTEGER`,
  period: 'id INTEGER, code VARCHAR, kind VARCHAR, starts DATE, ends DATE',
  indicator: 'id INTEGER, code VARCHAR, name VARCHAR, direction VARCHAR, kind VARCHAR',
  entity: 'id INTEGER, code VARCHAR, name VARCHAR, kind VARCHAR, parent_id INTEGER',
  unit: 'id INTEGER, code VARCHAR',
  source: 'id INTEGER, code VARCHAR, published DATE',
  status: 'code VARCHAR, precedence INTEGER',
  formula: 'indicator_id INTEGER, role VARCHAR, operand_id INTEGER, coefficient DOUBLE',
  plan: 'id INTEGER, code VARCHAR, entity_id INTEGER',
  target: `id INTEGER, plan_id INTEGER, series_id INTEGER, period_id INTEGER, value DOUBLE, comparator VARCHAR, nature VARCHAR,
    base_value DOUBLE, base_period_id INTEGER, category VARCHAR`,
};

// Opens an empty DuckDB file in `folder` and fills it with the rows of `plan`.
export async function fill(folder, plan) {
  const at = (name) => join(folder, name);
  for (const name of ['rival.duckdb', 'rival.duckdb.wal']) rmSync(at(name), { force: true });
  const instance = await DuckDBInstance.create(at('rival.duckdb'), { threads: '2' });
  const duck = await instance.connect();
  for (const [table, columns] of Object.entries(tables)) {
    const names = columns.split(',').map((column) => column.trim().split(' ')[0]);
    const csv = openSync(at('rival.csv'), 'w');
    execFileSync('sqlite3', ['-readonly', '-csv', plan, `SELECT ${names.join(', ')} FROM "${table}"`], { stdio: ['ignore', csv, 'inherit'] });
    closeSync(csv);
    const types = columns.split(',').map((column) => column.trim().split(' ')).map(([name, type]) => `'${name}': '${type}'`);
    await duck.run(`CREATE TABLE ${table} AS FROM read_csv('${at('rival.csv')}', header = false, columns = {${types.join(', ')}})`);
  }
  rmSync(at('rival.csv'));
  await duck.run('CHECKPOINT');
  return duck;
}

const preference = `CASE p.kind WHEN 'year' THEN 1 WHEN 'half' THEN 2 WHEN 'months' THEN 3 WHEN 'quarter' THEN 4 WHEN 'month' THEN 5
  WHEN 'years' THEN 6 WHEN 'day' THEN 7 ELSE 8 END`;
const alike = `p.kind || date_diff('month', p.starts, p.ends) || CASE WHEN p.kind = 'months' THEN month(p.starts) ELSE 0 END`;
const rank = "CASE WHEN e.kind IN ('district', 'county', 'city') THEN 'county' ELSE e.kind END";
export const ofIndicator = (code) => `s.indicator_id = (SELECT id FROM indicator WHERE code = '${code}')`;
export const ofEntity = (code) => `s.entity_id = (SELECT id FROM entity WHERE code = '${code}')`;
const ofPlan = (code) => `t.plan_id = (SELECT id FROM plan WHERE code = '${code}')`;
const plansOf = (code) => `t.plan_id IN (SELECT n.id FROM plan AS n JOIN entity AS e ON e.id = n.entity_id WHERE e.code = '${code}')`;
const popular = "s.indicator_id IN (SELECT id FROM indicator ORDER BY code LIMIT 10)";

// The figure that speaks for each series and period, as in the view `best`.
const best = (which = 'true') => `(SELECT o.series_id, o.period_id, o.value, t.precedence, s.indicator_id, s.entity_id, s.scope_id
    FROM observation AS o JOIN series AS s ON s.id = o.series_id JOIN status AS t ON t.code = o.status JOIN source AS d ON d.id = o.source_id
   WHERE ${which}
 QUALIFY row_number() OVER (PARTITION BY o.series_id, o.period_id ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence,
                            d.published DESC NULLS LAST, d.code, o.locator) = 1)`;
// The same of figures that are no forecasts, which are fewer.
const figures = (which) => best(`${which} AND s.measure = 'level' AND t.precedence < 3`);

const newest = (which) => `SELECT b.series_id, p.code AS period, b.value, i.name AS indicator_name, e.name AS entity_name
    FROM ${best(which)} AS b JOIN period AS p ON p.id = b.period_id JOIN indicator AS i ON i.id = b.indicator_id
    JOIN entity AS e ON e.id = b.entity_id
 QUALIFY row_number() OVER (PARTITION BY b.series_id ORDER BY greatest(b.precedence, 2), p.ends DESC, ${preference}, p.starts) = 1
   ORDER BY i.code, e.code`;

const ranking = (which, top) => `
WITH scored AS (SELECT b.indicator_id, b.entity_id, b.period_id, b.value, ${rank} AS rank, p.ends, p.starts, ${preference} AS preference,
                       if(i.direction = 'lower', -1, 1) AS sign
                  FROM ${figures(which)} AS b JOIN entity AS e ON e.id = b.entity_id JOIN period AS p ON p.id = b.period_id
                  JOIN indicator AS i ON i.id = b.indicator_id),
list AS (SELECT indicator_id, rank, period_id FROM scored GROUP BY indicator_id, rank, period_id HAVING count(value) > 1
       QUALIFY row_number() OVER (PARTITION BY indicator_id, rank ORDER BY max(ends) DESC, max(preference), max(starts)) = 1),
member AS (SELECT DISTINCT s.indicator_id, s.entity_id, ${rank} AS rank FROM series AS s JOIN entity AS e ON e.id = s.entity_id WHERE ${which})
SELECT m.indicator_id, m.entity_id, CASE WHEN s.value IS NOT NULL
         THEN rank() OVER (PARTITION BY m.indicator_id, m.rank ORDER BY s.value IS NULL, s.sign * s.value DESC) END AS place
  FROM member AS m JOIN list AS l ON l.indicator_id = m.indicator_id AND l.rank = m.rank
  LEFT JOIN scored AS s ON s.indicator_id = m.indicator_id AND s.entity_id = m.entity_id AND s.period_id = l.period_id
 ${top ? `QUALIFY place <= ${top}` : ''} ORDER BY 1, 3`;

const progress = (which) => `
SELECT t.id, t.plan_id, t.nature, t.category, g.value AS latest_value, (g.value - t.base_value) / (t.value - t.base_value) AS done,
       date_diff('day', b.ends, g.ends) / date_diff('day', b.ends, k.ends) AS time_gone,
       CASE WHEN g.value IS NULL THEN 'not_computable'
            WHEN if(t.comparator = '<=', g.value <= t.value, g.value >= t.value) THEN 'met'
            WHEN done >= time_gone THEN 'on_pace' WHEN done < 0 THEN 'moved_away' ELSE 'behind' END AS verdict
  FROM target AS t JOIN period AS k ON k.id = t.period_id LEFT JOIN period AS b ON b.id = t.base_period_id
  LEFT JOIN (SELECT x.id, f.value, p.ends
               FROM target AS x JOIN ${figures('s.id IN (SELECT t.series_id FROM target AS t WHERE ' + which + ')')} AS f ON f.series_id = x.series_id
               JOIN period AS p ON p.id = f.period_id JOIN period AS k ON k.id = x.period_id
              WHERE p.ends <= k.ends AND p.kind = 'year'
            QUALIFY row_number() OVER (PARTITION BY x.id ORDER BY p.ends DESC) = 1) AS g ON g.id = t.id
 WHERE ${which}`;

const coverage = (which) => `
SELECT b.series_id, p.kind, count(DISTINCT year(p.ends)) FILTER (WHERE b.value IS NOT NULL AND b.precedence < 3) AS years,
       min(year(p.ends)) FILTER (WHERE b.value IS NOT NULL) AS first_year, max(year(p.ends)) FILTER (WHERE b.value IS NOT NULL) AS last_year
  FROM ${best(which)} AS b JOIN period AS p ON p.id = b.period_id
 GROUP BY b.series_id, p.kind`;

const growth = (which) => `
WITH figure AS (SELECT b.series_id, b.value, p.kind, p.starts, p.ends FROM ${figures(`${which} AND o.value IS NOT NULL`)} AS b JOIN period AS p ON p.id = b.period_id)
SELECT f.series_id, f.ends, f.value, CASE WHEN u.code NOT IN ('%', '‰') THEN 100 * (f.value / g.value - 1) END AS growth
  FROM figure AS f JOIN series AS s ON s.id = f.series_id JOIN unit AS u ON u.id = s.unit_id
  LEFT JOIN figure AS g ON g.series_id = f.series_id AND g.kind = f.kind AND g.starts = f.starts - INTERVAL 1 YEAR
   AND last_day(g.ends) = last_day(f.ends - INTERVAL 1 YEAR)`;

const share = (which) => `
WITH figure AS (SELECT b.indicator_id, b.entity_id, b.value, b.period_id, e.parent_id, ${rank} AS rank, p.ends, p.starts, ${preference} AS preference
                  FROM ${figures(which)} AS b JOIN entity AS e ON e.id = b.entity_id JOIN period AS p ON p.id = b.period_id),
party AS (SELECT f.indicator_id, f.parent_id, f.rank, f.period_id, sum(f.value) AS total, any_value(w.value) AS whole
            FROM figure AS f LEFT JOIN figure AS w ON w.entity_id = f.parent_id AND w.period_id = f.period_id AND w.indicator_id = f.indicator_id
           WHERE f.parent_id IS NOT NULL GROUP BY f.indicator_id, f.parent_id, f.rank, f.period_id HAVING count(f.value) > 1 OR count(w.value) > 0
         QUALIFY row_number() OVER (PARTITION BY f.indicator_id, f.parent_id, f.rank ORDER BY max(f.ends) DESC, max(f.preference), max(f.starts)) = 1)
SELECT s.indicator_id, e.id, 100 * f.value / p.whole AS share_of_whole, 100 * f.value / p.total AS share_of_peers
  FROM series AS s JOIN entity AS e ON e.id = s.entity_id
  JOIN party AS p ON p.indicator_id = s.indicator_id AND p.parent_id = e.parent_id AND p.rank = ${rank}
  LEFT JOIN figure AS f ON f.indicator_id = s.indicator_id AND f.entity_id = e.id AND f.period_id = p.period_id
 WHERE ${which} AND s.measure = 'level'`;

const gap = (which) => `
WITH figure AS (SELECT b.indicator_id, b.entity_id, b.period_id, b.value, ${rank} AS rank
                  FROM ${figures(which)} AS b JOIN entity AS e ON e.id = b.entity_id),
party AS (SELECT f.indicator_id, f.rank, f.period_id, count(f.value) AS entities, avg(f.value) AS average, stddev_pop(f.value) AS deviation,
                 if(any_value(i.direction) = 'lower', min(f.value), max(f.value)) AS best
            FROM figure AS f JOIN indicator AS i ON i.id = f.indicator_id GROUP BY ALL)
SELECT f.indicator_id, f.entity_id, f.period_id, f.value / p.best AS ratio_to_best, f.value - p.average AS to_average, p.deviation,
       CASE WHEN p.entities > 1 THEN p.average END AS average
  FROM figure AS f JOIN party AS p ON p.indicator_id = f.indicator_id AND p.rank = f.rank AND p.period_id = f.period_id
 WHERE (f.indicator_id, f.rank) IN (SELECT indicator_id, rank FROM party WHERE entities > 1)`;

const correlation = (code) => `
WITH first AS (SELECT b.entity_id, b.period_id, b.value, ${rank} AS rank, p.ends
                 FROM ${figures(ofIndicator(code))} AS b JOIN entity AS e ON e.id = b.entity_id JOIN period AS p ON p.id = b.period_id),
newest AS (SELECT rank, period_id FROM first GROUP BY rank, period_id HAVING count(value) > 2 QUALIFY row_number() OVER (PARTITION BY rank ORDER BY max(ends) DESC) = 1)
SELECT y.indicator_id, x.rank, round(corr(x.value, y.value), 6) AS pearson, count(*) AS n
  FROM first AS x JOIN newest AS w ON w.rank = x.rank AND w.period_id = x.period_id
  JOIN ${figures(`NOT ${ofIndicator(code)} AND o.period_id IN (SELECT period_id FROM newest)`)} AS y ON y.entity_id = x.entity_id AND y.period_id = x.period_id
  JOIN indicator AS i ON i.id = y.indicator_id AND i.kind <> 'rank'
 WHERE x.value IS NOT NULL AND y.value IS NOT NULL
 GROUP BY ALL HAVING count(*) > 2 ORDER BY abs(pearson) DESC`;

const conflicts = (which) => `
SELECT s.id, a.period_id, b.value - a.value AS difference
  FROM observation AS a JOIN series AS s ON s.id = a.series_id
  JOIN series AS z ON z.indicator_id = s.indicator_id AND z.entity_id = s.entity_id AND z.measure = s.measure AND z.among_id IS NOT DISTINCT FROM s.among_id
  JOIN observation AS b ON b.series_id = z.id AND b.period_id = a.period_id
 WHERE ${which} AND (s.scope_id, a.source_id, a.locator) < (z.scope_id, b.source_id, b.locator)
   AND (a.value <> b.value OR a.high IS DISTINCT FROM b.high OR a.comparator <> b.comparator)`;

// Levels far from the median of their own series, or of their peers in the same period.
const outliers = (which) => `
WITH level AS (SELECT b.series_id, b.period_id, b.value, b.indicator_id, ${rank} AS rank
                 FROM ${best(`${which} AND s.measure = 'level' AND o.value IS NOT NULL`)} AS b JOIN entity AS e ON e.id = b.entity_id),
past AS (SELECT series_id, median(value) AS median FROM level GROUP BY ALL),
peers AS (SELECT indicator_id, rank, period_id, median(value) AS median FROM level GROUP BY ALL)
SELECT l.series_id, l.period_id, l.value
  FROM level AS l JOIN past AS a ON a.series_id = l.series_id
  JOIN peers AS p ON p.indicator_id = l.indicator_id AND p.rank = l.rank AND p.period_id = l.period_id
 WHERE l.value / a.median NOT BETWEEN 0.05 AND 20 OR l.value / p.median NOT BETWEEN 0.05 AND 20`;

const rows = (which) => `SELECT i.name AS indicator_name, e.name AS entity_name, p.code AS period, o.value, o.status, d.code AS source
    FROM observation AS o JOIN series AS s ON s.id = o.series_id JOIN indicator AS i ON i.id = s.indicator_id JOIN entity AS e ON e.id = s.entity_id
    JOIN period AS p ON p.id = o.period_id JOIN source AS d ON d.id = o.source_id
   WHERE ${which} ORDER BY i.code, e.code, p.starts, p.ends, d.code`;

const provenance = (which) => `SELECT i.name, e.name, p.code, o.value, d.code, row_number() OVER (PARTITION BY o.series_id, o.period_id
         ORDER BY o.value IS NULL, o.comparator <> '=', t.precedence, d.published DESC NULLS LAST, d.code, o.locator) = 1 AS speaks
    FROM observation AS o JOIN series AS s ON s.id = o.series_id JOIN indicator AS i ON i.id = s.indicator_id JOIN entity AS e ON e.id = s.entity_id
    JOIN period AS p ON p.id = o.period_id JOIN source AS d ON d.id = o.source_id JOIN status AS t ON t.code = o.status
   WHERE ${which} ORDER BY i.code, e.code, p.starts, p.ends, d.code`;

const streaks = (which) => `
WITH placed AS (SELECT b.entity_id, ${rank} AS rank, p.starts, row_number() OVER (PARTITION BY b.entity_id ORDER BY p.starts) AS number,
                       rank() OVER (PARTITION BY ${rank}, b.period_id ORDER BY if(i.direction = 'lower', b.value, -b.value)) AS place
                  FROM ${figures(`${which} AND o.value IS NOT NULL`)} AS b JOIN entity AS e ON e.id = b.entity_id JOIN period AS p ON p.id = b.period_id
                  JOIN indicator AS i ON i.id = b.indicator_id),
run AS (SELECT entity_id, starts, year(starts) - row_number() OVER (PARTITION BY entity_id ORDER BY starts) AS run FROM placed WHERE place = 1 AND rank <> 'province')
SELECT entity_id, min(starts) AS first, count(*) AS length FROM run GROUP BY entity_id, run HAVING count(*) > 1`;

const summary = `SELECT (SELECT count(*) FROM observation) AS observations, (SELECT count(*) FROM series) AS series,
  (SELECT count(DISTINCT indicator_id) FROM series), (SELECT count(DISTINCT entity_id) FROM series), (SELECT count(*) FROM target),
  (SELECT min(p.starts) FROM observation AS o JOIN period AS p ON p.id = o.period_id),
  (SELECT max(p.ends) FROM observation AS o JOIN period AS p ON p.id = o.period_id)`;

const verdicts = (which) => `SELECT plan_id, category, nature, count(*) AS targets, count(*) FILTER (WHERE verdict = 'on_pace') AS on_pace,
    count(*) FILTER (WHERE verdict = 'behind') AS behind, count(*) FILTER (WHERE verdict = 'met') AS met
    FROM (${progress(which)}) GROUP BY GROUPING SETS ((plan_id), (plan_id, category), (plan_id, nature))`;

const view = (which) => `SELECT count(*) AS rows, sum(b.value) AS value FROM ${best(which)} AS b`;

// What each is asked: [query or SQL, parameters, column to add up, DuckDB's statement, its column]. Rows and sums must agree.
const one = 'ind-0004', place = 'r037', plan = 'r037-14th', every = 'true';
export const restricted = [
  ['value-latest', { indicator: one }, 'value', newest(ofIndicator(one)), 'value'],
  ['value-latest', { entity: place }, 'value', newest(ofEntity(place)), 'value'],
  ['entity-ranking', { indicator: one }, 'place', ranking(ofIndicator(one)), 'place'],
  ['target-progress', { plan }, 'latest_value', progress(ofPlan(plan)), 'latest_value'],
  ['target-progress', { entity: place }, 'latest_value', progress(plansOf(place)), 'latest_value'],
  ['target-warning', { plan }, '', progress(ofPlan(plan)), ''],
  ['target-required', { plan }, '', progress(ofPlan(plan)), ''],
  ['plan-summary', { plan }, 'targets', verdicts(ofPlan(plan)), 'targets'],
  ['value-growth', { indicator: one }, 'growth_exact', growth(ofIndicator(one)), 'growth'],
  ['entity-share', { indicator: one }, 'share_of_peers', share(ofIndicator(one)), 'share_of_peers'],
  ['entity-gap', { indicator: one }, 'average', gap(ofIndicator(one)), 'average'],
  ['entity-streaks', { indicator: one, by: 'value' }, 'length', streaks(ofIndicator(one)), 'length'],
  ['indicator-coverage', { entity: place }, 'years', coverage(ofEntity(place)), 'years'],
  ['indicator-correlation', { indicator: one }, 'pearson', correlation(one), 'pearson'],
  ['value-outliers', { indicator: one }, '', outliers(ofIndicator(one)), ''],
  ['value-conflicts', { entity: place }, '', conflicts(ofEntity(place)), ''],
  ['value-provenance', { entity: place }, 'value', provenance(ofEntity(place)), 'value'],
  ['indicator-series', { indicator: one }, 'value', rows(ofIndicator(one)), 'value'],
  ['indicator-series', { entity: place }, 'value', rows(ofEntity(place)), 'value'],
  ['entity-indicators', { entity: place }, 'value', newest(`${ofEntity(place)} AND s.measure = 'level'`), 'value'],
  [`SELECT indicator, period, value FROM latest WHERE entity = '${place}'`, null, 'value', `SELECT b.* FROM ${best(ofEntity(place))} AS b`, 'value'],
];
export const whole = [
  ['value-latest', {}, 'value', newest(every), 'value'],
  ['entity-ranking', {}, 'place', ranking(popular, 3), 'place'],
  ['target-progress', {}, 'latest_value', progress(every), 'latest_value'],
  ['target-warning', {}, '', progress(every), ''],
  ['target-required', {}, '', progress(every), ''],
  ['plan-summary', {}, 'targets', verdicts(every), 'targets'],
  ['value-growth', {}, 'growth_exact', growth(every), 'growth'],
  ['indicator-coverage', {}, 'years', coverage(every), 'years'],
  ['value-outliers', {}, '', outliers(every), ''],
  ['value-conflicts', {}, '', conflicts(every), ''],
  ['entity-indicators', {}, 'value', newest("s.measure = 'level'"), 'value'],
  ['file-summary', {}, '', summary, null],
  ['SELECT count(*), sum(value) AS value FROM best', null, 'value', view(every), 'value'],
];
