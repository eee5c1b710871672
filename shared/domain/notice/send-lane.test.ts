import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds, secondsBetween } from '../kernel/calendar-day.ts';
import {
  assumedQuota,
  cooled,
  isQuotaOld,
  isSandbox,
  laneOf,
  type SendLane,
  type SendQuota,
  takeTokens,
  usedUp,
  warmed,
} from './send-lane.ts';

const at = '2026-11-20T02:00:00.000Z';
const quota = (fields: Partial<SendQuota> = {}): SendQuota => ({
  perSecond: 10,
  perDay: 1000,
  sent: 0,
  readAt: at,
  ...fields,
});
const laneAfter = (want: number, fields: Partial<SendQuota> = {}): SendLane =>
  takeTokens(undefined, want, at, quota(fields)).lane;

describe('a lane', () => {
  it('is one for all mails, and one for each room', () => {
    expect(laneOf({ channel: 'mail', to: 'a@b.c' })).toBe(laneOf({ channel: 'mail', to: 'd@e.f' }));
    expect(laneOf({ channel: 'slack', to: 'x' })).not.toBe(laneOf({ channel: 'slack', to: 'y' }));
  });

  it('never lets more through than the rate, whoever asks when', () => {
    const asks = fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 3000 }),
        want: fc.integer({ min: 1, max: 30 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.constantFrom(0.5, 1, 14, 100), asks, (perSecond, list) => {
        const rate = quota({ perSecond, perDay: -1 });
        let lane: SendLane | undefined;
        let now = at;
        let sum = 0;
        for (const { after, want } of list) {
          now = plusSeconds(now, after / 1000);
          const taken = takeTokens(lane, want, now, rate);
          lane = taken.lane;
          sum += taken.grant.granted;
          expect(sum).toBeLessThanOrEqual(
            Math.max(1, perSecond) + secondsBetween(at, now) * perSecond + 1e-6,
          );
        }
      }),
    );
  });

  it('lets through all there is to the rate when it is asked again as told', () => {
    let lane: SendLane | undefined;
    let now = at;
    let sum = 0;
    while (secondsBetween(at, now) < 60) {
      const taken = takeTokens(lane, 10, now, quota({ perDay: -1 }));
      lane = taken.lane;
      sum += taken.grant.granted;
      if (taken.grant.granted === 0 && 'until' in taken.grant) now = taken.grant.until;
    }
    expect(sum).toBeGreaterThanOrEqual(600);
  });

  it('never lets through more than those of the day, and says when to ask again', () => {
    const { grant } = takeTokens(
      laneAfter(10, { perDay: 10 }),
      5,
      plusSeconds(at, 60),
      quota({ perDay: 10 }),
    );
    expect(grant).toEqual({ granted: 0, why: 'quota', until: plusSeconds(at, 300) });
    const fresh = quota({ perDay: 10, sent: 4, readAt: plusSeconds(at, 300) });
    expect(takeTokens(laneAfter(10, { perDay: 10 }), 9, plusSeconds(at, 300), fresh).grant).toEqual(
      {
        granted: 6,
      },
    );
  });

  it('is left alone for 1 s, doubling to a minute, until the provider accepts again', () => {
    let lane = laneAfter(1);
    const waits = Array.from({ length: 8 }, () => {
      lane = cooled(lane, at, 'throttled');
      return secondsBetween(at, lane.coolUntil ?? at);
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(takeTokens(lane, 1, plusSeconds(at, 59), quota()).grant).toMatchObject({ why: 'wait' });
    expect(takeTokens(lane, 1, plusSeconds(at, 61), quota()).grant).toEqual({ granted: 1 });
    expect(warmed(lane).failures).toBe(0);
    expect(warmed(lane)).not.toHaveProperty('coolUntil');
  });

  it('believes the provider when that says that the day is used up', () => {
    const { grant } = takeTokens(usedUp(laneAfter(1)), 1, plusSeconds(at, 10), quota());
    expect(grant).toMatchObject({ granted: 0, why: 'quota' });
  });

  it('gains nothing from a clock that lags behind', () => {
    const lane = takeTokens(laneAfter(10), 1, plusSeconds(at, -30), quota()).lane;
    expect(lane.at).toBe(at);
  });

  it('asks for the quota again after five minutes, and takes an unknown one for the sandbox', () => {
    expect(isQuotaOld(laneAfter(1), plusSeconds(at, 299))).toBe(false);
    expect(isQuotaOld(laneAfter(1), plusSeconds(at, 300))).toBe(true);
    expect(isSandbox(assumedQuota('mail', at))).toBe(true);
    expect(isSandbox(quota())).toBe(false);
  });
});
