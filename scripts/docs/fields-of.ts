import * as z from 'zod';

/** The fields of a schema in a few words: `a, b?` for an object, its options for a union, `anything` when it takes all. */
export const fieldsOf = (schema: z.ZodType): string =>
  textOf(z.toJSONSchema(schema, { io: 'input', reused: 'inline', unrepresentable: 'any' }));

const textOf = (schema: z.core.JSONSchema.JSONSchema): string => {
  const options = (schema.oneOf ?? schema.anyOf ?? []).map(textOf);
  if (options.length > 0) return options.join(' *or* ');

  const names = Object.keys(schema.properties ?? {});
  const required = new Set(schema.required ?? []);
  if (names.length === 0) return 'anything';
  return names.map((name) => `\`${name}\`${required.has(name) ? '' : '?'}`).join(', ');
};
