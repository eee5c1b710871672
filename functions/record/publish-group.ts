import type { EventOut } from '../../shared/contracts/events/event-out.ts';
import type { AuditEntry } from '../../shared/domain/audit/audit-entry.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import { secondsBetween } from '../../shared/domain/kernel/calendar-day.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import type { ViewStore } from '../stores/views-store.ts';
import type { CountedMove } from './counted-move.ts';
import {
  datasetUpdated,
  endedEvent,
  movedEvent,
  runEvent,
  runStarted,
  taskPath,
} from './events-of.ts';
import type { RecordedGroup } from './fold-batch.ts';

export type PublishDeps = {
  readonly ledger: Pick<LedgerStore, 'addAudit'>;
  readonly announce: (events: readonly EventOut[]) => Promise<void>;
  readonly views: Pick<ViewStore, 'noteDatasetUpdate'>;
  /** Whether every move of a project is announced. Default: of none. */
  readonly announcesMoves?: (project: string) => boolean;
};

/** Everything besides the counters that follows from recorded moves: events, audit, durations. */
export const publishGroup =
  ({ ledger, announce, views, announcesMoves = () => false }: PublishDeps) =>
  async ({ moves, endedRuns, startedRuns }: RecordedGroup): Promise<void> => {
    const counted = moves.filter(({ instance }) => instance.family !== 'barrier');
    const written = counted.filter(hasWritten);
    const events = [
      ...counted.filter(({ instance }) => announcesMoves(instance.project)).map(movedEvent),
      ...startedRuns.map(runStarted),
      ...counted.filter(hasEnded).map(endedEvent),
      ...written.flatMap(datasetUpdated),
      ...endedRuns.map(runEvent),
    ];
    // Whoever asked for a start or a generation has an entry for the request, not one for each instance.
    const audits = counted
      .filter(({ actor, from }) => from && actor && !actor.startsWith('system:'))
      .map(auditOf);

    if (events.length > 0) await announce(events);
    for (const { instance, at } of written)
      if (instance.wrote)
        await views.noteDatasetUpdate(instance.project, instance.wrote.dataset, {
          at,
          by: taskPath(instance),
          instance: instance.id,
          ...(instance.wrote.rows === undefined ? {} : { rows: instance.wrote.rows }),
        });
    if (audits.length > 0) await ledger.addAudit(audits);
  };

/**
 * Durations of what ran by itself: a mean bears a lost sample, so they are not part of the fold. Of a task with many cycles
 * a day every second one is enough, and half a write unit an attempt is saved.
 */
export const sampleDurations =
  ({ views }: { readonly views: Pick<ViewStore, 'addDurations'> }) =>
  async ({ moves }: RecordedGroup): Promise<void> => {
    const ran = moves.filter(
      ({ instance, to, outcome }) =>
        to === 'SUCCESS' && outcome === 'ran' && instance.attempt > 0 && instance.index % 2 === 1,
    );
    for (const samples of Map.groupBy(ran, ({ instance }) => taskOf(instance)).values()) {
      const [first] = samples;
      if (first) await views.addDurations(first.instance, samples.flatMap(secondsOf));
    }
  };

const taskOf = ({ env, project, workflow, task }: Instance): string =>
  [env, project, workflow, task].join('/');

const secondsOf = ({ instance: { startedAt, endedAt } }: CountedMove): number[] =>
  startedAt && endedAt ? [Math.max(0, secondsBetween(startedAt, endedAt))] : [];

const hasEnded = ({ from, to }: CountedMove): boolean =>
  isEnded({ status: to }) && (from === undefined || !isEnded({ status: from }));

/** It has just succeeded in writing a dataset. */
const hasWritten = ({ instance, to, outcome, from }: CountedMove): boolean =>
  instance.wrote !== undefined && to === 'SUCCESS' && outcome === 'ran' && from !== 'SUCCESS';

/** A person's move is its own record; the ledger keeps it longer than the instance lives. */
const auditOf = ({ instance, at, actor, seq, from, to, before }: CountedMove): AuditEntry => {
  const move = instance.moves.at(-1);
  return {
    id: `${instance.id}#${seq}`,
    at,
    actor: actor ?? 'unknown',
    action: move?.move ?? 'move',
    object: `instance:${instance.id}`,
    project: instance.project,
    env: instance.env,
    bizDate: instance.bizDate,
    ...(move?.reason ? { reason: move.reason } : {}),
    detail: {
      before: { status: from ?? null, ...knobsOf(before) },
      after: { status: to, ...knobsOf(instance) },
    },
  };
};

const knobsOf = (instance: Instance | undefined): Record<string, string | boolean> =>
  instance
    ? {
        priority: instance.priority,
        resourceGroup: instance.resourceGroup,
        paused: instance.paused ?? false,
        held: instance.held !== undefined,
        forced: instance.forced ?? false,
      }
    : {};
