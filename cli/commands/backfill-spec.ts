import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RouteRequest } from '../../shared/contracts/api/route.ts';
import type { Routes } from '../../shared/contracts/api/routes.ts';
import { day, instant, pair, several, wholeNumber } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { readDocument } from '../read-document.ts';
import { env } from './common-options.ts';

export type BackfillBody = RouteRequest<Routes['createBackfill']>['body'];

type Range = { readonly from: string; readonly to: string };
type Filter = NonNullable<BackfillBody['selection']['filters']>[number];

export type SpecOptions = {
  readonly project: string;
  readonly env: 'prod' | 'dev';
  readonly file?: string;
  readonly root?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly range?: readonly Range[];
  readonly last?: number;
  readonly levels?: number | 'all';
  readonly task?: readonly string[];
  readonly massive?: boolean;
  readonly include?: readonly Filter[];
  readonly exclude?: readonly Filter[];
  /** `--no-roots` and `--no-yields`. */
  readonly roots: boolean;
  readonly yields: boolean;
  readonly withPaused?: boolean;
  readonly window?: Range;
  readonly groups?: number;
  readonly order?: 'asc' | 'desc';
  readonly param?: Readonly<Record<string, string>>;
  readonly priority?: BackfillBody['priority'];
  readonly resourceGroup?: string;
  readonly runWindow?: Range;
  readonly weekends?: boolean;
  readonly futureDue?: 'run' | 'wait';
  readonly existing?: 'all' | 'missing' | 'failed';
  readonly continueOnFailure?: boolean;
  readonly at?: string;
  readonly cron?: string;
  readonly manual?: boolean;
  readonly name?: string;
  readonly comment?: string;
};

/** The options that say what to backfill; what has no option stands in a file. */
export const specOptions = (command: Command): Command =>
  env(command.requiredOption('--project <project>'))
    .option('--file <file>', 'the whole request as YAML or JSON; other options win over it')
    .option('--root <id>', 'project/workflow/task or project/workflow; may be repeated', several)
    .option('--from <day>', 'first business date', day)
    .option('--to <day>', 'last business date; default: the first', day)
    .option('--range <day..day>', 'dates; may be repeated', rangeOf('..', day))
    .option('--last <n>', 'the last business dates before it is submitted', wholeNumber)
    .option('--levels <n|all>', 'levels below the roots; default: 0', levelsOf)
    .option('--task <id>', 'a task below the roots instead of levels; may be repeated', several)
    .option('--massive', 'everything below that passes the filters')
    .option('--include <KEY=a,b>', 'filter of massive mode; may be repeated', filterOf('include'))
    .option('--exclude <KEY=a,b>', 'filter of massive mode; may be repeated', filterOf('exclude'))
    .option('--no-roots', 'the roots are dry-run, only what is below them runs')
    .option('--with-paused', 'keep paused downstream tasks and what is below them')
    .option('--window <HH:mm..HH:mm>', 'due times of hour and minute tasks', clocks)
    .option('--groups <n>', 'dates side by side, 1 to 12', wholeNumber)
    .addOption(new Option('--order <order>').choices(['asc', 'desc']))
    .option('--param <name=value>', 'a parameter of every task; may be repeated', pair)
    .addOption(
      new Option('--priority <priority>').choices(['LOWEST', 'LOW', 'MIDDLE', 'HIGH', 'HIGHEST']),
    )
    .option('--resource-group <group>')
    .option('--run-window <HH:mm..HH:mm>', 'start only at these hours', clocks)
    .option('--weekends', 'with --run-window: also all weekend')
    .addOption(new Option('--future-due <what>').choices(['run', 'wait']))
    .addOption(new Option('--existing <which>').choices(['all', 'missing', 'failed']))
    .option('--continue-on-failure', 'the next date starts although one has failed')
    .option('--no-yields', 'do not queue behind other instances')
    .option('--at <instant>', 'submit it then', instant)
    .option('--cron <expression>', 'submit it periodically')
    .option('--manual', 'submit it only when somebody runs it')
    .option('--name <name>')
    .option('--comment <text>', 'why; kept in the operation log');

/** The request that the options and the file come to; the server checks it. */
export const bodyOf = async (options: SpecOptions): Promise<BackfillBody> => {
  const given = (options.file ? await readDocument(options.file) : {}) as Partial<BackfillBody>;
  const { roots, dates } = {
    roots: options.root ?? given.selection?.roots,
    dates: datesOf(options),
  };
  if (!roots || roots.length === 0) throw usage('name what to backfill with --root');
  const named = dates ?? given.dates;
  if (!named) throw usage('name the dates with --from, --range or --last');

  const filters = [...(options.include ?? []), ...(options.exclude ?? [])];
  return {
    ...given,
    env: options.env,
    dates: named,
    selection: {
      ...given.selection,
      roots: [...roots],
      ...known({
        mode: options.massive ? ('massive' as const) : undefined,
        levels: options.levels,
        tasks: options.task && [...options.task],
        filters: filters.length > 0 ? filters : undefined,
        includeRoot: options.roots ? undefined : false,
        skipPaused: options.withPaused ? false : undefined,
      }),
    },
    ...known({
      window: options.window,
      groups: options.groups,
      order: options.order,
      parameters: options.param,
      priority: options.priority,
      resourceGroup: options.resourceGroup,
      runWindow: options.runWindow && { ...options.runWindow, weekends: options.weekends ?? false },
      futureDue: options.futureDue,
      existing: options.existing,
      continueOnFailure: options.continueOnFailure,
      yields: options.yields ? undefined : false,
      when: whenOf(options),
      name: options.name,
      comment: options.comment,
    }),
  };
};

const datesOf = ({
  from,
  to = from,
  range = [],
  last,
}: SpecOptions): BackfillBody['dates'] | undefined => {
  if (last !== undefined) return { last };
  const ranges = [...(from && to ? [{ from, to }] : []), ...range];
  return ranges.length > 0 ? { ranges } : undefined;
};

const whenOf = ({ at, cron, manual }: SpecOptions): BackfillBody['when'] => {
  if (at) return { kind: 'at', at };
  if (cron) return { kind: 'periodic', schedule: { every: 'cron', cron } };
  return manual ? { kind: 'manual' } : undefined;
};

/** Only what was given, so that it wins over the file and nothing else does. */
const known = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>;

function rangeOf(separator: string, read: (text: string) => string) {
  return (text: string, before: readonly Range[] = []): readonly Range[] => {
    const [from = '', to = from] = text.split(separator);
    return [...before, { from: read(from), to: read(to) }];
  };
}

function clocks(text: string): Range {
  const [from, to, more] = text.split('..');
  if (!from || !to || more !== undefined) throw new InvalidArgumentError('give HH:mm..HH:mm');
  return { from, to };
}

function levelsOf(text: string): number | 'all' {
  return text === 'all' ? 'all' : wholeNumber(text);
}

function filterOf(op: Filter['op']) {
  return (text: string, before: readonly Filter[] = []): readonly Filter[] => {
    const [key = '', values = ''] = text.split('=');
    if (values === '') throw new InvalidArgumentError('give KEY=value,value');
    return [...before, { key: key as Filter['key'], op, values: values.split(',') }];
  };
}

const usage = (text: string) => new CliError('usage', 'usage', text);
