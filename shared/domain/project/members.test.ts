import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMember, putMember, removeMember } from './members.ts';
import { type Project, Role } from './project.schema.ts';

const members: Project['members'] = [
  { user: 'ann', role: 'admin' },
  { user: 'bob', role: 'viewer' },
];

describe('members of a project', () => {
  it('are added, change their role and leave', () => {
    expect(putMember(members, 'amy', 'operator')).toMatchObject({
      value: [{ user: 'amy' }, { user: 'ann' }, { user: 'bob' }],
    });
    expect(putMember(members, 'bob', 'admin')).toMatchObject({ value: [{}, { role: 'admin' }] });
    expect(removeMember(members, 'bob')).toMatchObject({ value: [{ user: 'ann' }] });
    expect(removeMember(members, 'eve')).toMatchObject({ error: { reason: 'member-not-found' } });
  });

  it('are who a task may belong to', () => {
    expect([isMember({ members }, 'bob'), isMember({ members }, 'eve')]).toEqual([true, false]);
  });

  it('keep an administrator, whatever is asked for', () => {
    const user = fc.constantFrom('ann', 'bob', 'amy');
    const step = fc.record({ user, role: fc.option(fc.constantFrom(...Role.options)) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const end = steps.reduce((before, { user: who, role }) => {
          const after = role === null ? removeMember(before, who) : putMember(before, who, role);
          return after.ok ? after.value : before;
        }, members);
        expect(end.some(({ role }) => role === 'admin')).toBe(true);
        expect(new Set(end.map(({ user: name }) => name)).size).toBe(end.length);
      }),
    );
  });
});
