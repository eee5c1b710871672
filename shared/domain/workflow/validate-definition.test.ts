import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ValidateOptions, validateDefinition } from './validate-definition.ts';

const problemsOf = (input: unknown, options?: ValidateOptions) => {
  const result = validateDefinition(input, options);
  return result.ok ? [] : result.error;
};
const codesOf = (input: unknown, options?: ValidateOptions) =>
  problemsOf(input, options).map(({ code }) => code);

const daily = { every: 'day', at: '02:00' };
const withTasks = (...tasks: object[]) => ({ workflow: 'w', schedule: daily, tasks });
const withTask = (task: object) => withTasks({ name: 't', kind: 'noop', ...task });

describe('validation of a definition', () => {
  it('fills in defaults and the short form of upstreams', () => {
    const result = validateDefinition(
      withTasks({ name: 'a', kind: 'noop' }, { name: 'b', kind: 'noop', upstreams: ['a'] }),
    );
    expect(result.ok && result.value.tasks[1]).toMatchObject({
      priority: 'MIDDLE',
      upstreams: [{ task: 'a', period: 'current' }],
    });
  });

  it('answers with all problems at once, each with its path', () => {
    const problems = problemsOf({
      workflow: 'not a key',
      schedule: { every: 'day', at: '25:00' },
      tasks: [
        { name: 'a', kind: 'noop', priority: 'URGENT' },
        { name: 'a', kind: 'http' },
        { name: 'b', kind: 'noop', upstreams: ['nobody'], retries: { count: 99 } },
        { name: 'c', kind: 'noop', upstreams: ['nobody'] },
        { name: 'd', kind: 'teleport' },
      ],
    });

    expect(problems.map(({ path }) => path)).toEqual([
      'workflow',
      'schedule.at',
      'tasks[0].priority',
      'tasks[1].url',
      'tasks[2].retries.count',
      'tasks[4].kind',
      'tasks[1].name',
      'tasks[3].upstreams[0].task',
    ]);
  });

  it.each([
    [{ name: 7 }, 'tasks[0].name', 'name must be a text'],
    [{ timeoutSeconds: 0 }, 'tasks[0].timeoutSeconds', 'timeoutSeconds must be at least 1'],
    [
      { priority: 'TOP' },
      'tasks[0].priority',
      'priority must be one of LOWEST, LOW, MIDDLE, HIGH, HIGHEST',
    ],
    [
      { kind: 'teleport' },
      'tasks[0].kind',
      'kind must be one of lambda, http, sql, check, wait, noop, branch, approval',
    ],
    [{ kind: 'http' }, 'tasks[0].url', 'url is missing; give a text'],
    [{ upstreams: 'a' }, 'tasks[0].upstreams', 'upstreams must be a list'],
    [{ upstreams: [7] }, 'tasks[0].upstreams[0]', 'upstreams[0] must be a text, or an object'],
    [
      { upstreams: [{ task: 'a', period: { last: 99 } }] },
      'tasks[0].upstreams[0].period.last',
      'last must be at most 31',
    ],
    [
      { upstreams: [{ task: 'a', period: 'yesterday' }] },
      'tasks[0].upstreams[0].period',
      'period must be current, or last, or last24h, or an object',
    ],
    [
      { parameters: { 'a-b': 'x' } },
      'tasks[0].parameters.a-b',
      'a-b must be a letter or "_", then up to 31 letters, digits or "_"',
    ],
    [
      { upstream: ['a'] },
      'tasks[0].upstream',
      'upstream is not a field here; remove it or correct its name',
    ],
  ])('names field and fix: %j', (fields, path, message) => {
    expect(problemsOf(withTask(fields))).toContainEqual(expect.objectContaining({ path, message }));
  });

  it('says what is wrong with a document that is none', () => {
    expect(problemsOf(undefined)).toMatchObject([
      { path: '', message: 'the document is missing; give an object' },
    ]);
    expect(problemsOf([])).toMatchObject([{ path: '', message: 'the document must be an object' }]);
  });

  it('refuses a document that contains itself', () => {
    const loop: Record<string, unknown> = { workflow: 'w' };
    loop.tasks = [loop];
    expect(codesOf(loop)).toEqual(['too-deep']);
  });

  it('N32 W17 refuses a circle and lists its tasks in order', () => {
    const problems = problemsOf(
      withTasks(
        { name: 'a', kind: 'noop', upstreams: ['c'] },
        { name: 'b', kind: 'noop', upstreams: ['a'] },
        { name: 'c', kind: 'noop', upstreams: ['x', 'b'] },
        { name: 'x', kind: 'noop' },
        { name: 'self', kind: 'noop', upstreams: ['self'] },
      ),
    );
    expect(problems).toMatchObject([
      {
        path: 'tasks[0].upstreams[0].task',
        code: 'cycle',
        message: expect.stringContaining('a → b → c → a'),
      },
      {
        path: 'tasks[4].upstreams[0].task',
        code: 'cycle',
        message: expect.stringContaining('self → self'),
      },
    ]);
  });

  it('N32 takes edges to earlier cycles for no circle, but a window that ends now for one', () => {
    const circle = (period: unknown) =>
      withTasks(
        { name: 'a', kind: 'noop', upstreams: [{ task: 'b', period }], selfDependent: true },
        { name: 'b', kind: 'noop', upstreams: ['a'] },
      );
    expect(codesOf(circle('last'))).toEqual([]);
    expect(codesOf(circle({ last: 3 }))).toEqual([]);
    expect(codesOf(circle('last24h'))).toEqual(['cycle']);
  });

  it('N5 refuses intervals under 5 minutes unless the floor of the project is lower', () => {
    const every = (interval: number) => withTask({ schedule: { every: 'minute', interval } });
    expect(problemsOf(every(4))).toMatchObject([
      { path: 'tasks[0].schedule.interval', code: 'schedule' },
    ]);
    expect(codesOf(every(5))).toEqual([]);
    expect(codesOf(every(1), { floorMinutes: 1 })).toEqual([]);
  });

  it('names the field of a cron that does not parse', () => {
    const problems = problemsOf({
      ...withTask({}),
      schedule: { every: 'cron', cron: '0 0 25 * * ?' },
    });
    expect(problems).toMatchObject([
      { path: 'schedule.cron', code: 'schedule', message: expect.stringContaining('hour') },
    ]);
  });

  it('reserves priorities above MIDDLE', () => {
    expect(codesOf(withTask({ priority: 'HIGH' }))).toEqual(['priority-reserved']);
    expect(codesOf(withTask({ priority: 'HIGH' }), { allowHighPriority: true })).toEqual([]);
  });

  it.each([
    ['http', { url: 'https://example.com' }, 840],
    ['sql', { sql: 'SELECT 1' }, 840],
    ['check', { sql: 'SELECT 1', expect: { op: '=', value: 1 } }, 840],
    ['lambda', { functionName: 'f' }, 900],
  ])('holds the time-out of %s under its ceiling', (kind, fields, ceiling) => {
    expect(codesOf(withTask({ kind, ...fields, timeoutSeconds: ceiling }))).toEqual([]);
    expect(codesOf(withTask({ kind, ...fields, timeoutSeconds: ceiling + 1 }))).toEqual([
      'timeout-ceiling',
    ]);
  });

  it('refuses a time-out where the gate itself is the work', () => {
    expect(codesOf(withTask({ kind: 'wait', seconds: 5, timeoutSeconds: 9 }))).toEqual([
      'timeout-unused',
    ]);
  });

  it('lets a branch take only tasks that wait for it', () => {
    const when = { left: '1', op: '=', right: '1' };
    expect(
      problemsOf(
        withTasks(
          { name: 'b', kind: 'branch', cases: [{ when, take: ['x', 'y'] }], otherwise: ['z'] },
          { name: 'x', kind: 'noop', upstreams: ['b'] },
          { name: 'y', kind: 'noop', upstreams: ['x'] },
        ),
      ),
    ).toMatchObject([
      { path: 'tasks[0].cases[0].take[1]', code: 'branch-target' },
      { path: 'tasks[0].otherwise[0]', code: 'branch-target' },
    ]);
  });

  it.each([
    ['unknown upstream', { upstreams: ['x'] }, 'unknown-upstream'],
    [
      'doubled upstream',
      {
        upstreams: [
          { task: 'x', workflow: 'v' },
          { task: 'x', workflow: 'v' },
        ],
      },
      'duplicate-upstream',
    ],
    ['wait for nothing', { kind: 'wait' }, 'wait-what'],
    [
      'effective dates the wrong way round',
      { effective: { from: '2026-02-01', to: '2026-01-01' } },
      'effective-order',
    ],
    [
      'too many pools',
      { pools: Array.from({ length: 12 }, (_, i) => `p${i}`), resourceGroup: 'g' },
      'too-many-pools',
    ],
    ['too large a task', { kind: 'http', url: 'u', body: 'x'.repeat(200_000) }, 'task-too-large'],
    ['an unknown parameter', { kind: 'sql', sql: 'SELECT ${nothing}' }, 'parameter'],
    ['an output of no upstream', { kind: 'sql', sql: 'SELECT ${x.rows}' }, 'parameter'],
    ['a malformed reference', { kind: 'sql', sql: 'SELECT ${' }, 'parameter'],
    ['a reserved name', { parameters: { bizdate: '1' } }, 'reserved-name'],
    ['parameters in a circle', { parameters: { a: '${b}', b: '${a}' } }, 'parameter-cycle'],
  ])('refuses %s', (_name, fields, code) => {
    expect(codesOf(withTask(fields))).toEqual([code]);
  });

  it('accepts known references', () => {
    expect(
      problemsOf({
        workflow: 'w',
        parameters: { day: '${yyyymmdd-1}', both: '${day}' },
        tasks: [
          { name: 'a', kind: 'noop', outputs: ['rows'] },
          {
            name: 'b',
            kind: 'http',
            url: 'https://example.com/${day}',
            upstreams: ['a', { task: 'c', workflow: 'elsewhere' }],
            parameters: { own: '${both}-${a.rows}' },
            body: { of: ['${own}', '${c.anything}', '$[yyyymmddhh24miss-1/24]', '${run}', '$$'] },
          },
        ],
      }),
    ).toEqual([]);
  });

  it('tells that a trigger needs a schedule and that nobody starts a manual upstream', () => {
    expect(
      codesOf({ workflow: 'w', tasks: [{ name: 'a', kind: 'noop', trigger: 'recurring' }] }),
    ).toEqual(['no-schedule']);
    expect(
      codesOf(
        withTasks(
          { name: 'm', kind: 'noop', trigger: 'manual' },
          { name: 'r', kind: 'noop', upstreams: ['m'] },
        ),
      ),
    ).toEqual(['manual-upstream']);
  });

  it('never throws, and accepts its own answer', () => {
    const task = fc.record(
      {
        name: fc.constantFrom('a', 'b', 'c', '', 'x y'),
        kind: fc.constantFrom('noop', 'wait', 'http', 'branch', 'other'),
        upstreams: fc.oneof(fc.array(fc.constantFrom('a', 'b', 'c', 'z')), fc.anything()),
        seconds: fc.oneof(fc.integer(), fc.anything()),
        parameters: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const document = fc.oneof(
      fc.anything(),
      fc.record({
        workflow: fc.constantFrom('w', 7),
        tasks: fc.array(fc.oneof(task, fc.anything())),
      }),
    );
    fc.assert(
      fc.property(document, (input) => {
        const result = validateDefinition(input);
        if (result.ok) expect(validateDefinition(result.value)).toEqual(result);
        else expect(result.error.length).toBeGreaterThan(0);
      }),
    );
  });
});
