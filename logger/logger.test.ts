import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { eventsIn } from '../shared/contracts/events/event-in.ts';
import { type LoggerOptions, nightshiftLogger, withLogger } from './logger.ts';
import type { TaskEvent } from './send-on-bus.ts';

const event = { nightshift: { instance: 'prod~shop~w~r~20261119~1~t~1', attempt: 2 } };

type Sent = { batch: string; lines: { text: string; level: string; category?: string }[] };

const setUp = (options: LoggerOptions = {}, fails: (n: number) => boolean = () => false) => {
  const sent: TaskEvent[] = [];
  let calls = 0;
  const log = nightshiftLogger(event, {
    now: () => new Date('2026-11-20T02:00:00.000Z'),
    send: async (each) => {
      calls += 1;
      if (fails(calls)) throw new Error('no network');
      sent.push(each);
    },
    ...options,
  });
  const batches = () =>
    sent.filter(({ type }) => type === 'Task Log').map(({ detail }) => detail as unknown as Sent);
  return {
    log,
    sent,
    batches,
    texts: () => batches().flatMap(({ lines }) => lines.map(({ text }) => text)),
  };
};

describe('the logger of task code', () => {
  it('sends lines with level, category and fields, as the event that the bus takes', async () => {
    const { log, sent } = setUp({ category: 'load' });
    log.info('began', { table: 'orders', rows: 3, whole: true });
    log.with({ category: 'rejects', fields: { run: 7 } }).error(new TypeError('bad'), { n: 1 });
    log.progress({ percent: 50 });
    await log.flush();

    for (const { type, detail } of sent)
      expect(eventsIn[type].safeParse(detail).error).toBe(undefined);
    expect(sent.map(({ type }) => type)).toEqual(['Task Log', 'Task Progress']);
    expect(sent[0]?.detail).toMatchObject({
      ...event.nightshift,
      lines: [
        { level: 'INFO', text: 'began', category: 'load', fields: { table: 'orders', rows: 3 } },
        { level: 'ERROR', category: 'rejects', fields: { run: 7, n: 1 } },
      ],
    });
  });

  it('keeps INFO and above unless told otherwise', async () => {
    const { log, texts } = setUp();
    log.debug('no');
    log.info('yes');
    await log.flush();
    expect(texts()).toEqual(['yes']);

    const chatty = setUp({ level: 'DEBUG' });
    chatty.log.debug('now');
    await chatty.log.flush();
    expect(chatty.texts()).toEqual(['now']);
  });

  it('sends at most 100 lines or 200 KB together, each batch under a name of its own, in order', async () => {
    const { log, batches, texts } = setUp();
    const lines = Array.from({ length: 250 }, (_, n) => `${n} ${'x'.repeat(n % 2 ? 10 : 5_000)}`);
    for (const line of lines) log.info(line);
    await log.flush();

    expect(texts()).toEqual(lines);
    for (const batch of batches()) {
      expect(batch.lines.length).toBeLessThanOrEqual(100);
      expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(210_000);
    }
    expect(new Set(batches().map(({ batch }) => batch)).size).toBe(batches().length);
  });

  it('sends what failed again under the same name, and loses nothing', async () => {
    const tried: string[] = [];
    const { log, texts } = setUp();
    const flaky = nightshiftLogger(event, {
      send: async ({ detail }) => {
        tried.push(String(detail.batch));
        if (tried.length === 1) throw new Error('no network');
      },
    });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    flaky.info('a');
    await flaky.flush();
    flaky.info('b');
    await flaky.flush();
    expect(tried[1]).toBe(tried[0]);
    expect(new Set(tried).size).toBe(2);

    log.info('still');
    await log.flush();
    expect(texts()).toEqual(['still']);
  });

  it('drops what it cannot hold, and a line says how many', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    let down = true;
    const { log, texts } = setUp({}, () => down);
    for (let n = 0; n < 6_000; n += 1) log.info(`line ${n}`);
    await log.flush();
    down = false;
    await log.flush();

    const said = texts();
    const dropped = said.find((text) => text.includes('were dropped'));
    expect(Number(dropped?.split(' ')[0])).toBe(
      6_000 - said.filter((text) => text.startsWith('line')).length,
    );
    expect(said.length).toBeLessThanOrEqual(5_102);
  });

  it('takes whatever it is given without throwing, and what it sends is taken by the bus', async () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.anything(), fc.constant(loop), fc.string({ maxLength: 50_000 })),
        fc.dictionary(fc.string(), fc.anything(), { maxKeys: 60 }),
        fc.string(),
        async (text, fields, category) => {
          const { log, sent } = setUp({ category });
          log.info(text, fields);
          await log.flush();
          for (const { type, detail } of sent)
            expect(eventsIn[type].safeParse(JSON.parse(JSON.stringify(detail))).error).toBe(
              undefined,
            );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('writes to the console when nobody named a task', async () => {
    const spoken = vi.spyOn(console, 'log').mockImplementation(() => {});
    const sent: TaskEvent[] = [];
    const log = nightshiftLogger({ table: 'x' }, { send: async (each) => void sent.push(each) });
    log.warn('alone');
    await log.flush();
    expect(spoken).toHaveBeenCalledWith(expect.stringContaining('alone'));
    expect(sent).toEqual([]);
  });

  it('sends what waits before a wrapped handler answers or fails, and lets its error through', async () => {
    const sent: TaskEvent[] = [];
    const send = async (each: TaskEvent) => void sent.push(each);
    const works = withLogger<typeof event, number>(
      async (_, log) => {
        log.info('in');
        return 4;
      },
      { send },
    );
    await expect(works(event)).resolves.toBe(4);
    expect(sent).toHaveLength(1);

    const breaks = withLogger<typeof event, never>(() => Promise.reject(new Error('boom')), {
      send,
    });
    await expect(breaks(event)).rejects.toThrow('boom');
    expect(JSON.stringify(sent.at(-1))).toContain('boom');
  });
});
