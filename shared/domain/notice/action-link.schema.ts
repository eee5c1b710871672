import * as z from 'zod';
import { Env, Key } from '../kernel/key.schema.ts';
import { Instant } from '../kernel/time.schema.ts';

/** What a link in a message may open the plan of. */
export const LinkAction = z
  .enum(['rerun', 'rerun-downstream', 'acknowledge', 'snooze'])
  .meta({ id: 'LinkAction' });
export type LinkAction = z.infer<typeof LinkAction>;

/** What it is about. */
export const LinkObject = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('instance'), id: z.string().min(1).max(700) }),
    z.object({ kind: z.literal('incident'), id: z.string().min(1).max(300) }),
  ])
  .meta({ id: 'LinkObject' });
export type LinkObject = z.infer<typeof LinkObject>;

/** What a link says, signed. It gives no right: whoever opens it signs in and needs the role for the action. */
export const ActionLink = z
  .object({
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,64}$/)
      .meta({ description: 'same notice, same action, same link' }),
    action: LinkAction,
    object: LinkObject,
    env: Env,
    project: Key,
    expiresAt: Instant,
  })
  .meta({ id: 'ActionLink' });
export type ActionLink = z.infer<typeof ActionLink>;

/** A link that somebody has used. */
export const SpentLink = z.object({
  id: z.string(),
  by: z.string(),
  at: Instant,
  call: z
    .string()
    .meta({ description: 'which call spent it: repeating that very call is no second use' }),
});
export type SpentLink = z.infer<typeof SpentLink>;
