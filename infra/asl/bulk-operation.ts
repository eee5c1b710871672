import { type Asl, type StageArn, stageState } from './asl.ts';

/**
 * Plans an operation on many instances, carries out a confirmed one, or writes an export of run logs: each call works for some seconds and says whether
 * there is more, so that no number of instances outlives a Lambda. It carries the operation's id, never its items.
 */
export const bulkOperationDefinition = (
  arns: StageArn<'bulk-plan' | 'bulk-run' | 'bulk-export'>,
): Asl => ({
  Comment: 'Plans or carries out an operation on many instances, or writes an export of logs',
  StartAt: 'Phase',
  TimeoutSeconds: 12 * 3600,
  States: {
    Phase: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.phase', StringEquals: 'run', Next: 'Run' },
        { Variable: '$.phase', StringEquals: 'export', Next: 'Export' },
      ],
      Default: 'Plan',
    },
    Plan: stageState('bulk-plan', arns['bulk-plan'], { Next: 'Again' }),
    Run: stageState('bulk-run', arns['bulk-run'], { Next: 'Again' }),
    Export: stageState('bulk-export', arns['bulk-export'], { Next: 'Again' }),
    Again: {
      Type: 'Choice',
      Choices: [{ Variable: '$.more', BooleanEquals: true, Next: 'Phase' }],
      Default: 'Over',
    },
    Over: { Type: 'Succeed' },
  },
});
