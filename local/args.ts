import { parseArgs } from 'node:util';
import { HostError } from './host-error.ts';

export type HostArgs = {
  readonly help: boolean;
  readonly port: number;
  readonly host: string;
  readonly state: string;
  readonly fresh: boolean;
  readonly examples: boolean;
  /** Virtual time to start at, epoch milliseconds. */
  readonly at: number | undefined;
  readonly speed: number | undefined;
  /** Extra functions for tasks of kind `lambda`: name → module file. */
  readonly functions: Readonly<Record<string, string>>;
};

export const usage = `npm start -- [options]

  --port N            port of the console and the API (default 4300; 0 picks a free one)
  --host ADDRESS      address to listen on (default 127.0.0.1)
  --state DIR         folder of the state (default .nightshift)
  --fresh             forget the state and start anew
  --no-examples       do not load the examples
  --at INSTANT        start the virtual clock at, e.g. 2026-03-28T22:50+01:00
  --clock-speed N     virtual seconds per second, 1 to 3600
  --function N=FILE   add a function for tasks of kind lambda (may be repeated)
  --help              show this text`;

/** Reads the command line; every mistake names its option. */
export const readArgs = (argv: readonly string[]): HostArgs => {
  const { values } = parse(argv);
  return {
    help: values.help,
    port: portOf(values.port),
    host: values.host,
    state: values.state,
    fresh: values.fresh,
    examples: !values['no-examples'],
    at: values.at === undefined ? undefined : instantOf(values.at),
    speed: values['clock-speed'] === undefined ? undefined : speedOf(values['clock-speed']),
    functions: Object.fromEntries(values.function.map(functionOf)),
  };
};

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean', default: false },
        port: { type: 'string', default: '4300' },
        host: { type: 'string', default: '127.0.0.1' },
        state: { type: 'string', default: '.nightshift' },
        fresh: { type: 'boolean', default: false },
        'no-examples': { type: 'boolean', default: false },
        at: { type: 'string' },
        'clock-speed': { type: 'string' },
        function: { type: 'string', multiple: true, default: [] },
      },
    });
  } catch (error) {
    throw new HostError(error instanceof Error ? error.message : String(error));
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (text === '' || !Number.isInteger(port) || port < 0 || port > 65535)
    throw new HostError(`--port ${text}: a port is a whole number from 0 to 65535`);
  return port;
}

function instantOf(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || !/(Z|[+-]\d\d:?\d\d)$/.test(text))
    throw new HostError(
      `--at ${text}: an instant has a date, a time and an offset, e.g. 2026-03-28T22:50+01:00`,
    );
  return ms;
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (!(speed >= 1 && speed <= 3600))
    throw new HostError(`--clock-speed ${text}: a speed is a number from 1 to 3600`);
  return speed;
}

function functionOf(text: string): [string, string] {
  const [, name, file] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || file === undefined)
    throw new HostError(
      `--function ${text}: give name=file, e.g. load-orders=tasks/load-orders.mjs`,
    );
  return [name, file];
}
