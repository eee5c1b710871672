import type { Usage } from '../../shared/contracts/stages.ts';

/** The end of a function's log as `LogType: Tail` gives it. */
export type LambdaTail = {
  /** The function's own lines. */
  readonly text: string;
  readonly usage: Usage;
};

const platformLine = /^(?:START|END|REPORT|INIT_START|XRAY) /;

/** Reads base64 log text: the lines that the function wrote, and the memory that the platform reports. */
export const readLambdaTail = (logResult: string): LambdaTail => {
  const lines = Buffer.from(logResult, 'base64').toString('utf8').split('\n');
  const report = lines.find((line) => line.startsWith('REPORT ')) ?? '';
  return {
    text: lines
      .filter((line) => !platformLine.test(line))
      .join('\n')
      .trim(),
    usage: {
      allocatedMb: figureIn(report, /Memory Size: (\d+) MB/),
      usedMb: figureIn(report, /Max Memory Used: (\d+) MB/),
    },
  };
};

const figureIn = (report: string, pattern: RegExp): number | undefined => {
  const [, figure] = pattern.exec(report) ?? [];
  return figure === undefined ? undefined : Number(figure);
};
