import { isDeepStrictEqual } from 'node:util';
import type { Client } from '../../shared/contracts/client/create-client.ts';

type Place = { readonly project: string; readonly env: 'prod' | 'dev'; readonly day: string };
type Sums = Awaited<ReturnType<typeof ask>>['counted'];

/** The runs that started on a day in UTC, counted one by one page by page, and what the counters say of them. */
export const recountRuns = async (call: Client, place: Place) => {
  let page = await ask(call, place, undefined);
  let counted = page.counted;
  while (page.cursor !== undefined) {
    page = await ask(call, place, page.cursor);
    counted = plus(counted, page.counted);
  }
  const { counters } = page;
  return { day: place.day, equal: isDeepStrictEqual(counted, counters), counted, counters };
};

const ask = (call: Client, place: Place, cursor: string | undefined) =>
  call('recountRuns', { query: { ...place, cursor } });

const plus = (a: Sums, b: Sums): Sums =>
  Object.fromEntries(
    Object.entries(a).map(([name, value]) => [name, value + b[name as keyof Sums]]),
  ) as Sums;
