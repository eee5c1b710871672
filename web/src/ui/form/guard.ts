/** Properties of a button that is disabled for a reason, or not at all. */
export const guard = (disabledReason: string | undefined) =>
  disabledReason === undefined ? {} : { disabled: true, disabledReason };
