import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { cutIntoChunks } from '../../shared/domain/log/cut-into-chunks.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import { safeLines } from '../../shared/domain/log/safe-lines.ts';
import type { TellLines } from '../matching/tell-lines.ts';
import type { AppendedBatch, LogStore } from '../stores/logs-store.ts';

export type AppendDeps = {
  readonly logs: Pick<LogStore, 'append'>;
  /** Tells of lines that a rule looks for; missing: nobody looks. */
  readonly tellLines?: TellLines | undefined;
};

export type LinesToAppend = {
  readonly instance: Instance;
  readonly attempt: number;
  /**
   * Names the batch within the attempt, as `source.id`: the same name with the same lines is the same batch. Neither `#`
   * nor `~` may stand in it, and it is to be short (a digest of an event's id).
   */
  readonly batch: string;
  /** In any order; `at` as the writer's clock says. */
  readonly lines: readonly LogLine[];
  /**
   * When the batch was sent, the same at each delivery of it (the time of an event, not of its arrival). A line of a
   * clock that is more than a minute ahead of it, or a day behind, is put at this instant and says so in its fields.
   * Missing: the lines are our own stages', whose clock is ours.
   */
  readonly sentAt?: Instant | undefined;
  /** Values that no line may show, besides what looks like a secret; longest first. */
  readonly secrets?: readonly string[] | undefined;
  /** Set by whoever ends the attempt: whether an automatic retry follows. */
  readonly end?: 'retried' | 'final' | undefined;
};

/** `kept`: lines as stored, parts counted. `settle` is for whoever ends the attempt (functions/run/write-end.ts). */
export type AppendedLines = AppendedBatch & { readonly kept: number };

/**
 * Appends lines to the log of an attempt, running or ended: made safe to show, secrets masked, long lines in parts, cut
 * into chunks. They are searchable when it returns. Doing it twice is doing it once.
 */
export const appendLines =
  ({ logs, tellLines }: AppendDeps) =>
  async (input: LinesToAppend): Promise<AppendedLines> => {
    const { instance, attempt, batch, lines, sentAt, secrets = [], end } = input;
    const safe = safeLines(lines, { sentAt, secrets });
    const appended = await logs.append({ instance, attempt, batch, chunks: cutIntoChunks(safe) });
    await tellLines?.({ instance, attempt, lines: safe, end });
    return { ...appended, kept: safe.length };
  };
