import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RetryAllProgress, retryAll } from './retry-all.ts';

const resultOf = (ids: readonly string[]) => ({
  requested: ids.length,
  succeeded: ids.map((id) => ({ id })),
  skipped: [],
  failed: [],
});

describe('retrying all that failed in a filter', () => {
  it('sends every run once, at most 100 in a call, each call under a key of its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(250), { maxLength: 6 }), async (sizes) => {
        const pages = sizes.map((size, n) =>
          Array.from({ length: size }, (_, i) => ({ run: `r${n}-${i}` })),
        );
        const sent: string[] = [];
        const keys: string[] = [];
        let told: RetryAllProgress | undefined;
        await retryAll({
          key: 'k',
          find: async (cursor) => {
            const n = Number(cursor ?? 0);
            return {
              items: pages[n] ?? [],
              cursor: n + 1 < pages.length ? String(n + 1) : undefined,
            };
          },
          send: async (ids, key) => {
            expect(ids.length).toBeLessThanOrEqual(100);
            sent.push(...ids);
            keys.push(key);
            return resultOf(ids);
          },
          onProgress: (progress) => {
            told = progress;
          },
          isStopped: () => false,
        });
        expect(sent).toEqual(pages.flat().map(({ run }) => run));
        expect(new Set(keys).size).toBe(keys.length);
        expect(told?.done).toBe(sent.length);
      }),
    );
  });

  it('sends nothing more once it is stopped', async () => {
    let calls = 0;
    await retryAll({
      key: 'k',
      find: async () => ({ items: [{ run: 'a' }], cursor: 'more' }),
      send: async (ids) => {
        calls += 1;
        return resultOf(ids);
      },
      onProgress: () => {},
      isStopped: () => calls > 0,
    });
    expect(calls).toBe(1);
  });
});
