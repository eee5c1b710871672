/**
 * Every technical failure the platform can raise, and whether trying again can help. Step Functions matches on
 * `Error.name`, so infra builds its Retry blocks from this table.
 */
export const faultCatalog = {
  StoreThrottled: { retryable: true },
  StoreConflict: { retryable: true },
  StoreUnavailable: { retryable: true },
  ChannelThrottled: { retryable: true },
  ChannelRefused: { retryable: false },
  ChannelUnsure: { retryable: false },
  InputInvalid: { retryable: false },
  RecordInvalid: { retryable: false },
} as const satisfies Record<string, { retryable: boolean }>;

export type FaultName = keyof typeof faultCatalog;

/** The names that a Retry block lists. */
export const retryableFaults: readonly FaultName[] = (
  Object.keys(faultCatalog) as FaultName[]
).filter((name) => faultCatalog[name].retryable);

/** A technical failure with the facts that name what it struck. Refusals are values, not faults. */
export class Fault extends Error {
  override readonly name: FaultName;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(
    name: FaultName,
    message: string,
    facts: Record<string, string | number> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = name;
    this.facts = facts;
  }
}
