import type { WorkflowRow } from '../../../../shared/contracts/api/workflow-routes.ts';

/** What can be done to workflows; timing stands for both directions. */
export type WorkflowAction = 'start' | 'stop' | 'timing-on' | 'timing-off' | 'online' | 'offline';

export type WorkflowRefusal =
  | 'not-online'
  | 'not-periodic'
  | 'not-published'
  | 'is-online'
  | 'timing-is-on'
  | 'timing-is-off'
  | 'nothing-to-stop';

/**
 * Why an action leaves a workflow out (workflows-and-logs A1.3, A1.4); undefined when it takes part. The API decides
 * again: this only saves people from asking for what cannot be.
 */
export const workflowRefusal = (
  { state, periodic, lastRun }: Pick<WorkflowRow, 'state' | 'periodic' | 'lastRun'>,
  action: WorkflowAction,
): WorkflowRefusal | undefined => {
  const offline = state.online === 'OFFLINE';

  switch (action) {
    case 'start':
      return offline ? 'not-online' : undefined;
    case 'stop':
      return lastRun ? undefined : 'nothing-to-stop';
    case 'timing-on':
      if (offline) return 'not-online';
      if (!periodic) return 'not-periodic';
      return state.timing === 'ON' ? 'timing-is-on' : undefined;
    case 'timing-off':
      return state.timing === 'OFF' ? 'timing-is-off' : undefined;
    case 'online':
      if (state.latestVersion === 0) return 'not-published';
      return offline ? undefined : 'is-online';
    case 'offline':
      return offline ? 'not-online' : undefined;
  }
};
