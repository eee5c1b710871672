import { err, ok, type Result } from '../../shared/domain/kernel/result.ts';
import {
  type MembersRefused,
  putMember,
  removeMember,
} from '../../shared/domain/project/members.ts';
import type { Project } from '../../shared/domain/project/project.schema.ts';
import type { ApiHandlers } from '../edge/api.ts';
import type { ApiContext } from '../edge/api-route.ts';
import type { ApiStores } from './api-stores.ts';
import { noProject } from './read-instances.ts';
import { forEdit, stale } from './save-document.ts';
import { writeAudit } from './write-audit.ts';

/** Who may do what in a project: kept by its administrators. */
export const writeMembers = (
  stores: ApiStores,
): Pick<ApiHandlers<'write'>, 'putMember' | 'removeMember'> => {
  const { catalog, clock } = stores;

  const change = async <C extends MembersRefused['reason']>(
    context: ApiContext,
    name: string,
    { action, comment }: { readonly action: string; readonly comment?: string | undefined },
    decide: (members: Project['members']) => Result<Project['members'], MembersRefused>,
  ) => {
    const before = forEdit(await catalog.findProject(name), context.rev, noProject(name).error);
    if (!before.ok) return before;
    const members = decide(before.value.members);
    if (!members.ok) return err({ code: members.error.reason as C, detail: members.error.message });

    const changed = { ...before.value, members: members.value, updatedAt: clock() };
    const saved = await catalog.saveProject(changed, context.rev);
    if (!saved.ok) return stale(undefined);
    await writeAudit(stores, context, {
      ...{ action, comment, project: name },
      object: `project:${name}`,
      before: before.value.members,
      after: members.value,
    });
    return ok(saved.value);
  };

  return {
    putMember: ({ params: { project, user }, body: { role, comment } }, context) =>
      change<'last-admin' | 'too-many-members'>(
        context,
        project,
        { action: 'put-member', comment },
        (members) => putMember(members, user, role),
      ),
    removeMember: ({ params: { project, user } }, context) =>
      change<'last-admin' | 'member-not-found'>(
        context,
        project,
        { action: 'remove-member' },
        (members) => removeMember(members, user),
      ),
  };
};
