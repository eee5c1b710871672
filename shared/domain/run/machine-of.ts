import type { Instance } from '../instance/instance.schema.ts';

/** An Express execution may last 5 minutes; claim, finish and their retries need 45 s of it (design.md §5). */
const expressSeconds = 300;
export const marginSeconds = 45;

/** Which machine runs an attempt: Express where its time-out leaves room, else Standard. */
export const machineOf = ({
  timeoutSeconds,
}: Pick<Instance, 'timeoutSeconds'>): 'express' | 'standard' =>
  timeoutSeconds + marginSeconds <= expressSeconds ? 'express' : 'standard';
