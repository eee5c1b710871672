import type { Instance, Undo } from './instance.schema.ts';
import type { MoveName } from './lifecycle.ts';

/** Moves of the gate between two waits: nothing has followed yet from what a person did before. */
const inBetween: ReadonlySet<MoveName> = new Set<MoveName>([
  'ready',
  'begin-wait',
  'throttle',
  'queue',
  'reopen',
  'park',
  'unpark',
]);

/** What could be undone after `move`: the operation itself, what could be undone before, or nothing any more. */
export const undoOf = (
  instance: Instance,
  move: MoveName,
  operation: string | undefined,
): Undo | undefined => {
  if (inBetween.has(move)) return instance.undo;
  const by = operation === undefined ? {} : { operation };
  const { priority, resourceGroup, outcome, error, endedAt } = instance;
  switch (move) {
    case 'pause':
    case 'hold':
      return { move, ...by };
    case 'set-priority':
      return { move, ...by, priority };
    case 'set-resource-group':
      return { move, ...by, resourceGroup };
    case 'set-success':
      return { move, ...by, outcome, error, endedAt };
    default:
      return undefined;
  }
};

/** What the undo of an instance sets: everything as it was before the operation. */
export const undoneBy = ({ undo }: Instance): Partial<Instance> => {
  switch (undo?.move) {
    case 'pause':
      return { paused: undefined, parked: undefined };
    case 'hold':
      return { held: undefined, parked: undefined };
    case 'set-priority':
      return { priority: undo.priority };
    case 'set-resource-group':
      return { resourceGroup: undo.resourceGroup };
    case 'set-success':
      return { outcome: undo.outcome, error: undo.error, endedAt: undo.endedAt };
    default:
      return {};
  }
};
