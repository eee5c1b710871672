import { describe, expect, it } from 'vitest';
import { routes } from '../../../../shared/contracts/api/routes.ts';
import { matrix, mayCall } from './role-matrix.ts';

const rowOf = (wanted: string) => matrix.find(({ name }) => name === wanted) ?? matrix[0];
const may = (name: string, roles: Parameters<typeof mayCall>[1]) => {
  const row = rowOf(name);
  return row && mayCall(row, roles);
};

describe('what each role may do', () => {
  it('names every call once', () => {
    expect(matrix.map(({ name }) => name).toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it('N89 keeps code, logs and operations from a viewer', () => {
    for (const call of ['getDefinition', 'getRunLog', 'rerunInstance', 'batchInstances'])
      expect([
        call,
        may(call, { inProject: 'viewer' }),
        may(call, { inProject: 'operator' }),
      ]).toEqual([call, false, true]);
  });

  it('lets groups count where a project’s grant does not', () => {
    expect(may('putSettings', { inProject: 'admin' })).toBe(false);
    expect(may('putSettings', { everywhere: 'admin' })).toBe(true);
    expect(may('putMember', { inProject: 'admin', everywhere: 'viewer' })).toBe(true);
    expect(may('listContacts', {})).toBe(true);
  });
});
