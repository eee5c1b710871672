import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { code, generatedFrom, pageOf, tableOf } from './markdown.ts';
import { type NamedTest, namedTests } from './named-tests.ts';

const statementsFile = 'docs/checklist-statements.json';

const lists = [
  { letter: 'N', title: 'Nodes and instances' },
  { letter: 'W', title: 'Workflows and logs' },
] as const;

/** `docs/checklist.md`: which test holds each statement. A test that names an unknown statement is an error. */
export const checklistPage = (): string => {
  const statements = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(statementsFile, 'utf8')));
  const tests = namedTests();
  const unknown = tests.filter((test) => test.statements.some((id) => !(id in statements)));
  if (unknown.length > 0)
    throw new Error(
      `tests name statements that do not exist: ${unknown.map(({ file, name }) => `${file} "${name}"`).join('; ')}`,
    );

  return pageOf(
    generatedFrom(`${statementsFile} and the names of the tests`),
    '# Checklist',
    '',
    'Each statement and the tests whose names begin with its number. *Open* means that no test does, so the statement is not',
    'done. Words of the statements: a node is a task, INIT is `NOT_RUN`, WAIT_SCHEDULE `WAIT_TIME`, DISPATCH_BLOCKED `THROTTLED`;',
    'QUEUED is `THROTTLED` or `WAIT_RESOURCE`. Numbers of sections are those of the specification the statements come from.',
    lists.flatMap(({ letter, title }) => {
      const own = Object.keys(statements).filter((id) => id.startsWith(letter));
      const open = own.filter((id) => testsOf(tests, id).length === 0);
      return [
        '',
        `## ${title}`,
        '',
        `${own.length - open.length} of ${own.length} have a test.`,
        '',
        ...tableOf(
          ['', 'statement', 'tests'],
          own.map((id) => [id, statements[id] ?? '', cellOf(testsOf(tests, id))]),
        ),
      ];
    }),
  );
};

const testsOf = (tests: readonly NamedTest[], id: string): readonly NamedTest[] =>
  tests.filter(({ statements }) => statements.includes(id));

/** Each file once, with the names of its tests. */
const cellOf = (tests: readonly NamedTest[]): string => {
  if (tests.length === 0) return '*open*';
  const files = [...new Set(tests.map(({ file }) => file))];
  return files
    .map((file) => {
      const names = tests.filter((test) => test.file === file).map(({ name }) => plain(name));
      return `${code(file)}: ${names.join('; ')}`;
    })
    .join('<br>');
};

/** A name as text: what Markdown would read as markup is escaped. */
const plain = (name: string): string => name.replaceAll(/[*_<>`$\\[\]]/g, '\\$&');
