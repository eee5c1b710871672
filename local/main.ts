import { join } from 'node:path';
import { type HostArgs, readArgs, usage } from './args.ts';
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
  const { build } = await import('../scripts/build.ts');
  await build({ print });
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
  endOnSignal(host);
  tell(host, args);
  if (args.examples) await loadExamples(root, host, print);
};

function tell({ url, clock, credentials, credentialsFile }: Host, { state }: HostArgs): void {
  const { offset, speed } = clock.setting;
  const facts = [
    ['Nightshift', url],
    ['mailbox', `${url}/_local/mailbox`],
    ['credentials', credentials && credentialsFile],
    ['logs', join(state, 'logs')],
    ['clock', offset === 0 && speed === 1 ? undefined : `${clock.iso()}, ${speed} s per second`],
  ];
  print('');
  for (const [name = '', value] of facts) if (value) print(`  ${name.padEnd(12)} ${value}`);
  print('\n  Ctrl-C ends it; the state stays.\n');
}

/** The first signal ends in order, the second at once: the engine ends with this process in any case. */
function endOnSignal(host: Host): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (ending) process.exit(130);
      ending = true;
      print('ending (again to end at once)');
      host.stop().then(
        () => process.exit(0),
        (error) => fail(error),
      );
    });
}

function fail(error: unknown): never {
  console.error(error instanceof HostError ? `nightshift: ${error.message}` : error);
  process.exit(1);
}

main().catch(fail);
