/** A parameter value may be that long (nodes-and-instances 6.6). */
const maxLength = 258;

export type PickedOutputs = {
  readonly outputs: Readonly<Record<string, string>>;
  /** Names that the source has no short scalar for. */
  readonly missing: readonly string[];
};

/** The outputs that a task names, from the top-level fields of what it answered. */
export const pickOutputs = (names: readonly string[], source: unknown): PickedOutputs => {
  const fields: object = typeof source === 'object' && source !== null ? source : {};
  const picked = names.map((name) => [name, textOf(Reflect.get(fields, name))] as const);
  return {
    outputs: Object.fromEntries(
      picked.filter((pair): pair is [string, string] => pair[1] !== undefined),
    ),
    missing: picked.filter(([, value]) => value === undefined).map(([name]) => name),
  };
};

const textOf = (value: unknown): string | undefined => {
  const scalar =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = scalar ? String(value) : undefined;
  return text !== undefined && text.length <= maxLength ? text : undefined;
};
