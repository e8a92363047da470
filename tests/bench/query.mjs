// `./dev bench query`: builds a plan file of ROWS observations, 100 regions and 6,000 targets, and times the saved queries on it,
// asked of one indicator, entity or plan and asked of the whole file, beside DuckDB answering the core of the same question.
// Both are warm and in one process each; a query is compiled anew each time. Then it times whole commands on the example.
//   node query.mjs PLANFILE GENERATE FOLDER ROWS [RUNS]
import { execFileSync, spawn } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { fill, restricted, whole } from './duckdb_query.mjs';
import { enrich } from './query_book.mjs';

const [planfile, generate, data, rowsText, runsText = '3'] = process.argv.slice(2);
const folder = join(data, 'query'), runs = Number(runsText);
const at = (name) => join(folder, name);
const quietly = { stdio: ['ignore', 'ignore', 'inherit'] };
const median = (numbers) => numbers.slice().sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function makeFile() {
  for (const order of ['sorted', 'again']) execFileSync(generate, [folder, rowsText, order], quietly);
  enrich(at('book'));
  execFileSync(planfile, ['build', at('book'), '-o', at('asked.db'), '--force'], { stdio: 'ignore' });
  for (const order of ['sorted', 'again']) {
    execFileSync(planfile, ['import', at('asked.db'), 'observation', at(`${order}-${rowsText}.csv`)], { stdio: 'ignore' });
    rmSync(at(`${order}-${rowsText}.csv`));
  }
}

// One process that answers task after task.
function opened(file) {
  const child = spawn(join(dirname(generate), 'bench_query'), [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (task) => {
    child.stdin.write(JSON.stringify(task) + '\n');
    const { value, done } = await lines.next();
    if (done) throw new Error(`no answer to ${JSON.stringify(task)}`);
    return JSON.parse(value);
  };
  return { ask, close: () => child.stdin.end() };
}

// DuckDB keeps the answer as a table, so that no time is lost in handing over rows.
async function duckTime(duck, statement, column) {
  const began = process.hrtime.bigint();
  await duck.run(`CREATE OR REPLACE TEMP TABLE answer AS ${statement}`);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const told = await duck.runAndReadAll(`SELECT count(*), ${column ? `CAST(sum(${column}) AS DOUBLE)` : '0'} FROM answer`);
  const [rows, sum] = told.getRows()[0];
  return { seconds, rows: Number(rows), sum: sum ?? 0 };
}

const near = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
const ms = (seconds) => (1000 * seconds).toFixed(1).padStart(9);

// Both in turn, so that a busy moment of the machine falls on both; a run of more than ten seconds is not repeated.
async function compared(file, duck, [query, parameters, sum, statement, column]) {
  const task = parameters ? { query, parameters, sum } : { sql: query, sum };
  const ours = [], theirs = [];
  let a, b;
  // One to warm up.
  for (let run = 0; run <= runs; ++run) {
    a = await file.ask(task);
    b = await duckTime(duck, statement, column);
    if (run > 0 || a.seconds[0] > 10) ours.push(a.seconds[0]);
    if (run > 0 || a.seconds[0] > 10) theirs.push(b.seconds);
    if (a.seconds[0] > 10) break;
  }
  const name = parameters ? [query, ...Object.entries(parameters).map((pair) => pair.join('='))].join(' ') : query;
  const agree = column === null || a.rows === b.rows && near(a.sum, b.sum);
  return { name, ours: median(ours), theirs: median(theirs), rows: a.rows, note: agree ? '' : `; DuckDB: ${b.rows} rows, sum ${b.sum}, not ${a.sum}` };
}

async function table(title, file, duck, cases, allowed) {
  console.log(`\n${title}\n planfile    DuckDB   ratio     rows`);
  const missed = [];
  for (const one of cases) {
    const it = await compared(file, duck, one);
    const hit = it.ours <= it.theirs || it.ours < allowed;
    if (!hit) missed.push(it.name);
    console.log(`${ms(it.ours)} ${ms(it.theirs)} ${(it.ours / it.theirs).toFixed(2).padStart(7)} ${String(it.rows).padStart(8)}  ${hit ? ' ' : '*'} ${it.name}${it.note}`);
  }
  console.log(`${cases.length - missed.length} of ${cases.length} as fast as wanted; * marks the others`);
}

// Whole commands on the example, the start of the program included.
function commands() {
  execFileSync(planfile, ['build', 'data/shaoxing', '-o', at('example.db'), '--force'], { stdio: 'ignore' });
  const names = execFileSync(planfile, ['queries', at('example.db'), '--format', 'csv'], { encoding: 'utf8' })
    .split('\n').slice(1).map((line) => line.split(',').find((cell) => /^[a-z]+(-[a-z]+)+$/.test(cell))).filter(Boolean);
  const taken = names.map((name) => {
    const times = Array.from({ length: 5 * runs }, () => {
      const began = process.hrtime.bigint();
      execFileSync(planfile, ['run', at('example.db'), name], { stdio: 'ignore' });
      return Number(process.hrtime.bigint() - began) / 1e6;
    });
    return [median(times), name];
  }).sort((a, b) => b[0] - a[0]);
  console.log(`\nwhole commands on the example, ${names.length} queries, ms: median ${median(taken.map(([time]) => time)).toFixed(1)}; the slowest:`);
  for (const [time, name] of taken.slice(0, 8)) console.log(`${time.toFixed(1).padStart(9)}   ${time > 20 ? '*' : ' '} ${name}`);
}

if (!process.env.PLANFILE_BENCH_KEEP) makeFile();
const duck = await fill(folder, at('asked.db'));
const file = opened(at('asked.db'));
const { seconds, ...size } = await file.ask({ sql: 'SELECT sum(observations) AS rows FROM series', sum: 'rows' });
console.log(`${size.sum.toLocaleString('en')} observations, ${(statSync(at('asked.db')).size / 1e6).toFixed(0)} MB, milliseconds, median of ${runs}`);
await table('of one indicator, entity or plan (wanted: no slower than DuckDB, or under 50 ms)', file, duck, restricted, 0.05);
await table('of the whole file (wanted: no slower than DuckDB)', file, duck, whole, 0);
file.close();
duck.closeSync();
commands();
rmSync(at('rival.duckdb'), { force: true });
