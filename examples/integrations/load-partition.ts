import { withLogger } from '@nightshift/logger';

type Work = { readonly partition: string };

/** Orders as they come: some name no customer. */
const orders = [
  { id: 4711, customer: 'c-1' },
  { id: 4712, customer: undefined },
  { id: 4713, customer: 'c-2' },
];

/** A task of the workflow `refresh`: it says what it does, and what it leaves out, where people look for it. */
export const handler = withLogger<Work, { rows: number }>(async ({ partition }, log) => {
  log.info('loading', { partition, orders: orders.length });
  const rejects = log.with({ category: 'rejects', fields: { partition } });
  for (const { id } of orders.filter(({ customer }) => customer === undefined))
    rejects.warn('order without a customer', { order: id });

  const rows = orders.filter(({ customer }) => customer !== undefined).length;
  log.progress({ percent: 100, rows });
  return { rows };
});
