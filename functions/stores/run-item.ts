import { parseRunId } from '../../shared/domain/instance/instance-id.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import { Run } from '../../shared/domain/run/run.schema.ts';
import { instancesTable, runKeysOf } from './instances-table.ts';
import type { Item, ItemKey } from './table.ts';

/** The item of a run. It expires `retentionDays` after its end; a run that moves again does not. */
export const itemOfRun = (run: Run, retentionDays: number): Item & ItemKey => {
  const { runId, env, project, workflow, family, scope, bizDate, cycle, ...folded } = run;
  return {
    ...instancesTable.run(runId),
    ...runKeysOf(run),
    v: 1,
    ...folded,
    ...(run.endedAt
      ? { expiresAt: Math.floor(Date.parse(run.endedAt) / 1000) + retentionDays * 86_400 }
      : {}),
  };
};

/** The run of a stored item. Fault 'RecordInvalid' when it is none. */
export const runOfItem = (item: Item): Run => {
  const runId = String(item.pk).slice('RUN#'.length);
  const parsed = Run.safeParse({ ...item, ...parseRunId(runId), runId });
  if (!parsed.success || item.v !== 1)
    throw new Fault('RecordInvalid', `run item not readable: ${parsed.error?.message}`, { runId });
  return parsed.data;
};
