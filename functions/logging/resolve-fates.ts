import type { Instance } from '../../shared/domain/instance/instance.schema.ts';
import { fateOf } from '../../shared/domain/log/fate-of.ts';
import type { InstanceStore } from '../stores/instance-store.ts';

export type FateDeps = {
  readonly instances: Pick<InstanceStore, 'findMany' | 'attemptRecords'>;
};

type AttemptRef = { readonly instance: string; readonly attempt: number };

/** Whether the failures of an attempt are kept from searches. */
export type Fates = {
  /** Asks about those not known yet; twice is once. */
  readonly learn: (refs: readonly AttemptRef[]) => Promise<void>;
  readonly isHidden: (ref: AttemptRef) => boolean;
};

/**
 * What became of attempts whose headers do not say, as instances and their records tell it: the commit of an attempt's end
 * is the truth, a header only remembers it. Two strong reads an attempt, once a request.
 */
export const resolveFates = ({ instances }: FateDeps): Fates => {
  const known = new Map<string, boolean>();

  return {
    async learn(refs) {
      const asked = new Map(
        refs.filter((ref) => !known.has(keyOf(ref))).map((ref) => [keyOf(ref), ref]),
      );
      if (asked.size === 0) return;
      const unknown = [...asked.values()];
      // The instance first: had its attempt ended by then, the record is there to be read.
      const found: ReadonlyMap<string, Instance> = await instances.findMany(
        unknown.map(({ instance }) => instance),
        { strong: true },
      );
      const records = await instances.attemptRecords(unknown);
      for (const [key, { instance, attempt }] of asked)
        known.set(key, fateOf(attempt, found.get(instance), records.get(key)) !== 'shown');
    },
    isHidden: (ref) => known.get(keyOf(ref)) ?? false,
  };
};

const keyOf = ({ instance, attempt }: AttemptRef): string => `${instance}#${attempt}`;
