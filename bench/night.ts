import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { WorkflowDefinition } from '../shared/domain/workflow/definition.schema.ts';
import { importWfFormat } from '../shared/domain/workflow/wfformat.ts';
import type { Recorder } from '../tests/e2e/recorder.ts';
import { wfFolder } from '../tests/e2e/wf-run.ts';

/** The largest time-out of an http task: on a quick clock its virtual seconds pass while the machine is busy. */
const patientSeconds = 840;

type Recorded = {
  readonly workflow: string;
  readonly file: string;
  readonly schedule: object;
  /** Recorded seconds are multiplied by it. */
  readonly stretch: number;
};

const recorded: readonly Recorded[] = [
  {
    workflow: 'fork',
    file: 'helloworld-forkjoin-10-chameleon',
    schedule: { every: 'hour', interval: 1, from: '00:00', to: '03:00' },
    stretch: 1,
  },
  {
    workflow: 'chain',
    file: 'helloworld-chain-5-chameleon',
    schedule: { every: 'hour', at: ['00:15', '02:15'] },
    stretch: 1,
  },
  {
    workflow: 'blast',
    file: 'blast-chameleon-small-001',
    schedule: { every: 'hour', at: ['00:30', '02:05'] },
    stretch: 6,
  },
  {
    workflow: 'epigenomics',
    file: 'epigenomics-chameleon-hep-1seq-100k-001',
    schedule: { every: 'day', at: '01:00' },
    stretch: 2,
  },
  { workflow: 'hic', file: 'hic-dirt02-001', schedule: { every: 'day', at: '01:30' }, stretch: 2 },
  {
    workflow: 'scrnaseq',
    file: 'scrnaseq-dirt02-001',
    schedule: { every: 'day', at: '03:00' },
    stretch: 1,
  },
];

/** Real workflows of WfFormat files, and one that waits for several of them with the other kinds of task. */
export const nightWorkflows = (
  { url }: Pick<Recorder, 'url'>,
  speed: number,
): readonly WorkflowDefinition[] => [
  ...recorded.map(({ workflow, file, schedule, stretch }) => {
    const input = JSON.parse(
      gunzipSync(readFileSync(join(wfFolder, `${file}.json.gz`))).toString(),
    );
    const imported = importWfFormat(input, { workflow, kind: 'http', speed: speed / stretch, url });
    if (!imported.ok) throw new Error(JSON.stringify(imported.error));
    const { tasks, ...head } = imported.value.definition;
    return WorkflowDefinition.parse({
      ...head,
      schedule,
      tasks: tasks.map((task) => ({ ...task, timeoutSeconds: patientSeconds })),
    });
  }),
  WorkflowDefinition.parse({
    workflow: 'report',
    schedule: { every: 'day', at: '03:15' },
    tasks: [
      { name: 'settle', kind: 'wait', seconds: 600, upstreams: [last('fork'), last('blast')] },
      {
        name: 'count',
        kind: 'sql',
        sql: 'SELECT 1 AS n',
        upstreams: ['settle'],
        timeoutSeconds: 800,
      },
      {
        name: 'check',
        kind: 'check',
        sql: 'SELECT 1',
        expect: { op: '=', value: 1 },
        upstreams: ['count'],
        timeoutSeconds: 800,
      },
      { name: 'done', kind: 'noop', upstreams: ['check'] },
    ],
  }),
];

/** The last instance of the first task of a recorded workflow. */
function last(workflow: string) {
  const file = recorded.find((each) => each.workflow === workflow)?.file ?? '';
  const input = JSON.parse(gunzipSync(readFileSync(join(wfFolder, `${file}.json.gz`))).toString());
  const imported = importWfFormat(input, { workflow, kind: 'noop' });
  const task = imported.ok ? (imported.value.definition.tasks.at(-1)?.name ?? '') : '';
  return { workflow, task, strategy: 'LAST' };
}
