import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { isEnded } from '../../shared/domain/instance/lifecycle.ts';
import type { MessageFacts } from '../../shared/domain/notice/message-facts.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { TellDeps } from './tell-deps.ts';

/** Instances whose children are read, children of one of them, and instances that are looked at: a number for people. */
const mostParents = 60;
const mostChildren = 100;
const mostLooked = 200;
const atOnce = 8;

/**
 * How many instances wait for what a message tells of, at any depth and in whatever workflow; what failed itself, what is
 * over and barriers are none. `more`: the look stopped before the end, so there are at least so many. Edges are read as they
 * are now: one that somebody takes away a moment later counts.
 */
export const countWaiting = async (
  { instances }: Pick<TellDeps, 'instances'>,
  failed: readonly string[],
): Promise<NonNullable<MessageFacts['downstream']>> => {
  const reached = new Set(failed);
  const { size: own } = reached;
  let frontier: readonly string[] = [...reached];
  let looked = 0;
  let more = false;

  while (frontier.length > 0) {
    const now = frontier.slice(0, mostParents - looked);
    more ||= now.length < frontier.length;
    looked += now.length;
    const pages = await inParallel(now, atOnce, (id) =>
      instances.childrenOf(id, { limit: mostChildren }),
    );
    more ||= pages.some(({ cursor }) => cursor !== undefined);
    const children = new Set(pages.flatMap(({ items }) => items).filter((id) => !reached.has(id)));
    const fresh = [...children].slice(0, own + mostLooked - reached.size);
    more ||= fresh.length < children.size;
    for (const id of fresh) reached.add(id);
    frontier = fresh;
  }

  const below = [...reached].slice(own).filter((id) => !isBarrier(id));
  const found = await instances.findMany(below);
  return { count: below.filter((id) => waits(found.get(id))).length, more };
};

const isBarrier = (id: string): boolean => parseInstanceId(id)?.family === 'barrier';

/** One that an edge names and nobody has generated yet waits by itself when it comes. */
const waits = (instance: Instance | undefined): boolean =>
  instance === undefined || !isEnded(instance);
