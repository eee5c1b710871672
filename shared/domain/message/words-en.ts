import type { Said, Words } from './words.ts';

const task = ({ task: name, workflow, project }: Said): string =>
  name === undefined
    ? workflowOf({ workflow, project })
    : `Task ${name}${workflow === undefined ? '' : ` of workflow ${workflow}`}`;
const workflowOf = ({ workflow, project }: Pick<Said, 'workflow' | 'project'>): string =>
  workflow === undefined ? `Project ${project}` : `Workflow ${workflow}`;
const date = ({ bizDate }: Said): string =>
  bizDate === undefined ? '' : ` for business date ${bizDate}`;
const many = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;

/** The language of messages that nobody chose another for. */
export const en: Words = {
  kind: {
    'run-started': 'Workflow started',
    'run-succeeded': 'Workflow succeeded',
    'run-failed': 'Workflow failed',
    'task-failed': 'Task failed',
    'task-succeeded': 'Task completed',
    'task-timeout': 'Task runs too long',
    'task-not-completed': 'Task not completed in time',
    'task-not-started': 'Task not started in time',
    'auto-retried': 'Task failed and is tried again',
    'log-keyword': 'Keyword in the log',
    'failed-count': 'Many tasks have failed',
    'failed-share': 'A large share of tasks has failed',
    recovered: 'Recovered',
  },
  reason: {
    occurrence: '',
    digest: 'Digest',
    reminder: 'Reminder',
    escalation: 'Escalated',
    recovered: '',
    test: 'Test',
    resend: 'Sent again',
  },
  colon: ': ',
  stop: '.',
  headline: (kind, object, bizDate) =>
    `${kind}: ${object}${bizDate === undefined ? '' : ` (${bizDate})`}`,
  several: (count, kind, where) => `${count} × ${kind}: ${where}`,
  sentence: {
    'run-started': (said) => `${workflowOf(said)} has started${date(said)}.`,
    'run-succeeded': (said) => `${workflowOf(said)} has succeeded${date(said)}.`,
    'run-failed': (said) =>
      `${workflowOf(said)} has failed${date(said)}${said.task === undefined ? '' : `: task ${said.task} failed`}.`,
    'task-failed': (said) =>
      `${task(said)} has failed${date(said)}${said.attempt === undefined || said.attempt < 2 ? '' : ` after ${said.attempt} attempts`}.`,
    'task-succeeded': (said) => `${task(said)} has completed${date(said)}.`,
    'task-timeout': (said) =>
      `${task(said)} has been running${date(said)} for more than ${said.detail.minutes ?? 'its limit of'} minutes.`,
    'task-not-completed': (said) =>
      `${task(said)} has not completed${date(said)}${said.detail.by === undefined ? ' in time' : ` by ${said.detail.by}`}.`,
    'task-not-started': (said) =>
      `${task(said)} has not started${date(said)}${said.detail.by === undefined ? ' in time' : ` by ${said.detail.by}`}.`,
    'auto-retried': (said) => `${task(said)} has failed${date(said)} and is tried again by itself.`,
    'log-keyword': (said) =>
      `${task(said)} has written “${said.detail.keyword ?? ''}” to its log${date(said)}.`,
    'failed-count': (said) =>
      `${said.detail.count ?? 'Many'} tasks of project ${said.project} have failed${date(said)}.`,
    'failed-share': (said) =>
      `${said.detail.share ?? 'A large share'}${said.detail.share === undefined ? '' : '%'} of the tasks of project ${said.project} have failed${date(said)}.`,
    recovered: (said) =>
      `${task(said)} has recovered${date(said)}: what had failed has succeeded since.`,
  },
  severalSentence: (count, kind, said) =>
    kind === en.kind.recovered
      ? `${many(count, 'failure')} in ${said.workflow === undefined ? `project ${said.project}` : `workflow ${said.workflow}`} ${count === 1 ? 'has' : 'have'} recovered${date(said)}.`
      : `${many(count, 'occurrence')} of “${kind}” in ${said.workflow === undefined ? `project ${said.project}` : `workflow ${said.workflow}`}${date(said)}.`,
  fact: {
    project: 'Project',
    workflow: 'Workflow',
    task: 'Task',
    bizDate: 'Business date',
    run: 'Run',
    dueAt: 'Scheduled',
    startedAt: 'Started',
    endedAt: 'Ended',
    attempt: 'Attempt',
    outcome: 'Outcome',
    owner: 'Owner',
    onDuty: 'On duty',
    downstream: 'Waiting for it',
    recoveryAt: 'Expected repair',
    incident: 'Incident',
    severity: 'Severity',
    reminder: 'Reminder',
    resendOf: 'First sent as',
    rule: 'Rule',
    at: 'Noticed',
    runbook: 'Runbook',
  },
  link: {
    openRun: 'Open the run',
    openInstance: 'Open the task',
    openIncident: 'Open the incident',
    rerun: 'Rerun …',
    'rerun-downstream': 'Rerun with downstream …',
    acknowledge: 'Acknowledge …',
    snooze: 'Snooze …',
  },
  outcome: {
    ran: 'ran',
    'dry-run': 'dry run',
    'off-day': 'off-day',
    'out-of-range': 'out of its dates',
    'branch-not-taken': 'branch not taken',
    'set-by-hand': 'set by hand',
    expired: 'expired',
    failed: 'failed',
    'timed-out': 'timed out',
    terminated: 'terminated',
    'definition-missing': 'definition missing',
    lost: 'execution lost',
  },
  severity: { info: 'Info', warning: 'Warning', critical: 'Critical' },
  incident: (failures, open) =>
    `${many(failures, 'failure')}, ${open === 0 ? 'all repaired' : `${open} not repaired`}`,
  reminder: (nth, of) => `${nth} of ${of}`,
  instances: (count, more) => `${more ? 'at least ' : ''}${many(count, 'task instance')}`,
  dev: 'development',
  error: 'Error',
  items: 'What happened',
  more: (count) => `and ${count} more`,
  errorCut: (characters) => `… ${characters} more characters; all of it is in the run log`,
  cut: (what) => `[cut: ${what.join(', ')}]`,
  again: 'Once more: ',
  isTest: 'This is a test: nothing has happened. The facts are an example.',
  fellBack: (problem) =>
    `The template of this message could not be filled (${problem}), so these are the words built in.`,
  footer: (rule, project) => `You get this because of the rule “${rule}” of project ${project}.`,
  actionsNote:
    'Links with … open a plan in the console; nothing happens before you have signed in and confirmed it. Each works once, for a day.',
};
