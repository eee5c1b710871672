import type { Instance, Status } from './instance.schema.ts';

/**
 * Which move leads from which status to which (design.md §3; nodes-and-instances 4.3 with the decisions of its README).
 * A pair that is absent is forbidden. A flag move keeps the status. This table is data: the stages, the API, the console
 * and the docs read it.
 */
export const lifecycle = {
  NOT_RUN: {
    ready: 'WAIT_TIME',
    throttle: 'THROTTLED',
    queue: 'WAIT_RESOURCE',
    admit: 'SUBMITTED',
    ask: 'WAIT_TIME',
    pass: 'SUCCESS',
    fail: 'FAILED',
    pause: 'NOT_RUN',
    resume: 'NOT_RUN',
    park: 'NOT_RUN',
    unpark: 'NOT_RUN',
    'set-priority': 'NOT_RUN',
    'set-resource-group': 'NOT_RUN',
    hold: 'NOT_RUN',
    unhold: 'NOT_RUN',
    'force-rerun': 'NOT_RUN',
    'remove-upstream': 'NOT_RUN',
    undo: 'NOT_RUN',
  },
  WAIT_TIME: {
    reopen: 'NOT_RUN',
    'begin-wait': 'WAIT_TIME',
    ask: 'WAIT_TIME',
    approve: 'SUCCESS',
    reject: 'FAILED',
    throttle: 'THROTTLED',
    queue: 'WAIT_RESOURCE',
    admit: 'SUBMITTED',
    pass: 'SUCCESS',
    fail: 'FAILED',
    terminate: 'FAILED',
    pause: 'WAIT_TIME',
    resume: 'WAIT_TIME',
    park: 'WAIT_TIME',
    unpark: 'WAIT_TIME',
    'set-priority': 'WAIT_TIME',
    'set-resource-group': 'WAIT_TIME',
    hold: 'WAIT_TIME',
    unhold: 'WAIT_TIME',
    'force-rerun': 'NOT_RUN',
    'remove-upstream': 'WAIT_TIME',
    undo: 'WAIT_TIME',
  },
  THROTTLED: {
    reopen: 'NOT_RUN',
    ready: 'WAIT_TIME',
    throttle: 'THROTTLED',
    queue: 'WAIT_RESOURCE',
    admit: 'SUBMITTED',
    pass: 'SUCCESS',
    fail: 'FAILED',
    terminate: 'FAILED',
    pause: 'THROTTLED',
    resume: 'THROTTLED',
    park: 'THROTTLED',
    unpark: 'THROTTLED',
    'set-priority': 'THROTTLED',
    'set-resource-group': 'THROTTLED',
    hold: 'THROTTLED',
    unhold: 'THROTTLED',
    'force-rerun': 'NOT_RUN',
    'remove-upstream': 'THROTTLED',
    undo: 'THROTTLED',
  },
  WAIT_RESOURCE: {
    reopen: 'NOT_RUN',
    ready: 'WAIT_TIME',
    throttle: 'THROTTLED',
    queue: 'WAIT_RESOURCE',
    admit: 'SUBMITTED',
    pass: 'SUCCESS',
    fail: 'FAILED',
    terminate: 'FAILED',
    pause: 'WAIT_RESOURCE',
    resume: 'WAIT_RESOURCE',
    park: 'WAIT_RESOURCE',
    unpark: 'WAIT_RESOURCE',
    'set-priority': 'WAIT_RESOURCE',
    'set-resource-group': 'WAIT_RESOURCE',
    hold: 'WAIT_RESOURCE',
    unhold: 'WAIT_RESOURCE',
    'force-rerun': 'NOT_RUN',
    'remove-upstream': 'WAIT_RESOURCE',
    undo: 'WAIT_RESOURCE',
  },
  SUBMITTED: {
    claim: 'RUNNING',
    fail: 'FAILED',
    lose: 'FAILED',
    retry: 'WAIT_TIME',
    terminate: 'SUBMITTED',
    stopped: 'FAILED',
    'force-rerun': 'SUBMITTED',
    restart: 'NOT_RUN',
    'remove-upstream': 'SUBMITTED',
  },
  RUNNING: {
    succeed: 'SUCCESS',
    fail: 'FAILED',
    retry: 'WAIT_TIME',
    lose: 'FAILED',
    terminate: 'RUNNING',
    'time-out': 'RUNNING',
    stopped: 'FAILED',
    'force-rerun': 'RUNNING',
    restart: 'NOT_RUN',
    'remove-upstream': 'RUNNING',
  },
  SUCCESS: {
    rerun: 'NOT_RUN',
    'force-rerun': 'NOT_RUN',
    'remove-upstream': 'SUCCESS',
    undo: 'FAILED',
  },
  FAILED: {
    rerun: 'NOT_RUN',
    'force-rerun': 'NOT_RUN',
    'set-success': 'SUCCESS',
    'remove-upstream': 'FAILED',
  },
} as const satisfies Record<Status, Partial<Record<string, Status>>>;

/** Every move but `generate`, which creates the instance as NOT_RUN. */
export type MoveName = { [S in Status]: keyof (typeof lifecycle)[S] }[Status];

/** Where `move` leads from `status`; undefined when it is forbidden. */
export const targetOf = (status: Status, move: MoveName): Status | undefined => {
  const moves: Partial<Record<MoveName, Status>> = lifecycle[status];
  return moves[move];
};

/** The statuses from which `move` is allowed: the words of a refusal. */
export const sourcesOf = (move: MoveName): readonly Status[] =>
  (Object.keys(lifecycle) as Status[]).filter((status) => targetOf(status, move) !== undefined);

/** Ended: nothing more happens unless somebody reruns it. */
export const isEnded = ({ status }: Pick<Instance, 'status'>): boolean =>
  status === 'SUCCESS' || status === 'FAILED';

/** An attempt exists or is about to: slots may be held. */
export const isActive = ({ status }: Pick<Instance, 'status'>): boolean =>
  status === 'SUBMITTED' || status === 'RUNNING';

/** Not started: it waits for something. */
export const isWaiting = (instance: Pick<Instance, 'status'>): boolean =>
  !isEnded(instance) && !isActive(instance);
