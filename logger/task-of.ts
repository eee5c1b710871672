/** The attempt that the lines belong to, as Nightshift tells a function in its payload. */
export type TaskIdentity = { readonly instance: string; readonly attempt: number };

/** Reads `event.nightshift`; undefined when the function was not called by Nightshift. */
export const taskOf = (event: unknown): TaskIdentity | undefined => {
  const { nightshift } = asRecord(event);
  const { instance, attempt } = asRecord(nightshift);
  return typeof instance === 'string' && typeof attempt === 'number'
    ? { instance, attempt }
    : undefined;
};

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
