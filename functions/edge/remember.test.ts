import { describe, expect, it } from 'vitest';
import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import { remember } from './remember.ts';

describe('a remembered answer', () => {
  const start = (answers: (string | undefined | Error)[], seconds: number) => {
    let now = 0;
    let asked = 0;
    const load = async () => {
      const answer = answers[asked];
      asked += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const find = remember(load, { seconds, clock: () => isoOf(now) });
    return { find, asked: () => asked, wait: (ms: number) => (now += ms) };
  };

  it('is used again for its time, also by those who ask meanwhile', async () => {
    const { find, asked, wait } = start(['a', 'b'], 2);
    expect(await Promise.all([find('k'), find('k')])).toEqual(['a', 'a']);
    wait(1999);
    expect(await find('k')).toBe('a');
    wait(1);
    expect(await find('k')).toBe('b');
    expect(asked()).toBe(2);
  });

  it('is kept for each key', async () => {
    const { find } = start(['a', 'b'], Infinity);
    expect([await find('k'), await find('l'), await find('k')]).toEqual(['a', 'b', 'a']);
  });

  it('is neither a failure nor an absence', async () => {
    const { find } = start([new Error('no'), undefined, 'c'], Infinity);
    await expect(find('k')).rejects.toThrow('no');
    expect(await find('k')).toBeUndefined();
    expect(await find('k')).toBe('c');
  });
});
