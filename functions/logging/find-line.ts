import { parseInstanceId } from '../../shared/domain/instance/instance-id.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { lineIdOf, parseLineId } from '../../shared/domain/log/line-id.ts';
import type { Clock } from '../edge/system-clock.ts';
import type { StoredLogChunk } from '../stores/log-items.ts';
import type { LogStore } from '../stores/logs-store.ts';
import { type FateDeps, resolveFates } from './resolve-fates.ts';
import type { FoundLine } from './search-lines.ts';

type Deps = FateDeps & { readonly logs: LogStore; readonly clock: Clock };

export type WholeLine = {
  readonly found: FoundLine;
  /** All parts of the line that it is one of, in order; none when it is whole. */
  readonly parts: readonly FoundLine[];
};

/** The line of an id, unless it is gone, or a failure that a retry followed. */
export const findLine =
  ({ logs, instances, clock }: Deps) =>
  async (id: string): Promise<WholeLine | undefined> => {
    const place = parseLineId(id);
    if (!place || !parseInstanceId(place.instance)) return undefined;
    const [body] = await logs.bodies([place]);
    const line = body?.lines[place.n];
    if (!body || !line || line.at < plusSeconds(clock(), -logs.retentionDays * 86_400))
      return undefined;
    if (line.level === 'ERROR') {
      const fates = resolveFates({ instances });
      await fates.learn([place]);
      if (fates.isHidden(place)) return undefined;
    }
    const found = foundAt(body, place.n);
    return { found, parts: line.part ? await partsOf(logs, found) : [] };
  };

const foundAt = (body: StoredLogChunk, n: number): FoundLine => {
  const line = body.lines[n];
  if (!line) throw new RangeError(`no line ${n} in a chunk of ${body.lines.length}`);
  const { kind = '', version = 1 } = body;
  return { id: lineIdOf({ ...body, n }), line, chunk: { ...body, kind, version } };
};

/** Parts stand one after the other in the chunks of one batch. */
const partsOf = async (logs: LogStore, { id, line, chunk }: FoundLine): Promise<FoundLine[]> => {
  const place = parseLineId(id);
  const { part } = line;
  if (!place || !part) return [];
  const batch = place.chunk.replace(/\.\d+$/, '');
  const all: FoundLine[] = [];
  let cursor: string | undefined;
  do {
    const range = { from: plusSeconds(place.at, -600), to: line.at, limit: 50, cursor };
    const page = await logs.ofInstance(chunk.instance, range);
    for (const body of page.items)
      if (body.attempt === chunk.attempt && body.chunk.replace(/\.\d+$/, '') === batch)
        body.lines.forEach((each, n) => {
          if (each.at === line.at && each.part) all.push(foundAt(body, n));
        });
    cursor = page.cursor;
  } while (cursor !== undefined);
  const here = all.findIndex((each) => each.id === id);
  return here < 0 ? [] : all.slice(here - (part.n - 1), here - (part.n - 1) + part.of);
};
