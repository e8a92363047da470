// Adds to the book of `bench_generate` what the saved queries ask about beside observations: places within places,
// directions and kinds, formulas, plans with targets, projects with milestones and money.
//   import { enrich } from './query_book.mjs'; enrich(FOLDER)
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const regions = 100, mostPlanned = 40, projects = 5000;
const region = (at) => `r${String(at).padStart(3, '0')}`;
const indicator = (at) => `ind-${String(at).padStart(4, '0')}`;

// A province, nine prefectures in it, and ninety counties in those.
function entities() {
  const rows = ['code,name,kind,parent'];
  for (let at = 0; at < regions; ++at) {
    const kind = at === 0 ? 'province' : at < 10 ? 'prefecture' : 'county';
    const parent = at === 0 ? '' : at < 10 ? region(0) : region(1 + (at % 9));
    rows.push(`${region(at)},第${at}区,${kind},${parent}`);
  }
  return rows;
}

// The generator's indicators, not all of them stocks that had better rise.
function indicators(folder) {
  const [, ...given] = readFileSync(join(folder, 'indicator.csv'), 'utf8').trim().split('\n');
  return ['code,name,unit,direction,kind', ...given.map((row, at) => {
    const [code, name, unit] = row.split(',');
    const kind = unit === '%' ? 'ratio' : at % 4 === 3 || at % 3 === 0 ? 'flow' : 'stock';
    return [code, name, unit, at % 5 === 4 ? 'lower' : 'higher', kind].join(',');
  })];
}

// Of those in units that divide: a tenth of the indicators are a ratio of two others.
function formulas(count) {
  const rows = ['indicator,role,operand,coefficient'];
  for (let at = 0; at + 40 < count; at += 10) {
    rows.push(`${indicator(at)},numerator,${indicator(at + 20)},1`, `${indicator(at)},denominator,${indicator(at + 40)},1`);
  }
  return rows;
}

// Two plans for each region; each sets targets to indicators that are told by the year.
function plans(indicators) {
  const plan = ['code,name,entity,period,source'];
  const target = ['plan,indicator,entity,period,value,nature,base_value,base_period,claim,category,number'];
  const count = Math.min(mostPlanned, Math.floor(indicators / 4));
  for (let at = 0; at < regions; ++at) {
    for (const [name, from, to, base] of [['13th', 2016, 2020, 2015], ['14th', 2021, 2025, 2020]]) {
      plan.push(`${region(at)}-${name},第${at}区${name}规划,${region(at)},${from}/${to},source-0`);
      for (let place = 0; place < (name === '13th' ? count / 2 : count); ++place) {
        const scale = [900, 60000, 60, 80, 4000][place * 4 % 5];
        const low = place * 4 % 5 === 4;
        target.push([`${region(at)}-${name}`, indicator(place * 4), region(at), to, (low ? '<=' : '') + scale * (low ? 0.8 : 1.2),
                     place % 3 ? 'expected' : 'binding', scale * (1 + (place * 7 + at) % 10 / 50), base,
                     name === '13th' && place % 2 ? 'met' : '', ['economy', 'society', 'environment'][place % 3], place + 1].join(','));
      }
    }
  }
  return { plan, target };
}

function projectTables() {
  const project = ['code,name,entity,sector,kind,stage,investment,unit,source'];
  const milestone = ['project,kind,planned,actual,source'];
  const outlay = ['project,period,planned,spent,unit,source'];
  const stages = ['identification', 'preparation', 'implementation', 'completion', 'maintenance'];
  const sectors = ['economy', 'transport', 'health', 'education', 'energy'];
  for (let at = 0; at < projects; ++at) {
    const code = `project-${at}`;
    project.push([code, `第${at}号项目`, region(at % regions), sectors[at % 5], 'project', stages[at % 5], 1 + at % 97, '亿元', 'source-0'].join(','));
    milestone.push([code, 'start', `202${at % 4}-0${1 + at % 9}`, at % 3 ? `202${at % 4 + at % 2}-0${1 + at % 9}` : '', 'source-0'].join(','));
    milestone.push([code, 'completed', `202${4 + at % 4}-0${1 + at % 9}`, '', 'source-0'].join(','));
    outlay.push([code, '2024', 1 + at % 9, at % 9, '亿元', 'source-0'].join(','));
  }
  return { project, milestone, outlay };
}

export function enrich(folder) {
  const indicator = indicators(folder);
  const tables = { entity: entities(), indicator, formula: formulas(indicator.length - 1), ...plans(indicator.length - 1), ...projectTables() };
  for (const [name, rows] of Object.entries(tables)) writeFileSync(join(folder, `${name}.csv`), rows.join('\n') + '\n');
}
