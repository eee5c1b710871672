import type { Instance } from '../instance/instance.schema.ts';

/**
 * Begins the scope of a test run, so that the id of the run says what it is: a start by hand that counts for nobody and
 * alerts nobody (nodes-and-instances 3.1).
 */
export const testScopePrefix = 't-';

export const isTestRun = ({ family, scope }: Pick<Instance, 'family' | 'scope'>): boolean =>
  family === 'manual' && scope.startsWith(testScopePrefix);
