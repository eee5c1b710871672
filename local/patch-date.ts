import type { ClockSetting } from './clock.ts';

/** Makes `Date` of this thread or process show the virtual time; timers keep real time. */
export const patchDate = ({ offset, speed }: ClockSetting): void => {
  if (offset === 0 && speed === 1) return;
  const Real = Date;
  const realNow = Real.now.bind(Real);
  const now = (): number => Math.floor(realNow() * speed + offset);

  const Virtual = new Proxy(Real, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new Real(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  Real.prototype.constructor = Virtual;
  globalThis.Date = Virtual;
};
