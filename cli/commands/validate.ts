import type { Command } from 'commander';
import type { Problem } from '../../shared/domain/workflow/definition.schema.ts';
import { validateDefinition } from '../../shared/domain/workflow/validate-definition.ts';
import { CliError } from '../exit-code.ts';
import { readDocument } from '../read-document.ts';
import { runs } from '../run-command.ts';

/** `nightshift validate`: every problem of definition files, without a host. */
export const addValidate = (program: Command): Command =>
  runs(
    program
      .command('validate')
      .description(
        'all problems of workflow definitions; needs no host, so names in other places are not checked',
      )
      .argument('<file...>', 'YAML or JSON files, - for stdin')
      .option(
        '--floor <minutes>',
        'smallest distance of two fires that the project allows: 5 or 1',
        floor,
        5,
      ),
    ['validate sales.yaml', 'validate workflows/*.yaml --json'],
    async ({ output }, options: { readonly floor: 1 | 5 }, files: readonly string[]) => {
      const problems: (Problem & { file?: string })[] = [];
      for (const file of files) {
        const checked = validateDefinition(await readDocument(file), {
          floorMinutes: options.floor,
        });
        if (checked.ok) continue;
        problems.push(
          ...checked.error.map((problem) => (files.length > 1 ? { ...problem, file } : problem)),
        );
      }
      output.result({ problems }, () =>
        problems.length === 0
          ? 'no problems'
          : problems
              .map(
                ({ file, path, message }) =>
                  `${file ? `${file}: ` : ''}${path || '(document)'}: ${message}`,
              )
              .join('\n'),
      );
      return problems.length === 0 ? 'ok' : 'failed';
    },
  );

const floor = (text: string): 1 | 5 => {
  if (text === '1' || text === '5') return text === '1' ? 1 : 5;
  throw new CliError('usage', 'usage', '--floor: must be 5 or 1');
};
