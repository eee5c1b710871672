import type { Blocker, BlockerCode } from '../gate/decision.schema.ts';

/** These stay until somebody does something, whatever the clock says. */
const always: ReadonlySet<BlockerCode> = new Set<BlockerCode>([
  'instance-paused',
  'task-paused',
  'parent-missing',
  'parent-paused',
  'parent-failed',
  'approval-pending',
]);

/** These end by themselves when an end is known. */
const withoutEnd: ReadonlySet<BlockerCode> = new Set<BlockerCode>([
  'instance-held',
  'task-held',
  'workflow-held',
  'project-held',
  'pool-held',
  'frozen',
  'rule-closed',
]);

/** Whether a blocker stays until somebody acts; the others pass by themselves sooner or later. */
export const needsPerson = ({ code, clearsAt }: Pick<Blocker, 'code' | 'clearsAt'>): boolean =>
  always.has(code) || (withoutEnd.has(code) && clearsAt === null);
