import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type HostArgs, readArgs, usage } from './args.ts';
import { endOnSignal, fail } from './end-on-signal.ts';
import { type Host, startHost } from './host.ts';
import { HostError } from './host-error.ts';
import { loadExamples } from './load-examples.ts';
import { synthesize } from './synthesize.ts';
import { startWebServer } from './web-server.ts';

const root = join(import.meta.dirname, '..');
const print = (line: string): void => console.log(line);

const main = async (): Promise<void> => {
  const args = readArgs(process.argv.slice(2));
  if (args.help) return print(usage);

  // A busy port is worth knowing before a minute of building.
  await (await startWebServer(args.host, args.port)).close();
  await build();
  const assembly = await synthesize(root, print);
  const host = await startHost({
    assembly,
    site: join(root, 'dist', 'site'),
    state: args.state,
    fresh: args.fresh,
    host: args.host,
    port: args.port,
    clock: { at: args.at, speed: args.speed },
    functions: args.functions,
  });
  endOnSignal(host, print);
  tell(host, args);
  if (args.examples) await loadExamples(args.state, host, print);
};

/** In a process of its own: bundlers leave half a gigabyte of heap behind. */
function build(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'build.ts')], { stdio: 'inherit' });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code) => (code === 0 ? done() : failed(new HostError('the build failed'))));
  });
}

function tell({ url, clock, credentials, credentialsFile }: Host, { state }: HostArgs): void {
  const { offset, speed } = clock.setting;
  const facts = [
    ['Nightshift', url],
    ['mailbox', `${url}/_local/mailbox`],
    ['messages', `${url}/_local/messages`],
    ['credentials', credentials && credentialsFile],
    ['logs', join(state, 'logs')],
    ['clock', offset === 0 && speed === 1 ? undefined : `${clock.iso()}, ${speed} s per second`],
  ];
  print('');
  for (const [name = '', value] of facts) if (value) print(`  ${name.padEnd(12)} ${value}`);
  print('\n  Ctrl-C ends it; the state stays.\n');
}

main().catch(fail);
