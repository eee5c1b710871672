import type { TaskInput } from '../../shared/testing/a-task.ts';
import type { WorkflowInput } from '../../shared/testing/a-workflow.ts';
import { type Chance, seededChance } from '../faults/seeded-chance.ts';
import type { Fate, FateOf } from './executions.ts';
import { work } from './line-tasks.ts';

const priorities = ['LOWEST', 'LOW', 'MIDDLE'] as const;

/** From this attempt on the work gets through, so that whoever is run again often enough succeeds. */
const luckyAttempt = 5;

/** A workflow of up to twelve tasks: any DAG, kinds that run and kinds that do not, cycles of five minutes beside a daily one. */
export const randomWorkflow = (chance: Chance): WorkflowInput => {
  const names = Array.from({ length: 3 + chance.below(10) }, (_, n) => `t${n}`);
  const upstreams = names.map((_, n) => names.slice(0, n).filter(() => chance.hits(0.3)));
  const below = (name: string) => names.filter((_, n) => upstreams[n]?.includes(name));

  return {
    workflow: 'w',
    schedule: { every: 'day', at: '00:00' },
    tasks: names.map((name, n): TaskInput => {
      const common = {
        upstreams: upstreams[n] ?? [],
        priority: priorities[chance.below(3)] ?? 'MIDDLE',
        resourceGroup: ['g1', 'g2', 'free'][chance.below(3)] ?? 'free',
        pools: chance.hits(0.3) ? ['named'] : [],
        timeoutSeconds: 30,
        retries: {
          count: chance.below(4),
          intervalSeconds: 1 + chance.below(40),
          onTimeout: chance.hits(0.5),
          onLost: chance.hits(0.7),
        },
        dryRun: chance.hits(0.05),
        selfDependent: chance.hits(0.2),
        ...(chance.hits(0.15)
          ? { schedule: { every: 'minute', interval: 5, from: '00:00', to: '00:10' } as const }
          : {}),
      } satisfies Partial<TaskInput>;
      const take = below(name).filter(() => chance.hits(0.5));
      if (take.length > 0 && chance.hits(0.5)) {
        const when = { left: '${bizdate}', op: '=', right: '20261119' } as const;
        return { name, ...common, kind: 'branch', cases: [{ when, take }], otherwise: take };
      }
      if (chance.hits(0.1)) return { name, ...common, kind: 'noop' };
      if (chance.hits(0.05)) return { name, ...common, kind: 'approval' };
      if (chance.hits(0.1)) return { name, ...common, kind: 'wait', seconds: chance.below(90) };
      return work(name, common);
    }),
  };
};

/** The same fate for the same attempt, whoever asks and how often. */
export const randomFates =
  (seed: number): FateOf =>
  ({ instanceId, attempt }) => {
    const text = `${instanceId}#${attempt}`;
    const chance = seededChance(
      [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, seed),
    );
    const seconds = 1 + chance.below(25);
    const twice = chance.hits(0.3);
    if (attempt >= luckyAttempt) return { seconds, how: 'succeeds', twice };
    const rolled = chance.next();
    if (rolled < 0.15) return { seconds, how: 'fails', twice };
    if (rolled < 0.22) return { seconds: 60, how: 'succeeds', twice };
    if (rolled < 0.29) return { seconds, how: 'vanishes', twice };
    if (rolled < 0.32) return { seconds, how: 'unclaimed' };
    return { seconds, how: 'succeeds', twice } satisfies Fate;
  };
