import type { Blocker } from '../gate/decision.schema.ts';
import type { Instance } from '../instance/instance.schema.ts';
import { isActive } from '../instance/lifecycle.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { Backfill } from './backfill.schema.ts';
import { closedUntil } from './run-window.ts';

/**
 * What else keeps an instance of a backfill (nodes-and-instances 3.4, semantics 7): the hours in which it may start, and
 * the recurring instance of the same cycle while that runs or is about to.
 */
export const backfillConditions = (
  instance: Instance,
  backfill: Pick<Backfill, 'runWindow' | 'zone' | 'name'>,
  twin: Instance | undefined,
  now: Instant,
): readonly Blocker[] => {
  const since = instance.moves.at(-1)?.at ?? instance.dueAt;
  const { runWindow } = backfill;
  const opensAt = runWindow && closedUntil(runWindow, backfill.zone, now);
  return [
    ...(runWindow && opensAt !== undefined
      ? [
          {
            step: 'time',
            code: 'run-window',
            since,
            holder: `the hours of backfill ${backfill.name}: ${runWindow.from} to ${runWindow.to}${runWindow.weekends ? ' and weekends' : ''}`,
            clearsAt: opensAt,
            action: 'nothing: it starts by itself then',
          } as const,
        ]
      : []),
    ...(twin && hasPrecedence(twin)
      ? [
          {
            step: 'time',
            code: 'recurring-first',
            since: twin.submittedAt ?? twin.moves.at(-1)?.at ?? since,
            holder: `the recurring instance of ${twin.task} for ${twin.bizDate} (${twin.status})`,
            clearsAt: null,
            action: 'wait for it to end, or terminate it',
            instance: twin.id,
          } as const,
        ]
      : []),
  ];
};

/** It runs, or only a slot is missing. */
const hasPrecedence = (twin: Instance): boolean =>
  isActive(twin) ||
  ((twin.status === 'THROTTLED' || twin.status === 'WAIT_RESOURCE') &&
    !twin.paused &&
    !twin.parked &&
    !twin.held);
