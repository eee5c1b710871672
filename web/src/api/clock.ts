import type { RuntimeConfig } from './runtime-config.ts';

/** The product's time: real on AWS, a virtual one on a local host that was told so. */
export type Clock = {
  readonly now: () => number;
  readonly speed: number;
  readonly virtual: boolean;
};

/** `offset` (ms) was true when the configuration was read; from then on time passes `speed` times as fast. */
export const clockFrom = (
  { offset, speed }: NonNullable<RuntimeConfig['clock']>,
  readAt: number,
  realNow: () => number,
): Clock => ({
  now: () => readAt + offset + (realNow() - readAt) * speed,
  speed,
  virtual: speed !== 1 || Math.abs(offset) > 1_000,
});
