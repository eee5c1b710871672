import { deliveries } from './deliveries.ts';
import { due } from './due.ts';
import { notices } from './notices.ts';
import { sendLanes } from './send-lanes.ts';
import { suppressions } from './suppressions.ts';
import type { Table } from './table.ts';

/** Messages, to whom they go, what became of them, and what holds them up. */
export const outbox = (table: Table) => ({
  notices: notices(table),
  deliveries: deliveries(table),
  due: due(table),
  lanes: sendLanes(table),
  suppressions: suppressions(table),
});

export type Outbox = ReturnType<typeof outbox>;
