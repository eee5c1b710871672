import type { Command } from 'commander';
import * as z from 'zod';
import type { ListedSimulation } from '../../shared/contracts/api/simulation-routes.ts';
import { ApiProblem } from '../../shared/contracts/client/api-problem.ts';
import type { SimulationDiff } from '../../shared/domain/simulation/compare-simulations.ts';
import { validateDefinition } from '../../shared/domain/workflow/validate-definition.ts';
import { hours, instant, minutes, several } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { readDocument } from '../read-document.ts';
import { runs } from '../run-command.ts';
import { env } from './common-options.ts';

type Options = {
  readonly project: string;
  readonly env: 'prod' | 'dev';
  readonly hours: number;
  readonly from?: string;
  readonly workflow?: readonly string[];
  readonly draft?: string;
  readonly maxLater?: number;
  readonly standing?: boolean;
};

const shown = 20;

/** `nightshift simulate`: the next hours on a virtual clock; with a draft before and after, for a team's CI. */
export const addSimulate = (program: Command): Command =>
  runs(
    env(
      program
        .command('simulate')
        .description(
          'what would happen in the next hours, and what a changed definition does to it',
        )
        .requiredOption('--project <project>')
        .option('--hours <n>', 'how far to look, 1 to 72', hours, 24)
        .option('--from <instant>', 'where to begin; default: now', instant)
        .option('--workflow <workflow>', 'only this one and what it waits for; repeatable', several)
        .option('--standing', 'take instances that exist as they stand'),
    )
      .option('--draft <file>', 'YAML or JSON definition that replaces or adds a workflow')
      .option(
        '--max-later <time>',
        'how much later a workflow may finish: 90s, 15m, 2h; default: 15m',
        minutes,
      ),
    [
      'simulate --project shop --hours 48',
      'simulate --project shop --draft sales.yaml --max-later 15m --json',
    ],
    async ({ output, client }, options: Options) => {
      const definition = options.draft === undefined ? undefined : await readDraft(options.draft);
      const call = await client();
      const { simulation, draft } = await call('simulate', {
        params: { project: options.project },
        body: {
          env: options.env,
          from: options.from,
          hours: options.hours,
          workflows: options.workflow && [...options.workflow],
          standing: options.standing ?? false,
          draft: definition === undefined ? undefined : { definition },
          thresholdMinutes: options.maxLater ?? 15,
        },
      }).catch(asUsage);
      output.result({ simulation, ...(draft ? { draft } : {}) }, () =>
        draft ? draftText(draft.diff) : nightText(simulation),
      );
      return draft?.diff.worse ? 'failed' : 'ok';
    },
  );

/** What the project refuses in the draft is wrong input, too. */
const asUsage = (error: unknown): never => {
  if (!(error instanceof ApiProblem) || error.code !== 'definition-invalid') throw error;
  const { code, detail, errors } = error.problem;
  throw new CliError('usage', code, detail, errors);
};

/** A draft that is no definition is wrong input, not a bad result. */
const readDraft = async (file: string): Promise<z.core.util.JSONType> => {
  const document = await readDocument(file);
  const checked = validateDefinition(document, { floorMinutes: 1, allowHighPriority: true });
  if (!checked.ok)
    throw new CliError(
      'usage',
      'definition-invalid',
      `${file} is no valid definition`,
      checked.error,
    );
  return z.json().parse(document);
};

const nightText = ({
  from,
  until,
  total,
  runs: all,
  never,
  pools,
  peaks,
  dst,
}: ListedSimulation): string =>
  [
    `${total} instances in ${all.length} runs from ${from} to ${until}`,
    tableOf(
      ['WORKFLOW', 'RUN', 'DUE', 'STARTS', 'ENDS', 'INSTANCES', 'QUEUED'],
      all.map(({ workflow, bizDate, cycle, dueAt, startAt, endAt, instances, poolSeconds }) => [
        workflow,
        `${bizDate}#${cycle}`,
        dueAt,
        startAt,
        endAt ?? 'never',
        instances,
        poolSeconds > 0 ? `${Math.round(poolSeconds)}s` : '',
      ]),
    ),
    ...section(
      'pools with a queue',
      pools
        .filter(({ maxQueue }) => maxQueue > 0)
        .map(
          ({ pool, limit, maxQueue, queuedSeconds }) =>
            `${pool}: limit ${limit}, up to ${maxQueue} wait, ${Math.round(queuedSeconds)}s in all`,
        ),
    ),
    ...section(
      'herds',
      peaks.map(
        ({ at, due, quieter }) =>
          `${at}: ${due} due${quieter ? `; quieter at ${quieter.at} (${quieter.due})` : ''}`,
      ),
    ),
    ...section(
      'change of clocks',
      dst.map(
        ({ kind, local, zone, workflow, task }) =>
          `${workflow}${task ? `/${task}` : ''}: ${local} ${zone} ${kind}`,
      ),
    ),
    ...neverText('never start', never),
  ].join('\n');

const draftText = (diff: SimulationDiff): string =>
  [
    diff.worse ? 'WORSE' : 'no worse',
    tableOf(
      ['WORKFLOW', 'ENDS NOW', 'ENDS WITH THE DRAFT', 'LATER'],
      diff.workflows.map(({ workflow, before, after, laterSeconds, change }) => [
        workflow,
        before,
        after,
        change === 'moved' ? `${laterSeconds}s` : change,
      ]),
    ),
    `${diff.addedCount} instances more, ${diff.removedCount} less`,
    ...section('finish too late, or not any more', diff.late),
    ...section('pools that have a queue only now', diff.saturated),
    ...neverText('never start only now', diff.never),
  ].join('\n');

const neverText = (title: string, never: SimulationDiff['never']): readonly string[] =>
  section(
    title,
    never
      .filter(({ root }) => root)
      .map(({ id, code, on }) => `${id}: ${code}${on ? ` (${on})` : ''}`),
  );

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0
    ? []
    : [
        `${title}:`,
        ...lines.slice(0, shown).map((line) => `  ${line}`),
        ...(lines.length > shown ? [`  and ${lines.length - shown} more`] : []),
      ];
