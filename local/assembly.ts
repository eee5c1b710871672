import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { HostError } from './host-error.ts';

const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z
        .object({ templateFile: z.string().optional(), file: z.string().optional() })
        .optional(),
    }),
  ),
});

const Template = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown().optional() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Condition: z.string().optional(),
    }),
  ),
});
export type Template = z.infer<typeof Template>;

const Assets = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })),
});

export type Assembly = {
  readonly stackName: string;
  readonly template: Template;
  /** Folder of the asset that the template calls by this object key. */
  assetFolder(objectKey: string): string;
};

/** Reads the one stack of a cloud assembly (`cdk.out`). */
export const readAssembly = (folder: string): Assembly => {
  const manifest = Manifest.parse(readJson(join(folder, 'manifest.json')));
  const stacks = Object.entries(manifest.artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  const [stack] = stacks;
  if (stack === undefined || stacks.length > 1)
    throw new HostError(`${folder} has ${stacks.length} stacks: the local host runs exactly one`);
  const [stackName, { properties }] = stack;

  const files = Object.values(manifest.artifacts)
    .filter(({ type }) => type === 'cdk:asset-manifest')
    .flatMap(({ properties: asset }) => (asset?.file ? [asset.file] : []))
    .map((file) => Assets.parse(readJson(join(folder, file))).files);

  return {
    stackName,
    template: Template.parse(readJson(join(folder, properties?.templateFile ?? ''))),
    assetFolder(objectKey) {
      const hash = objectKey.replace(/\.\w+$/, '');
      const path = files.find((group) => hash in group)?.[hash]?.source.path;
      if (path === undefined) throw new HostError(`the assembly has no asset ${objectKey}`);
      return resolve(folder, path);
    },
  };
};

function readJson(path: string): unknown {
  if (!existsSync(path)) throw new HostError(`${path} is missing: run "npm run synth"`);
  return JSON.parse(readFileSync(path, 'utf8'));
}
