import { CommanderError } from 'commander';
import { CliError, exitCodes } from './exit-code.ts';
import { endOnBrokenPipe, outputOf } from './output.ts';
import { createProgram } from './program.ts';

/** Runs one command line; the exit code says how it ended. */
export const main = async (argv: readonly string[]): Promise<void> => {
  endOnBrokenPipe();
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has written its message already; asking for help is no error.
      if (error.exitCode === 0) return;
      return endWithUsage(error.message, argv);
    }
    if (!(error instanceof CliError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    endWithUsage(error.message, argv);
  }
};

const endWithUsage = (message: string, argv: readonly string[]): void => {
  process.exitCode = exitCodes.usage;
  if (!argv.includes('--json')) return;
  const detail = message.replace(/^error: /, '');
  outputOf(true).result({ error: { code: 'usage', detail } }, () => '');
};
