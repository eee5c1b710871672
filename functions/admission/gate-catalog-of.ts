import { remember } from '../edge/remember.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import type { InstanceStore } from '../stores/instance-store.ts';
import type { ViewStore } from '../stores/views-store.ts';
import { taskKeyOf } from './expected-ends.ts';
import type { CurrentTask, GateCatalog, Limits } from './gate-catalog.ts';
import { loadCode } from './load-code.ts';

/** How long limits are remembered: an edit holds within a minute (nodes-and-instances 8.1). */
const limitSeconds = 2;

type Sources = {
  readonly clock: Clock;
  readonly catalog: CatalogStore;
  readonly instances: InstanceStore;
  readonly views: Pick<ViewStore, 'findDurations'>;
};

/**
 * The gate's view of the catalog. What a person may switch (pin, pause) is read each time; published definitions never
 * change, so they are kept for as long as the process lives.
 */
export const gateCatalogOf = ({ catalog, instances, views, clock }: Sources): GateCatalog => {
  const limits = remember<'all', Limits>(
    async () => {
      const [rules, groups] = await Promise.all([catalog.allRules(), catalog.allGroups()]);
      return { rules, groups };
    },
    { seconds: limitSeconds, clock },
  );
  const codeOf = loadCode(catalog, { clock, freshSeconds: 0 });

  return {
    limits: async () => (await limits('all')) ?? { rules: [], groups: [] },

    async currentTask(instance): Promise<CurrentTask> {
      const { code, paused } = await codeOf(instance);
      return {
        paused,
        task: code?.task,
        workflowParameters: code?.workflowParameters ?? {},
        zone: code?.project.zone ?? 'UTC',
      };
    },

    async expectedSeconds(refs) {
      const found = await views.findDurations(refs);
      return new Map(
        refs.flatMap((ref, n): [string, number][] => {
          const durations = found[n];
          return durations ? [[taskKeyOf(ref), durations.sumSeconds / durations.count]] : [];
        }),
      );
    },

    async startParameters(runId) {
      const request = await instances.findRequest(runId);
      return request?.kind === 'start' ? request.parameters : {};
    },
  };
};
