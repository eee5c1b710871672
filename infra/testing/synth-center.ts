import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { bundleFolder, functionNames } from '../function-shapes.ts';
import { OperationCenter, type OperationCenterProps } from '../operation-center.ts';

/** The center in a stack of its own, on empty bundles: what a template says does not depend on what is in them. */
export const centerIn = (app: App, props: OperationCenterProps = {}): Stack => {
  const stack = new Stack(app, 'Nightshift');
  new OperationCenter(stack, 'Operations', {
    distFolder: emptyDist(),
    adminEmail: 'admin@example.com',
    mailFrom: 'notices@example.com',
    ...props,
  });
  return stack;
};

export const synthCenter = (props: OperationCenterProps = {}): Template =>
  Template.fromStack(centerIn(new App(), props));

const emptyDist = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'nightshift-dist-'));
  for (const bundle of [...functionNames.map(bundleFolder), 'site']) {
    mkdirSync(join(folder, bundle), { recursive: true });
    writeFileSync(join(folder, bundle, 'index.mjs'), '');
  }
  return folder;
};
