import type { Problem } from './definition.schema.ts';
import { pathText } from './problems-of-issues.ts';

type Path = readonly PropertyKey[];

/**
 * Fields of `input` that a schema did not take over into `parsed`: misspelt names would otherwise vanish without a word.
 * Where parsing changed the shape (a short form), there is nothing to compare.
 */
export const findUnknownFields = (
  input: unknown,
  parsed: unknown,
  at: Path = [],
): readonly Problem[] => {
  if (Array.isArray(input) && Array.isArray(parsed))
    return input.flatMap((entry, i) => findUnknownFields(entry, parsed[i], [...at, i]));
  if (!isRecord(input) || !isRecord(parsed)) return [];

  return Object.keys(input).flatMap((key) =>
    Object.hasOwn(parsed, key) || input[key] === undefined
      ? findUnknownFields(input[key], parsed[key], [...at, key])
      : [
          {
            path: pathText([...at, key]),
            code: 'unknown-field',
            message: `${key} is not a field here; remove it or correct its name`,
          },
        ],
  );
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
