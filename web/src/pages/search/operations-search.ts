import * as z from 'zod';

const text = z.string().optional().catch(undefined);

/** Filters of the list of bulk operations. Lists of values are comma-separated. */
export const OperationsSearch = z.object({ status: text, op: text, actor: text });
export type OperationsSearch = z.infer<typeof OperationsSearch>;
