import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A test or group of tests whose name begins with numbers of the checklist. */
export type NamedTest = {
  readonly file: string;
  readonly name: string;
  readonly statements: readonly string[];
};

const testFiles =
  '{shared,functions,infra,local,cli,web/src,examples,bench,scripts,tests}/**/*.test.{ts,tsx}';
const callers: ReadonlySet<string> = new Set(['it', 'test', 'describe']);
const notRun: ReadonlySet<string> = new Set(['skip', 'todo', 'skipIf', 'runIf']);

/** Every test named after statements, in order of file and line. What is skipped proves nothing and is left out. */
export const namedTests = (): readonly NamedTest[] =>
  globSync(testFiles)
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
    .flatMap((file) => testsIn(file, readFileSync(file, 'utf8')));

/** The named tests of one source text. */
export const testsIn = (file: string, source: string): readonly NamedTest[] => {
  const tests: NamedTest[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const chain = chainOf(node.expression);
      const [first] = node.arguments;
      const isTest = callers.has(chain[0] ?? '');
      if (isTest && chain.some((name) => notRun.has(name))) return;
      const name = isTest && first ? textOf(first) : undefined;
      const statements = name === undefined ? [] : statementsOf(name);
      if (name !== undefined && statements.length > 0) tests.push({ file, name, statements });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, scriptKind(file)));
  return tests;
};

/** `N34`, `W61: …`, `N5 N6 …` or `N5, N6: …` at the beginning of a name. */
const statementsOf = (name: string): readonly string[] => {
  const [head = ''] = /^(?:[NW]\d{1,2}\b[\s,:;+&]*)+/.exec(name) ?? [];
  return head.match(/[NW]\d{1,2}/g) ?? [];
};

/** `it`, `it.each(…)` and `` it.each`…` `` as the names they are made of. */
const chainOf = (callee: ts.Expression): readonly string[] => {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee))
    return [...chainOf(callee.expression), callee.name.text];
  if (ts.isCallExpression(callee)) return chainOf(callee.expression);
  if (ts.isTaggedTemplateExpression(callee)) return chainOf(callee.tag);
  return [];
};

const textOf = (argument: ts.Expression): string | undefined => {
  if (ts.isStringLiteralLike(argument)) return argument.text;
  return ts.isTemplateExpression(argument) ? argument.head.text : undefined;
};

const scriptKind = (file: string): ts.ScriptKind =>
  file.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
