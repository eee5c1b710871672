import { useSearch } from '@tanstack/react-router';
import type { Env } from '../../../shared/domain/kernel/key.schema.ts';

/** What the header narrows every page to; both stand in the address. */
export type Scope = { readonly env: Env; readonly project: string | undefined };

export const useScope = (): Scope => {
  const { env, project } = useSearch({ strict: false });
  return { env: env ?? 'prod', project };
};
