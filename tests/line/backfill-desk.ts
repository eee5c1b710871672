import type { RouteRequest } from '../../shared/contracts/api/route.ts';
import type { Routes } from '../../shared/contracts/api/routes.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { instanceIdOf } from '../../shared/domain/instance/instance-id.ts';
import { startApi } from '../api/start-api.ts';
import { work } from './line-tasks.ts';
import type { Line, LineOptions } from './start-line.ts';

type Spec = RouteRequest<Routes['createBackfill']>['body'];
type More = Partial<Omit<Spec, 'selection'>> & { readonly selection?: Partial<Spec['selection']> };

/** Where backfills are asked for and looked at, as an administrator does it through the API. */
export const openDesk = (line: Line) => {
  const call = startApi(line.stores, line.clock).as('root', ['admin']);
  const instancesOf = (id: string): Instance[] =>
    line.seen.instances().filter(({ family, scope }) => family === 'backfill' && scope === id);

  return {
    call,
    instancesOf,
    /** Backfills the first three days of November 2026 of these roots, unless `more` says otherwise. */
    async backfill(
      roots: readonly string[],
      { selection, dates = datesFrom('2026-11-01', '2026-11-03'), ...rest }: More = {},
    ): Promise<string> {
      const { id } = await call('createBackfill', {
        ...inProject,
        body: { ...rest, dates, selection: { roots: [...roots], ...selection } },
      });
      await line.drain();
      return id;
    },
    view: (id: string) => call('getBackfill', { params: { project: 'p', backfill: id } }),
    /** What became of its instances: `dd task` or `dd task/index` to status. */
    statuses: (id: string) =>
      Object.fromEntries(
        instancesOf(id)
          .map(({ bizDate, task, index, status }): [string, string] => [
            `${bizDate.slice(8)} ${index === 1 ? task : `${task}/${index}`}`,
            status,
          ])
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    /** Publishes `w`: a, then b, then c, daily. */
    /** Three tasks in a row; `more` of the first, `below` of the others. */
    chain: (more: object = {}, below: object = {}) =>
      line.publish({
        workflow: 'w',
        schedule: daily,
        tasks: [
          work('a', more),
          work('b', { ...below, upstreams: ['a'] }),
          work('c', { ...below, upstreams: ['b'] }),
        ],
      }),
  };
};

export type Desk = ReturnType<typeof openDesk>;

export const inProject = { params: { project: 'p' } } as const;
export const daily = { every: 'day', at: '02:00' } as const;
export const noRetry = { retries: { count: 0 } };

export const datesFrom = (from: string, to = from) => ({ ranges: [{ from, to }] });

/** The id of an instance of a backfill: `wf/task` or `wf/task/index`. */
export const filled = (path: string, scope: string, bizDate: string): string => {
  const [workflow = '', task = '', index = '1'] = path.split('/');
  return instanceIdOf({
    ...{ env: 'prod', project: 'p', workflow, task, bizDate, cycle: 1, scope },
    family: 'backfill',
    index: Number(index),
  });
};

/** Every attempt of a task for one date fails. */
export const failsOn = (task: string, bizDate: string): LineOptions => ({
  fateOf: ({ instanceId }) => ({
    seconds: 5,
    how:
      instanceId.includes(`~${task}~`) && instanceId.includes(`~${bizDate.replaceAll('-', '')}~`)
        ? 'fails'
        : 'succeeds',
  }),
});
