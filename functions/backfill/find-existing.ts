import type { ListedInstance } from '../../shared/domain/backfill/list-date.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

/** Instances of earlier backfills looked at per project and date. */
const earlierLookedAt = 10_000;
const pageSize = 200;

/** What has become of the same cycles before, by recurring runs and by other backfills. */
export type Existing = {
  readonly succeeded: (listed: ListedInstance) => boolean;
  readonly failed: (listed: ListedInstance) => boolean;
};

/** Looks up what exists for the cycles of one date. `own` is the backfill that asks: what it made itself does not count. */
export const findExisting = async (
  instances: InstanceStore,
  { env, bizDate, own }: { readonly env: Env; readonly bizDate: BizDate; readonly own: string },
  listed: readonly ListedInstance[],
): Promise<Existing> => {
  const recurring = await instances.findMany(
    listed.map((each) => each.recurring),
    { strong: true },
  );
  const projects = [...new Set(listed.map(({ task }) => task.split('/')[0] ?? ''))];
  const earlier = await Promise.all(
    projects.map((project) => backfilled(instances, { env, project, bizDate })),
  );
  const found = Map.groupBy(
    [...recurring.values(), ...earlier.flat().filter(({ scope }) => scope !== own)],
    cycleOf,
  );
  const statusesOf = ({ task, index, recurring: id }: ListedInstance) =>
    (found.get(`${task}/${parseInstanceId(id)?.cycle}/${index}`) ?? []).map(({ status }) => status);

  return {
    succeeded: (each) => statusesOf(each).includes('SUCCESS'),
    failed: (each) => {
      const statuses = statusesOf(each);
      return statuses.includes('FAILED') && !statuses.includes('SUCCESS');
    },
  };
};

const cycleOf = ({ project, workflow, task, cycle, index }: Instance): string =>
  `${project}/${workflow}/${task}/${cycle}/${index}`;

const backfilled = async (
  instances: InstanceStore,
  day: { readonly env: Env; readonly project: string; readonly bizDate: BizDate },
): Promise<readonly Instance[]> => {
  const found: Instance[] = [];
  let cursor: string | undefined;
  do {
    const page = await instances.listDay({ ...day, family: 'backfill', limit: pageSize, cursor });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && found.length < earlierLookedAt);
  return found;
};
