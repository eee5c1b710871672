import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Host } from './host.ts';

/** What `examples/load.ts` gets: the address of the API, tokens, and a place to say what happens. */
export type ExampleSurroundings = {
  readonly url: string;
  readonly token: () => Promise<string>;
  /** The host's time, epoch milliseconds. */
  readonly now: () => number;
  readonly print: (line: string) => void;
};

/** Loads the examples when there are some. Failing is told, not fatal: the host is of use without them. */
export const loadExamples = async (root: string, host: Host, print: (line: string) => void): Promise<void> => {
  const file = join(root, 'examples', 'load.ts');
  if (!existsSync(file)) return;
  try {
    const { loadExamples: load } = (await import(pathToFileURL(file).href)) as {
      loadExamples: (surroundings: ExampleSurroundings) => Promise<void>;
    };
    await load({ url: host.url, token: host.token, now: host.clock.now, print });
  } catch (error) {
    print(`the examples could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
};
