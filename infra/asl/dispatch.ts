import { type Asl, type StageArn, stageState } from './asl.ts';

/** Express executions live 5 minutes; the tick looks 150 s ahead and needs some time at either end. */
const timeoutSeconds = 290;

/**
 * Waits inside the execution until each second that has something due, so that 02:00:00 starts at 02:00:00. The minute
 * tick asks what is due; release says it itself.
 */
export const dispatchDefinition = (arns: StageArn<'dispatch-look' | 'dispatch-admit'>): Asl => ({
  Comment: 'Admits what is due, second by second',
  StartAt: 'SecondsGiven',
  TimeoutSeconds: timeoutSeconds,
  States: {
    SecondsGiven: {
      Type: 'Choice',
      Choices: [{ Variable: '$.seconds', IsPresent: true, Next: 'EachSecond' }],
      Default: 'Look',
    },
    Look: stageState('dispatch-look', arns['dispatch-look'], { attempts: 2, Next: 'EachSecond' }),
    EachSecond: {
      Type: 'Map',
      ItemsPath: '$.seconds',
      MaxConcurrency: 40,
      ResultPath: null,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'UntilDue',
        States: {
          UntilDue: { Type: 'Wait', TimestampPath: '$.at', Next: 'Admit' },
          Admit: stageState('dispatch-admit', arns['dispatch-admit'], { attempts: 3, End: true }),
        },
      },
      End: true,
    },
  },
});
