import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { type OpenTables, openTables } from '../../tests/faults/open-tables.ts';
import { type LedgerStore, ledgerStore } from './ledger-store.ts';

const at = '2026-11-20T02:00:00.000Z';

describe.each([
  ['directly', undefined],
  ['through the fault proxy', 53],
])('the ledger, %s', (_, seed) => {
  let open: OpenTables;
  let ledger: LedgerStore;

  beforeAll(async () => {
    open = await openTables({ seed });
    ledger = ledgerStore({ client: open.client, table: open.tables.ledger });
  });
  afterAll(() => open.close());

  it('keeps an audit entry once, under its object and its day', async () => {
    const entry = (n: number) => ({
      id: `e${n}`,
      at: plusSeconds(at, n),
      actor: 'ann',
      action: 'rerun',
      object: 'workflow:p/w',
      project: 'p',
    });
    await ledger.addAudit([entry(1), entry(2)]);
    await ledger.addAudit([entry(2)]);
    const ofObject = await ledger.listAudit({ object: 'workflow:p/w' });
    expect(ofObject.items).toEqual([entry(2), entry(1)]);
    const ofDay = await ledger.listAudit({ project: 'p', day: '2026-11-20' }, { limit: 1 });
    expect(ofDay.items).toEqual([entry(2)]);
    const rest = await ledger.listAudit(
      { project: 'p', day: '2026-11-20' },
      { cursor: ofDay.cursor },
    );
    expect(rest.items).toEqual([entry(1)]);
  });

  it('has one line per generated date and shows a hole', async () => {
    const line = (bizDate: string) => ({
      env: 'prod' as const,
      project: 'p',
      bizDate,
      generationId: `g-${bizDate}`,
      cutoffAt: at,
      startedAt: at,
    });
    expect(await ledger.beginGeneration(line('2026-11-17'))).toBe(true);
    expect(await ledger.beginGeneration(line('2026-11-17'))).toBe(false);
    await ledger.beginGeneration(line('2026-11-19'));
    const lines = await ledger.lastGenerations('prod', 'p', 5);
    expect(lines.map(({ bizDate }) => bizDate)).toEqual(['2026-11-19', '2026-11-17']);
  });

  it('counts what each generation of a date created once', async () => {
    const day = { env: 'prod' as const, project: 'counted', bizDate: '2026-11-19' };
    await ledger.beginGeneration({ ...day, generationId: 'g1', cutoffAt: at, startedAt: at });
    const end = { expected: 9, created: 9, existing: 0, edges: 4, finishedAt: at };
    await ledger.finishGeneration(day, 'g1', end);
    await ledger.finishGeneration(day, 'g1', end);
    expect(await ledger.findGeneration('prod', 'counted', day.bizDate)).toMatchObject(end);
    await ledger.finishGeneration(day, 'g2', { ...end, created: 1, existing: 9, expected: 10 });
    expect(await ledger.findGeneration('prod', 'counted', day.bizDate)).toMatchObject({
      created: 10,
      existing: 9,
    });
  });

  it('W21: lets one of several equal requests act and gives the others its answer', async () => {
    const claims = await Promise.all([1, 2, 3].map(() => ledger.claimKey('k', 'digest', at)));
    expect(claims.filter(({ claim }) => claim === 'mine')).toHaveLength(1);
    expect(claims.filter(({ claim }) => claim === 'busy')).toHaveLength(2);

    await ledger.answerKey('k', 'digest', { status: 202, body: '{}' }, at);
    expect(await ledger.claimKey('k', 'digest', at)).toEqual({
      claim: 'done',
      response: { status: 202, body: '{}' },
    });
    expect(await ledger.claimKey('k', 'something else', at)).toEqual({ claim: 'other' });
  });

  it('lets go of a key whose holder never answered, and of one that is a day old', async () => {
    await ledger.claimKey('dead', 'digest', at);
    expect(await ledger.claimKey('dead', 'digest', plusSeconds(at, 30))).toEqual({ claim: 'busy' });
    expect(await ledger.claimKey('dead', 'digest', plusSeconds(at, 61))).toEqual({ claim: 'mine' });

    await ledger.answerKey('dead', 'digest', { status: 200, body: '' }, at);
    expect(await ledger.claimKey('dead', 'new', plusSeconds(at, 86_401))).toEqual({
      claim: 'mine',
    });
  });
});
