import type { Typed } from './app-model.ts';
import type { HostClock } from './clock.ts';
import type { Executions } from './executions.ts';
import { HostError } from './host-error.ts';
import type { Lambdas } from './lambdas.ts';
import { nextFire } from './schedule-expression.ts';
import type { StateStore } from './state-store.ts';

export type Scheduler = { start(): void; close(): void };

/** The longest sleep: a suspended machine must notice that time has passed. */
const longestSleepMs = 1000;

/**
 * Fires the schedules of the template on the virtual clock. Fires that were missed, because the
 * host was down or the clock runs faster than the work, come once.
 */
export const scheduler = (
  schedules: readonly Typed<'AWS::Scheduler::Schedule'>[],
  targets: { readonly lambdas: Lambdas; readonly executions: Executions },
  store: StateStore,
  clock: HostClock,
): Scheduler => {
  const read = store.db.prepare('SELECT fired FROM fires WHERE schedule = ?');
  const write = store.db.prepare('INSERT OR REPLACE INTO fires (schedule, fired) VALUES (?, ?)');
  const busy = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const active = schedules
    .filter(({ State }) => State === 'ENABLED')
    .map((schedule) => ({
      name: schedule.logicalId,
      target: schedule.Target,
      next: nextFire(
        schedule.ScheduleExpression,
        schedule.ScheduleExpressionTimezone,
        schedule.logicalId,
      ),
    }));
  for (const { name, target } of active)
    if (!isMachine(target.Arn) && !targets.lambdas.has(target.Arn))
      throw new HostError(`the local host cannot fire ${name} at ${target.Arn}`);

  const lastFire = (name: string): number => {
    const stored = read.get(name)?.fired;
    if (typeof stored === 'number') return stored;
    const now = clock.now();
    write.run(name, now);
    return now;
  };

  const fire = async (name: string, target: { Arn: string; Input: string }, due: number) => {
    const input = target.Input.replaceAll(
      '<aws.scheduler.scheduled-time>',
      new Date(due).toISOString(),
    );
    if (isMachine(target.Arn)) {
      targets.executions.start({ stateMachineArn: target.Arn, input });
      return;
    }
    const { failed, payload } = await targets.lambdas.invoke(target.Arn, input);
    if (failed && !closed) store.deadLetter(clock.now(), name, payload, input);
  };

  const tick = (): void => {
    if (closed) return;
    const now = clock.now();
    let soonest = now + longestSleepMs * clock.setting.speed;
    for (const { name, target, next } of active) {
      const due = next(lastFire(name));
      if (due > now) {
        soonest = Math.min(soonest, due);
      } else if (!busy.has(name)) {
        busy.add(name);
        write.run(name, now);
        void fire(name, target, due)
          .catch((error) => store.deadLetter(clock.now(), name, String(error), target.Input))
          .finally(() => busy.delete(name));
      }
    }
    timer = setTimeout(tick, Math.max(1, Math.ceil(clock.realDelay(soonest - now))));
  };

  return {
    start: tick,
    close: () => {
      closed = true;
      clearTimeout(timer);
    },
  };
};

function isMachine(arn: string): boolean {
  return arn.includes(':stateMachine:');
}
