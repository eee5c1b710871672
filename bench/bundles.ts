import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from '../scripts/build.ts';

const root = join(import.meta.dirname, '..');
const tries = 5;
const apiKb = 300;

/** Sizes of the bundles and of the console, and how long each API bundle takes to import in a fresh process. */
export const benchBundles = async (): Promise<boolean> => {
  await build({ print: () => {} });
  console.log('bundle | gzip kB | import ms (median of 5)');
  let fine = true;
  for (const file of globSync(join(root, 'dist/functions/*/index.mjs')).toSorted()) {
    const name = basename(dirname(file));
    const kb = gzipSync(readFileSync(file)).length / 1024;
    const isApi = name.startsWith('api-') || name.startsWith('publish-');
    console.log(`${name} | ${kb.toFixed(0)} | ${importMs(file).toFixed(0)}`);
    fine &&= !isApi || kb <= apiKb;
  }
  const site = globSync(join(root, 'dist/site/assets/*.{js,css}'));
  const all = site.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1024;
  console.log(`console, every chunk | ${all.toFixed(0)} |`);
  return fine;
};

/** Variables stand in for what Lambda gives; nothing is called. */
const environment = Object.fromEntries(
  [
    ...['CATALOG', 'INSTANCES', 'LOGS', 'LEDGER', 'VIEWS'].map((name) => `${name}_TABLE`),
    ...['BULK', 'DISPATCH', 'GENERATION', 'RUN_EXPRESS', 'RUN_STANDARD'].map(
      (name) => `${name}_MACHINE`,
    ),
    ...['BUS_NAME', 'DATA_BUCKET', 'DEAD_LETTERS', 'DEAD_LETTER_QUEUES'],
  ].map((name) => [name, 'x']),
);

const importMs = (file: string): number => {
  const code = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t); process.exit(0)`;
  const times = Array.from({ length: tries }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', code], {
        env: { PATH: process.env.PATH, AWS_REGION: 'us-east-1', ...environment },
        encoding: 'utf8',
      }),
    ),
  );
  return times.toSorted((a, b) => a - b)[Math.floor(tries / 2)] ?? 0;
};
