import { describe, expect, it } from 'vitest';
import { BackfillSpec } from '../../../../shared/domain/backfill/backfill.schema.ts';
import { newBackfillDraft, specOfDraft } from './backfill-draft.ts';

const draft = newBackfillDraft('2026-11-19', 'p/w/t');
const parse = (change: object) =>
  BackfillSpec.safeParse(specOfDraft({ ...draft, ...change }, 'prod'));
const pathsOf = (change: object) => parse(change).error?.issues.map(({ path }) => path.join('.'));

describe('the form of a backfill', () => {
  it('asks for yesterday, one date after the other, with the roots alone, when nothing is changed', () => {
    expect(parse({}).data).toMatchObject({
      env: 'prod',
      selection: { roots: ['p/w/t'], mode: 'list', levels: 0, includeRoot: true, skipPaused: true },
      dates: { ranges: [{ from: '2026-11-19', to: '2026-11-19' }] },
      groups: 1,
      order: 'asc',
      when: { kind: 'now' },
    });
  });

  it('N50 refuses 0 and 13 groups at the field', () => {
    for (const groups of ['0', '13', '', 'two']) expect(pathsOf({ groups })).toEqual(['groups']);
    for (const groups of ['1', '12']) expect(parse({ groups }).success).toBe(true);
  });

  it('names the field of an unfinished date, root, hour or start', () => {
    expect(pathsOf({ ranges: [{ from: '2026-11-', to: '2026-11-19' }] })?.[0]).toMatch(/^dates/);
    expect(pathsOf({ roots: 'p' })?.[0]).toMatch(/^selection\.roots/);
    expect(pathsOf({ hoursFrom: '22:00' })).toEqual(['runWindow.to']);
    expect(pathsOf({ when: 'at' })).toEqual(['when.at']);
  });

  it('reads parameters line by line and filters only in massive mode', () => {
    const filters = [{ key: 'PROJECT', op: 'exclude', values: 'a, b' }] as const;
    expect(parse({ parameters: 'x=1\n\nquery=a=b', filters }).data).toMatchObject({
      parameters: { x: '1', query: 'a=b' },
      selection: { filters: [] },
    });
    expect(parse({ below: 'massive', filters }).data?.selection).toMatchObject({
      mode: 'massive',
      levels: 'all',
      filters: [{ key: 'PROJECT', op: 'exclude', values: ['a', 'b'] }],
    });
  });
});
