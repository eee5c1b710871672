import { CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says of a construct, and all below it, why a finding of cdk-nag is no fault here: rule → reason. */
export const acknowledge = (
  construct: IConstruct,
  reasons: Readonly<Record<string, string>>,
): void =>
  Validations.of(construct).acknowledge(
    ...Object.entries(reasons).map(([id, reason]) => ({ id, reason })),
  );

/** How cdk-nag names a resource of this stack; of one that was made elsewhere it knows no id. */
export const logicalIdOf = ({ node }: IConstruct): string =>
  node.defaultChild instanceof CfnElement
    ? Stack.of(node.defaultChild).getLogicalId(node.defaultChild)
    : '';
