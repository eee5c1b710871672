import * as z from 'zod';

const id = z.string().min(1).max(512);

/** What we read of a WfCommons WfFormat 1.5 file (https://wfcommons.org/format); all else in it is ignored. */
export const WfFormat = z.object({
  schemaVersion: z.literal('1.5'),
  workflow: z.object({
    specification: z.object({
      tasks: z
        .array(
          z.object({ id, parents: z.array(id).default([]), children: z.array(id).default([]) }),
        )
        .min(1)
        .max(10_000),
    }),
    execution: z.object({
      tasks: z.array(z.object({ id, runtimeInSeconds: z.number().min(0) })),
    }),
  }),
});
export type WfFormat = z.infer<typeof WfFormat>;
