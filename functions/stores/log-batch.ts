import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { Fault } from '../../shared/domain/kernel/fault.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { type ChunkHeader, type Fate, summaryOf } from '../../shared/domain/log/chunk-header.ts';
import { fateAtWriting } from '../../shared/domain/log/fate-of.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { bodyItem, headerItem } from './log-items.ts';
import { placeOf } from './logs-table.ts';
import type { Item, ItemKey } from './table.ts';

/** Lines of an attempt that were written together, safe and cut into chunks. */
export type LogBatch = {
  readonly instance: Instance;
  readonly attempt: number;
  /** Names them within the attempt: a batch written twice is one batch. Neither `#` nor `~` stands in it. */
  readonly batch: string;
  readonly chunks: readonly (readonly LogLine[])[];
};

export type ChunkItems = {
  readonly body: Item & ItemKey;
  /** With another fate than at writing, once it is settled. */
  readonly headerAs: (fate?: Fate) => Item & ItemKey;
  /** The header leaves it to the instance whether failures are shown. */
  readonly isPending: boolean;
};

/** The items of a batch: for each chunk its body and its header, under keys that the batch names. */
export const itemsOfBatch = (
  { instance, attempt, batch, chunks }: LogBatch,
  retentionDays: number,
): ChunkItems[] => {
  if (/[#~]/.test(batch))
    throw new Fault('InputInvalid', 'the name of a batch of lines holds # or ~', { batch });
  const facts = { kind: instance.kind, version: instance.codeVersion ?? instance.version };

  return chunks.flatMap((lines, n) => {
    const summary = summaryOf(lines, instance.kind);
    if (!summary) return [];
    const header: ChunkHeader = {
      ...summary,
      ...facts,
      ...identityOf(instance),
      attempt,
      chunk: `${batch}.${String(n).padStart(4, '0')}`,
      fate: fateAtWriting(attempt, instance, summary.counts),
    };
    const expiresAt = expiryOf(summary.first, retentionDays);
    return [
      {
        body: bodyItem({ ...header, at: header.first }, lines, { ...facts, expiresAt }),
        headerAs: (fate = header.fate) => headerItem({ ...header, fate }, expiresAt),
        isPending: header.fate === 'pending',
      },
    ];
  });
};

const identityOf = ({ id }: Instance) => {
  const { env, project, workflow, task, runId } = placeOf(id);
  return { env, project, workflow, task, run: runId, instance: id };
};

const expiryOf = (first: Instant, retentionDays: number): number =>
  Math.floor(Date.parse(first) / 1000) + retentionDays * 86_400;
