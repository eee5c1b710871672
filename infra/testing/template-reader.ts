import type { Template } from 'aws-cdk-lib/assertions';

export type Resource = {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
};
export type Statement = { readonly Action: string | readonly string[]; readonly Resource: unknown };

/** Questions that tests ask of a template. */
export const readTemplate = (template: Template) => {
  const resources = (type: string): [id: string, resource: Resource][] =>
    Object.entries(template.findResources(type)) as [string, Resource][];

  return {
    resources,

    /** Functions of ours, without those that CDK brings. */
    ourFunctions: () =>
      resources('AWS::Lambda::Function').filter(([, { Properties }]) =>
        String(Properties.Description).startsWith('Nightshift '),
      ),

    /** Statements of the roles whose path in the tree holds `part`. */
    rights: (part: string): Statement[] =>
      resources('AWS::IAM::Policy')
        .filter(([id]) => id.includes(part))
        .flatMap(([, { Properties }]) => statementsOf(Properties)),
  };
};

export const statementsOf = ({ PolicyDocument }: Resource['Properties']): readonly Statement[] =>
  (PolicyDocument as { readonly Statement: readonly Statement[] }).Statement;

export const actionsOf = (statements: readonly Statement[]): string[] =>
  statements.flatMap(({ Action }) => Action);

export const text = (value: unknown): string => JSON.stringify(value);
