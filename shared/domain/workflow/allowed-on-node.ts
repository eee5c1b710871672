import type { TaskKind } from './task.schema.ts';
import type { NodeAllows } from './task-graph.schema.ts';

/** What a node of the graph of tasks lets a person do (nodes-and-instances 3.1, N47). */
export const allowedOnNode = ({
  foreign,
  hidden,
  kind,
}: {
  /** It is of another project than the task that the graph is about. */
  readonly foreign: boolean;
  /** Its project is closed to the person. */
  readonly hidden: boolean;
  /** Missing: no version that is online has it. */
  readonly kind?: TaskKind | undefined;
}): NodeAllows => {
  if (hidden) return 'expand';
  if (!foreign) return 'everything';
  return kind === undefined || kind === 'noop' ? 'expand' : 'expand-and-log';
};
