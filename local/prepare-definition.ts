import * as z from 'zod';
import { HostError } from './host-error.ts';

const Retrier = z.looseObject({
  IntervalSeconds: z.number().optional(),
  MaxDelaySeconds: z.number().optional(),
});
const State = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  Parameters: z.unknown().optional(),
  TimeoutSeconds: z.number().optional(),
  TimeoutSecondsPath: z.string().optional(),
  Seconds: z.number().optional(),
  SecondsPath: z.string().optional(),
  Timestamp: z.string().optional(),
  TimestampPath: z.string().optional(),
  Retry: z.array(Retrier).optional(),
});
type State = z.infer<typeof State>;
const Definition = z.looseObject({
  StartAt: z.string(),
  TimeoutSeconds: z.number().optional(),
  States: z.record(z.string(), State),
});
type Definition = z.infer<typeof Definition>;

/** What a state's handler has to do. */
export type Duty =
  | { readonly kind: 'lambda'; readonly functionArn: string; readonly seconds: number | undefined }
  | { readonly kind: 'invoke'; readonly seconds: number | undefined }
  | { readonly kind: 'wait'; readonly until: WaitUntil };
export type WaitUntil = Pick<State, 'Seconds' | 'SecondsPath' | 'Timestamp' | 'TimestampPath'>;

export type Prepared = {
  readonly definition: Definition;
  readonly duties: ReadonlyMap<string, Duty>;
};

const refusedFields = [
  'Assign',
  'HeartbeatSeconds',
  'HeartbeatSecondsPath',
  'ItemReader',
  'ItemBatcher',
  'Iterator',
];

/** The interpreter's own timer must never fire: its timers end at 2^31 ms, and the host keeps time itself. */
const never = 2_000_000;

/**
 * Rewrites a definition for the interpreter, which knows neither a virtual clock nor AWS's order of
 * `TimeoutSecondsPath` and `Parameters`: a Wait becomes a Task of the host, and the input of a Task
 * with `TimeoutSecondsPath` becomes `{ input, timeoutSeconds }`. What the interpreter would run
 * wrongly without a word (JSONata, variables, task tokens, heartbeats) is refused.
 */
export const prepareDefinition = (name: string, source: unknown, speed: number): Prepared => {
  const duties = new Map<string, Duty>();
  const refuse = (state: string, why: string): never => {
    throw new HostError(`the local host cannot run the state "${state}" of ${name}: ${why}`);
  };

  const machine = (definition: Definition): Definition => ({
    ...definition,
    ...(definition.TimeoutSeconds !== undefined && {
      TimeoutSeconds: Math.min(definition.TimeoutSeconds, never),
    }),
    States: Object.fromEntries(
      Object.entries(definition.States).map(([id, state]) => [id, prepare(id, state)]),
    ),
  });

  const prepare = (id: string, state: State): State => {
    if (state.QueryLanguage === 'JSONata') refuse(id, 'JSONata');
    for (const field of refusedFields) if (field in state) refuse(id, field);
    if (duties.has(id)) refuse(id, 'another state has the same name');

    const retried = { ...state, ...(state.Retry && { Retry: state.Retry.map(scaled) }) };
    if (state.Type === 'Task') return task(id, retried);
    if (state.Type === 'Wait') return wait(id, retried);
    const { ItemProcessor: each, Branches: branches } = state;
    return {
      ...retried,
      ...(each !== undefined && { ItemProcessor: machine(Definition.parse(each)) }),
      ...(branches !== undefined && { Branches: z.array(Definition).parse(branches).map(machine) }),
    };
  };

  const scaled = (retrier: z.infer<typeof Retrier>) => ({
    ...retrier,
    IntervalSeconds: (retrier.IntervalSeconds ?? 1) / speed,
    ...(retrier.MaxDelaySeconds && { MaxDelaySeconds: retrier.MaxDelaySeconds / speed }),
  });

  const task = (id: string, { TimeoutSeconds, TimeoutSecondsPath, ...state }: State): State => {
    const { Resource: resource = '' } = state;
    if (TimeoutSeconds === undefined && TimeoutSecondsPath === undefined) refuse(id, 'no time-out');
    if (/:function:[\w-]+/.test(resource) && resource.startsWith('arn:aws:lambda:'))
      duties.set(id, { kind: 'lambda', functionArn: resource, seconds: TimeoutSeconds });
    else if (resource === 'arn:aws:states:::aws-sdk:lambda:invoke')
      duties.set(id, { kind: 'invoke', seconds: TimeoutSeconds });
    else refuse(id, `the integration ${resource}`);

    const wrapped = TimeoutSecondsPath && {
      Parameters: {
        ...('Parameters' in state ? { input: state.Parameters } : { 'input.$': '$' }),
        'timeoutSeconds.$': TimeoutSecondsPath,
      },
    };
    return { ...state, ...wrapped, TimeoutSeconds: never };
  };

  const wait = (id: string, state: State): State => {
    const { Seconds, SecondsPath, Timestamp, TimestampPath, ...rest } = state;
    duties.set(id, { kind: 'wait', until: { Seconds, SecondsPath, Timestamp, TimestampPath } });
    return { ...rest, Type: 'Task', Resource: 'host:wait', TimeoutSeconds: never };
  };

  return { definition: machine(Definition.parse(source)), duties };
};

/** Virtual milliseconds to wait from `now`, by the fields of a Wait state. */
export const waitMs = (until: WaitUntil, input: unknown, now: number): number => {
  if (until.Seconds !== undefined) return until.Seconds * 1000;
  if (until.SecondsPath !== undefined) return Number(at(until.SecondsPath, input)) * 1000;
  return Date.parse(until.Timestamp ?? String(at(until.TimestampPath ?? '$', input))) - now;
};

function at(path: string, input: unknown): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], input);
}
