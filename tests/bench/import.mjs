// `./dev bench import`: planfile, the sqlite3 shell and DuckDB import the same CSV, one after the other,
// several times; prints the median of each, its memory, and the ratio of planfile to each rival.
//   node import.mjs PLANFILE GENERATE FOLDER ROWS [RUNS]
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const [planfile, generate, folder, rowsText, runsText = '3'] = process.argv.slice(2);
const rows = Number(rowsText), runs = Number(runsText);
const duckdb = fileURLToPath(new URL('duckdb_import.mjs', import.meta.url));
const at = (name) => join(folder, name);
const remove = (...names) => names.forEach((name) => rmSync(at(name), { force: true }));

// Seconds and MiB of one whole process; a failure ends the benchmark.
function timed(words, input) {
  const began = process.hrtime.bigint();
  const done = spawnSync('/usr/bin/time', ['-f', '%M', ...words], { input, encoding: 'utf8' });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}`);
  return { seconds, mebi: Number(done.stderr.trim().split('\n').at(-1)) / 1024 };
}

const median = (numbers) => numbers.slice().sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function rivals(csv) {
  const sqliteBare = () => {
    remove('rival.db');
    return timed(['sqlite3', at('rival.db')], `.mode csv\n.import --skip 0 ${csv} observation\n`);
  };
  const duck = (form) => () => {
    remove('rival.duckdb', 'rival.duckdb.wal');
    return timed(['node', duckdb, csv, at('rival.duckdb'), form]);
  };
  const fresh = () => {
    copyFileSync(at('names.db'), at('plan.db'));
    return timed([planfile, 'import', at('plan.db'), 'observation', csv]);
  };
  const again = () => timed([planfile, 'import', at('plan.db'), 'observation', csv]);
  return { 'planfile import': fresh, 'planfile, the same again': again, 'sqlite3 .import, bare text': sqliteBare,
           'DuckDB, typed, normalised': duck('plain'), 'DuckDB, with primary key': duck('keyed') };
}

for (const order of ['sorted', 'shuffled']) {
  execFileSync(generate, [folder, rowsText, order]);
  const csv = at(`${order}-${rows}.csv`);
  if (!existsSync(at('names.db'))) execFileSync(planfile, ['build', at('book'), '-o', at('names.db')], { stdio: 'ignore' });
  const tasks = rivals(csv);
  const found = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let run = 0; run < runs; ++run) {
    for (const [name, task] of Object.entries(tasks)) found[name].push(task());
  }
  const ours = median(found['planfile import'].map((one) => one.seconds));
  console.log(`\n${rows.toLocaleString('en')} rows, ${order}, ${(statSync(csv).size / 1e6).toFixed(0)} MB, median of ${runs}`);
  console.log('seconds   MiB  planfile takes');
  for (const [name, all] of Object.entries(found)) {
    const seconds = median(all.map((one) => one.seconds));
    const ratio = name.startsWith('planfile import') ? '' : `${(ours / seconds).toFixed(2)} of it`;
    console.log(`${seconds.toFixed(2).padStart(7)} ${median(all.map((one) => one.mebi)).toFixed(0).padStart(5)}  ${ratio.padEnd(14)}  ${name}`);
  }
  console.log(`        the plan file: ${(statSync(at('plan.db')).size / 1e6).toFixed(0)} MB`);
  remove(`${order}-${rows}.csv`, 'rival.db', 'rival.duckdb', 'plan.db');
}
