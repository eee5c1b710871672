import { describe, expect, it } from 'vitest';
import type { TaskInput } from '../../testing/a-task.ts';
import { aGeneratedWorkflow } from '../../testing/a-workflow.ts';
import type { GeneratedWorkflow, Plan } from './plan.ts';
import { planDay } from './plan-day.ts';
import { cyclesOf } from './task-cycles.ts';

const bizDate = '2026-11-19';
const hourly = { every: 'hour', from: '00:00', to: '23:59' } as const;
const daily = { every: 'day', at: '02:00' } as const;

const planOf = (
  workflows: readonly GeneratedWorkflow[],
  more: Partial<Parameters<typeof planDay>[0]> = {},
): Plan => planDay({ workflows, bizDate, lookup: () => undefined, ...more });

const task = (name: string, fields: Partial<TaskInput> = {}): TaskInput =>
  ({
    name,
    kind: 'noop',
    ...fields,
  }) as TaskInput;

const oneWorkflow = (...tasks: TaskInput[]) => [aGeneratedWorkflow({ tasks })];

/** Parents of a child in short form `task#index`, `task#index@date` when the business date is another. */
const parentsIn = (plan: Plan, child: string): readonly string[] =>
  plan.edges
    .filter((edge) => short(edge.child) === child)
    .map((edge) => short(edge.parent) + (edge.ifExists ? '?' : ''));

const short = (id: string): string => {
  const [, , , family, day, , name, index] = id.split('~');
  const date = day === '20261119' ? '' : `@${day}`;
  return `${family === 'r' ? '' : `${family}:`}${name}#${index}${date}`;
};

describe('generation of a day', () => {
  it('N1 gives every recurring task its instances, and none to a task started by hand or a workflow switched off', () => {
    const plan = planOf([
      ...oneWorkflow(task('a'), task('m', { trigger: 'manual' })),
      aGeneratedWorkflow({ workflow: 'off' }, { timing: 'OFF' }),
      aGeneratedWorkflow({ workflow: 'hand', schedule: undefined }),
    ]);
    expect(plan.instances.map(({ task: name }) => name)).toEqual(['a']);
  });

  it('N3 names the same instances and edges when it plans again, in whatever chunks', () => {
    const workflows = [
      aGeneratedWorkflow({
        tasks: [task('a', { schedule: hourly }), task('b', { upstreams: ['a'] })],
      }),
      aGeneratedWorkflow({
        workflow: 'v',
        tasks: [task('c', { upstreams: [{ task: 'a', workflow: 'w' }] })],
      }),
    ];
    const whole = planOf(workflows);
    const lookups = new Map(workflows.map((w) => [w.definition.workflow, cyclesOf(w)]));
    const parts = workflows.map((workflow) =>
      planOf([workflow], { lookup: (at) => lookups.get(at.workflow)?.(at.task) }),
    );

    expect(planOf(workflows)).toEqual(whole);
    expect(parts.flatMap(({ instances }) => instances)).toEqual(whole.instances);
    expect(parts.flatMap(({ edges }) => edges)).toEqual(whole.edges);
  });

  it('N4 gives an hour task from 00:00 to 03:00 four instances, index 1 to 4', () => {
    const { instances } = planOf(
      oneWorkflow(task('a', { schedule: { every: 'hour', from: '00:00', to: '03:00' } })),
    );
    expect(instances.map(({ index, dueAt }) => [index, dueAt])).toEqual([
      [1, '2026-11-20T00:00:00.000Z'],
      [2, '2026-11-20T01:00:00.000Z'],
      [3, '2026-11-20T02:00:00.000Z'],
      [4, '2026-11-20T03:00:00.000Z'],
    ]);
  });

  it('N6 gives week, month and year tasks an instance on off days that will not run code', () => {
    const { instances } = planOf(
      oneWorkflow(
        task('friday', { schedule: { every: 'week', on: ['FRI'] } }),
        task('monday', { schedule: { every: 'week', on: ['MON'] } }),
        task('first', { schedule: { every: 'month', on: [1] } }),
        task('newyear', { schedule: { every: 'year', on: ['01-01'] } }),
      ),
    );
    expect(instances.map(({ task: name, empty }) => [name, empty])).toEqual([
      ['friday', undefined],
      ['monday', 'off-day'],
      ['first', 'off-day'],
      ['newyear', 'off-day'],
    ]);
  });

  it('N6 takes days that the calendar excludes for off days', () => {
    const workflow = aGeneratedWorkflow(
      { tasks: [task('a', { calendar: 'workdays' }), task('b')] },
      { isWorkday: (calendar, day) => calendar === 'workdays' && day !== '2026-11-20' },
    );
    expect(planOf([workflow]).instances.map(({ empty }) => empty)).toEqual(['off-day', undefined]);
  });

  it('N7 marks the instances of a dry-run task and keeps their due time and upstreams', () => {
    const plan = planOf(oneWorkflow(task('a'), task('b', { dryRun: true, upstreams: ['a'] })));
    expect(plan.instances[1]).toMatchObject({
      empty: 'dry-run',
      dueAt: '2026-11-20T02:00:00.000Z',
    });
    expect(parentsIn(plan, 'b#1')).toEqual(['a#1']);
  });

  it('N9 freezes resource group, priority, time-out and retries of the version', () => {
    const { instances } = planOf([
      aGeneratedWorkflow(
        {
          tasks: [
            task('a', {
              kind: 'http',
              url: 'u',
              resourceGroup: 'large',
              priority: 'LOW',
              timeoutSeconds: 30,
              retries: { count: 2 },
            } as Partial<TaskInput>),
            task('b'),
          ],
        },
        { version: 7 },
      ),
    ]);
    expect(instances).toMatchObject([
      {
        version: 7,
        kind: 'http',
        resourceGroup: 'large',
        priority: 'LOW',
        timeoutSeconds: 30,
        retries: { count: 2, intervalSeconds: 300, onTimeout: false, onLost: false },
      },
      { resourceGroup: 'default', priority: 'MIDDLE', timeoutSeconds: 172_800 },
    ]);
  });

  it('N13 lets the work of a business date fall due on the day after it, in the zone of the project', () => {
    const { instances } = planOf([aGeneratedWorkflow({}, { zone: 'Asia/Tokyo' })]);
    expect(instances).toMatchObject([
      { id: 'prod~p~w~r~20261119~1~t~1', bizDate, dueAt: '2026-11-19T17:00:00.000Z' },
    ]);
  });

  it('N14 does not run tasks outside their effective dates, both ends included', () => {
    const emptyWith = (effective: object) =>
      planOf(oneWorkflow(task('a', { effective }))).instances[0]?.empty;
    expect(emptyWith({ from: '2026-11-20', to: '2026-11-20' })).toBeUndefined();
    expect(emptyWith({ from: '2026-11-21' })).toBe('out-of-range');
    expect(emptyWith({ to: '2026-11-19' })).toBe('out-of-range');
  });

  it('puts a task with a schedule of its own into the run that is due last before it, else the first', () => {
    const runsOf = (workflow: GeneratedWorkflow) =>
      planOf([workflow]).instances.map(({ cycle }) => cycle);
    const own = { every: 'hour' as const, at: ['01:00', '02:30', '03:00'] };
    const twoHourly = { every: 'hour', interval: 2, from: '02:00', to: '23:59' } as const;

    expect(
      runsOf(aGeneratedWorkflow({ schedule: twoHourly, tasks: [task('a', { schedule: own })] })),
    ).toEqual([1, 1, 1]);
    expect(
      runsOf(aGeneratedWorkflow({ schedule: hourly, tasks: [task('a', { schedule: own })] })),
    ).toEqual([2, 3, 4]);
    expect(
      runsOf(aGeneratedWorkflow({ schedule: undefined, tasks: [task('a', { schedule: own })] })),
    ).toEqual([1, 1, 1]);
  });

  it('plans the rest of a day that has begun and drops edges to what nobody will generate', () => {
    const plan = planOf(
      oneWorkflow(
        task('day', { schedule: daily }),
        task('hour', { schedule: hourly, upstreams: ['day'] }),
        task('chain', { schedule: hourly, selfDependent: true, upstreams: ['day'] }),
      ),
      { from: '2026-11-20T22:00:00.000Z' },
    );
    expect(plan.instances.map(({ id }) => short(id))).toEqual([
      'hour#23',
      'hour#24',
      'chain#23',
      'chain#24',
    ]);
    expect(parentsIn(plan, 'hour#23')).toEqual(['day#1?']);
    expect(parentsIn(plan, 'chain#23')).toEqual(['chain#22?', 'day#1?']);
    expect(parentsIn(plan, 'chain#24')).toEqual(['chain#23']);
  });

  it('tells the tasks that a branch may skip', () => {
    const { instances } = planOf(
      oneWorkflow(
        task('b', {
          kind: 'branch',
          cases: [{ when: { left: '1', op: '=', right: '1' }, take: ['x'] }],
        } as Partial<TaskInput>),
        task('x', { upstreams: ['b'] }),
        task('y', { upstreams: ['x'] }),
        task('z', { upstreams: [{ task: 'b', period: 'last' }] }),
        task('window', { upstreams: [{ task: 'b', period: 'last24h' }] }),
      ),
    );
    expect(instances.map(({ joins }) => joins ?? '')).toEqual(['', 'branch', 'branch', '', '']);
  });
});

describe('edges of a day', () => {
  const edges = (child: string, ...tasks: TaskInput[]) =>
    parentsIn(planOf(oneWorkflow(...tasks)), child);
  const fourHours = { every: 'hour', from: '00:00', to: '03:00' } as const;
  const hours = (name: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${name}#${i + 1}`);

  it('N26 lets a daily task wait for all hours of the day', () => {
    expect(edges('d#1', task('h', { schedule: hourly }), task('d', { upstreams: ['h'] }))).toEqual(
      hours('h', 24),
    );
  });

  it('N26 lets it wait for the nearest hour alone when the hours wait for each other', () => {
    expect(
      edges(
        'd#1',
        task('h', { schedule: hourly, selfDependent: true }),
        task('d', { upstreams: ['h'] }),
      ),
    ).toEqual(['h#3']);
  });

  it.each([
    ['ALL', hours('h', 4)],
    ['FIRST', ['h#1']],
    ['LAST', ['h#4']],
    ['NEAR', ['h#3']],
  ] as const)('N27 resolves %s', (strategy, expected) => {
    expect(
      edges(
        'd#1',
        task('h', { schedule: fourHours }),
        task('d', { upstreams: [{ task: 'h', strategy }] }),
      ),
    ).toEqual(expected);
  });

  it('N27 takes the first of the day for NEAR when none is due before', () => {
    expect(
      edges(
        'd#1',
        task('h', { schedule: { every: 'hour', from: '05:00', to: '09:00' } }),
        task('d', { upstreams: [{ task: 'h', strategy: 'NEAR' }] }),
      ),
    ).toEqual(['h#1']);
  });

  it('N28 lets every hour wait for the day instance', () => {
    const tasks = [task('d'), task('h', { schedule: fourHours, upstreams: ['d'] })];
    for (const child of hours('h', 4)) expect(edges(child, ...tasks)).toEqual(['d#1']);
  });

  it('N28 links only the first hour when the hours wait for each other', () => {
    const tasks = [
      task('d'),
      task('h', { schedule: fourHours, selfDependent: true, upstreams: ['d'] }),
    ];
    expect(edges('h#1', ...tasks)).toEqual(['h#4@20261118?', 'd#1']);
    expect(edges('h#2', ...tasks)).toEqual(['h#1']);
    expect(edges('h#4', ...tasks)).toEqual(['h#3']);
  });

  it('N29 lets a self-dependent task wait for its previous cycle, the first of a day for the last of the day before', () => {
    expect(edges('a#1', task('a', { selfDependent: true }))).toEqual(['a#1@20261118?']);
    const hour = task('a', { schedule: hourly, selfDependent: true });
    expect(edges('a#1', hour)).toEqual(['a#24@20261118?']);
    expect(edges('a#2', hour)).toEqual(['a#1']);
  });

  it('N30 links LAST_PERIOD and LAST_N_PERIOD to earlier business dates', () => {
    const upstream = (period: unknown, strategy?: string) =>
      edges(
        'd#1',
        task('h', { schedule: { every: 'hour', at: ['01:00', '03:00'] } }),
        task('d', { upstreams: [{ task: 'h', period, strategy }] } as Partial<TaskInput>),
      );
    expect(upstream('last')).toEqual(['h#1@20261118?', 'h#2@20261118?']);
    expect(upstream({ last: 2 }, 'LAST')).toEqual(['h#2@20261118?', 'h#2@20261117?']);
    expect(upstream('last', 'FIRST')).toEqual(['h#1@20261118?']);
  });

  it('N30 links LAST_24_HOUR to a window that ends with the own due time', () => {
    expect(
      edges(
        'd#1',
        task('h', { schedule: { every: 'hour', at: ['01:00', '02:00', '02:01'] } }),
        task('d', { upstreams: [{ task: 'h', period: 'last24h' }] }),
      ),
    ).toEqual(['h#3@20261118?', 'h#1', 'h#2']);
  });

  it('N31 links to the off-day instance of a weekly upstream, which never blocks', () => {
    const plan = planOf(
      oneWorkflow(
        task('week', { schedule: { every: 'week', on: ['MON'] } }),
        task('d', { upstreams: ['week'] }),
      ),
    );
    expect(plan.instances[0]).toMatchObject({ task: 'week', empty: 'off-day' });
    expect(parentsIn(plan, 'd#1')).toEqual(['week#1']);
  });

  it('links hours of the same period by due time, of another interval to the nearest', () => {
    const same = [
      task('a', { schedule: fourHours }),
      task('b', { schedule: fourHours, upstreams: ['a'] }),
    ];
    expect(hours('b', 4).flatMap((child) => edges(child, ...same))).toEqual(hours('a', 4));

    const slower = [
      task('a', { schedule: { every: 'hour', interval: 2, from: '01:00', to: '05:00' } }),
      task('b', { schedule: fourHours, upstreams: ['a'] }),
    ];
    expect(hours('b', 4).flatMap((child) => edges(child, ...slower))).toEqual([
      'a#1',
      'a#1',
      'a#1',
      'a#2',
    ]);
  });

  it('counts the 25 hours of a day on which the clock goes back', () => {
    const workflow = aGeneratedWorkflow(
      { tasks: [task('h', { schedule: hourly }), task('d', { upstreams: ['h'] })] },
      { zone: 'Europe/Berlin' },
    );
    const plan = planOf([workflow], { bizDate: '2026-10-24' });
    expect(plan.edges).toHaveLength(25);
  });

  it('resolves a foreign upstream in its own zone, on the same business date', () => {
    const tokyo = aGeneratedWorkflow(
      { workflow: 'v', tasks: [task('far', { schedule: fourHours })] },
      { project: 'q', zone: 'Asia/Tokyo' },
    );
    const here = aGeneratedWorkflow({
      tasks: [task('d', { upstreams: [{ task: 'far', workflow: 'v', project: 'q' }] })],
    });
    const plan = planOf([here], {
      lookup: ({ project, task: name }) => (project === 'q' ? cyclesOf(tokyo)(name) : undefined),
    });
    expect(plan.edges.map(({ parent }) => parent)).toEqual(
      [1, 2, 3, 4].map((index) => `prod~q~v~r~20261119~1~far~${index}`),
    );
  });

  it('blocks on an upstream of today that nobody generates, and forgets one of earlier days', () => {
    const upstream = (period: 'current' | 'last') =>
      edges('d#1', task('d', { upstreams: [{ task: 'gone', workflow: 'v', period }] }));
    expect(upstream('current')).toEqual(['gone#1']);
    expect(upstream('last')).toEqual([]);
  });

  it('puts a barrier between a task and more than 50 instances of one upstream', () => {
    const often = { every: 'minute', interval: 5 } as const;
    const plan = planOf(
      oneWorkflow(
        task('m', { schedule: often }),
        task('one', { upstreams: ['m'] }),
        task('two', { upstreams: ['m'] }),
        task('rolling', { upstreams: [{ task: 'm', period: 'last24h' }] }),
      ),
    );
    const barriers = plan.instances.filter(({ family }) => family === 'barrier');

    expect(parentsIn(plan, 'one#1')).toEqual(['x:m#288']);
    expect(parentsIn(plan, 'two#1')).toEqual(['x:m#288']);
    expect(barriers.map(({ id, kind }) => [id, kind])).toEqual([
      ['prod~p~w~x~20261119~1~m~288', 'noop'],
      ['prod~p~w~x.from-20261118-26~20261119~1~m~25', 'noop'],
    ]);
    for (const { id } of barriers) {
      const parents = plan.edges.filter(({ child }) => child === id);
      expect(parents).toHaveLength(288);
      expect(parents.every(({ kind }) => kind === 'barrier')).toBe(true);
    }
  });

  it('links 50 instances directly', () => {
    const fifty = { every: 'minute', interval: 5, from: '00:00', to: '04:05' } as const;
    expect(
      edges('d#1', task('m', { schedule: fifty }), task('d', { upstreams: ['m'] })),
    ).toHaveLength(50);
  });

  it('N33 marks edges to other cycles', () => {
    const plan = planOf(
      oneWorkflow(
        task('a', { selfDependent: true }),
        task('b', { upstreams: ['a', { task: 'a', period: 'last' }] }),
      ),
    );
    expect(plan.edges.map(({ kind }) => kind)).toEqual(['self', 'current', 'cross-cycle']);
  });
});
