import { dueDays } from '../../shared/domain/generation/due-days.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { ok } from '../../shared/domain/kernel/result.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { GenerationLine } from '../../shared/domain/run/generation-line.schema.ts';
import { graceSeconds } from '../../shared/domain/schedule/ledger-state.ts';
import type { ApiHandlers } from '../edge/api.ts';
import { queueStripes } from '../stores/instances-table.ts';
import { stripesUpTo } from '../stores/stripe.ts';
import type { ReadStores } from './api-stores.ts';
import { visibleProjects } from './visible-projects.ts';

type Check = {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'error' | 'unknown';
  readonly detail: string;
  readonly fix?: string;
  readonly at?: Instant;
};

/** An instance that is due this long and still waits for the clock alone: the tick is late. */
const lateSeconds = 120;
const maxProjects = 50;
/** The days that are caught up, and the coming one. */
const linesLookedAt = 9;
const holesNamed = 10;

/** Whether the line moves: the store answers, what is due starts, every day was generated. */
export const readHealth = (
  stores: ReadStores,
): Pick<ApiHandlers<'read'>, 'getHealth' | 'listGenerations'> => {
  const { instances, ledger, clock } = stores;

  return {
    async getHealth(_input, context) {
      const now = clock();
      const projects = (await visibleProjects(stores, context)).slice(0, maxProjects);
      const [late, lines] = await Promise.all([
        firstLate(instances, plusSeconds(now, -lateSeconds)),
        Promise.all(
          projects.map(({ name }) => ledger.lastGenerations('prod', name, linesLookedAt)),
        ),
      ]);
      const generations = lines.flatMap(([newest]) => newest ?? []);
      const holes = projects.flatMap((project, n) => holesOf(project, lines[n] ?? [], now));
      const unfinished = generations.filter(({ finishedAt }) => finishedAt === undefined);
      const checks: Check[] = [
        { name: 'store', status: 'ok', detail: 'the tables answer', at: now },
        late === undefined
          ? {
              name: 'dispatch',
              status: 'ok',
              detail: `nothing is due for more than ${lateSeconds} s`,
            }
          : {
              name: 'dispatch',
              status: 'error',
              detail: `an instance has been due since ${late} and was not started`,
              fix: 'look at the minute schedule of dispatch and at the alarms of its Lambdas',
              at: late,
            },
        unfinished.length === 0
          ? { name: 'generation', status: 'ok', detail: 'every generation that began has ended' }
          : {
              name: 'generation',
              status: 'warning',
              detail: `not ended: ${unfinished.map(({ project, bizDate }) => `${project} ${bizDate}`).join(', ')}`,
              fix: 'it is tried again every quarter of an hour; see the executions of DailyGeneration',
            },
        holes.length === 0
          ? {
              name: 'schedule-ledger',
              status: 'ok',
              detail: 'every due date was generated, and every tick that was checked has its run',
            }
          : {
              name: 'schedule-ledger',
              status: 'error',
              detail: holes.slice(0, holesNamed).join('; '),
              fix: 'have the date generated now, on the page of the schedule ledger; what exists stays',
            },
      ];
      return ok({
        status: checks.every(({ status }) => status === 'ok') ? 'ok' : 'degraded',
        at: now,
        checks,
        generations,
      });
    },

    async listGenerations({ params, query }) {
      return ok({ items: await ledger.lastGenerations(query.env, params.project, query.limit) });
    },
  };
};

/** The dates of a project that were not generated in time, or of which ticks have no run. */
const holesOf = (
  { name, zone, createdAt }: Project,
  lines: readonly GenerationLine[],
  now: Instant,
): readonly string[] => {
  const byDate = new Map(lines.map((line) => [line.bizDate, line]));
  return dueDays(zone, createdAt, plusSeconds(now, -graceSeconds)).flatMap(({ bizDate }) => {
    const line = byDate.get(bizDate);
    if (!line?.finishedAt) return `${name} ${bizDate} was not generated`;
    const missed = line.ticks?.missed ?? 0;
    return missed > 0 ? `${name} ${bizDate}: ${missed} ticks have no run` : [];
  });
};

const firstLate = async (
  instances: ReadStores['instances'],
  until: Instant,
): Promise<Instant | undefined> => {
  const pages = await Promise.all(
    stripesUpTo(queueStripes).map((stripe) => instances.due({ stripe, until, limit: 1 })),
  );
  return pages.flatMap(({ items }) => items.map(({ at }) => at)).toSorted()[0];
};
