import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { GenerationLine } from '../../shared/domain/run/generation-line.schema.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { ExpectedRuns } from '../stores/expected-runs.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';

export type TickDeps = {
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly expected: ExpectedRuns;
};

const workflowsAtOnce = 100;
const missingNamed = 20;

/**
 * Compares what the schedules of a project asked for on a generated date with the runs that exist, and writes the result
 * into the line of that date. Returns how many ticks have no run.
 */
export const checkTicks =
  ({ catalog, instances, ledger, clock, expected }: TickDeps) =>
  async (project: Project, line: GenerationLine): Promise<number> => {
    let count = 0;
    const missing: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalog.listWorkflows(project.name, { limit: workflowsAtOnce, cursor });
      for (const record of page.items) {
        const runs = (await expected.runsOf(record, project, line)).map(({ run }) => run);
        const found = await instances.findRuns(runs);
        count += runs.length;
        missing.push(...runs.filter((run) => !found.has(run)));
      }
      cursor = page.cursor;
    } while (cursor !== undefined);

    await ledger.noteTicks(line, {
      expected: count,
      missed: missing.length,
      missing: missing.slice(0, missingNamed),
      checkedAt: clock(),
    });
    return missing.length;
  };
