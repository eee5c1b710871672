import type * as z from 'zod';
import type { Problem } from './definition.schema.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** `tasks[3].upstreams[0].task`, the way people read it; the whole document is ''. */
export const pathText = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** Turns zod issues into problems whose message names the field and what to write instead; `at` is put before each path. */
export const problemsOfIssues = (issues: readonly Issue[], at: Path = []): readonly Problem[] => {
  const problems = issues
    .flatMap((issue) => flatten(issue, at))
    .map(({ issue, path }) => ({
      path: pathText(path),
      code: issue.code.replaceAll('_', '-'),
      message: `${nameOf(path)} ${expectationOf(issue)}`,
    }));
  return problems.filter(
    (problem, i) =>
      problems.findIndex((p) => p.path === problem.path && p.message === problem.message) === i,
  );
};

type Placed = { readonly issue: Issue; readonly path: Path };

/** A union fails as a whole; what helps is why the alternative that was meant failed. */
const flatten = (issue: Issue, at: Path): readonly Placed[] => {
  const path = [...at, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ issue, path }];

  const meant = issue.errors.find((errors) => !errors.some(isOtherShape));
  return meant ? meant.flatMap((inner) => flatten(inner, path)) : [{ issue, path }];
};

const isOtherShape = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

const nameOf = (path: Path): string => {
  const name = path.findLast((part) => typeof part === 'string');
  const last = path.at(-1);
  if (name === undefined) return 'the document';
  return typeof last === 'number' ? `${String(name)}[${last}]` : String(name);
};

const expectationOf = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? `is missing; give ${article(issue.expected)}`
        : `must be ${article(issue.expected)}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`;
    case 'too_small':
      return ownWords(issue) ?? `must ${sizeOf(issue.origin, 'at least', Number(issue.minimum))}`;
    case 'too_big':
      return ownWords(issue) ?? `must ${sizeOf(issue.origin, 'at most', Number(issue.maximum))}`;
    case 'invalid_union':
      return unionText(issue);
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message.startsWith('Invalid') ? `is not valid: ${issue.message}` : issue.message;
  }
};

/** What a schema says itself about a bound, such as its unit for people. */
const ownWords = ({ message }: Issue): string | undefined =>
  message.startsWith('Too ') ? undefined : message;

const unionText = (issue: Issue & { code: 'invalid_union' }): string => {
  if ('options' in issue && Array.isArray(issue.options)) return `must be ${oneOf(issue.options)}`;
  const alternatives = issue.errors.flatMap((errors) =>
    errors.slice(0, 1).map((error) => expectationOf(error).replace(/^must be /, '')),
  );
  return `must be ${[...new Set(alternatives)].join(', or ')}`;
};

const article = (type: string): string => {
  const known: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
  };
  return known[type] ?? type;
};

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;

const sizeOf = (origin: string, bound: string, size: number): string => {
  if (origin === 'string') return `have ${bound} ${size} characters`;
  if (origin === 'array') return `have ${bound} ${size} entries`;
  return `be ${bound} ${size}`;
};
