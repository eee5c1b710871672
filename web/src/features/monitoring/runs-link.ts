import type { Target } from '../../ui/link.tsx';
import type { Scope } from '../../ui/scope.ts';

export type RunsLink = Target & { readonly to: '/runs' };

/** The runs that were counted: of the same scope, started in the same half-open window (B1.1). */
export const runsLink = (
  { env, project }: Scope,
  workflow: string | undefined,
  { from, to }: { readonly from: string; readonly to: string },
  more: Readonly<Record<string, string>> = {},
): RunsLink => ({
  to: '/runs',
  search: { env, project, workflow, startedFrom: from, startedUntil: to, ...more },
});

/** The log lines of that time. */
export const logsLink = (
  { env, project }: Scope,
  workflow: string | undefined,
  { from, to }: { readonly from: string; readonly to: string },
): Target => ({
  to: '/logs',
  search: { env, project, workflow, from, to, ...(project === undefined ? { all: 'yes' } : {}) },
});
