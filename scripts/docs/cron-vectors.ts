import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { nextOccurrences } from '../../shared/domain/schedule/next-occurrences.ts';
import { parseCron } from '../../shared/domain/schedule/parse-cron.ts';
import type { DstPolicy } from '../../shared/domain/schedule/schedule.schema.ts';

const Vector = z.object({
  id: z.string(),
  class: z.string(),
  dialect: z.string(),
  dir: z.enum(['next', 'prev']).optional(),
  expr: z.string(),
  awsExpr: z.string().optional(),
  tz: z.string().default('UTC'),
  start: z.string().default('1970-01-01T00:00:00Z'),
  expected: z.array(z.string()).default([]),
  expectedByPolicy: z.record(z.string(), z.array(z.string())).optional(),
  policies: z.array(z.string()).optional(),
});
type Vector = z.infer<typeof Vector>;

type Verdict = {
  readonly vector: Vector;
  readonly expression: string;
  readonly dst: DstPolicy;
  readonly outcome: 'pass' | 'differs' | 'refused';
};

const policyNames = { shift: 'shift_once', skip: 'skip_once' } as const;
const bothPolicies: readonly DstPolicy[] = ['shift', 'skip'];

const bothDayFields =
  'the suite sets an option (both day fields must match) that no dialect of ours has';

/** Why an expression is refused or answered otherwise, by the expression as the suite writes it. */
const reasons: Readonly<Record<string, string>> = {
  '0 * * * *':
    'only under `skip`: the policy is about times that do not exist; an interval pattern runs every real interval, so also in the repeated hour (the answer of `skip_twice`)',
  '*/30 * * * *': 'only under `skip`: as `0 * * * *`',
  '0 0 30W * *':
    'nearest weekday to a day that the month lacks: no run (Quartz), not the last weekday',
  '0 9 31W * *': 'as `0 0 30W * *`',
  '0 0 * * *,sat#3': '`*` in a list means every day; the suite lets the other item win',
  '30 23 1-7 JAN MON-FRI#1': '`#` takes one weekday; write MON#1,TUE#1,…',
  '0 0 * * Sun-Sun': 'a range from a day to itself is that day, not the week',
  '0 0 * * 7-7': 'as `Sun-Sun`',
  '0 0 * * 0-0': 'as `Sun-Sun`',
  '0 9 W15 * *': 'write 15W',
  '0 0 1 Apr-Mar/2 *':
    'steps of a wrapping range count on across the end (Apr, Jun … Feb); the suite starts again at the wrap',
  '0 0 * * Thu-Tue/2': 'as `Apr-Mar/2`: Thu, Sat, Mon; the suite starts again at the wrap',
  '0 0 * * thu-tue/2': 'as `Thu-Tue/2`',
  '0 0 1 1 1 0 2020-2030': bothDayFields,
  '0 0 10 * fri': bothDayFields,
  '2 4 1 * wed': bothDayFields,
};

/** Every vector under every policy it speaks about, in its own form and in the AWS form where it has one. */
export const judgeCronVectors = (): readonly Verdict[] =>
  readVectors().flatMap((vector) => {
    const spoken = bothPolicies.filter((dst) => vector.policies?.includes(policyNames[dst]));
    const policies = vector.expectedByPolicy || spoken.length === 0 ? bothPolicies : spoken;
    const expressions = [sayInOurDialect(vector), ...(vector.awsExpr ? [vector.awsExpr] : [])];
    return policies.flatMap((dst) =>
      expressions.map((expression) => ({
        vector,
        expression,
        dst,
        outcome: judge(vector, expression, dst),
      })),
    );
  });

/** The reason for a verdict other than pass; undefined when nobody has given one. */
export const reasonFor = ({ vector }: Verdict): string | undefined => reasons[vector.expr];

/** The expressions that a reason is given for. */
export const explainedExpressions: readonly string[] = Object.keys(reasons);

const readVectors = (): readonly Vector[] => {
  const file = new URL('../../tests/data/cron/cron-vectors.dev.json', import.meta.url);
  return z.object({ vectors: z.array(Vector) }).parse(JSON.parse(readFileSync(file, 'utf8')))
    .vectors;
};

/** croniter writes seconds after the weekday; with us they stand first. */
const sayInOurDialect = ({ dialect, expr }: Vector): string => {
  if (!dialect.startsWith('croniter')) return expr;
  const fields = expr.split(/\s+/);
  const [second, ...year] = fields.slice(5);
  return [second, ...fields.slice(0, 5), ...year].join(' ');
};

const judge = (vector: Vector, expression: string, dst: DstPolicy): Verdict['outcome'] => {
  const cron = parseCron(expression);
  if (vector.class === 'invalid') return cron.ok ? 'differs' : 'pass';
  if (!cron.ok) return 'refused';

  const answers = vector.expectedByPolicy?.[policyNames[dst]] ?? vector.expected;
  const expected = answers.map((at) => new Date(at).toISOString());
  const runs = (from: string, count: number) =>
    nextOccurrences(cron.value, { zone: vector.tz, dst, from, count }).map(({ at }) => at);

  if (vector.dir !== 'prev') {
    const from = new Date(vector.start).toISOString();
    return sameTexts(runs(from, expected.length), expected) ? 'pass' : 'differs';
  }
  // A previous run is one that comes next before `start`: the list read forwards, and nothing between it and the start.
  const forwards = expected.toReversed();
  const before = new Date(Date.parse(forwards[0] ?? vector.start) - 1).toISOString();
  const [following] = runs(before, forwards.length + 1).slice(forwards.length);
  const nothingBetween =
    following === undefined || following >= new Date(vector.start).toISOString();
  return sameTexts(runs(before, forwards.length), forwards) && nothingBetween ? 'pass' : 'differs';
};

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

/** The page `docs/generated/cron-vectors.md`: how many vectors of each class hold, and why the others do not. */
export const cronVectorReport = (): string => {
  const verdicts = judgeCronVectors();
  const classes = [...new Set(verdicts.map(({ vector }) => vector.class))].sort();
  const count = (name: string, outcome: Verdict['outcome']) =>
    verdicts.filter((verdict) => verdict.vector.class === name && verdict.outcome === outcome)
      .length;

  const others = new Map<string, Verdict[]>();
  for (const verdict of verdicts.filter(({ outcome }) => outcome !== 'pass')) {
    const key = `${verdict.vector.expr}\n${verdict.outcome}`;
    others.set(key, [...(others.get(key) ?? []), verdict]);
  }

  return [
    '# Cron vectors',
    '',
    'Schedule vectors of other libraries’ test suites (`tests/data/LICENSES.md`), judged by our evaluation. Each is asked',
    'under every DST policy it speaks about (`shift` = its `shift_once`, `skip` = its `skip_once`) and in the AWS form where',
    'it has one. *differs*: accepted, with another answer; *refused*: a problem that names the field.',
    '',
    '| class | pass | differs | refused |',
    '|---|---:|---:|---:|',
    ...classes.map(
      (name) =>
        `| ${name} | ${count(name, 'pass')} | ${count(name, 'differs')} | ${count(name, 'refused')} |`,
    ),
    '',
    '## Not as the vector says',
    '',
    '| expression | class | cases | outcome | reason |',
    '|---|---|---:|---|---|',
    ...[...others.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { vector, outcome } = first;
      return `| \`${vector.expr}\` | ${vector.class} | ${group.length} | ${outcome} | ${reasonFor(first) ?? ''} |`;
    }),
    '',
  ].join('\n');
};
