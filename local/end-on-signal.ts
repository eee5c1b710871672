import type { Host } from './host.ts';
import { HostError } from './host-error.ts';

/** The first signal ends in order, the second at once; the engine ends with this process in any case. */
export const endOnSignal = (host: Host, print: (line: string) => void): void => {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (ending) process.exit(130);
      ending = true;
      print('ending (again to end at once)');
      host.stop().then(() => process.exit(0), fail);
    });
};

/** Ends the process: one line for what the user can mend, everything for what is our mistake. */
export const fail = (error: unknown): never => {
  console.error(error instanceof HostError ? `nightshift: ${error.message}` : error);
  process.exit(1);
};
