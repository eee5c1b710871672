import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { functionNames, functionShapes } from './function-shapes.ts';
import { centerIn, synthCenter } from './testing/synth-center.ts';
import { actionsOf, readTemplate, statementsOf, text } from './testing/template-reader.ts';

const template = synthCenter();
const { resources, rights, ...reader } = readTemplate(template);
const ourFunctions = reader.ourFunctions();

describe('functions', () => {
  it('are those of the table of functions, each with a role and a log group of its own', () => {
    expect(ourFunctions.map(([, { Properties }]) => Properties.Description).toSorted()).toEqual(
      functionNames.map((name) => `Nightshift ${name}`).toSorted(),
    );
    const roles = ourFunctions.map(([, { Properties }]) => text(Properties.Role));
    expect(new Set(roles).size).toBe(functionNames.length);
    const logs = ourFunctions.map(([, { Properties }]) => text(Properties.LoggingConfig));
    expect(new Set(logs).size).toBe(functionNames.length);
    for (const log of logs) expect(log).toContain('LogGroup');
  });

  it('run on Node 24 and arm64, but for the one with a native module', () => {
    for (const [, { Properties }] of ourFunctions) {
      const native = Properties.Description === 'Nightshift run/sql';
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: [native ? 'x86_64' : 'arm64'],
        TracingConfig: { Mode: 'Active' },
      });
    }
  });

  it('have an alias each, and nothing else is called', () => {
    expect(resources('AWS::Lambda::Alias')).toHaveLength(functionNames.length);
    for (const [, { Properties }] of resources('AWS::Lambda::Alias'))
      expect(Properties.Name).toBe('live');
    const ours = ourFunctions.map(([id]) => id);
    for (const type of [
      'AWS::Scheduler::Schedule',
      'AWS::Events::Rule',
      'AWS::ApiGatewayV2::Integration',
    ])
      for (const [, resource] of resources(type))
        for (const id of ours) expect(text(resource)).not.toContain(`"${id}"`);
  });

  it('set no concurrency aside unless told so: a new account has ten', () => {
    for (const [, { Properties }] of resources('AWS::Lambda::Function'))
      expect(Properties).not.toHaveProperty('ReservedConcurrentExecutions');

    const reserved = synthCenter({ reservedConcurrency: { 'run/sql': 2 } });
    reserved.hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Nightshift run/sql',
      ReservedConcurrentExecutions: 2,
    });
  });

  it('of stages may loop: a chain of thirty tasks passes through them thirty times', () => {
    for (const [, { Properties }] of ourFunctions) {
      const name = String(Properties.Description).replace('Nightshift ', '');
      const shape = functionShapes[functionNames.find((known) => known === name) ?? 'api/read'];
      expect(Properties.RecursiveLoop).toBe(shape.stage ? 'Allow' : undefined);
    }
  });
});

describe('rights', () => {
  it('name no action by a wildcard in our own roles', () => {
    const ours = Object.entries(template.findResources('AWS::IAM::Policy')).filter(
      ([id]) => !id.startsWith('CustomCDK'),
    );
    expect(ours.length).toBeGreaterThan(functionNames.length);
    const actions = actionsOf(ours.flatMap(([, { Properties }]) => statementsOf(Properties)));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it('let nobody scan a table', () => {
    expect(text(template.toJSON())).not.toContain('dynamodb:Scan');
  });

  it.each(['ApiRead', 'ApiPlan', 'ApiLogs', 'ApiMessages', 'ApiWrite', 'ApiTell', 'ApiPublish'])(
    'give %s no way into a stage',
    (part) => {
      const actions = actionsOf(rights(part));
      expect(actions).toContain('dynamodb:GetItem');
      expect(actions.filter((action) => /^(states|lambda):/.test(action))).toEqual([]);
      // Links to exports of run logs bear the right of whoever signs them.
      const files = part === 'ApiLogs' ? ['s3:GetObject'] : [];
      expect(actions.filter((action) => action.startsWith('s3:'))).toEqual(files);
    },
  );

  it('let exports of run logs be read and written where they lie, and nothing else', () => {
    for (const part of ['ApiLogs', 'BulkExport'])
      for (const statement of rights(part))
        if (actionsOf([statement]).some((action) => action.startsWith('s3:')))
          expect(text(statement)).toContain('/exports/*');
    expect(actionsOf(rights('BulkExport')).filter((each) => each.startsWith('s3:'))).toEqual([
      's3:PutObject',
    ]);
  });

  it('let the only function that everybody may call reach no table', () => {
    expect(
      actionsOf(rights('ApiDescribe')).filter((action) => action.startsWith('dynamodb:')),
    ).toEqual([]);
  });

  it('let no function of the API but publishing say anything on the bus', () => {
    const onBus = (part: string) =>
      actionsOf(rights(part)).filter((action) => action.startsWith('events:'));
    for (const part of ['ApiRead', 'ApiPlan', 'ApiLogs', 'ApiMessages', 'ApiWrite', 'ApiTell'])
      expect([part, onBus(part)]).toEqual([part, []]);
    expect(onBus('ApiPublish')).toEqual(['events:PutEvents']);
    // What lay in the dead letters is put on the bus once more.
    expect(onBus('ApiOps')).toEqual(['events:PutEvents']);
  });

  it('let nobody but the function for dead letters read or delete messages of a queue', () => {
    const readers = resources('AWS::IAM::Policy')
      .filter(([, policy]) => /sqs:(Receive|Delete)Message/.test(text(policy)))
      .map(([id]) => id.replace(/^Operations|(Role)?DefaultPolicy\w+$/g, ''));
    expect(readers).toEqual(['ApiOps']);
    const onQueues = rights('ApiOps').filter((each) => text(each).includes('sqs:ReceiveMessage'));
    expect(onQueues).toHaveLength(1);
    expect(text(onQueues[0])).not.toContain('"Resource":"*"');
    const actions = actionsOf(rights('ApiOps'));
    expect(actions.filter((action) => /^(states|lambda|s3):/.test(action))).toEqual([]);
  });

  it('let the function that takes events put none, and start or invoke nothing', () => {
    const actions = actionsOf(rights('IntakeReceive'));
    expect(actions).toContain('sqs:SendMessage');
    expect(actions.filter((action) => /^(events|states|lambda|s3):/.test(action))).toEqual([]);
  });

  it.each(['ApiRead', 'ApiPlan', 'ApiLogs', 'ApiMessages'])('let %s write nothing', (part) => {
    const onTables = actionsOf(rights(part)).filter((action) => action.startsWith('dynamodb:'));
    expect(new Set(onTables)).toEqual(
      new Set([
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:ConditionCheckItem',
      ]),
    );
  });

  it('let what changes who is told what move no instance', () => {
    const [instances = ''] = resources('AWS::DynamoDB::Table').flatMap(([id]) =>
      id.includes('TablesInstances') ? [id] : [],
    );
    const onInstances = (part: string) =>
      actionsOf(rights(part).filter((each) => text(each).includes(`"${instances}"`)));
    expect(onInstances('ApiWrite')).toContain('dynamodb:PutItem');
    expect(onInstances('ApiTell').toSorted()).toEqual(onInstances('ApiMessages').toSorted());
  });

  it('let only dispatch, release, generate and watch start an execution', () => {
    const starters = resources('AWS::IAM::Policy')
      .filter(([, policy]) => text(policy).includes('states:StartExecution'))
      .map(([id]) => id.replace(/^Operations|(Role)?DefaultPolicy\w+$/g, ''))
      .filter((id) => !id.startsWith('SchedulerRole'));
    expect(starters.toSorted()).toEqual([
      'DispatchAdmit',
      'GenerationDue',
      'MovesRelease',
      'Watch',
    ]);
  });

  it('let a machine invoke the user functions that were listed, and no other', () => {
    expect(text(rights('RunTaskExpress'))).not.toContain('function:');

    const app = new App();
    const stack = centerIn(app, {});
    const listed = LambdaFunction.fromFunctionArn(
      stack,
      'Listed',
      'arn:aws:lambda:eu-west-1:000000000000:function:listed',
    );
    const other = new App();
    const withList = Template.fromStack(centerIn(other, { taskFunctions: [listed] }));
    expect(text(readTemplate(withList).rights('RunTaskExpress'))).toContain('function:listed');
  });
});
