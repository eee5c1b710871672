import { fnv } from '../../shared/domain/kernel/fnv.ts';

/** Spreads ids over stripes, the same everywhere and for ever (it is part of keys). */
export const stripeOf = (text: string, stripes: number): number => fnv(text) % stripes;

/** 0 … stripes - 1. */
export const stripesUpTo = (stripes: number): readonly number[] =>
  Array.from({ length: stripes }, (_, stripe) => stripe);
