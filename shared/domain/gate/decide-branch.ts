import { err, ok, type Result } from '../kernel/result.ts';
import type { Condition, TaskWork } from '../workflow/task.schema.ts';

type BranchWork = Extract<TaskWork, { kind: 'branch' }>;

/**
 * The tasks that a branch chooses: those of its first case that holds, else `otherwise` (nodes-and-instances 6.5). The
 * texts have had their parameters filled in. Ordering comparisons need numbers on both sides.
 */
export const decideBranch = (work: BranchWork): Result<readonly string[], string> => {
  for (const { when, take } of work.cases) {
    const holds = conditionHolds(when);
    if (!holds.ok) return holds;
    if (holds.value) return ok(take);
  }
  return ok(work.otherwise);
};

const conditionHolds = ({ left, op, right }: Condition): Result<boolean, string> => {
  if (op === '=') return ok(left === right);
  if (op === '!=') return ok(left !== right);
  if (op === 'in' || op === 'not-in') {
    const listed = right
      .split(',')
      .map((text) => text.trim())
      .includes(left);
    return ok(listed === (op === 'in'));
  }

  const [a, b] = [Number(left), Number(right)];
  if (left.trim() === '' || right.trim() === '' || Number.isNaN(a) || Number.isNaN(b))
    return err(`"${left}" ${op} "${right}" compares texts that are no numbers`);
  if (op === '>') return ok(a > b);
  if (op === '<') return ok(a < b);
  return ok(op === '>=' ? a >= b : a <= b);
};
