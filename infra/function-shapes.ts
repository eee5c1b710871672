import { type StageName, stages } from '../shared/contracts/stages.ts';

/** What a function needs of Lambda; its rights stand with the construct that makes it. */
export type FunctionShape = {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Bundles with native modules run on x86_64: the DuckDB binding for arm64 lags behind. */
  readonly architecture: 'arm64' | 'x86_64';
  /** Size of /tmp. @default the 512 MB that every function has */
  readonly scratchMb?: number;
  /** Loops through tables and machines on purpose, so Lambda's loop detection must let it. */
  readonly stage: boolean;
};

/** API Gateway gives up after 30 s. */
const httpSeconds = 29;
/** The longest that Lambda allows; a task ends itself at its own time-out before. */
const taskSeconds = 900;

/** Every `functions/<name>.lambda.ts`, by name: the build bundles exactly these. */
export const functionShapes = {
  'publish/publish': http(1024),
  'api/describe': http(512),
  'api/read': http(1024),
  'api/plan': http(1024),
  'api/logs': http(1024),
  'api/messages': http(1024),
  'api/write': http(1024),
  'api/tell': http(1024),
  'api/ops': http(512),
  'generate/due': stage('generate-due', 512),
  'generate/plan': stage('generate-plan', 1024),
  'generate/chunk': stage('generate-chunk', 2048),
  'generate/seal': stage('generate-seal', 1024),
  'dispatch/look': stage('dispatch-look', 512),
  'dispatch/admit': stage('dispatch-admit', 1024),
  'release/release': { timeoutSeconds: 60, memoryMb: 1024, architecture: 'arm64', stage: true },
  'record/record': { timeoutSeconds: 60, memoryMb: 1024, architecture: 'arm64', stage: true },
  'run/claim': stage('run-claim', 512),
  'run/http': stage('run-http', 512),
  'run/sql': { ...stage('run-sql', 2048), architecture: 'x86_64', scratchMb: 4096 },
  'run/finish': stage('run-finish', 512),
  'run/ended': stage('run-ended', 512),
  'receive/receive': stage('receive-receive', 1024),
  'bulk/plan': stage('bulk-plan', 1024),
  'bulk/run': stage('bulk-run', 1024),
  'bulk/export': stage('bulk-export', 1024),
  'notify/notify': { timeoutSeconds: 60, memoryMb: 1024, architecture: 'arm64', stage: true },
  'notify/sweep': stage('notify-sweep', 1024),
  'notify/feedback': stage('notify-feedback', 512),
  'watch/watch': stage('watch-watch', 1024),
  'watch/sentinel': stage('watch-sentinel', 512),
} as const satisfies Record<string, FunctionShape>;

export type FunctionName = keyof typeof functionShapes;

export const functionNames = Object.keys(functionShapes) as FunctionName[];

/** Folder of a function's bundle below the build's output. */
export const bundleFolder = (name: FunctionName): string => `functions/${name.replace('/', '-')}`;

function http(memoryMb: number): FunctionShape {
  return { timeoutSeconds: httpSeconds, memoryMb, architecture: 'arm64', stage: false };
}

function stage(name: StageName, memoryMb: number): FunctionShape {
  const { timeoutSeconds } = stages[name];
  return {
    timeoutSeconds: typeof timeoutSeconds === 'number' ? timeoutSeconds : taskSeconds,
    memoryMb,
    architecture: 'arm64',
    stage: true,
  };
}
