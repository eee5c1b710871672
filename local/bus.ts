import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Typed } from './app-model.ts';
import type { HostClock } from './clock.ts';
import { eventPattern } from './event-pattern.ts';
import { HostError } from './host-error.ts';
import type { Lambdas } from './lambdas.ts';
import { account, region } from './local-names.ts';
import type { StateStore } from './state-store.ts';

export type BusEvent = {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  readonly time?: string;
};

export type Bus = {
  /** Keeps the deliveries of the event, then answers its id. */
  put(bus: string, event: BusEvent): string;
  /** Delivers what an earlier host had accepted and not delivered. */
  recover(): void;
  close(): void;
};

const attempts = 8;

/** The buses of the template and the default bus: rules with Lambda targets, at least once. */
export const bus = (
  rules: readonly Typed<'AWS::Events::Rule'>[],
  lambdas: Lambdas,
  store: StateStore,
  clock: HostClock,
): Bus => {
  const active = rules
    .filter(({ State }) => State === 'ENABLED')
    .map((rule) => ({
      bus: busName(rule.EventBusName),
      pattern: eventPattern(rule.EventPattern, rule.logicalId),
      name: rule.logicalId,
      targets: rule.Targets.map(({ Arn }) => Arn),
    }));
  for (const { name, targets } of active)
    for (const target of targets)
      if (!lambdas.has(target))
        throw new HostError(
          `the local host cannot deliver ${name} to ${target}: only Lambda targets`,
        );

  const insert = store.db.prepare('INSERT INTO deliveries (rule, target, event) VALUES (?, ?, ?)');
  const remove = store.db.prepare('DELETE FROM deliveries WHERE id = ?');
  const left = store.db.prepare('SELECT * FROM deliveries ORDER BY id');
  let closed = false;

  const deliver = async (
    id: number,
    rule: string,
    target: string,
    event: string,
  ): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      const { failed, payload } = await lambdas.invoke(target, event);
      if (closed) return;
      if (failed && attempt < attempts) {
        await sleep(100 * 2 ** attempt, undefined, { ref: false });
        continue;
      }
      if (failed) store.deadLetter(clock.now(), rule, payload, event);
      remove.run(id);
      return;
    }
  };

  return {
    put(name, event) {
      const id = randomUUID();
      const whole = {
        version: '0',
        id,
        account,
        region,
        time: clock.iso().replace(/\.\d+Z$/, 'Z'),
        resources: [],
        ...event,
      };
      const text = JSON.stringify(whole);
      for (const rule of active) {
        if (rule.bus !== busName(name) || !rule.pattern.matches(whole)) continue;
        for (const target of rule.targets) {
          const { lastInsertRowid } = insert.run(rule.name, target, text);
          void deliver(Number(lastInsertRowid), rule.name, target, text);
        }
      }
      return id;
    },
    recover() {
      for (const { id, rule, target, event } of left.all())
        void deliver(Number(id), String(rule), String(target), String(event));
    },
    close: () => {
      closed = true;
    },
  };
};

function busName(reference: string): string {
  return reference.split('/').at(-1) ?? reference;
}
