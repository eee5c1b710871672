import type { Env } from '../../shared/domain/kernel/key.schema.ts';
import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import { checkReferences } from '../../shared/domain/workflow/check-references.ts';
import type {
  Problem,
  WorkflowDefinition,
} from '../../shared/domain/workflow/definition.schema.ts';
import { validateDefinition } from '../../shared/domain/workflow/validate-definition.ts';
import type { CatalogStore } from '../stores/catalog-store.ts';
import { knownOf } from './known-of.ts';

export type Check = {
  readonly project: Pick<Project, 'name' | 'floorMinutes'>;
  readonly env: Env;
  /** Administrators may give priorities above MIDDLE (spec/README 22). */
  readonly isAdmin: boolean;
};

/** Every problem of a definition, those with what lies outside of it included, or the definition with its defaults. */
export const checkDefinition = async (
  catalog: CatalogStore,
  input: unknown,
  { project, env, isAdmin }: Check,
): Promise<Result<WorkflowDefinition, readonly Problem[]>> => {
  const checked = validateDefinition(input, {
    floorMinutes: project.floorMinutes,
    allowHighPriority: isAdmin,
  });
  if (!checked.ok) return checked;

  const known = await knownOf(catalog, project.name, env, checked.value);
  const problems = checkReferences(checked.value, known);
  return problems.length > 0 ? err(problems) : ok(checked.value);
};

/** The refusal that carries all problems. */
export const definitionInvalid = (problems: readonly Problem[]) =>
  err({
    code: 'definition-invalid',
    detail: `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}: ${problems[0]?.message ?? ''}`,
    errors: problems.slice(0, 500).map((problem) => ({ ...problem })),
  } as const);
