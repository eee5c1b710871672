import { isoOf, runDateOf } from '../kernel/calendar-day.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { BizDate, Instant, Zone } from '../kernel/time.schema.ts';
import { offsetAt } from '../schedule/place-walls.ts';
import { isReservedName, parseTemplate } from './parse-template.ts';
import { readReference, type Values } from './substitute.ts';

export type ParameterContext = {
  readonly workflowParameters: Values;
  readonly taskParameters: Values;
  /** Given at a manual start or backfill; they beat the task's, which beat the workflow's. */
  readonly overrides: Values;
  /** Per upstream task, what it has reported. */
  readonly outputs: Readonly<Record<string, Values>>;
  readonly bizDate: BizDate;
  readonly dueAt: Instant;
  readonly zone: Zone;
  readonly family: string;
  readonly instanceId: string;
  readonly task: string;
  readonly workflow: string;
  readonly project: string;
  readonly run: string;
  /** Attempts admitted so far, this one included. */
  readonly attempt: number;
};

export type ParameterProblem = { readonly parameter: string; readonly message: string };

/**
 * The values of one instance, ready for `substitute` (nodes-and-instances 6.6): its parameters with everything they
 * refer to filled in, the built-in values, and the outputs of its upstreams as `task.output`. Each parameter that cannot
 * be resolved, or whose name means something else already, is one problem; circles are among them.
 */
export const resolveParameters = (
  context: ParameterContext,
): Result<Readonly<Record<string, string>>, readonly ParameterProblem[]> => {
  const expressions: Readonly<Record<string, string>> = {
    ...context.workflowParameters,
    ...context.taskParameters,
    ...context.overrides,
  };
  const given = { ...outputsOf(context.outputs), ...builtInsOf(context) };

  const resolved = new Map<string, Result<string, string>>();
  const resolve = (name: string, path: readonly string[]): Result<string, string> => {
    if (path.includes(name)) return err(`refers to itself: ${[...path, name].join(' → ')}`);
    const known = resolved.get(name);
    if (known) return known;

    const texts: string[] = [];
    for (const part of parseTemplate(expressions[name] ?? '')) {
      const text = typeof part === 'string' ? ok(part) : read(part, [...path, name]);
      if (!text.ok) return text;
      texts.push(text.value);
    }
    const value = ok(texts.join(''));
    resolved.set(name, value);
    return value;
  };
  const read = (
    reference: Parameters<typeof readReference>[0],
    path: readonly string[],
  ): Result<string, string> =>
    reference.kind === 'parameter' && Object.hasOwn(expressions, reference.name)
      ? resolve(reference.name, path)
      : readReference(reference, given);

  const values: Record<string, string> = { ...given };
  const problems: ParameterProblem[] = [];
  for (const parameter of Object.keys(expressions)) {
    if (isReservedName(parameter)) {
      problems.push({
        parameter,
        message: 'is the name of a built-in value or date; choose another',
      });
      continue;
    }
    const value = resolve(parameter, []);
    if (value.ok) values[parameter] = value.value;
    else problems.push({ parameter, message: value.error });
  }
  return problems.length === 0 ? ok(values) : err(problems);
};

const builtInsOf = (context: ParameterContext): Record<string, string> => {
  const bizdate = context.bizDate.replaceAll('-', '');
  const cyctime = cycleTimeOf(context);
  return {
    bizdate,
    bizmonth: bizdate.slice(0, 6),
    cyctime,
    gmtdate: cyctime.slice(0, 8),
    taskId: context.instanceId,
    nodeId: context.task,
    project: context.project,
    workflow: context.workflow,
    run: context.run,
    attempt: String(context.attempt),
  };
};

/**
 * The due time on the project's clock, yyyymmddhh24miss. A backfill is about its business date whenever it runs: its
 * cycle time is the day after that date, at the time of day of a due time on that day, else at midnight (6.6).
 */
const cycleTimeOf = ({ dueAt, zone, family, bizDate }: ParameterContext): string => {
  const due = Date.parse(dueAt);
  const local = isoOf(due + offsetAt(zone, due)).slice(0, 19);
  const runDate = runDateOf(bizDate);
  const cycle = family === 'backfill' && !local.startsWith(runDate) ? `${runDate}T00:00:00` : local;
  return cycle.replaceAll(/[-T:]/g, '');
};

const outputsOf = (outputs: ParameterContext['outputs']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(outputs).flatMap(([task, values]) =>
      Object.entries(values).map(([name, value]) => [`${task}.${name}`, value]),
    ),
  );
