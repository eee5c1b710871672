import { benchBundles } from './bundles.ts';
import { benchCost } from './cost.ts';
import { benchCrash } from './crash.ts';
import { benchLine } from './line.ts';
import { benchStart } from './start.ts';
import { benchUnits } from './units.ts';
import { benchWfFormat } from './wfformat.ts';

const benches: Readonly<Record<string, (argument?: string) => Promise<boolean>>> = {
  bundles: benchBundles,
  cost: benchCost,
  crash: benchCrash,
  line: benchLine,
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
