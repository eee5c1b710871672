import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import { cutIntoChunks } from '../../shared/domain/log/cut-into-chunks.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { anInstance } from '../../shared/testing/an-instance.ts';
import type { Chance } from '../faults/seeded-chance.ts';

/** Lines of one attempt, as a stage would append them. */
export type GeneratedBatch = {
  readonly instance: Instance;
  readonly attempt: number;
  readonly batch: string;
  readonly chunks: readonly (readonly LogLine[])[];
};

export const logProjects = ['shop', 'bank', 'port'] as const;
export const logWorkflows = ['daily', 'hourly', 'ledger', 'export'] as const;
export const logTasks = ['extract', 'load', 'report'] as const;
export const logCategories = ['audit', 'payment', 'stock'] as const;
export const logOperations = ['claim', 'resolve', 'invoke', 'read', 'custom'] as const;
const kinds = ['http', 'lambda', 'sql'] as const;
const levels = ['DEBUG', 'INFO', 'INFO', 'INFO', 'WARN', 'ERROR'] as const;

/** Few words often, many seldom: as texts are. */
export const commonWords = [
  'order',
  'row',
  'file',
  'loaded',
  'retry_count',
  '订单',
  '同步完成',
  'Straße',
];
const rareWord = (chance: Chance): string => `id${chance.below(4_000).toString(36)}`;

const textOf = (chance: Chance): string =>
  Array.from({ length: 4 + chance.below(8) }, () => {
    if (chance.below(5) === 0) return rareWord(chance);
    const word = commonWords[chance.below(commonWords.length)] ?? '';
    return chance.below(6) === 0 ? word.toUpperCase() : word;
  }).join([' ', ' ', ', ', '-', '='][chance.below(5)]);

/**
 * Attempts over some days: most write five lines in a second, some hundreds over many minutes, a few a line longer than a
 * chunk. Several lines share an instant.
 */
export const generateLogs = (
  chance: Chance,
  {
    from,
    days,
    lines,
    name = 'g',
  }: {
    readonly from: string;
    readonly days: number;
    readonly lines: number;
    readonly name?: string;
  },
): GeneratedBatch[] => {
  const batches: GeneratedBatch[] = [];
  let written = 0;
  for (let n = 0; written < lines; n += 1) {
    const isLong = chance.below(60) === 0;
    const count = isLong ? 200 + chance.below(900) : 3 + chance.below(5);
    const instance = anInstance({
      project: logProjects[chance.below(logProjects.length)],
      workflow: logWorkflows[chance.below(logWorkflows.length)],
      task: logTasks[chance.below(logTasks.length)],
      kind: kinds[chance.below(kinds.length)],
      family: 'manual',
      scope: `${name}${Math.floor(n / 3)}`,
      version: 1 + chance.below(3),
      retries: { count: 0, intervalSeconds: 60, onTimeout: false, onLost: false },
      status: 'RUNNING',
      attempt: 1,
    });
    const start = plusSeconds(from, chance.below(days * 86_400_000) / 1000);
    const step = isLong ? 1 + chance.below(6_000) : chance.below(400);
    let ms = 0;
    const own = Array.from({ length: count }, (): LogLine => {
      ms += chance.below(3) === 0 ? 0 : chance.below(step + 1);
      return {
        at: plusSeconds(start, ms / 1000),
        level: levels[chance.below(levels.length)] ?? 'INFO',
        text: textOf(chance),
        operation: logOperations[chance.below(logOperations.length)] ?? 'invoke',
        ...(chance.below(3) === 0
          ? { category: logCategories[chance.below(logCategories.length)] ?? 'audit' }
          : {}),
        ...(chance.below(10) === 0 ? { fields: { shard: chance.below(50) } } : {}),
      };
    });
    batches.push({ instance, attempt: 1, batch: 'end', chunks: cutIntoChunks(own) });
    written += count;
  }
  return batches;
};
