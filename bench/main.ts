import { benchBackfill } from './backfill.ts';
import { benchBulk } from './bulk.ts';
import { benchBundles } from './bundles.ts';
import { benchCost } from './cost.ts';
import { benchCrash } from './crash.ts';
import { benchDownstream } from './downstream.ts';
import { benchLine } from './line.ts';
import { benchLists } from './lists.ts';
import { benchLogs } from './logs.ts';
import { benchSimulate } from './simulate.ts';
import { benchStart } from './start.ts';
import { benchUnits } from './units.ts';
import { benchWfFormat } from './wfformat.ts';

const benches: Readonly<Record<string, (argument?: string) => Promise<boolean>>> = {
  backfill: benchBackfill,
  bulk: benchBulk,
  bundles: benchBundles,
  cost: benchCost,
  crash: benchCrash,
  downstream: benchDownstream,
  line: benchLine,
  lists: benchLists,
  logs: benchLogs,
  simulate: benchSimulate,
  start: benchStart,
  units: benchUnits,
  wfformat: benchWfFormat,
};

const [name = '', argument] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  console.error(`usage: npm run bench -- <${Object.keys(benches).join(' | ')}> [argument]`);
  process.exit(2);
}
process.exit((await bench(argument)) ? 0 : 1);
