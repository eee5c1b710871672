import type { Command } from 'commander';
import * as z from 'zod';
import { ApiProblem } from '../../shared/contracts/client/api-problem.ts';
import { CliError } from '../exit-code.ts';
import { readDocument } from '../read-document.ts';
import { runs } from '../run-command.ts';

type Options = {
  readonly project: string;
  readonly env: 'prod' | 'dev';
  readonly online: boolean;
  readonly comment?: string;
};

type Named = { readonly file: string; readonly workflow: string; readonly definition: unknown };

/** `nightshift publish`: definition files become versions, each file after those that it waits for. */
export const addPublish = (program: Command): Command =>
  runs(
    program
      .command('publish')
      .description('publish workflow definitions; they go online unless --no-online')
      .argument('<file...>', 'YAML or JSON files, - for stdin')
      .requiredOption('--project <project>', 'project to publish to')
      .option('--env <env>', 'prod, or dev to submit in a dev-prod project', 'prod')
      .option('--no-online', 'publish only; what is online stays')
      .option('--comment <text>', 'why; kept with the version'),
    [
      'publish sales.yaml --project shop',
      'publish workflows/*.yaml --project shop --env dev --json',
    ],
    async ({ output, client }, options: Options, files: readonly string[]) => {
      const named: Named[] = [];
      for (const file of files) named.push(await readNamed(file));

      const call = await client();
      const published: { workflow: string; version: number }[] = [];
      for (const { file, workflow, definition } of inOrder(named)) {
        try {
          const { version } = await call('publishWorkflow', {
            params: { project: options.project, workflow },
            body: {
              definition: z.json().parse(definition),
              env: options.env,
              online: options.online,
              ...(options.comment ? { comment: options.comment } : {}),
            },
          });
          published.push({ workflow, version });
        } catch (error) {
          if (!(error instanceof ApiProblem)) throw error;
          for (const done of published)
            output.note(`published ${done.workflow} version ${done.version}`);
          throw new ApiProblem({ ...error.problem, detail: `${file}: ${error.problem.detail}` });
        }
      }
      output.result(published, () =>
        published.map(({ workflow, version }) => `${workflow} version ${version}`).join('\n'),
      );
      return undefined;
    },
  );

const readNamed = async (file: string): Promise<Named> => {
  const definition = await readDocument(file);
  const { data } = z.object({ workflow: z.string() }).safeParse(definition);
  if (!data)
    throw new CliError(
      'usage',
      'definition-invalid',
      `${file}: workflow is missing; give the name of the workflow`,
    );
  return { file, workflow: data.workflow, definition };
};

const Upstreams = z.object({
  tasks: z.array(z.object({ upstreams: z.array(z.unknown()).optional() })),
});

/** A workflow whose tasks wait for another file's must come after it, else publish finds the upstream unknown. */
const inOrder = (all: readonly Named[]): readonly Named[] => {
  const names = new Map(all.map((each) => [each.workflow, each]));
  const done = new Set<Named>();
  const visit = (each: Named, above: readonly Named[]): void => {
    if (done.has(each) || above.includes(each)) return;
    for (const name of upstreamWorkflows(each.definition)) {
      const upstream = names.get(name);
      if (upstream) visit(upstream, [...above, each]);
    }
    done.add(each);
  };
  for (const each of all) visit(each, []);
  return [...done];
};

const upstreamWorkflows = (definition: unknown): readonly string[] =>
  (Upstreams.safeParse(definition).data?.tasks ?? []).flatMap(({ upstreams = [] }) =>
    upstreams.flatMap((upstream) => {
      const { data } = z.object({ workflow: z.string() }).safeParse(upstream);
      return data ? [data.workflow] : [];
    }),
  );
