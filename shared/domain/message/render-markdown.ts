import { cutAt } from './clean-text.ts';
import type { Draft } from './draft.ts';
import type { MarkdownDialect } from './markdown-dialect.ts';
import type { TemplateBlock } from './template-facts.ts';
import { utf8Length } from './utf8-length.ts';

type Room = { readonly error: number; readonly items: number };

/** What is left out first when a provider takes no more: the tail of the error, then items. */
const rooms: readonly Room[] = [
  { error: 1500, items: 20 },
  { error: 400, items: 8 },
  { error: 160, items: 3 },
];

/** The message for a room, no longer than its provider takes. */
export const renderMarkdown = (draft: Draft, dialect: MarkdownDialect): string => {
  for (const room of rooms) {
    const markdown = draw(draft, dialect, room);
    if (utf8Length(markdown) <= dialect.bytes) return markdown;
  }
  return withinBytes(draw(draft, dialect, { error: 80, items: 1 }), dialect.bytes);
};

const draw = (draft: Draft, dialect: MarkdownDialect, room: Room): string => {
  const { parts, pieces } = draft;
  const lines = (text: string) => text.split('\n').map(dialect.escape).join(dialect.lineBreak);
  return [
    ...parts.notes.map(lines),
    ...pieces.map((piece) =>
      'text' in piece ? lines(piece.text) : block(piece.block, draft, dialect, room),
    ),
    dialect.escape(parts.footer),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
};

const block = (
  name: TemplateBlock,
  { parts, words }: Draft,
  { escape: safe, bold, link, bullet, lineBreak }: MarkdownDialect,
  room: Room,
): string => {
  const linked = (text: string, url: string | undefined) =>
    url === undefined ? safe(text) : link(safe(text), url);

  switch (name) {
    case 'facts':
      return parts.facts
        .map(({ label, value, url }) => `${bold(safe(label))}${words.colon}${linked(value, url)}`)
        .join(lineBreak);
    case 'error': {
      if (!parts.error) return '';
      const text = cutAt(parts.error.text, room.error);
      const cut = parts.error.cut + parts.error.text.length - text.length;
      const lines = [...text.split('\n'), ...(cut > 0 ? [words.errorCut(cut)] : [])];
      return [bold(safe(words.error)), ...lines.map((line) => `> ${safe(line)}`)].join(lineBreak);
    }
    case 'items': {
      if (parts.items.length === 0) return '';
      const shown = parts.items.slice(0, room.items);
      const more = parts.more + parts.items.length - shown.length;
      return [
        bold(safe(words.items)),
        ...shown.map(({ text, url }) => `${bullet}${linked(text, url)}`),
        ...(more > 0 ? [`${bullet}${safe(words.more(more))}`] : []),
      ].join('\n');
    }
    case 'actions':
      return parts.actions.map(({ label, url }) => link(safe(label), url)).join(' | ');
  }
};

/** Whole lines that fit; a line is never cut, since half a link is none. */
const withinBytes = (text: string, most: number): string => {
  const kept: string[] = [];
  let size = utf8Length('…');
  for (const line of text.split('\n')) {
    size += utf8Length(line) + 1;
    if (size > most) return [...kept, '…'].join('\n');
    kept.push(line);
  }
  return text;
};
