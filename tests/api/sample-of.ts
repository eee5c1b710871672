import * as z from 'zod';

type Schema = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly example?: unknown;
};

/** Texts for patterns that say nothing else; the first that matches is taken. */
const texts = [
  'shop',
  '2026-11-19',
  '2026-11-20T02:00:00.000Z',
  '02:00',
  'shop/w/t',
  'group:etl',
  's3://data/x.csv',
  'team@example.com',
  '+4930123456',
  '1',
];

/**
 * The smallest input that a schema takes: required fields only, each with a plain value, or the one that `known` has for a
 * field of that name.
 */
export const sampleOf = (schema: z.ZodType, known: Readonly<Record<string, unknown>>): unknown => {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;

  const build = (part: Schema): unknown => {
    if (part.$ref) return build(resolve(root, part.$ref));
    if (part.const !== undefined) return part.const;
    if (part.enum) return part.enum[0];
    const [choice] = part.anyOf ?? part.oneOf ?? [];
    if (choice) return build(choice);
    if (part.allOf) return Object.assign({}, ...part.allOf.map(build));
    const type = [part.type].flat()[0];
    if (part.properties || type === 'object') return objectOf(part);
    if (type === 'array')
      return Array.from({ length: part.minItems ?? 0 }, () => build(part.items ?? {}));
    if (type === 'number' || type === 'integer') return Math.max(part.minimum ?? 0, 0);
    if (type === 'boolean') return true;
    return textOf(part);
  };
  const objectOf = ({ properties = {}, required = [] }: Schema) =>
    Object.fromEntries(
      required.map((name) => [name, name in known ? known[name] : build(properties[name] ?? {})]),
    );
  return build(root);
};

const resolve = (root: Schema, ref: string): Schema => {
  const found = root.$defs?.[ref.replace('#/$defs/', '')];
  return found ?? root;
};

const textOf = ({ format, pattern, example }: Schema): unknown => {
  if (example !== undefined) return example;
  if (format === 'date') return '2026-11-19';
  if (format === 'date-time') return '2026-11-20T02:00:00.000Z';
  const wanted = pattern === undefined ? /./ : new RegExp(pattern);
  return texts.find((text) => wanted.test(text)) ?? '';
};
