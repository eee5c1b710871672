import type { Bus } from './bus.ts';
import type { Executions } from './executions.ts';
import type { JsonAction } from './wire-server.ts';

const text = (value: unknown): string | undefined =>
  value === undefined ? undefined : String(value);
const seconds = (ms: number): number => ms / 1000;

/** Step Functions: what the product uses of it. */
export const stepFunctionsActions = (executions: Executions): Record<string, JsonAction> => ({
  'AWSStepFunctions.StartExecution': (input) => {
    const { executionArn, startDate } = executions.start({
      stateMachineArn: String(input.stateMachineArn),
      name: text(input.name),
      input: text(input.input),
    });
    return { executionArn, startDate: seconds(startDate) };
  },
  'AWSStepFunctions.StopExecution': (input) => {
    const { stopDate } = executions.stop(
      String(input.executionArn),
      text(input.error),
      text(input.cause),
    );
    return { stopDate: seconds(stopDate) };
  },
  'AWSStepFunctions.DescribeExecution': (input) => {
    const row = executions.describe(String(input.executionArn));
    return {
      executionArn: row.arn,
      stateMachineArn: row.machine,
      name: row.name,
      status: row.status,
      startDate: seconds(row.started),
      ...(row.stopped !== null && { stopDate: seconds(row.stopped) }),
      input: row.input,
      ...(row.output !== null && { output: row.output }),
      ...(row.error !== null && { error: row.error, cause: row.cause ?? '' }),
    };
  },
});

type Entry = {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  readonly Time?: number;
};

const entriesAtOnce = 10;
const entryBytes = 262_144;

/** EventBridge: PutEvents with its limits. */
export const eventBridgeActions = (bus: Bus): Record<string, JsonAction> => ({
  'AWSEvents.PutEvents': (input) => {
    const entries = input.Entries as readonly Entry[];
    const total = Buffer.byteLength(JSON.stringify(entries));
    const answers = entries.map((entry) => {
      const refused = refusal(entry);
      if (refused) return refused;
      const id = bus.put(entry.EventBusName ?? 'default', {
        source: entry.Source ?? '',
        'detail-type': entry.DetailType ?? '',
        detail: JSON.parse(entry.Detail ?? '{}'),
        ...(entry.Resources && { resources: entry.Resources }),
        ...(entry.Time && { time: new Date(entry.Time * 1000).toISOString() }),
      });
      return { EventId: id };
    });
    return {
      FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
      Entries: answers,
    };

    function refusal({ Source, DetailType, Detail }: Entry) {
      if (entries.length > entriesAtOnce || total > entryBytes)
        return { ErrorCode: 'InvalidArgument', ErrorMessage: 'at most 10 entries and 256 KB' };
      if (!Source || !DetailType || !isObject(Detail))
        return {
          ErrorCode: 'MalformedDetail',
          ErrorMessage: 'Source, DetailType and a JSON object as Detail',
        };
      return undefined;
    }
  },
});

function isObject(detail: string | undefined): boolean {
  try {
    const value = JSON.parse(detail ?? '');
    return value !== null && typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}
