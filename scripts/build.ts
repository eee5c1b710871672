import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions as EsbuildOptions, build as esbuild, type Metafile } from 'esbuild';
import { bundleFolder, type FunctionName, functionNames } from '../infra/function-shapes.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

/** Native packages: they stay outside a bundle and are copied beside it, for Lambda on x86_64. */
const native = {
  external: '@duckdb/*',
  needs: '@duckdb/node-api',
  packages: ['@duckdb/node-api', '@duckdb/node-bindings', '@duckdb/node-bindings-linux-x64'],
};

/**
 * Ways to find credentials that a Lambda never goes: it gets them as variables, which the SDK tries first. Their code comes
 * along by an import that is never reached, a seventh of a bundle; Lambda's own SDK and `node_modules` still have it.
 */
const otherCredentials = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

export interface BuildOptions {
  /** Whether the console is built, too. @default true, when there is one */
  readonly site?: boolean;
  /** Where progress goes. @default nowhere */
  readonly print?: (line: string) => void;
}

/**
 * Bundles every function into `dist/functions` and the console into `dist/site`; whatever is up to date is left alone.
 * Throws when infra names a function that has no entry, or an entry is named by nobody.
 */
export const build = async ({
  site = true,
  print = () => {},
}: BuildOptions = {}): Promise<void> => {
  checkEntries();
  await Promise.all([
    step('functions', ['functions', 'shared'], () => bundleFunctions(print), print),
    site && existsSync(join(root, 'web/vite.config.ts'))
      ? step('site', ['web', 'shared'], buildSite, print)
      : undefined,
  ]);
};

/** Runs a step unless the stamp in `dist` says that its inputs are those of the last time. */
async function step(
  name: string,
  folders: readonly string[],
  work: () => Promise<void>,
  print: (line: string) => void,
): Promise<void> {
  const stampFile = join(dist, `.${name}.stamp`);
  const stamp = stampOf(folders);
  const isThere = existsSync(stampFile) && existsSync(join(dist, name));
  if (isThere && (await readFile(stampFile, 'utf8')) === stamp) {
    print(`${name}: up to date`);
    return;
  }
  const startedAt = performance.now();
  await rm(stampFile, { force: true });
  await work();
  await writeFile(stampFile, stamp);
  print(`${name}: built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** A hash over everything that the output depends on; tests do not reach it. */
function stampOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  const files = folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,css,html,json,svg,png}`, { cwd: root }))
    .filter((file) => !/\.test\.tsx?$|node_modules/.test(file));
  for (const file of [
    ...files,
    'package-lock.json',
    'docs/generated/openapi.json',
    'infra/function-shapes.ts',
    'scripts/build.ts',
  ].toSorted())
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

function checkEntries(): void {
  const entries = new Set(globSync('functions/*/*.lambda.ts', { cwd: root }).map(nameOf));
  const problems = [
    ...functionNames
      .filter((name) => !entries.has(name))
      .map((name) => `${entryOf(name)} does not exist`),
    ...[...entries]
      .filter((name) => !functionNames.some((known) => known === name))
      .map((name) => `infra/function-shapes.ts does not name functions/${name}.lambda.ts`),
  ];
  if (problems.length > 0)
    throw new Error(`cannot build the functions:\n  ${problems.join('\n  ')}`);
}

async function bundleFunctions(print: (line: string) => void): Promise<void> {
  const sizes = await Promise.all(functionNames.map(bundle));
  for (const size of sizes) print(size);
}

async function bundle(name: FunctionName): Promise<string> {
  const folder = join(dist, bundleFolder(name));
  const outfile = join(folder, 'index.mjs');
  const { metafile } = await esbuild({ ...settings, entryPoints: [entryOf(name)], outfile });
  if (usesNative(metafile)) await copyNativePackages(folder);

  const code = await readFile(outfile);
  return `  ${name.padEnd(20)} ${kilobytes(code.length)} (gzip ${kilobytes(gzipSync(code).length)})`;
}

const settings = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  sourcemap: false,
  metafile: true,
  legalComments: 'none',
  mainFields: ['module', 'main'],
  external: [native.external, ...otherCredentials],
  // Packages in CommonJS inside an ES module still ask for `require`.
  banner: {
    js: "import{createRequire as nightshiftRequire}from'node:module';const require=nightshiftRequire(import.meta.url);",
  },
} as const satisfies EsbuildOptions;

const usesNative = ({ outputs }: Metafile): boolean =>
  Object.values(outputs).some(({ imports }) =>
    imports.some(({ external, path }) => external === true && path.startsWith(native.needs)),
  );

async function copyNativePackages(folder: string): Promise<void> {
  for (const name of native.packages) {
    const from = join(root, 'node_modules', name);
    // On another platform npm installs another binding, which Node finds above this folder; only a deploy needs this one.
    if (!existsSync(from)) continue;
    const to = join(folder, 'node_modules', name);
    await mkdir(dirname(to), { recursive: true });
    await cp(from, to, { recursive: true, dereference: true });
  }
}

async function buildSite(): Promise<void> {
  const vite = await import('vite');
  await vite.build({
    root: join(root, 'web'),
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: join(dist, 'site'), emptyOutDir: true },
  });
}

const nameOf = (entry: string): string =>
  `${basename(dirname(entry))}/${basename(entry, '.lambda.ts')}`;
const entryOf = (name: FunctionName): string => `functions/${name}.lambda.ts`;
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;

if (import.meta.main) {
  try {
    await build({ site: !process.argv.includes('--no-site'), print: console.log });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
