import {
  type DeadLetterView,
  lettersAtOnce,
} from '../../shared/contracts/api/dead-letter-routes.ts';
import {
  type DeadLetterQueueName,
  mayRedrive,
  deadLetterQueues as remedies,
} from '../../shared/domain/dead-letter/dead-letter-queue.ts';
import { type EventAgain, eventOfLetter } from '../../shared/domain/dead-letter/event-of-letter.ts';
import { maskedBody } from '../../shared/domain/dead-letter/masked-body.ts';
import { err, ok } from '../../shared/domain/kernel/result.ts';
import { isSecretName } from '../../shared/domain/log/secret-name.ts';
import type { DeadLetter, DeadLetterQueues } from '../channels/dead-letter-queues.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { LedgerStore } from '../stores/ledger-store.ts';
import { systemProject, writeAudit } from './write-audit.ts';

export type OpsDeps = {
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly letters: DeadLetterQueues;
  /** Addresses of the queues that this deployment has. */
  readonly queues: Readonly<Partial<Record<DeadLetterQueueName, string>>>;
  readonly putAgain: (event: EventAgain) => Promise<void>;
};

type Handled = { done: string[]; failed: { id: string; error: string }[]; more: boolean };

/** Dead letters: looked at, put again, thrown away. The only function of the API that may reach them. */
export const opsHandlers = (deps: OpsDeps): ApiHandlers<'ops'> => {
  const { letters, queues } = deps;
  const names = Object.keys(remedies) as DeadLetterQueueName[];
  const drop = async (url: string, letter: DeadLetter) => letters.remove(url, letter);

  return {
    async listDeadLetterQueues() {
      const items = await Promise.all(
        names.flatMap((name) => {
          const url = queues[name];
          return url === undefined ? [] : [row(letters, name, url)];
        }),
      );
      return ok({ items });
    },

    async listDeadLetters({ params: { queue } }) {
      const url = queues[queue];
      if (url === undefined) return ok({ items: [] });
      const found = await letters.take(url, lettersAtOnce);
      await letters.giveBack(url, found);
      return ok({ items: found.map(viewOf).toSorted(newestFirst) });
    },

    async redriveDeadLetters({ params: { queue }, body }, context) {
      if (!mayRedrive(queue))
        return err({
          code: 'no-redrive',
          detail: `what lies in ${queue} cannot be delivered once more; a stage repeats that work, so it can be discarded`,
        });
      const handled = await handle(deps, queue, body.ids, async (url, letter) => {
        const event = eventOfLetter(letter.body);
        if (!event.ok) return event.error;
        // Put first: a crash in between leaves the letter, and a repeated event changes nothing.
        const refused = await deps.putAgain(event.value).then(
          () => undefined,
          (error: unknown) =>
            `the bus did not take it: ${error instanceof Error ? error.message : error}; try again`,
        );
        if (refused !== undefined) return refused;
        await drop(url, letter);
        return undefined;
      });
      await note(deps, context, 'redrive', queue, handled, body.comment);
      return ok(handled);
    },

    async discardDeadLetters({ params: { queue }, body }, context) {
      const handled = await handle(deps, queue, body.ids, async (url, letter) => {
        await drop(url, letter);
        return undefined;
      });
      await note(deps, context, 'discard', queue, handled, body.comment);
      return ok(handled);
    },
  };
};

const row = async (letters: DeadLetterQueues, name: DeadLetterQueueName, url: string) => {
  const { visible, hidden } = await letters.depthOf(url);
  return { name, messages: visible, hidden, remedy: remedies[name] };
};

/** Takes what is asked for, or whatever is there, does it to each, and gives back the rest. */
const handle = async (
  { letters, queues }: OpsDeps,
  queue: DeadLetterQueueName,
  ids: readonly string[] | undefined,
  act: (url: string, letter: DeadLetter) => Promise<string | undefined>,
): Promise<Handled> => {
  const url = queues[queue];
  const handled: Handled = { done: [], failed: [], more: false };
  if (url === undefined) return handled;

  const wanted = ids && new Set(ids);
  const taken = await letters.take(url, wanted ? lettersLooked : lettersAtOnce);
  const left: DeadLetter[] = [];
  for (const letter of taken) {
    if (wanted && !wanted.has(letter.id)) {
      left.push(letter);
      continue;
    }
    const error = await act(url, letter);
    if (error === undefined) handled.done.push(letter.id);
    else {
      handled.failed.push({ id: letter.id, error });
      left.push(letter);
    }
  }
  await letters.giveBack(url, left);
  const met = new Set(taken.map(({ id }) => id));
  for (const id of ids ?? [])
    if (!met.has(id))
      handled.failed.push({
        id,
        error: 'not found in this look: it is gone, or somebody is looking at it; look again',
      });
  handled.more = ids === undefined && taken.length >= lettersAtOnce;
  return handled;
};

/** SQS finds no message by its id: a named one is looked for among this many. */
const lettersLooked = 500;

const note = (
  deps: Pick<OpsDeps, 'ledger' | 'clock'>,
  context: ApiContext,
  action: 'redrive' | 'discard',
  queue: string,
  { done, failed }: Handled,
  comment: string | undefined,
): Promise<void> =>
  writeAudit(deps, context, {
    action,
    object: `dead-letters:${queue}`,
    project: systemProject,
    comment,
    after: { count: done.length, ids: done, failed: failed.length },
  });

const viewOf = ({ id, at, body, attributes }: DeadLetter): DeadLetterView => {
  const event = eventOfLetter(body);
  const reason = attributes.ErrorMessage ?? attributes.ERROR_MESSAGE;
  return {
    id,
    at: at ?? null,
    ...(reason ? { reason } : {}),
    ...(event.ok ? { type: event.value.type, source: event.value.source } : {}),
    body: maskedBody(body, isSecretName),
  };
};

const newestFirst = (a: DeadLetterView, b: DeadLetterView): number =>
  (b.at ?? '').localeCompare(a.at ?? '');
