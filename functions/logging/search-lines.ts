import { isoOf } from '../../shared/domain/kernel/calendar-day.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { lineIdOf } from '../../shared/domain/log/line-id.ts';
import {
  hangsOnFate,
  type LogCondition,
  mayMeet,
  meets,
} from '../../shared/domain/log/log-condition.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import type { StoredHeader, StoredLogChunk } from '../stores/log-items.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { chunkKeyOf } from '../stores/logs-table.ts';
import type { Source } from './header-source.ts';
import type { Fates } from './resolve-fates.ts';

/** A line with what is known of the chunk that it stands in. */
export type FoundLine = {
  readonly id: string;
  readonly line: LogLine;
  readonly chunk: Pick<StoredHeader, 'instance' | 'attempt' | 'kind' | 'version' | 'task'>;
};

/**
 * Where a search goes on: strictly after a line in its order. `since` (oldest first only) is the beginning of the earliest
 * chunk that was not through.
 */
export type Position = {
  readonly at: Instant;
  readonly id: string;
  readonly since?: Instant | undefined;
};

/** How much one request may look at before it answers with how far it came. */
export type Budget = { readonly headers: number; readonly bodies: number };

export type Looked = { chunks: number; skipped: number; lines: number };

export type FoundPage = {
  readonly found: readonly FoundLine[];
  /** Missing: there is nothing after it. */
  readonly next?: Position | undefined;
  /** Set when the budget ended the look. */
  readonly searchedTo?: Instant | undefined;
  readonly looked: Looked;
};

/** A chunk that may hold lines; `lines` where its body came with it. */
export type Candidate = StoredHeader & { readonly lines?: readonly LogLine[] | undefined };

type Search = {
  readonly sources: readonly Source<Candidate>[];
  readonly condition: LogCondition;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly after?: Position | undefined;
  readonly budget: Budget;
};

type Deps = { readonly logs: Pick<LogStore, 'bodies'>; readonly fates: Fates };

const mostBodies = 100;

/**
 * The lines that meet a condition in the order of (at, id), at most `limit`. Chunks are merged by what their headers say:
 * a line is given out once no chunk that has not been read can hold one before it. So pages joined are the whole, whatever
 * is appended meanwhile, and a page costs what it looks at and not what there is.
 */
export const searchLines =
  ({ logs, fates }: Deps) =>
  async ({ sources, condition, order, limit, after, budget }: Search): Promise<FoundPage> => {
    const { comes, edge, isPast } = directionOf(order);
    const start = after?.at ?? (order === 'desc' ? condition.to : condition.from);
    const looked: Looked = { chunks: 0, skipped: 0, lines: 0 };
    let headers = 0;
    let pending: Candidate[] = [];
    let lines: FoundLine[] = [];
    const through: Candidate[] = [];
    let batch = 8;

    /** What is not read yet holds no line before it; undefined when all is read. */
    const frontier = (): Instant | undefined => {
      let first: Instant | undefined;
      for (const bound of [...sources.flatMap(boundOf), ...pending.map(edge)])
        if (first === undefined || isPast(first, bound)) first = bound;
      return first;
    };
    const boundOf = (source: Source<Candidate>): Instant[] => {
      const head = source.head();
      if (head === undefined) return [];
      return [order === 'desc' ? isoOf(Date.parse(head.first) + source.spanMs) : head.first];
    };

    /** Takes headers until the chunk that comes next is among the pending. */
    const gather = async (): Promise<void> => {
      for (;;) {
        await Promise.all(sources.filter((source) => source.isDry()).map((each) => each.fill()));
        if (isSpent()) return;
        let nearest: Instant | undefined;
        for (const each of pending)
          if (nearest === undefined || isPast(nearest, edge(each))) nearest = edge(each);
        const ahead = sources.filter((source) =>
          boundOf(source).some((bound) => nearest === undefined || !isPast(bound, nearest)),
        );
        if (ahead.length === 0) return;
        for (const source of ahead)
          for (
            let head = source.head();
            head !== undefined &&
            boundOf(source).some((bound) => nearest === undefined || !isPast(bound, nearest));
            head = source.head()
          ) {
            const candidate = source.take();
            headers += 1;
            if (!mayMeet(condition, candidate) || isBehind(candidate)) looked.skipped += 1;
            else {
              pending.push(candidate);
              const at = edge(candidate);
              if (nearest === undefined || isPast(nearest, at)) nearest = at;
            }
          }
      }
    };
    const isBehind = ({ first, last }: Candidate): boolean =>
      after !== undefined && (order === 'desc' ? first > after.at : last < after.at);
    const isSpent = (): boolean => {
      if (headers < budget.headers && looked.chunks < budget.bodies) return false;
      const now = frontier();
      return now !== undefined && isPast(now, start);
    };

    /** Reads the next bodies and keeps the lines that are found, as many as can be given out. */
    const read = async (): Promise<void> => {
      pending.sort((a, b) => (edge(a) === edge(b) ? 0 : isPast(edge(b), edge(a)) ? -1 : 1));
      const next = pending.slice(0, batch);
      pending = pending.slice(batch);
      batch = Math.min(mostBodies, batch * 2);
      const [bodies] = await Promise.all([
        bodiesOf(logs, next),
        fates.learn(next.filter((each) => hangsOnFate(condition, each))),
      ]);
      looked.chunks += next.length;
      for (const chunk of next) {
        const text = chunk.lines ?? bodies.get(chunkKeyOf({ ...chunk, at: chunk.first })) ?? [];
        looked.lines += text.length;
        if (order === 'asc') through.push(chunk);
        const hidden =
          chunk.fate === 'superseded' || (chunk.fate === 'pending' && fates.isHidden(chunk));
        text.forEach((line, n) => {
          if (!meets(condition, line, { kind: chunk.kind, hidden })) return;
          const id = lineIdOf({ ...chunk, at: chunk.first, n });
          if (after && !comes(after, { at: line.at, id })) return;
          lines.push({ id, line, chunk });
        });
      }
      lines.sort((a, b) => (comes(placeOf(a), placeOf(b)) ? -1 : 1));
      lines = lines.slice(0, limit + 1);
    };

    /** Oldest first, chunks that began before the position may go on after it. */
    const goOn = (position: Position): Position => {
      if (order === 'desc') return position;
      const open = [...through.filter(({ last }) => last >= position.at), ...pending];
      const since = open.reduce((a, { first }) => earlierOf(a, first), position.at);
      return { ...position, since };
    };

    for (;;) {
      await gather();
      const edgeNow = frontier();
      const sure = lines.filter(({ line }) => edgeNow === undefined || isPast(edgeNow, line.at));
      const isFull = sure.length > limit;
      if (!isFull && edgeNow !== undefined && !isSpent()) {
        if (pending.length > 0) await read();
        continue;
      }
      const found = sure.slice(0, limit);
      const last = found.at(-1);
      if (isFull && last) return { found, next: goOn(placeOf(last)), looked };
      if (edgeNow === undefined) return { found, looked };
      const next = goOn({ at: edgeNow, id: order === 'desc' ? '\uffff' : '' });
      return { found, next, searchedTo: edgeNow, looked };
    }
  };

const placeOf = ({ id, line }: FoundLine): Position => ({ at: line.at, id });

/** How an order runs: what comes after a position, where a chunk is met first, and what is past an instant. */
const directionOf = (order: 'asc' | 'desc') => ({
  comes: (a: Position, b: Position): boolean =>
    order === 'asc'
      ? a.at < b.at || (a.at === b.at && a.id < b.id)
      : a.at > b.at || (a.at === b.at && a.id > b.id),
  edge: ({ first, last }: Candidate): Instant => (order === 'asc' ? first : last),
  /** `a` lies strictly after `b` in the order. */
  isPast: (a: Instant, b: Instant): boolean => (order === 'asc' ? a > b : a < b),
});

const earlierOf = (a: Instant, b: Instant): Instant => (b < a ? b : a);

const bodiesOf = async (
  logs: Pick<LogStore, 'bodies'>,
  chunks: readonly Candidate[],
): Promise<ReadonlyMap<string, StoredLogChunk['lines']>> => {
  const unread = chunks.filter(({ lines }) => lines === undefined);
  if (unread.length === 0) return new Map();
  const bodies = await logs.bodies(unread.map((chunk) => ({ ...chunk, at: chunk.first })));
  return new Map(bodies.map((body) => [chunkKeyOf(body), body.lines]));
};
