import * as z from 'zod';

/**
 * Stable reasons of a refusal, each with its HTTP status. Scripts branch on the code, people read the detail
 * (RFC 9457). A code is never renamed.
 */
export const problemStatus = {
  'bad-json': 400,
  'link-forged': 400,
  'invalid-input': 400,
  'invalid-cursor': 400,
  'idempotency-key-missing': 400,
  unauthenticated: 401,
  forbidden: 403,
  'route-not-found': 404,
  'project-not-found': 404,
  'workflow-not-found': 404,
  'version-not-found': 404,
  'task-not-found': 404,
  'instance-not-found': 404,
  'attempt-not-found': 404,
  'upstream-not-found': 404,
  'run-not-found': 404,
  'request-not-found': 404,
  'operation-not-found': 404,
  'backfill-not-found': 404,
  'throttle-rule-not-found': 404,
  'resource-group-not-found': 404,
  'calendar-not-found': 404,
  'contact-not-found': 404,
  'member-not-found': 404,
  'dataset-not-found': 404,
  'hold-not-found': 404,
  'note-not-found': 404,
  'notice-not-found': 404,
  'suppression-not-found': 404,
  'rule-not-found': 404,
  'duty-schedule-not-found': 404,
  'incident-not-found': 404,
  'alert-not-found': 404,
  'room-not-found': 404,
  'link-gone': 404,
  'log-line-not-found': 404,
  'search-not-found': 404,
  'export-not-found': 404,
  'method-not-allowed': 405,
  'already-exists': 409,
  'no-draft': 409,
  'not-published': 409,
  'not-online': 409,
  'not-periodic': 409,
  'not-offline': 409,
  'nothing-changed': 409,
  'active-runs': 409,
  'has-dependants': 409,
  'in-use': 409,
  'too-many-rules': 409,
  'too-many-members': 409,
  'last-admin': 409,
  'not-a-member': 409,
  'too-many-searches': 409,
  'too-many-exports': 409,
  'not-dev-prod': 409,
  'move-not-allowed': 409,
  'no-redrive': 409,
  'not-running': 409,
  'not-pending': 409,
  'not-submitted': 409,
  'too-many-tasks': 409,
  'too-many-instances': 409,
  'nothing-selected': 409,
  'dependant-started': 409,
  'one-time-instance': 409,
  'changed-meanwhile': 409,
  'operation-not-planned': 409,
  'operation-not-over': 409,
  'operation-over': 409,
  'plan-differs': 409,
  'plan-expired': 409,
  'not-undoable': 409,
  'not-failed': 409,
  'not-retryable': 409,
  'retry-active': 409,
  'retry-succeeded': 409,
  'link-used': 409,
  'nothing-left': 409,
  'nothing-to-resend': 409,
  'resent-already': 409,
  'resent-too-often': 409,
  'too-many-holds': 409,
  'plan-outdated': 409,
  'incident-over': 409,
  'alert-over': 409,
  'idempotency-key-reused': 409,
  'still-running': 409,
  'link-expired': 410,
  'stale-rev': 412,
  'body-too-large': 413,
  'definition-invalid': 422,
  'template-invalid': 422,
  'schedule-invalid': 422,
  'simulation-too-large': 422,
  'if-match-missing': 428,
  'too-busy': 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof problemStatus;

const codes = Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]];

/** One field that is wrong. `path` is like `body.tasks[3].name`; '' stands for the whole. */
export const ProblemField = z
  .object({ path: z.string(), code: z.string().optional(), message: z.string() })
  .meta({ id: 'ProblemField' });
export type ProblemField = z.infer<typeof ProblemField>;

/** An RFC 9457 problem document: the body of every answer that is no success. */
export const ProblemDocument = z
  .object({
    type: z.string().meta({ example: 'urn:nightshift:problem:not-online' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(codes),
    requestId: z.string(),
    errors: z.array(ProblemField).optional().meta({ description: 'each wrong field' }),
    rev: z.int().optional().meta({ description: 'the current revision, with `stale-rev`' }),
    run: z
      .string()
      .optional()
      .meta({ description: 'the retry, with `retry-active` and `retry-succeeded`' }),
    dependants: z
      .array(z.string())
      .optional()
      .meta({ description: 'with `has-dependants` and `in-use`' }),
    from: z
      .string()
      .optional()
      .meta({ description: 'the current status, with `move-not-allowed`' }),
    allowedFrom: z.array(z.string()).optional().meta({ description: 'with `move-not-allowed`' }),
  })
  .meta({ id: 'Problem' });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/** What the work says when it refuses: the host adds status, type, title and request id. */
export type Refusal = { readonly code: ProblemCode; readonly detail: string } & Partial<
  Pick<ProblemDocument, 'errors' | 'rev' | 'run' | 'dependants' | 'from' | 'allowedFrom'>
>;

/** Completes a refusal to the document that is sent. */
export const problemOf = (refusal: Refusal, requestId: string): ProblemDocument => ({
  type: `urn:nightshift:problem:${refusal.code}`,
  title: titleOf(refusal.code),
  status: problemStatus[refusal.code],
  ...refusal,
  requestId,
});

const titleOf = (code: ProblemCode): string => {
  const words = code.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};
