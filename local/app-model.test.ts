import { describe, expect, it } from 'vitest';
import { appModel } from './app-model.ts';
import type { Assembly, Template } from './assembly.ts';

const template = (
  resources: Record<
    string,
    { Type: string; Properties?: Record<string, unknown>; Condition?: string }
  >,
  more: Partial<Template> = {},
): Assembly => ({
  stackName: 'Tiny',
  assetFolder: (key) => key,
  template: {
    Parameters: {},
    Conditions: {},
    Outputs: {},
    Resources: Object.fromEntries(
      Object.entries(resources).map(([id, resource]) => [id, { Properties: {}, ...resource }]),
    ),
    ...more,
  },
});
const lambda = (variables: Record<string, unknown>, more: object = {}) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: {},
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Environment: { Variables: variables },
    ...more,
  },
});
const variablesOf = (assembly: Assembly) =>
  appModel(assembly).all('AWS::Lambda::Function')[0]?.Environment?.Variables;

describe('the template, read', () => {
  it('resolves the functions of CloudFormation to names of this host', () => {
    const variables = variablesOf(
      template(
        {
          F: lambda({
            TABLE: { Ref: 'Things' },
            ARN: { 'Fn::Sub': 'x-${AWS::Region}-${Things}-${M.Name}-${!raw}-${v}' },
            BOTH: { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['M', 'Arn'] }, 'live']] },
            PART: { 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] },
            MAYBE: { 'Fn::If': ['No', 'x', { Ref: 'AWS::NoValue' }] },
            GIVEN: { Ref: 'Given' },
          }),
          Things: { Type: 'AWS::DynamoDB::Table' },
          M: { Type: 'AWS::StepFunctions::StateMachine' },
        },
        {
          Conditions: { No: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'mars'] } },
          Parameters: { Given: { Default: 'default' }, v: { Default: 'V' } },
        },
      ),
    );
    expect(variables).toEqual({
      TABLE: 'Things',
      ARN: 'x-us-east-1-Things-M-${raw}-V',
      BOTH: 'arn:aws:states:us-east-1:000000000000:stateMachine:M/live',
      PART: 'b',
      GIVEN: 'default',
    });
  });

  it('leaves out what its condition leaves out', () => {
    const assembly = template(
      { F: { ...lambda({}), Condition: 'Never' } },
      { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } },
    );
    expect(appModel(assembly).all('AWS::Lambda::Function')).toEqual([]);
  });

  it('refuses an unknown type by its logical id and type', () => {
    expect(() => appModel(template({ Topic: { Type: 'AWS::Kinesis::Stream' } }))).toThrow(
      'Topic (AWS::Kinesis::Stream)',
    );
  });

  it('refuses a property that would change behaviour and is not known', () => {
    const model = appModel(
      template({
        Every: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: {
            ScheduleExpression: 'rate(1 minute)',
            FlexibleTimeWindow: { Mode: 'OFF' },
            Target: { Arn: 'x' },
            EndDate: '2030-01-01T00:00:00Z',
          },
        },
      }),
    );
    expect(() => model.all('AWS::Scheduler::Schedule')).toThrow(/Every.*EndDate/);
  });

  it('refuses a reference to nothing and an unknown function', () => {
    expect(() => variablesOf(template({ F: lambda({ X: { Ref: 'Nobody' } }) }))).toThrow('Nobody');
    expect(() => variablesOf(template({ F: lambda({ X: { 'Fn::ImportValue': 'x' } }) }))).toThrow(
      'Fn::ImportValue',
    );
  });
});
