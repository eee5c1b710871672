import { err, ok, type Result } from '../kernel/result.ts';
import type { Project, Role } from './project.schema.ts';

type Members = Project['members'];

export type MembersRefused = {
  readonly reason: 'member-not-found' | 'last-admin' | 'too-many-members';
  readonly message: string;
};

/** Largest number of members of a project. */
const most = 1_000;

/** Whether a user is a member of the project; a task may belong to members only (N42). */
export const isMember = ({ members }: Pick<Project, 'members'>, user: string): boolean =>
  members.some((member) => member.user === user);

/** Adds a member or changes its role. The last administrator keeps the role (nodes-and-instances 9). */
export const putMember = (
  members: Members,
  user: string,
  role: Role,
): Result<Members, MembersRefused> => {
  if (role !== 'admin' && isLastAdmin(members, user)) return lastAdmin(user);
  const others = members.filter((member) => member.user !== user);
  if (others.length >= most)
    return err({
      reason: 'too-many-members',
      message: `a project has at most ${most} members; remove one first`,
    });
  return ok([...others, { user, role }].toSorted((a, b) => (a.user < b.user ? -1 : 1)));
};

/** Takes a member out; never the last administrator. */
export const removeMember = (members: Members, user: string): Result<Members, MembersRefused> => {
  if (!isMember({ members }, user))
    return err({ reason: 'member-not-found', message: `${user} is no member of the project` });
  if (isLastAdmin(members, user)) return lastAdmin(user);
  return ok(members.filter((member) => member.user !== user));
};

const isLastAdmin = (members: Members, user: string): boolean => {
  const admins = members.filter(({ role }) => role === 'admin');
  return admins.length === 1 && admins[0]?.user === user;
};

const lastAdmin = (user: string) =>
  err({
    reason: 'last-admin',
    message: `${user} is the last administrator of the project; make somebody else one first`,
  } as const);
