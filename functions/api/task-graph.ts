import type { TaskGraphNode } from '../../shared/contracts/api/task-graph-view.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { allowedOnNode } from '../../shared/domain/workflow/allowed-on-node.ts';
import type { TaskLink } from '../../shared/domain/workflow/task-links.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, ApiWork } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { noTask } from './find-task.ts';
import { type PublishedTasks, publishedTasks, wordsOf } from './published-tasks.ts';
import type { TaskMaps } from './task-maps.ts';
import { taskRow } from './task-row.ts';

/** A picture of more nodes than this is no picture. */
const maxNodes = 3_000;

/**
 * The tasks around one in what is published, level by level, across workflows and projects (N46). Of projects that are
 * closed to the caller only the names are told, and that there is more.
 */
export const getTaskGraph =
  (stores: ApiStores, maps: TaskMaps): ApiWork<'getTaskGraph'> =>
  async ({ params, query: { env, up, down, openUp, openDown } }, context) => {
    const published = publishedTasks(stores.catalog, maps, env, params);
    const start = `${params.project}/${params.workflow}/${params.task}`;
    if (!(await published.find(start))) return noTask(params);

    const levels = new Map([[start, 0]]);
    const grow = async (from: readonly string[], steps: number, way: 'up' | 'down') => {
      let frontier = from;
      for (let step = 0; step < steps && frontier.length > 0; step += 1) {
        const next = new Map<string, number>();
        for (const id of frontier)
          for (const other of ends(await published.linksOf(id, way), id, way))
            if (!levels.has(other))
              next.set(other, (levels.get(id) ?? 0) + (way === 'up' ? -1 : 1));
        for (const [id, level] of next) if (levels.size < maxNodes) levels.set(id, level);
        if (levels.size >= maxNodes) return;
        frontier = [...next.keys()];
      }
    };
    await grow([start], stepsOf(up), 'up');
    await grow([start], stepsOf(down), 'down');
    // One after the other: what one opens may be what the next one names.
    for (const id of openUp) if (levels.has(id)) await grow([id], 1, 'up');
    for (const id of openDown) if (levels.has(id)) await grow([id], 1, 'down');

    const edges = new Map<string, TaskLink>();
    const more = new Map<string, { up: number; down: number }>();
    for (const id of levels.keys()) {
      const [above, below] = [
        await published.linksOf(id, 'up'),
        await published.linksOf(id, 'down'),
      ];
      for (const link of above)
        if (levels.has(link.from)) edges.set(`${link.from} ${link.to} ${link.kind}`, link);
      const left = (links: readonly TaskLink[], way: 'up' | 'down') =>
        ends(links, id, way).filter((other) => !levels.has(other)).length;
      more.set(id, { up: left(above, 'up'), down: left(below, 'down') });
    }

    const nodes = await nodesOf(stores, published, { levels, more, start, env }, context);
    return ok({
      nodes,
      edges: [...edges.values()],
      truncated: levels.size >= maxNodes || published.isCutOff(),
    });
  };

const stepsOf = (levels: string): number =>
  levels === 'all' ? Number.POSITIVE_INFINITY : Number(levels);

/** The other ends of links, each once, the task itself left out. */
const ends = (links: readonly TaskLink[], id: string, way: 'up' | 'down'): readonly string[] => [
  ...new Set(
    links.map(({ from, to }) => (way === 'up' ? from : to)).filter((other) => other !== id),
  ),
];

type Picture = {
  readonly levels: ReadonlyMap<string, number>;
  readonly more: ReadonlyMap<string, { readonly up: number; readonly down: number }>;
  readonly start: string;
  readonly env: 'prod' | 'dev';
};

const nodesOf = async (
  { catalog, clock }: ApiStores,
  published: PublishedTasks,
  { levels, more, start, env }: Picture,
  { roleIn }: ApiContext,
): Promise<TaskGraphNode[]> => {
  const [holds, now] = [await catalog.allHolds(), clock()];
  const home = wordsOf(start).project;

  return Promise.all(
    [...levels].map(async ([id, level]): Promise<TaskGraphNode> => {
      const place = wordsOf(id);
      const foreign = place.project !== home;
      const hidden = foreign && rankOfRole(await roleIn(place.project)) === 0;
      const found = await published.find(id);
      const { up = 0, down = 0 } = more.get(id) ?? {};
      const node = {
        id,
        ...place,
        ...{ level, foreign, hidden, missing: !found, moreUp: up, moreDown: down },
        ...{ paused: false, held: false, dryRun: false, deployed: true },
        allows: allowedOnNode({ foreign, hidden, kind: found?.task.kind }),
      };
      if (hidden || !found) return node;

      const state = await published.stateOf(id);
      const row = taskRow({ env, ...place }, { ...found, state }, holds, now);
      return {
        ...node,
        ...{ kind: row.kind, owner: row.owner, priority: row.priority },
        ...{ dryRun: row.dryRun, deployed: row.deployed },
        paused: row.paused !== undefined,
        held: row.held !== undefined,
      };
    }),
  );
};
