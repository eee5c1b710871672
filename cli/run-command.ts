import type { Command } from 'commander';
import { ApiProblem } from '../shared/contracts/client/api-problem.ts';
import type { Client } from '../shared/contracts/client/create-client.ts';
import { connect } from './connect.ts';
import { CliError, type ExitName, exitCodes, exitOfStatus } from './exit-code.ts';
import { type Output, outputOf } from './output.ts';

/** What a command gets to work with. `client` signs in only when it is asked for, so offline commands need no host. */
export type Tools = {
  readonly output: Output;
  readonly client: () => Promise<Client>;
};

/** What a command may answer: nothing, or how the process ends. */
export type Ended = ExitName | undefined;

type Options = { readonly json?: boolean };

/**
 * Adds `--json` and examples to a command and runs its work: a refusal becomes a message, a document (with --json) and
 * an exit code.
 */
export const runs = <A extends readonly unknown[], O>(
  command: Command,
  examples: readonly string[],
  work: (tools: Tools, options: O, ...args: A) => Promise<Ended>,
): Command =>
  command
    .option('--json', 'one JSON document on stdout, messages on stderr')
    .addHelpText(
      'after',
      `\nExamples:\n${examples.map((line) => `  $ nightshift ${line}`).join('\n')}`,
    )
    .action(async (...given: unknown[]) => {
      const args = given.slice(0, -2) as unknown as A;
      const options = given.at(-2) as O & Options;
      const output = outputOf(options.json ?? false);
      try {
        const ended = await work({ output, client: connect }, options, ...args);
        process.exitCode = exitCodes[ended ?? 'ok'];
      } catch (error) {
        process.exitCode = exitCodes[report(error, output, options.json ?? false)];
      }
    });

const report = (error: unknown, output: Output, json: boolean): ExitName => {
  const { exit, document } = describe(error);
  output.note(`error: ${document.detail}`);
  for (const { path, message } of document.errors ?? [])
    output.note(`  ${path ? `${path}: ` : ''}${message}`);
  if (json) output.result({ error: document }, () => '');
  return exit;
};

type Document = {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path?: string; readonly message: string }[];
};

const describe = (error: unknown): { exit: ExitName; document: Document } => {
  if (error instanceof ApiProblem)
    return { exit: exitOfStatus(error.status), document: error.problem };
  if (error instanceof CliError)
    return {
      exit: error.exit,
      document: {
        code: error.code,
        detail: error.message,
        ...(error.errors.length > 0 ? { errors: error.errors } : {}),
      },
    };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { exit: 'failed', document: { code: 'internal', detail } };
};
