import type { Severity } from '../alert/alert-rule.schema.ts';
import type { Incident } from '../alert/incident.schema.ts';
import type { Env, Key } from '../kernel/key.schema.ts';
import type { BizDate, Instant } from '../kernel/time.schema.ts';
import type { LinkAction } from './action-link.schema.ts';
import type { Notice } from './notice.schema.ts';
import type { Occurrence, OccurrenceKind } from './occurrence.schema.ts';

/** One of the things that a message tells of. */
export type MessageItem = Pick<
  Occurrence,
  | 'kind'
  | 'at'
  | 'workflow'
  | 'task'
  | 'runId'
  | 'instance'
  | 'bizDate'
  | 'dueAt'
  | 'startedAt'
  | 'endedAt'
  | 'attempt'
  | 'outcome'
  | 'error'
  | 'owner'
  | 'detail'
>;

/** What a reader may do from a message; the link opens the plan in the console and does nothing by itself. */
export type MessageAction = {
  readonly action: LinkAction;
  readonly token: string;
};

/**
 * All that a message may say, read before it is composed. Times are instants; composing shows them in `zone`. Texts are
 * as they were stored: composing makes them harmless for each channel.
 */
export type MessageFacts = {
  readonly notice: Notice['id'];
  readonly at: Instant;
  readonly env: Env;
  readonly project: Key;
  readonly projectTitle?: string | undefined;
  /** Zone of the project. */
  readonly zone: string;
  readonly kind: OccurrenceKind;
  readonly reason: Notice['reason'];
  /** Name of the rule as people gave it. */
  readonly rule: string;
  readonly severity?: Severity | undefined;
  /** How many occurrences it tells of. */
  readonly count: number;
  /** The first of them, in the order of what happened; at least one, whatever the reason. */
  readonly items: readonly [MessageItem, ...MessageItem[]];
  readonly incident?: Incident | undefined;
  /** With reason `reminder`: which one of how many. */
  readonly reminder?: { readonly nth: number; readonly of: number } | undefined;
  /** With reason `resend`: the notice that is sent again. */
  readonly resendOf?: string | undefined;
  /** With a duty schedule: why this person is told. */
  readonly onDuty?: string | undefined;
  readonly runbook?: string | undefined;
  /** Instances that wait for what failed, at any depth, where known; `more`: at least so many. */
  readonly downstream?: { readonly count: number; readonly more: boolean } | undefined;
  /** When it is expected to be repaired, where known. */
  readonly recoveryAt?: Instant | undefined;
  readonly bizDate?: BizDate | undefined;
  readonly actions?: readonly MessageAction[] | undefined;
};
