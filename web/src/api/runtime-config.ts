import * as z from 'zod';

/** What `/config.json` tells the site about the deployment it belongs to: one build serves all of them. */
export const RuntimeConfig = z.object({
  apiUrl: z.string().default('/api'),
  issuer: z.string(),
  clientId: z.string(),
  scope: z.string().default('openid profile email'),
  region: z.string().default(''),
  version: z.string().optional(),
  envs: z
    .array(z.enum(['prod', 'dev']))
    .min(1)
    .default(['prod', 'dev']),
  clock: z.object({ offset: z.number().default(0), speed: z.number().default(1) }).optional(),
});
export type RuntimeConfig = z.infer<typeof RuntimeConfig>;

export const loadRuntimeConfig = async (): Promise<RuntimeConfig> => {
  const reply = await fetch('/config.json', { cache: 'no-store' });
  if (!reply.ok) throw new Error(`/config.json answered ${reply.status}`);
  return RuntimeConfig.parse(await reply.json());
};
