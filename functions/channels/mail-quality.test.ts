import { caniemail } from 'caniemail';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { newDelivery } from '../../shared/domain/notice/delivery-life.ts';
import { Delivery } from '../../shared/domain/notice/notice.schema.ts';
import { aMail } from '../../shared/testing/a-delivery.ts';
import { letters } from '../../shared/testing/letters.ts';
import { composeMail } from './compose-mail.ts';

const plain = (text: string) => text.replace(/\r\n/g, '\n').trim();

describe.each(Object.entries(letters))('a mail with %s', (_, content) => {
  it('is read by two parsers as it was written: subject, text, HTML, and no header more', async () => {
    const bytes = await composeMail(
      Delivery.parse(newDelivery(aMail({ content }))),
      'nightshift@example.com',
    );
    const first = await PostalMime.parse(bytes);
    const second = await simpleParser(Buffer.from(bytes));
    expect([first.subject, second.subject]).toEqual([content.subject, content.subject]);
    expect(plain(first.text ?? '')).toBe(plain(content.text));
    expect(plain(second.text ?? '')).toBe(plain(content.text));
    expect([plain(first.html ?? ''), plain(String(second.html))]).toEqual([
      plain(content.html ?? ''),
      plain(content.html ?? ''),
    ]);
    expect([first.bcc, second.bcc]).toEqual([undefined, undefined]);
    expect(first.attachments).toEqual([]);
  });
});

/** What some clients do not know, and why the mail is right without it. */
const additions: Readonly<Record<string, string>> = {
  'color-scheme meta tag': 'a client without it shows the light colours',
  'overflow-wrap': 'word-break says the same to other clients',
  'word-break': 'overflow-wrap says the same; else a very long word is cut by the fixed table',
  'table-layout': 'Outlook breaks long words in a cell by itself',
  'white-space': 'a date may be torn at its hyphens',
  'display:none': 'the preheader is in letters of one pixel in the colour of the ground',
  'max-height property': 'the same',
  overflow: 'the same',
  'height property': 'a distance',
  '<body> element': 'colour and margin stand on the outer table, too',
  'role attribute': 'helps screen readers',
};
const clients = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*', 'samsung-email.*'] as const;

/** Without the style element: all of it is addition. */
const inlineOf = (html: string) => html.replace(/<style>.*?<\/style>/s, '');

describe('the HTML of a mail', () => {
  const html = letters['names with <script>']?.html ?? '';
  const unsupported = (text: string) => [
    ...new Set(
      [...caniemail({ clients: [...clients], html: text }).issues.errors].flatMap(([, issues]) =>
        issues.map(({ title }) => title),
      ),
    ),
  ];

  it('uses nothing that a common client lacks, but for what it does without', () => {
    const found = unsupported(inlineOf(html));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((title) => additions[title] === undefined)).toEqual([]);
  });

  it('would be caught if it did', () => {
    expect(unsupported('<div style="display:grid">x</div>')).toContain('display:grid');
  });

  it('loads nothing, runs nothing, and stays below the 102 KB at which Gmail clips', () => {
    for (const { html: each = '' } of Object.values(letters)) {
      expect(each).not.toMatch(
        /<(?:img|script|link|iframe|object|form)\b|url\(|@import|\bon\w+="/i,
      );
      expect(Buffer.byteLength(each)).toBeLessThan(102_000);
    }
  });
});
