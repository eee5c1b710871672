import { type Command, Option } from 'commander';

/** `--env`, production unless said otherwise. */
export const env = (command: Command): Command =>
  command.addOption(new Option('--env <env>').choices(['prod', 'dev']).default('prod'));
