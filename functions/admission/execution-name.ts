import { createHash } from 'node:crypto';
import type { Instance } from '../../shared/domain/instance/instance.schema.ts';

/** A name for an execution, a function of `key`: ids are longer than the 80 characters that names may have. */
export const executionNameFor = (key: string): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 40);

/** One execution is exactly one attempt. */
export const executionNameOf = ({ id, attempt }: Pick<Instance, 'id' | 'attempt'>): string =>
  `${executionNameFor(id)}-${attempt}`;
