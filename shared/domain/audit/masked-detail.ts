import { isSecretName } from '../log/secret-name.ts';
import type { AuditEntry } from './audit-entry.schema.ts';

/**
 * The facts of an operation as everybody who reads the log may see them: values of parameters that are secret by their name
 * are blotted out, wherever in a document they stand (W70).
 */
export const maskedDetail = (facts: unknown): NonNullable<AuditEntry['detail']> =>
  JSON.parse(JSON.stringify(facts), (name, value: unknown) =>
    name === 'parameters' || name === 'taskParameters' ? masked(value) : value,
  );

const masked = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]): [string, unknown] => {
      if (typeof each === 'object') return [name, masked(each)];
      return [name, isSecretName(name) ? '***' : each];
    }),
  );
};
