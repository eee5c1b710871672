import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleFacts } from '../message/example-facts.ts';
import { smsSize } from '../message/sms-size.ts';
import { utf8Length } from '../message/utf8-length.ts';
import { ChannelKind } from './channel.schema.ts';
import { compose } from './compose.ts';
import { Language } from './language.schema.ts';
import type { MessageFacts } from './message-facts.ts';
import { NoticeReason } from './notice.schema.ts';
import { OccurrenceKind } from './occurrence.schema.ts';

const at = '2026-10-25T00:30:00.000Z';
const consoleUrl = 'https://console.example.com';
const options = { language: 'en', consoleUrl } as const;
const failed = (more: Partial<MessageFacts> = {}, item: object = {}): MessageFacts => {
  const facts = exampleFacts({ kind: 'task-failed', reason: 'occurrence', at });
  return { ...facts, items: [{ ...facts.items[0], ...item }], ...more };
};
const mail = (facts: MessageFacts) => compose(facts, { ...options, channel: 'mail' });
const everything = OccurrenceKind.options.flatMap((kind) =>
  NoticeReason.options.flatMap((reason) =>
    ChannelKind.options.flatMap((channel) =>
      Language.options.map((language) => ({ kind, reason, channel, language })),
    ),
  ),
);

describe('a message', () => {
  it('exists for every kind, reason, channel and language, and leaves no placeholder or gap in it', () => {
    expect(everything).toHaveLength(13 * 7 * 9 * 2);
    for (const { kind, reason, channel, language } of everything) {
      const content = compose(exampleFacts({ kind, reason, at }), {
        channel,
        language,
        consoleUrl,
      });
      const said = [content.subject, content.text, content.markdown, content.speech].join('\n');
      expect(said, `${kind} ${reason} ${channel} ${language}`).not.toMatch(
        /undefined|null|NaN|\{\w+\}|\[object/,
      );
      expect(content.subject).not.toBe('');
      expect(content.text.trim()).not.toBe('');
      const prefix = { en: /Reminder: /, 'zh-CN': /再次提醒/ }[language];
      if (reason === 'reminder' && channel !== 'voice') expect(content.subject).toMatch(prefix);
    }
  });

  it('names project, workflow, task, run, business date, times, attempt, owner, error, downstream and rule', () => {
    const { text, html = '' } = mail(failed({ severity: 'critical' }));
    for (const part of [
      'Example (example)',
      'daily_sales',
      'load',
      '2026-01-31',
      'prod~example~daily_sales~r~20260131~1',
      '2026-10-25 02:30:00 Europe/Berlin (UTC+02:00)',
      'data_team',
      'db.example.com:5432 refused',
      '7 task instances',
      'Example rule',
      'Critical',
    ]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
  });

  it('tells the two 02:30 of the night in which clocks go back apart', () => {
    const times = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'].map(
      (dueAt) => mail(failed({}, { dueAt })).text.match(/Scheduled: (.*)/)?.[1],
    );
    expect(times).toEqual([
      '2026-10-25 02:30:00 Europe/Berlin (UTC+02:00)',
      '2026-10-25 02:30:00 Europe/Berlin (UTC+01:00)',
    ]);
  });

  it('lists the first of a digest and counts the rest', () => {
    const one = failed().items[0];
    const items = Array.from({ length: 50 }, (_, n) => ({ ...one, task: `t${n}` }));
    const { subject, text } = mail(failed({ reason: 'digest', count: 500, items: items as never }));
    expect(subject).toBe('[example] Digest: 500 × Task failed: daily_sales');
    expect(text.match(/^- daily_sales\/t/gm)).toHaveLength(20);
    expect(text).toContain('- and 480 more');
    expect(text).not.toMatch(/^Run: /m);
  });

  it('says of what has recovered that it has, whatever had failed', () => {
    const { subject, html = '' } = mail(failed({ reason: 'recovered' }));
    expect(subject).toBe('[example] Recovered: daily_sales/load (2026-01-31)');
    expect(html).not.toContain('#b3261e');
  });

  it('links to the console and, without one, to nothing', () => {
    const actions = [{ action: 'rerun', token: 'k.p+/=.s' }] as const;
    const { html = '', text } = mail(failed({ actions }));
    expect(html).toContain(`${consoleUrl}/act?link=k.p%2B%2F%3D.s`);
    expect(text).toContain('nothing happens before you have signed in');
    const bare = compose(failed({ actions }), {
      ...options,
      channel: 'mail',
      consoleUrl: undefined,
    });
    expect(`${bare.html} ${bare.text}`).not.toMatch(/href|https?:\/\/console/);
  });
});

const nasty = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'x\r\nBcc: evil@example.com\r\n\r\nbody',
  '\u202Egnp.exe\u202C',
  '🔥👩‍👩‍👧',
  'W'.repeat(10_000),
  '\uD800',
  '[click](https://evil.example.com)',
  '<https://evil.example.com|click> <!channel> <at id=all></at>',
  '{error} {{ }} {nothing}',
];
const anyText = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 300 }));

describe('whatever the facts hold', () => {
  it('is harmless: no markup, no header, no hidden direction, within what each channel takes', () => {
    const hostile = fc.record({
      error: anyText,
      owner: anyText,
      rule: anyText,
      title: anyText,
      outcome: anyText,
      keyword: anyText,
      kind: fc.constantFrom(...OccurrenceKind.options),
      reason: fc.constantFrom(...NoticeReason.options),
      channel: fc.constantFrom(...ChannelKind.options),
      language: fc.constantFrom(...Language.options),
    });
    fc.assert(
      fc.property(hostile, ({ error, owner, rule, title, outcome, keyword, ...rest }) => {
        const { kind, reason, channel, language } = rest;
        const facts = exampleFacts({ kind, reason, at });
        const item = { ...facts.items[0], error, owner, outcome, detail: { keyword } };
        const content = compose(
          { ...facts, rule, projectTitle: title, items: [item, ...facts.items.slice(1)] },
          { channel, language, consoleUrl },
        );
        const { subject, text, html = '', markdown = '', speech = '' } = content;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there.
        expect(subject).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/);
        for (const said of [subject, text, html, markdown, speech]) {
          expect(said).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
          expect(said.isWellFormed()).toBe(true);
        }
        expect(html).not.toMatch(/<script|<img|onerror=\w+\(1\)>/i);
        expect(html.length).toBeLessThan(90_000);
        expect(markdown).not.toMatch(/(?<!\\)(<!channel|<at id|<https:\/\/evil)/);
        // Slack has no such links; to it these are letters.
        if (channel !== 'slack') expect(markdown).not.toMatch(/(?<!\\)\]\(https:\/\/evil/);
        if (channel === 'wecom')
          expect(utf8Length(`**${subject}**\n${markdown}`)).toBeLessThanOrEqual(4096);
        if (channel === 'teams') expect(utf8Length(JSON.stringify(markdown))).toBeLessThan(26_000);
        if (channel === 'sms') {
          const { used, of } = smsSize(text);
          expect(used).toBeLessThanOrEqual(of);
        }
        if (channel === 'voice') expect(speech.length).toBeLessThanOrEqual(3000);
      }),
      { numRuns: 400 },
    );
  });

  it('a room gets no more than its provider takes, and hears how much is left out', () => {
    const items = Array.from({ length: 20 }, (_, n) => ({
      ...{ ...failed().items[0], task: `t${n}`, error: '连接被拒绝'.repeat(40) },
    }));
    const facts = failed({ reason: 'digest', count: 99, items: items as never });
    for (const [channel, most] of [
      ['wecom', 4096],
      ['dingtalk', 20_000],
      ['feishu', 20_000],
    ] as const) {
      const { subject, markdown = '' } = compose(facts, { ...options, channel });
      expect(utf8Length(`**${subject}**\n${markdown}`)).toBeLessThanOrEqual(most);
      expect(markdown).toMatch(/and \d\d more/);
    }
  });

  it('a text message says what was cut', () => {
    const sms = (error: string, language: 'en' | 'zh-CN' = 'en') =>
      compose(failed({}, { error }), { channel: 'sms', language, consoleUrl }).text;
    const long = sms('x'.repeat(10_000));
    expect(long).toMatch(/\[cut: error(, link)?\]$/);
    expect(smsSize(long)).toMatchObject({ of: 160 });
    const chinese = sms('连接被拒绝'.repeat(100), 'zh-CN');
    expect(chinese).toMatch(/\[略：.*错误.*\]$/);
    expect(smsSize(chinese)).toMatchObject({ of: 70 });
    expect(chinese.length).toBeLessThanOrEqual(70);
    expect(chinese).toMatch(/daily_sales\/load.*连接被拒绝连接/);
    expect(chinese).not.toContain(consoleUrl);
    const english = sms(`${'x'.repeat(30)} refused ${'y'.repeat(400)}`);
    expect(english).toMatch(/daily_sales\/load.*x{30} refused y+\.\.\. \[cut: error, link\]$/);
    const near = (workflow: string) =>
      compose(failed({}, { error: 'x'.repeat(200), workflow, runId: 'r1', instance: undefined }), {
        ...options,
        channel: 'sms',
      }).text;
    expect(near('w')).toMatch(/ x{32,}\.\.\. https:\S+ \[cut: error\]$/);
    expect(near('daily_sales_of_shops')).toMatch(/ x{40,}\.\.\. \[cut: error, link\]$/);
    expect(sms('no space left')).toMatch(/no space left (https:|\[cut: link\]$)/);
    const short = compose(failed({}, { error: 'boom' }), {
      ...options,
      channel: 'sms',
      consoleUrl: undefined,
    });
    expect(short.text).toBe('[example] Task failed: daily_sales/load (2026-01-31) boom');
  });

  it('a long error ends with how much of it is left out', () => {
    const { text, html = '' } = mail(failed({}, { error: `first\n${'é'.repeat(10_000)}` }));
    expect(text).toMatch(/… 8506 more characters; all of it is in the run log/);
    expect(html).toContain('8506 more characters');
  });
});

describe('words of an administrator', () => {
  const template = (body: string, subject = '{task} broke') => ({ subject, body });
  const with_ = (words: { subject: string; body: string }, facts = failed()) =>
    compose(facts, { ...options, channel: 'mail', template: words });

  it('take the place of the built-in ones, with blocks where they stand', () => {
    const { subject, text } = with_(
      template('Dear team, {{look}}:\n{task} of {workflow}\n\n{error}'),
    );
    expect(subject).toBe('load broke');
    expect(text).toMatch(
      /^Dear team, \{look\}:\nload of daily_sales\n\nError:\n {2}ConnectionError/,
    );
    expect(text).not.toContain('Business date');
  });

  it('that cannot be filled never block a message: the built-in ones are sent, and it says so', () => {
    const { subject, text, html } = with_(template('Hello {taks}'));
    expect(subject).toBe('[example] Task failed: daily_sales/load (2026-01-31)');
    expect(text).toMatch(/could not be filled \(the body names \{taks\}, which is no fact/);
    expect(html).toContain('{taks}');
  });

  it('keep the mark of a reminder or a test in the subject', () => {
    const reminder = failed({ reason: 'reminder', reminder: { nth: 2, of: 3 } });
    expect(with_(template('x'), reminder).subject).toBe('Reminder: load broke');
    expect(with_(template('x', '{reason}! {task}'), reminder).subject).toBe('Reminder! load');
  });

  it('are not filled twice: what an error holds is no placeholder', () => {
    const { text } = with_(template('{error}: x {error}'), failed({}, { error: '{owner}' }));
    expect(text).toContain('{owner}: x {owner}');
  });
});
