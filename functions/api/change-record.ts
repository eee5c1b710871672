import type { ProblemCode, Refusal } from '../../shared/contracts/api/problem.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { WorkflowRefused } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { noWorkflow } from './read-workflows.ts';
import { writeAudit } from './write-audit.ts';

export type WorkflowPlace = { readonly project: string; readonly workflow: string };

/** Decides on the record as it is now; a record that stays the same is not written. */
export type RecordDecision<C extends ProblemCode> = (
  record: WorkflowRecord,
) =>
  | Result<WorkflowRecord, Refusal & { readonly code: C }>
  | Promise<Result<WorkflowRecord, Refusal & { readonly code: C }>>;

type Noted = {
  readonly action: string;
  readonly env?: Env | undefined;
  readonly comment?: string | undefined;
};

const tries = 5;

/** Changes a workflow: read, decide, write by revision, again when somebody was quicker; then the log entry. */
export const changeRecord = async <C extends ProblemCode>(
  stores: ApiStores,
  context: ApiContext,
  place: WorkflowPlace,
  { action, env, comment }: Noted,
  decide: RecordDecision<C>,
): Promise<
  Result<
    WorkflowRecord,
    Refusal & { readonly code: C | 'workflow-not-found' | 'changed-meanwhile' }
  >
> => {
  const { project, workflow } = place;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const record = await stores.catalog.findWorkflow(project, workflow);
    if (!record || record.deletedAt) return noWorkflow(place);
    const decided = await decide(record);
    if (!decided.ok) return decided;
    if (decided.value === record) return ok(record);

    const saved = await stores.catalog.saveWorkflow(decided.value, record.rev);
    if (!saved.ok) continue;
    await writeAudit(stores, context, {
      ...{ action, project, env, comment },
      object: `workflow:${project}/${workflow}`,
      before: record.pins,
      after: saved.value.pins,
    });
    return saved;
  }
  return err({ code: 'changed-meanwhile', detail: `${workflow} keeps changing; try again` });
};

const codes = {
  'not-published': 'not-published',
  'not-online': 'not-online',
  'not-periodic': 'not-periodic',
  'still-online': 'not-offline',
  'runs-active': 'active-runs',
  'has-dependants': 'has-dependants',
} as const satisfies Record<WorkflowRefused['reason'], ProblemCode>;

type CodeOf<R extends WorkflowRefused['reason']> = (typeof codes)[R];

/** A refusal of the lifecycle in the words of the API. Name the reasons that the decision can give. */
export const refusedAs = <R extends WorkflowRefused['reason']>(
  decided: Result<WorkflowRecord, WorkflowRefused>,
): Result<WorkflowRecord, Refusal & { readonly code: CodeOf<R> }> =>
  decided.ok
    ? decided
    : err({ code: codes[decided.error.reason] as CodeOf<R>, detail: decided.error.message });
