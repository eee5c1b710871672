import type { LogRow } from '../../shared/contracts/api/log-search.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { categoryOf } from '../../shared/domain/log/default-category.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { FoundLine } from './search-lines.ts';

/**
 * Found lines as the API shows them, with what became of their jobs: each instance of the page is read once, and the mark
 * of each run that failed.
 */
export const logRows = async (
  {
    instances,
    region,
  }: {
    readonly instances: Pick<InstanceStore, 'findMany' | 'marksOf'>;
    readonly region: string;
  },
  found: readonly FoundLine[],
): Promise<LogRow[]> => {
  const ids = [...new Set(found.map(({ chunk }) => chunk.instance))];
  const known = await instances.findMany(ids);
  const failed = [...known.values()].filter(({ status }) => status === 'FAILED');
  const marks = await instances.marksOf([...new Set(failed.map(({ runId }) => runId))]);
  return found.map((each) => {
    const instance = known.get(each.chunk.instance);
    const row = rowOf(each, region, instance);
    const retriedBy = row.retry === 'failed' ? marks.get(row.runId)?.latest : undefined;
    return retriedBy === undefined ? row : { ...row, retriedBy };
  });
};

export const rowOf = (
  { id, line, chunk }: FoundLine,
  region: string,
  instance?: Instance | undefined,
): LogRow => {
  const { env = 'prod', project = '', workflow = '' } = parseInstanceId(chunk.instance) ?? {};
  const runId = chunk.instance.split('~').slice(0, 6).join('~');
  const retry = instance && retryStateOf(instance);
  return {
    ...line,
    id,
    ...{ region, env, project, workflow, runId },
    version: chunk.version,
    task: chunk.task,
    instance: chunk.instance,
    attempt: chunk.attempt,
    category: categoryOf(line, chunk.kind),
    ...(retry ? { retry } : {}),
  };
};

/**
 * Where a job stands as far as retries go (seed 001): nothing to say while none was needed. A failure shows as failed only
 * when no automatic retry is left; then a person may retry.
 */
const retryStateOf = (instance: Instance): LogRow['retry'] => {
  if (instance.status === 'FAILED') return 'failed';
  if (instance.autoRetries === 0) return undefined;
  return isEnded(instance) ? 'succeeded' : 'retrying';
};
