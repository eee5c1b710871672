import type { NoticeReason } from '../notice/notice.schema.ts';
import type { OccurrenceKind } from '../notice/occurrence.schema.ts';

/** What a sentence may name; texts are clean, and missing ones undefined. */
export type Said = {
  readonly task?: string | undefined;
  readonly workflow?: string | undefined;
  readonly project: string;
  readonly bizDate?: string | undefined;
  readonly attempt?: number | undefined;
  readonly count: number;
  readonly detail: Readonly<Record<string, string>>;
};

type LinkName =
  | 'openRun'
  | 'openInstance'
  | 'openIncident'
  | 'rerun'
  | 'rerun-downstream'
  | 'acknowledge'
  | 'snooze';

export type FactName =
  | 'project'
  | 'workflow'
  | 'task'
  | 'bizDate'
  | 'run'
  | 'dueAt'
  | 'startedAt'
  | 'endedAt'
  | 'attempt'
  | 'outcome'
  | 'owner'
  | 'onDuty'
  | 'downstream'
  | 'recoveryAt'
  | 'incident'
  | 'severity'
  | 'reminder'
  | 'resendOf'
  | 'rule'
  | 'at'
  | 'runbook';

/** One language of messages. */
export type Words = {
  readonly kind: Readonly<Record<OccurrenceKind, string>>;
  /** What stands before the headline; '' for a first message. */
  readonly reason: Readonly<Record<NoticeReason, string>>;
  readonly colon: string;
  readonly stop: string;
  readonly headline: (kind: string, object: string, bizDate: string | undefined) => string;
  readonly several: (count: number, kind: string, where: string) => string;
  readonly sentence: Readonly<Record<OccurrenceKind, (said: Said) => string>>;
  readonly severalSentence: (count: number, kind: string, said: Said) => string;
  readonly fact: Readonly<Record<FactName, string>>;
  readonly link: Readonly<Record<LinkName, string>>;
  readonly outcome: Readonly<Record<string, string>>;
  readonly severity: Readonly<Record<'info' | 'warning' | 'critical', string>>;
  readonly incident: (failures: number, open: number) => string;
  readonly reminder: (nth: number, of: number) => string;
  /** `more`: at least so many. */
  readonly instances: (count: number, more: boolean) => string;
  readonly dev: string;
  readonly error: string;
  readonly items: string;
  readonly more: (count: number) => string;
  readonly errorCut: (characters: number) => string;
  readonly cut: (what: readonly ('error' | 'link' | 'text')[]) => string;
  /** Before a voice says it all a second time. */
  readonly again: string;
  readonly isTest: string;
  readonly fellBack: (problem: string) => string;
  readonly footer: (rule: string, project: string) => string;
  readonly actionsNote: string;
};
