import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { synthCenter } from './testing/synth-center.ts';
import { readTemplate, text } from './testing/template-reader.ts';

const { resources } = readTemplate(synthCenter());

describe('alarms', () => {
  const alarms = resources('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
  const runbook = readFileSync(new URL('../docs/runbook.md', import.meta.url), 'utf8');

  it('are at most ten', () => {
    expect(alarms.length).toBeGreaterThan(5);
    expect(alarms.length).toBeLessThanOrEqual(10);
  });

  it.each(alarms)(
    '$AlarmName has its section in the runbook',
    ({ AlarmName, AlarmDescription }) => {
      const name = String(AlarmName).replace('Nightshift-', '');
      expect(runbook).toContain(`\n## ${name}\n`);
      expect(AlarmDescription).toContain(`docs/runbook.md#${name.toLowerCase()}`);
    },
  );

  it('are what the runbook has sections for', () => {
    const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name]) => `Nightshift-${name}`);
    expect(sections.toSorted()).toEqual(alarms.map(({ AlarmName }) => AlarmName).toSorted());
  });

  it('watch every queue of dead letters', () => {
    const watched = text(alarms.find(({ AlarmName }) => AlarmName === 'Nightshift-DeadLetters'));
    const queues = resources('AWS::SQS::Queue').map(([id]) => id);
    expect(queues.length).toBeGreaterThan(5);
    for (const queue of queues) expect(watched).toContain(queue);
  });

  it('may publish to their topic, whose own policy has replaced the default one', () => {
    const [[, policy] = []] = resources('AWS::SNS::TopicPolicy');
    expect(text(policy)).toContain('cloudwatch.amazonaws.com');
    expect(text(policy)).toContain('aws:SecureTransport');
  });

  it('can be left out', () => {
    const bare = synthCenter({ alarms: false, dashboard: false });
    bare.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    bare.resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });
});
