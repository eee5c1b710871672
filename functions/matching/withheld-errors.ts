import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { plusSeconds } from '../../shared/domain/kernel/calendar-day.ts';
import type { LogLine } from '../../shared/domain/log/log-line.schema.ts';
import type { LogStore } from '../stores/logs-store.ts';

/** Chunks of a page, and pages: some ten thousand lines, which is more than anybody reads. */
const pageSize = 200;
const mostPages = 5;
/** The clock of whoever writes lines may be so far behind. */
const behindSeconds = 86_400;

/**
 * The ERROR lines that came while an attempt ran and a retry of its failure was still possible, so that nobody was told of
 * them; none where the last retry had been used, because those were told of as they came.
 */
export const withheldErrors = async (
  { ofInstance }: Pick<LogStore, 'ofInstance'>,
  { id, autoRetries, retries, startedAt }: Instance,
  attempt: number,
): Promise<readonly LogLine[]> => {
  if (autoRetries >= retries.count) return [];
  const found: LogLine[] = [];
  const from = startedAt && plusSeconds(startedAt, -behindSeconds);
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, cursor: next } = await ofInstance(id, {
      ...{ from, cursor, limit: pageSize, strong: true },
    });
    for (const chunk of items)
      if (chunk.attempt === attempt)
        found.push(...chunk.lines.filter(({ level }) => level === 'ERROR'));
    cursor = next;
    if (cursor === undefined) break;
  }
  return found;
};
