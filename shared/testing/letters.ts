import { exampleFacts } from '../domain/message/example-facts.ts';
import { compose } from '../domain/notice/compose.ts';
import type { Language } from '../domain/notice/language.schema.ts';
import type { MessageFacts, MessageItem } from '../domain/notice/message-facts.ts';
import type { Content } from '../domain/notice/notice.schema.ts';

const at = '2026-10-25T01:30:00.000Z';
const token = `k3y.${'eyJhIjoi'.repeat(40)}.${'c2ln'.repeat(10)}`;
const actions = (['rerun', 'rerun-downstream', 'acknowledge', 'snooze'] as const).map((action) => ({
  ...{ action, token },
}));

const failed = (item: Partial<MessageItem> = {}, more: Partial<MessageFacts> = {}) => {
  const facts = exampleFacts({ kind: 'task-failed', reason: 'occurrence', at });
  return { ...facts, actions, items: [{ ...facts.items[0], ...item }], ...more } as MessageFacts;
};

const letter = (facts: MessageFacts, language: Language = 'en'): Content =>
  compose(facts, { channel: 'mail', language, consoleUrl: 'https://console.example.com' });

/** Mails that have gone wrong elsewhere: each is to look right in every client. */
export const letters: Readonly<Record<string, Content>> = {
  'the night in which 02:30 comes twice': letter(
    failed({ dueAt: '2026-10-25T00:30:00.000Z', startedAt: '2026-10-25T01:30:00.000Z' }),
  ),
  Chinese: letter(
    failed({ error: '连接被拒绝:数据库 db.example.com:5432 无法访问' }, { rule: '夜间任务告警' }),
    'zh-CN',
  ),
  'names with <script>': letter(
    failed(
      {
        owner: '<script>alert(1)</script>',
        error: '<script>alert("x")</script>\n    at f (a.js:1)',
      },
      { projectTitle: '"><img src=x onerror=alert(1)>' },
    ),
  ),
  'line breaks in a subject': letter(
    failed(
      { workflow: 'daily\r\nBcc: evil@example.com\r\n\r\nbody' },
      { rule: 'x\r\nBcc: evil@example.com' },
    ),
  ),
  'emoji and hidden directions': letter(
    failed(
      { owner: '👩‍👩‍👧 \u202Egnp.exe\u202C', error: '🔥 disk' },
      { projectTitle: '🚀 Rocket' },
    ),
  ),
  'a word of 10,000 letters': letter(failed({ error: 'W'.repeat(10_000), owner: 'o'.repeat(500) })),
  'a digest': letter(exampleFacts({ kind: 'task-failed', reason: 'digest', at })),
};
