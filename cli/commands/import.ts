import { type Command, Option } from 'commander';
import * as z from 'zod';
import { importWfFormat } from '../../shared/domain/workflow/wfformat.ts';
import { factor } from '../arguments.ts';
import { CliError } from '../exit-code.ts';
import { readJson } from '../read-document.ts';
import { runs } from '../run-command.ts';

type Options = {
  readonly project: string;
  readonly name: string;
  readonly kind: 'wait' | 'http' | 'noop';
  readonly speed: number;
  readonly url?: string;
};

/** `nightshift import wfformat`: a recorded workflow becomes one of ours. */
export const addImport = (program: Command): Command => {
  const parent = program.command('import').description('make workflows out of other formats');
  return runs(
    parent
      .command('wfformat')
      .description('publish a WfCommons WfFormat 1.5 file as a workflow and put it online')
      .argument('<file>', '.json or .json.gz')
      .requiredOption('--project <project>', 'project, which must exist')
      .requiredOption('--name <workflow>', 'name of the workflow; created when missing')
      .addOption(
        new Option('--kind <kind>', 'what its tasks do')
          .choices(['wait', 'http', 'noop'])
          .default('wait'),
      )
      .option('--speed <n>', 'divide the recorded seconds by it', factor, 1)
      .option('--url <url>', 'where http tasks post {"workflow","run","task","attempt","seconds"}'),
    [
      'import wfformat montage.json.gz --project demo --name montage',
      'import wfformat blast.json --project demo --name blast --kind http --speed 1000 --url http://127.0.0.1:9000/ --json',
    ],
    async ({ output, client }, { project, name, kind, speed, url }: Options, file: string) => {
      const imported = importWfFormat(await readJson(file), { workflow: name, kind, speed, url });
      if (!imported.ok)
        throw new CliError(
          'usage',
          'definition-invalid',
          `${file} cannot be imported`,
          imported.error,
        );

      const { definition, ...figures } = imported.value;
      const call = await client();
      const { workflow, version } = await call('publishWorkflow', {
        params: { project, workflow: name },
        body: { definition: z.json().parse(definition) },
      });
      const result = { workflow, version, ...figures };
      output.result(result, () =>
        Object.entries(result)
          .map(([field, value]) => `${field}: ${value}`)
          .join('\n'),
      );
      return undefined;
    },
  );
};
