import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Host, type HostOptions, startHost } from './host.ts';
import { putThing, readNotes, untilNotes } from './testing/notes.ts';
import { type TinyApp, writeTinyApp } from './testing/tiny-app.ts';

let app: TinyApp | undefined;
let host: Host | undefined;
afterEach(async () => {
  await host?.stop();
  app?.remove();
  host = undefined;
  app = undefined;
});

const start = async (options: HostOptions = {}): Promise<Host> => {
  app ??= writeTinyApp();
  host = await startHost({ assembly: app.assembly, site: app.site, state: app.state, ...options });
  return host;
};
const seen = (notes: readonly Record<string, unknown>[]): unknown[] =>
  notes.map(({ pk }) => pk).toSorted();

describe('streams', () => {
  it('reach their consumers filtered, in order, with numbers that sort as text', async () => {
    const { endpoints } = await start();
    for (const pk of ['THING#1', 'OTHER#1', 'THING#2', 'THING#3'])
      await putThing(endpoints.dynamodb, pk);
    const notes = await untilNotes(endpoints.dynamodb, 'seen', 3);
    const inOrder = notes.toSorted((a, b) => String(a.sequence).localeCompare(String(b.sequence)));
    expect(inOrder.map(({ pk }) => pk)).toEqual(['THING#1', 'THING#2', 'THING#3']);
  });

  it('come again from the record that was reported as failed', async () => {
    const { endpoints } = await start();
    for (const pk of ['THING#1', 'THING#bad', 'THING#3']) await putThing(endpoints.dynamodb, pk);
    const notes = await untilNotes(endpoints.dynamodb, 'seen', 3);
    expect(seen(notes)).toEqual(['THING#1', 'THING#3', 'THING#bad']);
  });

  it('are delivered twice when a test doubles the batches', async () => {
    const { endpoints } = await start({ reshape: (batch) => [batch, batch] });
    await putThing(endpoints.dynamodb, 'THING#1');
    const notes = await untilNotes(endpoints.dynamodb, 'seen', 2);
    expect(seen(notes)).toEqual(['THING#1', 'THING#1']);
  });

  it('go on where they stopped after an ordered end', async () => {
    const first = await start();
    await putThing(first.endpoints.dynamodb, 'THING#1');
    await untilNotes(first.endpoints.dynamodb, 'seen', 1);
    await first.stop();
    const second = await start();
    await putThing(second.endpoints.dynamodb, 'THING#2');
    await untilNotes(second.endpoints.dynamodb, 'seen', 2);
    await sleep(200);
    expect(seen(await readNotes(second.endpoints.dynamodb, 'seen'))).toEqual([
      'THING#1',
      'THING#2',
    ]);
  });

  it('tell a tumbling window its shard, carry its state and close it', async () => {
    const { endpoints } = await start();
    for (let index = 0; index < 5; index += 1) {
      await putThing(endpoints.dynamodb, `THING#${index}`);
      await sleep(50);
    }
    await sleep(2500);
    const windows = await readNotes(endpoints.dynamodb, 'window');
    expect(windows.reduce((sum, { count }) => sum + Number(count), 0)).toBe(5);
    expect(windows.every(({ shardId }) => typeof shardId === 'string' && shardId !== '')).toBe(
      true,
    );
  });
});
