import type { Template } from 'aws-cdk-lib/assertions';
import type { Asl, AslState } from '../asl/asl.ts';

export type MachineDefinition = {
  readonly name: string;
  readonly definition: Asl;
  /** Every state, those inside a Map too. */
  readonly states: readonly (readonly [name: string, state: AslState])[];
  /** Logical ids that stand where the definition names a resource. */
  readonly refs: readonly string[];
};

/** The state machines as they stand in a template; a reference reads `arn:aws:lambda:…:<logical id>`. */
export const machineDefinitions = (template: Template): readonly MachineDefinition[] =>
  Object.values(template.findResources('AWS::StepFunctions::StateMachine')).map(
    ({ Properties }) => {
      const parts: readonly (string | { readonly Ref: string })[] =
        Properties.DefinitionString['Fn::Join'][1];
      const refs = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.Ref]));
      const definition: Asl = JSON.parse(
        parts.map((part) => (typeof part === 'string' ? part : arnOf(part.Ref))).join(''),
      );
      return {
        name: Properties.StateMachineName,
        definition,
        states: statesOf(definition),
        refs,
      };
    },
  );

const arnOf = (logicalId: string): string =>
  `arn:aws:lambda:eu-west-1:000000000000:function:${logicalId}`;

const statesOf = ({ States }: Pick<Asl, 'States'>): [string, AslState][] =>
  Object.entries(States).flatMap(([name, state]) => [
    [name, state] as [string, AslState],
    ...(state.ItemProcessor ? statesOf(state.ItemProcessor as Asl) : []),
  ]);
