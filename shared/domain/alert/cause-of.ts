import { errorFingerprint } from '../handover/error-fingerprint.ts';
import type { Instance } from '../instance/instance.schema.ts';
import type { Occurrence } from '../notice/occurrence.schema.ts';
import type { Incident } from './incident.schema.ts';

/** What an incident is about, and its key: at most one incident of a key is not over. */
export type Cause = { readonly key: string; readonly cause: Incident['cause'] };

type Upstream = Pick<Instance, 'id' | 'workflow' | 'task' | 'status' | 'outcome' | 'error'>;

/**
 * Whether an upstream may be why others fail: it has failed, or it had and a person set it to success, so that what it should
 * have made may be missing.
 */
export const hasFailed = ({ status, outcome }: Pick<Upstream, 'status' | 'outcome'>): boolean =>
  status === 'FAILED' || outcome === 'set-by-hand';

/** The cause of a failure: its failed upstream at the root, else errors that read the same in the project. */
export const causeOf = (
  { env, project, instance, workflow, task, error = '' }: Occurrence,
  root: Upstream | undefined,
): Cause => {
  if (root)
    return {
      key: `upstream#${root.id}`,
      cause: {
        kind: 'upstream',
        instance: root.id,
        workflow: root.workflow,
        task: root.task,
        fingerprint: errorFingerprint(root.error ?? error),
        error: root.error ?? error,
      },
    };
  const fingerprint = errorFingerprint(error);
  // Without any error two failures have nothing in common but the task.
  const what = fingerprint === '' ? `task ${workflow}/${task}` : fingerprint;
  return {
    key: `error#${env}#${project}#${what}`,
    cause: { kind: 'error', instance, workflow, task, fingerprint, error },
  };
};
