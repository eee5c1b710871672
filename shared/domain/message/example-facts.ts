import { instanceIdOf, type RunRef, runIdOf } from '../instance/instance-id.ts';
import { plusSeconds } from '../kernel/calendar-day.ts';
import type { Instant } from '../kernel/time.schema.ts';
import type { MessageFacts, MessageItem } from '../notice/message-facts.ts';

const aboutProject: ReadonlySet<string> = new Set(['failed-count', 'failed-share']);

/** A notice to draw previews and tests with. It is about nothing that exists. */
export const exampleFacts = ({
  kind,
  reason,
  at,
}: Pick<MessageFacts, 'kind' | 'reason'> & { readonly at: Instant }): MessageFacts => {
  const ref: RunRef = {
    env: 'prod',
    project: 'example',
    workflow: 'daily_sales',
    family: 'recurring',
    scope: '',
    bizDate: '2026-01-31',
    cycle: 1,
  };
  const ofRun = kind.startsWith('run-');
  const ofProject = aboutProject.has(kind);
  const failed = /failed|timeout|retried|keyword/.test(kind);
  const item: MessageItem = {
    ...{ kind, at, bizDate: ref.bizDate, dueAt: plusSeconds(at, -5400) },
    ...(ofProject ? {} : { workflow: ref.workflow, runId: runIdOf(ref), owner: 'data_team' }),
    ...(ofProject || (ofRun && kind !== 'run-failed')
      ? {}
      : { task: 'load', instance: instanceIdOf({ ...ref, task: 'load', index: 1 }) }),
    ...(kind === 'task-not-started' || ofProject ? {} : { startedAt: plusSeconds(at, -5000) }),
    ...(failed && !ofProject
      ? {
          ...{ endedAt: at, attempt: 3, outcome: 'failed' },
          error: 'ConnectionError: db.example.com:5432 refused the connection',
        }
      : {}),
    detail: { minutes: 90, by: '08:30', keyword: 'OutOfMemory', count: 12, share: 40, total: 30 },
  };
  const digest = reason === 'digest';
  const others = digest
    ? ['clean', 'join', 'report'].map((task) => ({ ...item, ...(ofProject ? {} : { task }) }))
    : [];
  return {
    ...{ notice: 'example', at, env: 'prod', project: 'example', projectTitle: 'Example' },
    ...{ zone: 'Europe/Berlin', kind, reason, rule: 'Example rule', severity: 'warning' },
    ...{ count: digest ? 12 : 1, items: [item, ...others] },
    ...(failed && !digest ? { downstream: { count: 7, more: false } } : {}),
    ...(reason === 'reminder' ? { reminder: { nth: 2, of: 3 } } : {}),
    ...(reason === 'resend' ? { resendOf: 'example-0' } : {}),
  };
};
