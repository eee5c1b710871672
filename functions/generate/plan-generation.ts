import type { StageInput, StageOutput } from '../../shared/contracts/stages.ts';
import { runDateOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { OperationRequest } from '../../shared/domain/run/request.schema.ts';
import { occurrencesOfDay } from '../../shared/domain/schedule/occurrences-of-day.ts';
import { pinAt } from '../../shared/domain/workflow/change-workflow.ts';
import type { WorkflowRecord } from '../../shared/domain/workflow/workflow-record.schema.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import { instancesPerChunk } from './chunk-size.ts';
import type { ChunkWork, WorkflowShare } from './chunk-work.schema.ts';
import { planBackfill } from './plan-backfill.ts';
import type { PlanDeps } from './plan-deps.ts';

type Input = StageInput<'generate-plan'>;

/**
 * Freezes what a generation will create and cuts it into chunks: what was online and timed at the cut-off, the one
 * workflow that somebody started, or a backfill. State machines carry the numbers of the chunks only.
 */
export const planGeneration =
  (deps: PlanDeps) =>
  async (input: Input): Promise<StageOutput<'generate-plan'>> => {
    const request = input.requestId ? await deps.instances.findRequest(input.requestId) : undefined;
    const work = await workOf(deps, input, request);

    await deps.instances.putChunks(input.generationId, work, deps.clock());
    return {
      ...input,
      chunks: work.map((_, n) => ({ generationId: input.generationId, n })),
    };
  };

const workOf = (deps: PlanDeps, input: Input, request: OperationRequest | undefined) => {
  if (request?.kind === 'start') return startWork(deps, input, request);
  if (request?.kind === 'backfill') return planBackfill(deps, input, request);
  return dayWork(deps, input);
};

const startWork = async (
  { catalog, instances, clock }: PlanDeps,
  { env, project, bizDate, cutoffAt }: Input,
  request: Extract<OperationRequest, { kind: 'start' }>,
): Promise<ChunkWork[]> => {
  const { workflow, version } = request;
  const pin = (await catalog.findWorkflow(project, workflow))?.pins[env];
  const refuse = async (reason: string) => {
    await instances.finishRequest(request.id, { status: 'REFUSED', reason, finishedAt: clock() });
    return [];
  };
  if (!pin || pin.version === 0) return refuse(`${workflow} went offline before it was started`);
  const asked = version === undefined ? pin : await catalog.findVersion(project, workflow, version);
  if (!asked) return refuse(`version ${version} of ${workflow} is gone`);

  return [
    {
      kind: 'start',
      ...{ env, project, bizDate, cutoffAt },
      workflow: {
        workflow,
        version: asked.version,
        content: asked.content,
        timing: pin.timing,
      },
      scope: request.scope,
      ...(request.tasks ? { tasks: request.tasks } : {}),
      ...(request.dryRun ? { dryRun: true } : {}),
      ...(version === undefined ? {} : { pinned: true }),
      ...(request.plannedAt ? { plannedAt: request.plannedAt } : {}),
      ...(request.plannedAtOf ? { plannedAtOf: request.plannedAtOf } : {}),
      actor: request.actor,
    },
  ];
};

const dayWork = async ({ catalog, clock }: PlanDeps, input: Input): Promise<ChunkWork[]> => {
  const { env, project, bizDate, cutoffAt, from } = input;
  const shares: { readonly share: WorkflowShare; readonly weight: number }[] = [];
  let cursor: string | undefined;
  do {
    const page = await catalog.listWorkflows(project, { limit: 100, cursor });
    for (const record of page.items) shares.push(...(await sharesOf(catalog, record, input)));
    cursor = page.cursor;
  } while (cursor !== undefined);

  return chunksOf(shares).map((workflows) => ({
    kind: 'day',
    ...{ env, project, bizDate, cutoffAt },
    ...(from ? { from } : {}),
    // Whoever asks for a day wants it to run; only the nightly generation can be late.
    ...(input.requestId ? {} : { missedBefore: clock() }),
    workflows,
  }));
};

/** What of a workflow was online and timed at the cut-off, in shares of about a chunk's size. */
const sharesOf = async (
  catalog: CatalogStore,
  record: WorkflowRecord,
  { env, project, bizDate, cutoffAt }: Input,
) => {
  const pin = record.deletedAt ? undefined : pinAt(record, env, cutoffAt);
  if (!pin || pin.timing === 'OFF') return [];
  const version = await catalog.findVersion(project, record.workflow, pin.version);
  if (!version) return [];

  const { content, tasks } = version;
  const head = await catalog.definitionHeadOf({ project, workflow: record.workflow, content });
  const day = { zone: 'UTC', dst: 'shift', runDate: runDateOf(bizDate) } as const;
  const cycles = head?.schedule ? Math.max(1, occurrencesOfDay(head.schedule, day).length) : 1;
  const perShare = Math.max(1, Math.floor(instancesPerChunk / cycles));
  const whole = { workflow: record.workflow, version: pin.version, content, timing: pin.timing };

  if (tasks <= perShare) return [{ share: whole, weight: tasks * cycles }];
  return Array.from({ length: Math.ceil(tasks / perShare) }, (_, n) => {
    const [from, to] = [n * perShare, Math.min(tasks, (n + 1) * perShare)];
    return { share: { ...whole, tasks: { from, to } }, weight: (to - from) * cycles };
  });
};

const chunksOf = (
  shares: readonly { readonly share: WorkflowShare; readonly weight: number }[],
): WorkflowShare[][] => {
  const chunks: { weight: number; readonly shares: WorkflowShare[] }[] = [];
  for (const { share, weight } of shares) {
    const last = chunks.at(-1);
    if (last && last.weight + weight <= instancesPerChunk) {
      last.weight += weight;
      last.shares.push(share);
    } else chunks.push({ weight, shares: [share] });
  }
  return chunks.map(({ shares: each }) => each);
};
