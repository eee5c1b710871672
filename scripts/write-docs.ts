import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedDocs, generatedFolder } from './docs/generated-docs.ts';
import { staleDocs } from './docs/stale-docs.ts';

/** `npm run docs` writes every generated page; with `--check` nothing is written and a stale page ends it with 1. */
const docs = generatedDocs();

if (process.argv.includes('--check')) {
  const stale = staleDocs(docs);
  for (const { file, why } of stale) console.error(`${file} ${why}: run "npm run docs"`);
  if (stale.length > 0) process.exit(1);
  console.log(`${docs.size} generated pages are up to date`);
} else {
  rmSync(generatedFolder, { recursive: true, force: true });
  for (const [file, text] of docs) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`${docs.size} pages written`);
}
