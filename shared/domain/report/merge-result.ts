import { firstLine } from '../run/classify-error.ts';
import type { Ending } from '../run/decide-end.ts';
import type { ReportedResult } from './report.schema.ts';

/**
 * What an attempt came to when it has reported a result beside what its execution says: a reported error makes a success
 * a failure; what failed anyway keeps its own error. Of an output that both name the answer counts, because it came later.
 */
export const mergeResult = (
  {
    ending,
    outputs,
  }: {
    readonly ending: Ending;
    readonly outputs: Readonly<Record<string, string>>;
  },
  reported: ReportedResult | undefined,
): { readonly ending: Ending; readonly outputs: Readonly<Record<string, string>> } => {
  if (!reported) return { ending, outputs };
  if (reported.error !== undefined && ending.how === 'succeeded')
    return { ending: { how: 'failed', error: firstLine(reported.error) }, outputs: {} };
  return { ending, outputs: { ...reported.outputs, ...outputs } };
};
