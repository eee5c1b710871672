import type { Ending } from './decide-end.ts';

/** What Step Functions hands to a Catch. The `Cause` of a Lambda error is JSON text. */
export type CaughtError = { readonly Error: string; readonly Cause?: string | undefined };

/** Error names by which the state or the function's sandbox says that the time was up. */
const timeouts: ReadonlySet<string> = new Set(['States.Timeout', 'Sandbox.Timedout']);

/** How an attempt ended whose task state caught `error`. */
export const classifyError = (error: CaughtError): Ending => {
  const text = textOf(error);
  const timedOut = timeouts.has(error.Error) || /\bTask timed out after\b/.test(text);
  return timedOut
    ? { how: 'timed-out', error: 'the attempt ran out of time' }
    : { how: 'failed', error: firstLine(text) };
};

/** The longest error text that stands in an instance. */
const maxLength = 300;

/** The first line of `text`, short enough to stand in an instance. */
export const firstLine = (text: string): string => {
  const [line = ''] = text.trim().split('\n');
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
};

const textOf = ({ Error: name, Cause: cause }: CaughtError): string => {
  if (!cause) return name;
  const { errorType, errorMessage } = lambdaError(cause);
  if (errorMessage === undefined) return `${name}: ${cause}`;
  return `${errorType ?? name}: ${errorMessage}`;
};

const lambdaError = (cause: string): { errorType?: string; errorMessage?: string } => {
  try {
    const parsed: unknown = JSON.parse(cause);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
};
