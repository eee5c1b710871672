import type { Command } from 'commander';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/kernel/time.schema.ts';
import { nextOccurrences } from '../../shared/domain/schedule/next-occurrences.ts';
import { readSchedule } from '../../shared/domain/schedule/read-schedule.ts';
import { DstPolicy, Schedule } from '../../shared/domain/schedule/schedule.schema.ts';
import { problemsOfIssues } from '../../shared/domain/workflow/problems-of-issues.ts';
import { count, instant, zone } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { tableOf } from '../output.ts';
import { readDocument } from '../read-document.ts';
import { runs } from '../run-command.ts';

type Options = {
  readonly cron?: string;
  readonly schedule?: string;
  readonly zone: string;
  readonly from?: Instant;
  readonly count: number;
  readonly dst: DstPolicy;
};

/** `nightshift preview`: the next fires of a schedule, without a host. */
export const addPreview = (program: Command): Command =>
  runs(
    program
      .command('preview')
      .description('the next fires of a cron expression or a schedule file; needs no host')
      .option('--cron <expression>', 'bare 5 fields: Unix; 6: seconds first; cron(…): AWS')
      .option('--schedule <file>', 'YAML or JSON file of a schedule, or of a workflow that has one')
      .requiredOption('--zone <tz>', 'IANA time zone', zone)
      .option('--from <instant>', 'fires after this instant; default: now', instant)
      .option('--count <n>', 'how many', count, 10)
      .option('--dst <policy>', 'shift or skip local times that do not exist', dst, 'shift'),
    [
      "preview --cron '30 2 * * *' --zone Europe/Berlin --from 2026-03-27T00:00:00Z --count 3",
      'preview --schedule nightly.yaml --zone America/New_York --dst skip --json',
    ],
    async ({ output }, options: Options) => {
      const schedule = await scheduleOf(options);
      const pattern = readSchedule(schedule);
      if (!pattern.ok) {
        const { field, message } = pattern.error;
        const path = options.cron === undefined ? `schedule.${field}` : `cron.${field}`;
        throw new CliError('usage', 'schedule-invalid', `${path}: ${message}`, [
          { path, code: 'schedule', message },
        ]);
      }

      const occurrences = nextOccurrences(pattern.value, {
        zone: options.zone,
        dst: options.dst,
        from: options.from ?? new Date().toISOString(),
        count: options.count,
      });
      output.result({ occurrences }, () =>
        tableOf(
          ['AT', 'LOCAL', 'SHIFTED'],
          occurrences.map(({ at, local, shifted }) => [at, local, shifted ? 'yes' : '']),
        ),
      );
      return undefined;
    },
  );

const dst = (text: string): DstPolicy => {
  const parsed = DstPolicy.safeParse(text);
  if (!parsed.success) throw new CliError('usage', 'usage', '--dst: must be shift or skip');
  return parsed.data;
};

const scheduleOf = async ({ cron, schedule }: Options): Promise<Schedule> => {
  if ((cron === undefined) === (schedule === undefined))
    throw new CliError('usage', 'usage', 'give either --cron or --schedule');
  if (cron !== undefined) return { every: 'cron', cron };

  const file = schedule ?? '';
  const document = await readDocument(file);
  const within = z.object({ schedule: z.unknown() }).safeParse(document);
  const parsed = Schedule.safeParse(within.data?.schedule ?? document);
  if (parsed.success) return parsed.data;
  throw new CliError(
    'usage',
    'schedule-invalid',
    `${file} holds no schedule`,
    problemsOfIssues(parsed.error.issues, ['schedule']),
  );
};
