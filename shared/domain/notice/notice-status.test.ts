import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from './notice.schema.ts';
import { foldedSeqOf, noticeStatusOf } from './notice-status.ts';

const of = (...statuses: Delivery['status'][]) =>
  noticeStatusOf(statuses.map((status) => ({ status })));

describe('the status of a notice', () => {
  it.each([
    [['QUEUED', 'SENT'], 'PENDING'],
    [['SENDING'], 'PENDING'],
    [['SENT', 'DELIVERED'], 'SENT'],
    [['COMPLAINED'], 'SENT'],
    [['SENT', 'FAILED'], 'PARTLY'],
    [['SENT', 'SUPPRESSED'], 'PARTLY'],
    [['FAILED', 'BOUNCED'], 'FAILED'],
    [['FAILED', 'SUPPRESSED'], 'FAILED'],
    [['SUPPRESSED', 'SUPPRESSED'], 'SUPPRESSED'],
    [['SENT', 'UNCONFIRMED'], 'UNCONFIRMED'],
  ] as const)('of %j is %s', (statuses, status) => {
    expect(of(...statuses)).toBe(status);
  });

  it('is its own without deliveries', () => {
    expect(of()).toBeUndefined();
  });

  it('of a newer look is known by the sum of the sequence numbers', () => {
    const look = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(look, fc.array(fc.nat({ max: 4 }), { maxLength: 9 }), (seqs, changes) => {
        const later = [...seqs];
        for (const change of changes)
          later[change % later.length] = (later[change % later.length] ?? 0) + 1;
        const sum = (list: readonly number[]) => foldedSeqOf(list.map((seq) => ({ seq })));
        expect(sum(later) - sum(seqs)).toBe(changes.length);
      }),
    );
  });
});
