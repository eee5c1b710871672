import type * as z from 'zod';
import type { NeighbourNode } from '../../shared/contracts/api/instance-routes.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import { rankOfRole } from '../edge/api-caller.ts';
import type { ApiContext, ApiWork } from '../edge/api-route.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import { noInstance } from './read-instances.ts';

type Node = z.infer<typeof NeighbourNode>;
type Edge = { readonly from: string; readonly to: string; readonly open: boolean };

/** A picture of more nodes than this is no picture. */
const maxNodes = 500;
const childrenPerNode = 200;

/** The instances around one, level by level; of foreign projects only that they are there. */
export const getNeighbourhood =
  ({ instances }: { readonly instances: InstanceStore }): ApiWork<'getNeighbourhood'> =>
  async ({ params: { instance: id }, query: { up, down } }, context) => {
    if (!(await instances.find(id))) return noInstance(id);
    const levels = new Map([[id, 0]]);
    const edges = new Map<string, Edge>();
    const add = (edge: Edge, node: string, level: number) => {
      if (!levels.has(node) && levels.size >= maxNodes) return false;
      if (!levels.has(node)) levels.set(node, level);
      edges.set(`${edge.from} ${edge.to}`, edge);
      return true;
    };

    const upward = await walk(id, up, async (node, level) => {
      const [parents, open] = await Promise.all([
        instances.parentsOf(node),
        instances.openEdges(node, maxNodes),
      ]);
      const stillOpen = new Set(open);
      return parents.filter((from) =>
        add({ from, to: node, open: stillOpen.has(from) }, from, -level),
      );
    });
    const downward = await walk(id, down, async (node, level) => {
      const { items } = await instances.childrenOf(node, { limit: childrenPerNode });
      return items.filter((to) => add({ from: node, to, open: true }, to, level));
    });

    const nodes = await nodesOf(instances, levels, context);
    const succeeded = new Set(
      nodes.filter(({ status }) => status === 'SUCCESS').map((node) => node.id),
    );
    return ok({
      nodes,
      edges: [...edges.values()].map(({ from, to, open }) => ({
        from,
        to,
        open: open && !succeeded.has(from),
        crossCycle: isCrossCycle(from, to),
      })),
      truncated: levels.size >= maxNodes || upward || downward,
    });
  };

/** Visits breadth first; true when a level was cut off because there were too many nodes. */
const walk = async (
  start: string,
  levels: number,
  visit: (node: string, level: number) => Promise<readonly string[]>,
): Promise<boolean> => {
  let frontier: readonly string[] = [start];
  for (let level = 1; level <= levels && frontier.length > 0; level += 1) {
    const next = await Promise.all(frontier.slice(0, maxNodes).map((node) => visit(node, level)));
    frontier = [...new Set(next.flat())];
    if (frontier.length >= maxNodes) return true;
  }
  return false;
};

const nodesOf = async (
  instances: InstanceStore,
  levels: ReadonlyMap<string, number>,
  { roleIn }: ApiContext,
): Promise<Node[]> => {
  const found = await instances.findMany([...levels.keys()]);
  return Promise.all(
    [...levels].flatMap(([id, level]) => {
      const ref = parseInstanceId(id);
      if (!ref) return [];
      const { project, workflow, task, index, bizDate, family } = ref;
      const instance = found.get(id);
      return roleIn(project).then((role): Node => {
        const hidden = rankOfRole(role) === 0;
        const node = { id, project, workflow, task, index, bizDate, family, level, hidden };
        if (hidden || !instance) return { ...node, paused: false };
        const { status, outcome, paused = false } = instance;
        return { ...node, status, outcome, paused };
      });
    }),
  );
};

/** Within one cycle both ends have the same business date and cycle of the same workflow, or lie in two workflows. */
const isCrossCycle = (from: string, to: string): boolean => {
  const [parent, child] = [parseInstanceId(from), parseInstanceId(to)];
  if (!parent || !child) return false;
  if (parent.bizDate !== child.bizDate) return true;
  return parent.workflow === child.workflow && parent.task === child.task;
};
