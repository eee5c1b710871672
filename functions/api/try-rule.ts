import { randomUUID } from 'node:crypto';
import type { Occurrence } from '../../shared/domain/notice/occurrence.schema.ts';
import type { ApiContext } from '../edge/api-route.ts';
import { hashOf } from '../intake/request-run.ts';
import type { Revised } from '../stores/collection.ts';
import type { ApiStores } from './api-stores.ts';

type Tried = {
  readonly rule: Revised<{ readonly id: string; readonly project: string; readonly name: string }>;
  readonly kind: 'notification' | 'alert';
  /** What it pretends to tell of. */
  readonly as: Occurrence['kind'];
  readonly workflow?: string | undefined;
  readonly task?: string | undefined;
};

/** Writes an occurrence that is told at once to the receivers of one rule, marked as a test; gives its id. */
export const tryRule = async (
  { ledger, clock }: Pick<ApiStores, 'ledger' | 'clock'>,
  { caller, idempotencyKey }: ApiContext,
  { rule, kind, as, workflow, task }: Tried,
): Promise<string> => {
  const { project, id: name, name: title, rev } = rule;
  const asked = hashOf(`${caller.user}\n${idempotencyKey ?? randomUUID()}`);
  const occurrence: Occurrence = {
    id: `test#${kind}#${project}#${name}#${asked}`,
    kind: as,
    at: clock(),
    env: 'prod',
    project,
    ...(workflow === undefined ? {} : { workflow }),
    ...(task === undefined ? {} : { task }),
    owner: caller.user,
    detail: { by: caller.user },
    rules: [{ kind, project, name, title, rev }],
    test: true,
  };
  await ledger.putOccurrence(occurrence);
  return occurrence.id;
};
