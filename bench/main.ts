import { benchCrash } from './crash.ts';
import { benchUnits } from './units.ts';
import { benchWfFormat } from './wfformat.ts';

const benches: Readonly<Record<string, (argument?: string) => Promise<boolean>>> = {
  crash: benchCrash,
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
