import type { runOperations as source } from '../en/run-operations.ts';
import type { Translation } from '../messages.ts';

export const runOperations: Translation<typeof source> = {
  'run-op.stop': '停止',
  'run-op.pause': '暂停',
  'run-op.resume': '恢复',
  'run-op.rerun-failed': '重跑失败节点',
  'run-op.rerun': '重跑整个运行',
  'run-op.retry': '重试',
  'run-op.set-success': '置成功',
  'run-op.more': '更多',
  'run-op.what.stop': '正在运行的会被终止，尚未开始的会被暂停。',
  'run-op.what.pause': '正在运行的会继续到结束；恢复之前不再启动新的实例。',
  'run-op.what.resume': '解除其实例的暂停。',
  'run-op.what.rerun-failed': '失败的重新运行，被其阻塞的继续；已成功的保持不变。',
  'run-op.what.rerun': '以同一业务日期启动一个包含全部任务的新运行，原运行保持不变。',
  'run-op.what.retry':
    '以原参数和原业务日期重新发起一次新的运行；失败的运行保持不变，并显示重试结果。',
  'run-op.what.set-success': '失败的实例视为成功，被其阻塞的继续；不会重新运行任何代码。',
  'run-op.refusal.has-ended': '已全部结束',
  'run-op.refusal.nothing-failed': '没有失败的实例',
  'run-op.refusal.not-retryable': '未最终失败，或已有重试正在运行或已成功',
  'run-op.refusal.not-generated': '实例尚未生成',
  'run-op.retry-of': '重跑自',
  'run-op.parameters': '参数',
};
