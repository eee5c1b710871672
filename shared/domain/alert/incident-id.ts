import { fnv } from '../kernel/fnv.ts';
import { Env } from '../kernel/key.schema.ts';
import type { Instant } from '../kernel/time.schema.ts';

/** What stands in the id of an incident or of an alert event; `~` cannot stand in a project. */
export type DatedId = { readonly env: Env; readonly project: string; readonly place: string };

/** `env~project~instant~digest`: in order of time within its project, and the same whenever the same is named. */
export const datedIdOf = (
  { env, project, at }: { readonly env: Env; readonly project: string; readonly at: Instant },
  what: string,
): string => {
  const digest = [fnv(what), fnv(what, 0x9e3779b9)].map((n) => n.toString(36).padStart(7, '0'));
  return `${env}~${project}~${at}~${digest.join('')}`;
};

/** Undefined when it is no such id. */
export const parseDatedId = (id: string): DatedId | undefined => {
  const [env, project, at, digest, ...more] = id.split('~');
  const known = Env.safeParse(env);
  if (!known.success || !project || !at || !digest || more.length > 0) return undefined;
  return { env: known.data, project, place: `${at}~${digest}` };
};
