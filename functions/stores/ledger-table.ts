import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import type { BizDate } from '../../shared/domain/kernel/time.schema.ts';
import type { ItemKey } from './table.ts';

/**
 * Ledger table. Append only, point-in-time recovery, a stream of new items for the outbox.
 *
 * | access pattern                    | partition key           | sort key    | kept     |
 * | --------------------------------- | ----------------------- | ----------- | -------- |
 * | what was done to an object        | AUDIT#object            | at#id       | 400 days |
 * | what was done in a project on day | AUDIT#DAY#project#day   | at#id       | 400 days |
 * | lines of the schedule ledger      | GEN#env#project         | bizDate     | for good |
 * | answer to an idempotency key      | IDEM#key                | IDEM        | 24 h     |
 *
 * Idempotency keys live here and not in the catalog, because they expire and the catalog does not.
 */
export const ledgerTable = {
  audit: (object: string) => `AUDIT#${object}`,
  auditDay: (project: string, day: string) => `AUDIT#DAY#${project}#${day}`,
  generations: (env: Env, project: string) => `GEN#${env}#${project}`,
  generation: (env: Env, project: string, bizDate: BizDate): ItemKey => ({
    pk: `GEN#${env}#${project}`,
    sk: bizDate,
  }),
  idempotency: (key: string): ItemKey => ({ pk: `IDEM#${key}`, sk: 'IDEM' }),
} as const;
