import { type Asl, type StageArn, stageState } from './asl.ts';

/** Chunks written at once; more would only fight over the same parents. */
const chunksAtOnce = 4;

/** Writes down the instances of one project and business date. It carries the keys of chunks, never lists of tasks. */
export const dailyGenerationDefinition = (
  arns: StageArn<'generate-plan' | 'generate-chunk' | 'generate-seal'>,
): Asl => ({
  Comment: 'Generates the instances of one project and business date',
  StartAt: 'PlanDay',
  TimeoutSeconds: 6 * 3600,
  States: {
    PlanDay: stageState('generate-plan', arns['generate-plan'], { Next: 'EachChunk' }),
    EachChunk: {
      Type: 'Map',
      ItemsPath: '$.chunks',
      MaxConcurrency: chunksAtOnce,
      ResultPath: null,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'GenerateChunk',
        States: {
          GenerateChunk: stageState('generate-chunk', arns['generate-chunk'], { End: true }),
        },
      },
      Next: 'SealDay',
    },
    SealDay: stageState('generate-seal', arns['generate-seal'], { End: true }),
  },
});
