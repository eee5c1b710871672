import type { RuntimeConfig } from './runtime-config.ts';

/** The product's time: real on AWS, a virtual one on a local host that was told so. */
export type Clock = {
  readonly now: () => number;
  readonly speed: number;
  readonly virtual: boolean;
};

/** virtual = real × speed + offset, in epoch milliseconds, as the local host has it. */
export const clockFrom = (
  { offset, speed }: NonNullable<RuntimeConfig['clock']>,
  realNow: () => number,
): Clock => ({
  now: () => realNow() * speed + offset,
  speed,
  virtual: speed !== 1 || offset !== 0,
});
