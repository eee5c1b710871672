import type { Candidate } from '../../shared/domain/bulk/candidate.schema.ts';
import { matchesFilter } from '../../shared/domain/bulk/matches-filter.ts';
import type { OperationFilter } from '../../shared/domain/bulk/operation.schema.ts';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { plusDays } from '../../shared/domain/kernel/calendar-day.ts';
import { inParallel } from '../admission/in-parallel.ts';
import type { Gathered } from '../stores/bulk-chunks.ts';
import { definitionCache } from '../stores/definition-cache.ts';
import type { BulkWork, RunDeps } from './bulk-deps.ts';
import { orderedCandidate } from './candidate-of.ts';

const pieceSize = 100;
/** Pages of a day that one piece looks through for what a filter lets through. */
const pagesPerPiece = 20;
const atOnce = 16;

/** All that match a filter: the days of each project in order, or the instances of one run. */
export const gatherFilter = async (
  deps: RunDeps,
  work: BulkWork,
  filter: OperationFilter,
  pieces: readonly Gathered[],
): Promise<Gathered> => {
  const matched = matcher(deps, filter);
  const found: Instance[] = [];
  let place = pieces.at(-1)?.next ?? '0 ';
  for (let page = 0; page < pagesPerPiece && found.length < pieceSize; page += 1) {
    const { items, next } = await pageOf(deps, filter, place);
    found.push(...(await matched(items)));
    if (next === undefined) return { candidates: await candidates(deps, work, found) };
    place = next;
  }
  return { candidates: await candidates(deps, work, found), next: place };
};

type Listed = { readonly items: readonly Instance[]; readonly next?: string };

/** One page; a place is `<number of the day> <cursor>`, or an offset within a run. */
const pageOf = async (
  { instances }: RunDeps,
  filter: OperationFilter,
  place: string,
): Promise<Listed> => {
  const at = place.indexOf(' ');
  const n = Number(place.slice(0, at));
  if (filter.run !== undefined) {
    const all = await instances.ofRun(filter.run, { strong: true });
    const end = n + pieceSize;
    return { items: all.slice(n, end), ...(end < all.length ? { next: `${end} ` } : {}) };
  }

  const days = daysOf(filter);
  const day = days[n];
  if (!day) return { items: [] };
  const cursor = place.slice(at + 1) || undefined;
  const page = await instances.listDay({ ...day, limit: pieceSize, cursor });
  if (page.cursor !== undefined) return { items: page.items, next: `${n} ${page.cursor}` };
  return { items: page.items, ...(n + 1 < days.length ? { next: `${n + 1} ` } : {}) };
};

const daysOf = ({ env, family, projects = [], bizDate }: OperationFilter) => {
  if (!bizDate) return [];
  const dates: string[] = [];
  for (let date = bizDate.from; date <= bizDate.to; date = plusDays(date, 1)) dates.push(date);
  return projects.flatMap((project) =>
    dates.map((each) => ({ env, project, family, bizDate: each })),
  );
};

const matcher = ({ catalog }: RunDeps, filter: OperationFilter) => {
  const definitions = definitionCache(catalog);
  return async (items: readonly Instance[]): Promise<readonly Instance[]> => {
    const kept = items.filter((instance) => matchesFilter(instance, filter));
    if (filter.owner === undefined) return kept;
    const facts = await definitions.currentFactsOf(kept);
    return kept.filter((_, n) => facts[n]?.owner === filter.owner);
  };
};

const candidates = (
  deps: RunDeps,
  work: BulkWork,
  found: readonly Instance[],
): Promise<Candidate[]> =>
  inParallel(
    found.filter(({ family }) => family !== 'barrier'),
    atOnce,
    (instance) => orderedCandidate(deps, work, instance),
  );
