import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesize } from '../../local/synthesize.ts';
import { mailCrashRun } from './mail-crash-run.ts';

const root = join(import.meta.dirname, '..', '..');

describe('a host that is killed while it sends mails, with SES throttling and replies lost', () => {
  it('sends each mail once, or says that nobody knows; loses none; and bars the address that bounced', async () => {
    const notices = 24;
    const report = await mailCrashRun(await synthesize(root, () => {}), notices);
    console.log(report);
    expect(report).toMatchObject({
      queued: 3 * notices,
      deaths: 2,
      doubled: [],
      claimedOnly: [],
      unsaid: [],
      open: 0,
    });
    const { SUPPRESSED = 0, BOUNCED = 0, UNCONFIRMED = 0, ...others } = report.statuses;
    expect(BOUNCED).toBeGreaterThan(0);
    expect(SUPPRESSED).toBeGreaterThan(0);
    expect(Object.keys(others).toSorted()).toEqual(['DELIVERED']);
    const { DELIVERED = 0 } = others;
    expect(report.accepted).toBeGreaterThanOrEqual(DELIVERED + BOUNCED);
    expect(report.accepted).toBeLessThanOrEqual(DELIVERED + BOUNCED + UNCONFIRMED);
  }, 600_000);
});
