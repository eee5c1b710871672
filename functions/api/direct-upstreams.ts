import type { Diagnosis } from '../../shared/domain/diagnosis/diagnosis.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

const shown = 200;

type Direct = Omit<Diagnosis['upstream']['items'][number], 'hidden'>;

/** What an instance waits for or has waited for, open ones first. */
export const directUpstreams = async (
  instances: InstanceStore,
  id: string,
  open: readonly string[],
): Promise<{ readonly total: number; readonly items: readonly Direct[] }> => {
  const unmet = new Set(open);
  const all = await instances.parentsOf(id);
  const ids = [...open, ...all.filter((parent) => !unmet.has(parent))].slice(0, shown);
  const found = await instances.findMany(ids);
  const items = ids.flatMap((parent): Direct[] => {
    const ref = parseInstanceId(parent);
    if (!ref) return [];
    const { project, workflow, task, index, bizDate, family } = ref;
    const instance = found.get(parent);
    return [
      {
        ...{ id: parent, project, workflow, task, index, bizDate, family },
        status: instance?.status,
        outcome: instance?.outcome,
        met: !unmet.has(parent),
      },
    ];
  });
  return { total: all.length, items };
};
