import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthCenter } from './testing/synth-center.ts';
import { actionsOf, readTemplate, text } from './testing/template-reader.ts';

const template = synthCenter();
const { resources, rights } = readTemplate(template);

describe('the outbox', () => {
  it('is woken by new occurrences, new deliveries and closed ones, one batch per shard at a time', () => {
    const mappings = resources('AWS::Lambda::EventSourceMapping').filter(([, mapping]) =>
      text(mapping).includes('OCC#'),
    );
    expect(mappings).toHaveLength(1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ParallelizationFactor: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 25,
      DestinationConfig: { OnFailure: Match.anyValue() },
      FilterCriteria: {
        Filters: [
          { Pattern: Match.stringLikeRegexp('INSERT.*OCC#') },
          { Pattern: Match.stringLikeRegexp('INSERT.*NOTICE#.*DLV#') },
          {
            Pattern: Match.stringLikeRegexp('MODIFY.*NOTICE#.*DLV#.*anything-but.*QUEUED.*SENDING'),
          },
        ],
      },
    });
  });

  it('is swept each minute', () => {
    const sweeps = resources('AWS::Scheduler::Schedule').filter(([id]) =>
      id.includes('NotificationsEveryMinute'),
    );
    expect(sweeps.map(([, { Properties }]) => Properties.ScheduleExpression)).toEqual([
      'rate(1 minute)',
    ]);
  });

  it('sends from the one sender and by its set only, and nobody else may send at all', () => {
    for (const part of ['NotificationsNotify', 'NotificationsSweep'])
      expect(rights(part)).toContainEqual(
        expect.objectContaining({
          Action: 'ses:SendRawEmail',
          Condition: { StringEquals: { 'ses:FromAddress': 'notices@example.com' } },
        }),
      );
    const senders = resources('AWS::IAM::Policy').filter(([, policy]) =>
      text(policy).includes('ses:SendRawEmail'),
    );
    expect(senders).toHaveLength(2);
  });

  it('spends no money on telephones unless told so', () => {
    const paid = (center: ReturnType<typeof synthCenter>) =>
      actionsOf(readTemplate(center).rights('NotificationsNotify')).filter((action) =>
        /^(sns|sms-voice):/.test(action),
      );
    expect(paid(template)).toEqual([]);
    expect(paid(synthCenter({ sms: true, voiceFrom: '+4930123456' }))).toEqual([
      'sns:Publish',
      'sms-voice:SendVoiceMessage',
    ]);
  });

  it('hears of bounces and complaints: from the set to the default bus to the function', () => {
    template.hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: {
        Enabled: true,
        EventBridgeDestination: { EventBusArn: Match.anyValue() },
        MatchingEventTypes: ['delivery', 'bounce', 'complaint', 'reject'],
      },
    });
    expect(
      text(resources('AWS::SES::ConfigurationSetEventDestination').map(([, entry]) => entry)),
    ).toContain(':event-bus/default');
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': [
          'Email Delivered',
          'Email Bounced',
          'Email Complaint Received',
          'Email Rejected',
        ],
        detail: { mail: { tags: { 'ses:configuration-set': [Match.anyValue()] } } },
      },
    });
    for (const [, { Properties }] of resources('AWS::Events::Rule').filter(([, rule]) =>
      text(rule).includes('aws.ses'),
    ))
      expect(Properties).not.toHaveProperty('EventBusName');
  });

  it('works without mail, too', () => {
    const silent = synthCenter({ mailFrom: undefined });
    silent.resourceCountIs('AWS::SES::ConfigurationSet', 0);
    expect(text(silent.toJSON())).not.toContain('ses:SendRawEmail');
  });
});
