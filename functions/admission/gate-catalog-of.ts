import type { Backfill } from '../../shared/domain/backfill/backfill.schema.ts';
import { parametersOf } from '../../shared/domain/backfill/parameters-of.ts';
import { attemptLimits } from '../../shared/domain/project/attempt-limits.ts';
import { effectiveSettings } from '../../shared/domain/project/effective-settings.ts';
import type { SettingsOverrides } from '../../shared/domain/project/runtime-settings.schema.ts';
import { startParametersOf } from '../../shared/domain/run/start-parameters.ts';
import { graphOf } from '../../shared/domain/workflow/graph.ts';
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

/** How long the runtime settings are remembered: an edit holds within five minutes (nodes-and-instances 8.2). */
const settingsSeconds = 30;

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
      const [rules, groups, holds] = await Promise.all([
        catalog.allRules(),
        catalog.allGroups(),
        catalog.allHolds(),
      ]);
      return { rules, groups, holds };
    },
    { seconds: limitSeconds, clock },
  );
  const settings = remember<'system', SettingsOverrides>(
    async () => (await catalog.systemSettings()) ?? {},
    { seconds: settingsSeconds, clock },
  );
  const codeOf = loadCode(catalog, { clock, freshSeconds: 0 });
  const backfillOf = remember<string, Backfill>((scope) => instances.findBackfill(scope), {
    seconds: Number.POSITIVE_INFINITY,
    clock,
  });

  return {
    limits: async () => (await limits('all')) ?? { rules: [], groups: [], holds: [] },

    async currentTask(instance): Promise<CurrentTask> {
      const [{ code, paused, set = {} }, system = {}] = await Promise.all([
        codeOf(instance),
        settings('system'),
      ]);
      return {
        paused,
        task: code?.task,
        limits:
          code &&
          attemptLimits(instance, code.task, set, effectiveSettings(system, code.project.settings)),
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

    async innerParents({ project, workflow, version }) {
      const found = await catalog.findVersion(project, workflow, version);
      const definition =
        found && (await catalog.definitionOf({ project, workflow, content: found.content }));
      if (!definition) return undefined;
      const { order, parents } = graphOf(definition);
      return new Map(order.map((task) => [task, parents.get(task) ?? []]));
    },

    async startParameters(instance) {
      if (instance.family === 'backfill') {
        const backfill = await backfillOf(instance.scope);
        return backfill ? parametersOf(backfill, instance) : {};
      }
      const request = await instances.findRequest(instance.runId);
      return startParametersOf(request?.kind === 'start' ? request : undefined, instance.task);
    },

    backfill: backfillOf,
  };
};
